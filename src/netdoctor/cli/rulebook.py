"""What `checks` and `causes` share: finding an id, rows, and pages."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import click
from click.shell_completion import CompletionItem

from netdoctor.model.suggest import nearest

if TYPE_CHECKING:
    from netdoctor.rules import Catalogue

T = TypeVar("T")
PAGE_WIDTH = 100


class RuleId(click.ParamType[Any]):
    """The id of a check or a cause, such as `optics.rx_power_low`; completes from the catalogue."""

    name = "id"

    def __init__(self, kind: Literal["checks", "causes"]) -> None:
        self._kind = kind

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        try:
            known = getattr(catalogue(ctx.params.get("checks_dir")), self._kind)
        except ValueError:
            return []
        return [CompletionItem(name) for name in known if name.startswith(incomplete)]


def catalogue(checks_dir: str | None) -> Catalogue:
    """The built-in checks and causes and the user's own. Raises RuleError."""
    from netdoctor.rules import load_catalogue

    return load_catalogue(Path(checks_dir) if checks_dir else None)


def find(kind: str, name: str, known: dict[str, T], former: dict[str, str]) -> T:
    """The check or cause of an id, today's or a former one. Raises UsageError with the nearest right id."""
    name = former.get(name, name)
    if name not in known:
        raise click.UsageError(f"unknown {kind} {name!r}{nearest(name, known)}")
    return known[name]


def former_ids(known: dict[str, Any]) -> dict[str, str]:
    """Today's ids by the ids that checks or causes had before."""
    return {old: name for name, rule in known.items() for old in rule.was}


def write_rows(rows: Iterable[Sequence[str]]) -> None:
    """Aligned columns on stdout."""
    from netdoctor.cli import output
    from netdoctor.view import words

    listed = list(rows)
    widths = [max(map(len, column)) for column in zip(*listed, strict=True)]
    for row in listed:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        output.write(words.printable("  ".join(cells).rstrip()) + "\n", None)


def write_page(page: str) -> None:
    """A page on stdout; folded to the terminal's width, left as it is for a pipe."""
    from netdoctor.cli import output
    from netdoctor.view import words

    lines = page.splitlines()
    if sys.stdout.isatty():
        width = min(shutil.get_terminal_size((80, 24)).columns, PAGE_WIDTH)
        lines = [part for line in lines for part in _folded(line, width)]
    output.write("".join(words.printable(line) + "\n" for line in lines), None)


def _folded(line: str, width: int) -> list[str]:
    indent = "  " if line.startswith("- ") else ""
    return textwrap.wrap(line, width, subsequent_indent=indent, break_on_hyphens=False) or [""]
