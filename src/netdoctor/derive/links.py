"""Links: both ends of a cable met in one fact, from LLDP, the inventory's intent and shared subnets."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from netdoctor.derive.base import Derived, Situation
from netdoctor.derive.names import Addressing, DeviceNames, Places, packet_mtu_bytes
from netdoctor.model.entities import LinkEnd
from netdoctor.model.facts import DeviceInfo, Interface, Link, LldpNeighbor, Transceiver
from netdoctor.model.observations import Observation, Observations

READS = (LldpNeighbor, Interface, Transceiver, DeviceInfo)
GIVES = {Link: LldpNeighbor}

_POINT_TO_POINT_HOSTS = 4
"""Subnets up to this size (/30, /31, /126, /127) join exactly two routers."""


def derive(observations: Observations, situation: Situation) -> Iterator[Derived]:
    cables = Cables(observations, situation)
    for near, far in sorted(cables.pairs()):
        fact = cables.link(near, far)
        yield Derived(cables.witness(near, far), fact, cables.origins(near, far))


class Cables:
    """Which interface leads to which, by every source that tells; what is heard beats what is meant."""

    def __init__(self, observations: Observations, situation: Situation) -> None:
        self._names = DeviceNames(situation.network, observations)
        self._places = Places(observations)
        self._interfaces = Addressing(observations).interfaces
        self._macs = {
            (device, seen.fact.mac.lower()): interface
            for (device, interface), seen in self._interfaces.items()
            if seen.fact.mac
        }
        self._modules = {self._port(o.device, o.fact.interface): o for o in observations.of(Transceiver)}
        self._heard: dict[LinkEnd, list[tuple[LinkEnd, Observation]]] = defaultdict(list)
        self._listeners = observations.devices(LldpNeighbor)
        self._intended: dict[LinkEnd, LinkEnd] = {}
        self._joined: dict[LinkEnd, set[LinkEnd]] = defaultdict(set)
        self._sources: dict[tuple[LinkEnd, LinkEnd], set[str]] = defaultdict(set)
        self._read_lldp(observations)
        self._read_intent(situation)
        self._read_subnets(observations)

    def _port(self, device: str, interface: str) -> LinkEnd:
        return LinkEnd(device, self._places.port(device, interface))

    def _read_lldp(self, observations: Observations) -> None:
        for seen in observations.of(LldpNeighbor):
            said = seen.fact
            device = self._names.find(said.neighbor_device, said.neighbor_address) or said.neighbor_device
            if device is None or device == seen.device or not said.interface:
                continue
            interface = self._interface(device, said.neighbor_interface, said.neighbor_description)
            if interface is not None:
                near, far = self._port(seen.device, said.interface), self._port(device, interface)
                self._heard[near].append((far, seen))
        for near, found in self._heard.items():
            if len({far for far, _ in found}) == 1:
                self._join(near, found[0][0], "lldp")

    def _read_intent(self, situation: Situation) -> None:
        for one, other in situation.network.links:
            self._intended[one], self._intended[other] = other, one
            if not self._taken(one, other):
                self._join(one, other, "inventory")

    def _read_subnets(self, observations: Observations) -> None:
        shared: dict[Any, set[LinkEnd]] = defaultdict(set)
        addressing = Addressing(observations)
        for device in sorted({device for device, _ in self._interfaces}):
            for network, interface in addressing.subnets(device):
                if 1 < network.num_addresses <= _POINT_TO_POINT_HOSTS and not network.is_loopback:
                    shared[network].add(self._port(device, interface))
        for network in sorted(shared, key=str):
            ends = sorted(shared[network])
            if len(ends) == 2 and ends[0].device != ends[1].device and not self._taken(*ends):
                self._join(ends[0], ends[1], "subnet")

    def _join(self, one: LinkEnd, other: LinkEnd, source: str) -> None:
        low, high = sorted((one, other))
        self._sources[low, high].add(source)
        for end, other in ((low, high), (high, low)):
            self._joined[end].add(other)

    def _taken(self, one: LinkEnd, other: LinkEnd) -> bool:
        """True when either end is already joined to something else."""
        return bool(self._joined[one] - {other} or self._joined[other] - {one})

    def _interface(self, device: str, *words: str | None) -> str | None:
        """The interface of `device` that a neighbour's words name; the first word when nothing is known."""
        said = [word for word in words if word]
        for word in said:
            if (device, word) in self._interfaces:
                return word
            if found := self._macs.get((device, word.lower())):
                return found
        return said[0] if said else None

    def pairs(self) -> list[tuple[LinkEnd, LinkEnd]]:
        """The ends of every link that an examined device has, each pair in sorted order."""
        examined = {device for device, _ in self._interfaces}
        return [pair for pair in self._sources if pair[0].device in examined or pair[1].device in examined]

    def witness(self, near: LinkEnd, far: LinkEnd) -> str:
        """The examined device that the fact is filed under."""
        return near.device if (near.device, near.interface) in self._interfaces else far.device

    def origins(self, near: LinkEnd, far: LinkEnd) -> tuple[Observation, ...]:
        found = [self._interfaces[end] for end in (near, far) if end in self._interfaces]
        heard = [seen for end in (near, far) for _, seen in self._heard.get(end, ())]
        return (*found, *heard)

    def link(self, near: LinkEnd, far: LinkEnd) -> Link:
        meant = self._intended.get(near), self._intended.get(far)
        intended = None if meant == (None, None) else meant[0] in {None, far} and meant[1] in {None, near}
        meant_far = next((end for end, actual in zip(meant, (far, near), strict=True) if end != actual), None)
        return Link(
            a_device=near.device,
            a_interface=near.interface,
            b_device=far.device,
            b_interface=far.interface,
            discovered_by=tuple(sorted(self._sources[near, far])),
            intended=intended,
            intended_far=f"{meant_far.device}/{meant_far.interface}" if meant_far and not intended else None,
            optical=self._optical(near) or self._optical(far),
            **self._end("a", near, far),
            **self._end("b", far, near),
        )

    def _optical(self, end: LinkEnd) -> bool:
        """True when the module at an end is known to be for fibre."""
        module = self._modules.get(end)
        found = _MEDIA.search((module.fact.media_type or "").upper()) if module else None
        return found is not None and not _COPPER.match(found["reach"])

    def _end(self, side: str, end: LinkEnd, other: LinkEnd) -> dict[str, Any]:
        seen = self._interfaces.get(end)
        module = self._modules.get(end)
        fields: dict[str, Any] = {}
        if seen is not None:
            names = ("admin_up", "oper_up", "speed_bps", "duplex", "autoneg", "fec_mode")
            fields |= {f"{side}_{name}": getattr(seen.fact, name) for name in names}
            fields[f"{side}_mtu_bytes"] = packet_mtu_bytes(seen.fact)
        if module is not None:
            fields[f"{side}_media_type"] = _media(module.fact.media_type)
            fields[f"{side}_wavelength_nm"] = module.fact.wavelength_nm
        if end.device in self._listeners:
            fields[f"{side}_lldp_heard"] = any(far == other for far, _ in self._heard.get(end, ()))
        return fields


_MEDIA = re.compile(
    r"(?<![\d.])(?P<speed>\d{1,3}(?:\.\d)?G|10{1,3}(?=[ -]?BASE))[ -]?(?:BASE)?[ -]?"
    r"(?P<reach>[A-Z]{1,5}\d{0,2})\b"
)


_COPPER = re.compile(r"T|C[RX]|K[RX]")


def _media(said: str | None) -> str | None:
    """A media type as IEEE 802.3 writes it: devices print `10G Base-LR`, `10gbase-lr`, `SFP-10G-LR`."""
    plain = said.strip().upper() if said else None
    found = _MEDIA.search(plain) if plain else None
    return f"{found['speed']}BASE-{found['reach']}" if found else plain
