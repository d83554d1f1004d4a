"""The short tables that people type: text, as a terminal shows it."""

from __future__ import annotations

from netdoctor.lab.bgp import Neighbor
from netdoctor.lab.render import Reply, View, answers
from netdoctor.lab.render.juniper_junos.bgp import neighbors_of
from netdoctor.lab.render.juniper_junos.environment import alarm_words, raised_at
from netdoctor.lab.render.juniper_junos.interfaces import unit
from netdoctor.lab.render.juniper_junos.shape import NO_ROUTING, age
from netdoctor.lab.render.text import utc

NO_ALARMS = "No alarms currently active\n"
ACTIVE = "Active/Received/Accepted/Damped..."


@answers("show bgp summary", "show bgp summary | no-more")
def bgp_summary(view: View) -> str | Reply:
    if not view.device.bgp_running:
        return NO_ROUTING
    ends = neighbors_of(view)
    down = sum(not end.established for end in ends)
    learned = sum(len(end.received) for end in ends)
    active = sum(path.learned_from is not None for paths in view.device.best.values() for path in paths)
    return (
        "Threading mode: BGP I/O\n"
        f"Groups: 1 Peers: {len(ends)} Down peers: {down}\n"
        "Table          Tot Paths  Act Paths Suppressed    History Damp State    Pending\n"
        "inet.0               \n"
        f"                {learned:10d} {active:10d}          0          0          0          0\n"
        "Peer                     AS      InPkt     OutPkt    OutQ   Flaps Last Up/Dwn "
        f"State|#{ACTIVE}\n" + "".join(_row(end, view) for end in ends)
    )


def _row(end: Neighbor, view: View) -> str:
    messages = int((view.at - end.since) / end.keepalive_s) if end.established else 0
    flaps = max(0, end.established_transitions_count - end.established)
    head = (
        f"{end.peer_address:<20} {end.remote_as:7d} {messages:10d} {messages:10d}       0 {flaps:7d} "
        f"{age(view.at - end.since):>11} "
    )
    if not end.established:
        return f"{head}{end.state.capitalize()}\n"
    best = [path for paths in view.device.best.values() for path in paths if path.learned_from is end]
    return f"{head}Establ\n  inet.0: {len(best)}/{len(end.received)}/{len(end.accepted)}/0\n"


@answers("show lldp neighbors", "show lldp neighbors | no-more")
def lldp_neighbors(view: View) -> str:
    rows = [
        f"{port.name:<18} {'-':<19} {far.device.mac:<19} {far.name:<18} {far.device.name}\n"
        for port in view.device.ports.values()
        if port.oper_up and (far := port.far) and far.device.powered
    ]
    head = "Local Interface    Parent Interface    Chassis Id          Port info          System Name\n"
    return head + "".join(rows)


@answers("show chassis alarms", "show chassis alarms | no-more")
def chassis_alarms(view: View) -> str:
    wrong = [sensor for sensor in view.device.sensors if sensor.state != "ok"]
    if not wrong:
        return NO_ALARMS
    rows = [
        f"{utc(raised_at(sensor, view) + view.device.clock_offset_s):%Y-%m-%d %H:%M:%S} UTC  "
        f"{'Minor' if sensor.state == 'hot' else 'Major'}  {' '.join(alarm_words(sensor))}\n"
        for sensor in wrong
    ]
    head = f"{len(wrong)} alarms currently active\nAlarm time               Class  Description\n"
    return head + "".join(rows)


@answers("show system alarms", "show system alarms | no-more")
def system_alarms(view: View) -> str:
    return NO_ALARMS


@answers("show interfaces descriptions", "show interfaces descriptions | no-more")
def descriptions(view: View) -> str:
    rows = [
        f"{port.name:<15} {'up' if port.admin_up else 'down':<5} {'up' if port.oper_up else 'down':<4} "
        f"{port.description}\n"
        for port in view.device.ports.values()
        if port.description
    ]
    return "Interface       Admin Link Description\n" + "".join(rows)


@answers("show arp no-resolve", "show arp no-resolve | no-more")
def arp(view: View) -> str:
    rows = []
    for port in view.device.ports.values():
        far = port.far
        if port.host and port.host.answers and port.oper_up:
            rows.append((port.host.mac, port.host.address, unit(port)))
        elif far and far.address and port.oper_up:
            rows.append((far.mac, far.address.partition("/")[0], unit(port)))
    head = "MAC Address       Address         Interface                Flags\n"
    lines = [f"{mac} {address:<15} {name:<24} none\n" for mac, address, name in rows]
    return f"{head}{''.join(lines)}Total entries: {len(rows)}\n"
