"""SR OS's tables and dates, and what it calls the things of the world."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from netdoctor.lab.hardware import Device, Port
from netdoctor.lab.render import View
from netdoctor.lab.render.text import as_json, utc

RULE = "=" * 79
LINE = "-" * 79
ETHERNET_HEADER_BYTES = 14
NONE_FOUND = "No Matching Entries Found."
BASE, MANAGEMENT = "Base", "management"
SYSTEM = "system"


def shown(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def titled(title: str, body: Iterable[str]) -> str:
    """Some lines under a title, between rules."""
    return shown(["", RULE, title, RULE, *body, RULE])


def table(title: str, head: Iterable[str], rows: Iterable[str], foot: str = "") -> str:
    """A table: title, head, rows and how many they are."""
    return titled(title, [*head, LINE, *rows, LINE, *([foot] if foot else [])])


def pair(name: str, value: object, other: str = "", more: object = "") -> str:
    """Two values in a line, as the details of a port have them."""
    left = f"{name:<19}: {value}"
    return f"{left:<48}{other:<17}: {more}" if other else left


def state(name: str, value: Any) -> str:
    """A part of the state tree, as `info json /state` prints it."""
    return as_json({f"nokia-state:{name}": value})


def age(seconds: float) -> str:
    """`00h04m22s`, `03d02h01m`."""
    minutes, secs = divmod(int(max(0.0, seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    return f"{days:02d}d{hours:02d}h{minutes:02d}m" if days else f"{hours:02d}h{minutes:02d}m{secs:02d}s"


def day_clock(seconds: float) -> str:
    """`58d 03:24:48`."""
    minutes, secs = divmod(int(max(0.0, seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    return f"{days}d {hours:02d}:{minutes:02d}:{secs:02d}"


def shown_at(at: float, view: View) -> str:
    """A moment by the device's clock, the month first."""
    return f"{utc(at + view.device.clock_offset_s):%m/%d/%Y %H:%M:%S}"


def iso(at: float, view: View) -> str:
    """A moment by the device's clock as the state tree has it."""
    told = utc(at + view.device.clock_offset_s)
    return f"{told:%Y-%m-%dT%H:%M:%S}.{told.microsecond // 100_000}+00:00"


def if_index(port: Port) -> int:
    return 1_610_899_520 + port.index


def interface_of(port: Port) -> str:
    """The router interface on a port: it has a name of its own, after what the port is described as."""
    if port.kind == "management":
        return MANAGEMENT
    first, _, _ = port.description.partition(" ")
    alike = [p for p in port.device.ports.values() if p.address and p.description.partition(" ")[0] == first]
    number = f"-{alike.index(port) + 1}" if alike.index(port) else ""
    return f"to-{first}{number}"


def routed(device: Device, router: str = BASE) -> list[Port]:
    """The ports with an address in a router instance, by the names of their interfaces."""
    kind = "management" if router == MANAGEMENT else "ethernet"
    found = (port for port in device.ports.values() if port.address and port.kind == kind)
    return sorted(found, key=interface_of)


def port_mtu_bytes(port: Port) -> int:
    """A port's MTU counts the Ethernet header."""
    return port.mtu_bytes + ETHERNET_HEADER_BYTES
