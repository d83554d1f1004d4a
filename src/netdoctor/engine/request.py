"""What a run is asked to do."""

from __future__ import annotations

import msgspec

from netdoctor.model.devices import Network
from netdoctor.model.findings import Area


class Target(msgspec.Struct, frozen=True):
    """A device to investigate, narrowed to one interface when that is named."""

    device: str
    interface: str | None = None


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """One run. Every device named, in `targets` too, stands in `network.devices`."""

    run_id: str = ""
    """Empty: one is made up."""
    targets: tuple[Target, ...]
    network: Network
    symptom: str | None = None
    peer: str | None = None
    to: tuple[str, ...] = ()
    areas: tuple[Area, ...] = ()
    """Empty: all of them."""
    since_s: float = 3600.0
    interval_s: float = 10.0
    deadline_s: float = 45.0
    depth: int = 1
