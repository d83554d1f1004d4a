"""The routing tables, what is forwarded by them, and ARP."""

from __future__ import annotations

import ipaddress
from collections import Counter
from collections.abc import Iterator

from netdoctor.lab.hardware import Port
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.cisco_xe.texts import MANAGEMENT_VRF, age, cef_address, chosen, in_management
from netdoctor.lab.render.text import hardware_address
from netdoctor.lab.routes import Hop, Route, lookup

CODES = """Codes: L - local, C - connected, S - static, R - RIP, M - mobile, B - BGP
       D - EIGRP, EX - EIGRP external, O - OSPF, IA - OSPF inter area
       N1 - OSPF NSSA external type 1, N2 - OSPF NSSA external type 2
       E1 - OSPF external type 1, E2 - OSPF external type 2, m - OMP
       n - NAT, Ni - NAT inside, No - NAT outside, Nd - NAT DIA
       i - IS-IS, su - IS-IS summary, L1 - IS-IS level-1, L2 - IS-IS level-2
       ia - IS-IS inter area, * - candidate default, U - per-user static route
       H - NHRP, G - NHRP registered, g - NHRP registration summary
       o - ODR, P - periodic downloaded static route, l - LISP
       a - application route
       + - replicated route, % - next hop override, p - overrides from PfR

Gateway of last resort is not set

"""
LETTERS = {"connected": "C", "static": "S", "bgp": "B", "ospf": "O", "isis": "i L2"}
KNOWN_VIA = {"static": "static", "connected": "connected", "ospf": "ospf 1", "isis": "isis"}


def _of(view: View, management: bool) -> list[Route]:
    routes = view.device.routes.values()
    return [r for r in routes if any(in_management(hop.port) for hop in r.hops) is management]


@answers("show ip route", "show ip route vrf {vrf}")
def table(view: View, vrf: str | None = None) -> str:
    head = f"\nRouting Table: {vrf}\n" if vrf else ""
    routes = _of(view, vrf is not None) if vrf in (None, MANAGEMENT_VRF) else []
    return head + CODES + "".join(_networks(routes, view))


def _networks(routes: list[Route], view: View) -> Iterator[str]:
    """Subnets stand under the network of the old classes that they are part of."""
    majors: dict[ipaddress.IPv4Network, list[Route]] = {}
    for route in routes:
        majors.setdefault(_major(route.prefix), []).append(route)
    for major, members in majors.items():
        lines = [line for route in members for line in _lines(route, view)]
        masks = len({route.prefix.partition("/")[2] for route in members} | {"32"})
        yield f"      {major} is variably subnetted, {len(lines)} subnets, {masks} masks\n"
        yield from lines


def _major(prefix: str) -> ipaddress.IPv4Network:
    address = prefix.partition("/")[0]
    head = int(address.partition(".")[0])
    length = 8 if head < 128 else 16 if head < 192 else 24
    return ipaddress.IPv4Network(f"{address}/{length}", strict=False)


def _lines(route: Route, view: View) -> Iterator[str]:
    lead = f"{LETTERS[route.protocol]:<8} {route.prefix}"
    if route.protocol == "connected":
        ports = [hop.port for hop in route.hops if hop.port]
        yield f"{lead} is directly connected, {ports[0].name if ports else 'Loopback0'}\n"
        yield from (f"L        {cef_address(port)}/32 is directly connected, {port.name}\n" for port in ports)
    elif route.discards:
        yield f"{lead} is directly connected, Null0\n"
    else:
        ways = [f"[{route.distance}/{route.metric}] via {_way(route, hop, view)}" for hop in route.hops]
        yield f"{lead} " + f"\n{'':<{len(lead)}} ".join(ways) + "\n"


def _way(route: Route, hop: Hop, view: View) -> str:
    since = "" if route.protocol == "static" else f", {age(view.at - route.since)}"
    port = f", {hop.port.name}" if hop.port and route.protocol in {"ospf", "isis"} else ""
    return f"{hop.address}{since}{port}"


@answers("show ip route summary")
def summary(view: View) -> str:
    routes = _of(view, management=False)
    counts = Counter(route.protocol for route in routes)
    rows = "".join(_source(name, count) for name, count in sorted(counts.items()))
    return (
        "IP routing table name is default (0x0)\n"
        "IP routing table maximum-paths is 32\n"
        "Route Source    Networks    Subnets     Replicates  Overhead    Memory (bytes)\n"
        f"{rows}{_source('Total', len(routes))}"
    )


def _source(name: str, count: int) -> str:
    return f"{name:<16}0           {count:<11} 0           {count * 96:<11} {count * 312}\n"


@answers("show ip route {prefix}")
def entry(view: View, prefix: str) -> str:
    """The route of a prefix, or the longest match of an address."""
    route = _route(view, prefix)
    if route is None:
        return "% Network not in table\n"
    source = KNOWN_VIA.get(route.protocol, f"{route.protocol} {view.device.asn}")
    lines = [
        f"Routing entry for {route.prefix}",
        f'  Known via "{source}", distance {route.distance}, metric {route.metric}',
        "  Routing Descriptor Blocks:",
        *_descriptors(route, view),
    ]
    return "".join(f"{line}\n" for line in lines)


def _route(view: View, prefix: str) -> Route | None:
    """The route of a prefix, or the longest match of an address."""
    if not prefix[:1].isdigit():
        return None
    return view.device.routes.get(prefix) or lookup(view.device, prefix.partition("/")[0])


def _descriptors(route: Route, view: View) -> Iterator[str]:
    if route.discards or route.protocol == "connected":
        ports = [hop.port.name for hop in route.hops if hop.port]
        target = "Null0" if route.discards else ports[0] if ports else "Loopback0"
        yield f"  * directly connected, via {target}"
        yield f"      Route metric is {route.metric}, traffic share count is 1"
    for hop in route.hops if route.protocol != "connected" else ():
        out = f", via {hop.port.name}" if hop.port and route.protocol != "bgp" else ""
        yield f"  * {hop.address}, from {hop.address}, {age(view.at - route.since)} ago{out}"
        yield f"      Route metric is {route.metric}, traffic share count is 1"


@answers("show ip cef {prefix} detail", "show ip cef {prefix}")
def forwarding(view: View, prefix: str) -> str:
    route = _route(view, prefix)
    if route is None:
        return "0.0.0.0/0, epoch 3, flags [default route handler, default route]\n  no route\n"
    return f"{route.prefix}, epoch 3\n" + "".join(_hops(route))


def _hops(route: Route) -> Iterator[str]:
    if route.discards:
        yield "  attached to Null0\n"
    elif not route.hops:
        yield "  receive for Loopback0\n"
    for hop in route.hops:
        if hop.address is None:
            yield f"  attached to {hop.port.name if hop.port else 'Loopback0'}\n"
        elif route.protocol == "bgp":
            yield f"  recursive via {hop.address}\n"
            yield f"    nexthop {hop.address} {hop.port.name if hop.port else ''}\n"
        else:
            yield f"  nexthop {hop.address} {hop.port.name if hop.port else ''}\n"


@answers("show ip arp", "show ip arp {address}")
def arp(view: View, address: str | None = None) -> str:
    return _arp(view, "ethernet", address)


@answers("show ip arp vrf {vrf}")
def arp_of_vrf(view: View, vrf: str) -> str:
    return (
        _arp(view, "management", None) if vrf == MANAGEMENT_VRF else f"% IP ARP table {vrf} does not exist\n"
    )


def _arp(view: View, kind: str, address: str | None) -> str:
    ports = [port for port in chosen(view, None) if port.kind == kind and port.oper_up and port.address]
    rows = [row for port in ports for row in _entries(port, view)]
    return "Protocol  Address          Age (min)  Hardware Addr   Type   Interface\n" + "".join(
        f"Internet  {found:<15} {minutes:>9}   {mac}  ARPA   {port.name}\n"
        for found, minutes, mac, port in rows
        if address in (None, found)
    )


def _entries(port: Port, view: View) -> Iterator[tuple[str, str, str, Port]]:
    yield cef_address(port), "-", hardware_address(port.mac), port
    far = port.far
    minutes = str(int(view.at - port.last_change_at) // 60 % 240)
    if port.host and port.host.answers:
        yield port.host.address, minutes, hardware_address(port.host.mac), port
    elif far and far.address:
        yield cef_address(far), minutes, hardware_address(far.mac), port


@answers("show ipv6 neighbors")
def neighbors(view: View) -> str:
    return "IPv6 Address                              Age Link-layer Addr State Interface\n"


@answers("show ipv6 route")
def ipv6_table(view: View) -> str:
    return (
        "IPv6 Routing Table - default - 1 entries\n"
        "Codes: C - Connected, L - Local, S - Static, U - Per-user Static route\n"
        "       B - BGP, R - RIP, H - NHRP, I1 - ISIS L1\n"
        "       I2 - ISIS L2, IA - ISIS interarea, IS - ISIS summary, D - EIGRP\n"
        "       EX - EIGRP external, NM - NEMO, ND - ND Default, NDp - ND Prefix\n"
        "       O - OSPF Intra, OI - OSPF Inter, OE1 - OSPF ext 1, OE2 - OSPF ext 2\n"
        "       ON1 - OSPF NSSA ext 1, ON2 - OSPF NSSA ext 2, la - LISP alt\n"
        "L   FF00::/8 [0/0]\n"
        "     via Null0, receive\n"
    )
