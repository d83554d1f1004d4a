"""Routes and ARP."""

from __future__ import annotations

from netdoctor.lab.hardware import Port
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.cisco_nxos.words import TAG, Row, document, period, short, table
from netdoctor.lab.render.text import address_of, hardware_address
from netdoctor.lab.routes import Hop, Route, lookup

CLIENTS = {"connected": "direct", "static": "static", "ospf": f"ospf-{TAG}", "isis": f"isis-{TAG}"}
TYPES = {"bgp": "external", "ospf": "intra", "isis": "L2"}


def on_management(route: Route) -> bool:
    return any(hop.port and hop.port.kind == "management" for hop in route.hops)


@answers("show ip route vrf all | json")
def routes(view: View) -> str:
    return _vrfs(view, list(view.device.routes.values()))


@answers("show ip route {prefix} vrf all | json")
def route(view: View, prefix: str) -> str:
    """The route of a prefix, or the longest match of an address."""
    found = view.device.routes.get(prefix) or lookup(view.device, prefix.partition("/")[0])
    return _vrfs(view, [found] if found else [])


def _vrfs(view: View, found: list[Route]) -> str:
    parts = {
        "default": [one for one in found if not on_management(one)],
        "management": [one for one in found if on_management(one)],
    }
    return document(table("vrf", [_vrf(name, routes, view) for name, routes in parts.items() if routes]))


def _vrf(name: str, found: list[Route], view: View) -> Row:
    own = _addresses(view)
    prefixes = [_prefix(route, own, view) for route in found]
    known = {route.prefix for route in found}
    prefixes += [
        _entry(f"{address}/32", [_own(port, address, view)], attached=True)
        for address, port in own.items()
        if port.oper_up and f"{address}/32" not in known and any(_holds(one, port) for one in found)
    ]
    family = {"addrf": "ipv4", **table("prefix", prefixes)}
    return {"vrf-name-out": name, **table("addrf", [family])}


def _addresses(view: View) -> dict[str, Port]:
    ports = view.device.ports.values()
    return {place[0]: port for port in ports if (place := address_of(port))}


def _holds(route: Route, port: Port) -> bool:
    """True when a route is the network that a port stands in."""
    return route.protocol == "connected" and any(hop.port is port for hop in route.hops)


def _entry(prefix: str, paths: list[Row], *, attached: bool) -> Row:
    return {
        "ipprefix": prefix,
        "ucast-nhops": str(len(paths)),
        "mcast-nhops": "0",
        "attached": "true" if attached else "false",
        **table("path", paths),
    }


def _prefix(route: Route, own: dict[str, Port], view: View) -> Row:
    if route.protocol == "connected":
        return _entry(route.prefix, _connected(route, own, view), attached=True)
    if route.discards:
        return _entry(route.prefix, [_path(route, {"ifname": "Null0"}, view)], attached=False)
    return _entry(route.prefix, [_path(route, _hop(hop), view) for hop in route.hops], attached=False)


def _hop(hop: Hop) -> Row:
    return {"ipnexthop": hop.address or "", **({"ifname": short(hop.port.name)} if hop.port else {})}


def _path(route: Route, where: Row, view: View) -> Row:
    kind = TYPES.get(route.protocol)
    return {
        **where,
        "uptime": period(view.at - route.since),
        "pref": str(route.distance),
        "metric": str(route.metric),
        "clientname": CLIENTS.get(route.protocol, f"bgp-{view.device.asn}"),
        **({"type": kind} if kind else {}),
        "ubest": "true",
    }


def _connected(route: Route, own: dict[str, Port], view: View) -> list[Row]:
    """The device's own address is the next hop; a loopback is a local one too."""
    port = next((hop.port for hop in route.hops if hop.port), None)
    if port is None:
        where = {"ipnexthop": route.prefix.partition("/")[0], "ifname": "Lo0"}
        return [_path(route, where, view), {**_path(route, where, view), "clientname": "local"}]
    address = next((address for address, one in own.items() if one is port), "")
    return [_path(route, {"ipnexthop": address, "ifname": short(port.name)}, view)]


def _own(port: Port, address: str, view: View) -> Row:
    return {
        "ipnexthop": address,
        "ifname": short(port.name),
        "uptime": period(view.at - port.last_change_at),
        "pref": "0",
        "metric": "0",
        "clientname": "local",
        "ubest": "true",
    }


@answers("show ipv6 route vrf all | json")
def ipv6_routes(view: View) -> str:
    return ""


@answers("show ip route summary vrf all")
def summary(view: View) -> str:
    found = [route for route in view.device.routes.values() if not on_management(route)]
    paths = sum(max(len(route.hops), 1) for route in found)
    return (
        'IP Route Table for VRF "default"\n'
        f"Total number of routes: {len(found)}\n"
        f"Total number of paths:  {paths}\n\n"
    )


@answers("show ip arp vrf all | json", "show ip arp {address} vrf all | json")
def arp(view: View, address: str | None = None) -> str:
    ports = [port for port in view.device.ports.values() if port.oper_up]
    entries = [entry for port in ports if (entry := _neighbor(port, view))]
    rows = [entry for entry in entries if address in (None, entry["ip-addr-out"])]
    return document(
        table("vrf", [{"vrf-name-out": "all", **table("adj", rows), "cnt-total": str(len(rows))}])
    )


def _neighbor(port: Port, view: View) -> Row | None:
    far = port.far
    if port.host:
        address, mac = port.host.address, port.host.mac
    elif far and far.address:
        address, mac = far.address.partition("/")[0], far.mac
    else:
        return None
    return {
        "intf-out": port.name,
        "ip-addr-out": address,
        "time-stamp": period((view.at - port.last_change_at) % 1500),
        "mac": hardware_address(mac),
        "phy-intf": port.name,
        "flags": "",
    }


@answers("show ipv6 neighbor vrf all | json")
def ipv6_neighbors(view: View) -> str:
    return ""
