"""OSPF and IS-IS in the words that people read: what the answers to a report's next steps look like."""

from __future__ import annotations

import ipaddress

from netdoctor.lab.igp import IgpInterface
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.linux.frr_isis import AREA_TAG, LEVELS
from netdoctor.lab.render.linux.frr_ospf import DROTHER, STATES
from netdoctor.lab.render.text import NO_ADDRESS, address_of, far_end, heard, link_state


@answers('vtysh -c "show ip ospf interface {interface}"')
def ospf_interface(view: View, interface: str) -> str:
    ends = [end for end in link_state(view, "ospf") if end.port.name == interface]
    return "".join(_ospf_interface(end, view) for end in ends) or "% No such interface name\n"


def _ospf_interface(end: IgpInterface, view: View) -> str:
    port, p2p = end.port, end.network_type == "point_to_point"
    up = "up" if port.oper_up else "down"
    broadcast = ipaddress.ip_interface(port.address).network.broadcast_address if port.address else ""
    state = ("Point-To-Point" if p2p else "DR") if port.oper_up else "Down"
    hello = "    No Hellos (Passive interface)\n" if end.passive else "    Hello due in 3.448s\n"
    auth = "  Cryptographic authentication enabled\n  Algorithm:MD5\n" if end.password else ""
    return (
        f"{port.name} is {up}\n"
        f"  ifindex {port.index + 1}, MTU {port.mtu_bytes} bytes, BW {port.speed_bps // 1_000_000} Mbit "
        f"<UP,BROADCAST{',RUNNING' if port.oper_up else ''},MULTICAST>\n"
        f"  Internet Address {port.address}, Broadcast {broadcast}, Area {end.area}\n"
        "  MTU mismatch detection: enabled\n"
        f"  Router ID {view.device.router_id}, Network Type {'POINTOPOINT' if p2p else 'BROADCAST'}, "
        f"Cost: {end.cost}\n"
        f"  Transmit Delay is 1 sec, State {state}, Priority 1\n"
        "  No backup designated router on this network\n"
        f"  Multicast group memberships: {'<None>' if end.passive else 'OSPFAllRouters'}\n"
        f"  Timer intervals configured, Hello {end.hello_interval_s:.0f}s, Dead {end.dead_interval_s:.0f}s, "
        f"Wait {end.dead_interval_s:.0f}s, Retransmit 5\n"
        f"{hello}"
        f"  Neighbor Count is {int(heard(end))}, Adjacent neighbor count is {int(end.adjacent)}\n"
        f"{auth}"
    )


@answers('vtysh -c "show ip ospf vrf all neighbor detail"', 'vtysh -c "show ip ospf neighbor detail"')
def ospf_neighbors(view: View) -> str:
    told = (_ospf_neighbor(end, view) for end in link_state(view, "ospf"))
    return "\nVRF Name: default\n\n" + "".join(told)


def _ospf_neighbor(end: IgpInterface, view: View) -> str:
    far = far_end(view, end)
    if far is None or not heard(end):
        return ""
    since_s, address = int(view.at - end.since), address_of(far.port)
    return (
        f" Neighbor {far.device.router_id}, interface address {address[0] if address else ''}\n"
        f"    In the area {end.area} via interface {end.port.name}\n"
        f"    Neighbor priority is 1, State is {STATES[end.state]}/-, Role is {DROTHER}, "
        f"{5 + end.transitions_count} state changes\n"
        "    Most recent state change statistics:\n"
        f"      Progressive change {since_s // 3600}h{since_s % 3600 // 60:02d}m{since_s % 60:02d}s ago\n"
        f"    DR is {NO_ADDRESS}, BDR is {NO_ADDRESS}\n"
        "    Options 2 *|-|-|-|-|-|E|-\n"
        f"    Dead timer due in {end.dead_interval_s - 4.211:.3f}s\n"
        "    Database Summary List 0\n"
        "    Link State Request List 0\n"
        "    Link State Retransmission List 0\n"
        "    Thread Inactivity Timer on\n"
        "    Thread Database Description Retransmision off\n"
        "    Thread Link State Request Retransmission on\n"
        "    Thread Link State Update Retransmission on\n\n"
    )


@answers('vtysh -c "show isis interface {interface}"')
def isis_interface(view: View, interface: str) -> str:
    ends = [end for end in link_state(view, "isis") if end.port.name == interface]
    return f"Area {AREA_TAG}:\n" + "".join(map(_isis_interface, ends))


def _isis_interface(end: IgpInterface) -> str:
    state, way = "Up" if end.port.oper_up else "Down", "Passive" if end.passive else "Active"
    kind = "p2p" if end.network_type == "point_to_point" else "lan"
    levels = end.level.split("-")
    return (
        f"  Interface: {end.port.name}, State: {state}, {way}, Circuit Id: 0x0\n"
        f"    Type: {kind}, Level: {LEVELS[end.level]}\n"
        + "".join(
            f"    Level-{level} Information:\n"
            f"      Metric: {end.cost}, Active neighbors: {int(end.adjacent)}\n"
            f"      Hello interval: {end.hello_interval_s:.0f}, Holddown count: 10, Padding: yes\n"
            "      CNSP interval: 10, PSNP interval: 2\n"
            for level in levels
        )
    )
