"""A network instance in the state tree: BGP, routes, MAC addresses, EVPN."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from netdoctor.model.facts import (
    BgpAfi,
    BgpInstance,
    BgpSession,
    EvpnInstance,
    Fact,
    Interface,
    MacEntry,
    Route,
)
from netdoctor.platforms.nokia_srl.bgp_words import afi_safi, limit, notification, session_state
from netdoctor.platforms.nokia_srl.reading import (
    Object,
    Read,
    bare,
    inner,
    moment,
    rows,
    said,
    since_s,
    up,
    vrf_name,
)
from netdoctor.platforms.nokia_srl.state_igp import isis, ospf
from netdoctor.platforms.values import as_number, count, is_ip, mac_address, number, text

_LIMIT: Final = 20_000


def instance(entry: Object, now: datetime | None) -> Read:
    """All that is told of one network instance."""
    vrf = vrf_name(said(entry.get("name")))
    protocols = inner(entry, "protocols")
    for member in rows(entry, "interface"):
        if name := said(member.get("name")):
            yield Interface(interface=name, vrf=vrf)
    yield from _bgp(vrf, inner(protocols, "bgp"), now)
    for one in rows(inner(protocols, "ospf"), "instance"):
        yield from ospf(vrf, one)
    for one in rows(inner(protocols, "isis"), "instance"):
        yield from isis(vrf, one, now)
    for one in rows(inner(protocols, "bgp-evpn"), "bgp-instance"):
        vpn = next(rows(inner(protocols, "bgp-vpn"), "bgp-instance"), {})
        yield from _evpn(vrf, one, vpn)
    yield from _macs(vrf, inner(entry, "bridge-table"), now)
    yield from _routes(vrf, inner(entry, "route-table"), now)


def _bgp(vrf: str, found: Object, now: datetime | None) -> Iterator[Fact]:
    if not found:
        return
    own = as_number(found.get("autonomous-system"))
    router_id = said(found.get("router-id"))
    if own or router_id:
        yield BgpInstance(vrf=vrf, local_as=own, router_id=router_id)
    groups = {str(group.get("group-name")): group for group in rows(found, "group")}
    for entry in rows(found, "neighbor"):
        peer = said(entry.get("peer-address"))
        if peer and is_ip(peer.partition("%")[0]):
            yield from _session(vrf, peer, entry, groups, own, router_id, now)


def _session(
    vrf: str,
    peer: str,
    entry: Object,
    groups: dict[str, Object],
    own: int | None,
    router_id: str | None,
    now: datetime | None,
) -> Iterator[Fact]:
    state = session_state(text(entry.get("session-state")))
    timers, transport = inner(entry, "timers"), inner(entry, "transport")
    age = since_s(entry.get("last-established"), now)
    auth = inner(entry, "authentication")
    hops = inner(entry, "multihop")
    yield BgpSession(
        vrf=vrf,
        peer=peer.partition("%")[0],
        interface=peer.partition("%")[2] or None,
        peer_as=as_number(entry.get("peer-as")),
        local_as=as_number(inner(entry, "local-as").get("as-number")) or own,
        router_id=router_id,
        peer_router_id=_router_id(entry.get("peer-router-id")),
        session_state=state,
        admin_up=up(entry.get("admin-state")),
        up_for_s=age if state == "established" else None,
        established_transitions_count=count(entry.get("established-transitions")),
        **_last_notification(entry, now),
        hold_time_s=number(timers.get("negotiated-hold-time")) or number(timers.get("hold-time")),
        keepalive_s=number(timers.get("negotiated-keepalive-interval"))
        or number(timers.get("keepalive-interval")),
        description=said(entry.get("description")),
        local_address=said(transport.get("local-address")),
        ttl=count(hops.get("maximum-hops")) if up(hops.get("admin-state")) else None,
        auth_configured=bool(auth.get("keychain") or auth.get("password") or auth.get("transmit-active"))
        if auth
        else None,
        bfd_enabled=up(inner(entry, "failure-detection").get("enable-bfd")),
        dynamic=entry.get("dynamic-neighbor") if isinstance(entry.get("dynamic-neighbor"), bool) else None,
    )
    policies = {way: _policy(entry.get(f"{way}-policy")) for way in ("import", "export")}
    for family in rows(entry, "afi-safi"):
        yield from _family(vrf, peer.partition("%")[0], family, policies)


def _router_id(value: Any) -> str | None:
    found = said(value)
    return None if found == "0.0.0.0" else found  # noqa: S104 - not a bind address


def _last_notification(entry: Object, now: datetime | None) -> dict[str, Any]:
    """The newer of the last NOTIFICATION sent and received."""
    told = [
        (moment(inner(entry, side).get("last-notification-time")), side, sent)
        for side, sent in (("received-messages", False), ("sent-messages", True))
        if said(inner(entry, side).get("last-notification-error-code"))
    ]
    if not told:
        return {}
    when, side, sent = max(told, key=lambda one: one[0].timestamp() if one[0] else 0.0)
    found = inner(entry, side)
    fields = notification(
        said(found.get("last-notification-error-code")),
        said(found.get("last-notification-error-subcode")),
        sent,
    )
    if fields and when and now and when <= now:
        fields["last_reset_s"] = (now - when).total_seconds()
    return fields


def _policy(value: Any) -> str | None:
    if isinstance(value, list):
        return " ".join(str(one) for one in value) or None
    return said(value)


def _family(vrf: str, peer: str, entry: Object, policies: dict[str, str | None]) -> Iterator[BgpAfi]:
    """A family that is switched off is none of this neighbour's."""
    name = bare(entry.get("afi-safi-name"))
    received, rejected = count(entry.get("received-routes")), count(entry.get("rejected-routes"))
    if not name or (up(entry.get("admin-state")) is False and not received):
        return
    known = received is not None and rejected is not None and received >= rejected
    oper = up(entry.get("oper-state"))
    prefix_limit = inner(entry, name, "prefix-limit-received") or inner(entry, name, "prefix-limit")
    yield BgpAfi(
        vrf=vrf,
        peer=peer,
        afi_safi=afi_safi(name),
        negotiated=oper,
        prefixes_received_count=received,
        prefixes_accepted_count=(received or 0) - (rejected or 0) if known else None,
        prefixes_sent_count=count(entry.get("sent-routes")),
        prefix_limit_count=limit(count(prefix_limit.get("max-received-routes"))),
        import_policy=policies["import"],
        export_policy=policies["export"],
    )


def _evpn(vrf: str, entry: Object, vpn: Object) -> Iterator[EvpnInstance]:
    oper = up(entry.get("oper-state"))
    targets = inner(vpn, "route-target")
    yield EvpnInstance(
        name=vrf,
        route_distinguisher=said(inner(vpn, "route-distinguisher").get("rd")),
        import_targets=_targets(targets.get("import-rt")),
        export_targets=_targets(targets.get("export-rt")),
        state=None if oper is None else "up" if oper else "down",
    )


def _targets(value: Any) -> tuple[str, ...] | None:
    found = value if isinstance(value, list) else [value] if value else []
    return tuple(str(one).removeprefix("target:") for one in found) or None


_MAC_KINDS: Final[dict[str, Any]] = {
    "learnt": "dynamic", "static": "static", "evpn": "remote", "evpn-static": "remote",
    "irb-interface": "self",
    "irb-interface-anycast": "self", "reserved": "self",
}  # fmt: skip


def destination(word: str | None) -> tuple[str | None, str | None]:
    """The interface and the remote VTEP in `vxlan-interface:vxlan1.1 vtep:192.0.2.1 vni:100`."""
    parts = (word or "").split()
    named = dict(part.split(":", 1) for part in parts if ":" in part)
    vtep = named.get("vtep")
    return named.get("vxlan-interface") or (parts[0] if parts else None), vtep


def _macs(vrf: str, found: Object, now: datetime | None) -> Iterator[MacEntry]:
    duplicates = inner(found, "mac-duplication", "duplicate-entries")
    moves = {str(one.get("address")): count(one.get("num-moves")) for one in rows(duplicates, "mac")}
    for entry in itertools.islice(rows(inner(found, "mac-table"), "mac"), _LIMIT):
        mac = mac_address(entry.get("address"))
        if not mac:
            continue
        place, vtep = destination(said(entry.get("destination")))
        yield MacEntry(
            mac=mac,
            vlan=vrf,
            interface=place,
            remote_vtep=vtep,
            kind=_MAC_KINDS.get(str(entry.get("type"))),
            moves_count=moves.get(str(entry.get("address"))),
            age_s=since_s(entry.get("last-update"), now),
        )


PROTOCOLS: Final = {
    "local": "connected", "host": "local", "bgp-evpn": "bgp", "bgp": "bgp", "isis": "isis", "ospfv2": "ospf",
    "ospfv3": "ospf", "static": "static", "dhcp": "dhcp", "aggregate": "aggregate", "arp-nd": "arp",
    "linux": "kernel", "bgp-vpn": "bgp", "bgp-ipvpn": "bgp",
}  # fmt: skip


def _routes(vrf: str, found: Object, now: datetime | None) -> Iterator[Route]:
    """Routes point to groups of next hops, and those to next hops that say where they lead."""
    hops = {str(one.get("index")): one for one in rows(found, "next-hop")}
    groups = {
        str(group.get("index")): [str(one.get("next-hop")) for one in rows(group, "next-hop")]
        for group in rows(found, "next-hop-group")
    }
    for family in ("ipv4", "ipv6"):
        for entry in itertools.islice(rows(inner(found, f"{family}-unicast"), "route"), _LIMIT):
            prefix = said(entry.get(f"{family}-prefix"))
            if not prefix:
                continue
            kind = bare(entry.get("route-type")) or "unknown"
            ways = [hops.get(one, {}) for one in groups.get(str(entry.get("next-hop-group")), ())]
            failed = said(inner(entry, "fib-programming").get("last-failed-operation-type"))
            yield Route(
                vrf=vrf,
                prefix=prefix,
                protocol=PROTOCOLS.get(kind, kind),
                next_hops=_distinct(said(way.get("ip-address")) for way in ways),
                out_interfaces=_distinct(said(way.get("subinterface")) for way in ways),
                discard=True
                if any(bare(way.get("type")) in {"blackhole", "discard"} for way in ways)
                else None,
                distance=count(entry.get("preference")),
                metric=count(entry.get("metric")),
                age_s=since_s(entry.get("last-app-update"), now),
                active=up(entry.get("active")),
                programmed=_programmed(entry, failed),
            )


def _programmed(entry: Object, failed: str | None) -> bool | None:
    """The hardware holds the route when its last programming is not pending and has not failed."""
    told = inner(entry, "fib-programming")
    if not told or up(entry.get("active")) is False:
        return None
    pending = said(told.get("pending-operation-type"))
    return failed is None and pending is None and told.get("suppressed") is not True


def _distinct(found: Iterator[str | None]) -> tuple[str, ...] | None:
    return tuple(dict.fromkeys(one for one in found if one)) or None
