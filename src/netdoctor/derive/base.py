"""What a deriver is given and what it yields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from netdoctor.model.devices import Network
from netdoctor.model.facts import Fact
from netdoctor.model.findings import Reason
from netdoctor.model.observations import Observation

DERIVED = 1000
"""The sample number of derived facts: newer than anything read."""


class Derived(NamedTuple):
    """A fact made for a device, and the observations it was made from."""

    device: str
    fact: Fact
    origins: tuple[Observation, ...]


@dataclass(frozen=True)
class Situation:
    """What derivers may know beside the facts."""

    network: Network = field(default_factory=Network)
    targets: tuple[str, ...] = ()
    reached: Mapping[str, Reason | None] = field(default_factory=dict)
    """Every device that was chosen: None when its session opened, else the reason why it did not."""
    since_s: float = 3600.0
    """The incident window."""
    now_s: float = 0.0
    """When the run began, seconds since the epoch."""
