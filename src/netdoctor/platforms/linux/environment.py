"""Temperatures, fans and voltages, as lm-sensors reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, Literal

from netdoctor.model.facts import Sensor
from netdoctor.platforms.base import command
from netdoctor.platforms.linux.reading import Object, Read, documents, each, inner
from netdoctor.platforms.values import clean, number

Kind = Literal["temperature", "fan", "power", "voltage", "current"]
_KINDS: Final[dict[str, tuple[Kind, str]]] = {
    "temp": ("temperature", "celsius"),
    "fan": ("fan", "rpm"),
    "power": ("power", "w"),
    "in": ("voltage", "v"),
    "curr": ("current", "a"),
}
_FEATURE = re.compile(r"(temp|fan|power|in|curr)\d+_(input|average|max|crit|min|alarm|fault|lcrit)", re.A)


@command("sensors -j", area="device", gives=(Sensor,), aliases=("sensors -j -A",))
def sensors(output: str) -> Read:
    """Sensors by chip and label, with the chip's own limits (libsensors' features)."""
    for document in documents(output):
        yield from each(_features(document), _sensor)


def _features(document: Any) -> Iterator[tuple[str, str, Object]]:
    for chip, entry in inner({"": document}, "").items():
        for label, feature in inner(document, chip).items() if isinstance(entry, dict) else ():
            if isinstance(feature, dict) and any(_FEATURE.fullmatch(key) for key in feature):
                yield clean(chip), clean(label), feature


def _sensor(chip: str, label: str, feature: Object) -> Read:
    parts = {found[2]: (found[1], feature[key]) for key in feature if (found := _FEATURE.fullmatch(key))}
    kind, unit = _KINDS[next(iter(parts.values()))[0]]
    said = {name: number(value) for name, (_, value) in parts.items()}
    value = said.get("input", said.get("average"))
    high, low = said.get("crit", said.get("max")), said.get("lcrit", said.get("min"))
    yield Sensor(
        name=f"{chip} {label}",
        kind=kind,
        value=value,
        unit=unit,
        state=_state(value, high, low, said),
        low_alarm=low,
        high_alarm=high,
    )


def _state(
    value: float | None, high: float | None, low: float | None, said: dict[str, float | None]
) -> Literal["ok", "warning", "failed"] | None:
    """`failed` by the chip's own fault or alarm bit or beyond its limit; a limit of 0 is one not set."""
    if said.get("fault") or said.get("alarm"):
        return "failed"
    if value is None:
        return None
    return "failed" if (high and value > high) or (low and value < low) else "ok"
