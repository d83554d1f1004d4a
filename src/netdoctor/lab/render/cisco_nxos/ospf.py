"""OSPF, where a plan has it."""

from __future__ import annotations

from netdoctor.lab.igp import Adjacency, IgpInterface
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.cisco_nxos.words import NOT_RUNNING, TAG, Row, document, period, table
from netdoctor.lab.render.text import address_of

STATES = {"full": "FULL", "init": "INIT", "exstart": "EXSTART"}
"""A neighbour that is not heard is not listed."""


def runs(view: View, protocol: str) -> bool:
    """True when the device has a process of a link-state protocol, and it runs."""
    ends = view.device.igp.values()
    return view.device.igp_running and any(end.protocol == protocol for end in ends)


def far_end(view: View, end: IgpInterface) -> IgpInterface | None:
    """The other end of an interface's adjacency; None on a passive interface of hosts."""
    found: Adjacency | None = next((a for a in view.world.adjacencies if end in a.ends), None)
    return found.far(end) if found else None


def _context(name: str, rows: list[Row]) -> str:
    return document(table("ctx", [{"ptag": TAG, "cname": "default", **table(name, rows)}]))


@answers("show ip ospf neighbors detail vrf all | json")
def neighbors(view: View) -> str:
    if not runs(view, "ospf"):
        return NOT_RUNNING
    rows = [row for end in view.device.igp.values() if (row := _neighbor(end, view))]
    return _context("nbr", rows)


def _neighbor(end: IgpInterface, view: View) -> Row | None:
    far = far_end(view, end)
    if far is None or end.state not in STATES:
        return None
    address = address_of(far.port)
    return {
        "rid": far.device.router_id,
        "addr": address[0] if address else "",
        "area": end.area,
        "intf": end.port.name,
        "state": STATES[end.state],
        "transition": end.transitions_count * 5,
        "lastchange": period(view.at - end.since),
        "helloptions": "0x12",
        "dbdoptions": "0x52",
        "lastnonhello": period(view.at - end.since),
        "deadtimer": period(end.dead_interval_s - 4),
    }


@answers("show ip ospf interface vrf all | json", "show ip ospf interface {interface} | json")
def interfaces(view: View, interface: str | None = None) -> str:
    if not runs(view, "ospf"):
        return NOT_RUNNING
    ends = [end for end in view.device.igp.values() if interface in (None, end.port.name)]
    return _context("intf", [_interface(end) for end in ends])


def _interface(end: IgpInterface) -> Row:
    state = "P2P" if end.network_type == "point_to_point" else "BROADCAST"
    address, length = address_of(end.port) or ("", 0)
    up = "up" if end.port.oper_up else "down"
    return {
        "ifname": end.port.name,
        "admin_status": "up" if end.port.admin_up else "down",
        "proto_status": up,
        "addr": address,
        "masklen": length,
        "area": end.area,
        "if_cfg": "true",
        "state_str": state if end.port.oper_up else "DOWN",
        "type_str": state,
        "cost": end.cost,
        "index": end.port.index,
        **({"passive": "true"} if end.passive else _timers(end)),
    }


def _timers(end: IgpInterface) -> Row:
    """What a passive interface has none of."""
    return {
        "transmit_delay": 1,
        "if_priority": 1,
        "nbr_total": int(end.state in STATES),
        "nbr_flood": int(end.adjacent),
        "nbr_adjs": int(end.adjacent),
        "hello_interval": int(end.hello_interval_s),
        "dead_interval": int(end.dead_interval_s),
        "wait_interval": int(end.dead_interval_s),
        "rxmt_interval": 5,
        "hello_timer": "PT6S",
        "auth_type": "md5" if end.password else "none",
        "link_lsa_cnt": 0,
        "link_lsa_crc": 0,
        "state_chg_cnt": end.transitions_count,
    }


@answers("show ip ospf vrf all")
def instance(view: View) -> str:
    if not runs(view, "ospf"):
        return NOT_RUNNING
    ends = list(view.device.igp.values())
    areas = sorted({end.area for end in ends})
    head = (
        f"Routing Process {TAG} with ID {view.device.router_id} VRF default\n"
        " Routing Process Instance Number 1\n"
        " Stateful High Availability enabled\n"
        " Graceful-restart is configured\n"
        "   Grace period: 60 state: Inactive\n"
        "   Last graceful restart exit status: None\n"
        " Supports only single TOS(TOS0) routes\n"
        " Supports opaque LSA\n"
        " Administrative distance 110\n"
        " Reference Bandwidth is 40000 Mbps\n"
        " SPF throttling delay time of 200.000 msecs,\n"
        "   SPF throttling hold time of 1000.000 msecs,\n"
        "   SPF throttling maximum wait time of 5000.000 msecs\n"
        " LSA throttling start time of 0.000 msecs,\n"
        "   LSA throttling hold interval of 5000.000 msecs,\n"
        "   LSA throttling maximum wait time of 5000.000 msecs\n"
        " Minimum LSA arrival 1000.000 msec\n"
        " LSA group pacing timer 10 secs\n"
        " Maximum paths to destination 8\n"
        " Number of external LSAs 0, checksum sum 0\n"
        " Number of opaque AS LSAs 0, checksum sum 0\n"
        f" Number of areas is {len(areas)}, {len(areas)} normal, 0 stub, 0 nssa\n"
        f" Number of active areas is {len(areas)}, {len(areas)} normal, 0 stub, 0 nssa\n"
        " Install discard route for summarized external routes.\n"
        " Install discard route for summarized internal routes.\n"
    )
    return head + "".join(_area(area, ends, view) for area in areas)


def _area(area: str, ends: list[IgpInterface], view: View) -> str:
    inside = [end for end in ends if end.area == area]
    active = sum(end.port.oper_up for end in inside)
    name = "BACKBONE" if area == "0.0.0.0" else ""  # noqa: S104 - OSPF's backbone
    return (
        f"   Area {name}({area})\n"
        f"        Area has existed for {period(view.at - view.device.booted_at)}\n"
        f"        Interfaces in this area: {len(inside)} Active interfaces: {active}\n"
        f"        Passive interfaces: {sum(end.passive for end in inside)}  Loopback interfaces: 0\n"
        "        No authentication available\n"
        f"        SPF calculation has run {sum(end.transitions_count for end in inside) + 4} times\n"
        "         Last SPF ran for 0.001386s\n"
        "        Area ranges are\n"
        "        Number of LSAs: 19, checksum sum 0x7a137\n"
    )


@answers("show ospfv3 neighbors detail vrf all | json")
def neighbors_v3(view: View) -> str:
    return NOT_RUNNING
