"""What lm-sensors prints in words."""

from __future__ import annotations

import re
from typing import Any, Final, Literal

from netdoctor.model.facts import Sensor
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.linux.reading import Read, lines, on_request
from netdoctor.platforms.values import clean, number

Kind = Literal["temperature", "fan", "power", "voltage", "current"]
_UNITS: Final[dict[str, tuple[Kind, str, float]]] = {
    "C": ("temperature", "celsius", 1.0),
    "RPM": ("fan", "rpm", 1.0),
    "V": ("voltage", "v", 1.0),
    "mV": ("voltage", "v", 0.001),
    "A": ("current", "a", 1.0),
    "mA": ("current", "a", 0.001),
    "W": ("power", "w", 1.0),
    "mW": ("power", "w", 0.001),
}
_READING: Final = re.compile(
    r"^ {0,40}(?P<label>(?:\S[^:]{0,80}?)?):? {1,40}(?P<value>[+-]?\d+(?:\.\d+)?) ?\u00b0?"
    r"(?P<unit>C|RPM|m?V|m?A|m?W)\b(?P<rest>.*)$"
)
_LIMIT: Final = re.compile(
    r"(?P<name>low|high|min|max|crit(?: low)?|lcrit) *= *(?P<value>[+-]?\d+(?:\.\d+)?)"
)
_STATE: Final = re.compile(r"^ *(?P<label>\S.{0,80}?) State: +(?P<word>\w.*)$")
_CHIP: Final = re.compile(r"^\S+-(?:isa|pci|i2c|acpi|virtual|spi|hid|mdio|scsi)-\w+$")


@command("sensors", area="device", gives=(Sensor,), arguments=on_request, aliases=("sensors -A",))
def sensors(output: str) -> Read:
    """A chip's name, then its readings with their limits; a reading in alarm ends in `ALARM`."""
    chip, nothing = "", True
    for _, line in lines(clean(output)):
        if _CHIP.match(line.strip()):
            chip = line.strip()
        elif line.strip().endswith(":") and not line.startswith(" "):
            heading = line.strip().rstrip(":")
            chip = heading if heading[-1:].isdigit() else ""
        elif found := _READING.match(line):
            nothing = False
            yield _sensor(chip, found)
        elif found := _STATE.match(line):
            nothing = False
            well = found["word"].strip().lower() in {"normal", "ok"}
            label = f"{chip} {found['label'].strip()}".strip()
            yield Sensor(name=label, kind="fan", state="ok" if well else "failed")
    if nothing and chip:
        yield EMPTY


def _sensor(chip: str, found: re.Match[str]) -> Sensor:
    kind, unit, scale = _UNITS[found["unit"]]
    limits: dict[str, float] = {}
    for limit in _LIMIT.finditer(found["rest"]):
        value = number(limit["value"])
        if value is not None:
            limits[limit["name"]] = round(value * scale, 6)
    high, low = (
        limits.get("crit", limits.get("high", limits.get("max"))),
        _first(limits, "crit low", "lcrit", "low", "min"),
    )
    value = round(float(found["value"]) * scale, 6)
    alarm = "ALARM" in found["rest"] or "FAULT" in found["rest"]
    beyond = bool(high and value > high) or bool(low and value < low)
    label = found["label"].strip().removesuffix(" Speed")
    return Sensor(
        name=f"{chip} {label}".strip(),
        kind=kind,
        value=value,
        unit=unit,
        state="failed" if alarm or beyond else "ok",
        low_alarm=low,
        high_alarm=high,
    )


def _first(said: dict[str, Any], *names: str) -> float | None:
    return next((said[name] for name in names if name in said), None)
