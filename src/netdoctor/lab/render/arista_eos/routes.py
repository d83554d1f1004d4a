"""Routes, ARP, and what these boxes do not have."""

from __future__ import annotations

from typing import Any

from netdoctor.lab.hardware import Port
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.text import as_json, hardware_address
from netdoctor.lab.routes import Hop, Route, lookup

TYPES = {
    "connected": "connected",
    "static": "static",
    "bgp": "eBGP",
    "ospf": "ospfIntraArea",
    "isis": "isisLevel2",
}


@answers("show ip route vrf all | json")
def table(view: View) -> str:
    return _vrfs(view, list(view.device.routes.values()))


@answers("show ip route vrf all {prefix} detail | json", "show ip route {prefix} | json")
def route(view: View, prefix: str) -> str:
    """The route of a prefix, or the longest match of an address."""
    found = view.device.routes.get(prefix) or lookup(view.device, prefix.partition("/")[0])
    return _vrfs(view, [found] if found else [])


@answers("show ip route vrf all summary | json")
def summary(view: View) -> str:
    routes = [route for route in view.device.routes.values() if not _on_management(route)]
    counts = {kind: sum(TYPES[route.protocol] == kind for route in routes) for kind in TYPES.values()}
    told = {
        "connected": counts["connected"],
        "static": counts["static"],
        "bgpCounts": {"bgpTotal": counts["eBGP"], "bgpExternal": counts["eBGP"], "bgpInternal": 0},
        "ospfCounts": {"ospfTotal": counts["ospfIntraArea"], "ospfIntraArea": counts["ospfIntraArea"]},
        "isisCounts": {"isisTotal": counts["isisLevel2"], "isisLevel2": counts["isisLevel2"]},
        "totalRoutes": len(routes),
    }
    return as_json({"vrfs": {"default": told}})


def _vrfs(view: View, routes: list[Route]) -> str:
    management = {
        "routes": {"192.0.2.0/24": _connected("Management1")},
        "routingDisabled": False,
        "allRoutesProgrammedHardware": True,
        "allRoutesProgrammedKernel": True,
        "defaultRouteState": "notSet",
    }
    default = {
        "routes": {r.prefix: _route(r) for r in routes if not _on_management(r)},
        "routingDisabled": False,
        "allRoutesProgrammedHardware": True,
        "allRoutesProgrammedKernel": True,
        "defaultRouteState": "notSet",
    }
    return as_json({"vrfs": {"default": default, "MGMT": management}})


def _on_management(route: Route) -> bool:
    return any(hop.port and hop.port.kind == "management" for hop in route.hops)


def _connected(interface: str) -> dict[str, Any]:
    return {
        "hardwareProgrammed": True,
        "routeType": "connected",
        "routeLeaked": False,
        "kernelProgrammed": True,
        "routeAction": "forward",
        "directlyConnected": True,
        "vias": [{"interface": interface}],
    }


def _route(route: Route) -> dict[str, Any]:
    if route.protocol == "connected":
        ports = [hop.port.name for hop in route.hops if hop.port]
        return _connected(ports[0] if ports else "Loopback0")
    return {
        "hardwareProgrammed": True,
        "routeType": TYPES[route.protocol],
        "routeLeaked": False,
        "kernelProgrammed": True,
        "preference": 200 if route.protocol == "bgp" else route.distance,
        "metric": route.metric,
        "routeAction": "drop" if route.discards else "forward",
        "directlyConnected": route.discards,
        "vias": [{"interface": "Null0"}] if route.discards else [_via(hop) for hop in route.hops],
    }


def _via(hop: Hop) -> dict[str, Any]:
    return {"nexthopAddr": hop.address, "interface": hop.port.name if hop.port else ""}


@answers("show ip arp vrf all | json", "show arp vrf all | json", "show ip arp vrf all {address} | json")
def arp(view: View, address: str | None = None) -> str:
    tables = {
        "default": _entries(view, "ethernet", address),
        "MGMT": _entries(view, "management", address),
    }
    return as_json(
        {
            "vrfs": {
                vrf: {
                    "totalEntries": len(entries),
                    "staticEntries": 0,
                    "dynamicEntries": len(entries),
                    "notLearnedEntries": 0,
                    "ipV4Neighbors": entries,
                }
                for vrf, entries in tables.items()
            }
        }
    )


def _entries(view: View, kind: str, address: str | None) -> list[dict[str, Any]]:
    ports = [p for p in view.device.ports.values() if p.kind == kind and p.oper_up]
    entries = [entry for port in ports if (entry := _entry(port, view))]
    return [entry for entry in entries if address in (None, entry["address"])]


def _entry(port: Port, view: View) -> dict[str, Any] | None:
    far = port.far
    if port.host:
        address, mac = port.host.address, port.host.mac
    elif far and far.address:
        address, mac = far.address.partition("/")[0], far.mac
    else:
        return None
    age = int(view.at - port.last_change_at) % 14400
    return {"hwAddress": hardware_address(mac), "address": address, "interface": port.name, "age": age}


@answers("show ipv6 neighbors | json")
def ipv6_neighbors(view: View) -> str:
    empty = {"totalEntries": 0, "staticEntries": 0, "dynamicEntries": 0, "ipV6Neighbors": []}
    return as_json({"vrfs": {"default": empty}})


@answers(
    "show port-channel detailed | json",
    "show lacp interface | json",
    "show lacp interface detailed | json",
    "show lacp interface {interface} detailed | json",
)
def port_channels(view: View, interface: str = "") -> str:
    return as_json({"portChannels": {}})


@answers("show hardware counter drop | json")
def hardware_drops(view: View) -> str:
    """The chip of these switches keeps no such counters."""
    return as_json({"totalAdverseDrops": 0, "totalCongestionDrops": 0, "dropEvents": {}})


COPP_CLASSES = {
    "copp-system-bgp": 0.4,
    "copp-system-bfd": 6.6,
    "copp-system-lldp": 0.1,
    "copp-system-arp": 0.2,
}
"""Classes of the control plane's policer, and what each sees, in packets a second and link."""


@answers("show policy-map interface control-plane")
def control_plane(view: View) -> str:
    links = sum(port.oper_up for port in view.device.ports.values())
    up_s = view.at - view.device.booted_at
    head = "Service-policy input: copp-system-policy\n  Hardware programming status: Successful\n"
    return head + "".join(
        f"\n  Class-map: {name} (match-any)\n"
        f"       shape : 5000 kbps\n"
        f"       bandwidth : 5000 kbps\n"
        f"      Out Packets : {int(rate_pps * links * up_s)}\n"
        f"      Drop Packets : 0\n"
        for name, rate_pps in COPP_CLASSES.items()
    )
