"""Diagnose a bundle or a stored run again, without its devices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from netdoctor.cli.options import RunName, checks_dir_option, quiet_option, report_options

if TYPE_CHECKING:
    from netdoctor.engine.journal import Journal
    from netdoctor.transport.credentials import AskPassword


@click.command()
@click.argument("bundle", type=RunName())
@checks_dir_option
@report_options
@quiet_option
def command(bundle: str, checks_dir: str | None, quiet: bool, **options: Any) -> int:
    """Diagnose BUNDLE (a file of `collect`, or a stored run) with today's parsers, checks and ranking.

    Exit code: as of `investigate`.
    """
    from netdoctor.cli import asking, running
    from netdoctor.engine.analyze import analyze
    from netdoctor.engine.store import RunStore, new_run_id, read_entries

    catalogue = asking.catalogue(checks_dir)
    path = RunStore().find(bundle)
    run_id = new_run_id(path.stem)

    async def work(journal: Journal, _: AskPassword) -> None:
        analyze(read_entries(path), catalogue, journal, run_id)

    state = running.carry_out(work, run_id, asking.output(options), quiet=quiet)
    return state.exit_code
