"""Reading answers that are text: numbered lines, blocks, tables. Every line keeps its number for its note."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, NamedTuple, TypeVar

from netdoctor.model.events import Note
from netdoctor.model.facts import Fact
from netdoctor.platforms.values import clean

Read = Iterable[Fact | Note]

_ODD: Final = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What a parser may run into on an odd entry."""


_RULE = re.compile(r"^[ +|]*[-=]{2,}[-=+| ]*$")


class Line(NamedTuple):
    """A line that is not blank; `number` counts from 1."""

    number: int
    text: str


class Block(NamedTuple):
    """A line that starts something, and all that follows it up to the next start."""

    line: int
    head: re.Match[str]
    text: str
    """All of the block, its first line too."""


class Row(NamedTuple):
    """A row of a table, by the names of its columns."""

    line: int
    cells: dict[str, str]


def lines(output: str) -> Iterator[Line]:
    """The lines that are not blank."""
    for number, text in enumerate(output.splitlines(), 1):
        if text.strip():
            yield Line(number, text.rstrip())


def blocks(output: str, start: re.Pattern[str], mark: str = "") -> Iterator[Block]:
    """The blocks that begin where `start`, a pattern with `re.MULTILINE` and `^`, matches.

    `mark` is text that stands in every such line and in few others: only lines with it are looked at.
    """
    heads = list(_marked(output, start, mark) if mark else start.finditer(output))
    number, counted = 1, 0
    for head, following in zip(heads, [*heads[1:], None], strict=False):
        number += output.count("\n", counted, head.start())
        counted = head.start()
        yield Block(number, head, output[head.start() : following.start() if following else len(output)])


def _marked(output: str, start: re.Pattern[str], mark: str) -> Iterator[re.Match[str]]:
    at = output.find(mark)
    while at >= 0:
        if head := start.match(output, output.rfind("\n", 0, at) + 1):
            yield head
        end = output.find("\n", at)
        at = output.find(mark, end) if end >= 0 else -1


_Part = TypeVar("_Part", Line, Block, "Row")


def each(found: Iterable[_Part], read: Callable[[_Part], Read]) -> Iterator[Fact | Note]:
    """What `read` makes of every block, row or line; an odd one becomes a note, and the rest goes on."""
    for one in found:
        try:
            yield from read(one)
        except _ODD as error:
            yield Note(text=clean(f"{_said(one)}: {error!r}")[:200], line=one[0])


def _said(part: Any) -> str:
    text = " ".join(part.cells.values()) if isinstance(part, Row) else part.text
    return str(text).strip().partition("\n")[0][:100]


def ruled_table(output: str, rule: re.Pattern[str] = _RULE) -> Iterator[Row]:
    """The rows of a table under a rule (`----  ------  ---`), whose dashes say where the columns stand.

    The column's name is what stands over its dashes, several lines joined; it is in lower case, its words
    joined by one blank. A row with a blank first cell goes on the one before it. A blank line, or a
    line that only rules, ends a row but not the table.
    """
    numbered = output.splitlines()
    spans: list[tuple[int, int]] = []
    names: list[str] = []
    row: Row | None = None
    for number, text in enumerate(numbered, 1):
        if rule.match(text) and len(text.split()) > 1:
            spans = _spans(text)
            names = _names(numbered, number - 2, spans)
            continue
        if not spans:
            continue
        if not text.strip() or rule.match(text):
            if row:
                yield row
            row = None
            continue
        cells = [text[start:end].strip() for start, end in spans]
        if row and not cells[0]:
            joined = {
                name: f"{row.cells[name]} {cell}".strip() for name, cell in zip(names, cells, strict=True)
            }
            row = Row(row.line, joined)
            continue
        if row:
            yield row
        row = Row(number, dict(zip(names, cells, strict=True)))
    if row:
        yield row


def _spans(rule: str) -> list[tuple[int, int]]:
    """Where each column stands: from its dashes to the next one's, the last to the end of the line."""
    starts = [found.start() for found in re.finditer(r"[-=]+", rule)]
    return list(zip(starts, [*starts[1:], 10_000], strict=True))


def _names(numbered: list[str], last: int, spans: list[tuple[int, int]]) -> list[str]:
    """The names of the columns: the lines straight over the rule, as far as they are not blank."""
    first = last
    while first > 0 and numbered[first - 1].strip() and not set(numbered[first - 1].strip()) <= set("-=+ "):
        first -= 1
    heads = numbered[max(first, last - 2) : last + 1]
    return [
        " ".join(" ".join(head[start:end] for head in heads).split()).lower() or f"column {index}"
        for index, (start, end) in enumerate(spans)
    ]


def header_table(output: str, header: re.Pattern[str]) -> Iterator[Row]:
    """The rows under a header line, whose words' starts say where the columns stand.

    `header` matches the header line and names each column by a group; a column reaches from its name's
    start to the next one's. The table ends at a blank line.
    """
    spans: dict[str, tuple[int, int]] | None = None
    for number, text in enumerate(output.splitlines(), 1):
        if found := header.match(text):
            starts = sorted(
                (found.start(name), name) for name in found.groupdict() if found[name] is not None
            )
            ends = [start for start, _ in starts[1:]] + [10_000]
            spans = {name: (start, end) for (start, name), end in zip(starts, ends, strict=True)}
        elif not text.strip():
            spans = None
        elif spans:
            yield Row(number, {name: text[start:end].strip() for name, (start, end) in spans.items()})


def fields(text: str, separator: str = ":") -> dict[str, str]:
    """`Name: value` lines by name in lower case, blanks joined; the first of a name counts."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        name, parted, value = line.partition(separator)
        if parted and name.strip():
            found.setdefault(" ".join(name.split()).lower(), value.strip())
    return found


def first(pattern: re.Pattern[str], text: str) -> str | None:
    """The first group of the first match, stripped; None where nothing matches."""
    found = pattern.search(text)
    return found[1].strip() if found and found[1] is not None else None
