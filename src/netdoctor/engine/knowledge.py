"""What a run knows: the fold of its journal that conclusions are drawn from, live and replayed alike."""

from __future__ import annotations

from netdoctor.derive import Situation
from netdoctor.model.devices import Network
from netdoctor.model.events import (
    Captured,
    CommandFailed,
    DeviceChosen,
    Entry,
    Faulted,
    Parsed,
    RunStarted,
    SessionFailed,
    SessionOpened,
)
from netdoctor.model.facts import Fact
from netdoctor.model.findings import Reason, Source
from netdoctor.model.observations import Observation, Observations


class Knowledge:
    """Facts, and what could not be learned and why."""

    def __init__(self) -> None:
        self.started = RunStarted(run_id="", version="", targets=())
        self.started_at_s = 0.0
        self.roles: dict[str, str] = {}
        """`target` or `neighbor`, by device, in no order that matters."""
        self.platforms: dict[str, str] = {}
        self.unreached: dict[str, SessionFailed] = {}
        """Devices without a session, or whose session ended early."""
        self.answered: set[tuple[str, str]] = set()
        """(device, command) that gave something to read, at least once."""
        self.failures: dict[tuple[str, str], CommandFailed] = {}
        """(device, command) that failed, the last time it was tried."""
        self.truncated: set[tuple[str, str]] = set()
        self.faults: list[Faulted] = []
        self.observations = Observations()

    @property
    def network(self) -> Network:
        return self.started.network

    @property
    def targets(self) -> tuple[str, ...]:
        return tuple(sorted(name for name, role in self.roles.items() if role == "target"))

    @property
    def areas(self) -> frozenset[str]:
        """The areas asked for; empty: all of them."""
        return frozenset(filter(None, str(self.started.options.get("areas", "")).split(",")))

    @property
    def since_s(self) -> float:
        return float(self.started.options.get("since_s", 3600.0))

    def apply(self, entry: Entry) -> None:
        """Learns what one entry tells. Order matters within an origin only."""
        match event := entry.event:
            case RunStarted():
                self.started, self.started_at_s = event, entry.at.timestamp()
            case DeviceChosen():
                if self.roles.get(event.device) != "target":
                    self.roles[event.device] = event.role
            case SessionOpened():
                self.platforms[event.device] = event.platform
            case SessionFailed():
                self.unreached[event.device] = event
            case Captured() if event.truncated:
                self.truncated.add((event.device, event.command))
            case CommandFailed():
                self.failures[event.device, event.command] = event
            case Parsed():
                self._learn(event, entry.at.timestamp())
            case Faulted():
                self.faults.append(event)
            case _:
                pass

    def _learn(self, event: Parsed, at_s: float) -> None:
        self.answered.add((event.device, event.command))
        source = (Source(device=event.device, command=event.command, sample=event.sample),)
        fact: Fact
        for fact in event.facts:
            self.observations.add(Observation(event.device, fact, source, at_s), event.sample)

    def situation(self) -> Situation:
        """What derivers may know beside the facts."""
        reached: dict[str, Reason | None] = {
            device: None if device in self.platforms else self._why_not(device)
            for device in sorted(self.roles)
        }
        return Situation(
            network=self.network,
            targets=self.targets,
            reached=reached,
            since_s=self.since_s,
            now_s=self.started_at_s,
        )

    def _why_not(self, device: str) -> Reason:
        failed = self.unreached.get(device)
        return failed.reason if failed else "timeout"
