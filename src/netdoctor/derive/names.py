"""Matching names and addresses: which device, interface or subnet a word means."""

from __future__ import annotations

import ipaddress
import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from netdoctor.model.devices import Network
from netdoctor.model.facts import BgpSession, DeviceInfo, Interface
from netdoctor.model.observations import Observation, Observations

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Subnet = ipaddress.IPv4Network | ipaddress.IPv6Network


@lru_cache(maxsize=65536)
def address(text: str) -> Address | None:
    """The address in `192.0.2.1`, `192.0.2.1/31` or `fe80::1%eth0`, or None."""
    try:
        return ipaddress.ip_address(text.partition("/")[0].partition("%")[0])
    except ValueError:
        return None


@lru_cache(maxsize=65536)
def subnet(text: str) -> Subnet | None:
    """The subnet of an address with prefix length, or None."""
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None


class DeviceNames:
    """From what devices call themselves, and are called by others, to names of the inventory."""

    def __init__(self, network: Network, observations: Observations | None = None) -> None:
        self._known = set(network.devices)
        self._names: dict[str, str] = {}
        for name, device in sorted(network.devices.items()):
            self._names.setdefault(device.host.lower(), name)
        for name in sorted(self._known):
            self._names[_plain(name)] = name
        for seen in observations.of(DeviceInfo) if observations else ():
            self._known.add(seen.device)
            self._names.setdefault(_plain(seen.device), seen.device)
            if seen.fact.hostname:
                self._names.setdefault(_plain(seen.fact.hostname), seen.device)

    def find(self, *words: str | None) -> str | None:
        """The device that one of the words means: a name, a name without its domain, or an address."""
        for word in filter(None, words):
            found = self._names.get(word.lower()) or self._names.get(_plain(word))
            if found:
                return found
        return None


def packet_mtu_bytes(interface: Interface) -> int | None:
    """The largest packet that an interface takes: some devices count the link's header in its MTU."""
    if interface.mtu_bytes is None:
        return None
    return interface.mtu_bytes - (interface.mtu_header_bytes or 0)


_PORT_NUMBER = re.compile(r"\d+(?:[/:]\d+)+$")
_CONTROLLER = re.compile(r"Optics\d")
"""What drives a port's module stands on the port, and is told of as an interface too."""


class Places:
    """The port that an interface is, or stands on: devices have names for units, controllers and routed
    interfaces of their own (`ge-0/0/0.0`, `Optics0/0/0/1`, `to-leaf1`), and a cable ends at a port."""

    def __init__(self, observations: Observations) -> None:
        self._below: dict[tuple[str, str], str] = {}
        self._numbered: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._known: set[tuple[str, str]] = set()
        for seen in observations.of(Interface):
            name = seen.fact.interface
            if _CONTROLLER.match(name):
                continue
            self._known.add((seen.device, name))
            if seen.fact.lower_layer:
                self._below[seen.device, name] = seen.fact.lower_layer
            elif number := _PORT_NUMBER.search(name):
                self._numbered[seen.device, number[0]].add(name)

    def port(self, device: str, interface: str) -> str:
        """The name of the port; the interface's own where it stands on none that is known."""
        if lower := self._below.get((device, interface)):
            return lower
        base, dot, _ = interface.rpartition(".")
        if dot and (device, base) in self._known:
            return base
        if (device, interface) in self._known:
            return interface
        number = _PORT_NUMBER.search(interface)
        alike = self._numbered.get((device, number[0]), set()) if number else set()
        return next(iter(alike)) if len(alike) == 1 else interface


class Addressing:
    """Which interface of which device bears an address or sits in its subnet."""

    def __init__(self, observations: Observations) -> None:
        self.owner: dict[Address, tuple[str, str]] = {}
        self._subnets: dict[str, list[tuple[Subnet, str]]] = defaultdict(list)
        self.interfaces: dict[tuple[str, str], Observation] = {}
        for seen in observations.of(Interface):
            self.interfaces[seen.device, seen.fact.interface] = seen
            for text in seen.fact.addresses or ():
                self._learn(seen.device, seen.fact.interface, text)

    def _learn(self, device: str, interface: str, text: str) -> None:
        own, network = address(text), subnet(text)
        if own is None or network is None:
            return
        if not own.is_link_local and not own.is_loopback:
            self.owner.setdefault(own, (device, interface))
        self._subnets[device].append((network, interface))

    def toward(self, device: str, peer: str) -> str | None:
        """The interface of `device` in whose subnet `peer` lies; `peer` itself when it is an interface."""
        if (device, peer) in self.interfaces:
            return peer
        wanted = address(peer)
        if wanted is None:
            return None
        fitting = [
            (network.prefixlen, interface)
            for network, interface in self._subnets.get(device, ())
            if network.version == wanted.version and wanted in network
        ]
        return max(fitting)[1] if fitting else None

    def source(self, device: str, word: str | None) -> str | None:
        """The address that `update-source` means: itself, or the first one of the interface it names."""
        if word is None or address(word):
            return word
        seen = self.interfaces.get((device, word))
        own = [address(text) for text in (seen.fact.addresses or ())] if seen else []
        found = [str(one) for one in own if one and not one.is_loopback and not one.is_link_local]
        return found[0] if found else None

    def subnets(self, device: str) -> Iterable[tuple[Subnet, str]]:
        return self._subnets.get(device, ())


def session_far_device(session: BgpSession, names: DeviceNames, addressing: Addressing) -> str | None:
    """The device at the other end of a BGP session, where it can be told."""
    peer = address(session.peer)
    if peer is not None and peer in addressing.owner:
        return addressing.owner[peer][0]
    return names.find(session.peer, session.peer_hostname, session.description)


def _plain(name: str) -> str:
    """`leaf1.example.net` and `LEAF1` both mean `leaf1`; an address stays whole."""
    lowered = name.strip().lower()
    return lowered if address(lowered) else lowered.partition(".")[0]
