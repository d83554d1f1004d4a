"""Routing tables, and what BGP's neighbours are told and tell."""

from __future__ import annotations

import ipaddress
from collections import Counter
from collections.abc import Iterable
from typing import Any

from netdoctor.lab.hardware import Port
from netdoctor.lab.render import View
from netdoctor.lab.render.juniper_junos.bgp import PREFERENCE
from netdoctor.lab.render.juniper_junos.interfaces import unit
from netdoctor.lab.render.juniper_junos.shape import Tree, lasting, root, shown
from netdoctor.lab.render.text import address_of
from netdoctor.lab.routes import Hop, Path, Protocol, Route, advertised, lookup

NAMES: dict[Protocol, tuple[str, int]] = {
    "connected": ("Direct", 0),
    "static": ("Static", 5),
    "bgp": ("BGP", PREFERENCE),
    "ospf": ("OSPF", 10),
    "isis": ("IS-IS", 18),
}
"""Junos's names of the protocols, and its preferences."""
LOCAL_PREFERENCE = 100


@shown("show route active-path", "show route", routing=True)
def table(view: View) -> Tree:
    return _tables(view, view.device.routes.values(), local=True)


@shown("show route instance detail", routing=True)
def instances(view: View) -> Tree:
    """The one instance of a router without VRFs."""
    device = view.device
    units = ["lo0.0", *(unit(port) for port in device.ports.values() if port.address)]
    table = {
        "irib-name": "inet.0",
        "irib-route-count": len(device.routes),
        "irib-active-count": len(device.routes),
        "irib-holddown-count": 0,
        "irib-hidden-count": 0,
    }
    master = {
        "instance-name": "master",
        "router-id": device.router_id,
        "instance-type": "forwarding",
        "instance-state": "Active",
        "instance-interface": [{"interface-name": name} for name in units],
        "instance-rib": [table],
    }
    return root("instance-information", {"instance-core": [master]}, style="detail")


@shown("show route {prefix} exact detail", routing=True)
def exact(view: View, prefix: str) -> Tree:
    found = view.device.routes.get(prefix)
    return _tables(view, [found] if found else [])


@shown("show route {prefix} detail", routing=True)
def covering(view: View, prefix: str) -> Tree:
    """The route of a prefix, or the longest match of an address."""
    found = view.device.routes.get(prefix) or lookup(view.device, prefix.partition("/")[0])
    return _tables(view, [found] if found else [])


def _tables(view: View, routes: Iterable[Route], *, local: bool = False) -> Tree:
    entries = [_route(route, view) for route in routes]
    entries += [_own(port, view) for port in view.device.ports.values() if port.address] if local else []
    return root("route-information", {"route-table": [_table("inet.0", entries)] if entries else []})


def _table(name: str, entries: list[Tree]) -> Tree:
    return {
        "table-name": name,
        "destination-count": len(entries),
        "total-route-count": len(entries),
        "active-route-count": len(entries),
        "holddown-route-count": 0,
        "hidden-route-count": 0,
        "rt": entries,
    }


def _route(route: Route, view: View) -> Tree:
    protocol, preference = NAMES[route.protocol]
    entry: dict[str, Any] = {
        "active-tag": "*",
        "current-active": None,
        "last-active": None,
        "protocol-name": protocol,
        "preference": preference,
        "age": lasting(view.at - route.since),
    }
    if route.protocol in ("ospf", "isis"):
        entry["metric"] = route.metric
    if route.protocol == "bgp":
        entry |= _learned(view.device.best[route.prefix])
    if route.discards:
        entry["nh-type"] = "Discard"
    return _entry(route.prefix, {**entry, "nh": [] if route.discards else _hops(route)})


def _hops(route: Route) -> list[Tree]:
    if not route.hops:
        return [{"selected-next-hop": None, "via": "lo0.0"}]
    return [
        _hop(hop) | ({"selected-next-hop": None} if number == 0 else {})
        for number, hop in enumerate(route.hops)
    ]


def _hop(hop: Hop) -> dict[str, Any]:
    place = {"via": unit(hop.port)} if hop.port else {}
    return ({"to": hop.address} if hop.address else {}) | place


def _learned(paths: list[Path]) -> Tree:
    first = paths[0]
    return {
        "local-preference": LOCAL_PREFERENCE,
        "learned-from": first.learned_from.peer_address if first.learned_from else "",
        "as-path": f"{_as_path(first)} I",
        "validation-state": "unverified",
    }


def _as_path(path: Path) -> str:
    return " ".join(map(str, path.as_path))


def _own(port: Port, view: View) -> Tree:
    """The address of a port itself."""
    address, _ = address_of(port) or ("", 0)
    since = view.at - (port.last_change_at or view.device.booted_at)
    entry = {
        "active-tag": "*",
        "protocol-name": "Local",
        "preference": 0,
        "age": lasting(since),
        "nh-type": "Local" if port.oper_up else "Reject",
        "nh": [{"nh-local-interface": unit(port)}],
    }
    return _entry(f"{address}/32", entry)


def _entry(prefix: str, entry: Tree) -> Tree:
    return {"attributes": {"junos:style": "brief"}, "rt-destination": prefix, "rt-entry": entry}


@shown("show route receive-protocol bgp {peer}", routing=True)
def received(view: View, peer: str) -> Tree:
    end = view.device.neighbors.get(peer)
    return _exchanged(end.received if end else {}, peer)


@shown("show route advertising-protocol bgp {peer}", routing=True)
def announced(view: View, peer: str) -> Tree:
    end = view.device.neighbors.get(peer)
    return _exchanged(advertised(end, end.remote_as) if end and end.established else {}, "Self")


def _exchanged(paths: dict[str, Path], hop: str) -> Tree:
    entries = [
        _entry(
            prefix,
            {
                "active-tag": "*",
                "protocol-name": "BGP",
                "nh": [{"to": hop}],
                "as-path": f"{_as_path(path)} I",
            },
        )
        for prefix, path in sorted(paths.items())
    ]
    return root("route-information", {"route-table": [_table("inet.0", entries)] if entries else []})


@shown("show route summary", routing=True)
def summary(view: View) -> Tree:
    device = view.device
    counts = Counter(NAMES[route.protocol][0] for route in device.routes.values())
    counts["Local"] = sum(port.address is not None for port in device.ports.values())
    total = counts.total()
    table = {
        "table-name": "inet.0",
        "destination-count": total,
        "total-route-count": total,
        "active-route-count": total,
        "holddown-route-count": 0,
        "hidden-route-count": 0,
        "protocols": [
            {"protocol-name": name, "protocol-route-count": number, "active-route-count": number}
            for name, number in counts.items()
            if number
        ],
    }
    content = {"as-number": device.asn, "router-id": device.router_id, "route-table": [table]}
    return root("route-summary-information", content)


@shown("show route forwarding-table summary", "show route forwarding-table")
def forwarding(view: View) -> Tree:
    entries = [_programmed(route) for route in view.device.routes.values()]
    return root(
        "forwarding-table-information",
        {"route-table": [{"table-name": "default", "address-family": "Internet", "rt-entry": entries}]},
        module="forwarding",
    )


def _programmed(route: Route) -> Tree:
    discard = {"nh-type": "dscd", "nh-index": 34, "nh-reference-count": 1}
    hops = [discard] if route.discards else [_hop(hop) | {"nh-type": "ucst"} for hop in route.hops]
    return {
        "rt-destination": str(ipaddress.ip_network(route.prefix)),
        "destination-type": "user",
        "nh": hops or [{"nh-type": "locl"}],
    }
