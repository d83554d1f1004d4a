"""Temperatures, fans and power supplies."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from netdoctor.model.facts import Sensor
from netdoctor.platforms.base import NotUnderstood, command
from netdoctor.platforms.cisco_nxos.reading import (
    J,
    Object,
    Read,
    document,
    number_in,
    over,
    rows,
    said,
    structured,
    without_json,
)
from netdoctor.platforms.text import Line, each, lines

_ALIASES = (
    "show environment[ fan| power| temperature][ detail]",
    "show environment fex {fex}",
)
_OK = re.compile(r"ok|active|powered-up|normal|good|online", re.I)
_ABSENT = re.compile(r"absent|not present|removed|none$|n/?a$|--$", re.I)
_WARNING = re.compile(r"minor|warn|unknown|testing|init", re.I)


def state_of(word: str | None) -> Any:
    """`Ok`, `Absent`, `MinorAlarm`; anything else (`Shutdown`, `Fail`, `MajorAlarm`) has failed."""
    if not word:
        return None
    told = word.strip()
    if re.match(r"(?:fail|fault|shut|not ok|major|bad|powered-d)", told, re.I):
        return "failed"
    for pattern, state in ((_ABSENT, "absent"), (_OK, "ok"), (_WARNING, "warning")):
        if pattern.match(told):
            return state
    return "failed"


@command("show environment | json", area="device", gives=(Sensor,), aliases=tuple(a + J for a in _ALIASES))
def environment(output: str, fex: str = "") -> Read:
    """Every sensor; the tables lie in an object a chassis family, whose name tells it."""
    found = document(output)
    if not found:
        return
    parts = [found, *(value for value in found.values() if isinstance(value, dict))]
    redundant = _redundant(parts)
    here: list[tuple[str, Object]] = []
    for part in parts:
        for key in part:
            kind = next((kind for word, kind in _TABLES if key.startswith(f"TABLE_{word}")), None)
            if kind:
                here += [(kind, row) for row in rows(part, key.removeprefix("TABLE_"))]
    if not here:
        raise NotUnderstood(f"no sensors in {', '.join(list(found)[:6])}")
    names: Counter[str] = Counter()
    yield from over([{"kind": kind, "row": row} for kind, row in here], _reader(names, redundant), {}, "")


_TABLES = (("tempinfo", "temperature"), ("faninfo", "fan"), ("psinfo", "power"))


def _reader(names: Counter[str], redundant: bool | None) -> Any:
    def read(entry: Object) -> Read:
        kind, row = entry["kind"], entry["row"]
        if kind == "temperature":
            yield _temperature(
                names,
                said(row.get("tempmod")),
                said(row.get("sensor")),
                number_in(row.get("curtemp")),
                number_in(row.get("majthres")),
                said(row.get("alarmstatus")),
            )
        elif kind == "fan":
            yield Sensor(name=_name(row, "fanname"), kind="fan", state=state_of(said(row.get("fanstatus"))))
        else:
            output = row.get("actual_out") or row.get("watts") or row.get("actual_output")
            names["power"] += 1
            yield _supply(
                f"PS {said(row.get('psnum')) or names['power']}",
                number_in(output),
                number_in(row.get("tot_capa")),
                said(row.get("ps_status") or row.get("ps_status_3k")),
                redundant,
            )

    return read


def _name(row: Object, key: str) -> str:
    found = said(row.get(key))
    if not found:
        raise ValueError(f"no {key!r}")
    return found


def _temperature(
    names: Counter[str],
    module: str | None,
    sensor: str | None,
    value: float | None,
    major: float | None,
    status: str | None,
) -> Sensor:
    """One sensor. Where a module has several of one name, they are numbered."""
    name = " ".join(filter(None, (module, " ".join((sensor or "").split()))))
    names[name] += 1
    return Sensor(
        name=name if names[name] == 1 else f"{name} #{names[name]}",
        kind="temperature",
        value=value,
        unit="celsius",
        state=state_of(status),
        high_alarm=major,
    )


def _supply(
    name: str, value: float | None, capacity: float | None, status: str | None, redundant: bool | None
) -> Sensor:
    return Sensor(
        name=name,
        kind="power",
        value=value,
        unit=None if value is None else "watt",
        state=state_of(status),
        high_alarm=capacity or None,
        redundant=redundant,
    )


def _redundant(parts: list[Object]) -> bool | None:
    """True when the power mode in operation bears the loss of a supply."""
    words = [
        said(inner.get("ps_oper_mode") or inner.get("ps_redun_op_mode"))
        for part in parts
        for inner in part.values()
        if isinstance(inner, dict)
    ]
    return _is_redundant(next(filter(None, words), None))


def _is_redundant(mode: str | None) -> bool | None:
    return None if mode is None else "redundant" in mode.lower() and "non" not in mode.lower()


_DEGREES = re.compile(
    r"^ *(?P<module>\d+|[A-Za-z][\w-]*\d+) +(?P<sensor>\S.*?) +"
    r"(?P<major>-?\d+|--|N/A) +(?P<minor>-?\d+|--|N/A) +"
    r"(?P<value>-?\d+|N/A) +(?P<status>\w[\w -]*?) *$"
)
_FAN = re.compile(
    r"^ *(?P<name>(?:Chassis-\d+ )?(?:Fan|PS|ChassisFan)[\w()/-]*(?: ?\d+)?)(?: {1,}"
    r"(?P<model>\S+))?(?: +(?P<hw>--|[\d.]+|N/A))"
    r"(?: +(?P<direction>front-to-back|back-to-front|fr?ont\S*|ba?ck\S*"
    r"|N/A|--|\S*xhaust|\S*ntake))? +(?P<status>[A-Za-z]\S*(?: \w+)?) *$",
    re.I,
)
_SUPPLY = re.compile(
    r"^ *(?P<number>\d+) +(?P<model>\S+) +(?:(?P<input>AC|DC|N/A|--) +)?(?P<output>-?[\d.]+|N/A) *W?"
    r"(?P<others>(?: +(?:-?[\d.]+|N/A)(?: *[WA])?)*) +"
    r"(?P<status>[A-Za-z][\w/-]*(?: \w+)?) *(?:\([^)]*\))? *$",
    re.I,
)
_MODE = re.compile(r"redundancy mode \(operational\) *:? *(\S+)|Redundancy operational mode *:? *(\S+)", re.I)
_SECTIONS = (
    ("fan", re.compile(r"^ *Fan:?\s*$|^ *Fan +Model", re.I)),
    ("power", re.compile(r"^ *Power Supply:?\s*$|^ *Supply +Model", re.I)),
    ("temperature", re.compile(r"^ *Temperature\b|^ *Module +Sensor", re.I)),
    (
        "",
        re.compile(
            r"^ *(?:Module +Model|Mod +Model|Power Usage|Power supply details|Power Supply redundancy)", re.I
        ),
    ),
)


@command(
    "show environment",
    area="device",
    gives=(Sensor,),
    arguments=without_json,
    aliases=_ALIASES,
)
def environment_in_text(output: str, fex: str = "") -> Read:
    """The same in text: a table a kind of sensor, under a line that names it."""
    if structured(output):
        yield from environment(output)
        return
    mode = _MODE.search(output)
    redundant = _is_redundant(mode[1] or mode[2]) if mode else None
    names: Counter[str] = Counter()
    section = ""

    def read(line: Line) -> Iterator[Sensor]:
        nonlocal section
        started = next((name for name, pattern in _SECTIONS if pattern.match(line.text)), None)
        if started is not None:
            section = started
            return
        if section == "fan" and (fan := _FAN.match(line.text)):
            yield Sensor(name=" ".join(fan["name"].split()), kind="fan", state=state_of(fan["status"]))
        elif section == "power" and (supply := _SUPPLY.match(line.text)):
            told = re.findall(r"[\d.]+", supply["others"])
            yield _supply(
                f"PS {supply['number']}",
                number_in(supply["output"]) if supply["output"] != "N/A" else None,
                float(told[-1]) if told and not supply["input"] else None,
                supply["status"],
                redundant,
            )
        elif section == "temperature" and (degrees := _DEGREES.match(line.text)):
            yield _temperature(
                names,
                degrees["module"],
                degrees["sensor"],
                number_in(degrees["value"]),
                number_in(degrees["major"]),
                degrees["status"],
            )

    yield from each(lines(output), read)
