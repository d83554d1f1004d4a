"""Words and units of the sensors of Cisco's chassis."""

from __future__ import annotations

import re
from typing import Literal

from netdoctor.platforms.values import number

State = Literal["ok", "absent", "warning", "failed"]
Kind = Literal["temperature", "fan", "power", "voltage", "current"]

_WORDS: tuple[tuple[str, State], ...] = (
    (r"not.?pres|^absent|^empty|^n/?a$|^n\.a\.$|^none$|^---?$|not installed", "absent"),
    (
        r"no input|bad|fail|fault|critical|major|red\b|shutdown|err-?dis|^off$|not (?:ok|good)|trip"
        r"|out of service|no response|pwr ?d(?:own|eny)",
        "failed",
    ),
    (r"minor|yellow|warn|marginal|mismatch|over ?temp|unknown|incompat", "warning"),
    (
        r"ok\b|good|normal|green|active|standby|inserted|enabled|^on$|fan speed|running|accepted|^pass"
        r"|^available",
        "ok",
    ),
)
_STATES = tuple((re.compile(pattern, re.I), state) for pattern, state in _WORDS)


def state_of(word: str | None) -> State | None:
    """The common word for a sensor's state; None for one that is not known."""
    said = (word or "").strip()
    return next((state for pattern, state in _STATES if pattern.search(said)), None)


_UNITS: dict[str, tuple[Kind, str, float]] = {
    "celsius": ("temperature", "celsius", 1),
    "c": ("temperature", "celsius", 1),
    "degree": ("temperature", "celsius", 1),
    "rpm": ("fan", "rpm", 1),
    "%": ("fan", "percent", 1),
    "percent": ("fan", "percent", 1),
    "mv": ("voltage", "volts", 0.001),
    "v": ("voltage", "volts", 1),
    "ma": ("current", "amperes", 0.001),
    "a": ("current", "amperes", 1),
    "mw": ("power", "watts", 0.001),
    "w": ("power", "watts", 1),
    "watts": ("power", "watts", 1),
}
_READING = re.compile(r"([+-]?\d+(?:\.\d+)?) *(%|[A-Za-z]+)?")


def reading_of(words: str) -> tuple[float | None, Kind | None, str | None]:
    """Value, kind and unit of `56238 mV`, `231 V AC`, `29 Celsius`; thousandths become whole units."""
    found = _READING.match(words.strip())
    if not found:
        return None, None, None
    kind, unit, scale = _UNITS.get((found[2] or "").lower(), (None, None, 1))
    value = number(found[1])
    return (round(value * scale, 6) if value is not None else None), kind, unit


def kind_by_name(name: str) -> Kind | None:
    """What a sensor's name tells of its kind."""
    said = name.lower()
    if "fan" in said:
        return "fan"
    if re.search(r"temp|inlet|outlet|hotspot|ambient|exhaust|intake", said):
        return "temperature"
    return "power" if re.search(r"pow|psu|supply|^ps\d|pem", said) else None
