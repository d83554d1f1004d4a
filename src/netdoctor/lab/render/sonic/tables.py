"""Tables as SONiC's programs draw them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

Align = Literal["left", "right"]
PADDING = 2
"""A column is so much wider than its heading, and so far from the next one."""


def ruled(headings: Sequence[str], rows: Iterable[Sequence[object]], align: Align = "right") -> str:
    """A heading with dashes under it, and the rows; numbers stand to the right in any case."""
    cells = [[str(cell) for cell in row] for row in rows]
    widths = [
        max(len(heading) + PADDING, *(len(row[place]) for row in cells), 0)
        for place, heading in enumerate(headings)
    ]
    ways: list[Align] = [
        "right" if align == "right" or _numbers(row[place] for row in cells) else "left"
        for place in range(len(headings))
    ]
    lines = [_line(headings, widths, ways), "  ".join("-" * width for width in widths)]
    lines += [_line(row, widths, ways) for row in cells]
    return "".join(f"{line}\n" for line in lines)


def _numbers(cells: Iterable[str]) -> bool:
    found = [cell for cell in cells if cell]
    return bool(found) and all(cell.replace(".", "", 1).lstrip("-").isdigit() for cell in found)


def _line(cells: Sequence[str], widths: Sequence[int], ways: Sequence[Align]) -> str:
    placed = (
        cell.rjust(width) if way == "right" else cell.ljust(width)
        for cell, width, way in zip(cells, widths, ways, strict=True)
    )
    return "  ".join(placed).rstrip()


def barred(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table with bars round every cell."""
    cells = [[str(cell) for cell in row] for row in rows]
    widths = [
        max(len(heading) + PADDING, *(len(row[place]) for row in cells), 0)
        for place, heading in enumerate(headings)
    ]
    rule = "+" + "+".join("-" * (width + 2) for width in widths) + "+"
    lines = [rule, _barred(headings, widths), rule.replace("-", "=")]
    for row in cells:
        lines += [_barred(row, widths), rule]
    return "".join(f"{line}\n" for line in lines)


def _barred(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "|" + "|".join(f" {cell.ljust(width)} " for cell, width in zip(cells, widths, strict=True)) + "|"
