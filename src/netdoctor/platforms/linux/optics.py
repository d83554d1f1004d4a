"""Plugged modules as `ethtool -m` reads them: SFP (SFF-8472), QSFP (SFF-8636), QSFP-DD and OSFP (CMIS).

A value measured once for the module (temperature, voltage) is told with each of its lanes, and so are the
module's thresholds.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import Any, NamedTuple

from netdoctor.model.facts import OpticLane, Transceiver
from netdoctor.model.units import NO_LIGHT_DBM
from netdoctor.platforms.base import NotUnderstood, command
from netdoctor.platforms.linux.ports import hardware, labelled
from netdoctor.platforms.linux.reading import Read
from netdoctor.platforms.values import number, text

_MEASURES = {
    "laser bias current": "bias_current_{}ma",
    "laser tx bias current": "bias_current_{}ma",
    "laser output power": "output_power_{}dbm",
    "transmit avg optical power": "output_power_{}dbm",
    "receiver signal average optical power": "input_power_{}dbm",
    "rcvr signal avg optical power": "input_power_{}dbm",
    "receiver signal oma": "input_power_{}dbm",
    "laser rx power": "input_power_{}dbm",
    "module temperature": "temperature_{}celsius",
    "module voltage": "supply_voltage_{}v",
}
_LABEL = re.compile(
    r"(?P<measure>[a-z ]+?)(?: (?P<level>(?:low|high) (?:alarm|warning)) threshold)? ?"
    r"(?:\(chan(?:nel)? (?P<lane>\d{1,2})\))?",
    re.ASCII,
)
_DBM = re.compile(r"(-?(?:\d+(?:\.\d+)?|inf)) dBm", re.ASCII)
_PLAIN = re.compile(r"(-?\d+(?:\.\d+)?) ?(?:mA|V|degrees C)", re.ASCII)

Values = dict[str, Any]
"""Fields of OpticLane."""


@command(
    "ethtool -m {interface}",
    area="optics",
    gives=(OpticLane, Transceiver),
    arguments=hardware,
    privileged=True,
    aliases=("ethtool --module-info {interface}",),
)
def module(output: str, interface: str) -> Read:
    if not output.strip():
        return
    said = list(labelled(output))
    plate = {label.lower(): value for label, value in reversed(said)}
    if "identifier" not in plate:
        raise NotUnderstood("no module identifier")
    yield _transceiver(interface, plate, [value for label, value in said if label == "Transceiver type"])
    shared, lanes = _measured(said)
    for lane, values in sorted(lanes.items()) or ([(1, {})] if _no_diagnostics(plate) else []):
        yield OpticLane(interface=interface, lane=lane, dom_supported=bool(values), **{**shared, **values})


def _no_diagnostics(plate: dict[str, str]) -> bool:
    return plate.get("optical diagnostics support", "").lower() == "no"


def _transceiver(interface: str, plate: dict[str, str], types: list[str]) -> Transceiver:
    form = re.search(r"\(([\w+-]+)", plate["identifier"])
    media = [
        kind.partition(":")[2].strip()
        for kind in types
        if "Ethernet:" in kind or kind.startswith("Extended:")
    ]
    wavelength = re.match(r"\d+(?:\.\d+)?", plate.get("laser wavelength", ""), re.ASCII)
    return Transceiver(
        interface=interface,
        present=True,
        form_factor=form[1] if form else None,
        media_type=text(media[0]) if media else None,
        vendor=text(plate.get("vendor name")),
        part_number=text(plate.get("vendor pn")),
        serial=text(plate.get("vendor sn")),
        wavelength_nm=number(wavelength[0]) if wavelength else None,
    )


def _measured(said: list[tuple[str, str]]) -> tuple[Values, dict[int, Values]]:
    """What holds for the whole module, and what for each lane. An SFP has one lane and does not name it."""
    shared: Values = {}
    lanes: dict[int, Values] = defaultdict(dict)
    for label, value in said:
        if (field := _field(label)) is None:
            continue
        amount = _amount(value, is_threshold=field.is_threshold)
        if amount is not None and field.lane is None:
            shared[field.name] = amount
        elif amount is not None and field.lane is not None:
            lanes[field.lane][field.name] = amount
    return shared, lanes


class _Field(NamedTuple):
    """What a label measures, and on which lane; None for what holds for the whole module."""

    name: str
    lane: int | None
    is_threshold: bool


@lru_cache(maxsize=1024)
def _field(label: str) -> _Field | None:
    """Every module has the same labels."""
    found = _LABEL.fullmatch(label.lower())
    template = _MEASURES.get(found["measure"].strip()) if found else None
    if found is None or template is None:
        return None
    level = found["level"]
    name = template.format(f"{level.replace(' ', '_')}_" if level else "")
    shared = level is not None or template.startswith(("temperature", "supply"))
    return _Field(name, None if shared else int(found["lane"] or 1), level is not None)


def _amount(value: str, is_threshold: bool) -> float | None:
    """The number in `0.8183 mW / -0.87 dBm`, `51.494 mA`, `34.99 degrees C / …`. No power measured is no
    light; a threshold of no power is none at all."""
    if power := _DBM.search(value):
        if power[1].endswith("inf"):
            return None if is_threshold else NO_LIGHT_DBM
        return max(float(power[1]), NO_LIGHT_DBM) + 0.0
    plain = _PLAIN.match(value)
    return float(plain[1]) if plain else None
