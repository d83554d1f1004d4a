"""`show interfaces` and its kin."""

from __future__ import annotations

from collections.abc import Iterator

from netdoctor.lab.hardware import Port
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.cisco_xe.texts import age, chosen, front, in_management, short
from netdoctor.lab.render.text import counted, hardware_address

MULTICAST_SHARE = 0.0004
HARDWARE = {"HundredGigE": "Hundred Gigabit Ethernet", "FiftyGigE": "Fifty Gigabit Ethernet"}
LONGEST_DESCRIPTION = 18
ERRORS = ("Align-Err", "FCS-Err", "Xmit-Err", "Rcv-Err", "UnderSize", "OutDiscards")
COLLISIONS = ("Single-Col", "Multi-Col", "Late-Col", "Excess-Col", "Carri-Sen", "Runts", "Giants")


def state(port: Port) -> tuple[str, str, str]:
    """Port, line protocol and the reason in brackets."""
    if not port.admin_up:
        return "administratively down", "down", "disabled"
    if port.disabled_reason:
        return "down", "down", "err-disabled"
    return ("up", "up", "connected") if port.oper_up else ("down", "down", "notconnect")


def speed(port: Port) -> str:
    """`100Gb/s`, `1000Mb/s`."""
    giga = port.speed_bps // 1_000_000_000
    return f"{giga}Gb/s" if giga > 1 else f"{port.speed_bps // 1_000_000}Mb/s"


def media(port: Port) -> str:
    """What is plugged in, as IOS calls it."""
    if in_management(port):
        return "RJ45"
    if port.optic:
        kind = port.optic.type
        return (
            f"QSFP 100G {kind.media_type.partition('-')[2]}" if kind.lanes > 1 else f"SFP-{kind.media_type}"
        )
    return "SFP-10GBase-CX1" if port.host else "unknown"


@answers("show interfaces", "show interfaces {interface}")
def interfaces(view: View, interface: str | None = None) -> str:
    found = [_interface(port, view) for port in chosen(view, interface)]
    if interface in (None, "Loopback0"):
        found.append(_loopback(view))
    return "".join(found)


def _interface(port: Port, view: View) -> str:
    admin, protocol, reason = state(port)
    why = "" if in_management(port) else f" ({reason})"
    return "".join(
        f"{line}\n"
        for line in (
            f"{port.name} is {admin}, line protocol is {protocol}{why} ",
            *_identity(port),
            *_rates(port),
            *_counters(port, view),
        )
    )


def _identity(port: Port) -> Iterator[str]:
    kind = next(
        (text for start, text in HARDWARE.items() if port.name.startswith(start)), "RP management port"
    )
    mac, bandwidth = hardware_address(port.mac), port.speed_bps // 1000
    load = [max(1, min(255, int(255 * rate / port.speed_bps))) for rate in (port.out_bps, port.in_bps)]
    yield f"  Hardware is {kind}, address is {mac} (bia {mac})"
    if port.description:
        yield f"  Description: {port.description}"
    if port.address:
        yield f"  Internet address is {port.address}"
    yield f"  MTU {port.mtu_bytes} bytes, BW {bandwidth} Kbit/sec, DLY 10 usec, "
    yield f"     reliability 255/255, txload {load[0]}/255, rxload {load[1]}/255"
    yield "  Encapsulation ARPA, loopback not set"
    yield "  Keepalive not supported " if in_management(port) else "  Keepalive set (10 sec)"
    yield f"  Full-duplex, {speed(port)}, link type is auto, media type is {media(port)}"
    if port.fec_mode:
        yield f"  Fec is {port.fec_mode}"
    yield "  input flow-control is on, output flow-control is off"
    yield "  ARP type: ARPA, ARP Timeout 04:00:00"


def _rates(port: Port) -> Iterator[str]:
    if port.oper_up:
        yield "  Last input 00:00:01, output 00:00:00, output hang never"
    else:
        yield "  Last input never, output never, output hang never"
    yield '  Last clearing of "show interface" counters never'


def _counters(port: Port, view: View) -> Iterator[str]:
    counts = counted(port, view)
    multicast = {way: int(counts[f"{way}_pkts"] * MULTICAST_SHARE) for way in ("in", "out")}
    packets = {way: round(port.meters[f"{way}_pkts"].rate_per_s) for way in ("in", "out")}
    errors = counts["in_fcs_errors"] + counts["in_giants"]
    yield (
        f"  Input queue: 0/2000/{counts['in_discards']}/0 (size/max/drops/flushes); "
        f"Total output drops: {counts['out_discards']}"
    )
    yield "  Queueing strategy: fifo"
    yield "  Output queue: 0/40 (size/max)"
    yield f"  5 minute input rate {int(port.in_bps)} bits/sec, {packets['in']} packets/sec"
    yield f"  5 minute output rate {int(port.out_bps)} bits/sec, {packets['out']} packets/sec"
    yield f"     {counts['in_pkts']} packets input, {counts['in_octets']} bytes, 0 no buffer"
    yield f"     Received {multicast['in']} broadcasts ({multicast['in']} multicasts)"
    yield f"     0 runts, {counts['in_giants']} giants, 0 throttles "
    yield f"     {errors} input errors, {counts['in_fcs_errors']} CRC, 0 frame, 0 overrun, 0 ignored"
    yield f"     0 watchdog, {multicast['in']} multicast, 0 pause input"
    yield "     0 input packets with dribble condition detected"
    yield f"     {counts['out_pkts']} packets output, {counts['out_octets']} bytes, 0 underruns"
    yield f"     Output 0 broadcasts ({multicast['out']} multicasts)"
    yield "     0 output errors, 0 collisions, 2 interface resets"
    yield "     0 unknown protocol drops"
    yield "     0 babbles, 0 late collision, 0 deferred"
    yield "     0 lost carrier, 0 no carrier, 0 pause output"
    yield "     0 output buffer failures, 0 output buffers swapped out"


def _loopback(view: View) -> str:
    up_for = age(view.at - view.device.booted_at)
    return (
        "Loopback0 is up, line protocol is up \n"
        "  Hardware is Loopback\n"
        f"  Internet address is {view.device.loopback}/32\n"
        "  MTU 1514 bytes, BW 8000000 Kbit/sec, DLY 5000 usec, \n"
        "     reliability 255/255, txload 1/255, rxload 1/255\n"
        "  Encapsulation LOOPBACK, loopback not set\n"
        "  Keepalive set (10 sec)\n"
        f"  Last input never, output {up_for}, output hang never\n"
        '  Last clearing of "show interface" counters never\n'
        "  Input queue: 0/75/0/0 (size/max/drops/flushes); Total output drops: 0\n"
        "  Queueing strategy: fifo\n"
        "  Output queue: 0/0 (size/max)\n"
    )


@answers("show interfaces status", "show interfaces {interface} status")
def statuses(view: View, interface: str | None = None) -> str:
    head = "\nPort         Name               Status       Vlan       Duplex  Speed Type\n"
    return head + "".join(_status(port) for port in front(view, interface))


def _status(port: Port) -> str:
    word = state(port)[2]
    vlan = "routed" if port.address else "1"
    told = f"{port.speed_bps // 1_000_000_000}G" if port.oper_up else "auto"
    duplex = "full" if port.oper_up else "auto"
    name = port.description[:LONGEST_DESCRIPTION]
    return f"{short(port.name):<12} {name:<18} {word:<12} {vlan:<10} {duplex:>6} {told:>6} {media(port)}\n"


@answers("show interface status err-disabled", "show interfaces status err-disabled")
def err_disabled(view: View) -> str:
    closed = [port for port in front(view) if port.disabled_reason and port.admin_up]
    head = "\nPort         Name               Status       Reason               Err-disabled Vlans\n"
    return head + "".join(
        f"{short(port.name):<12} {port.description[:LONGEST_DESCRIPTION]:<18} err-disabled "
        f"{port.disabled_reason}\n"
        for port in closed
    )


@answers("show interfaces counters errors", "show interfaces {interface} counters errors")
def errors(view: View, interface: str | None = None) -> str:
    ports = [(short(port.name), counted(port, view)) for port in front(view, interface)]
    return (
        _columns(ERRORS)
        + "".join(
            _row(name, 0, c["in_fcs_errors"], 0, c["in_fcs_errors"] + c["in_giants"], 0, c["out_discards"])
            for name, c in ports
        )
        + _columns(COLLISIONS)
        + "".join(_row(name, 0, 0, 0, 0, 0, 0, c["in_giants"]) for name, c in ports)
    )


def _columns(names: tuple[str, ...]) -> str:
    return f"\n{'Port':<16}" + "".join(f"{name:>16}" for name in names) + " \n"


def _row(name: str, *counts: int) -> str:
    return f"{name:<16}" + "".join(f"{count:>16}" for count in counts) + " \n"
