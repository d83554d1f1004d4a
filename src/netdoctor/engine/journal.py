"""The append-only journal of a run. Everything that happens is appended here; everyone else reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

import msgspec

from netdoctor.model.events import Captured, CommandFailed, Entry, Event, SessionFailed
from netdoctor.transport.redact import redact

Sink = Callable[[Entry], None]
ENGINE = "engine"
"""The origin of what happens on no device."""


class Journal:
    """Stamps events with a number and the time, redacts them, and hands them to its sinks in order."""

    def __init__(self, sinks: Iterable[Sink] = (), now: Callable[[], datetime] | None = None) -> None:
        self._sinks: list[Sink] = list(sinks)
        self._now = now or (lambda: datetime.now(UTC))
        self._seq = 0

    def subscribe(self, sink: Sink) -> None:
        self._sinks.append(sink)

    def append(self, origin: str, event: Event, at: datetime | None = None) -> Entry:
        """Appends what happened on `origin`, a device or `engine`. Returns the entry as it is kept."""
        self._seq += 1
        entry = Entry(seq=self._seq, at=at or self._now(), origin=origin, event=_redacted(event))
        for sink in self._sinks:
            sink(entry)
        return entry


def _redacted(event: Event) -> Event:
    """The event without secrets. Only what devices and servers say can hold one."""
    match event:
        case Captured():
            return msgspec.structs.replace(event, output=redact(event.output))
        case CommandFailed():
            return msgspec.structs.replace(event, output=redact(event.output), detail=redact(event.detail))
        case SessionFailed():
            return msgspec.structs.replace(event, detail=redact(event.detail))
        case _:
            return event
