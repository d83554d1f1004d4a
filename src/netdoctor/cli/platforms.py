"""`netdoctor platforms`: what each platform is read for, and how well that is proven."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from netdoctor.platforms.coverage import Cell


@click.command(short_help="Show what is read on each platform, and how well it is proven.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(form: str) -> None:
    """Print the matrix of platforms and fields.

    A number says on how many real devices' outputs the platform's parsers were tried; `?` that they are
    unproven, because no public output could be found; `-` that nothing is read: the reason stands below.
    """
    from netdoctor.platforms import coverage

    matrix = coverage.matrix()
    click.echo(_as_json(matrix) if form == "json" else "\n".join(_as_text(matrix)))


def _as_json(matrix: dict[str, dict[str, Cell]]) -> str:
    import json

    def plain(cell: Cell) -> dict[str, Any]:
        told = {"read": cell.read, "real_outputs_count": cell.outputs_count, "unproven": cell.unproven}
        return told if cell.read else {**told, "reason": cell.why_empty}

    rows = {name: {field: plain(cell) for field, cell in row.items()} for name, row in matrix.items()}
    return json.dumps(rows, indent=2)


def _as_text(matrix: dict[str, dict[str, Cell]]) -> Iterator[str]:
    fields = next(iter(matrix.values()))
    yield _line("", (name.rpartition("_")[2] for name in matrix))
    for field in fields:
        yield _line(field, (_sign(row[field]) for row in matrix.values()))
    yield ""
    yield "12  parsers tried on 12 real outputs that held such facts"
    yield " ?  unproven: read, but no public output was found to try it on"
    yield " -  not read:"
    for name, row in matrix.items():
        for field, cell in row.items():
            if not cell.read:
                yield f"    {name} {field}: {cell.why_empty}"


def _sign(cell: Cell) -> str:
    return "?" if cell.unproven else str(cell.outputs_count) if cell.read else "-"


def _line(name: str, cells: Iterable[str]) -> str:
    return f"{name:<15}" + "".join(f"{cell:>7}" for cell in cells)
