"""What the answers of SR Linux have in common: JSON without modules, times, boxed tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from netdoctor.lab.hardware import Device, Port
from netdoctor.lab.render import View
from netdoctor.lab.render.text import as_json, utc

MANAGEMENT = "mgmt"
NO_ENTRY = as_json({}, indent=2)


def listed(name: str, entries: Sequence[dict[str, Any]]) -> str:
    """A list of the tree as JSON; without entries nothing is in it."""
    return as_json({name: list(entries)} if entries else {}, indent=2)


def in_default(protocol: str, found: dict[str, Any]) -> str:
    """What stands under a protocol of the default network instance."""
    if not found:
        return NO_ENTRY
    return listed("network-instance", [{"name": "default", "protocols": {protocol: found}}])


def stamp(device: Device, at: float) -> str:
    """A time as the device tells it, by its own clock."""
    when = utc(at + device.clock_offset_s)
    return f"{when:%Y-%m-%dT%H:%M:%S}.{when.microsecond // 1000:03d}Z"


def subinterface(port: Port) -> str:
    return f"{port.name}.0"


def instance(port: Port) -> str:
    """The network instance that a port's subinterface is in."""
    return MANAGEMENT if port.kind == "management" else "default"


def age(seconds: float) -> str:
    """A duration as `1h2m3s`."""
    minutes, whole = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}h{minutes}m{whole}s" if hours else f"{minutes}m{whole}s" if minutes else f"{whole}s"


def uptime(seconds: float) -> str:
    """A duration as `0d:0h:3m:35s`."""
    minutes, whole = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    return f"{days}d:{hours}h:{minutes}m:{whole}s"


def boxed(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in a box, as wide as its widest cells."""
    widths = [max(len(row[at]) for row in (heads, *rows)) for at in range(len(heads))]
    return "".join(f"{line}\n" for line in _drawn(heads, rows, widths))


def _drawn(heads: Sequence[str], rows: Sequence[Sequence[str]], widths: list[int]) -> Iterator[str]:
    rule = "+".join("-" * (width + 2) for width in widths)
    yield f"+{rule}+"
    yield "|" + "|".join(f" {head:^{width}} " for head, width in zip(heads, widths, strict=True)) + "|"
    yield f"+{rule.replace('-', '=')}+"
    for row in rows:
        yield "|" + "|".join(f" {cell:<{width}} " for cell, width in zip(row, widths, strict=True)) + "|"
    yield f"+{rule}+"


def rule(mark: str = "-", width: int = 120) -> str:
    return mark * width + "\n"


def lines(*said: str) -> str:
    return "".join(f"{line}\n" for line in said)


def chosen(view: View, interface: str | None) -> list[Port]:
    """The ports that a command speaks of; a subinterface means its port."""
    name = interface.partition(".")[0] if interface and interface != "*" else None
    return [port for port in view.device.ports.values() if name in (None, port.name)]
