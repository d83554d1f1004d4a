"""`show interface` in detail."""

from __future__ import annotations

from collections.abc import Iterator

from netdoctor.lab.hardware import Port
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.nokia_srl.interfaces import ETHERNET_HEADER_BYTES, MULTICAST_SHARE, reason
from netdoctor.lab.render.nokia_srl.texts import age, chosen, lines, rule
from netdoctor.lab.render.text import counted


@answers("show interface {interface} detail")
def detail(view: View, interface: str) -> str:
    return "".join(text for port in chosen(view, interface) for text in _detail(port, view))


def _detail(port: Port, view: View) -> Iterator[str]:
    yield rule("=") + f"Interface: {port.name}\n" + rule()
    yield lines(
        f"  Description         : {port.description or '<None>'}",
        f"  Oper state          : {'up' if port.oper_up else 'down'}",
        f"  Down reason         : {reason(port) or 'N/A'}",
        f"  Last change         : {age(view.at - (port.last_change_at or view.device.booted_at))} ago, "
        f"{port.carrier_transitions_count} flaps since last clear",
        f"  Speed               : {port.speed_bps // 1_000_000_000}G",
        "  Flow control        : Rx is disabled",
        "  Loopback mode       : false",
        f"  MTU                 : {port.mtu_bytes + ETHERNET_HEADER_BYTES}",
        "  VLAN tagging        : false",
        "  Last stats clear    : never",
        "  Breakout mode       : false",
    )
    yield rule() + f"Traffic statistics for {port.name}\n" + rule() + _statistics(port, view)
    yield rule() + f"Traffic rate statistics for {port.name}\n" + rule()
    yield lines(
        "    units     Rx   Tx", f"  kbps rate   {int(port.in_bps / 1000)}   {int(port.out_bps / 1000)}"
    )
    yield rule("=")


def _statistics(port: Port, view: View) -> str:
    counts = counted(port, view)
    multicast = {way: int(counts[f"{way}_pkts"] * MULTICAST_SHARE) for way in ("in", "out")}
    rows: tuple[tuple[str, object, object], ...] = (
        ("Octets", counts["in_octets"], counts["out_octets"]),
        ("Unicast packets", counts["in_pkts"] - multicast["in"], counts["out_pkts"] - multicast["out"]),
        ("Broadcast packets", 0, 0),
        ("Multicast packets", multicast["in"], multicast["out"]),
        ("Errored packets", counts["in_fcs_errors"] + counts["in_giants"], 0),
        ("FCS error packets", counts["in_fcs_errors"], "N/A"),
        ("Oversize frames", counts["in_giants"], "N/A"),
        ("CRC errors", counts["in_fcs_errors"], "N/A"),
    )
    body = (f"  {name:<20}{into!s:<16} {out}" for name, into, out in rows)
    return lines("       counter         Rx               Tx", *body)
