"""What stands where: links, the sessions over them, and what each place in the network touches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from netdoctor.derive.names import Places
from netdoctor.model import entities
from netdoctor.model.entities import LinkEnd
from netdoctor.model.facts import (
    BfdSession,
    BgpPeering,
    BgpSession,
    Interface,
    IsisInterface,
    LagMember,
    Link,
    OpticLane,
    OspfInterface,
)
from netdoctor.model.observations import Observations


class Topology:
    """The network as the facts show it. Every look-up is by index."""

    def __init__(self, observations: Observations) -> None:
        self.far_end: dict[LinkEnd, LinkEnd] = {}
        self.link_of: dict[LinkEnd, str] = {}
        self.carrier: dict[str, LinkEnd] = {}
        """The interface under a session or adjacency, by its entity."""
        self.counterpart: dict[str, str] = {}
        """The same session as the far end calls it, by its entity."""
        self.far_device: dict[str, str] = {}
        """The device at the other end of a session, by its entity."""
        self.riders: dict[LinkEnd, list[str]] = defaultdict(list)
        """Sessions and adjacencies that run over an interface."""
        self.devices: set[str] = set()
        self._sessions: dict[str, list[str]] = defaultdict(list)
        self._towards: dict[str, list[str]] = defaultdict(list)
        self._ends: dict[str, list[LinkEnd]] = defaultdict(list)
        self._places = Places(observations)
        self._other_names: dict[LinkEnd, list[str]] = defaultdict(list)
        self._read_links(observations)
        self._read_sessions(observations)
        self._read_interfaces(observations)

    def _read_links(self, observations: Observations) -> None:
        for seen in observations.of(Link):
            link = seen.fact
            if not (link.b_device and link.b_interface):
                continue
            near, far = LinkEnd(link.a_device, link.a_interface), LinkEnd(link.b_device, link.b_interface)
            entity = entities.link(near, far)
            for end, other in ((near, far), (far, near)):
                self.far_end[end] = other
                self.link_of[end] = entity
                self._ends[end.device].append(end)

    def _read_sessions(self, observations: Observations) -> None:
        by_peer: dict[tuple[str, str], str] = {}
        for seen in observations.of(BgpSession):
            entity = seen.fact.entity(seen.device)
            self.devices.add(seen.device)
            self._sessions[seen.device].append(entity)
            by_peer[seen.device, seen.fact.peer] = entity
            if seen.fact.interface:
                self._carry(entity, LinkEnd(seen.device, seen.fact.interface))
        for seen in observations.of(BgpPeering):
            entity, peering = seen.fact.entity(seen.device), seen.fact
            self.far_device[entity] = peering.far_device
            self._towards[peering.far_device].append(entity)
            if peering.far_peer:
                self.counterpart[entity] = entities.bgp(peering.far_device, peering.far_peer, peering.vrf)
        for seen in observations.of(BfdSession):
            session = by_peer.get((seen.device, seen.fact.peer))
            carrier = self.carrier.get(session or "")
            if seen.fact.interface or carrier:
                interface = seen.fact.interface or (carrier.interface if carrier else "")
                self._carry(seen.fact.entity(seen.device), LinkEnd(seen.device, interface))

    def _read_interfaces(self, observations: Observations) -> None:
        for seen in observations.of(Interface):
            self.devices.add(seen.device)
        for kind in (Interface, OpticLane):
            for seen in observations.of(kind):
                name, port = seen.fact.interface, self._port(seen.device, seen.fact.interface)
                if name != port.interface and name not in self._other_names[port]:
                    self._other_names[port].append(name)
        for seen in (*observations.of(OspfInterface), *observations.of(IsisInterface)):
            self._carry(seen.fact.entity(seen.device), LinkEnd(seen.device, seen.fact.interface))
        for seen in observations.of(LagMember):
            self._carry(entities.lag(seen.device, seen.fact.lag), LinkEnd(seen.device, seen.fact.interface))

    def _port(self, device: str, interface: str) -> LinkEnd:
        return LinkEnd(device, self._places.port(device, interface))

    def names_at(self, end: LinkEnd) -> list[str]:
        """A port's own name, and those of the units on it and of its controller."""
        return [end.interface, *self._other_names.get(end, ())]

    def _carry(self, entity: str, interface: LinkEnd) -> None:
        end = self._port(*interface)
        self.carrier.setdefault(entity, end)
        if entity not in self.riders[end]:
            self.riders[end].append(entity)

    def ends_of(self, link: str) -> tuple[LinkEnd, ...]:
        """Both ends of a `link:` entity, or the one that is known."""
        return tuple(end for end in entities.link_ends(link) if end is not None)

    def riders_of_link(self, end: LinkEnd) -> list[str]:
        """What runs over the link at an interface, as either end names it."""
        far = self.far_end.get(end)
        return [*self.riders.get(end, ()), *(self.riders.get(far, ()) if far else ())]

    def links_of(self, device: str) -> list[LinkEnd]:
        """The ends of a device's links."""
        return self._ends.get(device, [])

    def sessions_of(self, device: str) -> list[str]:
        return self._sessions.get(device, [])

    def sessions_toward(self, device: str) -> list[str]:
        """The sessions of other devices whose far end is `device`."""
        towards = self._towards.get(device, [])
        over_links = [
            rider
            for end in self.links_of(device)
            if (far := self.far_end.get(end))
            for rider in self.riders.get(far, ())
        ]
        return sorted({*towards, *over_links})

    def place_of(self, entity: str) -> LinkEnd | None:
        """The interface that an entity is, or stands on."""
        kind, device, name = entities.split(entity)
        if kind == "interface":
            return self._port(device, name)
        if kind == "queue":
            return self._port(device, name.rpartition("/")[0])
        if kind == "link":
            return self.ends_of(entity)[0]
        return self.carrier.get(entity)

    def facing(self, entity: str) -> str | None:
        """The device on the far side of an interface, link, session or what stands on one."""
        if entity in self.far_device:
            return self.far_device[entity]
        place = self.place_of(entity)
        far = self.far_end.get(place) if place else None
        return far.device if far else None

    def touches(self, entity: str, devices: Iterable[str]) -> bool:
        """True when an entity stands on one of the devices, or faces one."""
        wanted = set(devices)
        return bool(wanted & set(entities.devices_of(entity))) or self.facing(entity) in wanted
