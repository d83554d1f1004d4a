"""Temperature, fans, voltages and power supplies, in the layout of the 64-bit releases and the older one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from netdoctor.model.events import Note
from netdoctor.model.facts import Fact, Sensor
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_xr.reading import none_said, said
from netdoctor.platforms.text import Read, lines
from netdoctor.platforms.values import number

State = Literal["ok", "absent", "warning", "failed"]

_PLACE = r"(?:\d{1,3}|F\d{1,2}|Rack \d)/[A-Z]{0,3}\d{0,2}(?:/[\w*]{1,8}){0,3}"
_NODE = re.compile(rf"^ *(?:Rack \d+: *)?(?P<place>{_PLACE}):? *$")
_KINDS = (
    (re.compile(r"\bTEMPERATURE\b|\bTemp\b|\bdeg C\b", re.I), "temperature"),
    (re.compile(r"\bVOLTAGE\b|\(mV\)", re.I), "voltage"),
    (re.compile(r"\bCURRENT\b *\n?.*\(mA\)|\(mA\)", re.I), "current"),
    (re.compile(r"\bFAN[_ ]?\d|Fan speed", re.I), "fan"),
)
_LIMITED = re.compile(
    r"^ *(?P<alarm>!)? *(?P<name>[A-Za-z][\w .:/()+-]*?) {2,}(?P<value>-?\d+(?:\.\d+)?)"
    r"(?P<limits>(?: +(?:-?\d+|N/A|-)){4,6}) *$"
)
_OLD_TEMPERATURE = re.compile(
    r"^ *(?:host|\w{1,12}) +(?P<name>(?:Inlet|Hotspot|Exhaust|Outlet)\w*) +(?P<value>-?\d+(?:\.\d+)?) *$"
)
_FANS = re.compile(
    rf"^ *(?P<place>{_PLACE}) +(?P<type>\S*[A-Za-z]\S*)?(?P<speeds>(?: +(?:\d{{1,6}}|-|N/A))+) *$"
)
_SPEEDS = re.compile(r"^ +(?P<speeds>\d{3,6}(?: +\d{1,6})*) *$")
_SUPPLY = re.compile(
    rf"^ *(?P<place>{_PLACE}) +(?P<type>\S+) +(?P<input>[\d.]+(?:/ *[\d.]+)?) +(?P<amps>[\d.]+(?:/"
    rf" *[\d.]+)?) +"
    r"(?P<volts>[\d.]+) +(?P<out>[\d.]+) +(?P<state>\S.*?) *$"
)
_OLD_SUPPLY = re.compile(
    rf"^ *(?:(?P<place>{_PLACE}) +)?host +(?P<name>PM\S*|P\w+) +(?P<watts>[\d.]+) +"
    rf"(?P<volts>[\d.]+) +(?P<amps>[\d.]+) *$"
)
_CARD = re.compile(
    rf"^ *(?P<place>{_PLACE}) +(?P<type>[A-Z]\S*) +(?P<allocated>\d+) +(?P<used>\d+) +(?P<state>[A-Z]\S*) *$"
)


@command(
    "admin show environment power",
    area="device",
    gives=(Sensor,),
    aliases=(
        "show environment power",
        "show environment power-supply",
        "admin show environment power-supply",
        "[admin ]show environment power location {location}",
    ),
)
@command(
    "show environment all",
    area="device",
    gives=(Sensor,),
    timeout_s=30.0,
    aliases=(
        "admin show environment",
        "admin show environment all",
        "show environment",
        "[admin ]show environment {kind}",
        "[admin ]show environment {kind} location {location}",
        "[admin ]show env {kind}",
    ),
)
def environment(output: str) -> Read:
    reader = _Environment()
    nothing = True
    for line in lines(said(output)):
        for fact in reader.read(line.text):
            nothing = nothing and isinstance(fact, Note)
            yield fact
    if nothing and none_said(output):
        yield EMPTY


class _Environment:
    """Which table, and which node, a row belongs to."""

    def __init__(self) -> None:
        self._kind = ""
        self._place = ""

    def read(self, text: str) -> Iterator[Fact | Note]:
        if node := _NODE.match(text):
            self._place = node["place"].removesuffix("/*")
        elif found := _SUPPLY.match(text):
            yield from _supply(found)
        elif found := _OLD_SUPPLY.match(text):
            name = (found["place"] or self._place).removesuffix("/*")
            yield Sensor(
                name=name or found["name"], kind="power", value=number(found["watts"]), unit="W", state="ok"
            )
        elif found := _CARD.match(text):
            state: State | None = "ok" if found["state"] == "ON" else None
            yield Sensor(
                name=found["place"], kind="power", value=number(found["used"]), unit="W", state=state
            )
        elif found := _LIMITED.match(text):
            yield from self._limited(found)
        elif found := _OLD_TEMPERATURE.match(text):
            yield self._temperature(found["name"], number(found["value"]))
        elif self._kind == "fan" and (found := _FANS.match(text)):
            yield from _fans(found["place"].removesuffix("/*"), found["speeds"])
        elif self._kind == "fan" and self._place and (found := _SPEEDS.match(text)):
            yield from _fans(self._place, found["speeds"])
        else:
            self._kind = next((kind for sign, kind in _KINDS if sign.search(text)), self._kind)

    def _temperature(self, name: str, value: float | None) -> Sensor:
        return Sensor(name=f"{self._place} {name}".strip(), kind="temperature", value=value, unit="celsius")

    def _limited(self, found: re.Match[str]) -> Iterator[Sensor]:
        """A value with its limits, from the lowest to the highest: temperatures have six, voltages four."""
        limits = [number(word) for word in found["limits"].split()]
        low, high = limits[: len(limits) // 2], limits[len(limits) // 2 :]
        value = number(found["value"])
        kind = self._kind if self._kind in {"voltage", "current"} else "temperature"
        scale, unit = (
            (1.0, "celsius") if kind == "temperature" else (0.001, "V" if kind == "voltage" else "A")
        )
        alarm_low, alarm_high = low[-2 if len(low) > 2 else 0], high[1 if len(high) > 2 else -1]
        yield Sensor(
            name=f"{self._place} {found['name'].strip()}".strip(),
            kind=kind,  # type: ignore[arg-type]  # one of the three words just chosen
            value=None if value is None else round(value * scale, 6),
            unit=unit,
            state=_state(value, low, high, found["alarm"] is not None),
            low_alarm=None if alarm_low is None else round(alarm_low * scale, 6),
            high_alarm=None if alarm_high is None else round(alarm_high * scale, 6),
        )


def _state(value: float | None, low: list[float | None], high: list[float | None], alarm: bool) -> State:
    """Past the outermost limit it has failed; past a nearer one, or marked `!`, it is a warning."""
    if value is not None and high and high[-1] and value >= high[-1]:
        return "failed"
    return "warning" if alarm else "ok"


def _fans(place: str, speeds: str) -> Iterator[Sensor]:
    for index, word in enumerate(speeds.split()):
        rpm = number(word)
        if rpm is not None:
            state: State = "ok" if rpm > 0 else "failed"
            yield Sensor(name=f"{place} FAN_{index}", kind="fan", value=rpm, unit="rpm", state=state)


def _supply(found: re.Match[str]) -> Iterator[Sensor]:
    word = found["state"].lower()
    state: State = "ok" if word in {"ok", "on"} else "absent" if "not present" in word else "failed"
    name = found["place"]
    volts, amps = number(found["volts"]), number(found["out"])
    yield Sensor(name=name, kind="power", state=state)
    yield Sensor(name=name, kind="voltage", value=volts, unit="V")
    yield Sensor(name=name, kind="current", value=amps, unit="A")
