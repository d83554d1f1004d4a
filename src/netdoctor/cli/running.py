"""Carrying out a run: its journal, its run file, its progress, Ctrl-C, and its report."""

from __future__ import annotations

import asyncio
import getpass
import signal
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import IO, TYPE_CHECKING, Any

import click

from netdoctor.cli import output as out
from netdoctor.engine.journal import Journal, Sink
from netdoctor.engine.store import RunStore
from netdoctor.model.devices import Device, Network
from netdoctor.model.events import Entry
from netdoctor.report import jsonl
from netdoctor.view.state import RunState

if TYPE_CHECKING:
    from netdoctor.transport.credentials import AskPassword
    from netdoctor.transport.ssh import Connector

Work = Callable[[Journal, "AskPassword"], Coroutine[Any, Any, object]]
"""What a run does. On cancellation it concludes from what it has, and returns."""


def carry_out(
    work: Work, run_id: str, output: out.Output, *, quiet: bool = False, share_group: str | None = None
) -> RunState:
    """Runs `work`, keeps its journal, shows its report. Returns the state that the run left.

    The report goes to `output`, progress to stderr when that is a terminal. An error inside the run is
    raised with a note that says where its journal is.
    """
    out.check_writable(output.output)
    with _recording(run_id, share_group) as (journal, state):
        with _streamed(journal, output):
            _run(work, journal, state, output, quiet)
        if output.format_name != "jsonl":
            out.write(out.rendered(state, output), output.output)
    return state


def record(work: Work, run_id: str, output: out.Output, *, quiet: bool = False) -> RunState:
    """Runs `work` and keeps its journal; shows progress and no report."""
    with _recording(run_id, None) as (journal, state):
        _run(work, journal, state, output, quiet)
    return state


@asynccontextmanager
async def connected(
    network: Network, max_sessions: int, ask_password: AskPassword
) -> AsyncIterator[Connector]:
    """What opens sessions to the devices of a network; closed at the end."""
    from netdoctor.transport.ssh import Connector

    connector = Connector(network, max_sessions=max_sessions, ask_password=ask_password)
    try:
        yield connector
    finally:
        await connector.close()


def _run(work: Work, journal: Journal, state: RunState, output: out.Output, quiet: bool) -> None:
    with _told(journal, state, output, quiet) as ask_password:
        asyncio.run(_stoppable(work(journal, ask_password)))


@contextmanager
def _recording(run_id: str, share_group: str | None) -> Iterator[tuple[Journal, RunState]]:
    """A journal, the state it is folded into, and its file in the user's run store.

    A run that cannot be kept goes on, and says so.
    """
    state = RunState()
    journal = Journal([state.apply])
    try:
        file = RunStore().create(run_id, share_group)
    except OSError as error:
        _warn(f"this run is not kept: {error}")
        yield journal, state
        return
    journal.subscribe(file)
    try:
        yield journal, state
    except Exception as error:
        error.add_note(f"the run so far is in {file.path}")
        raise
    finally:
        file.close()
        if file.error is not None:
            _warn(f"this run is kept in part only: {file.error}")


def _warn(message: str) -> None:
    click.echo(f"netdoctor: {message}", err=True)


@contextmanager
def _streamed(journal: Journal, output: out.Output) -> Iterator[None]:
    """With `--format jsonl`, writes each event as it happens."""
    if output.format_name != "jsonl":
        yield
        return
    with out.writer(output.output) as file:
        journal.subscribe(_writer_of_events(file))
        yield


def _writer_of_events(file: IO[bytes]) -> Sink:
    """Writes entries until nobody reads them any more; the run goes on, and is kept, all the same."""
    reader_left = False

    def write(entry: Entry) -> None:
        nonlocal reader_left
        if reader_left:
            return
        try:
            file.write("".join(jsonl.render([entry])).encode())
            file.flush()
        except BrokenPipeError:
            reader_left = True

    return write


@contextmanager
def _told(journal: Journal, state: RunState, output: out.Output, quiet: bool) -> Iterator[AskPassword]:
    """Tells what happens on stderr when it is a terminal. Yields the way to ask for a password."""
    if quiet or not sys.stderr.isatty():
        yield ask_plainly
        return
    from netdoctor.cli.progress import Progress

    with Progress(state, verbose=output.verbose, no_color=output.no_color) as progress:
        journal.subscribe(progress)
        yield progress.ask_password


def ask_plainly(device: Device) -> str | None:
    """Asks for a password without progress in the way; nobody is asked where nobody can answer."""
    if not sys.stdin.isatty():
        return None
    return getpass.getpass(f"Password of {device.name}: ", sys.stderr) or None


async def _stoppable(work: Coroutine[Any, Any, object]) -> None:
    """Runs `work`, cancelled once by Ctrl-C (asyncio's own doing) or by SIGTERM."""
    task = asyncio.current_task()
    if task is not None:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    await work
