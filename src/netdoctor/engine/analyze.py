"""Recorded answers read again with today's parsers, checks and ranking; no device is touched."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from netdoctor import __version__, platforms
from netdoctor.engine.assess import assess
from netdoctor.engine.journal import ENGINE, Journal
from netdoctor.engine.knowledge import Knowledge
from netdoctor.engine.reading import read
from netdoctor.engine.store import new_run_id
from netdoctor.model.events import (
    Captured,
    CommandFailed,
    DeviceChosen,
    Diagnosed,
    Entry,
    Interrupted,
    NeighborSkipped,
    RunEnded,
    RunStarted,
    SessionClosed,
    SessionFailed,
    SessionOpened,
)
from netdoctor.model.findings import Diagnosis, Reason
from netdoctor.rules.files import Catalogue

_KEPT = (
    DeviceChosen,
    NeighborSkipped,
    SessionOpened,
    SessionFailed,
    SessionClosed,
    Interrupted,
)
_OF_READING: frozenset[Reason] = frozenset({"parse_error", "faulted"})
"""Failures that today's parsers decide anew."""


class NothingRecorded(ValueError):
    """A recording without a beginning: nothing says what was asked."""


def analyze(entries: Iterable[Entry], catalogue: Catalogue, journal: Journal, run_id: str = "") -> Diagnosis:
    """Diagnoses a recording. Times are those of the recording; equal captures give equal conclusions."""
    knowledge = Knowledge()
    journal.subscribe(knowledge.apply)
    last: RunEnded | None = None
    for entry in entries:
        match event := entry.event:
            case RunStarted():
                journal.append(ENGINE, _restarted(event, run_id), at=entry.at)
            case Captured():
                _reread(entry, event, journal)
            case CommandFailed() if event.reason not in _OF_READING or event.output:
                journal.append(entry.origin, event, at=entry.at)
            case RunEnded():
                last = event
            case _ if isinstance(event, _KEPT):
                journal.append(entry.origin, event, at=entry.at)
            case _:
                pass
    if not knowledge.started.version:
        raise NothingRecorded("the recording does not say what was asked: it has no beginning")
    diagnosis, faults = assess(knowledge, catalogue)
    for fault in faults:
        journal.append(ENGINE, fault)
    journal.append(ENGINE, Diagnosed(diagnosis=diagnosis))
    journal.append(ENGINE, last or RunEnded(duration_s=0.0))
    return diagnosis


def _restarted(event: RunStarted, run_id: str) -> RunStarted:
    new_id = run_id or new_run_id(event.targets[0] if event.targets else "analyze")
    return msgspec.structs.replace(event, kind="analyze", version=__version__, run_id=new_id)


def _reread(entry: Entry, captured: Captured, journal: Journal) -> None:
    kept = journal.append(entry.origin, captured, at=entry.at)
    known = captured.platform in platforms.names()
    found = platforms.get(captured.platform).command_for(captured.command) if known else None
    if found is not None:
        read(*found, kept, journal)
        return
    unread = CommandFailed(
        device=captured.device,
        command=captured.command,
        sample=captured.sample,
        reason="unsupported",
        detail="no parser reads this command any more",
        platform=captured.platform,
    )
    journal.append(entry.origin, unread, at=entry.at)
