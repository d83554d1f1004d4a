"""Diagnose devices and rank the likeliest causes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from netdoctor.cli.options import (
    checks_dir_option,
    composed,
    quiet_option,
    report_options,
    sampling_options,
    session_options,
    share_option,
    target_argument,
)

incident_options = composed(
    [
        click.option("--symptom", metavar="TEXT", help="What was reported; kept with the run."),
        click.option("--peer", metavar="ADDR", help="The BGP peer that this is about."),
    ]
)

if TYPE_CHECKING:
    from netdoctor.engine.journal import Journal
    from netdoctor.transport.credentials import AskPassword


@click.command()
@target_argument
@incident_options
@sampling_options
@session_options
@checks_dir_option
@share_option
@report_options
@quiet_option
def command(
    targets: tuple[str, ...], checks_dir: str | None, share_group: str | None, quiet: bool, **options: Any
) -> int:
    """Find out what is wrong with TARGET: a name of the inventory, or a host; NAME:INTERFACE narrows it.

    Read-only: nothing is sent that is not on the platform's allow-list.

    Exit code: 0 nothing is wrong, 1 a cause or finding of minor severity or above, 2 wrong usage, 3 could
    not determine, 130 interrupted.
    """
    from netdoctor.cli import asking, running
    from netdoctor.engine.run import investigate

    asking.check_group(share_group)
    catalogue = asking.catalogue(checks_dir)
    request = asking.request(targets, options)

    async def work(journal: Journal, ask_password: AskPassword) -> None:
        async with running.connected(request.network, options["max_sessions"], ask_password) as connector:
            await investigate(request, catalogue, journal, connector)

    shown = asking.output(options)
    state = running.carry_out(work, request.run_id, shown, quiet=quiet, share_group=share_group)
    return state.exit_code
