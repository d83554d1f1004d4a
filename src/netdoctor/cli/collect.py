"""Collect what devices say into a bundle, to diagnose later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from netdoctor.cli.options import (
    no_color_option,
    quiet_option,
    sampling_options,
    session_options,
    target_argument,
    verbose_option,
)

if TYPE_CHECKING:
    from netdoctor.engine.journal import Journal
    from netdoctor.transport.credentials import AskPassword


@click.command()
@target_argument
@click.option(
    "-o", "--output", metavar="BUNDLE", type=click.Path(dir_okay=False), required=True, help="A zip."
)
@click.option(
    "--anonymise", is_flag=True, help="Replace names, addresses and descriptions, the same by the same."
)
@sampling_options
@session_options
@verbose_option
@quiet_option
@no_color_option
def command(targets: tuple[str, ...], output: str, anonymise: bool, quiet: bool, **options: Any) -> int:
    """Ask TARGET and its neighbours what `investigate` would ask, and keep the answers in BUNDLE.

    The bundle is a zip with the journal and one text file an answer; secrets are taken out. With
    --anonymise it also holds each answer as a case for a parser's tests, and can be attached to a bug: look
    through it first, for no program knows every word that names a customer. AS numbers and software
    versions stay.

    Exit code: 0 done, 1 a target was not reached, 130 interrupted.
    """
    from pathlib import Path

    from netdoctor.cli import asking, running
    from netdoctor.cli.output import Output, check_writable
    from netdoctor.engine.run import collect
    from netdoctor.engine.store import write_bundle
    from netdoctor.model.events import Entry
    from netdoctor.view.state import INTERRUPTED_EXIT

    check_writable(output)
    request = asking.request(targets, options)
    entries: list[Entry] = []

    async def work(journal: Journal, ask_password: AskPassword) -> None:
        journal.subscribe(entries.append)
        async with running.connected(request.network, options["max_sessions"], ask_password) as connector:
            await collect(request, journal, connector)

    shown = Output(verbose=options["verbose"], no_color=options["no_color"])
    state = running.record(work, request.run_id, shown, quiet=quiet)
    if anonymise:
        from netdoctor.engine.anonymise import anonymised, samples

        entries = anonymised(entries)
        write_bundle(Path(output), entries, samples(entries))
    else:
        write_bundle(Path(output), entries)
    if state.interrupted:
        return INTERRUPTED_EXIT
    return int(any(device.role == "target" and not device.reachable for device in state.devices.values()))
