"""How answers of SONiC's `show` are read: tables that tabulate draws, and their cells.

A cell stands under its column's dashes, flush left or right; a word goes to the column that it overlaps most,
so that a row which a hand has shifted is still read. Several tables may follow each other in one answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from netdoctor.model.events import Note
from netdoctor.model.facts import Fact
from netdoctor.platforms.text import Read, Row, each
from netdoctor.platforms.values import clean, count, number

__all__ = [
    "Read",
    "Row",
    "cell",
    "counter",
    "grid",
    "is_port",
    "on_request",
    "rate_bps",
    "read_table",
    "table",
]

_RULE: Final = re.compile(r"^ *-{2,}(?: +-{2,})+ *$")
_GRID_RULE: Final = re.compile(r"^ *\+(?:[-=]+\+)+ *$")
_END: Final = re.compile(r"^ *(?:$|[-=]{3,} *$|Reminder:|Total (?:number|entries|count)\b|\.{3,} *$|<.*> *$)")
_WORD: Final = re.compile(r"\S+")
_PORT: Final = re.compile(r"[A-Za-z](?:[\w.:/@|-]{0,62}\w)?(?: (?:Line|System))?")
_WIDEST: Final = 2000
"""Characters: no table is drawn as wide."""
_NOTHING: Final = frozenset({"", "N/A", "NA", "-", "None", "none", "n/a"})


def on_request(facts: Sequence[Fact]) -> tuple[()]:
    """Arguments of a command that is parsed when pasted, and never sent by a run."""
    return ()


def table(output: str) -> Iterator[Row]:
    """The rows of every table with a rule of dashes under its heading, cells by the heading in lower case.

    A row with a blank first cell goes on the one before it, its words behind a blank.
    """
    spans: list[tuple[int, int]] = []
    names: list[str] = []
    row: Row | None = None
    before = ""
    for line, text in enumerate(clean(output).splitlines(), 1):
        ruled = bool(_RULE.match(text))
        cells = _cells(text, spans) if spans and not ruled and not _END.match(text) else []
        if row and cells and not cells[0]:
            _go_on(row, cells)
        else:
            if row:
                yield row
            row = Row(line, dict(zip(names, cells, strict=True))) if cells else None
        if ruled:
            spans = [found.span() for found in re.finditer(r"-+", text)]
            names = _names(_cells(before, spans))
        elif not cells:
            spans = []
        before = text
    if row:
        yield row


def _go_on(row: Row, cells: list[str]) -> None:
    for name, one in zip(list(row.cells), cells, strict=True):
        row.cells[name] = f"{row.cells[name]} {one}".strip()


def _names(cells: list[str]) -> list[str]:
    """The columns' names in lower case; one that has none, or another's, gets its number."""
    found: list[str] = []
    for place, name in enumerate(cells):
        word = name.lower()
        found.append(word if word and word not in found else f"{word}#{place}")
    return found


def _cells(text: str, spans: list[tuple[int, int]]) -> list[str]:
    """The words of a line by column: each in the column that it overlaps most, or that is the nearest.

    Of a row that was shifted, whose words stand between columns, those set apart by two blanks are one a
    column where there are as many.
    """
    width = spans[-1][1]
    if width < _WIDEST and (straight := _straight(tuple(spans)).fullmatch(text.ljust(width))):
        return [" ".join(one.split()) for one in straight.groups()]
    found, under = _placed(text, spans)
    if not under:
        apart = re.split(r" {2,}", text.strip())
        if len(apart) == len(spans):
            return apart
    return found


@lru_cache(maxsize=256)
def _straight(spans: tuple[tuple[int, int], ...]) -> re.Pattern[str]:
    """Matches a row as tables are drawn: nothing stands between the columns."""
    parts, before = list[str](), 0
    for start, end in spans:
        parts.append(f" {{{start - before}}}(.{{{end - start}}})")
        before = end
    return re.compile("".join(parts) + " *")


def _placed(text: str, spans: list[tuple[int, int]]) -> tuple[list[str], bool]:
    """The words by column; and whether every one of them stands under the heading of a single column."""
    found: list[list[str]] = [[] for _ in spans]
    place, under = 0, True
    for word in _WORD.finditer(text):
        start, end = word.span()
        while place < len(spans) - 1 and _overlap(spans[place], start, end) <= _overlap(
            spans[place + 1], start, end
        ):
            place += 1
        under = under and spans[place][0] <= start and end <= spans[place][1]
        found[place].append(word[0])
    return [" ".join(words) for words in found], under


def _overlap(span: tuple[int, int], start: int, end: int) -> int:
    """How many characters a word shares with a column; how far it is away from it, below zero."""
    return min(span[1], end) - max(span[0], start)


def grid(output: str) -> Iterator[Row]:
    """The rows of tables with bars (`| a | b |`) under their headings.

    Lines without a rule between them are one row; its words stand behind a blank, those of several lines too.
    """
    names: list[str] = []
    row: Row | None = None
    for line, text in enumerate(clean(output).splitlines(), 1):
        said = text.strip()
        if _GRID_RULE.match(text):
            if row:
                yield row
            row = None
            continue
        if not (said.startswith("|") and said.endswith("|")):
            names, row = [], None
            continue
        cells = [one.strip() for one in said[1:-1].split("|")]
        if not names:
            names = [" ".join(name.lower().split()) for name in cells]
        elif len(cells) == len(names):
            if row:
                _go_on(row, cells)
            else:
                row = Row(line, dict(zip(names, cells, strict=True)))
    if row:
        yield row


def read_table(output: str, read: Callable[[Row], Read]) -> Iterator[Fact | Note]:
    """What `read` makes of every row of every table, whichever way it is drawn."""
    yield from each(grid(output) if "+--" in output else table(output), read)


def cell(row: Row, *names: str) -> str | None:
    """The first of the columns that the table has, unless it says nothing (`N/A`, `-`)."""
    for name in names:
        if name in row.cells:
            found = row.cells[name]
            return None if found in _NOTHING else found
    return None


def counter(row: Row, *names: str) -> int | None:
    """The same of a counter, which may have commas in it."""
    found = cell(row, *names)
    return count(found.replace(",", "")) if found else None


def is_port(name: str | None) -> bool:
    """True for what may be an interface's name; `<…>` and `...` of a shortened answer are none."""
    return bool(name and _PORT.fullmatch(name))


_RATE: Final = re.compile(r"([\d.,]+) ([KMGT]?)B/s")
_SCALES: Final = {"": 1, "K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}


def rate_bps(said: str | None) -> float | None:
    """Bits a second in portstat's bytes a second: `204.80 KB/s`."""
    found = _RATE.fullmatch(said or "")
    value = number(found[1].replace(",", "")) if found else None
    return round(value * _SCALES[found[2]] * 8, 3) if found and value is not None else None
