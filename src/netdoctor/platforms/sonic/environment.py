"""Temperatures, fans, power supplies, voltages and currents; what the health monitor says of the services."""

from __future__ import annotations

import re
from typing import Any, Final, Literal

from netdoctor.model.facts import RoutingProcess, Sensor
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.linux import sensors_text
from netdoctor.platforms.linux.reading import documents, listed
from netdoctor.platforms.linux.vtysh import PROTOCOLS
from netdoctor.platforms.sonic.reading import Read, Row, cell, on_request, read_table
from netdoctor.platforms.text import fields
from netdoctor.platforms.values import clean, number, text

Kind = Literal["temperature", "fan", "power", "voltage", "current"]
State = Literal["ok", "absent", "warning", "failed"]
_STATES: Final[dict[str, State]] = {
    "ok": "ok",
    "not ok": "failed",
    "warning": "warning",
    "not present": "absent",
    "n/a": "absent",
}
_NONE: Final = re.compile(r"(?:not detected|not available|no (?:fan|psu|thermal|sensor))", re.IGNORECASE)


@command(
    "show platform psustatus --json",
    area="device",
    gives=(Sensor,),
    aliases=("show platform psustatus[ -i {index}] --json", "psushow -s -j", "psushow -j -s"),
)
def supplies(output: str) -> Read:
    """Every power supply with its output power, voltage and current; older releases tell only how it is."""
    for document in documents(output):
        entries = listed(document)
        for entry in entries:
            if isinstance(entry, dict) and text(entry.get("name")):
                absent = str(entry.get("presence")).lower() == "false"
                yield from _supply({**entry, "status": "not present" if absent else entry.get("status")})
        if not entries:
            yield EMPTY


def _supply(said: dict[str, Any]) -> Read:
    name, state = clean(str(said["name"])), _STATES.get(str(said.get("status")).lower())
    yield Sensor(name=name, kind="power", value=number(said.get("power")), unit="w", state=state)
    for kind, unit in (("voltage", "v"), ("current", "a")):
        value = number(said.get(kind))
        if value is not None:
            yield Sensor(name=name, kind=kind, value=value, unit=unit, state=state)  # type: ignore[arg-type]  # one of its words


@command(
    "show platform psustatus",
    area="device",
    gives=(Sensor,),
    arguments=on_request,
    aliases=("show platform psustatus {options*}", "psushow -s"),
)
def supplies_text(output: str) -> Read:
    """The same as a table."""
    if _NONE.search(output):
        yield EMPTY
    yield from supplies(output) if output.lstrip()[:1] == "[" else read_table(output, _supply_row)


def _supply_row(row: Row) -> Read:
    name = cell(row, "psu")
    if name is None:
        raise ValueError("no name")
    said = {kind: cell(row, *names) for kind, names in _SUPPLY.items()}
    yield from _supply({"name": name, **said})


_SUPPLY: Final = {
    "status": ("status",),
    "power": ("power (w)",),
    "voltage": ("voltage (v)",),
    "current": ("current (a)",),
}


@command(
    "show platform fan", area="device", gives=(Sensor,), aliases=("show platform fan {options*}", "fanshow")
)
def fans(output: str) -> Read:
    """Every fan with its speed, in percent of its greatest or in turns a minute."""
    yield from read_table(output, _fan)
    if _NONE.search(output):
        yield EMPTY


def _fan(row: Row) -> Read:
    name = cell(row, "fan")
    if name is None:
        raise ValueError("no name")
    speed = re.fullmatch(r"(\d+(?:\.\d+)?) ?(%|RPM)?", cell(row, "speed") or "", re.IGNORECASE)
    absent = (cell(row, "presence") or "").lower() == "not present"
    yield Sensor(
        name=name,
        kind="fan",
        value=number(speed[1]) if speed else None,
        unit=("rpm" if (speed[2] or "").lower() == "rpm" else "pct") if speed else None,
        state="absent" if absent else _STATES.get((cell(row, "status") or "").lower()),
    )


@command(
    "show platform temperature",
    area="device",
    gives=(Sensor,),
    aliases=(
        "show platform temperature {options*}",
        "show platform voltage[ {options*}]",
        "show platform current[ {options*}]",
        "show platform temperature / voltage / current",
        "tempershow",
        "sensorshow[ {options*}]",
    ),
)
def temperatures(output: str) -> Read:
    """Every sensor with its limits, the critical ones where it has them; `Warning` says it is beyond one."""
    yield from read_table(output, _sensor)
    if _NONE.search(output):
        yield EMPTY


_COLUMNS: Final[tuple[tuple[str, Kind, str], ...]] = (
    ("temperature", "temperature", "celsius"),
    ("voltage", "voltage", "v"),
    ("current", "current", "a"),
)


def _sensor(row: Row) -> Read:
    name = cell(row, "sensor", "name")
    kind, column, unit = next(
        ((kind, column, unit) for column, kind, unit in _COLUMNS if column in row.cells), (None, "", "")
    )
    if name is None or kind is None:
        raise ValueError("no sensor")
    said = re.fullmatch(r"(-?\d+(?:\.\d+)?) ?([A-Za-z]*)", cell(row, column) or "")
    value = number(said[1]) if said else None
    high, low = (_limit(row, way) for way in ("high", "low"))
    yield Sensor(
        name=name,
        kind=kind,
        value=value,
        unit=(said[2].lower() if said and said[2] else unit) if said else None,
        state=_beyond(value, high, low, cell(row, "warning")),
        low_alarm=low,
        high_alarm=high,
    )


def _limit(row: Row, way: str) -> float | None:
    critical = number(cell(row, f"crit {way} th"))
    return number(cell(row, f"{way} th")) if critical is None else critical


def _beyond(value: float | None, high: float | None, low: float | None, warning: str | None) -> State | None:
    if value is None:
        return None
    if (high is not None and value >= high) or (low is not None and value <= low):
        return "failed"
    return {"true": "warning", "false": "ok"}.get((warning or "").lower(), "ok")  # type: ignore[return-value]  # its words


@command(
    "show environment",
    area="device",
    gives=(Sensor,),
    arguments=on_request,
    aliases=("sensors",),
)
def environment(output: str) -> Read:
    """What lm-sensors prints, and what platforms of Dell add to it."""
    yield from sensors_text.sensors(output)


_DAEMONS: Final = {"bgpd", "zebra", "ospfd", "isisd", "bfdd"}
_PARTS: Final[dict[str, Kind]] = {"PSU": "power", "Fan": "fan"}


@command(
    "show system-health detail",
    area="device",
    gives=(RoutingProcess, Sensor),
    privileged=True,
    aliases=("show system-health monitor-list", "show system-health summary"),
)
def health(output: str) -> Read:
    """Which services and parts the health monitor finds well; those that it ignores are not told."""
    watched, ignored, _ = output.partition("ignore list")
    yield from read_table(watched, _watched)
    if "System status summary" in output or ignored:
        yield from _stopped(watched)
        yield EMPTY


def _watched(row: Row) -> Read:
    name, kind = cell(row, "name"), cell(row, "type")
    well = (cell(row, "status") or "").lower() == "ok"
    if name is None or kind is None:
        raise ValueError("no name")
    daemon = name.rpartition(":")[2]
    if kind == "Process" and daemon in _DAEMONS:
        yield RoutingProcess(protocol=PROTOCOLS[daemon], name=daemon, configured=True, running=well)
    elif kind in _PARTS:
        yield Sensor(name=name, kind=_PARTS[kind], state="ok" if well else "failed")


def _stopped(output: str) -> Read:
    """The summary's own line of what does not run."""
    named = re.search(r"^ *Not Running: *(.+)$", output, re.MULTILINE)
    for word in named[1].split(",") if named else []:
        daemon = word.strip().rpartition(":")[2]
        if daemon in _DAEMONS and not re.search(rf"^(?:\S+:)?{daemon} ", output, re.MULTILINE):
            yield RoutingProcess(protocol=PROTOCOLS[daemon], name=daemon, configured=True, running=False)


@command(
    "show platform ssdhealth",
    area="device",
    gives=(Sensor,),
    arguments=on_request,
    aliases=("ssdutil[ {options*}]",),
)
def disk(output: str) -> Read:
    """The disk's temperature."""
    value = re.match(r"-?\d+(?:\.\d+)?", fields(output).get("temperature", ""))
    if value:
        yield Sensor(name="disk", kind="temperature", value=number(value[0]), unit="celsius")
    elif "Health" in output or "Device Model" in output:
        yield EMPTY
