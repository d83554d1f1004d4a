"""A network instance in the state tree: BGP, routes, MAC addresses, EVPN."""

from __future__ import annotations

import contextlib
import ipaddress
import itertools
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from netdoctor.model.facts import EvpnInstance, Interface, MacEntry, Route, TcpConnection
from netdoctor.platforms.nokia_srl.reading import (
    Object,
    Read,
    bare,
    inner,
    rows,
    said,
    since_s,
    up,
    vrf_name,
)
from netdoctor.platforms.nokia_srl.state_bgp import bgp, rib
from netdoctor.platforms.nokia_srl.state_igp import isis, ospf
from netdoctor.platforms.values import count, mac_address

_LIMIT: Final = 20_000


def instance(entry: Object, now: datetime | None) -> Read:
    """All that is told of one network instance."""
    vrf = vrf_name(said(entry.get("name")))
    protocols = inner(entry, "protocols")
    for member in rows(entry, "interface"):
        if name := said(member.get("name")):
            yield Interface(interface=name, vrf=vrf)
    yield from bgp(vrf, inner(protocols, "bgp"), now)
    yield from rib(vrf, inner(entry, "bgp-rib"))
    yield from _connections(inner(entry, "tcp"))
    for one in rows(inner(protocols, "ospf"), "instance"):
        yield from ospf(vrf, one)
    for one in rows(inner(protocols, "isis"), "instance"):
        yield from isis(vrf, one, now)
    for one in rows(inner(protocols, "bgp-evpn"), "bgp-instance"):
        vpn = next(rows(inner(protocols, "bgp-vpn"), "bgp-instance"), {})
        yield from _evpn(vrf, one, vpn)
    yield from _macs(vrf, inner(entry, "bridge-table"), now)
    yield from _routes(vrf, inner(entry, "route-table"), now)


_TCP_STATES: Final[dict[str, Any]] = {
    "established": "established", "syn-sent": "syn_sent", "syn-received": "syn_recv", "listen": "listen",
}  # fmt: skip


def _connections(found: Object) -> Iterator[TcpConnection]:
    """The TCP connections of the control plane."""
    for one in rows(found, "connection"):
        addresses = [said(one.get(f"{side}-address")) for side in ("local", "remote")]
        ports = [count(one.get(f"{side}-port")) for side in ("local", "remote")]
        local, remote = addresses
        local_port, remote_port = ports
        if local and remote and local_port is not None and remote_port is not None:
            yield TcpConnection(
                local_address=local,
                local_port=local_port,
                remote_address=remote,
                remote_port=remote_port,
                state=_TCP_STATES.get(said(one.get("session-state")) or "", "closing"),
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


Network = ipaddress.IPv4Network | ipaddress.IPv6Network

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
        entries = list(itertools.islice(rows(inner(found, f"{family}-unicast"), "route"), _LIMIT))
        networks = set(_local_networks(entries, family))
        for entry in entries:
            prefix = said(entry.get(f"{family}-prefix"))
            if not prefix:
                continue
            kind = _route_kind(entry)
            if kind == "host" and not _inside(prefix, networks):
                kind = "local"
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


def _route_kind(entry: Object) -> str:
    return bare(entry.get("route-type") or entry.get("owner")) or "unknown"


def _local_networks(entries: list[Object], family: str) -> Iterator[Network]:
    for entry in entries:
        if _route_kind(entry) == "local" and (prefix := said(entry.get(f"{family}-prefix"))):
            with contextlib.suppress(ValueError):
                yield ipaddress.ip_network(prefix, strict=False)


def _inside(prefix: str, networks: set[Network]) -> bool:
    """True for an address of a network that is connected; a loopback's address is a network of its own."""
    try:
        own = ipaddress.ip_network(prefix, strict=False)
    except ValueError:
        return True
    lengths = range(own.prefixlen, -1, -1)
    return any(own.supernet(new_prefix=length) in networks for length in lengths)


def _programmed(entry: Object, failed: str | None) -> bool | None:
    """The hardware holds the route when its last programming is not pending and has not failed."""
    told = inner(entry, "fib-programming")
    if not told or up(entry.get("active")) is False:
        return None
    if status := said(told.get("status")):
        return status == "success"
    pending = said(told.get("pending-operation-type"))
    return failed is None and pending is None and told.get("suppressed") is not True


def _distinct(found: Iterator[str | None]) -> tuple[str, ...] | None:
    return tuple(dict.fromkeys(one for one in found if one)) or None
