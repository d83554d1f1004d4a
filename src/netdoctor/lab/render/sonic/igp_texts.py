"""OSPF and IS-IS as an engineer reads them in vtysh, where netdoctor reads JSON."""

from __future__ import annotations

from netdoctor.lab.igp import IgpInterface
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.linux.interfaces import flags
from netdoctor.lab.render.text import clock_text, far_end, heard, link_state

STATES = {"full": "Full", "init": "Init", "exstart": "ExStart"}
NETWORKS = {"point_to_point": "POINTOPOINT", "broadcast": "BROADCAST"}
PRIORITY = 1
AREA = "CORE"
LEVELS = {"1": "L1", "2": "L2", "1-2": "L1L2"}
CIRCUITS = {"point_to_point": "p2p", "broadcast": "lan"}


@answers('vtysh -c "show ip ospf interface {interface}"')
def interface(view: View, interface: str) -> str:
    found = [end for end in link_state(view, "ospf") if end.port.name == interface]
    return _interface(found[0]) if found else ""


def _interface(end: IgpInterface) -> str:
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
def neighbors(view: View) -> str:
    told = ""
    for end in link_state(view, "ospf"):
        far = far_end(view, end)
        if far and heard(end):
            told += _neighbor(end, far, view)
    return f"VRF Name: default\n{told}" if link_state(view, "ospf") else ""


def _neighbor(end: IgpInterface, far: IgpInterface, view: View) -> str:
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


def _state(end: IgpInterface) -> str:
    if not end.port.oper_up:
        return "Down"
    return "Point-To-Point" if end.network_type == "point_to_point" else "DROther"


def _address(end: IgpInterface) -> str:
    return (end.port.address or "").partition("/")[0]


@answers('vtysh -c "show isis interface {interface}"')
def circuit(view: View, interface: str) -> str:
    found = [end for end in link_state(view, "isis") if end.port.name == interface]
    return f"Area {AREA}:\n{_circuit(found[0])}" if found else ""


def _circuit(end: IgpInterface) -> str:
    state, active = "Up" if end.port.oper_up else "Down", "Passive" if end.passive else "Active"
    levels = "".join(
        f"    Level-{level} Information:\n"
        f"      Metric: {end.cost}, Active neighbors: {int(end.adjacent)}\n"
        f"      Hello interval: {end.hello_interval_s:.0f}, Holddown count: 10, Padding: yes\n"
        for level in end.level
        if level != "-"
    )
    return (
        f"  Interface: {end.port.name}, State: {state}, {active}, Circuit Id: 0x0\n"
        f"    Type: {CIRCUITS[end.network_type]}, Level: {LEVELS[end.level]}\n{levels}"
    )
