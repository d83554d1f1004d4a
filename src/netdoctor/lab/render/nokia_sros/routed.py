"""Router interfaces, ARP and neighbours."""

from __future__ import annotations

from collections.abc import Iterator

from netdoctor.lab.hardware import Port
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.nokia_sros.words import (
    BASE,
    LINE,
    MANAGEMENT,
    NONE_FOUND,
    RULE,
    SYSTEM,
    interface_of,
    routed,
    shown,
    shown_at,
    table,
)

HEAD = (
    "Interface-Name                   Adm       Opr(v4/v6)  Mode    Port/SapId",
    "   IP-Address                                                  PfxState",
)


@answers("show router interface")
def interfaces(view: View) -> str:
    return _table(view, BASE, None)


@answers('show router "management" interface')
def management(view: View) -> str:
    return _table(view, MANAGEMENT, None)


@answers("show router interface {interface}")
def interface(view: View, interface: str) -> str:
    return _table(view, BASE, interface)


def _table(view: View, router: str, wanted: str | None) -> str:
    found = [port for port in routed(view.device, router) if wanted in (None, interface_of(port))]
    rows = [line for port in found for line in _row(interface_of(port), _up(port), port.name, port.address)]
    count = len(found)
    if router == BASE and wanted in (None, SYSTEM):
        rows += _row(SYSTEM, (True, True), SYSTEM, f"{view.device.loopback}/32")
        count += 1
    return table(f"Interface Table (Router: {router})", HEAD, rows, f"Interfaces : {count}")


def _up(port: Port) -> tuple[bool, bool]:
    return port.admin_up, port.oper_up


def _row(name: str, up: tuple[bool, bool], place: str, address: str | None) -> list[str]:
    admin, oper = ("Up" if one else "Down" for one in up)
    mode = "Network"
    return [
        f"{name:<33}{admin:<10}{oper + '/Down':<12}{mode:<8}{place}",
        f"   {address or '-':<60}n/a",
    ]


@answers("show router interface detail")
def details(view: View) -> str:
    lines = [line for port in routed(view.device) for line in _detail(port, view)]
    return shown(["", RULE, "Interface Table (Router: Base)", RULE, *lines, RULE])


@answers("show router interface {interface} detail")
def interface_detail(view: View, interface: str) -> str:
    found = [port for port in routed(view.device) if interface_of(port) == interface]
    lines = [line for port in found for line in _detail(port, view)] or [NONE_FOUND]
    return shown(["", RULE, "Interface Table (Router: Base)", RULE, *lines, RULE])


def _detail(port: Port, view: View) -> Iterator[str]:
    oper = "Up" if port.oper_up else "Down"
    yield from ("", LINE, "Interface", LINE)
    yield f"If Name          : {interface_of(port)}"
    yield _line("Admin State", "Up" if port.admin_up else "Down", "Oper (v4/v6)", f"{oper}/Down")
    if not port.oper_up:
        yield _line("Down Reason Code", "portOperDown")
    yield _line("Protocols", " ".join(_protocols(port)) or "None")
    yield _line("IP Addr/mask", port.address, "Address Type", "Primary")
    yield _line("IGP Inhibit", "Disabled", "Broadcast Address", "Host-ones")
    yield from (LINE, "Details", LINE)
    yield _line("Description", port.description or "(Not Specified)")
    yield _line("If Index", port.index + 1, "Virt. If Index", port.index + 1)
    yield _line("Last Oper Chg", shown_at(port.last_change_at, view), "Global If Index", 127 + port.index)
    yield _line("Port Id", port.name)
    yield _line("TOS Marking", "Trusted", "If Type", "Network")
    yield _line("MAC Address", port.mac, "Mac Accounting", "Disabled")
    yield _line("IP MTU", "(default)")
    yield _line("IP Oper MTU", port.mtu_bytes, "ICMP", "enabled")


def _line(name: str, value: object, other: str = "", more: object = "") -> str:
    left = f"{name:<17}: {value}"
    return f"{left:<44}{other:<17}: {more}" if other else left


def _protocols(port: Port) -> Iterator[str]:
    if end := port.device.igp.get(port.name):
        yield "OSPFv2" if end.protocol == "ospf" else "ISIS"


@answers("show router arp", "show router arp {address}")
def arp(view: View, address: str | None = None) -> str:
    rows = [row for port in routed(view.device) for row in _arp(port, view)]
    rows += [_arp_row(view.device.loopback, view.device.mac, 0.0, "Oth", SYSTEM)]
    kept = [row for row in rows if address in (None, row.split()[0])]
    head = ["IP Address      MAC Address       Expiry    Type   Interface"]
    return table("ARP Table (Router: Base)", head, kept or [NONE_FOUND], f"No. of ARP Entries: {len(kept)}")


ARP_TIMEOUT_S = 14400


def _arp(port: Port, view: View) -> Iterator[str]:
    name = interface_of(port)
    if not port.oper_up:
        return
    far = port.far
    left_s = ARP_TIMEOUT_S - (view.at - port.last_change_at) % ARP_TIMEOUT_S
    if port.host:
        yield _arp_row(port.host.address, port.host.mac, left_s, "Dyn[I]", name)
    elif far and far.address:
        yield _arp_row(far.address.partition("/")[0], far.mac, left_s, "Dyn[I]", name)
    yield _arp_row((port.address or "").partition("/")[0], port.mac, 0.0, "Oth[I]", name)


def _arp_row(address: str, mac: str, left_s: float, kind: str, interface: str) -> str:
    minutes, seconds = divmod(int(left_s), 60)
    expiry = f"{minutes // 60:02d}h{minutes % 60:02d}m{seconds:02d}s"
    return f"{address:<16}{mac:<18}{expiry:<10}{kind:<7}{interface}"


@answers("show router neighbor")
def neighbors(view: View) -> str:
    """No interface speaks IPv6."""
    head = [
        "IPv6 Address                                   Interface",
        "   MAC Address                State         Expiry          Type         RTR",
    ]
    return table("Neighbor Table (Router: Base)", head, [NONE_FOUND], "No. of Neighbor Entries: 0")
