"""The world: devices and links whose effects follow from their state, as time goes by."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator

from netdoctor.lab import bgp, igp, optics, routes, traffic
from netdoctor.lab.bgp import Neighbor, Session
from netdoctor.lab.hardware import Device, Event, Link, Port
from netdoctor.lab.health import settle_health
from netdoctor.lab.igp import Adjacency
from netdoctor.lab.meters import Meter
from netdoctor.lab.traffic import Demand
from netdoctor.model.units import NO_LIGHT_DBM

ROUNDS_MAX = 8


class World:
    """A small network. Change what you like, then `settle`: states, routes, loads and logs follow.

    Times are seconds since the epoch; `clock` says what time it is.
    """

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self.clock = clock
        self.devices: dict[str, Device] = {}
        self.links: list[Link] = []
        self.intended_links: list[tuple[Port, Port]] = []
        self.sessions: list[Session] = []
        self.adjacencies: list[Adjacency] = []
        self.demands: list[Demand] = []
        self._settled_at = 0.0
        self._session_of: dict[Neighbor, Session] = {}

    def connect(self, link: Link) -> None:
        """Plugs a link in, as it is meant to be."""
        self.links.append(link)
        self.intended_links.append(link.ends)
        for end in link.ends:
            end.link = link

    def peer(self, session: Session) -> None:
        self.sessions.append(session)
        self._session_of.update(dict.fromkeys(session.ends, session))

    def adjoin(self, adjacency: Adjacency) -> None:
        """Lets two ends exchange link states."""
        self.adjacencies.append(adjacency)
        for end in adjacency.ends:
            end.device.igp[end.port.name] = end

    def port(self, device: str, name: str) -> Port:
        return self.devices[device].ports[name]

    def host_port(self, device: str) -> Port:
        """The port that a device's hosts are on."""
        ports = self.devices[device].ports.values()
        return next(port for port in ports if port.host is not None and port.kind == "ethernet")

    def ports(self) -> Iterator[Port]:
        return (port for device in self.devices.values() for port in device.ports.values())

    def swap(self, one: Port, other: Port) -> None:
        """Exchanges the plugs in two ports."""
        links = one.link, other.link
        for port, link, left in ((other, links[0], one), (one, links[1], other)):
            port.link = link
            if link is not None:
                link.ends = (port, link.far(left))
                link.loss_db[port] = link.loss_db[left]

    def link_between(self, one: str, other: str) -> Link:
        """The link between two devices."""
        return next(link for link in self.links if {e.device.name for e in link.ends} == {one, other})

    def far_end(self, neighbor: Neighbor) -> Neighbor:
        return self._session_of[neighbor].far(neighbor)

    def obstacle(self, neighbor: Neighbor) -> str | None:
        """What keeps a neighbour's session from being up, if anything does."""
        found = self._session_of[neighbor].obstacle()
        return found.trouble if found else None

    def neighbor(self, device: str, peer_device: str) -> Neighbor:
        """The end on `device` of its session with `peer_device`."""
        ends = self.devices[device].neighbors.values()
        return next(end for end in ends if self.far_end(end).device.name == peer_device)

    def received_dbm(self, port: Port, lane: int) -> float:
        """The light that arrives at a port, lanes counted from 0."""
        link, far = port.link, port.far
        if link is None or far is None or far.optic is None or link.cut:
            return NO_LIGHT_DBM
        sent = optics.output_power_dbm(far.optic, lane, far.lit)
        return optics.attenuated_dbm(sent, link.loss_db[port])

    def bit_error_ratio(self, port: Port) -> float:
        """Of all lanes together."""
        if port.optic is None or not port.oper_up:
            return 0.0
        lanes = range(port.optic.type.lanes)
        return sum(optics.bit_error_ratio(port.optic, self.received_dbm(port, n)) for n in lanes) / len(lanes)

    def restart(self, device: Device, down_at: float, up_at: float, reason: str) -> None:
        """Lets a device stop and start again. What it counted and logged before is gone."""
        device.powered = False
        self.settle(down_at)
        device.powered, device.booted_at, device.reload_reason = True, up_at, reason
        device.events.clear()
        for port in device.ports.values():
            port.carrier_transitions_count = 0
            meters = [port.meters, *(queue.meters for queue in port.queues)]
            for group in meters:
                group.update({name: Meter(up_at) for name in group})
        for end in device.neighbors.values():
            end.established_transitions_count, end.last_reset = 0, None
        self.settle(up_at)

    def now(self) -> float:
        """The present, with everything done that was due until then."""
        at = self.clock()
        self.advance(at)
        return at

    def advance(self, until: float) -> None:
        """Lets every timer that is due before a time run out, in order."""
        while (due := min(self._timers(), default=None)) and due[0] <= until:
            at, _, session = due
            if session.established:
                session.expire(at)
            self.settle(at)

    def _timers(self) -> Iterator[tuple[float, int, Session]]:
        for number, session in enumerate(self.sessions):
            starved = [end.device.starved_since for end in session.ends if end.device.starved_since]
            if session.established and starved:
                silent_since = max(session.ends[0].since, min(starved))
                yield silent_since + session.ends[0].hold_time_s + session.phase_s, number, session
            elif not session.established and session.retry_at and session.obstacle() is None:
                yield session.retry_at, number, session

    def settle(self, at: float) -> None:
        """Brings everything to the state that the causes now at work allow. Time never goes back."""
        at = self._settled_at = max(at, self._settled_at)
        for device in self.devices.values():
            settle_health(device, at)
        for port in self.ports():
            self._settle_port(port, at)
        for _ in range(ROUNDS_MAX):
            changes = [session.settle(at) for session in self.sessions]
            routes.converge(self.devices.values(), self.sessions)
            if not any([*changes, *(self._enforce_limit(end, at) for end in self._session_of)]):
                break
        for session in self.sessions:
            bgp.settle_bfd(session, at)
        self._settle_tcp(at)
        for adjacency in self.adjacencies:
            adjacency.settle(at)
        reached = igp.converge(self.devices.values(), self.adjacencies)
        for device in self.devices.values():
            routes.install(device, at, reached.get(device))
        self._settle_traffic(at)

    def _settle_port(self, port: Port, at: float) -> None:
        up = self._can_work(port)
        if up != port.oper_up:
            port.oper_up, port.last_change_at = up, at
            port.carrier_transitions_count += 1
            if port.disabled_reason:
                port.device.log(Event(at, "err_disabled", port=port, subject=port.disabled_reason))
            port.device.log(Event(at, "link_up" if up else "link_down", port=port))

    def _can_work(self, port: Port) -> bool:
        if not port.lit:
            return False
        far = port.far
        if far is None:
            return port.host is not None
        return far.lit and self._locks(port) and self._locks(far) and self._agree(port, far)

    def _locks(self, port: Port) -> bool:
        """True when every lane of a port gets light that it can read."""
        optic = port.optic
        return optic is not None and all(
            optics.has_signal(optic, self.received_dbm(port, lane)) for lane in range(optic.type.lanes)
        )

    @staticmethod
    def _agree(port: Port, far: Port) -> bool:
        return port.speed_bps == far.speed_bps and port.fec_mode == far.fec_mode

    def _enforce_limit(self, end: Neighbor, at: float) -> bool:
        over = end.prefix_limit is not None and len(end.received) > end.prefix_limit
        if over and not end.limit_exceeded:
            end.limit_exceeded = True
            end.device.log(Event(at, "prefix_limit", neighbor=end, value=len(end.received)))
            return True
        return False

    def _settle_tcp(self, at: float) -> None:
        refused = Counter(place for session in self.sessions for place in bgp.refused_segments(session))
        for device in self.devices.values():
            for name, meter in device.tcp.items():
                meter.set_rate(refused[device, name] * bgp.CONNECTS_PER_S, at)
            for rule in device.filters:
                rule.dropped.set_rate(bgp.CONNECTS_PER_S, at)

    def _settle_traffic(self, at: float) -> None:
        for port in self.ports():
            port.in_bps = port.out_bps = port.offered_bps = 0.0
        swallowed = traffic.spread(self.demands)
        for device in self.devices.values():
            device.discarded.set_rate(swallowed[device] / 8 / traffic.PACKET_BYTES, at)
        for port in self.ports():
            traffic.run_meters(port, self.bit_error_ratio(port), at)
