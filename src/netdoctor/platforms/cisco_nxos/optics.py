"""Optics: modules, and each lane's diagnostics with the module's own thresholds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from netdoctor.model.facts import Fact, OpticLane, Transceiver
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_nxos.reading import (
    J,
    Object,
    Read,
    named,
    rows,
    said,
    structured,
    table,
    without_json,
)
from netdoctor.platforms.text import Block, blocks, each, first
from netdoctor.platforms.values import count, number, power_dbm

_ALIASES = (
    "show interface[ {interface*}] transceiver[ details| detail]",
    "show interface[ {interface*}] transceiver[ details| detail| calibrations]",
)
_LANE_KEYS = {
    "temperature": ("temp", "temperature", "celsius"),
    "voltage": ("volt", "supply_voltage", "v"),
    "current": ("current", "bias_current", "ma"),
    "tx_pwr": ("tx_pwr", "output_power", "dbm"),
    "rx_pwr": ("rx_pwr", "input_power", "dbm"),
}
"""Key of a value, how the keys of its thresholds begin, and our words for it."""
_LIMITS = {
    "alrm_hi": "high_alarm",
    "alrm_lo": "low_alarm",
    "warn_hi": "high_warning",
    "warn_lo": "low_warning",
}


@command(
    "show interface transceiver details | json",
    area="optics",
    gives=(Transceiver, OpticLane),
    timeout_s=30.0,
    aliases=tuple(alias + J for alias in _ALIASES),
)
def optics(output: str, interface: str = "") -> Read:
    """Every module and its lanes."""
    yield from table(output, "interface", _interface)


def _interface(row: Object) -> Read:
    name = named(row.get("interface"))
    sfp = said(row.get("sfp"))
    if sfp is None and said(row.get("type")) is None and not said(row.get("partnum")):
        return
    present = sfp is None or sfp.lower() == "present"
    if sfp and "applicable" in sfp.lower():
        return
    yield _module(
        name,
        present,
        {key: said(row.get(key)) for key in ("type", "name", "partnum", "serialnum", "nom_wavelength")},
    )
    for order, lane in enumerate(rows(row, "lane") or [row], 1):
        yield from _lane_of(name, lane, order)


def _module(name: str, present: bool, told: dict[str, str | None]) -> Transceiver:
    return Transceiver(
        interface=name,
        present=present,
        media_type=told.get("type"),
        vendor=told.get("name"),
        part_number=told.get("partnum"),
        serial=told.get("serialnum"),
        wavelength_nm=number(told.get("nom_wavelength")),
    )


def _lane_of(name: str, row: Object, order: int) -> Iterator[Fact]:
    told, known = False, dict[str, Any]()
    for key, threshold, readings in _READINGS:
        if key not in row and threshold not in row:
            continue
        told = True
        for their, field, read in readings:
            if (value := read(row.get(their))) is not None:
                known[field] = value
    if told:
        lane = count(row.get("lane_number")) or order
        yield OpticLane(interface=name, lane=lane, dom_supported=True, **known)


def _known(values: dict[str, float | None]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _value(said_: Any, unit: str) -> float | None:
    return power_dbm(said_) if unit == "dbm" else number(said_)


def _limit(said_: Any, unit: str) -> float | None:
    return _power_limit(said_) if unit == "dbm" else number(said_)


def _power_limit(said_: Any) -> float | None:
    """A threshold of power; one that was never set (-Inf, -40 dBm) is none."""
    found = number(said_)
    return None if found is None or found <= -40.0 else found


Reading = tuple[str, str, Callable[[Any], float | None]]
"""Key of a number, our field, and how it is read."""


def _readings(key: str, start: str, ours: str, unit: str) -> tuple[str, str, tuple[Reading, ...]]:
    """The key of a value, the key of its first threshold, and what stands under it and its thresholds."""
    power = unit == "dbm"
    limits = [
        (f"{start}_{their}", f"{ours}_{limit}_{unit}", _power_limit if power else number)
        for their, limit in _LIMITS.items()
    ]
    return key, f"{start}_alrm_hi", ((key, f"{ours}_{unit}", power_dbm if power else number), *limits)


_READINGS = [_readings(key, *words) for key, words in _LANE_KEYS.items()]


_HEAD = re.compile(r"^ *(?P<name>(?:Ethernet|Eth|fc|mgmt)\d[\d/.]*)(?: sfp is (?P<sfp>[\w ]+?))? *$", re.M)
_PRESENT = re.compile(r"transceiver is (not present|present|not applicable)", re.I)
_TEXT = {
    "type": re.compile(r"^ *type is (\S.*)$", re.M),
    "name": re.compile(r"^ *name is (\S.*)$", re.M | re.I),
    "partnum": re.compile(r"^ *(?:manufacturer's )?part number is (\S.*)$", re.M | re.I),
    "serialnum": re.compile(r"^ *serial number is (\S.*)$", re.M | re.I),
    "nom_wavelength": re.compile(r"^ *(?:nominal )?(?:transmitter )?wavelength is ([\d.]+)", re.M | re.I),
}
_LANE = re.compile(
    r"^ *Lane Number: *(\d+)|^ *(?:SFP|QSFP\S*) (?:Detail )?Diagnostics Information", re.M | re.I
)
_VALUE = re.compile(
    r"^ *(?P<what>Temperature|Voltage|Current|(?:Optical )?Tx Power|(?:Optical )?Rx Power) *:? +"
    r"(?P<value>-?[\d.]+|N/?A|-?Inf) *(?:C|V|mA|dBm)? *(?P<flag>\+\+|\+|--|-(?=\s))?(?P<limits>.*)$",
    re.M | re.I,
)
_NUMBER = re.compile(r"(-?\d+(?:\.\d+)?|N/?A|-?Inf) *(?:C|V|mA|dBm)?(?=\s|$)", re.I)
_WORDS = {
    "temperature": ("temperature", "celsius"),
    "voltage": ("supply_voltage", "v"),
    "current": ("bias_current", "ma"),
    "tx power": ("output_power", "dbm"),
    "rx power": ("input_power", "dbm"),
}
_COLUMNS = ("high_alarm", "low_alarm", "high_warning", "low_warning")


@command(
    "show interface transceiver details",
    area="optics",
    gives=(Transceiver, OpticLane),
    timeout_s=30.0,
    arguments=without_json,
    aliases=_ALIASES,
)
def optics_in_text(output: str, interface: str = "") -> Read:
    """The same in text: a block an interface, a table a lane."""
    if structured(output):
        yield from optics(output)
        return
    nothing = True
    for block in blocks(output, _HEAD):
        nothing = False
        yield from each([block], _block)
    if not nothing:
        yield EMPTY


def _block(block: Block) -> Read:
    """What a port holds. Where nothing can be plugged in (`not applicable`) there is no module to tell of."""
    name, text = named(block.head["name"]), block.text
    told = (first(_PRESENT, text) or block.head["sfp"] or "").lower()
    if not told or "applicable" in told:
        return
    yield _module(name, "not" not in told, {key: said(first(one, text)) for key, one in _TEXT.items()})
    if re.search(r"DOM is not supported|diagnostics? (?:is )?not supported", text, re.I):
        yield OpticLane(interface=name, lane=1, dom_supported=False)
    yield from _lanes(name, text)


def _lanes(name: str, text: str) -> Iterator[Fact]:
    lane, values = 0, dict[str, float | None]()
    marks = [(found.start(), found) for found in _LANE.finditer(text)]
    marks += [(found.start(), found) for found in _VALUE.finditer(text)]
    told = 0
    for _, found in sorted(marks, key=lambda mark: mark[0]):
        if found.re is _VALUE:
            values |= _parameter(found)
            continue
        if values:
            told = lane or told + 1
            yield OpticLane(interface=name, lane=told, dom_supported=True, **_known(values))
            lane, values = 0, {}
        lane = int(found[1]) if found[1] else lane
    if values:
        yield OpticLane(interface=name, lane=lane or told + 1, dom_supported=True, **_known(values))


def _parameter(found: re.Match[str]) -> dict[str, float | None]:
    """One line of the table: the value, and its four thresholds where they are given."""
    ours, unit = _WORDS[found["what"].lower().removeprefix("optical ")]
    limits = _NUMBER.findall(found["limits"])
    values = {f"{ours}_{unit}": _value(found["value"], unit)}
    if len(limits) == len(_COLUMNS):
        values |= {
            f"{ours}_{column}_{unit}": _limit(limit, unit)
            for column, limit in zip(_COLUMNS, limits, strict=True)
        }
    return values
