"""BFD, VXLAN, Ethernet segments and filters in the state tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final, Literal

from netdoctor.model.facts import BfdSession, DropCounter, EthernetSegment, Vni, Vtep
from netdoctor.platforms.nokia_srl.reading import Object, Read, bare, inner, rows, said, since_s, up, vrf_name
from netdoctor.platforms.values import count, number, total

_STATES: Final[dict[str, Any]] = {"up": "up", "down": "down", "init": "init", "admin-down": "admin_down"}


def bfd(entry: Object) -> Read:
    """Sessions of every network instance. Intervals are in microseconds."""
    for instance in rows(entry, "network-instance"):
        vrf = vrf_name(said(instance.get("name")))
        for peer in rows(instance, "peer"):
            address = said(peer.get("remote-address"))
            if not address:
                continue
            clients = said(peer.get("subscribed-protocols"))
            state = _STATES.get((said(peer.get("session-state")) or "").lower().replace("_", "-"))
            yield BfdSession(
                vrf=vrf,
                peer=address,
                interface=said(peer.get("subinterface") or peer.get("interface")),
                session_state=state,
                diagnostic=_diagnostic(peer.get("local-diagnostic-code")),
                remote_diagnostic=_diagnostic(peer.get("remote-diagnostic-code")),
                tx_interval_ms=_milliseconds(peer.get("active-transmit-interval")),
                rx_interval_ms=_milliseconds(peer.get("active-receive-interval")),
                multiplier=count(peer.get("remote-multiplier")) or count(peer.get("detection-multiplier")),
                clients=_clients(clients) if clients else None,
            )


def _clients(word: str) -> tuple[str, ...]:
    return tuple(sorted(name.removesuffix("_mgr") for name in re.split(r"[ ,]+", word.lower()) if name))


def _diagnostic(value: Any) -> str | None:
    found = bare(value)
    return None if not found or found.upper() in {"NO_DIAGNOSTIC"} else found.lower()


def _milliseconds(value: Any) -> float | None:
    found = number(value)
    return None if found is None else found / 1000.0


def tunnel(entry: Object) -> Read:
    """VNIs, and the endpoints that unicast and flooded packets go to."""
    for vxlan in rows(entry, "vxlan-interface"):
        vni = count(inner(vxlan, "ingress").get("vni"))
        table = inner(vxlan, "bridge-table")
        addresses = set(_endpoints(table))
        if vni is not None:
            kind = bare(vxlan.get("type"))
            name = f"{entry.get('name', 'vxlan')}.{vxlan.get('index', '')}"
            oper = up(vxlan.get("oper-state"))
            yield Vni(
                vni=vni,
                kind="l3" if kind == "routed" else "l2" if kind == "bridged" else None,
                state=None if oper is None else "up" if oper else "down",
                interface=name,
                remote_vteps_count=len(addresses) if table else None,
            )
        for address in sorted(addresses):
            yield Vtep(address=address, source="evpn")


def tunnels(entry: Object, now: datetime | None) -> Read:
    """The endpoints that VXLAN tunnels lead to."""
    for found in rows(inner(entry, "vxlan-tunnel"), "vtep"):
        if address := said(found.get("address")):
            yield Vtep(address=address, up_for_s=since_s(found.get("last-change"), now))


def _endpoints(table: Object) -> Iterator[str]:
    for kind in ("unicast-destinations", "multicast-destinations"):
        for found in rows(inner(table, kind), "destination"):
            if address := said(found.get("vtep")):
                yield address


def segments(entry: Object) -> Read:
    """Ethernet segments of the EVPN instances."""
    for instance in rows(entry, "bgp-instance"):
        for found in rows(instance, "ethernet-segment"):
            esi = said(found.get("oper-esi") or found.get("esi"))
            if not esi:
                continue
            mode = said(found.get("multi-homing-mode") or found.get("oper-multi-homing-mode"))
            oper = up(found.get("oper-state"))
            ports = [str(one.get("ethernet-interface") or "") for one in rows(found, "interface")]
            yield EthernetSegment(
                esi=esi.lower(),
                interface=said(found.get("interface")) or next(filter(None, ports), None),
                state=None if oper is None else "up" if oper else "down",
                redundancy_mode="all_active"
                if mode == "all-active"
                else "single_active"
                if mode == "single-active"
                else None,
            )


_FILTERS: Final[tuple[tuple[str, Literal["acl", "copp"]], ...]] = (
    ("ipv4-filter", "acl"),
    ("ipv6-filter", "acl"),
    ("mac-filter", "acl"),
    ("acl-filter", "acl"),
)


def acl(entry: Object) -> Read:
    """What each entry of each filter matched: dropped where its action is to drop."""
    for kind, what in _FILTERS:
        for found in rows(entry, kind):
            name = str(found.get("name") or kind)
            for rule in rows(found, "entry"):
                yield from _rule(f"{name} entry {rule.get('sequence-id', '')}", what, rule)
    for family in ("ipv4-filter", "ipv6-filter"):
        for rule in rows(inner(entry, "cpm-filter", family), "entry"):
            yield from _rule(f"cpm {family} entry {rule.get('sequence-id', '')}", "copp", rule)


def _rule(name: str, kind: Literal["acl", "copp"], rule: Object) -> Iterator[DropCounter]:
    counted = inner(rule, "statistics")
    matched = count(counted.get("matched-packets"))
    if matched is None:
        matched = total(
            counted.get("aggregate-in-matched-packets") or counted.get("in-matched-packets"),
            counted.get("aggregate-out-matched-packets") or counted.get("out-matched-packets"),
        )
    action = inner(rule, "action")
    drops = "drop" in action or "deny" in action
    match = inner(rule, "match")
    address = inner(match, "ipv4") or inner(match, "ipv6") or match
    port = count(
        (inner(match, "transport", "destination-port") or inner(match, "destination-port")).get("value")
    )
    source = said(inner(address, "source-ip").get("prefix"))
    yield DropCounter(
        kind=kind,
        name=name,
        tcp_port=port if said(address.get("protocol")) in {"tcp", "6"} else None,
        peer=source.partition("/")[0] if source and source.endswith(("/32", "/128")) else None,
        dropped_pkts=matched if drops else None,
        conformed_pkts=None if drops or not action else matched,
    )
