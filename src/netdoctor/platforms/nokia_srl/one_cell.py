"""Tables in a box without inner bars: `|   Status     Network     Next Hop   |`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from netdoctor.platforms.nokia_srl.reading import squeezed
from netdoctor.platforms.text import Row

_RULE: Final = re.compile(r"^\s*\+(?P<line>[-=]{3,})\+\s*$")
_WORD: Final = re.compile(r"\S+(?: \S+)*")


class _Cell(NamedTuple):
    start: int
    text: str


def one_cell(output: str) -> Iterator[Row]:
    """The rows by squeezed names of columns; what was wrapped is joined again.

    Values stand at the left of their column, names in its middle. A row with a value for each column says
    where they stand; one with a value less lacks its first, the status.
    """
    heads: list[list[_Cell]] = []
    names: list[str] = []
    row: Row | None = None
    starts: dict[int, str] = {}
    in_head = False
    for number, line in enumerate(output.splitlines(), 1):
        cells = _cells(line)
        if rule := _RULE.match(line):
            if row:
                yield row
            row, in_head = None, not rule["line"].startswith("=") and not in_head
            names = _names(heads) if rule["line"].startswith("=") else names
            heads = []
        elif in_head and cells:
            heads.append(cells)
        elif names and row and cells and len(cells) < len(names) - 1:
            _join(row, starts, cells)
        elif names and len(cells) in {len(names), len(names) - 1}:
            if row:
                yield row
            columns = names[len(names) - len(cells) :]
            starts = {cell.start: name for cell, name in zip(cells, columns, strict=True)}
            row = Row(number, {names[0]: ""} | {starts[cell.start]: cell.text for cell in cells})
    if row:
        yield row


def _cells(line: str) -> list[_Cell]:
    """The values in a line that has bars at its ends only; they are two blanks apart."""
    text = line.strip()
    if not text.startswith("|") or text.strip("|").count("|"):
        return []
    return [_Cell(found.start(), found[0]) for found in _WORD.finditer(text.strip("|"))]


def _names(heads: list[list[_Cell]]) -> list[str]:
    """The names in the first line of the head, with those parts that stand under them."""
    first = heads[0] if heads else []
    joined = [cell.text for cell in first]
    for line in heads[1:]:
        for cell in line:
            middle = cell.start + len(cell.text) / 2
            nearest = min(
                range(len(first)), key=lambda at: abs(first[at].start + len(first[at].text) / 2 - middle)
            )
            joined[nearest] += cell.text
    return [squeezed(name) for name in joined]


def _join(row: Row, starts: dict[int, str], cells: list[_Cell]) -> None:
    for cell in cells:
        name = next((column for start, column in starts.items() if abs(start - cell.start) <= 1), None)
        if name:
            row.cells[name] += cell.text
