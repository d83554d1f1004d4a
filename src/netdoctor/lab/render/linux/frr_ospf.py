"""OSPF as FRR's ospfd prints it."""

from __future__ import annotations

import ipaddress
from typing import Any

from netdoctor.lab.igp import IgpInterface
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.text import address_of, as_json, far_end, heard, link_state

STATES = {"full": "Full", "init": "Init", "exstart": "ExStart"}
BACKBONE = "0.0.0.0"  # noqa: S104 - OSPF's backbone area
DROTHER = "DROther"


def _default_vrf(told: dict[str, Any]) -> str:
    return as_json({"default": {"vrfName": "default", "vrfId": 0, **told}}, indent=2)


@answers(
    'vtysh -c "show ip ospf vrf all neighbor json"',
    'vtysh -c "show ip ospf neighbor json"',
    'vtysh -c "show ip ospf vrf all neighbor detail json"',
    'vtysh -c "show ip ospf neighbor detail json"',
)
def neighbors(view: View) -> str:
    found: dict[str, list[dict[str, Any]]] = {}
    for end in link_state(view, "ospf"):
        far = far_end(view, end)
        if far and heard(end):
            found.setdefault(far.device.router_id, []).append(_neighbor(end, far, view))
    return _default_vrf({"neighbors": found})


def _neighbor(end: IgpInterface, far: IgpInterface, view: View) -> dict[str, Any]:
    state, up_s = f"{STATES[end.state]}/-", int(view.at - end.since)
    near_address, far_address = (address_of(one.port) or ("", 0) for one in (end, far))
    dead_ms = int(end.dead_interval_s * 1000) - 4_211
    return {
        "priority": 1,
        "state": state,
        "nbrPriority": 1,
        "nbrState": state,
        "converged": STATES[end.state],
        "role": DROTHER,
        "upTimeInMsec": up_s * 1000,
        "deadTimeMsecs": dead_ms,
        "routerDeadIntervalTimerDueMsec": dead_ms,
        "upTime": f"{up_s // 60}m{up_s % 60:02d}s",
        "deadTime": f"{dead_ms / 1000:.3f}s",
        "address": far_address[0],
        "ifaceAddress": far_address[0],
        "ifaceName": f"{end.port.name}:{near_address[0]}",
        "retransmitCounter": 0,
        "linkStateRetransmissionListCounter": 0,
        "requestCounter": 0,
        "linkStateRequestListCounter": 0,
        "dbSummaryCounter": 0,
        "databaseSummaryListCounter": 0,
    }


@answers('vtysh -c "show ip ospf vrf all interface json"', 'vtysh -c "show ip ospf interface json"')
def interfaces(view: View) -> str:
    found = {end.port.name: _interface(end, view) for end in link_state(view, "ospf")}
    return _default_vrf({"interfaces": found})


@answers('vtysh -c "show ip ospf interface {interface} json"')
def interface(view: View, interface: str) -> str:
    ends = [end for end in link_state(view, "ospf") if end.port.name == interface]
    return _default_vrf({"interfaces": {end.port.name: _interface(end, view) for end in ends}})


def _interface(end: IgpInterface, view: View) -> dict[str, Any]:
    port = end.port
    address, length = address_of(port) or ("", 0)
    p2p = end.network_type == "point_to_point"
    state = ("Point-To-Point" if p2p else "DR") if port.oper_up else "Down"
    return {
        "ifUp": port.oper_up,
        "ifIndex": port.index + 1,
        "mtuBytes": port.mtu_bytes,
        "bandwidthMbit": port.speed_bps // 1_000_000,
        "ifFlags": "<UP,BROADCAST,RUNNING,MULTICAST>" if port.oper_up else "<UP,BROADCAST,MULTICAST>",
        "ospfEnabled": True,
        "ipAddress": address,
        "ipAddressPrefixlen": length,
        "ospfIfType": "Broadcast",
        "localIfUsed": "255.255.255.255",
        "area": end.area,
        "routerId": view.device.router_id,
        "networkType": "POINTOPOINT" if p2p else "BROADCAST",
        "cost": end.cost,
        "transmitDelaySecs": 1,
        "state": state,
        "priority": 1,
        "mcastMemberOspfAllRouters": not end.passive,
        "timerMsecs": int(end.hello_interval_s * 1000),
        "timerDeadSecs": int(end.dead_interval_s),
        "timerWaitSecs": int(end.dead_interval_s),
        "timerRetransmitSecs": 5,
        **({"timerPassiveIface": True} if end.passive else {"timerHelloInMsecs": 3_448}),
        "nbrCount": int(heard(end)),
        "nbrAdjacentCount": int(end.adjacent),
        "authentication": "authenticationMessageDigest" if end.password else "authenticationNone",
    }


@answers('vtysh -c "show ip ospf vrf all json"', 'vtysh -c "show ip ospf json"')
def instance(view: View) -> str:
    ends = link_state(view, "ospf")
    areas = sorted({end.area for end in ends}, key=ipaddress.IPv4Address)
    last_spf_s = view.at - max((end.since for end in ends), default=view.device.booted_at)
    return _default_vrf(
        {
            "routerId": view.device.router_id,
            "tosRoutesOnly": True,
            "rfc2328Conform": True,
            "spfScheduleDelayMsecs": 0,
            "holdtimeMinMsecs": 50,
            "holdtimeMaxMsecs": 5000,
            "holdtimeMultplier": 1,
            "spfLastExecutedMsecs": int(last_spf_s * 1000),
            "spfLastDurationMsecs": 0,
            "lsaMinIntervalMsecs": 5000,
            "lsaMinArrivalMsecs": 1000,
            "writeMultiplier": 20,
            "refreshTimerMsecs": 10000,
            "maximumPaths": 256,
            "preference": 110,
            "lsaExternalCounter": 0,
            "lsaExternalChecksum": 0,
            "lsaAsopaqueCounter": 0,
            "lsaAsOpaqueChecksum": 0,
            "attachedAreaCounter": len(areas),
            "adjacencyChangesLogged": True,
            "areas": {area: _area([end for end in ends if end.area == area]) for area in areas},
        }
    )


def _area(ends: list[IgpInterface]) -> dict[str, Any]:
    return {
        **({"backbone": True} if ends[0].area == BACKBONE else {}),
        "areaIfTotalCounter": len(ends),
        "areaIfActiveCounter": sum(end.port.oper_up for end in ends),
        "nbrFullAdjacentCounter": sum(end.adjacent for end in ends),
        "authentication": "authenticationNone",
        "spfExecutedCounter": 4 + sum(end.transitions_count for end in ends),
    }
