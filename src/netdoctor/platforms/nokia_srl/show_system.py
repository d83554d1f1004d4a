"""What `show` prints of the device: version, modules, sensors, logs, who is heard."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from netdoctor.model.facts import CpuMemory, DeviceInfo, LldpNeighbor, Sensor, TableUse
from netdoctor.platforms.base import NotUnderstood, command
from netdoctor.platforms.nokia_srl.reading import (
    Read,
    Row,
    boxed,
    each,
    fields,
    number_of,
    on_request,
    said,
    since_s,
)
from netdoctor.platforms.nokia_srl.show_load import load, tables
from netdoctor.platforms.nokia_srl.state_system import state
from netdoctor.platforms.values import clean, number


@command(
    "show version", area="device", gives=(DeviceInfo, CpuMemory), aliases=("show / version", "show /version")
)
def version(output: str, at: datetime | None = None) -> Read:
    """Name, model, version, when it was booted, memory."""
    found = fields(output)
    model, release = said(found.get("chassis type")), said(found.get("software version"))
    if not (model or release):
        raise NotUnderstood("no chassis type and no software version")
    yield DeviceInfo(
        hostname=said(found.get("hostname")),
        vendor="Nokia",
        model=model,
        os_version=release,
        serial=said(found.get("serial number")),
        uptime_s=since_s(found.get("last booted"), at),
    )
    total, free = _bytes(found.get("total memory")), _bytes(found.get("free memory"))
    if total:
        yield CpuMemory(
            memory_total_bytes=total, memory_used_bytes=total - free if free is not None else None
        )


def _bytes(value: str | None) -> int | None:
    found = re.match(r"(\d+) ?([kKMG]?)i?B", value or "")
    return (
        int(found[1]) * {"": 1, "k": 1024, "K": 1024, "M": 1024**2, "G": 1024**3}[found[2]] if found else None
    )


@command("show platform chassis", area="device", gives=(DeviceInfo,), arguments=on_request)
def chassis(output: str, at: datetime | None = None) -> Read:
    """Model, serial number, when it was booted."""
    found = fields(output)
    if not (model := said(found.get("type"))):
        raise NotUnderstood("no type of a chassis")
    yield DeviceInfo(
        vendor="Nokia",
        model=model,
        serial=said(found.get("serial number")),
        uptime_s=since_s(found.get("last booted"), at),
    )


@command("show platform environment", area="device", gives=(Sensor,))
def environment(output: str) -> Read:
    """Every module with its temperature; of those that have no thermometer SR Linux says 0."""
    yield from each(boxed(output), _module)


_KINDS: dict[str, Any] = {"fan-tray": "fan", "power-supply": "power"}


def _module(row: Row) -> Read:
    kind, name = row.cells["moduletype"], f"{row.cells['moduletype']} {row.cells['id']}"
    told = state(row.cells.get("operationalstate") or row.cells["operstate"])
    if kind in _KINDS:
        yield Sensor(name=name, kind=_KINDS[kind], state=told)
    warmth = number(row.cells.get("temperature"))
    if warmth:
        yield Sensor(name=name, kind="temperature", value=warmth, unit="celsius")


_NAMES = {"controller": "control", "control module": "control"}
_TITLE = re.compile(
    r"Show report for (?P<kind>Fan Tray|Power Supply|Linecard|Controller|Control Module|Control|Fabric)"
    r" (?P<id>\S+)",
    re.I,
)


@command(
    "show platform {kind} {number} detail",
    area="device",
    gives=(Sensor, CpuMemory, TableUse),
    arguments=on_request,
    aliases=("show platform {kind}[ {number}][ detail]",),
)
def module(output: str, kind: str = "", number: str = "") -> Read:
    """One module in full: its state, temperature, power, load, tables."""
    heads = list(_TITLE.finditer(output))
    for head, following in zip(heads, [*heads[1:], None], strict=False):
        text = output[head.start() : following.start() if following else len(output)]
        kind_ = _NAMES.get(head["kind"].lower(), head["kind"].lower().replace(" ", "-"))
        yield from _detail(kind_, head["id"], fields(text))
        if kind_ == "control":
            yield from load(f"control {clean(head['id'])}", text)
        yield from tables(f"{kind_} {clean(head['id'])}", text)
    if not heads:
        yield from each(boxed(output), _module)


def _detail(kind: str, number_: str, found: dict[str, str]) -> Read:
    name, told = f"{kind} {clean(number_)}", state(found.get("operational state"))
    if kind in _KINDS:
        power = re.match(r"([\d.]+) watts", found.get("input power", ""))
        yield Sensor(
            name=name,
            kind=_KINDS[kind],
            state=told,
            value=number(power[1]) if power else None,
            unit="watts" if power else None,
        )
    if (warmth := number_of(found.get("current"))) is not None:
        alarm = said(found.get("alarm status"))
        yield Sensor(
            name=name,
            kind="temperature",
            value=float(warmth),
            unit="celsius",
            state="ok" if alarm is None or alarm.lower() in {"false", "none"} else "failed",
        )
    elif kind not in _KINDS and told:
        yield Sensor(name=name, kind="power", state=told)


@command(
    "show system lldp neighbor",
    area="lldp",
    gives=(LldpNeighbor,),
    arguments=on_request,
    aliases=("show system lldp neighbor[ {which*}]", "show system lldp neighbor interface {port}"),
)
def neighbors(output: str, which: str = "", port: str = "") -> Read:
    """Every neighbour of every port."""
    yield from each(boxed(output), _neighbor)


def _neighbor(row: Row) -> Read:
    cells = row.cells
    device = said(cells.get("neighborsystemname")) or said(cells.get("neighborchassisid"))
    if not cells.get("name") or device is None:
        raise ValueError("no port or no neighbour")
    yield LldpNeighbor(
        interface=cells["name"], neighbor_device=device, neighbor_interface=said(cells.get("neighborport"))
    )
