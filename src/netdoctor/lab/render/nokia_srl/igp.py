"""OSPF and IS-IS in the state tree; a router without them has nothing there."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from netdoctor.lab.igp import IgpInterface
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.nokia_srl.texts import in_default, stamp, subinterface

OSPF_STATES = {"down": "down", "init": "init", "exstart": "exchange-start", "full": "full"}
ISIS_STATES = {"down": "down", "init": "initializing", "full": "up"}
HOLD_TIME_S = 27
ISIS_HELLO_S = 9


def ends_of(view: View, protocol: str) -> list[IgpInterface]:
    if not view.device.igp_running:
        return []
    return [end for end in view.device.igp.values() if end.protocol == protocol]


def _far(end: IgpInterface, view: View) -> IgpInterface | None:
    """Who is heard at the other end, if anybody is."""
    if end.state == "down":
        return None
    both = next((one for one in view.world.adjacencies if end in one.ends), None)
    return both.far(end) if both else None


@answers("info from state network-instance {vrf} protocols ospf | as json")
def ospf(view: View, vrf: str) -> str:
    ends = ends_of(view, "ospf")
    if not ends:
        return in_default("ospf", {})
    areas: dict[str, list[IgpInterface]] = defaultdict(list)
    for end in ends:
        areas[end.area].append(end)
    instance = {
        "name": "default",
        "admin-state": "enable",
        "oper-state": "up",
        "version": "ospf-v2",
        "router-id": view.device.router_id,
        "overload": {"overload-state": "not in overload"},
        "area": [
            {"area-id": area, "oper-state": "up", "interface": [_ospf_interface(end, view) for end in within]}
            for area, within in areas.items()
        ],
    }
    return in_default("ospf", {"instance": [instance]})


def _ospf_interface(end: IgpInterface, view: View) -> dict[str, Any]:
    far = _far(end, view)
    neighbor = [_ospf_neighbor(end, far, view)] if far else []
    return {
        "interface-name": subinterface(end.port),
        "admin-state": "enable",
        "oper-state": "up" if end.port.oper_up else "down",
        "interface-type": end.network_type.replace("_", "-"),
        "passive": end.passive,
        "hello-interval": int(end.hello_interval_s),
        "dead-interval": int(end.dead_interval_s),
        "metric": end.cost,
        "mtu": end.port.mtu_bytes,
        **({"authentication": {"keychain": f"ospf-{end.port.name}"}} if end.password else {}),
        **({"neighbor": neighbor} if neighbor else {}),
    }


def _ospf_neighbor(end: IgpInterface, far: IgpInterface, view: View) -> dict[str, Any]:
    up_s = int(view.at - end.since)
    return {
        "router-id": far.device.router_id,
        "address": (far.port.address or "").partition("/")[0],
        "adjacency-state": OSPF_STATES[end.state],
        **({"up-time": up_s} if end.adjacent else {}),
        "priority": 1,
    }


@answers("info from state network-instance {vrf} protocols isis | as json")
def isis(view: View, vrf: str) -> str:
    ends = ends_of(view, "isis")
    if not ends:
        return in_default("isis", {})
    instance = {
        "name": "default",
        "admin-state": "enable",
        "oper-state": "up",
        "oper-area-id": sorted({end.area for end in ends}),
        "oper-system-id": system_id(view.device.router_id),
        "level-capability": "L2",
        "overload": {"current-status": "not-in-overload"},
        "interface": [_isis_interface(end, view) for end in ends],
    }
    return in_default("isis", {"instance": [instance]})


def system_id(router_id: str) -> str:
    """`10.255.0.1` as `0102.5500.0001`, the usual way of making one of the other."""
    digits = "".join(f"{int(part):03d}" for part in router_id.split("."))
    return ".".join(digits[start : start + 4] for start in (0, 4, 8))


def _isis_interface(end: IgpInterface, view: View) -> dict[str, Any]:
    far = _far(end, view)
    told: dict[str, Any] = {
        "interface-name": subinterface(end.port),
        "admin-state": "enable",
        "oper-state": "up" if end.port.oper_up else "down",
        "passive": end.passive,
        "circuit-type": end.network_type.replace("_", "-"),
        "level": [{"level-number": int(end.level[-1]), "metric": end.cost}],
    }
    return told | ({"adjacency": [_isis_adjacency(end, far, view)]} if far else {})


def _isis_adjacency(end: IgpInterface, far: IgpInterface, view: View) -> dict[str, Any]:
    return {
        "neighbor-system-id": system_id(far.device.router_id),
        "adjacency-level": f"L{end.level[-1]}",
        "neighbor-hostname": far.device.name,
        "neighbor-ip-address": (far.port.address or "").partition("/")[0],
        "state": ISIS_STATES[end.state],
        **({"up-timestamp": stamp(view.device, end.since)} if end.adjacent else {}),
        "remaining-holdtime": HOLD_TIME_S - int(view.at - end.since) % ISIS_HELLO_S,
    }
