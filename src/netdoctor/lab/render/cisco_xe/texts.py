"""Words and forms that several answers of IOS share."""

from __future__ import annotations

import re

from netdoctor.lab.hardware import Device, Port
from netdoctor.lab.render import View
from netdoctor.lab.render.text import utc

MANAGEMENT_VRF = "Mgmt-vrf"

_SHORT = {"HundredGigE": "Hu", "FiftyGigE": "Fif", "GigabitEthernet": "Gi", "Loopback": "Lo"}


def short(name: str) -> str:
    """`HundredGigE1/0/1` as `Hu1/0/1`; a name that is not of this platform stays whole."""
    found = re.match(r"[A-Za-z]+", name)
    kind = found[0] if found else ""
    return _SHORT[kind] + name[len(kind) :] if kind in _SHORT else name


def age(seconds: float) -> str:
    """A time gone by: `01:12:09`, `3d04h`, `5w1d`, `1y12w`."""
    whole = int(max(0.0, seconds))
    days, rest = divmod(whole, 86400)
    if days >= 365:
        return f"{days // 365}y{days % 365 // 7}w"
    if days >= 7:
        return f"{days // 7}w{days % 7}d"
    if days:
        return f"{days}d{rest // 3600:02d}h"
    return f"{rest // 3600:02d}:{rest // 60 % 60:02d}:{rest % 60:02d}"


def uptime(seconds: float) -> str:
    """`6 weeks, 1 day, 12 hours, 5 minutes`."""
    minutes = int(seconds) // 60
    parts = (
        (minutes // 10080, "week"),
        (minutes // 1440 % 7, "day"),
        (minutes // 60 % 24, "hour"),
        (minutes % 60, "minute"),
    )
    said = [f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in parts if count]
    return ", ".join(said) or "0 minutes"


def date(at: float) -> str:
    """`10:11:12.345 UTC Fri Mar 5 2027`."""
    when = utc(at)
    return f"{when:%H:%M:%S}.{when.microsecond // 1000:03d} UTC {when:%a %b} {when.day} {when.year}"


def chosen(view: View, interface: str | None) -> list[Port]:
    """The ports that a command speaks of, in the order in which IOS lists them."""
    ports = sorted(view.device.ports.values(), key=lambda port: (port.kind == "ethernet", _order(port.name)))
    return [port for port in ports if interface in (None, port.name)]


def _order(name: str) -> tuple[str, list[int]]:
    return re.split(r"\d", name, maxsplit=1)[0], [int(number) for number in re.findall(r"\d+", name)]


def front(view: View, interface: str | None = None) -> list[Port]:
    """The ports of the line cards alone."""
    return [port for port in chosen(view, interface) if port.kind == "ethernet"]


def in_management(port: Port | None) -> bool:
    return port is not None and port.kind == "management"


def cef_address(port: Port) -> str:
    """An interface's address, without its length."""
    return (port.address or "").partition("/")[0]


def release(device: Device) -> str:
    """`17.18.1` with two digits a part, as the packages are named."""
    return ".".join(f"{int(part):02d}" for part in device.os_version.split("."))
