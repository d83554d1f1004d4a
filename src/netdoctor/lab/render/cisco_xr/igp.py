"""OSPF and IS-IS."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from netdoctor.lab.hardware import Port
from netdoctor.lab.igp import IgpInterface, IgpProtocol
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.cisco_xr.words import age, place, short, stamped
from netdoctor.lab.render.text import hardware_address, system_id

OSPF_MISSING, ISIS_MISSING = "% OSPF is not running", "% IS-IS is not running"


def ends_of(view: View, protocol: IgpProtocol) -> list[IgpInterface]:
    found = [end for end in view.device.igp.values() if end.protocol == protocol]
    return sorted(found, key=lambda end: place(end.port))


def _told(
    view: View, protocol: IgpProtocol, tell: Callable[[View, list[IgpInterface]], Iterator[str]]
) -> str:
    """Without the protocol there is nothing to tell; with it, and without its process, that it is missing."""
    ends = ends_of(view, protocol)
    if not ends:
        return stamped(view)
    if not view.device.igp_running:
        return stamped(view, [OSPF_MISSING if protocol == "ospf" else ISIS_MISSING])
    return stamped(view, tell(view, ends))


def _far(end: IgpInterface) -> Port | None:
    return end.port.far


@answers("show ospf vrf all-inclusive neighbor detail")
def ospf_neighbors(view: View) -> str:
    return _told(view, "ospf", _ospf_neighbors)


def _ospf_neighbors(view: View, ends: list[IgpInterface]) -> Iterator[str]:
    heard = [(end, far) for end in ends if end.state != "down" and (far := _far(end)) is not None]
    yield from ("", "* Indicates MADJ interface", "# Indicates Neighbor awaiting BFD session up", "")
    yield from ("Neighbors for OSPF 1", "")
    for end, far in heard:
        yield f" Neighbor {far.device.router_id}, interface address {(far.address or '').partition('/')[0]}"
        yield f"    In the area {_area(end)} via interface {end.port.name} "
        changes = f"{6 * end.transitions_count} state changes"
        yield f"    Neighbor priority is 1, State is {end.state.upper()}, {changes}"
        yield "    DR is 0.0.0.0 BDR is 0.0.0.0"
        yield "    Options is 0x52  "
        yield "    LLS Options is 0x1 (LR)"
        yield f"    Dead timer due in {age(end.dead_interval_s - view.at % end.hello_interval_s)}"
        if end.adjacent:
            yield f"    Neighbor is up for {age(view.at - end.since)}"
        yield "    Number of DBD retrans during last exchange 0"
        yield "    Index 2/2, retransmission queue length 0, number of retransmission 0"
        yield "    First 0(0)/0(0) Next 0(0)/0(0)"
        yield "    Last retransmission scan length is 0, maximum is 0"
        yield "    Last retransmission scan time is 0 msec, maximum is 0 msec"
        yield "    LS Ack list: NSR-sync pending 0, high water mark 0"
        yield ""
    yield ""
    yield f"Total neighbor count: {len(heard)}"


def _area(end: IgpInterface) -> str:
    return "0" if end.area.endswith("0.0.0") else end.area


@answers("show ospf vrf all-inclusive interface", "show ospf interface {interface}")
def ospf_interfaces(view: View, interface: str | None = None) -> str:
    def tell(view: View, ends: list[IgpInterface]) -> Iterator[str]:
        yield from ("", "Interfaces for OSPF 1", "")
        if interface is None:
            yield from _ospf_loopback(view, ends[0])
        for end in ends:
            if interface in (None, end.port.name):
                yield from _ospf_interface(end, view)

    return _told(view, "ospf", tell)


def _ospf_loopback(view: View, end: IgpInterface) -> Iterator[str]:
    yield "Loopback0 is up, line protocol is up "
    yield f"  Internet Address {view.device.loopback}/32, Area {_area(end)}, SID 0, Strict-SPF SID 0"
    yield f"  Process ID 1, Router ID {view.device.router_id}, Network Type LOOPBACK, Cost: 1"
    yield "  Loopback interface is treated as a stub Host"


def _ospf_interface(end: IgpInterface, view: View) -> Iterator[str]:
    port, far = end.port, _far(end)
    state = "up" if port.oper_up else "down"
    kind = end.network_type.upper()
    here = ("POINT_TO_POINT" if kind == "POINT_TO_POINT" else "DR") if port.oper_up else "DOWN"
    yield f"{port.name} is {state}, line protocol is {state} "
    yield f"  Internet Address {port.address}, Area {_area(end)}, SID 0, Strict-SPF SID 0"
    yield "  Label stack Primary label 0 Backup label 0 SRTE label 0"
    yield f"  Process ID 1, Router ID {view.device.router_id}, Network Type {kind}, Cost: {end.cost}"
    sizes = f"MTU {port.mtu_bytes}, MaxPktSz {min(port.mtu_bytes, 9000)}"
    yield f"  Transmit Delay is 1 sec, State {here}, {sizes}"
    yield f"  Forward reference No, Unnumbered no,  Bandwidth {port.speed_bps // 1000} "
    yield (
        f"  Timer intervals configured, Hello {end.hello_interval_s:.0f}, Dead {end.dead_interval_s:.0f}, "
        f"Wait {end.dead_interval_s:.0f}, Retransmit 5"
    )
    hello_due_s = end.hello_interval_s - view.at % end.hello_interval_s
    yield "    No Hellos (Passive interface) " if end.passive else f"    Hello due in {age(hello_due_s)}:100"
    yield "  Index 2/2, flood queue length 0"
    yield "  Next 0(0)/0(0)"
    yield "  Last flood scan length is 1, maximum is 4"
    yield "  Last flood scan time is 0 msec, maximum is 0 msec"
    yield "  LS Ack List: current length 0, high water mark 7"
    heard = int(end.state != "down" and far is not None)
    yield f"  Neighbor Count is {heard}, Adjacent neighbor count is {int(end.adjacent)}"
    if end.adjacent and far:
        yield f"    Adjacent with neighbor {far.device.router_id}"
    yield "  Suppress hello for 0 neighbor(s)"
    if end.password:
        yield from ("  Message digest authentication enabled", "    Youngest key id is 1")
    yield "  Multi-area interface Count is 0"


@answers("show ospfv3 neighbor detail", "show ospfv3 interface")
def ospfv3(view: View) -> str:
    return stamped(view)


@answers("show isis adjacency detail", "show isis adjacency", "show isis neighbors")
def isis_adjacencies(view: View) -> str:
    return _told(view, "isis", _adjacencies)


def _adjacencies(view: View, ends: list[IgpInterface]) -> Iterator[str]:
    heard = [(end, far) for end in ends if end.state != "down" and (far := _far(end)) is not None]
    yield ""
    yield "IS-IS lab Level-2 adjacencies:"
    yield "System Id      Interface        SNPA           State Hold Changed  NSF IPv4 IPv6"
    yield "                                                                       BFD  BFD "
    for end, far in heard:
        state = "Up" if end.adjacent else "Init"
        yield (
            f"{far.device.name:<14} {short(end.port.name):<16} *PtoP*         {state:<5} {27:<4} "
            f"{age(view.at - end.since):<8} Yes None None"
        )
        yield f"  Area Address:           {end.area}"
        yield f"  Neighbor IPv4 Address:  {(far.address or '').partition('/')[0]}*"
        yield "  Topology:               IPv4 Unicast"
    yield ""
    yield f"Total adjacency count: {len(heard)}"


@answers("show isis interface", "show isis interface {interface}")
def isis_interfaces(view: View, interface: str | None = None) -> str:
    def tell(view: View, ends: list[IgpInterface]) -> Iterator[str]:
        yield from ("", "IS-IS lab Interfaces")
        for end in ends:
            if interface in (None, end.port.name):
                yield from _isis_interface(end, view)

    return _told(view, "isis", tell)


def _isis_interface(end: IgpInterface, view: View) -> Iterator[str]:
    port = end.port
    level = {"1": "level-1", "2": "level-2-only", "1-2": "level-1-2"}[end.level]
    formation = "Disabled (Passive in IS-IS cfg)" if end.passive else "Enabled"
    yield f"{port.name:<27} Enabled"
    yield f"  Adjacency Formation:      {formation}"
    yield "  Prefix Advertisement:     Enabled"
    yield "  IPv4 BFD:                 Disabled"
    yield "  IPv6 BFD:                 Disabled"
    yield "  BFD Min Interval:         150"
    yield "  BFD Multiplier:           3"
    yield "  RSI SRLG:                 Registered"
    yield f"  Bandwidth:                {port.speed_bps // 1000}"
    yield ""
    yield f"  Circuit Type:             {level}"
    yield f"  Media Type:               {'P2P' if end.network_type == 'point_to_point' else 'LAN'}"
    yield "  Circuit Number:           0"
    yield f"  Extended Circuit Number:  {port.index}"
    yield f"  Next P2P IIH in:          {int(end.hello_interval_s - view.at % end.hello_interval_s)} s"
    yield "  LSP Rexmit Queue Size:    0"
    yield ""
    yield "  Level-2"
    yield f"    Adjacency Count:        {int(end.adjacent)}"
    yield "    LSP Pacing Interval:    33 ms"
    yield "    PSNP Entry Queue Size:  0"
    yield f"    Hello Interval:         {end.hello_interval_s:.0f} s"
    yield "    Hello Multiplier:       3"
    yield ""
    yield "  CLNS I/O"
    yield f"    Protocol State:         {'Up' if port.oper_up else 'Down'}"
    yield f"    MTU:                    {port.mtu_bytes - 3}"
    yield f"    SNPA:                   {hardware_address(port.mac)}"
    yield "    Layer-2 MCast Groups Membership:"
    yield "      All ISs:              Yes"
    yield ""
    yield from _isis_topology(end)


def _isis_topology(end: IgpInterface) -> Iterator[str]:
    port = end.port
    yield "  IPv4 Unicast Topology:    Enabled"
    yield f"    Adjacency Formation:    {'Disabled' if end.passive else 'Running'}"
    yield "    Prefix Advertisement:   Running"
    yield f"    Metric (L1/L2):         {end.cost}/{end.cost}"
    yield "    Weight (L1/L2):         0/0"
    yield "    MPLS Max Label Stack:   1/3/10 (PRI/BKP/SRTE)"
    yield "    MPLS LDP Sync (L1/L2):  Disabled/Disabled"
    yield "    FRR (L1/L2):            L1 Not Enabled     L2 Not Enabled"
    yield "      FRR Type:             None               None"
    yield ""
    yield "  IPv4 Address Family:      Enabled"
    yield f"    Protocol State:         {'Up' if port.oper_up else 'Down'}"
    yield f"    Forwarding Address(es): {(port.address or '').partition('/')[0]}"
    yield f"    Global Prefix(es):      {port.address}"
    yield ""


@answers("show isis protocol", "show isis")
def isis_protocol(view: View) -> str:
    return _told(view, "isis", _protocol)


def _protocol(view: View, ends: list[IgpInterface]) -> Iterator[str]:
    yield ""
    yield "IS-IS Router: lab"
    yield f"  System Id: {system_id(view.device)} "
    yield "  Instance Id: 0"
    yield "  IS Levels: level-2-only"
    yield "  Manual area address(es):"
    yield f"    {ends[0].area}"
    yield "  Routing for area address(es):"
    yield f"    {ends[0].area}"
    yield "  LSP MTU: 1492"
    yield "  LSP Full: level-1: No, level-2: No"
    yield "  Non-stop forwarding: Disabled"
    yield "  Most recent startup mode: Cold Restart"
    yield "  TE connection status: Down"
    yield "  Overload Bit: not configured"
    yield "  Maximum Metric: not configured"
    yield "  Topologies supported by IS-IS:"
    yield "    IPv4 Unicast"
    yield "      Rib connected"
    yield "      Level-2"
    yield "        Metric style (generate/accept): Wide/Wide"
    yield f"        Metric: {ends[0].cost}"
    yield "      No protocols redistributed"
    yield "      Distance: 115"
    yield "      Advertise Passive Interface Prefixes Only: No"
    yield "  Interfaces supported by IS-IS:"
    for end in ends:
        how = "passively (passive in configuration)" if end.passive else "actively (active in configuration)"
        yield f"    {end.port.name} is running {how}"
