"""Modules of a port: who made them, and their light with the module's own thresholds (SFF-8472, SFF-8636)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from netdoctor.model.facts import OpticLane, Transceiver
from netdoctor.model.units import NO_LIGHT_DBM
from netdoctor.platforms.nokia_sros.reading import pairs, said
from netdoctor.platforms.values import number

_LIMITS: Final = ("high_alarm", "high_warning", "low_warning", "low_alarm")
_PARAMETERS: Final = (
    ("temperature", "temperature", "celsius"),
    ("supply voltage", "supply_voltage", "v"),
    ("tx bias", "bias_current", "ma"),
    ("tx output", "output_power", "dbm"),
    ("tx pwr", "output_power", "dbm"),
    ("tx optical", "output_power", "dbm"),
    ("rx optical", "input_power", "dbm"),
    ("rx pwr", "input_power", "dbm"),
)
_VALUE = r"([-+]?(?:\d+(?:\.\d+)?|inf)|-|N/A|n/a)\S*"
_WHOLE = re.compile(
    rf"^ *(?P<name>Temperature|Supply Voltage|Tx Bias[^(\n]*|Tx Output[^(\n]*|Rx Optical[^(\n]*)\([^)"
    rf"\n]*\) +{_VALUE}"
    rf" +{_VALUE} +{_VALUE} +{_VALUE} +{_VALUE} *$",
    re.M | re.I,
)
_OF_LANES = re.compile(
    rf"^ *Lane (?P<name>[A-Z][^(\n]*)\([^)\n]*\) +{_VALUE} +{_VALUE} +{_VALUE} +{_VALUE} *$", re.M | re.I
)
_LANES_HEAD = re.compile(r"^ *Lane ID +(?P<columns>.*)$", re.M)
_LANE = re.compile(
    r"^ {0,12}(?P<lane>\d{1,2})(?P<values>(?: +(?:[-+]?\d+(?:\.\d+)?(?:/[\w-]+|[!*])?|-|N/A))+) *$", re.M
)
_COLUMN = re.compile(r"(Temp|Tx Bias|Tx Pwr|Rx Pwr|Tx Output|Rx Optical)[^()]*\(")


def module(port: str, text: str) -> Iterator[Transceiver]:
    """The module as its memory describes it; none where the slot is empty."""
    start = text.find("Transceiver Data")
    if start < 0:
        return
    found = pairs(text[start : start + 2500])
    status = (found.get("transceiver status") or "").lower()
    present = "unequipped" not in status and "not-equipped" not in status and status != "not equipped"
    wavelength = re.match(r"([\d.]+) *nm", found.get("tx laser wavelength", ""))
    yield Transceiver(
        interface=port,
        present=present,
        form_factor=said(found.get("transceiver type")) if present else None,
        media_type=_media(found.get("optical compliance")),
        vendor=said(found.get("vendor name") or found.get("manufacturer")),
        part_number=said(found.get("part number")),
        serial=said(found.get("serial number")),
        wavelength_nm=number(wavelength[1]) if wavelength else None,
    )


def _media(value: str | None) -> str | None:
    found = said(value)
    return " ".join(found.rstrip("* ").split()) or None if found else None


def lanes(port: str, text: str) -> Iterator[OpticLane]:
    """Each lane's values and limits; what the whole module has stands in every lane.

    A module without lanes of its own is lane 1.
    """
    if "Digital Diagnostic" not in text:
        return
    whole = _whole(text)
    limits = _lane_limits(text)
    found = dict(_lane_values(text))
    for lane, values in sorted(found.items()) or [(1, {})]:
        fields = whole | {name: value for name, value in limits.items() if _measured(name, values)} | values
        yield OpticLane(interface=port, lane=lane, dom_supported=bool(fields), **fields)


def _measured(limit: str, values: dict[str, Any]) -> bool:
    return any(limit.startswith(name.rpartition("_")[0]) for name in values)


def _whole(text: str) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for row in _WHOLE.finditer(text):
        known = _known(row["name"])
        value = _number(row[2], known[1]) if known else None
        if known and value is not None:
            fields[f"{known[0]}_{known[1]}"] = value
            fields |= _limited(known, row.groups()[2:])
    return fields


def _lane_limits(text: str) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for row in _OF_LANES.finditer(text):
        if known := _known(row["name"]):
            fields |= _limited(known, row.groups()[1:])
    return fields


def _limited(known: tuple[str, str], values: tuple[Any, ...]) -> dict[str, Any]:
    told = ((limit, number(value)) for limit, value in zip(_LIMITS, values, strict=True))
    return {f"{known[0]}_{limit}_{known[1]}": value for limit, value in told if value is not None}


def _lane_values(text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    head = _LANES_HEAD.search(text)
    if not head:
        return
    columns = [
        _known(f"{word[1]} ".replace("Temp ", "Temperature ")) for word in _COLUMN.finditer(head["columns"])
    ]
    ends = text.find("\n====", head.end())
    for row in _LANE.finditer(text, head.end(), ends if ends > 0 else len(text)):
        fields = {
            f"{known[0]}_{known[1]}": value
            for known, word in zip(columns, row["values"].split(), strict=False)
            if known and (value := _number(re.split(r"[/!*]", word)[0], known[1])) is not None
        }
        yield int(row["lane"]), fields


def _known(name: str) -> tuple[str, str] | None:
    word = " ".join(name.lower().split())
    return next(((ours, unit) for start, ours, unit in _PARAMETERS if word.startswith(start)), None)


def _number(word: str, unit: str) -> float | None:
    """A value; no light is written as -40.00, or as minus infinity."""
    if unit == "dbm" and "inf" in word.lower():
        return NO_LIGHT_DBM
    found = number(word)
    return max(found, NO_LIGHT_DBM) if found is not None and unit == "dbm" else found
