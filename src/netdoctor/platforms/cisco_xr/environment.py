"""Temperature, fans, voltages and power supplies, in the layout of the 64-bit releases and the older one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Literal

from netdoctor.model.events import Note
from netdoctor.model.facts import Fact, Sensor
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_xr.reading import none_said, said
from netdoctor.platforms.text import Read, lines
from netdoctor.platforms.values import number

State = Literal["ok", "absent", "warning", "failed"]

_PLACE = r"(?:\d{1,3}|F\d{1,2}|Rack \d)/[A-Z]{0,3}\d{0,2}(?:-PM\d{1,2})?(?:/[\w*]{1,8}){0,3}"
_NODE = re.compile(rf"^ *(?:Rack \d+: *)?(?P<place>{_PLACE}):? *$")
_KINDS = (
    (re.compile(r"Power Budget|Max Watts", re.I), "budget"),
    (re.compile(r"Power (?:Supply|Draw|Module)", re.I), "power"),
    (re.compile(r"\bTEMPERATURE\b|\bTemp\b|\bdeg C\b", re.I), "temperature"),
    (re.compile(r"\bVOLTAGE\b|\(mV\)", re.I), "voltage"),
    (re.compile(r"\bCURRENT\b *\n?.*\(mA\)|\(mA\)", re.I), "current"),
    (re.compile(r"\bFAN[_ ]?\d|Fan speed", re.I), "fan"),
)
_LIMITED = re.compile(
    r"^ *(?P<alarm>!)? *(?P<name>(?:[A-Za-z]|\d+(?:\.\d+)?V)[\w .:/()+-]*?) {2,}(?P<value>-?\d+(?:\.\d+)?)"
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
    r"(?P<volts>[\d.]+) +(?P<out>[\d.]+) +(?P<state>[A-Za-z].*?) *$"
)
_OLD_SUPPLY = re.compile(
    rf"^ *(?:(?P<place>{_PLACE}) +)?host +(?P<name>PM\S*|P\w+) +(?P<watts>[\d.]+) +"
    rf"(?P<volts>[\d.]+) +(?P<amps>[\d.]+) *$"
)
_CAPACITY = re.compile(r"^ *host +PM\S* +\d+ +(?P<state>[A-Za-z]\S*(?: \S+)*) *$")
_DRAW = re.compile(
    rf"^ *(?P<place>{_PLACE}) +(?P<watts>[\d.]+)(?: +(?P<volts>[\d.]+) +(?P<amps>[\d.]+)| +\*\*)? *$"
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


@lru_cache(maxsize=512)
def _table(heading: str) -> str | None:
    """The table that a heading begins: every node prints the same ones."""
    return next((kind for sign, kind in _KINDS if sign.search(heading)), None)


class _Environment:
    """Which table, and which node, a row belongs to."""

    def __init__(self) -> None:
        self._kind = ""
        self._place = ""
        self._fans = 0
        self._states: dict[str, State] = {}

    def read(self, text: str) -> Iterator[Fact | Note]:
        if node := _NODE.match(text):
            self._place, self._fans = node["place"].removesuffix("/*"), 0
            return
        for pattern, kind, reader in _ROWS:
            if kind in {"", self._kind} and (found := pattern.match(text)):
                yield from reader(self, found)
                return
        self._kind = _table(text) or self._kind

    def capacity(self, found: re.Match[str]) -> Iterator[Sensor]:
        self._states[self._place] = "ok" if found["state"].lower() == "ok" else "failed"
        yield Sensor(name=self._place, kind="power", state=self._states[self._place])

    def old_supply(self, found: re.Match[str]) -> Iterator[Sensor]:
        name = (found["place"] or self._place).removesuffix("/*") or found["name"]
        yield Sensor(name=name, kind="power", value=number(found["watts"]), unit="W", state="ok")

    def supply(self, found: re.Match[str]) -> Iterator[Sensor]:
        word = found["state"].lower()
        state: State = "ok" if word in {"ok", "on"} else "absent" if "not present" in word else "failed"
        name = found["place"]
        yield Sensor(name=name, kind="power", state=state)
        yield Sensor(name=name, kind="voltage", value=number(found["volts"]), unit="V")
        yield Sensor(name=name, kind="current", value=number(found["out"]), unit="A")

    def card(self, found: re.Match[str]) -> Iterator[Sensor]:
        state: State | None = "ok" if found["state"] == "ON" else None
        yield Sensor(name=found["place"], kind="power", value=number(found["used"]), unit="W", state=state)

    def old_temperature(self, found: re.Match[str]) -> Iterator[Sensor]:
        name = f"{self._place} {found['name']}".strip()
        yield Sensor(name=name, kind="temperature", value=number(found["value"]), unit="celsius")

    def tray(self, found: re.Match[str]) -> Iterator[Sensor]:
        self._place, self._fans = found["place"].removesuffix("/*"), 0
        yield from self.speeds(found)

    def draw(self, found: re.Match[str]) -> Iterator[Sensor]:
        """What a supply gives, or a card takes, as the older releases measure it."""
        name = found["place"].removesuffix("/*")
        yield Sensor(
            name=name, kind="power", value=number(found["watts"]), unit="W", state=self._states.get(name)
        )
        if found["volts"]:
            yield Sensor(name=name, kind="voltage", value=number(found["volts"]), unit="V")
            yield Sensor(name=name, kind="current", value=number(found["amps"]), unit="A")

    def speeds(self, found: re.Match[str]) -> Iterator[Sensor]:
        """The fans of a tray, whose speeds may go on in a second line."""
        for word in found["speeds"].split():
            rpm, name = number(word), f"{self._place} FAN_{self._fans}"
            self._fans += 1
            if rpm is not None:
                yield Sensor(
                    name=name, kind="fan", value=rpm, unit="rpm", state="ok" if rpm > 0 else "failed"
                )

    def limited(self, found: re.Match[str]) -> Iterator[Sensor]:
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


_Reader = Callable[[_Environment, re.Match[str]], Iterator[Sensor]]
_ROWS: tuple[tuple[re.Pattern[str], str, _Reader], ...] = (
    (_SUPPLY, "", _Environment.supply),
    (_CAPACITY, "", _Environment.capacity),
    (_DRAW, "power", _Environment.draw),
    (_OLD_SUPPLY, "", _Environment.old_supply),
    (_CARD, "", _Environment.card),
    (_LIMITED, "", _Environment.limited),
    (_OLD_TEMPERATURE, "", _Environment.old_temperature),
    (_FANS, "fan", _Environment.tray),
    (_SPEEDS, "fan", _Environment.speeds),
)
"""The rows, and the table in which alone some of them stand."""
