"""The one fold of the journal. Every face, live or replayed, reads a `RunState` and nothing else."""

from __future__ import annotations

from datetime import datetime
from functools import singledispatchmethod
from typing import Literal, NamedTuple

import msgspec

from netdoctor.model import events
from netdoctor.model.facts import DeviceInfo
from netdoctor.model.findings import Diagnosis, Finding, Source
from netdoctor.model.observations import Observation, Observations

CaptureKey = tuple[str, str, int]
"""Device, command, sample."""

UNDETERMINED_EXIT, INTERRUPTED_EXIT = 3, 130

Phase = Literal["waiting", "connected", "closed", "failed"]


class Capture(NamedTuple):
    """One answer, as it is kept."""

    output: str
    at: datetime
    truncated: bool


class DeviceState(msgspec.Struct, kw_only=True):
    """What is known of one device of the run."""

    name: str
    role: Literal["target", "neighbor"] | None = None
    platform: str | None = None
    phase: Phase = "waiting"
    reachable: bool = False
    """True once it answered, even when the session was lost later."""
    connect_s: float | None = None
    session_s: float | None = None
    failure: events.SessionFailed | None = None
    sent: set[tuple[str, int]] = msgspec.field(default_factory=set)
    answered: set[tuple[str, int]] = msgspec.field(default_factory=set)
    failed: dict[tuple[str, int], events.CommandFailed] = msgspec.field(default_factory=dict)

    @property
    def commands_count(self) -> int:
        """Commands given to the device, a second sample counted again."""
        return len(self.sent | self.answered | self.failed.keys())


class RunState:
    """Everything a face may show of a run. Only `apply` changes it.

    Order matters within an origin only: entries of different origins may come in any order, and the state
    that is left at the end is the same.
    """

    def __init__(self) -> None:
        self.started: events.RunStarted | None = None
        self.started_at: datetime | None = None
        self.latest_at: datetime | None = None
        self.devices: dict[str, DeviceState] = {}
        self.captures: dict[CaptureKey, Capture] = {}
        self.live_findings: dict[tuple[str, str], Finding] = {}
        """Raised so far, by check and entity; `diagnosis` has the last word."""
        self.diagnosis: Diagnosis | None = None
        self.skipped: dict[tuple[str, str], events.NeighborSkipped] = {}
        """Neighbours that were heard of and not examined, by name and who saw them."""
        self.faults: set[events.Faulted] = set()
        self.interrupted = False
        self.ended: events.RunEnded | None = None
        self._infos = Observations()

    def apply(self, entry: events.Entry) -> None:
        """Takes one entry in."""
        self.latest_at = max(entry.at, self.latest_at or entry.at)
        self._on(entry.event, entry)

    def device(self, name: str) -> DeviceState:
        """The device of a name; made on its first mention."""
        return self.devices.setdefault(name, DeviceState(name=name))

    def info(self, name: str) -> DeviceInfo | None:
        """What a device says it is; all its answers that speak of it together."""
        found = self._infos.of(DeviceInfo, name)
        return found[0].fact if found else None

    @property
    def advice(self) -> dict[str, str]:
        """What to do about the devices whose session failed."""
        failures = {name: device.failure for name, device in self.devices.items() if device.failure}
        return {name: failure.advice for name, failure in failures.items() if failure.advice}

    @property
    def exit_code(self) -> int:
        """The contract's exit code of this run."""
        if self.interrupted:
            return INTERRUPTED_EXIT
        return self.diagnosis.exit_code if self.diagnosis else UNDETERMINED_EXIT

    @property
    def findings(self) -> list[Finding]:
        """What is found so far: the diagnosis's word, or before there is one what was raised."""
        if self.diagnosis is not None:
            return list(self.diagnosis.findings)
        return list(self.live_findings.values())

    @singledispatchmethod
    def _on(self, event: events.Event, entry: events.Entry) -> None:
        raise TypeError(f"no fold for {type(event).__name__}")

    @_on.register
    def _run_started(self, event: events.RunStarted, entry: events.Entry) -> None:
        self.started, self.started_at = event, entry.at

    @_on.register
    def _device_chosen(self, event: events.DeviceChosen, entry: events.Entry) -> None:
        self.device(event.device).role = event.role

    @_on.register
    def _neighbor_skipped(self, event: events.NeighborSkipped, entry: events.Entry) -> None:
        self.skipped[event.device, event.seen_by] = event

    @_on.register
    def _session_opened(self, event: events.SessionOpened, entry: events.Entry) -> None:
        device = self.device(event.device)
        device.platform, device.connect_s = event.platform, event.duration_s
        device.phase, device.reachable = "connected", True

    @_on.register
    def _session_failed(self, event: events.SessionFailed, entry: events.Entry) -> None:
        device = self.device(event.device)
        device.phase, device.failure = "failed", event

    @_on.register
    def _session_closed(self, event: events.SessionClosed, entry: events.Entry) -> None:
        device = self.device(event.device)
        device.session_s = event.session_s
        device.phase = "failed" if device.failure else "closed"

    @_on.register
    def _command_sent(self, event: events.CommandSent, entry: events.Entry) -> None:
        self.device(event.device).sent.add((event.command, event.sample))

    @_on.register
    def _captured(self, event: events.Captured, entry: events.Entry) -> None:
        device = self.device(event.device)
        device.platform, device.reachable = event.platform, True
        device.answered.add((event.command, event.sample))
        self.captures[event.device, event.command, event.sample] = Capture(
            event.output, entry.at, event.truncated
        )

    @_on.register
    def _command_failed(self, event: events.CommandFailed, entry: events.Entry) -> None:
        self.device(event.device).failed[event.command, event.sample] = event

    @_on.register
    def _parsed(self, event: events.Parsed, entry: events.Entry) -> None:
        source = Source(device=event.device, command=event.command, sample=event.sample)
        for fact in event.facts:
            if isinstance(fact, DeviceInfo):
                observed = Observation(event.device, fact, (source,), entry.at.timestamp())
                self._infos.add(observed, event.sample)

    @_on.register
    def _finding_raised(self, event: events.FindingRaised, entry: events.Entry) -> None:
        self.live_findings[event.finding.check, event.finding.entity] = event.finding

    @_on.register
    def _diagnosed(self, event: events.Diagnosed, entry: events.Entry) -> None:
        self.diagnosis = event.diagnosis

    @_on.register
    def _faulted(self, event: events.Faulted, entry: events.Entry) -> None:
        self.faults.add(event)

    @_on.register
    def _interrupted(self, event: events.Interrupted, entry: events.Entry) -> None:
        self.interrupted = True

    @_on.register
    def _run_ended(self, event: events.RunEnded, entry: events.Entry) -> None:
        self.ended = event
