"""What a run is about: which verdicts count, and which only concern somebody else's links."""

from __future__ import annotations

from netdoctor.diagnosis.topology import Topology
from netdoctor.engine.knowledge import Knowledge
from netdoctor.model import entities
from netdoctor.model.entities import LinkEnd
from netdoctor.rules import Verdict

_OF_THE_WHOLE_DEVICE = {"device", "sensor", "prefix", "host"}
"""What a neighbour shares with its neighbours whichever link they stand on."""


class Scope:
    """Targets count wholly, or by the interface or peer asked about; neighbours for what is shared."""

    def __init__(self, knowledge: Knowledge, topology: Topology) -> None:
        self._topology = topology
        self._targets = set(knowledge.targets)
        self._neighbors = set(knowledge.roles) - self._targets
        self._adjacent = {name for name in self._neighbors if self._faces_target(name)}
        self._areas = knowledge.areas
        self._peer = str(knowledge.started.options.get("peer", ""))
        self._ports: dict[str, set[str]] = {}
        for target in knowledge.started.targets:
            device, _, interface = target.partition(":")
            self._ports.setdefault(device, set()).add(interface)

    def _faces_target(self, device: str) -> bool:
        topology = self._topology
        far_ends = (topology.far_end.get(end) for end in topology.links_of(device))
        facing = {far.device for far in far_ends if far}
        facing |= {topology.far_device.get(session, "") for session in topology.sessions_of(device)}
        return bool(facing & self._targets)

    def covers(self, verdict: Verdict) -> bool:
        """True when the verdict counts in this run."""
        entity = verdict.entity
        if self._areas and verdict.check.area not in self._areas:
            return False
        on = set(entities.devices_of(entity)) or {verdict.device}
        if on & self._targets:
            return self._narrowed(entity, on)
        if not on & self._neighbors:
            return False
        if entities.split(entity).kind in _OF_THE_WHOLE_DEVICE:
            return True
        shared_with = self._targets if on & self._adjacent else self._targets | self._neighbors
        return self._topology.facing(entity) in shared_with

    def _narrowed(self, entity: str, on: set[str]) -> bool:
        """Whether an entity on a target is within the interface or peer that was asked about."""
        ports = {LinkEnd(device, port) for device in on for port in self._ports.get(device, ()) if port}
        whole = any("" in self._ports.get(device, ()) for device in on)
        if self._peer and entities.split(entity).kind in {"bgp", "bfd"}:
            return entities.split(entity).name.partition("@")[0] == self._peer or self._peer in entity
        if whole or not ports:
            return True
        place = self._topology.place_of(entity)
        far = self._topology.far_end.get(place) if place else None
        return place is None or place in ports or far in ports
