"""OSPF, where a plan has it."""

from __future__ import annotations

import ipaddress
from typing import Any

from netdoctor.lab.igp import IgpInterface
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.text import address_of, as_json, far_end, heard, link_state

PROCESS = "1"
STATES = {"full": "full", "init": "init", "exstart": "exchStart"}
OPTIONS = {
    "multitopologyCapability": False,
    "doNotUseInRouteCalc": False,
    "demandCircuitsSupport": False,
    "nssaCapability": False,
    "externalRoutingCapability": True,
    "opaqueLsaSupport": False,
    "linkLocalSignaling": False,
    "multicastCapability": False,
}


def _instance(view: View, told: dict[str, Any]) -> str:
    """The one instance; EOS knows none of a device without OSPF."""
    vrfs = {"default": {"instList": {PROCESS: told}}} if link_state(view, "ospf") else {}
    return as_json({"vrfs": vrfs})


@answers("show ip ospf neighbor detail vrf all | json", "show ip ospf neighbor | json")
def neighbors(view: View) -> str:
    told = [entry for end in link_state(view, "ospf") if (entry := _neighbor(end, view))]
    return _instance(view, {"ospfNeighborEntries": told})


def _neighbor(end: IgpInterface, view: View) -> dict[str, Any] | None:
    far = far_end(view, end)
    if far is None or not heard(end):
        return None
    address = address_of(far.port)
    return {
        "routerId": far.device.router_id,
        "priority": 0,
        "drState": None,
        "interfaceName": end.port.name,
        "adjacencyState": STATES[end.state],
        "inactivity": round(view.device_time + end.dead_interval_s - 4.0, 6),
        "interfaceAddress": address[0] if address else "",
        "options": OPTIONS,
        "details": {
            "areaId": end.area,
            "bfdState": "adminDown",
            "backupDesignatedRouter": "0.0.0.0",  # noqa: S104 - what EOS prints for none
            "stateTime": end.since + view.device.clock_offset_s,
            "retransmissionCount": 0,
            "grLastRestartTime": None,
            "designatedRouter": "0.0.0.0",  # noqa: S104 - what EOS prints for none
            "grHelperTimer": None,
            "numberOfStateChanges": 6 + end.transitions_count,
            "bfdRequestSent": False,
            "grNumAttempts": 0,
            "inactivityDefers": 0,
        },
    }


@answers("show ip ospf interface vrf all | json", "show ip ospf interface {interface} | json")
def interfaces(view: View, interface: str | None = None) -> str:
    ends = [end for end in link_state(view, "ospf") if interface in (None, end.port.name)]
    return _instance(view, {"interfaces": {end.port.name: _interface(end) for end in ends}})


def _interface(end: IgpInterface) -> dict[str, Any]:
    address, length = address_of(end.port) or ("", 0)
    kind = "p2p" if end.network_type == "point_to_point" else "broadcast"
    return {
        "interfaceMask": length,
        "passive": end.passive,
        "bfdState": "default",
        "helloInterval": int(end.hello_interval_s),
        "area": end.area,
        "transmitDelay": 1,
        "teEnabled": False,
        "retransmitInterval": 5,
        "priority": 1,
        "state": ("p2p" if kind == "p2p" else "dr") if end.port.oper_up else "down",
        "cost": end.cost,
        "interfaceType": kind,
        "deadInterval": int(end.dead_interval_s),
        "neighborCount": int(heard(end)),
        "interfaceAddress": address,
        "authenticationType": "messageDigest" if end.password else "none",
        "options": OPTIONS,
    }


@answers("show ip ospf vrf all | json")
def instance(view: View) -> str:
    ends = link_state(view, "ospf")
    areas = sorted({end.area for end in ends}, key=ipaddress.IPv4Address)
    return _instance(
        view,
        {
            "instanceId": int(PROCESS),
            "vrf": "default",
            "routerId": view.device.router_id,
            "areaList": {area: _area([end for end in ends if end.area == area]) for area in areas},
            "numAreas": len(areas),
            "normalArea": len(areas),
            "maxMetricRouterLsa": False,
            "adjacencyCount": sum(end.adjacent for end in ends),
        },
    )


def _area(ends: list[IgpInterface]) -> dict[str, Any]:
    return {
        "areaId": ends[0].area,
        "numIntf": len(ends),
        "numAdjacencies": sum(end.adjacent for end in ends),
        "spfCount": 4 + sum(end.transitions_count for end in ends),
    }
