"""Options and argument types that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click
from click.shell_completion import CompletionItem

from netdoctor import platforms
from netdoctor.model.devices import AUTO
from netdoctor.model.findings import AREAS
from netdoctor.model.suggest import nearest
from netdoctor.model.units import duration_s

F = TypeVar("F", bound=Callable[..., Any])


class Word(click.Choice[str]):
    """One of a few words; a wrong one is answered with the nearest right one."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value not in self.choices:
            self.fail(
                f"{value!r} is not one of {', '.join(self.choices)}{nearest(str(value), self.choices)}",
                param,
                ctx,
            )
        return str(value)


class Seconds(click.ParamType[Any]):
    """A time span: plain seconds, or `90s`, `15m`, `1h30m`, `2d`."""

    name = "duration"

    def __init__(self, least: float = 0.0) -> None:
        self._least = least

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        try:
            seconds = value if isinstance(value, float) else duration_s(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)
        if seconds < self._least:
            self.fail(f"{value} is too short: at least {self._least:g} s", param, ctx)
        return seconds


class TargetName(click.ParamType[Any]):
    """`NAME`, `NAME:INTERFACE` or a host; names complete from the inventory."""

    name = "target"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        from netdoctor import inventory

        try:
            network = inventory.load(ctx.params.get("inventory_at"), os.environ)
        except (ValueError, OSError):
            return []
        return [CompletionItem(name) for name in sorted(network.devices) if name.startswith(incomplete)]


class RunName(click.ParamType[Any]):
    """A stored run; ids complete from the run store."""

    name = "run"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        from netdoctor.engine.store import LAST, RunStore

        names = [LAST, *(run.id for run in RunStore().runs())]
        return [CompletionItem(name) for name in names if name.startswith(incomplete)]


def composed(options: Sequence[Callable[[Any], Any]]) -> Callable[[F], F]:
    """One decorator out of several, in the order in which help shall show them."""

    def decorate(function: F) -> F:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


target_argument = click.argument("targets", metavar="TARGET...", nargs=-1, required=True, type=TargetName())
inventory_option = click.option(
    "--inventory",
    "inventory_at",
    metavar="PATH",
    is_eager=True,
    help="Inventory file or folder.  [default: $NETDOCTOR_INVENTORY, ./netdoctor.yaml, the user's own]",
)
checks_dir_option = click.option(
    "--checks-dir",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False),
    help="A folder with checks and causes of your own.",
)
share_option = click.option(
    "--share", "share_group", metavar="GROUP", help="Make the run file readable by a group."
)
verbose_option = click.option("-v", "--verbose", is_flag=True, help="Show all evidence and every command.")
quiet_option = click.option("-q", "--quiet", is_flag=True, help="No progress on stderr.")
no_color_option = click.option("--no-color", is_flag=True, help="No colours.")

report_options = composed(
    [
        click.option(
            "--format",
            "format_name",
            type=Word(["text", "json", "jsonl"]),
            default="text",
            show_default=True,
            help="`jsonl` is the event stream, written as things happen.",
        ),
        click.option(
            "-o", "--output", metavar="FILE", type=click.Path(dir_okay=False), help="Write to a file instead."
        ),
        verbose_option,
        no_color_option,
    ]
)
"""How a report is shown: the fields of `output.Output`."""

session_options = composed(
    [
        inventory_option,
        click.option("--user", metavar="NAME", help="Log in as; overrides the inventory."),
        click.option("--port", type=click.IntRange(1, 65535), help="SSH port; overrides the inventory."),
        click.option(
            "--platform",
            type=Word([AUTO, *platforms.names()]),
            metavar="NAME",
            help="Overrides the inventory.",
        ),
        click.option(
            "--identity",
            metavar="FILE",
            type=click.Path(exists=True, dir_okay=False),
            help="Private key file.",
        ),
        click.option("--jump", metavar="HOST", help="Go through this host: a name, or [USER@]HOST[:PORT]."),
        click.option(
            "--max-sessions",
            type=click.IntRange(1, 1000),
            default=20,
            show_default=True,
            help="Devices connected to at once.",
        ),
    ]
)
"""How devices are reached."""

sampling_options = composed(
    [
        click.option(
            "--depth",
            type=click.IntRange(0, 8),
            default=1,
            show_default=True,
            help="Examine neighbours this far away too, when they are in the inventory.",
        ),
        click.option(
            "--since", type=Seconds(), default=3600.0, metavar="DUR", help="Incident window.  [default: 1h]"
        ),
        click.option(
            "--interval",
            type=Seconds(least=2.0),
            default=10.0,
            metavar="DUR",
            help="Between the two samples of counters, at least 2 s.  [default: 10s]",
        ),
        click.option(
            "--deadline",
            type=Seconds(least=1.0),
            default=45.0,
            metavar="DUR",
            help="Whole run.  [default: 45s]",
        ),
        click.option(
            "--area", "areas", type=Word(AREAS), multiple=True, metavar="AREA", help="Only this; repeatable."
        ),
    ]
)
"""What is asked of devices, and for how long."""
