"""Link-state routing between the ends of links: OSPF (RFC 2328) or IS-IS (ISO 10589)."""

from __future__ import annotations

import heapq
import ipaddress
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from netdoctor.lab.hardware import Device, Event, Port

IgpProtocol = Literal["ospf", "isis"]
NetworkType = Literal["point_to_point", "broadcast"]
IgpState = Literal["down", "init", "exstart", "full"]
"""`full` is IS-IS's «up»; `exstart` is OSPF's alone."""

COST = 10

Trouble = Literal[
    "link",
    "wire",
    "daemon",
    "passive",
    "area",
    "timers",
    "authentication",
    "mtu",
    "network_type",
    "level",
    "router_id",
]


@dataclass(eq=False)
class IgpInterface:
    """What one end of an adjacency, or a passive interface, has configured, and the state that follows."""

    device: Device = field(repr=False)
    port: Port
    protocol: IgpProtocol
    area: str
    """OSPF's area, a dotted quad; IS-IS's area address."""
    level: Literal["1", "2", "1-2"] = "2"
    hello_interval_s: float = 10.0
    dead_interval_s: float = 40.0
    network_type: NetworkType = "point_to_point"
    cost: int = COST
    passive: bool = False
    password: str | None = None
    state: IgpState = "down"
    since: float = 0.0
    transitions_count: int = 0

    @property
    def adjacent(self) -> bool:
        return self.state == "full"


class Obstacle(NamedTuple):
    """What keeps an adjacency from being full, and the state that each end shows meanwhile."""

    trouble: Trouble
    states: tuple[IgpState, IgpState]


@dataclass(eq=False)
class Adjacency:
    """Two ends that are meant to exchange link states."""

    ends: tuple[IgpInterface, IgpInterface]

    def far(self, end: IgpInterface) -> IgpInterface:
        return self.ends[1] if end is self.ends[0] else self.ends[0]

    def obstacle(self) -> Obstacle | None:
        """The first thing in the way, in the order in which two routers would meet it."""
        return next(self._obstacles(), None)

    def _obstacles(self) -> Iterator[Obstacle]:
        one, other = self.ends
        silent: tuple[IgpState, IgpState] = ("down", "down")
        tests: tuple[tuple[Trouble, bool], ...] = (
            ("link", not (one.port.oper_up and other.port.oper_up)),
            ("wire", one.port.far is not other.port),
            ("daemon", not (one.device.igp_running and other.device.igp_running)),
            ("passive", one.passive or other.passive),
            ("authentication", one.password != other.password),
            ("area", one.area != other.area and (one.protocol == "ospf" or "2" not in one.level)),
            ("level", one.protocol == "isis" and not set(one.level) & set(other.level) - {"-"}),
            ("timers", one.protocol == "ospf" and _timers(one) != _timers(other)),
            ("router_id", one.device.router_id == other.device.router_id),
        )
        yield from (Obstacle(trouble, silent) for trouble, holds in tests if holds)
        if one.port.mtu_bytes != other.port.mtu_bytes:
            yield Obstacle("mtu", _stuck_by_mtu(one, other))

    def settle(self, at: float) -> bool:
        """Brings both ends to the state that their surroundings allow. True when that was a change."""
        obstacle = self.obstacle()
        states: tuple[IgpState, IgpState] = obstacle.states if obstacle else ("full", "full")
        changed = False
        for end, state in zip(self.ends, states, strict=True):
            if end.state == state:
                continue
            if "full" in (end.state, state):
                end.transitions_count += 1
                kind = f"{end.protocol}_{'up' if state == 'full' else 'down'}"
                end.device.log(Event(at, kind, port=end.port, subject=self.far(end).device.name))
            end.state, end.since, changed = state, at, True
        return changed


def _timers(end: IgpInterface) -> tuple[float, float]:
    return end.hello_interval_s, end.dead_interval_s


def _stuck_by_mtu(one: IgpInterface, other: IgpInterface) -> tuple[IgpState, IgpState]:
    """OSPF stops in ExStart at both ends (RFC 2328 section 10.6). IS-IS pads its hellos: the end with the
    smaller MTU hears none, the other hears an end that does not hear it (ISO 10589 section 8.2.3)."""
    if one.protocol == "ospf":
        return "exstart", "exstart"
    return ("down", "init") if one.port.mtu_bytes < other.port.mtu_bytes else ("init", "down")


class Reached(NamedTuple):
    """A prefix that link-state routing reaches: at what cost, over which neighbours."""

    cost: int
    first_hops: tuple[IgpInterface, ...]
    """The far ends of the links that lead there."""


def converge(devices: Iterable[Device], adjacencies: Iterable[Adjacency]) -> dict[Device, dict[str, Reached]]:
    """The shortest paths from every device to every prefix that another one announces."""
    links: dict[Device, list[tuple[IgpInterface, IgpInterface]]] = defaultdict(list)
    for adjacency in adjacencies:
        if all(end.adjacent for end in adjacency.ends):
            for end in adjacency.ends:
                links[end.device].append((end, adjacency.far(end)))
    return {device: _reached(device, links) for device in devices if device.igp}


def announced(device: Device) -> Iterator[str]:
    """What a device tells of itself: its loopback, and the networks of its interfaces that are up."""
    yield f"{device.loopback}/32"
    for end in device.igp.values():
        if end.port.oper_up and end.port.address:
            yield str(ipaddress.ip_interface(end.port.address).network)


def _reached(
    source: Device, links: dict[Device, list[tuple[IgpInterface, IgpInterface]]]
) -> dict[str, Reached]:
    costs, hops = _shortest(source, links)
    own = set(announced(source))
    found: dict[str, Reached] = {}
    for device in sorted(costs, key=lambda one: (costs[one], one.name)):
        for prefix in announced(device) if device is not source else ():
            if prefix in own:
                continue
            known = found.get(prefix)
            if known is None:
                found[prefix] = Reached(costs[device], hops[device])
            elif known.cost == costs[device]:
                found[prefix] = Reached(known.cost, tuple(dict.fromkeys((*known.first_hops, *hops[device]))))
    return found


def _shortest(
    source: Device, links: dict[Device, list[tuple[IgpInterface, IgpInterface]]]
) -> tuple[dict[Device, int], dict[Device, tuple[IgpInterface, ...]]]:
    """Dijkstra's algorithm, equal paths kept together."""
    costs: dict[Device, int] = {source: 0}
    hops: dict[Device, tuple[IgpInterface, ...]] = {source: ()}
    queue: list[tuple[int, str, Device]] = [(0, source.name, source)]
    while queue:
        cost, _, device = heapq.heappop(queue)
        if cost > costs[device]:
            continue
        for near, far in links[device]:
            new = cost + near.cost
            first = (far,) if device is source else hops[device]
            if new < costs.get(far.device, new + 1):
                costs[far.device], hops[far.device] = new, first
                heapq.heappush(queue, (new, far.device.name, far.device))
            elif new == costs[far.device]:
                hops[far.device] = tuple(dict.fromkeys((*hops[far.device], *first)))
    return costs, hops
