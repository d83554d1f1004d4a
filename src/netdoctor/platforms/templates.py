"""TextFSM templates, each named explicitly: from `ntc-templates` where its template is right, else our own.

The index of `ntc-templates` is never asked: it takes a command by the beginning, so that a longer command
falls into a shorter one's template and yields nothing without an error.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import textfsm

from netdoctor.model.events import Note


class _Reader(textfsm.TextFSM):  # type: ignore[misc]  # the base has no types
    """A TextFSM that keeps an odd line as a note where the template would stop at it."""

    def __init__(self, template: io.StringIO) -> None:
        super().__init__(template)
        self.odd: list[str] = []

    def _Operations(self, rule: Any, line: str) -> bool:  # noqa: N802 - the library's hook
        if rule.line_op == "Error":
            self.odd.append(line)
            return False
        return bool(super()._Operations(rule, line))


@cache
def _source(template: str, package: str) -> str:
    return _place(template, package).read_text(encoding="utf-8")


def _place(template: str, package: str) -> Traversable:
    return files(package).joinpath("templates", f"{template}.textfsm")


def rows(output: str, template: str, package: str = "ntc_templates") -> Iterator[dict[str, Any] | Note]:
    """The rows that a template finds in an answer, by the template's value names in lower case.

    `template` is a file's name without `.textfsm` in the folder `templates` of `package`. Lines that the
    template does not know become notes, and do not stop it.
    """
    reader = _Reader(io.StringIO(_source(template, package)))
    names = [name.lower() for name in reader.header]
    for row in reader.ParseText(output):
        yield dict(zip(names, row, strict=True))
    for line in reader.odd:
        if re.search(r"\w", line):
            yield Note(text=line[:200])
