"""OSPF as FRR's ospfd prints it, where a plan has it."""

from __future__ import annotations

from typing import Any

from netdoctor.lab.igp import IgpInterface
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.linux.interfaces import flags
from netdoctor.lab.render.text import address_of, as_json, clock_text, far_end, heard, link_state

STATES = {"full": "Full", "init": "Init", "exstart": "ExStart"}
NETWORKS = {"point_to_point": "POINTOPOINT", "broadcast": "BROADCAST"}
PRIORITY = 1


def _vrf(view: View, **told: Any) -> str:
    """The default VRF's part; nothing where nobody configured OSPF."""
    content = {"default": {"vrfName": "default", "vrfId": 0, **told}} if link_state(view, "ospf") else {}
    return as_json(content, indent=2)


@answers('vtysh -c "show ip ospf vrf all json"')
def instance(view: View) -> str:
    return _vrf(
        view,
        routerId=view.device.router_id,
        tosRoutesOnly=True,
        rfc2328Conform=True,
        holdtimeMinMsecs=50,
        holdtimeMaxMsecs=5000,
        holdtimeMultplier=1,
        maximumPaths=64,
        preference=110,
        attachedAreaCounter=len({end.area for end in link_state(view, "ospf")}),
        adjacencyChangesLogged=True,
        areas=_areas(link_state(view, "ospf")),
    )


def _areas(ends: list[IgpInterface]) -> dict[str, Any]:
    return {
        area: {
            "backbone": area == "0.0.0.0",  # noqa: S104 - OSPF's backbone area
            "areaIfTotalCounter": sum(end.area == area for end in ends),
            "areaIfActiveCounter": sum(end.area == area and end.port.oper_up for end in ends),
            "nbrFullAdjacentCounter": sum(end.area == area and end.adjacent for end in ends),
            "authentication": "authenticationNone",
        }
        for area in sorted({end.area for end in ends})
    }


@answers('vtysh -c "show ip ospf vrf all interface json"')
def interfaces(view: View) -> str:
    return _vrf(view, interfaces={end.port.name: _interface(end) for end in link_state(view, "ospf")})


def _interface(end: IgpInterface) -> dict[str, Any]:
    port, place = end.port, address_of(end.port)
    passive = {"timerPassiveIface": True}
    return {
        "ifUp": port.oper_up,
        "ifIndex": port.index + 1,
        "mtuBytes": port.mtu_bytes,
        "bandwidthMbit": port.speed_bps // 10**6,
        "ifFlags": f"<{','.join(flags(port))}>",
        "ospfEnabled": True,
        **({"ipAddress": place[0], "ipAddressPrefixlen": place[1]} if place else {}),
        "ospfIfType": "Broadcast",
        "area": end.area,
        "routerId": end.device.router_id,
        "networkType": NETWORKS[end.network_type],
        "cost": end.cost,
        "transmitDelaySecs": 1,
        "state": _state(end),
        "priority": PRIORITY,
        "mcastMemberOspfAllRouters": True,
        "timerMsecs": int(end.hello_interval_s * 1000),
        "timerDeadSecs": int(end.dead_interval_s),
        "timerWaitSecs": int(end.dead_interval_s),
        "timerRetransmitSecs": 5,
        **(passive if end.passive else {"timerHelloInMsecs": 3731}),
        "nbrCount": int(heard(end)),
        "nbrAdjacentCount": int(end.adjacent),
        **({"authentication": "authenticationMessageDigest"} if end.password else {}),
    }


def _state(end: IgpInterface) -> str:
    if not end.port.oper_up:
        return "Down"
    return "Point-To-Point" if end.network_type == "point_to_point" else "DROther"


@answers('vtysh -c "show ip ospf vrf all neighbor json"')
def neighbors(view: View) -> str:
    found: dict[str, list[dict[str, Any]]] = {}
    for end in link_state(view, "ospf"):
        far = far_end(view, end)
        if far and heard(end):
            found.setdefault(far.device.router_id, []).append(_neighbor(end, far, view))
    return _vrf(view, neighbors=found)


def _neighbor(end: IgpInterface, far: IgpInterface, view: View) -> dict[str, Any]:
    up_s = view.at - end.since
    near, there = (_address(one) for one in (end, far))
    state = STATES[end.state]
    left_ms = int(far.dead_interval_s * 1000) - 4211
    return {
        "priority": PRIORITY,
        "state": f"{state}/-",
        "nbrPriority": PRIORITY,
        "nbrState": f"{state}/-",
        "converged": state,
        "role": "DROther",
        "upTimeInMsec": int(up_s * 1000),
        "deadTimeMsecs": left_ms,
        "routerDeadIntervalTimerDueMsec": left_ms,
        "upTime": clock_text(up_s),
        "deadTime": f"{left_ms / 1000:.3f}s",
        "address": there,
        "ifaceAddress": there,
        "ifaceName": f"{end.port.name}:{near}",
        "retransmitCounter": 0,
        "linkStateRetransmissionListCounter": 0,
        "requestCounter": 0,
        "linkStateRequestListCounter": 0,
        "dbSummaryCounter": 0,
        "databaseSummaryListCounter": 0,
    }


def _address(end: IgpInterface) -> str:
    return (end.port.address or "").partition("/")[0]


@answers('vtysh -c "show ip ospf interface {interface}"')
def interface_text(view: View, interface: str) -> str:
    found = [end for end in link_state(view, "ospf") if end.port.name == interface]
    return _interface_text(found[0]) if found else ""


def _interface_text(end: IgpInterface) -> str:
    port = end.port
    hello, dead = (f"{seconds:.0f}s" for seconds in (end.hello_interval_s, end.dead_interval_s))
    due = "No Hellos (Passive interface)" if end.passive else "Hello due in 3.731s"
    digest = "  Cryptographic authentication enabled\n  Algorithm:MD5\n" if end.password else ""
    return (
        f"{port.name} is {'up' if port.oper_up else 'down'}\n"
        f"  ifindex {port.index + 1}, MTU {port.mtu_bytes} bytes, BW {port.speed_bps // 10**6} Mbit "
        f"<{','.join(flags(port))}>\n"
        f"  Internet Address {port.address}, Area {end.area}\n"
        "  MTU mismatch detection: enabled\n"
        f"  Router ID {end.device.router_id}, Network Type {NETWORKS[end.network_type]}, Cost: {end.cost}\n"
        f"  Transmit Delay is 1 sec, State {_state(end)}, Priority {PRIORITY}\n"
        "  No backup designated router on this network\n"
        "  Multicast group memberships: OSPFAllRouters\n"
        f"  Timer intervals configured, Hello {hello}, Dead {dead}, Wait {dead}, Retransmit 5\n"
        f"    {due}\n"
        f"  Neighbor Count is {int(heard(end))}, Adjacent neighbor count is {int(end.adjacent)}\n{digest}"
    )


@answers('vtysh -c "show ip ospf vrf all neighbor detail"')
def neighbors_text(view: View) -> str:
    told = ""
    for end in link_state(view, "ospf"):
        far = far_end(view, end)
        if far and heard(end):
            told += _neighbor_text(end, far, view)
    return f"VRF Name: default\n{told}" if link_state(view, "ospf") else ""


def _neighbor_text(end: IgpInterface, far: IgpInterface, view: View) -> str:
    near, there = (_address(one) for one in (end, far))
    return (
        f" Neighbor {far.device.router_id}, interface address {there}\n"
        f"    In the area {end.area} via interface {end.port.name} local interface IP {near}\n"
        f"    Neighbor priority is {PRIORITY}, State is {STATES[end.state]}/-, Role is DROther, "
        f"{end.transitions_count * 6} state changes\n"
        f"    Most recent state change statistics:\n      Progressive change "
        f"{clock_text(view.at - end.since)} ago\n"
        "    DR is 0.0.0.0, BDR is 0.0.0.0\n"
        "    Options 2 *|-|-|-|-|-|E|-\n"
        f"    Dead timer due in {far.dead_interval_s - 4.211:.3f}s\n"
    )
