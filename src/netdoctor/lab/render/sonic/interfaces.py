"""Ports as intfutil, portstat and teamshow print them."""

from __future__ import annotations

from collections.abc import Iterable

from netdoctor.lab.hardware import Port
from netdoctor.lab.render import Reply, View, answers
from netdoctor.lab.render.sonic.tables import ruled
from netdoctor.lab.render.text import counted, utc

_FEC = {None: "N/A", "reed-solomon": "rs", "fire-code": "fc", "disabled": "none"}
_UNITS = ((10**9, "GB/s"), (10**6, "MB/s"), (10**3, "KB/s"))


def front(view: View, interface: str | None = None) -> list[Port]:
    """The ports of the ASIC, or one of them, in the order of their numbers."""
    ports = [port for port in view.device.ports.values() if port.kind == "ethernet"]
    return sorted((port for port in ports if interface in (None, port.name)), key=number)


def number(port: Port) -> int:
    return int(port.name.removeprefix("Ethernet"))


def admin(port: Port) -> str:
    """A port that its BPDU guard closed is shut as if somebody had done it."""
    return "up" if port.admin_up and port.disabled_reason is None else "down"


def oper(port: Port) -> str:
    return "up" if port.oper_up else "down"


def state(port: Port) -> str:
    """portstat's letter: up, down, or shut."""
    return "X" if admin(port) == "down" else "U" if port.oper_up else "D"


def alias(port: Port) -> str:
    return f"Eth{number(port) + 1}"


@answers("show interfaces status", "show interfaces status {interface}")
def status(view: View, interface: str | None = None) -> Reply | str:
    ports = front(view, interface)
    if not ports:
        return Reply("", f"Invalid interface {interface}\n", 1)
    headings = (
        "Interface",
        "Lanes",
        "Speed",
        "MTU",
        "FEC",
        "Alias",
        "Vlan",
        "Oper",
        "Admin",
        "Type",
        "Asym PFC",
    )
    return ruled(headings, (_status(port) for port in ports))


def _status(port: Port) -> tuple[object, ...]:
    return (
        port.name,
        lanes(port),
        f"{port.speed_bps // 10**9}G",
        port.mtu_bytes,
        _FEC.get(port.fec_mode, "N/A"),
        alias(port),
        "routed",
        oper(port),
        admin(port),
        kind(port),
        "off",
    )


def lanes(port: Port) -> str:
    """The ASIC's serial lanes: four to a port of 100G."""
    first = number(port) + 1
    return ",".join(str(lane) for lane in range(first, first + (4 if port.speed_bps >= 10**11 else 1)))


def kind(port: Port) -> str:
    if port.optic is None:
        return "SFP/SFP+/SFP28" if port.host else "N/A"
    return "QSFP28 or later" if port.optic.type.lanes > 1 else "SFP/SFP+/SFP28"


@answers("show interfaces description", "show interfaces description {interface}")
def description(view: View, interface: str | None = None) -> str:
    rows = (
        (port.name, oper(port), admin(port), alias(port), port.description or "N/A")
        for port in front(view, interface)
    )
    return ruled(("Interface", "Oper", "Admin", "Alias", "Description"), rows)


COUNTERS = (
    "IFACE",
    "STATE",
    "RX_OK",
    "RX_BPS",
    "RX_PPS",
    "RX_UTIL",
    "RX_ERR",
    "RX_DRP",
    "RX_OVR",
    "TX_OK",
    "TX_BPS",
    "TX_PPS",
    "TX_UTIL",
    "TX_ERR",
    "TX_DRP",
    "TX_OVR",
)


@answers("show interfaces counters -a", "portstat -a")
def counters(view: View) -> str:
    return ruled(COUNTERS, (_counters(port, view) for port in front(view)))


def _counters(port: Port, view: View) -> tuple[object, ...]:
    counts = counted(port, view)
    received, sent = port.meters["in_pkts"].rate_per_s, port.meters["out_pkts"].rate_per_s
    return (
        port.name,
        state(port),
        f"{counts['in_pkts']:,}",
        _bytes_per_s(port.in_bps),
        f"{received:.2f}/s",
        f"{100 * port.in_bps / port.speed_bps:.2f}%",
        f"{errors(counts):,}",
        f"{counts['in_discards']:,}",
        f"{counts['in_giants']:,}",
        f"{counts['out_pkts']:,}",
        _bytes_per_s(port.out_bps),
        f"{sent:.2f}/s",
        f"{100 * port.out_bps / port.speed_bps:.2f}%",
        0,
        f"{counts['out_discards']:,}",
        0,
    )


def errors(counts: dict[str, int]) -> int:
    """Broken packets and those larger than the MTU count as errors alike."""
    return counts["in_fcs_errors"] + counts["in_giants"]


def _bytes_per_s(rate_bps: float) -> str:
    rate = rate_bps / 8
    scale, unit = next(((scale, unit) for scale, unit in _UNITS if rate > 10 * scale), (1, "B/s"))
    return f"{rate / scale:.2f} {unit}"


_DETAILS = (
    ("Total Packets Received Without Errors", "in_pkts"),
    ("Undersize Received", None),
    ("Overruns Received", "in_giants"),
    ("Total Packets Transmitted Successfully", "out_pkts"),
)


@answers("show interfaces counters detailed {interface}")
def detailed(view: View, interface: str) -> Reply | str:
    port = next(iter(front(view, interface)), None)
    if port is None:
        return Reply("", f"Interface {interface} does not exist\n", 1)
    counts = counted(port, view)
    return "".join(
        f"{label + '.' * (47 - len(label))} {counts[name] if name else 0:,}\n" for label, name in _DETAILS
    )


@answers("show interfaces counters fec-stats")
def fec(view: View) -> str:
    """Nobody counts where no port uses forward error correction."""
    headings = ("IFACE", "STATE", "FEC_CORR", "FEC_UNCORR", "FEC_SYMBOL_ERR")
    return ruled(headings, ((port.name, state(port), "N/A", "N/A", "N/A") for port in front(view)))


@answers("show interfaces flap", "show interfaces flap {interface}")
def flap(view: View, interface: str | None = None) -> str:
    headings = (
        "Interface",
        "Flap Count",
        "Admin",
        "Oper",
        "Link Down TimeStamp(UTC)",
        "Link Up TimeStamp(UTC)",
    )
    return ruled(headings, (_flap(port, view) for port in front(view, interface)), "left")


def _flap(port: Port, view: View) -> tuple[object, ...]:
    changes = port.carrier_transitions_count
    down, up = _last(port, view, "link_down"), _last(port, view, "link_up")
    return port.name, changes or "Never", admin(port).title(), oper(port).title(), down, up


def _last(port: Port, view: View, kind: str) -> str:
    """When a port last went up or down. Its own last change outlives the log."""
    events: Iterable[float] = (e.at for e in view.device.events if e.port is port and e.kind == kind)
    now = port.oper_up == (kind == "link_up") and port.carrier_transitions_count > 0
    moment = max([*events, *([port.last_change_at] if now else [])], default=None)
    if moment is None:
        return "Never"
    return f"{utc(moment + view.device.clock_offset_s):%a %b %d %H:%M:%S %Y}"


@answers("show interfaces portchannel")
def bundles(view: View) -> str:
    """No port of these devices is in a bundle."""
    flags = (
        "Flags: A - active, I - inactive, Up - up, Dw - Down, N/A - not available,\n"
        "       S - selected, D - deselected, * - not synced\n"
    )
    return flags + ruled(("No.", "Team Dev", "Protocol", "Ports"), (), "left")
