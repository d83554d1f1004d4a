"""Routes as zebra prints them, and which daemons run."""

from __future__ import annotations

from typing import Any

from netdoctor.lab.render import View, answers
from netdoctor.lab.render.linux.daemons import DAEMONS, runs
from netdoctor.lab.render.text import as_json, clock_text
from netdoctor.lab.routes import Hop, Route


@answers('vtysh -c "show ip route vrf all json"', 'vtysh -c "show ip route json"')
def table(view: View) -> str:
    routes = view.device.routes.values()
    return as_json({route.prefix: [_route(route, view)] for route in routes}, indent=2)


@answers('vtysh -c "show ip route {prefix} json"')
def route(view: View, prefix: str) -> str:
    found = view.device.routes.get(prefix)
    return as_json({found.prefix: [_route(found, view)]} if found else {}, indent=2)


@answers('vtysh -c "show ip route {prefix}"')
def entry(view: View, prefix: str) -> str:
    found = view.device.routes.get(prefix)
    if found is None:
        return "% Network not in table\n"
    hops = "".join(f"  * {_hop_text(hop)}\n" for hop in found.hops) or "  * unreachable (blackhole)\n"
    return (
        f"Routing entry for {prefix}\n"
        f'  Known via "{found.protocol}", distance {found.distance}, metric {found.metric}, best\n'
        f"  Last update {clock_text(view.at - found.since)} ago\n{hops}"
    )


def _hop_text(hop: Hop) -> str:
    name = hop.port.name if hop.port else "lo"
    return f"{hop.address}, via {name}, weight 1" if hop.address else f"directly connected, {name}"


def _route(route: Route, view: View) -> dict[str, Any]:
    hops = [_hop(hop) for hop in route.hops] or [_discard() if route.discards else _loopback()]
    return {
        "prefix": route.prefix,
        "prefixLen": int(route.prefix.partition("/")[2]),
        "protocol": route.protocol,
        "vrfId": 0,
        "vrfName": "default",
        "selected": True,
        "destSelected": True,
        "distance": route.distance,
        "metric": route.metric,
        "installed": True,
        "table": 254,
        "internalStatus": 16,
        "internalFlags": 8,
        "internalNextHopNum": len(hops),
        "internalNextHopActiveNum": len(hops),
        "uptime": clock_text(view.at - route.since),
        "nexthops": hops,
    }


def _hop(hop: Hop) -> dict[str, Any]:
    port = {"interfaceIndex": hop.port.index + 1, "interfaceName": hop.port.name} if hop.port else {}
    if hop.address is None:
        return {"flags": 3, "fib": True, "directlyConnected": True, **port, "active": True}
    return {"flags": 3, "fib": True, "ip": hop.address, "afi": "ipv4", **port, "active": True, "weight": 1}


def _loopback() -> dict[str, Any]:
    lo = {"interfaceIndex": 1, "interfaceName": "lo"}
    return {"flags": 3, "fib": True, "directlyConnected": True, **lo, "active": True}


def _discard() -> dict[str, Any]:
    return {"flags": 3, "fib": True, "unreachable": True, "blackhole": True, "active": True, "weight": 1}


@answers('vtysh -c "show ipv6 route vrf all json"', 'vtysh -c "show bgp vrf all ipv6 unicast json"')
def ipv6(view: View) -> str:
    """No router of this fabric has an IPv6 route."""
    return "{}\n"


@answers('vtysh -c "show daemons"')
def daemons(view: View) -> str:
    return " " + " ".join(name for name in DAEMONS if runs(view.device, name)) + "\n"


@answers('vtysh -c "show version"')
def version(view: View) -> str:
    return (
        f"FRRouting 9.1.1 ({view.device.name}) on Linux(6.1.0-25-amd64).\n"
        "Copyright 1996-2005 Kunihiro Ishiguro, et al.\n"
    )
