"""BGP sessions: their interface, what the far end says of them, and all of a device's together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import msgspec

from netdoctor.derive.base import Derived, Situation
from netdoctor.derive.names import Addressing, DeviceNames, Places, address, session_far_device
from netdoctor.model.entities import LinkEnd
from netdoctor.model.facts import (
    BgpAfi,
    BgpDeviceSummary,
    BgpExchange,
    BgpPeering,
    BgpSession,
    DeviceInfo,
    Interface,
    Link,
)
from netdoctor.model.observations import Observation, Observations

READS = (BgpSession, BgpAfi, Interface, Link, DeviceInfo)
GIVES = {
    BgpSession: BgpSession,
    BgpPeering: BgpSession,
    BgpExchange: BgpAfi,
    BgpDeviceSummary: BgpSession,
}

_HOLD_TIMER_EXPIRED = 4  # RFC 4271 §4.5
SETTLED_S = 10.0
"""A session that came up less than this ago may still wait for the far end's first UPDATE."""


def derive(observations: Observations, situation: Situation) -> Iterator[Derived]:
    sessions = Sessions(observations, situation)
    for near in sessions.all:
        yield Derived(near.device, near.fact, (near,))
        yield from _pair(near, sessions)
    by_device: dict[str, list[Observation]] = defaultdict(list)
    for near in sessions.all:
        by_device[near.device].append(near)
    for device, found in sorted(by_device.items()):
        yield Derived(device, _summary([near.fact for near in found], situation.since_s), tuple(found))


class Sessions:
    """All sessions with their interface filled in, and each one's counterpart at the far end."""

    def __init__(self, observations: Observations, situation: Situation) -> None:
        self.addressing = Addressing(observations)
        self._places = Places(observations)
        self._names = DeviceNames(situation.network, observations)
        self._far_ends: dict[LinkEnd, LinkEnd] = {}
        for seen in observations.of(Link):
            link = seen.fact
            one, other = (
                LinkEnd(link.a_device, link.a_interface),
                LinkEnd(link.b_device or "", link.b_interface or ""),
            )
            self._far_ends[one], self._far_ends[other] = other, one
        self.all = [self._with_interface(seen) for seen in observations.of(BgpSession)]
        self._of_device: dict[str, list[Observation]] = defaultdict(list)
        for seen in self.all:
            self._of_device[seen.device].append(seen)
        self.families: dict[tuple[str, str, str], list[Observation]] = defaultdict(list)
        for seen in observations.of(BgpAfi):
            self.families[seen.device, seen.fact.vrf, seen.fact.peer].append(seen)

    def _with_interface(self, seen: Observation) -> Observation:
        session = seen.fact
        if session.interface is not None:
            return seen
        interface = self.addressing.toward(seen.device, session.peer)
        return seen._replace(fact=msgspec.structs.replace(session, interface=interface))

    def far_device(self, near: Observation) -> str | None:
        session = near.fact
        by_name = session_far_device(session, self._names, self.addressing)
        if by_name is not None:
            return by_name if by_name != near.device else None
        end = self._far_ends.get(self._port(near.device, session.interface or ""))
        return end.device or None if end else None

    def counterpart(self, near: Observation, far_device: str) -> Observation | None:
        """The same session as the far device knows it."""
        back = [far for far in self._of_device[far_device] if far.fact.vrf == near.fact.vrf]
        own = address(near.fact.local_address or "")
        exact = [far for far in back if own is not None and address(far.fact.peer) == own]
        mine = [far for far in back if self._leads_back(far, near)]
        found = exact or mine
        return found[0] if found else None

    def _leads_back(self, far: Observation, near: Observation) -> bool:
        """True when the far session's peer is this device, over the interface this session uses."""
        owner = self.addressing.owner.get(address(far.fact.peer) or address("::"))  # type: ignore[arg-type]  # never None
        if owner is not None:
            return owner[0] == near.device and near.fact.interface in {None, owner[1]}
        end = self._far_ends.get(self._port(far.device, far.fact.interface or far.fact.peer))
        return end is not None and end == self._port(near.device, near.fact.interface or "")

    def _port(self, device: str, interface: str) -> LinkEnd:
        return LinkEnd(device, self._places.port(device, interface))

    def runs_bgp(self, device: str) -> bool:
        return bool(self._of_device[device])

    def oper_up(self, device: str, interface: str | None) -> bool | None:
        seen = self.addressing.interfaces.get((device, interface or ""))
        return seen.fact.oper_up if seen else None


def _pair(near: Observation, sessions: Sessions) -> Iterator[Derived]:
    far_device = sessions.far_device(near)
    if far_device is None:
        return
    far = sessions.counterpart(near, far_device)
    if far is None and not sessions.runs_bgp(far_device):
        return
    origins = (near, far) if far else (near,)
    yield Derived(near.device, _peering(near, far, far_device, sessions), origins)
    if far is not None:
        yield from _exchanges(near, far, sessions)


def _peering(near: Observation, far: Observation | None, far_device: str, sessions: Sessions) -> BgpPeering:
    mine, theirs = near.fact, far.fact if far else None
    ends = [sessions.oper_up(near.device, mine.interface)]
    ends += [sessions.oper_up(far_device, theirs.interface)] if theirs else []
    known = [up for up in ends if up is not None]
    return BgpPeering(
        vrf=mine.vrf,
        peer=mine.peer,
        far_device=far_device,
        far_peer=theirs.peer if theirs else None,
        far_configured=theirs is not None,
        source_address=sessions.addressing.source(near.device, mine.update_source),
        interface=mine.interface,
        far_interface=theirs.interface if theirs else None,
        session_state=mine.session_state,
        admin_up=mine.admin_up,
        peer_as=mine.peer_as,
        local_as=mine.local_as,
        auth_configured=mine.auth_configured,
        gtsm_enabled=mine.gtsm_enabled,
        ttl=mine.ttl,
        hold_time_s=mine.hold_time_s,
        link_up=all(known) if known else None,
        **(
            {
                "far_admin_up": theirs.admin_up,
                "far_local_as": theirs.local_as,
                "far_peer_as": theirs.peer_as,
                "far_auth_configured": theirs.auth_configured,
                "far_gtsm_enabled": theirs.gtsm_enabled,
                "far_ttl": theirs.ttl,
                "far_hold_time_s": theirs.hold_time_s,
            }
            if theirs
            else {}
        ),
    )


def _exchanges(near: Observation, far: Observation, sessions: Sessions) -> Iterator[Derived]:
    theirs = {o.fact.afi_safi: o for o in sessions.families[far.device, far.fact.vrf, far.fact.peer]}
    settled = near.fact.up_for_s is None or near.fact.up_for_s >= SETTLED_S
    for seen in sessions.families[near.device, near.fact.vrf, near.fact.peer]:
        family, sent = seen.fact, theirs.get(seen.fact.afi_safi)
        exchange = BgpExchange(
            vrf=family.vrf,
            peer=family.peer,
            afi_safi=family.afi_safi,
            far_device=far.device,
            session_state=near.fact.session_state,
            negotiated=family.negotiated,
            far_negotiated=sent.fact.negotiated if sent else None,
            far_prefixes_sent_count=sent.fact.prefixes_sent_count if sent else None,
            prefixes_received_count=family.prefixes_received_count if settled else None,
            prefixes_accepted_count=family.prefixes_accepted_count if settled else None,
            import_policy=family.import_policy,
        )
        yield Derived(near.device, exchange, (seen, sent) if sent else (seen,))


def _summary(sessions: list[BgpSession], since_s: float) -> BgpDeviceSummary:
    wanted = [session for session in sessions if session.admin_up is not False]
    up = [session for session in wanted if session.session_state == "established"]
    expired = [
        session
        for session in wanted
        if session.last_notification_code == _HOLD_TIMER_EXPIRED
        and session.last_reset_s is not None
        and session.last_reset_s <= since_s
    ]
    return BgpDeviceSummary(
        sessions_count=len(wanted),
        established_count=len(up),
        down_count=len(wanted) - len(up),
        hold_timer_expired_count=len(expired),
    )
