"""Chassis, cards, fans, power: what they are and how they do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from netdoctor.model.events import Note
from netdoctor.model.facts import DeviceInfo, Fact, Sensor
from netdoctor.platforms.base import command
from netdoctor.platforms.nokia_sros.reading import Read, pairs, said, sensor_state
from netdoctor.platforms.values import clean, number

_FAN: Final = re.compile(
    r"^ *Fan tray number *: (?P<tray>\S+)\s*\n(?P<rows>(?: +(?!Fan tray|Power)\S[^\n]*\n?)*)", re.M | re.I
)
_POWER: Final = re.compile(
    r"^ *Power supply number *: (?P<unit>\S+)\s*\n(?P<rows>(?: +(?!Power supply number)\S[^\n]*\n?)*)",
    re.M | re.I,
)


@command(
    "show chassis",
    area="device",
    gives=(DeviceInfo, Sensor),
    aliases=("show chassis detail", "show chassis environment", "show chassis power-supply"),
)
def chassis(output: str) -> Read:
    """The chassis with its serial number; its temperature, fan trays and power supplies."""
    found = pairs(output)
    model, name = said(found.get("type")), said(found.get("name"))
    if model or found.get("serial number"):
        yield DeviceInfo(
            hostname=name,
            vendor="Nokia" if model else None,
            model=model,
            serial=said(found.get("serial number")),
        )
    over = (found.get("over temperature state") or "").lower()
    if over:
        yield Sensor(name="chassis", kind="temperature", state="ok" if over == "ok" else "failed")
    yield from _fans(output)
    yield from _supplies(output)


def _fans(output: str) -> Iterator[Fact]:
    for found in _FAN.finditer(output + "\n"):
        rows = pairs(found["rows"])
        yield Sensor(name=f"fan tray {found['tray']}", kind="fan", state=sensor_state(rows.get("status")))


def _supplies(output: str) -> Iterator[Fact]:
    for found in _POWER.finditer(output + "\n"):
        rows = pairs(found["rows"])
        words = [
            rows[name]
            for name in ("status", "ac status", "dc status", "pem status", "input status")
            if name in rows
        ]
        states = [state for word in words if (state := sensor_state(word))]
        worst = next((state for state in ("failed", "warning", "absent", "ok") if state in states), None)
        yield Sensor(name=f"power supply {found['unit']}", kind="power", state=worst)


_CARD: Final = re.compile(r"^(?P<kind>Card|CPM|MDA) (?P<slot>\S+?)(?: detail)? *$", re.M)


@command(
    "show card detail",
    area="device",
    gives=(Sensor,),
    aliases=("show card {slot} detail", "show mda {slot} detail", "show mda detail"),
)
def cards(output: str, slot: str = "") -> Read:
    """How warm each card is, and the threshold over which it alarms."""
    yield from _temperatures(output)


def _temperatures(output: str) -> Iterator[Fact | Note]:
    parts = list(_CARD.finditer(output))
    for head, following in zip(parts, [*parts[1:], None], strict=False):
        found = pairs(output[head.start() : following.start() if following else len(output)])
        warm = re.match(r"(-?\d+)\s*C\b", found.get("temperature", ""))
        limit = re.match(r"(\d+)\s*C\b", found.get("temperature threshold", ""))
        if not warm:
            continue
        value, high = number(warm[1]), number(limit[1]) if limit else None
        yield Sensor(
            name=f"{head['kind'].lower()} {clean(head['slot'])}",
            kind="temperature",
            value=value,
            unit="celsius",
            state=None if value is None or high is None else "ok" if value < high else "failed",
            high_alarm=high,
        )


_ZONE: Final = re.compile(r"Power Zone (?P<zone>\d+)")
_MODULE: Final = re.compile(r"Power Module +(?P<unit>\S+) *: +(?P<watts>[\d.]+) Watts")
_CAPACITY: Final = re.compile(r"Power Capacity *: +([\d.]+) Watts")
_DRAWN: Final = re.compile(r"Current Util\. *: +([\d.]+) Watts")


@command(
    "show chassis power-management utilization",
    area="device",
    gives=(Sensor,),
    aliases=("show chassis power-management utilization detail",),
)
def power(output: str) -> Read:
    """What each power module can give, and what is drawn of it. One that gives nothing is absent."""
    for found in _MODULE.finditer(output):
        there = float(found["watts"]) > 0
        yield Sensor(name=f"power module {found['unit']}", kind="power", state="ok" if there else "absent")
    drawn, capacity = _DRAWN.search(output), _CAPACITY.search(output)
    if drawn:
        zone = _ZONE.search(output)
        value, most = float(drawn[1]), float(capacity[1]) if capacity else None
        yield Sensor(
            name=f"power zone {zone['zone'] if zone else 1}",
            kind="power",
            value=value,
            unit="watts",
            state=None if not most else "ok" if value < most else "warning",
            high_alarm=most,
        )
