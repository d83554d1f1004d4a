"""Routes, and who is at which address."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator

from netdoctor.lab.hardware import Port
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.cisco_xr.words import ACTIVE, MANAGEMENT_VRF, NODE, age, chosen, stamped
from netdoctor.lab.render.text import address_of, hardware_address, utc
from netdoctor.lab.routes import Hop, Route, lookup

CODES = {"connected": "C", "static": "S", "bgp": "B", "ospf": "O", "isis": "i L2"}
LEGEND = (
    "Codes: C - connected, S - static, R - RIP, B - BGP, (>) - Diversion path",
    "       D - EIGRP, EX - EIGRP external, O - OSPF, IA - OSPF inter area",
    "       N1 - OSPF NSSA external type 1, N2 - OSPF NSSA external type 2",
    "       E1 - OSPF external type 1, E2 - OSPF external type 2, E - EGP",
    "       i - ISIS, L1 - IS-IS level-1, L2 - IS-IS level-2",
    "       ia - IS-IS inter area, su - IS-IS summary null, * - candidate default",
    "       U - per-user static route, o - ODR, L - local, G  - DAGR, l - LISP",
    "       A - access/subscriber, a - Application route",
    "       M - mobile route, r - RPL, t - Traffic Engineering, (!) - FRR Backup path",
    "",
    "Gateway of last resort is not set",
    "",
)
RULE = "-" * 79


def _on_management(route: Route) -> bool:
    return any(hop.port and hop.port.kind == "management" for hop in route.hops)


def _routes(view: View) -> list[Route]:
    """The routes of the default VRF."""
    return [route for route in view.device.routes.values() if not _on_management(route)]


@answers("show route")
def table(view: View) -> str:
    rows = [line for route in _routes(view) for line in _lines(route, view)]
    return stamped(view, ["", *LEGEND, *rows])


@answers("show route vrf all")
def vrfs(view: View) -> str:
    """The default VRF is none of these."""
    found = [route for route in view.device.routes.values() if _on_management(route)]
    rows = [line for route in found for line in _lines(route, view)]
    return stamped(view, ["", f"VRF: {MANAGEMENT_VRF}", "", "", *LEGEND, *rows])


def _lines(route: Route, view: View) -> Iterator[str]:
    since = age(view.at - route.since)
    start = f"{CODES[route.protocol]:<4} {route.prefix} "
    if route.protocol == "connected":
        port = next((hop.port for hop in route.hops if hop.port), None)
        yield f"{start}is directly connected, {since}, {port.name if port else 'Loopback0'}"
        if port and port.address:
            own = port.address.partition("/")[0]
            yield f"L    {own}/32 is directly connected, {since}, {port.name}"
        return
    if route.discards:
        yield f"{start}is directly connected, {since}, Null0"
        return
    for number, hop in enumerate(route.hops):
        lead = start if number == 0 else " " * len(start)
        port_name = f", {hop.port.name}" if hop.port and route.protocol != "bgp" else ""
        yield f"{lead}[{route.distance}/{route.metric}] via {hop.address}, {since}{port_name}"


@answers("show route ipv6")
def ipv6_table(view: View) -> str:
    return stamped(view, ["", "% No matching routes found"])


@answers("show route summary")
def summary(view: View) -> str:
    routes = _routes(view)
    told = {"connected": "connected", "static": "static", "bgp": f"bgp {view.device.asn}"}
    counts = {name: sum(route.protocol == kind for route in routes) for kind, name in told.items()}
    counts["local"] = sum(route.protocol == "connected" and bool(route.hops) for route in routes)
    counts["Total"] = sum(counts.values())
    return stamped(
        view,
        [
            "Route Source                     Routes     Backup     Deleted     Memory(bytes)",
            *(f"{name:<32} {n:<10} {0:<10} {0:<11} {n * 240:<13}" for name, n in counts.items()),
        ],
    )


@answers("show route {prefix}")
def entry(view: View, prefix: str) -> str:
    """The route of a prefix, or the longest match of an address."""
    found = view.device.routes.get(prefix) or lookup(view.device, prefix.partition("/")[0])
    return stamped(view, ["", *_entry(found, view)] if found else ["% Network not in table"])


def _entry(route: Route, view: View) -> Iterator[str]:
    known = {"bgp": f"bgp {view.device.asn}", "ospf": "ospf 1", "isis": "isis lab"}
    kind = {"bgp": ", type external", "ospf": ", type intra area", "isis": ", type level-2"}
    installed = utc(route.since + view.device.clock_offset_s)
    yield f"Routing entry for {route.prefix}"
    yield (
        f'  Known via "{known.get(route.protocol, route.protocol)}", distance {route.distance}, '
        f"metric {route.metric}{kind.get(route.protocol, '')}"
    )
    since = age(view.at - route.since)
    yield f"  Installed {installed:%b} {installed.day:2d} {installed:%H:%M:%S}.000 for {since}"
    yield "  Routing Descriptor Blocks"
    for hop in route.hops:
        yield f"    {_hop(hop)}"
        yield f"      Route metric is {route.metric}"
    if not route.hops:
        yield f"    directly connected, via {'Null0' if route.discards else 'Loopback0'}"
        yield "      Route metric is 0"
    yield "  No advertising protos. "


def _hop(hop: Hop) -> str:
    name = hop.port.name if hop.port else "Null0"
    return (
        f"{hop.address}, from {hop.address}, via {name}" if hop.address else f"directly connected, via {name}"
    )


@answers("show arp", "show arp {address}")
def arp(view: View, address: str | None = None) -> str:
    return stamped(view, ["", *_node(view, "ethernet", NODE, address)])


@answers("show arp vrf all")
def arp_of_vrfs(view: View) -> str:
    return stamped(view, ["", *_node(view, "management", ACTIVE, None)])


def _node(view: View, kind: str, node: str, address: str | None) -> Iterator[str]:
    yield from (RULE, node, RULE)
    yield "Address         Age        Hardware Addr   State      Type  Interface"
    for port in chosen(view, None):
        if port.kind == kind and port.oper_up:
            for told in _entries(port, view):
                if address in (None, told.split()[0]):
                    yield told


def _entries(port: Port, view: View) -> Iterator[str]:
    own, far = address_of(port), port.far
    heard = age(int(view.at - port.last_change_at) % 14400)
    if port.host:
        yield _arp_row(port.host.address, heard, port.host.mac, "Dynamic", port.name)
    elif far and far.address and _same_network(port, far):
        yield _arp_row(far.address.partition("/")[0], heard, far.mac, "Dynamic", port.name)
    if own:
        yield _arp_row(own[0], "-", port.mac, "Interface", port.name)


def _same_network(port: Port, far: Port) -> bool:
    """Nobody answers from another network."""
    networks = {ipaddress.ip_interface(end.address).network for end in (port, far) if end.address}
    return len(networks) == 1


def _arp_row(address: str, since: str, mac: str, state: str, interface: str) -> str:
    return f"{address:<15} {since:<10} {hardware_address(mac):<15} {state:<10} {'ARPA':<5} {interface}"


@answers("show ipv6 neighbors")
def ipv6_neighbors(view: View) -> str:
    return stamped(
        view,
        ["IPv6 Address                              Age Link-layer Addr State Interface            Location"],
    )
