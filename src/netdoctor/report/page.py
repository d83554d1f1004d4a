"""A page of text of a given width: hanging indents, right-hand columns, and nothing a device can steer."""

from __future__ import annotations

import io
from typing import Final

from rich.console import Console
from rich.text import Text

from netdoctor.view import words

MIN_WIDTH, MAX_WIDTH = 40, 120


class Page:
    """Lines written one below the other. Every text is made printable, none is read as markup."""

    def __init__(self, width: int, *, color: bool) -> None:
        self.width: Final = max(MIN_WIDTH, min(width, MAX_WIDTH))
        self._out = io.StringIO()
        self._console = Console(
            file=self._out,
            width=self.width,
            color_system="standard" if color else None,
            force_terminal=color,
            markup=False,
            highlight=False,
            emoji=False,
            legacy_windows=False,
        )

    def blank(self) -> None:
        self._write(Text())

    def heading(self, title: str, note: str = "") -> None:
        """A blank line and a title in bold."""
        self.blank()
        self.line(Text.assemble((words.printable(title), "bold"), (f"  {note}" if note else "", "dim")))

    def line(self, text: Text, right: Text | None = None) -> None:
        """Wrapped text, with something short at the right end of its first line."""
        self.item("", text, right=right)

    def item(
        self,
        label: str | Text,
        text: str | Text,
        *,
        indent: int = 0,
        hang: int = 0,
        right: Text | None = None,
    ) -> None:
        """A label and wrapped text: the label at `indent`, all lines of the text `hang` columns further."""
        body = text if isinstance(text, Text) else Text(words.printable(text))
        head = label if isinstance(label, Text) else Text(label, "dim")
        room = self.width - indent - hang - (right.cell_len + 2 if right else 0)
        lines = body.wrap(self._console, max(room, 10)) or [Text()]
        for number, line in enumerate(lines):
            line.rstrip()
            first = number == 0
            start = _padded(Text(" " * indent).append_text(head if first else Text()), indent + hang)
            start.append_text(line)
            if right and first:
                start = _padded(start, self.width - right.cell_len).append_text(right)
            self._write(start)

    def command(self, command: str, *, indent: int) -> None:
        """A command on a line of its own, never broken or cut, so that it can be copied whole."""
        self._write(Text(" " * indent).append(words.printable(command), "cyan"))

    def text(self) -> str:
        return self._out.getvalue()

    def _write(self, line: Text) -> None:
        line.rstrip()
        self._console.print(line, soft_wrap=True)


def _padded(text: Text, width: int) -> Text:
    """The text filled up to `width` columns; one space more when it is already longer."""
    missing = width - text.cell_len
    text.pad_right(missing if missing >= 0 else 1)
    return text
