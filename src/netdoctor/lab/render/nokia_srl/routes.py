"""Routes and ARP, in the state tree and as tables."""

from __future__ import annotations

from typing import Any

from netdoctor.lab.hardware import Port
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.nokia_srl.interfaces import arp_of
from netdoctor.lab.render.nokia_srl.texts import MANAGEMENT, boxed, lines, listed, rule, stamp, subinterface
from netdoctor.lab.routes import Hop, Route, lookup

TYPES = {"connected": "local", "static": "static", "bgp": "bgp", "ospf": "ospfv2", "isis": "isis"}
OWNERS = {
    "connected": "net_inst_mgr", "static": "static_route_mgr", "bgp": "bgp_mgr", "ospf": "ospf_mgr",
    "isis": "isis_mgr",
}  # fmt: skip
PREFERENCES = {"connected": 0, "static": 5, "bgp": 170, "ospf": 10, "isis": 18}
FIRST_INDEX = 16357608000


def _on_management(route: Route) -> bool:
    return any(hop.port and hop.port.kind == "management" for hop in route.hops)


def _loopback(route: Route) -> bool:
    """The loopback's own address is a host route, and its packets are for the device."""
    return route.protocol == "connected" and not route.hops


@answers("info from state network-instance {vrf} route-table | as json")
def tables(view: View, vrf: str) -> str:
    routes = list(view.device.routes.values())
    names = {"default": [one for one in routes if not _on_management(one)]}
    names[MANAGEMENT] = [one for one in routes if _on_management(one)]
    return listed(
        "network-instance",
        [
            {"name": name, "route-table": _table(name, found, view)}
            for name, found in names.items()
            if vrf in ("*", name)
        ],
    )


def _table(name: str, routes: list[Route], view: View) -> dict[str, Any]:
    """Routes point to groups of next hops, and those to next hops."""
    groups, hops, entries = [], [], []
    for number, route in enumerate(routes):
        group = str(FIRST_INDEX + 100 * number)
        own = [_next_hop(f"{int(group) + at}", route, hop) for at, hop in enumerate(_hops(route), 1)]
        entries.append(_route(name, route, group, view))
        members = [{"id": at, "next-hop": one["index"], "resolved": "true"} for at, one in enumerate(own)]
        groups.append({"index": group, "backup-next-hop-group": "0", "next-hop": members})
        hops += own
    ecmp = sum(len(route.hops) > 1 for route in routes)
    counts = {
        "active-routes": len(routes),
        "active-routes-with-ecmp": ecmp,
        "resilient-hash-routes": 0,
        "fib-failed-routes": 0,
        "total-routes": str(len(routes)),
    }
    return {
        "ipv4-unicast": {"route": entries, "statistics": counts},
        "next-hop-group": groups,
        "next-hop": hops,
    }


def _hops(route: Route) -> tuple[Hop, ...]:
    return route.hops or (Hop(None, None),)


def _kind(route: Route) -> str:
    return "host" if _loopback(route) else TYPES[route.protocol]


def _route(name: str, route: Route, group: str, view: View) -> dict[str, Any]:
    since = stamp(view.device, route.since)
    return {
        "ipv4-prefix": route.prefix,
        "id": 0,
        "route-type": _kind(route),
        "route-owner": OWNERS[route.protocol],
        "origin-network-instance": name,
        "leakable": False,
        "metric": route.metric,
        "preference": PREFERENCES[route.protocol],
        "active": True,
        "last-app-update": since,
        "next-hop-group": group,
        "next-hop-group-network-instance": name,
        "resilient-hash": False,
        "fib-programming": {
            "suppressed": False,
            "last-successful-operation-type": "add",
            "last-successful-operation-timestamp": since,
            "pending-operation-type": "none",
            "last-failed-operation-type": "none",
        },
    }


def _next_hop(index: str, route: Route, hop: Hop) -> dict[str, Any]:
    told: dict[str, Any] = {"index": index, "resource-allocation-failed": False}
    if route.discards:
        return told | {"type": "blackhole"}
    if hop.port is None:
        return told | {"type": "extract"}
    address = hop.address or (hop.port.address or "").partition("/")[0]
    if route.protocol == "connected":
        return told | {"type": "direct", "subinterface": subinterface(hop.port)}
    kind = "indirect" if route.protocol == "bgp" else "direct"
    return told | {"type": kind, "ip-address": address, "subinterface": subinterface(hop.port)}


@answers("show network-instance {vrf} route-table ipv4-unicast prefix {prefix} detail")
def detail(view: View, vrf: str, prefix: str) -> str:
    found = view.device.routes.get(prefix)
    head = rule() + "IPv4 unicast route table of network instance default\n" + rule()
    return head + (_detail(found, view) if found else "") + rule()


def _detail(route: Route, view: View) -> str:
    ways = [
        f"{hop.address or 'None'} ({'indirect' if route.protocol == 'bgp' else 'direct'}) "
        f"via [{subinterface(hop.port)}]"
        for hop in route.hops
        if hop.port
    ]
    return lines(
        f"Destination            : {route.prefix}",
        "ID                     : 0",
        f"Route Type             : {_kind(route)}",
        f"Route Owner            : {OWNERS[route.protocol]}",
        f"Metric                 : {route.metric}",
        f"Preference             : {PREFERENCES[route.protocol]}",
        "Active                 : true",
        f"Last change            : {stamp(view.device, route.since)}",
        "Resilient hash         : false",
        rule().strip(),
        f"Next hops: {len(ways)} entries",
        *ways,
    )


@answers("show network-instance {vrf} route-table ipv4-unicast route {address}")
def to_address(view: View, vrf: str, address: str) -> str:
    found = lookup(view.device, address)
    heads = (
        "Prefix", "ID", "Route Type", "Route Owner", "Active", "Metric", "Pref", "Next-hop (Type)",
        "Next-hop Interface",
    )  # fmt: skip
    head = rule() + "IPv4 unicast route table of network instance default\n" + rule()
    return head + boxed(heads, [_row(found)] if found else []) + rule()


def _row(route: Route) -> tuple[str, ...]:
    kind = "indirect" if route.protocol == "bgp" else "direct"
    hops = (
        "blackhole" if route.discards else " ".join(f"{hop.address or 'None'} ({kind})" for hop in route.hops)
    )
    through = " ".join(subinterface(hop.port) for hop in route.hops if hop.port)
    return (
        route.prefix, "0", _kind(route), OWNERS[route.protocol], "True", str(route.metric),
        str(PREFERENCES[route.protocol]), hops, through,
    )  # fmt: skip


@answers("show arpnd arp-entries", "show arpnd arp-entries ipv4-address {address}")
def arp(view: View, address: str | None = None) -> str:
    heads = ("Interface", "Subinterface", "Neighbor", "Origin", "Link layer address", "Expiry")
    rows = [_entry(port, heard) for port in view.device.ports.values() if (heard := arp_of(port))]
    kept = [row for row in rows if address in (None, row[2])]
    total = f"  Total entries : {len(kept)} (0 static, {len(kept)} dynamic)\n"
    return boxed(heads, kept) + rule() + total + rule()


def _entry(port: Port, heard: tuple[str, str]) -> tuple[str, ...]:
    return port.name, "0", heard[0], "dynamic", heard[1].upper(), "3 hours from now"
