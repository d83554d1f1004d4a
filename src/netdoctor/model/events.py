"""The journal's events: past-tense, frozen, tagged. Fields may be added with a default, never removed."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from netdoctor.model.devices import Network
from netdoctor.model.facts import AnyFact
from netdoctor.model.findings import Diagnosis, Finding, Reason, Value

SCHEMA = "netdoctor.event/1"


class _Event(msgspec.Struct, frozen=True, kw_only=True, tag=True, tag_field="event", omit_defaults=True):
    pass


class Note(msgspec.Struct, frozen=True, omit_defaults=True):
    """A line of a device's answer that a parser did not understand. `line` counts from 1."""

    text: str
    line: int | None = None


class RunStarted(_Event, frozen=True, kw_only=True):
    """The run began. `network` is all of the inventory that the run may use, without secrets."""

    run_id: str
    version: str
    kind: Literal["investigate", "collect", "analyze"] = "investigate"
    targets: tuple[str, ...]
    """As typed, `NAME` or `NAME:INTERFACE`."""
    symptom: str | None = None
    network: Network = Network()
    options: dict[str, Value] = {}
    """`since_s`, `interval_s`, `deadline_s`, `depth`, …"""


class DeviceChosen(_Event, frozen=True, kw_only=True):
    """A device will be examined, and why."""

    device: str
    role: Literal["target", "neighbor"]
    why: str = ""


class NeighborSkipped(_Event, frozen=True, kw_only=True):
    """A neighbour was heard of and is not examined: not in the inventory, or beyond a limit."""

    device: str
    seen_by: str
    detail: str


class SessionOpened(_Event, frozen=True, kw_only=True):
    device: str
    platform: str
    host: str
    server_version: str = ""
    duration_s: float


class SessionFailed(_Event, frozen=True, kw_only=True):
    """No session, or it ended early. `advice` is what the engineer can do about it."""

    device: str
    reason: Reason
    detail: str
    advice: str = ""


class SessionClosed(_Event, frozen=True, kw_only=True):
    device: str
    session_s: float
    commands: int


class CommandSent(_Event, frozen=True, kw_only=True):
    device: str
    command: str
    sample: int = 1


class Captured(_Event, frozen=True, kw_only=True):
    """A device's answer, redacted, as it is kept."""

    device: str
    command: str
    sample: int = 1
    output: str
    duration_s: float = 0.0
    platform: str
    truncated: bool = False


class CommandFailed(_Event, frozen=True, kw_only=True):
    """A command gave no answer to read; `output` is what the device said instead."""

    device: str
    command: str
    sample: int = 1
    reason: Reason
    detail: str = ""
    platform: str = ""
    output: str = ""


class Parsed(_Event, frozen=True, kw_only=True):
    """The facts in one answer, and the lines that no parser understood."""

    device: str
    command: str
    sample: int = 1
    facts: tuple[AnyFact, ...] = ()
    notes: tuple[Note, ...] = ()


class FindingRaised(_Event, frozen=True, kw_only=True):
    """A first word while the run goes on; `Diagnosed` has the last."""

    finding: Finding


class Diagnosed(_Event, frozen=True, kw_only=True):
    """Everything concluded from the facts so far. The latest one stands."""

    diagnosis: Diagnosis


class Faulted(_Event, frozen=True, kw_only=True):
    """A part of netdoctor itself raised; what depends on it is not checked, and the run went on."""

    part: Literal["parser", "deriver", "check", "cause", "renderer", "engine"]
    name: str
    device: str | None = None
    detail: str = ""


class Interrupted(_Event, frozen=True, kw_only=True):
    """The engineer stopped the run."""


class RunEnded(_Event, frozen=True, kw_only=True):
    duration_s: float
    deadline_hit: bool = False


Event = (
    RunStarted
    | DeviceChosen
    | NeighborSkipped
    | SessionOpened
    | SessionFailed
    | SessionClosed
    | CommandSent
    | Captured
    | CommandFailed
    | Parsed
    | FindingRaised
    | Diagnosed
    | Faulted
    | Interrupted
    | RunEnded
)


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the journal. Order holds within an origin only."""

    seq: int
    at: datetime
    origin: str
    """The device a thing happened on, or `engine`."""
    event: Event
