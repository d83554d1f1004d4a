"""Ports in tables: state, descriptions, counters."""

from __future__ import annotations

from collections.abc import Iterator

from netdoctor.lab.hardware import Device, Port
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.nokia_sros.words import (
    LINE,
    NONE_FOUND,
    RULE,
    port_mtu_bytes,
    shown,
    table,
)
from netdoctor.lab.render.text import counted

PORT_TYPES = {1_000_000_000: "faste", 10_000_000_000: "xgige", 100_000_000_000: "cgige"}
HEAD = (
    "Port          Admin Link Port    Cfg  Oper LAG/ Port Port Port   C/QS/S/XFP/",
    "Id            State      State   MTU  MTU  Bndl Mode Encp Type   MDIMDX",
)


def by_slot(device: Device) -> dict[str, list[Port]]:
    """The ports of each slot, the management's last."""
    found: dict[str, list[Port]] = {}
    for port in sorted(device.ports.values(), key=lambda port: (port.kind == "management", _order(port))):
        found.setdefault(port.name.partition("/")[0], []).append(port)
    return found


def _order(port: Port) -> tuple[object, ...]:
    return tuple(int(word) if word.isdigit() else 0 for word in port.name.split("/"))


@answers("show port")
def ports(view: View) -> str:
    return "".join(
        shown(["", RULE, f"Ports on Slot {slot}", RULE, *HEAD, LINE, *map(_row, inside), RULE])
        for slot, inside in by_slot(view.device).items()
    )


def media(one: Port) -> str:
    """What is plugged in, as far as the column reaches."""
    if one.kind == "management":
        return "MDI"
    if one.optic is None:
        return "10GBASE-CR" if one.host else ""
    words = f"{one.optic.type.media_type}  {one.optic.type.reach_km}km"
    return f"{words[:12]}*" if len(words) > 13 else words


def _row(one: Port) -> str:
    admin = "Up" if one.admin_up else "Down"
    link, state = ("Yes", "Up") if one.oper_up else ("No", "Down")
    mtu = port_mtu_bytes(one)
    return (
        f"{one.name:<14}{admin:<6}{link:<5}{state:<8}{mtu:<5}{mtu:<5}   - netw null "
        f"{PORT_TYPES[one.speed_bps]:<7}{media(one)}"
    ).rstrip()


@answers("show port description")
def descriptions(view: View) -> str:
    return "".join(
        table(f"Port Descriptions on Slot {slot}", ["Port Id        Description"], _described(inside))
        for slot, inside in by_slot(view.device).items()
    )


def _described(inside: list[Port]) -> Iterator[str]:
    for one in inside:
        yield f"{one.name:<14} {description(one)}"


def description(one: Port) -> str:
    """What somebody wrote, or what SR OS calls a port by itself."""
    speed = {1_000_000_000: "10/100/Gig Ethernet TX", 10_000_000_000: "10-Gig Ethernet"}
    return one.description or speed.get(one.speed_bps, "100-Gig Ethernet")


@answers("show port statistics")
def statistics(view: View) -> str:
    head = (
        "Port                   Ingress         Ingress          Egress          Egress",
        "Id                     Packets          Octets         Packets          Octets",
    )
    return "".join(
        table(f"Port Statistics on Slot {slot}", head, (_counts(one, view) for one in inside))
        for slot, inside in by_slot(view.device).items()
    )


def _counts(one: Port, view: View) -> str:
    counts = counted(one, view)
    names = ("in_pkts", "in_octets", "out_pkts", "out_octets")
    return f"{one.name:<14}" + "".join(f"{counts[name]:>16}" for name in names)


@answers("show port {interface}")
def port(view: View, interface: str) -> str:
    chosen = [p for p in view.device.ports.values() if p.name == interface]
    return shown(
        [
            "",
            RULE,
            f"Ports on Port {interface}",
            RULE,
            *HEAD,
            LINE,
            *([_row(p) for p in chosen] or [NONE_FOUND]),
            RULE,
        ]
    )
