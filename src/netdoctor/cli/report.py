"""Show the report of a stored run again."""

from __future__ import annotations

from typing import Any

import click

from netdoctor.cli.options import RunName, report_options


@click.command()
@click.argument("run", type=RunName(), default="last")
@report_options
def command(run: str, **shown: Any) -> None:
    """Show the report of RUN: an id, the beginning of one, `last`, or a file. No device is contacted."""
    from netdoctor.cli import output
    from netdoctor.engine.store import RunStore, read_entries
    from netdoctor.report import jsonl

    wanted = output.Output(**shown)
    output.check_writable(wanted.output)
    path = RunStore().find(run)
    if wanted.format_name == "jsonl":
        output.write("".join(jsonl.render(read_entries(path))), wanted.output)
    else:
        output.write(output.rendered(output.replayed(path), wanted), wanted.output)
