"""List stored runs, and look into one."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import click

from netdoctor.cli.options import RunName

if TYPE_CHECKING:
    from netdoctor.engine.store import RunInfo
    from netdoctor.view.state import RunState


@click.group()
def command() -> None:
    """List stored runs, and look into one."""


@command.command("list")
def list_runs() -> None:
    """List stored runs, newest first."""
    from netdoctor.cli import output
    from netdoctor.engine.store import RunStore

    store = RunStore()
    found = store.runs()
    if not found:
        click.echo(f"netdoctor: no runs yet in {store.folder}", err=True)
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    output.write("".join(_row(run)[:width] + "\n" for run in found), None)


@command.command()
@click.argument("run", type=RunName())
@click.argument("output_id", metavar="[OUTPUT]", required=False)
def show(run: str, output_id: str | None) -> None:
    """Show what RUN holds: its options, devices and outputs; or one output, such as O12, in full."""
    from netdoctor.cli import output
    from netdoctor.engine.store import RunStore

    state = output.replayed(RunStore().find(run))
    output.write(_capture(state, output_id) if output_id else _contents(state), None)


def _row(run: RunInfo) -> str:
    from netdoctor.view import words

    size = f"{run.size_bytes / 1e6:.1f} MB"
    head = f"{run.id:<42} {run.kind:<11} {run.verdict or 'unfinished':<12} {size:>8}"
    return words.printable(f"{head}  {run.summary}").rstrip()


def _contents(state: RunState) -> str:
    from netdoctor.report.build import build, output_ids
    from netdoctor.view import words

    report = build(state)
    options = state.started.options if state.started else {}
    lines = [
        f"run      {report.run.id}",
        f"targets  {', '.join(report.run.targets)}",
        f"started  {report.run.started_at}, {words.duration(report.run.duration_s)}",
        f"options  {', '.join(f'{name}={value}' for name, value in sorted(options.items()))}",
        f"verdict  {report.verdict}: {report.summary}",
        "",
    ]
    for key, name in output_ids(state).items():
        device, command_text, sample = key
        size = len(state.captures[key].output)
        again = f" (sample {sample})" if sample > 1 else ""
        lines.append(f"{name:<5} {device:<15} {size:>9,} characters  {command_text}{again}")
    return "".join(words.printable(line) + "\n" for line in lines)


def _capture(state: RunState, output_id: str) -> str:
    from netdoctor.model.suggest import nearest
    from netdoctor.report.build import output_ids
    from netdoctor.view import words

    keys = {name: key for key, name in output_ids(state).items()}
    if output_id not in keys:
        raise click.UsageError(f"no output {output_id!r} in this run{nearest(output_id, keys)}")
    text = state.captures[keys[output_id]].output
    return "".join(words.printable(line, keep_spaces=True) + "\n" for line in text.splitlines())
