"""The texts that an engineer reads where netdoctor reads JSON: ip, tc, ping."""

from __future__ import annotations

import ipaddress

from netdoctor.lab.hardware import Port
from netdoctor.lab.render import Reply, View, answers
from netdoctor.lab.render.linux.interfaces import flags, neighbour_of, scheduler
from netdoctor.lab.render.text import counted
from netdoctor.lab.routes import lookup


def _no_device(interface: str) -> Reply:
    return Reply("", f'Device "{interface}" does not exist.\n', 1)


@answers("ip -d link show dev {interface}")
def link(view: View, interface: str) -> Reply:
    port = view.device.ports.get(interface)
    return Reply(_link(port)) if port else _no_device(interface)


@answers("ip -s -s -d link show dev {interface}")
def link_counters(view: View, interface: str) -> Reply:
    port = view.device.ports.get(interface)
    return Reply(_link(port) + _counters(port, view)) if port else _no_device(interface)


def _link(port: Port) -> str:
    state = "UP" if port.oper_up else "DOWN"
    alias = f"    alias {port.description}\n" if port.description else ""
    closed = f" protodown on protodown_reason <{port.disabled_reason}>" if port.disabled_reason else ""
    return (
        f"{port.index + 1}: {port.name}: <{','.join(flags(port))}> mtu {port.mtu_bytes} "
        f"qdisc {scheduler(port)} state {state} mode DEFAULT group default qlen 1000\n"
        f"    link/ether {port.mac} brd ff:ff:ff:ff:ff:ff promiscuity 0{closed} minmtu 68 maxmtu 9702\n"
        f"{alias}"
    )


def _counters(port: Port, view: View) -> str:
    counts = counted(port, view)
    errors = counts["in_fcs_errors"] + counts["in_giants"]
    return (
        "    RX:       bytes    packets errors dropped  missed   mcast\n"
        f"    {counts['in_octets']:15d} {counts['in_pkts']:10d} {errors:6d} {counts['in_discards']:7d}"
        "       0       0\n"
        "    RX errors:  length    crc   frame    fifo overrun\n"
        f"              {counts['in_giants']:8d} {counts['in_fcs_errors']:6d}       0       0       0\n"
        "    TX:       bytes    packets errors dropped carrier collsns\n"
        f"    {counts['out_octets']:15d} {counts['out_pkts']:10d}      0       0       0       0\n"
        "    TX errors: aborted   fifo  window heartbt transns\n"
        f"                     0      0       0       0 {port.carrier_transitions_count:7d}\n"
    )


@answers("tc -s qdisc show dev {interface}")
def discipline(view: View, interface: str) -> Reply:
    port = view.device.ports.get(interface)
    if port is None:
        return Reply("", f'Cannot find device "{interface}"\n', 1)
    sent, octets, dropped = (
        sum(queue.meters[name].read(view.at) for queue in port.queues)
        for name in ("sent_pkts", "sent_octets", "dropped_pkts")
    )
    over = dropped if port.shaper_bps else 0
    rate = f" rate {port.shaper_bps // 1_000_000}Mbit burst 125000b lat 50ms" if port.shaper_bps else ""
    return Reply(
        f"qdisc {scheduler(port)} 80{port.index:02x}: root refcnt 2{rate}\n"
        f" Sent {octets} bytes {sent} pkt (dropped {dropped}, overlimits {over} requeues 0)\n"
        f" backlog {sum(queue.depth_octets for queue in port.queues)}b 0p requeues 0\n"
    )


@answers("tc -s class show dev {interface}")
def classes(view: View, interface: str) -> str:
    """No queue of these devices stands in a class."""
    return ""


@answers("ip route get {address}")
def route_to(view: View, address: str) -> Reply:
    found = lookup(view.device, address)
    if found is None or found.discards:
        return Reply("", "RTNETLINK answers: Network is unreachable\n", 2)
    hop = found.hops[0] if found.hops else None
    via = f" via {hop.address}" if hop and hop.address else ""
    name = hop.port.name if hop and hop.port else "lo"
    return Reply(f"{address}{via} dev {name} src {view.device.loopback} uid 1000\n    cache\n")


@answers("ip neigh show to {address}")
def neighbour(view: View, address: str) -> str:
    found = (neighbour_of(port) for port in view.device.ports.values() if port.oper_up)
    rows = [row for row in found if row and row["dst"] == address]
    return "".join(f"{row['dst']} dev {row['dev']} lladdr {row['lladdr']} REACHABLE\n" for row in rows)


@answers("ping -c {count} -W {wait} {address}")
def ping(view: View, count: str, wait: str, address: str) -> Reply:
    """Answered by every address that stands on a router of the fabric and is routed to."""
    sent = int(count)
    answered = sent if _reachable(view, address) else 0
    rows = "".join(
        f"64 bytes from {address}: icmp_seq={n} ttl=64 time=0.3{n} ms\n" for n in range(1, answered + 1)
    )
    lost_pct = 100 * (sent - answered) // sent
    summary = f"{sent} packets transmitted, {answered} received, {lost_pct}% packet loss, time {sent - 1}s\n"
    head = f"PING {address} ({address}) 56(84) bytes of data.\n"
    return Reply(f"{head}{rows}\n--- {address} ping statistics ---\n{summary}", "", 0 if answered else 1)


def _reachable(view: View, address: str) -> bool:
    owners = (
        ipaddress.ip_interface(port.address).ip == ipaddress.ip_address(address)
        for port in view.world.ports()
        if port.address and port.oper_up
    )
    route = lookup(view.device, address)
    return any(owners) and route is not None and not route.discards
