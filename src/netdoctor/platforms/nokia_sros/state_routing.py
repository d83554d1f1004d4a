"""A router instance in the state tree: interfaces, BGP, OSPF, IS-IS, routes, neighbours."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from netdoctor.model.facts import (
    BgpAfi,
    BgpInstance,
    BgpSession,
    Fact,
    Interface,
    Neighbor,
    Route,
)
from netdoctor.platforms.nokia_sros.bgp_words import admin_up, afi_safi, last_error, session_state
from netdoctor.platforms.nokia_sros.reading import since_s, yes
from netdoctor.platforms.nokia_sros.routes import protocol
from netdoctor.platforms.nokia_sros.state_igp import isis, ospf
from netdoctor.platforms.nokia_sros.state_rib import draining, table
from netdoctor.platforms.nokia_sros.yang import Object, inner, rows
from netdoctor.platforms.values import as_number, count, flag, is_ip, mac_address, number, text

_LIMIT: Final = 20_000


def router(vrf: str, entry: Object, at: datetime | None) -> Iterator[Fact]:
    """All that is told of one router instance."""
    for interface in rows(entry, "interface"):
        yield from _interface(vrf, interface, at)
    yield from _bgp(vrf, entry, at)
    for version in ("ospf", "ospf3"):
        for instance in rows(entry, version):
            yield from ospf(vrf, instance)
    for instance in rows(entry, "isis"):
        yield from isis(vrf, instance)
    names = {
        count(one.get("if-index")): text(one.get("interface-name"))
        for one in rows(entry, "interface")
        if one.get("if-index") is not None
    }
    yield from _routes(vrf, inner(entry, "route-table"), names)


def _interface(vrf: str, entry: Object, at: datetime | None) -> Iterator[Fact]:
    name = text(entry.get("interface-name"))
    if not name:
        return
    oper, counted = text(entry.get("oper-state")), inner(entry, "statistics", "ip")
    v4, v6 = inner(entry, "ipv4"), inner(entry, "ipv6")
    yield Interface(
        interface=name,
        admin_up=yes(text(entry.get("admin-state"))),
        oper_up=yes(oper),
        oper_reason=text(entry.get("down-reason")) if oper == "down" else None,
        description=text(entry.get("description")),
        mtu_bytes=count(entry.get("oper-ip-mtu")),
        last_change_s=since_s(text(entry.get("last-oper-change")), at),
        in_octets_bytes=count(counted.get("in-octets")),
        out_octets_bytes=count(counted.get("out-octets")),
        in_pkts=count(counted.get("in-packets")),
        out_pkts=count(counted.get("out-packets")),
        out_discards_count=count(counted.get("out-discard-packets")),
        addresses=tuple(_addresses(v4, v6)) or None,
        vrf=vrf,
    )
    for family, key in ((v4, "ipv4-address"), (v6, "ipv6-address")):
        for entry_ in rows(inner(family, "neighbor-discovery"), "neighbor"):
            yield from _neighbor(vrf, name, entry_, key)


def _addresses(v4: Object, v6: Object) -> Iterator[str]:
    for found in (inner(v4, "primary"), *rows(v4, "secondary"), *rows(v6, "address")):
        address = text(found.get("address") or found.get("ipv6-address") or found.get("oper-address"))
        length = count(found.get("prefix-length"))
        if address and length is not None and is_ip(address) and not address.lower().startswith("fe80:"):
            yield f"{address}/{length}"


_ND: Final[dict[str, Any]] = {
    "reachable": "reachable", "stale": "stale", "delay": "delay", "probe": "probe",
    "incomplete": "incomplete",
}  # fmt: skip


def _neighbor(vrf: str, interface: str, entry: Object, key: str) -> Iterator[Neighbor]:
    """The timer tells when an entry expires, not how old it is."""
    address = text(entry.get(key))
    if not address or not is_ip(address):
        return
    state = text(entry.get("state")) or ""
    kind = text(entry.get("type")) or ""
    yield Neighbor(
        vrf=vrf,
        address=address,
        mac=mac_address(entry.get("mac-address")),
        interface=interface,
        state=_ND.get(state)
        or ("reachable" if kind == "dynamic" else "permanent" if kind in {"static", "other"} else None),
    )


def _bgp(vrf: str, entry: Object, at: datetime | None) -> Iterator[Fact]:
    own_as, router_id = as_number(entry.get("autonomous-system")), text(entry.get("oper-router-id"))
    found = inner(entry, "bgp")
    if found and (own_as or router_id):
        yield BgpInstance(vrf=vrf, local_as=own_as, router_id=router_id)
    yield from table(vrf, inner(found, "rib"))
    yield from draining(vrf, inner(found, "rib"))
    for neighbor in rows(found, "neighbor"):
        if (peer := text(neighbor.get("ip-address"))) and is_ip(peer.partition("/")[0]):
            yield from _session(vrf, peer, neighbor, own_as, router_id, at)


def _session(
    vrf: str, peer: str, entry: Object, own_as: int | None, router_id: str | None, at: datetime | None
) -> Iterator[Fact]:
    found = inner(entry, "statistics")
    word = text(found.get("session-state"))
    state = session_state(word)
    age = since_s(text(found.get("last-established-time")), at)
    peer_id = text(found.get("peer-identifier"))
    configured = yes(text(entry.get("admin-state")))
    yield BgpSession(
        vrf=vrf,
        peer=peer,
        peer_as=as_number(entry.get("peer-as")),
        local_as=as_number(inner(entry, "local-as").get("as-number")) or own_as,
        router_id=router_id,
        peer_router_id=None if peer_id == "0.0.0.0" else peer_id,  # noqa: S104 - not a bind address
        session_state=state,
        admin_up=configured if configured is not None else admin_up(word) if state else None,
        up_for_s=age if state == "established" else None,
        down_for_s=None if state == "established" else age,
        established_transitions_count=count(found.get("established-transitions")),
        **last_error(text(found.get("last-error")), state),
        hold_time_s=number(found.get("hold-time-interval")) or None,
        keepalive_s=number(found.get("keep-alive-interval")) or None,
        description=text(entry.get("description")),
        local_address=text(found.get("operational-local-address")),
        dynamic=flag(found.get("dynamically-configured")),
    )
    yield from _families(vrf, peer, found, state == "established")


def _families(vrf: str, peer: str, found: Object, up: bool) -> Iterator[BgpAfi]:
    """The families negotiated, and those that have prefixes; the session's own where none is named."""
    told = found.get("negotiated-family")
    names = told if isinstance(told, list) else [told] if isinstance(told, str) and told else []
    negotiated = {afi_safi(name) for name in names if isinstance(name, str)}
    for name, counted in inner(found, "family-prefix").items():
        received, rejected = count(inner(counted).get("received")), count(inner(counted).get("rejected"))
        sent, family = count(inner(counted).get("sent")), afi_safi(name)
        plain = name in {"ipv4", "ipv6"} and not negotiated
        if not (plain or family in negotiated or received or sent):
            continue
        known = received is not None and rejected is not None and received >= rejected
        yield BgpAfi(
            vrf=vrf,
            peer=peer,
            afi_safi=family,
            negotiated=family in negotiated if negotiated and up else None,
            prefixes_received_count=received,
            prefixes_accepted_count=(received or 0) - (rejected or 0) if known else None,
            prefixes_sent_count=sent,
        )


def _routes(vrf: str, found: Object, names: dict[int | None, str | None]) -> Iterator[Route]:
    """The unicast table of both families. Interfaces are named by their index where the tree tells them."""
    unicast = inner(found, "unicast")
    for family in ("ipv4", "ipv6"):
        for entry in itertools.islice(rows(inner(unicast, family), "route"), _LIMIT):
            prefix = text(entry.get(f"{family}-prefix"))
            if not prefix:
                continue
            hops = list(rows(entry, "nexthop"))
            yield Route(
                vrf=vrf,
                prefix=prefix,
                protocol=protocol(text(entry.get("protocol")) or "unknown"),
                next_hops=_distinct(text(hop.get("nexthop-ip")) for hop in hops),
                out_interfaces=_distinct(
                    names.get(count(hop.get("if-index"))) for hop in hops if "if-index" in hop
                ),
                distance=count(entry.get("preference")),
                metric=next((count(hop.get("metric")) for hop in hops), None),
                age_s=number(entry.get("age")),
                active=True,
            )


def _distinct(found: Iterator[str | None]) -> tuple[str, ...] | None:
    return tuple(dict.fromkeys(one for one in found if one)) or None
