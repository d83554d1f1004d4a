"""Temperature, fans and power: a dozen layouts by chassis, each known by the look of its lines.

Catalyst stacks and fixed switches, Catalyst 4500, 6500, 9400 and 9600, ISR, ASR 900, ASR 1000. Where a
chassis has several switches, the sensor's name begins with the switch's number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

from netdoctor.model.facts import Sensor
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_xe.environment_words import (
    Kind,
    kind_by_name,
    reading_of,
    state_of,
)
from netdoctor.platforms.cisco_xe.reading import Read, on_request
from netdoctor.platforms.text import Line, each, lines
from netdoctor.platforms.values import number

_LONGEST = 300
_FAN_NUMBERS = re.compile(r"\s*(?:Supply|Tray)\s.*\bS(?:tatus|ensor)(?:\s+(\d)(?:\s+\d)*|\s+Status)\s*$")
_ABOUT_TEMPERATURE = re.compile(
    r"\s*(?:(?:(?P<name>\w+) )?Temperature Value *: *(?P<value>-?\d+)"
    r"|(?:\w+ )?Temperature State *: *(?P<state>\w+)|Red Threshold *: *(?P<red>\d+))",
    re.I,
)
_SWITCH = re.compile(r"\s*Switch[: ]+(\d+)\b(?!\s*FAN)", re.I)
_THRESHOLDS = re.compile(r"\(?\s*(\d+|na)\s*,\s*(\d+|na)\s*,\s*(\d+|na)", re.I)
_RANGE = re.compile(r"(-?\d+) - (-?\d+)\s*$")

_STACK_FAN = re.compile(r"\s*(\d)\s+(\d+)\s+(\d+)\s+(OK|\w[\w -]*?)(?:\s{2,}.*|\s+(?:Front|Back) to.*)?$")
_STACK_POWER = re.compile(
    r"\s*(?P<slot>\d+[A-D]?)\s+(?:(?P<absent>Not Present)|Built-in\s+(?P<built_in>\w+).*"
    r"|(?P<pid>\S+)\s+(?P<serial>\S+)\s+(?P<state>\w[\w -]*?)\s{2,}(?P<system>\S+)\s+(?P<poe>\S+)"
    r"\s+(?P<watts>\d+|n/a)(?:/\d+)?)\s*$",
    re.I,
)
_SUPPLY = re.compile(
    r"\s*(?P<name>PS\d+|PEM\d+)\s+(?:Not Present\b.*|(?P<model>\S+)\s+(?P<type>AC|DC|N/A)\s+"
    r"(?:(?P<watts>\d+) ?W|n\.?/?a\.?)\s+(?P<state>[A-Za-z][\w-]*)(?P<fans>(?:\s+\S+)*)?)\s*$",
    re.I,
)
_TRAY = re.compile(
    r"\s*(?P<name>F[MT]\d+)\s+(?P<state>[a-z][\w-]*)(?P<fans>(?:\s+(?:good|bad|fail\w*|n/?a|n\.a\.|ok))*)\s*$",
    re.I,
)


@command(
    "show environment all",
    area="device",
    gives=(Sensor,),
    aliases=(
        "show environment",
        "show env",
        "show env all",
        "show environment status",
        "show environment power[ all| switch {switch}]",
        "show env power[ all]",
        "show environment temperature[ status]",
        "show env temperature[ status]",
        "show environment fan",
        "show env fan",
        "show environment stack",
        "show env stack",
        "show environment switch {switch}",
        "show environment cooling",
    ),
)
@command(
    "show power",
    area="device",
    gives=(Sensor,),
    arguments=on_request,
    aliases=("show power detail", "show power status", "show power all", "show platform power"),
)
def environment(output: str) -> Read:
    """Every sensor of every layout; sensors without a value say their state alone."""
    place = _Place()
    nothing = True
    for item in chain(each(lines(output), place.read), place.pending()):
        nothing = False
        yield item
    if nothing and re.search(r"Number of Critical alarms: +0\b", output):
        yield EMPTY


class _Place:
    """What the lines above say of the ones below: the switch, and which of two tables of sensors it is."""

    def __init__(self) -> None:
        self._switch = ""
        self._by_slot: bool | None = None
        self._fans_from = 0
        self._fans_to = 99
        self._held: dict[str, Any] = {}

    def read(self, line: Line) -> Iterator[Sensor]:
        text = line.text[:_LONGEST]
        if re.match(r"\s*(?:Slot\s+Sensor|Sensor\s+Location)", text):
            self._by_slot = text.lstrip().startswith("Slot")
        elif switch := _SWITCH.match(text):
            self._switch = f"{switch[1]} "
        elif numbers := _FAN_NUMBERS.match(text):
            self._fans_from, self._fans_to = int(numbers[1] or 0), 99 if numbers[1] else 1
        yield from self._temperature(text)
        for reader in (self._sensor, self._power, self._supply, self._tray, self._fan, *_PLAIN):
            found = list(reader(text))
            if found:
                yield from found
                return

    def _sensor(self, text: str) -> Iterator[Sensor]:
        """`PS1 Vout  1  GOOD  56238 mV  na` and `P0  Vin  Normal  231 V AC  na`."""
        by_slot = bool(_SLOT_FIRST.match(text)) if self._by_slot is None else self._by_slot
        if row := (None if by_slot else _SENSOR.match(text)) or _BY_SLOT.match(text):
            name = " ".join(f"{row['place']} {row['name']}".split())
            yield from _measured(name, row["state"], row["reading"], row["limits"])

    def _temperature(self, text: str) -> Iterator[Sensor]:
        """`Inlet Temperature Value: 29 Degree Celsius`, its state and red threshold on the lines below."""
        found = _ABOUT_TEMPERATURE.match(text)
        if not found:
            return
        if found["value"]:
            yield from self.pending()
            name = f"{self._switch}{found['name'] or 'System'}"
            self._held = {"name": name, "value": float(found["value"])}
        elif found["state"]:
            self._held["state"] = state_of(found["state"])
        else:
            self._held["high_alarm"] = number(found["red"])

    def pending(self) -> Iterator[Sensor]:
        """The temperature whose lines have all been read."""
        if "name" in self._held:
            yield Sensor(kind="temperature", unit="celsius", **self._held)
        self._held = {}

    def _power(self, text: str) -> Iterator[Sensor]:
        """`1A  PWR-C1-715WAC  SERIAL  OK  Good  Good  715`."""
        if found := _STACK_POWER.match(text):
            yield Sensor(
                name=f"PowerSupply{found['slot'].upper()}",
                kind="power",
                state="absent" if found["absent"] else state_of(found["state"] or found["built_in"]),
                value=number(found["watts"]),
                unit="watts" if number(found["watts"]) is not None else None,
            )

    def _supply(self, text: str) -> Iterator[Sensor]:
        """`PS0  C9K-PWR-1600WAC-R  AC  1600 W  ok  good  N/A`, with the supply's own fans behind."""
        if found := _SUPPLY.match(text):
            name = f"{self._switch}{found['name']}"
            yield Sensor(
                name=name,
                kind="power",
                state=state_of(found["state"]) if found["model"] else "absent",
                value=number(found["watts"]),
                unit="watts" if found["watts"] else None,
            )
            yield from self._fans(name, found["fans"])

    def _tray(self, text: str) -> Iterator[Sensor]:
        """`FM0  ok  good good N/A`: a fan tray and its fans."""
        if found := _TRAY.match(text):
            name = f"{self._switch}{found['name']}"
            yield Sensor(name=name, kind="fan", state=state_of(found["state"]))
            yield from self._fans(name, found["fans"])

    def _fan(self, text: str) -> Iterator[Sensor]:
        """`1  2  5440  OK  Front to Back`."""
        if found := _STACK_FAN.match(text):
            yield Sensor(
                name=f"{found[1]} Fan{found[2]}",
                kind="fan",
                value=number(found[3]),
                unit="rpm",
                state=state_of(found[4]),
            )

    def _fans(self, name: str, states: str | None) -> Iterator[Sensor]:
        """The fans of a tray or a supply, numbered by the header; a place without a fan is no fan."""
        for index, state in enumerate((states or "").split()[: self._fans_to], self._fans_from):
            if state_of(state) not in {None, "absent"}:
                yield Sensor(name=f"{name} Fan{index}", kind="fan", state=state_of(state))


_READING = (
    r"(?P<reading>-?\d+ *(?:mV|mA|mW|V|A|Watts|W|rpm|RPM|Celsius|C|%)(?![\w])(?: [AD]C)?)(?P<limits>.*)$"
)
_SENSOR = re.compile(
    r"\s*(?P<name>\S(?:[^\n]*?\S)?)\s+(?P<place>(?:Chassis\d+-)?(?:[A-Z]{1,3})?\d+(?:/\d+)?)"
    rf"\s{{2,}}(?P<state>[A-Za-z][\w %-]*?)\s{{2,}}{_READING}"
)
_SLOT_FIRST = re.compile(r"\s*[PRF]?\d+(?:/\d+)?\s")
"""What a line of an answer that was cut out, without its heading, begins with where slots stand first."""
_BY_SLOT = re.compile(
    r"\s*(?P<place>(?:Chassis\d+-)?[A-Za-z]{0,3}\d+(?:/\d+)?)\s+(?P<name>\S.*?)\s+"
    r"(?P<state>Normal|Minor|Major|Critical|Shutdown|Warning|Marginal|Good|OK|Ok"
    r"|Bad|Fail\w*|Faulty|Fan Speed \d+%|Not Present|Absent|Disabled|Unknown|N/A)\s+"
    rf"{_READING}"
)


def _measured(name: str, state: str, reading: str, limits: str) -> Iterator[Sensor]:
    value, kind, unit = reading_of(reading)
    if value is None:
        return
    span, levels = _RANGE.search(limits), None if "Fan Speed" in state else _THRESHOLDS.search(limits)
    high = next((level for level in levels.group(2, 3, 1) if level != "na"), None) if levels else None
    high = span[2] if span else high
    yield Sensor(
        name=name,
        kind=kind or kind_by_name(name) or "power",
        value=value,
        unit=unit,
        state=state_of(state),
        low_alarm=number(span[1]) if span else None,
        high_alarm=number(high),
    )


def _says(pattern: str, make: Callable[[re.Match[str]], Sensor]) -> Callable[[str], Iterator[Sensor]]:
    """A reader of lines that are a whole sensor by themselves."""
    compiled = re.compile(pattern, re.I)

    def read(text: str) -> Iterator[Sensor]:
        if found := compiled.match(text):
            yield make(found)

    return read


def _named(kind: Kind) -> Callable[[re.Match[str]], Sensor]:
    def make(found: re.Match[str]) -> Sensor:
        told = found.groupdict()
        value = number(told.get("value"))
        unit = {"temperature": "celsius", "fan": "percent", "voltage": "volts", "power": "watts"}.get(kind)
        return Sensor(
            name=" ".join(found["name"].split()).rstrip(",: "),
            kind=kind,
            value=value,
            unit=unit if value is not None else None,
            state=state_of(told.get("state")),
            high_alarm=number(told.get("high")),
        )

    return make


_PLAIN = (
    _says(
        r"\s*(?P<name>External Adapter|Internal\b.*?) {2,}\w+ +(?P<value>\d+)\(w\)"
        r" +(?P<state>Available|Failed\w*)",
        _named("power"),
    ),
    _says(r"\s*(?P<name>[\w.]+) +Supply: *(?P<value>[+-]?[\d.]+) *V +(?P<state>\w+)", _named("voltage")),
    _says(
        r"\s*(?P<name>(?:Switch \d+ )?Fan(?: \S+)? ?)(?:Operation:|is|:) *(?P<state>(?:not )?[A-Z]\w+)"
        r"(?:, is running at *(?P<value>\d+) *percent)?",
        _named("fan"),
    ),
    _says(r"\s*(?P<name>Fan(?: \d+)?) (?P<state>OK|Failed|Faulty)\b", _named("fan")),
    _says(r"\s*(?P<name>\d+ +WS-C\S*FAN\S*) +[\d.]+ +[\d.]+ +(?P<state>\w+)", _named("fan")),
    _says(
        r"\s*(?P<name>\d+ +(?:WS-CAC|PWR|WS-CDC)\S*) +(?P<value>[\d.]+) +[\d.]+ +\S+ +\S+"
        r" +(?P<state>on|off)\b",
        _named("power"),
    ),
    _says(
        r"\s*(?P<name>[\w ]{2,40}?) *temperature, +temperature = (?P<value>-?\d+) *\(C\), *(?P<state>\w+)",
        _named("temperature"),
    ),
    _says(
        r"\s*(?P<name>[\w /()-]{2,40}?) temperature: *(?P<value>-?\d+) ?C(?:elsius)?"
        r"(?:(?:,| \() *(?P<state>\w+))?",
        _named("temperature"),
    ),
    _says(
        r"\s*(?P<name>\d+ +[A-Za-z][\w /-]*?) +(?P<value>-?\d+)C +\(\d+C,(?P<high>\d+)C,\d+C\)"
        r" +(?P<state>\S+)",
        _named("temperature"),
    ),
    _says(r"\s*(?P<name>(?:[\w-]*fan[\w-]*|power-supply)(?: \d+)?) fan-fail: *(?P<state>\w+)", _named("fan")),
    _says(r"\s*(?P<name>power-supply \d+) power-output-fail: *(?P<state>\w+)", _named("power")),
    _says(
        r"\s*(?P<name>[\w ]*Power Supply[\w .]*?)(?: Output)? (?:Status:|is) *"
        r"(?:[AD]C )?(?P<state>(?:not )?\w+)",
        _named("power"),
    ),
    _says(r"\s*(?P<name>(?:PS|PEM)\d+) +(?P<state>none) +--", _named("power")),
    _says(r"\s*(?P<name>Voltage \d+) is (?P<value>[+-]?[\d.]+) *V\b", _named("voltage")),
    _says(r"\s*(?P<name>P\d+) +\S*FAN\S* +(?P<state>[a-z][a-z, -]*?) {2,}\d", _named("fan")),
    _says(r"\s*(?P<name>P\d+) +\S+ +(?P<state>[a-z][a-z, -]*?) {2,}(?P<value>\d+)\b", _named("power")),
    _says(r"\s*(?P<name>(?:PS|PEM)\d+) +\S+ +(?:AC|DC) +(?P<value>\d+)W +(?P<state>[\w-]+)", _named("power")),
    _says(r"\s*(?P<name>(?:PS|PEM)\d+-\d+) +\S*V +(?P<state>good|bad|off)", _named("power")),
    _says(r"\s*(?P<name>(?:PS|PEM)\d+-\d+) +(?P<state>off)\b", _named("power")),
    _says(r"\s*(?P<name>(?:SYSTEM |System )?POWER) is (?P<state>(?:not )?\w+)", _named("power")),
)
"""Lines that stand for themselves; the first that matches counts."""
