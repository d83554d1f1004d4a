"""Optics: light, current, temperature and voltage with the module's thresholds; the module's own papers.

Two layouts, of which an answer may hold both: one line a port with all its values, and one table a value
with four thresholds and, for modules of several lanes, a line a lane. Behind a value may stand a flag
(`--` low alarm … `++` high alarm) and what the converter read, in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from netdoctor.model.events import Note
from netdoctor.model.facts import OpticLane, Transceiver
from netdoctor.model.units import NO_LIGHT_DBM
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_xe.names import normalise_interface
from netdoctor.platforms.cisco_xe.reading import Read, on_request
from netdoctor.platforms.text import Block, blocks, each, fields, lines
from netdoctor.platforms.values import number, text

_COLUMNS = re.compile(r"\bTemperature +Voltage\b")
_THRESHOLDS = re.compile(r"(Temperature|Voltage|Current|Transmit Power|Receive Power)\s+Threshold")
_UNITS = re.compile(r"\s*(?:Port|Interface)\b")
_UNIT = re.compile(r"\((Celsius|C|Volts|V|mA|milliamperes|dBm|Watts|W)\)", re.I)
_ROW = re.compile(r"\s*([A-Za-z][A-Za-z-]{0,24}\d[\d/.]*)\s+(\S.*)$")
_CELL = re.compile(r"(?<![\w.(+-])(-?\d+(?:\.\d+)?|N/?A|-?inf)(?![\w.])(?!\s*\))", re.I)
_IN_BRACKETS = re.compile(r"\([^)]*\)")
_NONE = re.compile(
    r"If device is externally calibrated|No transceiver|transceiver monitoring is (?:dis|en)abled"
    r"|No interfaces|transceiver is not present|DOM is not supported",
    re.I,
)

_VALUES = {
    "Temperature": ("temperature", "celsius"),
    "Voltage": ("supply_voltage", "v"),
    "Current": ("bias_current", "ma"),
    "Transmit Power": ("output_power", "dbm"),
    "Receive Power": ("input_power", "dbm"),
}
_LIMITS = ("high_alarm", "high_warning", "low_warning", "low_alarm")
_WITH_CURRENT = ("Temperature", "Voltage", "Current", "Transmit Power", "Receive Power")
_WITHOUT = ("Temperature", "Voltage", "Transmit Power", "Receive Power")

Lanes = dict[str, dict[int | None, dict[str, float | None]]]
"""Values by interface and lane; under None what the whole module has."""


@command(
    "show interfaces transceiver detail",
    area="optics",
    gives=(OpticLane, Transceiver),
    timeout_s=30.0,
    aliases=(
        "show interface[s] transceiver",
        "show interface transceiver detail",
        "show interface[s] transceiver {place} {number}[ detail]",
        "show interface[s] {interface} transceiver[ detail]",
        "show interface[s] {kind} {number} transceiver[ detail]",
    ),
)
def lanes(output: str) -> Read:
    """Digital diagnostics of every lane, and the module's papers where an answer holds them."""
    found: Lanes = {}
    modules = set()
    for item in each(blocks(output, _PAPERS), _papers):
        if isinstance(item, Transceiver):
            modules.add(item.interface)
        yield item
    yield from _tables(output, found)
    for interface, by_lane in found.items():
        module = by_lane.pop(None, {})
        if interface not in modules:
            yield Transceiver(interface=interface, present=True)
        for lane, values in sorted(by_lane.items()) or [(1, {})]:
            known: dict[str, Any] = module | values
            told = any(value is not None for value in known.values())
            yield OpticLane(interface=interface, lane=lane or 1, dom_supported=told, **known)
    if not found and not modules and _NONE.search(output):
        yield EMPTY


def _tables(output: str, found: Lanes) -> Iterator[Note]:
    """Reads every table into `found`; a line that begins with a port and holds no value becomes a note."""
    value: str | None = None
    columns: tuple[str, ...] = ()
    has_lanes = False
    for line in lines(output):
        if row := _ROW.match(line.text):
            cells = _cells(row[2])
            by_lane = found.setdefault(normalise_interface(row[1]), {}) if cells else {}
            if value and cells:
                _limited(by_lane, value, cells, has_lanes)
            elif columns and len(cells) >= len(columns):
                _plain(by_lane, columns, cells)
            elif value or columns:
                yield Note(text=line.text.strip()[:200], line=line.number)
        elif told := _THRESHOLDS.search(line.text):
            value, columns = told[1], ()
        elif _COLUMNS.search(line.text):
            value, columns = None, _WITH_CURRENT if "Current" in line.text else _WITHOUT
        elif _UNITS.match(line.text):
            has_lanes = bool(re.search(r"\bLane\b", line.text))


def _cells(said: str) -> list[str]:
    """The values of a row. Most rows are nothing but values, and their words repeat from port to port."""
    words = said.split()
    if all(map(_is_cell, words)):
        return words
    return _CELL.findall(_IN_BRACKETS.sub(" ", said))


@lru_cache(maxsize=4096)
def _is_cell(word: str) -> bool:
    return _CELL.fullmatch(word) is not None


def _plain(by_lane: Any, columns: tuple[str, ...], cells: list[str]) -> None:
    """One line a port with all its values."""
    lane = by_lane.setdefault(1, {})
    for column, cell in zip(columns, cells, strict=False):
        name, unit = _VALUES[column]
        lane[f"{name}_{unit}"] = _measured(cell, unit)


def _limited(by_lane: Any, value: str, cells: list[str], has_lanes: bool) -> None:
    """One value and its thresholds, of a lane or of the whole module."""
    lane: int | None = None
    if has_lanes and len(cells) in {2, 6}:
        lane, cells = int(cells[0]) if cells[0].isdigit() else None, cells[1:]
    name, unit = _VALUES[value]
    into = by_lane.setdefault(lane, {})
    into[f"{name}_{unit}"] = _measured(cells[0], unit)
    into |= _limits(value, tuple(cells[1:5]))


@lru_cache(maxsize=256)
def _limits(value: str, cells: tuple[str, ...]) -> dict[str, float | None]:
    """The thresholds, which are the same for all modules of a kind; none where all of them are alike."""
    name, unit = _VALUES[value]
    limits = [number(cell) for cell in cells]
    if len(set(limits)) < 2:
        return {}
    return {f"{name}_{limit}_{unit}": found for limit, found in zip(_LIMITS, limits, strict=False)}


def _measured(cell: str, unit: str) -> float | None:
    """A value; below -40 dBm, and at minus infinity, there is no light."""
    found = NO_LIGHT_DBM if cell.lower() == "-inf" else number(cell)
    return max(found, NO_LIGHT_DBM) if found is not None and unit == "dbm" else found


_PAPERS = re.compile(
    r"^[ \t]*(?:IDPROM|General SFP Information|Transceiver) for (?:transceiver )?(?P<name>\w[\w/.]*)", re.M
)
_WAVELENGTH = re.compile(r"wavelength[^\n=:]*[=:]\s*(\d+(?:\.\d+)?)", re.I)


@command(
    "show idprom interface {interface} detail",
    area="optics",
    gives=(Transceiver,),
    arguments=on_request,
    aliases=("show idprom interface {interface}", "show idprom interface {kind} {number}[ detail]"),
)
def papers(output: str, interface: str = "") -> Read:
    """What a module says of itself."""
    found = list(blocks(output, _PAPERS))
    yield from each(found, _papers)


def _papers(block: Block) -> Read:
    told = fields(block.text, "=")
    wavelength = _WAVELENGTH.search(block.text)
    kind = text(told.get("transceiver type:")) or text(told.get("transceiver type"))
    yield Transceiver(
        interface=normalise_interface(block.head["name"]),
        present=True,
        form_factor=_form(text(told.get("description"))),
        media_type=re.sub(r"\s*\(\d+\)$", "", kind) if kind else None,
        vendor=text(told.get("vendor name")),
        part_number=text(told.get("product identifier (pid)")),
        serial=text(told.get("serial number (sn)")) or text(told.get("serial number")),
        wavelength_nm=number(wavelength[1]) if wavelength else None,
    )


def _form(description: str | None) -> str | None:
    """`SFP+ optics (type 130)` is an SFP+."""
    return description.split()[0] if description else None
