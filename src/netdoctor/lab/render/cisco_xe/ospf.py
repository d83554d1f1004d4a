"""OSPF: the process, its interfaces and neighbours."""

from __future__ import annotations

from collections.abc import Iterator

from netdoctor.lab.igp import Adjacency, IgpInterface
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.cisco_xe.interfaces import state
from netdoctor.lab.render.cisco_xe.texts import age
from netdoctor.lab.render.text import NO_ADDRESS

STATES = {"down": "DOWN", "init": "INIT", "exstart": "EXSTART", "full": "FULL"}


def running(view: View, protocol: str) -> list[IgpInterface]:
    """The interfaces that a protocol runs on, while it runs."""
    found = [end for end in view.device.igp.values() if end.protocol == protocol]
    return found if view.device.igp_running else []


def far_end(view: View, end: IgpInterface) -> IgpInterface | None:
    """The other end of an adjacency, once anything was heard of it."""
    found: Adjacency | None = next((one for one in view.world.adjacencies if end in one.ends), None)
    return found.far(end) if found and end.state != "down" else None


@answers("show ip ospf")
def process(view: View) -> str:
    ends = running(view, "ospf")
    return "".join(f"{line}\n" for line in _process(view, ends)) if ends else ""


def _process(view: View, ends: list[IgpInterface]) -> Iterator[str]:
    yield f' Routing Process "ospf 1" with ID {view.device.router_id}'
    yield f" Start time: 00:00:49.050, Time elapsed: {age(view.at - view.device.booted_at)}"
    yield " Supports only single TOS(TOS0) routes"
    yield " Supports opaque LSA"
    yield " Supports Link-local Signaling (LLS)"
    yield " Supports area transit capability"
    yield " Supports NSSA (compatible with RFC 3101)"
    yield " Supports Database Exchange Summary List Optimization (RFC 5243)"
    yield " Event-log enabled, Maximum number of events: 1000, Mode: cyclic"
    yield " Router is not originating router-LSAs with maximum metric"
    yield " Initial SPF schedule delay 50 msecs"
    yield " Minimum hold time between two consecutive SPFs 200 msecs"
    yield " Maximum wait time between two consecutive SPFs 5000 msecs"
    yield " Number of areas in this router is 1. 1 normal 0 stub 0 nssa"
    yield " Reference bandwidth unit is 100 mbps"
    for area in dict.fromkeys(end.area for end in ends):
        count = sum(end.area == area for end in ends)
        yield f"    Area {area_name(area)}"
        yield f"        Number of interfaces in this area is {count + 1} (1 loopback)"


def area_name(area: str) -> str:
    return f"BACKBONE({area})" if area == NO_ADDRESS else area


@answers("show ip ospf interface", "show ip ospf interface {interface}")
def interfaces(view: View, interface: str | None = None) -> str:
    ends = [end for end in running(view, "ospf") if interface in (None, end.port.name)]
    return "".join(f"{line}\n" for end in ends for line in _interface(end, view))


def _interface(end: IgpInterface, view: View) -> Iterator[str]:
    admin, protocol, _ = state(end.port)
    kind = end.network_type.upper()
    neighbors = int(far_end(view, end) is not None)
    yield f"{end.port.name} is {admin}, line protocol is {protocol}"
    yield f"  Internet Address {end.port.address}, Interface ID {end.port.index}, Area {end.area}"
    yield "  Attached via Interface Enable"
    yield f"  Process ID 1, Router ID {view.device.router_id}, Network Type {kind}, Cost: {end.cost}"
    yield "  Topology-MTID    Cost    Disabled    Shutdown      Topology Name"
    yield f"        0           {end.cost:<9} no          no            Base"
    yield f"  Transmit Delay is 1 sec, State {kind if end.port.oper_up else 'DOWN'}"
    hello, dead = int(end.hello_interval_s), int(end.dead_interval_s)
    yield f"  Timer intervals configured, Hello {hello}, Dead {dead}, Wait {dead}, Retransmit 5"
    yield "    oob-resync timeout 40"
    yield "    No Hellos (Passive interface)" if end.passive else "    Hello due in 00:00:05"
    yield "  Supports Link-local Signaling (LLS)"
    yield "  Cisco NSF helper support enabled"
    yield "  IETF NSF helper support enabled"
    yield "  Index 1/1/1, flood queue length 0"
    yield "  Next 0x0(0)/0x0(0)/0x0(0)"
    yield "  Last flood scan length is 0, maximum is 1"
    yield "  Last flood scan time is 0 msec, maximum is 0 msec"
    yield f"  Neighbor Count is {neighbors}, Adjacent neighbor count is {int(end.adjacent)}"
    if end.adjacent and (far := far_end(view, end)):
        yield f"    Adjacent with neighbor {far.device.router_id}"
    yield "  Suppress hello for 0 neighbor(s)"
    if end.password:
        yield "  Cryptographic authentication enabled"
        yield "    Youngest key id is 1"


@answers("show ip ospf neighbor detail", "show ip ospf neighbor")
def neighbors(view: View) -> str:
    pairs = [(end, far) for end in running(view, "ospf") if (far := far_end(view, end))]
    return "".join(f"{line}\n" for pair in pairs for line in _neighbor(*pair, view))


def _neighbor(end: IgpInterface, far: IgpInterface, view: View) -> Iterator[str]:
    address = (far.port.address or "").partition("/")[0]
    yield f" Neighbor {far.device.router_id}, interface address {address}, interface-id {far.port.index}"
    yield f"    In the area {end.area} via interface {end.port.name}"
    changes = 6 * end.transitions_count
    yield f"    Neighbor priority is 0, State is {STATES[end.state]}, {changes} state changes"
    yield f"    DR is {NO_ADDRESS} BDR is {NO_ADDRESS}"
    yield "    Options is 0x12 in Hello (E-bit, L-bit)"
    yield "    Options is 0x52 in DBD (E-bit, L-bit, O-bit)"
    yield "    LLS Options is 0x1 (LR)"
    yield "    Dead timer due in 00:00:36"
    yield f"    Neighbor is up for {age(view.at - end.since)}"
    yield "    Index 1/1/1, retransmission queue length 0, number of retransmission 0"
    yield "    First 0x0(0)/0x0(0)/0x0(0) Next 0x0(0)/0x0(0)/0x0(0)"
    yield "    Last retransmission scan length is 0, maximum is 0"
    yield "    Last retransmission scan time is 0 msec, maximum is 0 msec"


@answers("show ipv6 ospf neighbor detail")
def ipv6_neighbors(view: View) -> str:
    """No OSPFv3 runs in this network."""
    return ""
