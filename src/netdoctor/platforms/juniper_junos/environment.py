"""Temperatures, fans, power supplies, alarms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from netdoctor.model.facts import Fact, LogEvent, Sensor
from netdoctor.model.facts.system import LogSeverity
from netdoctor.platforms.base import EMPTY, NotUnderstood
from netdoctor.platforms.juniper_junos.engines import celsius
from netdoctor.platforms.juniper_junos.environment_text import components_in, rows_in, supplies_in
from netdoctor.platforms.juniper_junos.reading import (
    Node,
    Read,
    each,
    leaf,
    nodes,
    on_request,
    or_empty,
    query,
    roots,
    seconds,
    tree,
)
from netdoctor.platforms.juniper_junos.system import moment
from netdoctor.platforms.values import number

State = Literal["ok", "absent", "warning", "failed"]
Kind = Literal["temperature", "fan", "power", "voltage", "current"]

_STATES: dict[str, State] = {
    "ok": "ok",
    "online": "ok",
    "online master": "ok",
    "online standby": "ok",
    "present": "ok",
    "absent": "absent",
    "empty": "absent",
    "not present": "absent",
    "failed": "failed",
    "failure": "failed",
    "check": "warning",
    "offline": "warning",
    "testing": "ok",
    "fault": "failed",
}


def state_of(said: str | None) -> State | None:
    """Junos's word for a part; what is neither well nor known to have failed is a warning."""
    word = (said or "").strip().lower()
    if word in {"", "unknown", "n/a"}:
        return None
    return _STATES.get(word, "ok" if word.startswith(("ok", "online")) else "warning")


@query(
    "show chassis environment",
    also=(
        "show chassis environment {rest*}",
        "show chassis fan",
        "get-environment-information[ {rest*}]",
        "get-fan-information",
    ),
    area="device",
    gives=(Sensor,),
)
def environment(output: str) -> Read:
    """Every sensor, from the summary of all parts or from the full word on one kind of them."""
    found = tree(output)
    if found is None:
        yield from or_empty(each(rows_in(output), _item), known=False)
        yield from each(components_in(output), _component)
        return
    known = roots(found, "environment-information", "environment-component-information", "fan-information")
    if not known:
        raise NotUnderstood("no 'environment-information'")
    items = [
        (one | {"engine": engine or ""}) for engine, root in known for one in nodes(root, "environment-item")
    ]
    parts = [
        (one | {"engine": engine or ""})
        for engine, root in known
        for one in nodes(root, "environment-component-item")
    ]
    fans = [
        (one | {"engine": engine or "", "class": "Fans"})
        for engine, root in known
        for one in nodes(root, "fan-information-rpm-item")
    ]
    yield from or_empty(
        (
            fact
            for table, read in ((items, _item), (parts, _component), (fans, _item))
            for fact in each(table, read)
        ),
        known=True,
    )


def _name(found: Node) -> str:
    name = " ".join(filter(None, (leaf(found, "engine"), leaf(found, "name"))))
    if not name:
        raise ValueError("a sensor without a name")
    return name


def _item(found: Node) -> Iterator[Fact]:
    """One row of the summary: its class says what it is, else its reading does."""
    name, group = _name(found), (leaf(found, "class") or "").lower()
    status, comment = leaf(found, "status"), leaf(found, "comment")
    value, rpm = celsius(found, "temperature"), number(leaf(found, "rpm"))
    if group.startswith("fan") or "fan" in name.lower().split() or "blower" in name.lower():
        rpm = _rpm(comment) if rpm is None else rpm
        yield Sensor(
            name=name, kind="fan", value=rpm, unit="rpm" if rpm is not None else None, state=state_of(status)
        )
        return
    supply = re.search(r"\b(?:PEM|PSM|PSU|Power Supply|PDM)\b", name) is not None
    if group.startswith("power") or (supply and value is None):
        yield Sensor(name=name, kind="power", state=state_of(status))
        if value is None:
            return
    if value is None and status is None:
        return
    yield Sensor(
        name=name,
        kind="temperature",
        value=value,
        unit="celsius" if value is not None else None,
        state=state_of(status),
    )


def _rpm(said: str | None) -> float | None:
    found = re.match(r"(\d+) ?RPM", said or "", re.IGNORECASE)
    return number(found[1]) if found else None


def _component(found: Node) -> Iterator[Fact]:
    """All that one card or supply says: its temperatures, fans, voltages and load."""
    name, state = _name(found), state_of(leaf(found, "state"))
    for reading in nodes(found, "temperature-reading"):
        said, value = leaf(reading, "temperature"), celsius(reading, "temperature")
        title = leaf(reading, "temperature-name") or "Temperature"
        yield Sensor(
            name=f"{name} {title}",
            kind="temperature",
            value=value,
            unit="celsius" if value is not None else None,
            state=state_of(said) if value is None else state,
        )
    for fan in nodes(found, "fan-speed-reading"):
        speed = leaf(fan, "fan-speed")
        rpm = _rpm(speed)
        yield Sensor(
            name=f"{name} {leaf(fan, 'fan-name') or 'Fan'}",
            kind="fan",
            value=rpm,
            unit="rpm" if rpm is not None else None,
            state=state_of(speed) if rpm is None else state,
        )
    for voltage in nodes(found, "power-information", "voltage"):
        actual = number((leaf(voltage, "actual-voltage") or "").split(" ")[0])
        if actual is not None:
            title = leaf(voltage, "reference-voltage") or "Voltage"
            yield Sensor(
                name=f"{name} {title}", kind="voltage", value=actual / 1000.0, unit="volts", state=state
            )
    watts = number(
        leaf(found, "dc-information", "dc-detail", "dc-power")
        or leaf(found, "ac-information", "ac-detail", "ac-power")
    )
    if (
        "dc-information" in found
        or "ac-information" in found
        or re.match(r".*\b(?:PEM|PSM|PSU|Power Supply)\b", name)
    ):
        yield Sensor(
            name=name, kind="power", value=watts, unit="watts" if watts is not None else None, state=state
        )


@query(
    "show chassis power",
    also=("show chassis power {rest*}", "get-power-usage-information[ {rest*}]"),
    area="device",
    gives=(Sensor,),
)
def power(output: str) -> Read:
    """Every power supply by what it gives; redundant when the capacity left is more than one gives."""
    found = tree(output)
    if found is None:
        items, left = supplies_in(output)
    else:
        known = roots(found, "power-usage-information")
        if not known:
            raise NotUnderstood("no 'power-usage-information'")
        items = [
            (one | {"engine": engine or ""})
            for engine, root in known
            for one in nodes(root, "power-usage-item")
        ]
        left = next(
            (
                number(leaf(one, "capacity-sys-remaining"))
                for _, root in known
                for one in nodes(root, "power-usage-system")
            ),
            None,
        )
    yield from or_empty(each(items, lambda one: [_supply(one, left)]), known=found is not None)


def _supply(found: Node, left_w: float | None) -> Sensor:
    """A supply without a feed is a failed one, though it stands in its slot."""
    watts = number((leaf(found, "dc-output-detail", "dc-power") or "").split(" ")[0])
    capacity = number(leaf(found, "pem-capacity-detail", "capacity-actual"))
    state = state_of(leaf(found, "state"))
    feeds = [
        leaf(found, *path) for path in (("ac-input-detail", "ac-input"), ("dc-input-detail", "dc-input"))
    ]
    if state == "ok" and any(feed and not feed.lower().startswith("ok") for feed in feeds):
        state = "failed"
    return Sensor(
        name=_name(found),
        kind="power",
        value=watts,
        unit="watts" if watts is not None else None,
        state=state,
        redundant=left_w >= capacity if left_w is not None and capacity else None,
    )


_LIMITS = re.compile(r"^[ \t]*(?P<name>[A-Z][\w /-]*?\w) {2,}(?P<numbers>\d+(?: +\d+){3,6})[ \t]*$", re.M)


def _red(numbers: list[str]) -> str:
    """Two fan speeds, two yellow alarms, two red ones (each as it is, and with a bad fan), fire."""
    return numbers[4] if len(numbers) >= 6 else numbers[-1]


@query(
    "show chassis temperature-thresholds",
    also=("get-temperature-threshold-information",),
    area="device",
    gives=(Sensor,),
    arguments=on_request,
)
def thresholds(output: str) -> Read:
    """At which temperature each part raises the red alarm."""
    found = tree(output)
    entries: list[Node]
    if found is None:
        entries = [
            {"name": row["name"], "red-alarm": _red(row["numbers"].split())}
            for row in _LIMITS.finditer(output)
        ]
    else:
        known = roots(found, "temperature-threshold-information")
        if not known:
            raise NotUnderstood("no 'temperature-threshold-information'")
        entries = [
            (one | {"engine": engine or ""})
            for engine, root in known
            for one in nodes(root, "temperature-threshold")
        ]
    for one in entries:
        yield Sensor(
            name=_name(one), kind="temperature", unit="celsius", high_alarm=number(leaf(one, "red-alarm"))
        )


_ALARM = re.compile(
    r"^[ \t]*(?P<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?: \S{2,5})?) +(?P<class>Major|Minor|Critical) +"
    r"(?P<text>\S[^\n]*)",
    re.M,
)


@query("show chassis alarms", also=("get-alarm-information",), area="device", gives=(LogEvent,))
@query("show system alarms", also=("get-system-alarm-information",), area="device", gives=(LogEvent,))
def alarms(output: str) -> Read:
    """The alarms that stand, each as an event of the time it was raised."""
    found = tree(output)
    if found is None:
        for row in _ALARM.finditer(output):
            yield _alarm(row["time"], None, row["class"], row["text"].strip(), "")
        if re.search(r"^\s*No alarms currently active", output, re.M):
            yield EMPTY
        return
    known = roots(found, "alarm-information")
    if not known:
        raise NotUnderstood("no 'alarm-information'")
    details = [one for _, root in known for one in nodes(root, "alarm-detail")]
    yield from or_empty(
        each(
            details,
            lambda one: [
                _alarm(
                    leaf(one, "alarm-time"),
                    seconds(one, "alarm-time"),
                    leaf(one, "alarm-class"),
                    leaf(one, "alarm-description") or leaf(one, "alarm-short-description") or "alarm",
                    leaf(one, "alarm-type") or "",
                )
            ],
        ),
        known=True,
    )


_SEVERITIES: dict[str, LogSeverity] = {"critical": "critical", "major": "error"}


def _alarm(time: str | None, epoch_s: float | None, level: str | None, said: str, kind: str) -> LogEvent:
    hot = re.search(r"temperature|fan|PEM|PSM|PSU|power|overheat|cooling", said, re.IGNORECASE) is not None
    return LogEvent(
        at=moment(time) or moment(None, epoch_s),
        severity=_SEVERITIES.get((level or "").lower(), "warning"),
        facility="alarm",
        mnemonic=(level or "").upper() or None,
        kind="power_thermal" if hot else "hardware_error" if kind == "Chassis" else "other",
        text=said,
    )
