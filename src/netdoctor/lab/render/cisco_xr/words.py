"""What all of IOS-XR's answers are made of: the time above them, ages, names of ports."""

from __future__ import annotations

import re
from collections.abc import Iterable

from netdoctor.lab.hardware import Port
from netdoctor.lab.render import View
from netdoctor.lab.render.text import utc

NODE = "0/0/CPU0"
"""Where the ports stand."""
ACTIVE = "0/RP0/CPU0"
"""Where the routing protocols run."""
MANAGEMENT_VRF = "MGMT"
_SHORT = {"HundredGigE": "Hu", "TenGigE": "Te", "MgmtEth": "Mg", "Loopback": "Lo"}


def stamped(view: View, lines: Iterable[str] = ()) -> str:
    """An answer: first the device's own time, then what it says."""
    now = utc(view.device_time)
    head = f"{now:%a %b} {now.day:2d} {now:%H:%M:%S}.{now.microsecond // 1000:03d} UTC"
    return "".join(f"{line}\n" for line in (head, *lines))


def age(seconds: float) -> str:
    """A duration as XR prints it: `01:12:09`, `3d04h`, `5w1d`."""
    whole = max(0, int(seconds))
    days, rest = divmod(whole, 86400)
    if days >= 7:
        return f"{days // 7}w{days % 7}d"
    if days:
        return f"{days}d{rest // 3600:02d}h"
    return f"{rest // 3600:02d}:{rest % 3600 // 60:02d}:{rest % 60:02d}"


def short(name: str) -> str:
    """`HundredGigE0/0/0/20` as tables print it, `Hu0/0/0/20`."""
    return re.sub(r"^[A-Za-z]+", lambda word: _SHORT.get(word[0], word[0]), name)


def chosen(view: View, interface: str | None) -> list[Port]:
    """The ports that a command speaks of, in the order in which XR lists them."""
    ports = sorted(view.device.ports.values(), key=lambda port: (port.kind != "management", place(port)))
    return [port for port in ports if interface in (None, port.name)]


def place(port: Port) -> tuple[int, ...]:
    """The numbers of a port's name."""
    return tuple(map(int, re.findall(r"\d+", port.name)))


def lit_ports(view: View, interface: str | None = None) -> list[Port]:
    """Ports of the card itself, that a module or a cable may be in."""
    return [port for port in chosen(view, interface) if port.kind == "ethernet"]
