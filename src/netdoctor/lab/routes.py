"""Routing tables: connected and static routes, and what BGP's path-vector computation adds to them."""

from __future__ import annotations

import ipaddress
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from netdoctor.lab.bgp import Neighbor, Session
from netdoctor.lab.hardware import Device, Port
from netdoctor.lab.igp import IgpInterface, Reached

ROUNDS_MAX = 16
"""A path is at most this many hops long in any fabric of ours."""

Protocol = Literal["connected", "static", "bgp", "ospf", "isis"]
DISTANCES: dict[Protocol, int] = {"connected": 0, "static": 1, "bgp": 20, "ospf": 110, "isis": 115}


@dataclass(frozen=True)
class Path:
    """One way to a prefix. `learned_from` is None for what the device originates."""

    as_path: tuple[int, ...] = ()
    learned_from: Neighbor | None = None
    origin_device: str = ""
    draining: bool = False
    """True when a router on the way asks for other paths to be preferred (RFC 8326)."""


class Hop(NamedTuple):
    """A next hop: its address (None on a connected network) and the port that leads to it."""

    address: str | None
    port: Port | None


@dataclass(frozen=True)
class Route:
    """One line of a routing table; without hops it discards."""

    prefix: str
    protocol: Protocol
    hops: tuple[Hop, ...]
    since: float
    metric: int = 0

    @property
    def discards(self) -> bool:
        return self.protocol == "static" and not self.hops

    @property
    def distance(self) -> int:
        return DISTANCES[self.protocol]


def connected(device: Device) -> dict[str, tuple[Hop, ...]]:
    """The networks that the device itself stands on."""
    found: dict[str, tuple[Hop, ...]] = {f"{device.loopback}/32": ()}
    for port in device.ports.values():
        if port.address and port.oper_up:
            found[str(ipaddress.ip_interface(port.address).network)] = (Hop(None, port),)
    return found


def converge(devices: Iterable[Device], sessions: Sequence[Session]) -> None:
    """Exchanges BGP paths until nobody has news, and leaves `best`, `received` and `accepted` behind."""
    fleet = list(devices)
    own = {device: _originated(device) for device in fleet}
    for device in fleet:
        device.best = own[device]
    for _ in range(ROUNDS_MAX):
        news = _exchange(sessions)
        best = {device: _select(device, own[device]) for device in fleet}
        news = news or any(best[device] != device.best for device in fleet)
        for device in fleet:
            device.best = best[device]
        if not news:
            return


def _originated(device: Device) -> dict[str, list[Path]]:
    if not device.bgp_running:
        return {}
    here = {**connected(device), **{r.prefix: () for r in device.static_routes}}
    return {prefix: [Path(origin_device=device.name)] for prefix in device.networks if prefix in here}


def _exchange(sessions: Sequence[Session]) -> bool:
    """One round of updates over every session that is up. True when anybody heard anything new."""
    news = False
    heard: list[tuple[Neighbor, dict[str, Path]]] = []
    for session in sessions:
        if session.established:
            heard.extend((end, exported(session.far(end), end)) for end in session.ends)
    for end, paths in heard:
        news = news or paths != end.received
        end.received = paths
        end.accepted = {
            prefix: path
            for prefix, path in paths.items()
            if end.import_policy.allows(prefix) and end.device.asn not in path.as_path
        }
    return news


def exported(sender: Neighbor, receiver: Neighbor) -> dict[str, Path]:
    """What one end tells the other: its best paths, with its own AS in front."""
    return {
        prefix: Path(
            (sender.device.asn, *path.as_path),
            receiver,
            path.origin_device,
            path.draining or sender.device.draining,
        )
        for prefix, path in advertised(sender, receiver.device.asn).items()
    }


def advertised(sender: Neighbor, peer_as: int) -> dict[str, Path]:
    """The best paths that one end sends: not back where they came from, nor into their own AS path."""
    return {
        prefix: paths[0]
        for prefix, paths in sender.device.best.items()
        if paths[0].learned_from is not sender
        and peer_as not in paths[0].as_path
        and sender.export_policy.allows(prefix)
    }


def _select(device: Device, own: dict[str, list[Path]]) -> dict[str, list[Path]]:
    """The best paths of each prefix, equal ones together: own ones, then by draining and length."""
    offers: dict[str, list[Path]] = defaultdict(list)
    for neighbor in device.neighbors.values():
        for prefix, path in neighbor.accepted.items():
            offers[prefix].append(path)
    best = dict(own)
    for prefix, paths in offers.items():
        if prefix not in own:
            least = min(map(_cost, paths))
            best[prefix] = [path for path in paths if _cost(path) == least]
    return best


def _cost(path: Path) -> tuple[bool, int]:
    return path.draining, len(path.as_path)


def install(device: Device, at: float, reached: Mapping[str, Reached] | None = None) -> None:
    """Builds the routing table out of all protocols' offers; a route that stays the same keeps its age.

    `reached` is what link-state routing offers.
    """
    fresh: dict[str, tuple[Protocol, tuple[Hop, ...], int]] = {}
    for prefix, offer in (reached or {}).items():
        hops = tuple(Hop(_address(end.port), _near(device, end)) for end in offer.first_hops)
        fresh[prefix] = (offer.first_hops[0].protocol, hops, offer.cost)
    for prefix, paths in device.best.items():
        if hops := tuple(_hop(path.learned_from) for path in paths if path.learned_from):
            fresh[prefix] = ("bgp", hops, 0)
    for static in device.static_routes:
        fresh[static.prefix] = ("static", _static_hops(device, static.next_hop), 0)
    fresh.update({prefix: ("connected", hops, 0) for prefix, hops in connected(device).items()})
    before = device.routes
    device.routes = {
        prefix: old
        if (old := before.get(prefix)) and (old.protocol, old.hops, old.metric) == (protocol, hops, metric)
        else Route(prefix, protocol, hops, at, metric)
        for prefix, (protocol, hops, metric) in sorted(fresh.items(), key=lambda item: _order(item[0]))
    }


def _address(port: Port) -> str:
    return (port.address or "").partition("/")[0]


def _near(device: Device, far: IgpInterface) -> Port | None:
    return far.port.far if far.port.far and far.port.far.device is device else None


def _hop(neighbor: Neighbor) -> Hop:
    return Hop(neighbor.peer_address, neighbor.port)


def _static_hops(device: Device, next_hop: str | None) -> tuple[Hop, ...]:
    if next_hop is None:
        return ()
    address = ipaddress.ip_address(next_hop)
    ports = (p for p in device.ports.values() if p.address and p.oper_up)
    return tuple(
        Hop(next_hop, p) for p in ports if address in ipaddress.ip_interface(p.address or "").network
    )


@cache
def _order(prefix: str) -> tuple[int, int]:
    network = ipaddress.ip_network(prefix)
    return int(network.network_address), network.prefixlen


def lookup(device: Device, address: str) -> Route | None:
    """The longest match for an address."""
    return next((device.routes[prefix] for prefix in _covering(address) if prefix in device.routes), None)


@cache
def _covering(address: str) -> tuple[str, ...]:
    """All prefixes that an address is in, the longest first."""
    return tuple(
        str(ipaddress.ip_network(f"{address}/{length}", strict=False)) for length in range(32, -1, -1)
    )
