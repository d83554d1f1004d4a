"""Plugged modules: what they are, what they measure, lane by lane (SFF-8472, SFF-8636, CMIS)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

from netdoctor.model.facts import FecCounters, Interface, OpticLane, Transceiver
from netdoctor.model.units import NO_LIGHT_DBM
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.sonic.reading import Read, Row, cell, is_port, on_request, read_table
from netdoctor.platforms.text import Block, blocks, each, fields
from netdoctor.platforms.values import clean, count, number, text

_START: Final = re.compile(
    r"\n(?P<interface>[A-Za-z]\S*?\d): *(?P<words>SFP .*|Transceiver .*|)$", re.MULTILINE
)
"""Like those below it begins with the end of the line before, which is found sooner than `^`."""
_LINE: Final = re.compile(
    r"\n ++(?:(?P<way>RX|TX)(?P<lane>\d*)(?P<what>Power|Bias)"
    r"|(?P<label>(?:RxPower|TxPower|TxBias|Temp|Vcc)(?:High|Low)(?:Alarm|Warning)|Temperature|Vcc"
    r"|type_abbrv_name|Identifier|Vendor (?:Name|PN|SN)|Media (?:Lane Count|Interface Technology)"
    r"|Specification compliance)"
    r") *: *(?P<value>\S.*)?$",
    re.MULTILINE,
)
"""All that is read of a module, in one pass over its block."""
_NUMBER: Final = re.compile(r"-?\d{1,15}(?:\.\d{1,15})?(?:e-?\d{1,2})?", re.ASCII)
_NAMES: Final = {
    "RXPower": ("input_power", "dbm"),
    "TXPower": ("output_power", "dbm"),
    "TXBias": ("bias_current", "ma"),
    "RxPower": ("input_power", "dbm"),
    "TxPower": ("output_power", "dbm"),
    "TxBias": ("bias_current", "ma"),
    "Temp": ("temperature", "celsius"),
    "Temperature": ("temperature", "celsius"),
    "Vcc": ("supply_voltage", "v"),
}
_LIMITS: Final = {
    f"{label}{level}{kind}": f"{field}_{level}_{kind}_{unit}".lower()
    for label, (field, unit) in _NAMES.items()
    for level in ("High", "Low")
    for kind in ("Alarm", "Warning")
}
_FIELDS: Final = {label: f"{field}_{unit}" for label, (field, unit) in _NAMES.items()}


def form_factor(said: str) -> str | None:
    """The short name of a kind of module: `QSFP28 or later`, `QSFP-DD Double Density 8X Pluggable …`."""
    words = (text(said) or "").split()
    return words[0] if words else None


@command(
    "show interfaces transceiver eeprom --dom",
    area="optics",
    gives=(Transceiver, OpticLane),
    aliases=(
        "show interface[s] transceiver eeprom[ {options*}]",
        "show interface[s] transceiver info[ {options*}]",
        "sfpshow eeprom[ {options*}]",
        "sfputil show eeprom[ {options*}]",
    ),
)
def modules(output: str) -> Read:
    """A block a port; one without a module says so."""
    yield from each(_ports(output), _module)


def _ports(output: str) -> Iterator[Block]:
    return blocks(f"\n{clean(output)}", _START)


def _module(block: Block) -> Read:
    name, words = block.head["interface"], block.head["words"].lower()
    if "not detected" in words:
        yield Transceiver(interface=name, present=False)
        return
    if "not applicable" in words:
        yield Transceiver(interface=name)
        return
    plate: dict[str, str] = {}
    shared: dict[str, Any] = {}
    lanes: dict[int, dict[str, Any]] = {}
    for way, lane, what, label, value in _LINE.findall(block.text):
        if way:
            lanes.setdefault(int(lane or 1), {})[_FIELDS[way + what]] = _measured(value, way + what)
        elif label in _LIMITS:
            shared[_LIMITS[label]] = _limit(value)
        elif label in _FIELDS:
            shared[_FIELDS[label]] = _amount(value)
        else:
            plate.setdefault(label.lower(), value.strip())
    yield _transceiver(name, plate, block.text)
    yield from _lanes(name, plate, shared, lanes)


def _transceiver(name: str, said: dict[str, str], block: str) -> Transceiver:
    abbreviated = text(said.get("type_abbrv_name"))
    wavelength = re.search(r"(\d{3,4}(?:\.\d+)?) ?nm\b", said.get("media interface technology", ""))
    return Transceiver(
        interface=name,
        present=True,
        form_factor=abbreviated or form_factor(said.get("identifier", "")),
        media_type=_media(said, block),
        vendor=text(said.get("vendor name")),
        part_number=text(said.get("vendor pn")),
        serial=text(said.get("vendor sn")),
        wavelength_nm=number(wavelength[1]) if wavelength else None,
    )


_UNTOLD: Final = ("not supported", "sm_media_interface", "mm_media_interface", "passive_copper", "{")
_CODE: Final = re.compile(
    r"\n ++Specification compliance: *\n +[^:\n]+: *(\S.*)$", re.MULTILINE | re.IGNORECASE
)
_CODES: Final = re.compile(r": '([^']{1,80})'")
"""Releases that print the codes as Python writes a dictionary; `Unknown` is none."""
_APPLICATION: Final = re.compile(r"Host Assign \([^)]*\) - (.+?) - Media Assign")


def _media(said: dict[str, str], block: str) -> str | None:
    """The compliance code; of a CMIS module the media of its first application."""
    compliance = text(said.get("specification compliance"))
    if compliance and not compliance.lower().startswith(_UNTOLD):
        return compliance
    if compliance and (codes := [code for code in _CODES.findall(compliance) if text(code)]):
        return text(codes[0])
    found = _CODE.search(block) or _APPLICATION.search(block)
    return text(found[1]) if found else None


@lru_cache(maxsize=4096)
def _limit(value: str) -> float | None:
    """The number in `-3.86dBm`, `6.75mA`, `30.9C`: modules of a kind have the same limits."""
    found = _NUMBER.match(value)
    return float(found[0]) if found else None


def _amount(value: str) -> float | None:
    """The same of what is measured: no light is -40."""
    if found := _NUMBER.match(value):
        return float(found[0])
    return NO_LIGHT_DBM if "inf" in value.lower() else None


def _measured(value: str, what: str) -> float | None:
    found = _amount(value)
    return max(found, NO_LIGHT_DBM) if found is not None and what.endswith("Power") else found


def _lanes(
    name: str, said: dict[str, str], shared: dict[str, Any], lanes: dict[int, dict[str, Any]]
) -> Iterator[OpticLane]:
    """The lanes, each with what the module measures and its thresholds.

    A module shows as many lanes as its host side has; those behind the last media lane that get no light and
    have no laser are none.
    """
    media = count(said.get("media lane count")) or len(lanes)
    for lane, values in sorted(lanes.items()):
        if lane <= media or not _dark(values):
            told = any(value is not None for value in values.values())
            yield OpticLane(interface=name, lane=lane, dom_supported=told, **shared, **values)


def _dark(values: dict[str, Any]) -> bool:
    return values.get("input_power_dbm") in {None, NO_LIGHT_DBM} and not values.get("bias_current_ma")


@command(
    "show interfaces transceiver presence",
    area="optics",
    gives=(Transceiver,),
    arguments=on_request,
    aliases=(
        "show interface[s] transceiver presence[ {options*}]",
        "show interface[s] transceiver error-status[ {options*}]",
        "sfputil show presence[ {options*}]",
    ),
)
def presence(output: str) -> Read:
    """Whether a module is plugged in; an `Error Status` of `Unplugged` says that it is not."""
    yield from read_table(output, _present)


def _present(row: Row) -> Read:
    name = cell(row, "port", "interface")
    said = (cell(row, "presence", "error status") or "").lower()
    if name is None or not is_port(name) or not said:
        raise ValueError("not a port")
    yield Transceiver(interface=name, present=said not in {"not present", "unplugged"})


@command(
    "show interfaces transceiver status",
    area="optics",
    gives=(Transceiver, Interface),
    arguments=on_request,
    aliases=("show interface[s] transceiver status[ {options*}]", "sfpshow status[ {options*}]"),
)
def states(output: str) -> Read:
    """A block a port with the module's own flags (CMIS); a port without a module is told in one line."""
    yield from each(_ports(output), _state)


def _state(block: Block) -> Read:
    name = block.head["interface"]
    said = fields(block.text)
    if "not applicable" in block.head["words"].lower() or len(said) < 2:
        yield Transceiver(interface=name)
        return
    yield Transceiver(interface=name, present=True)
    fault = text(said.get("module fault cause", said.get("reason of entering the module fault state")))
    if fault and fault.lower() != "no fault detected":
        yield Interface(interface=name, oper_reason=f"transceiver: {fault}")


_MONITOR: Final = re.compile(
    r"^ +(?P<name>\S.*?) {2,}(?P<unit>\S+) +(?P<min>\S+) +(?P<avg>\S+) +(?P<max>\S+)"
    r"(?: +(?P<high_alarm>\S+) +(?P<high_warning>\S+) +\S+ +(?P<low_alarm>\S+) +(?P<low_warning>\S+)"
    r" +\S+)?\s*$",
    re.MULTILINE,
)


@command(
    "show interfaces transceiver pm",
    area="optics",
    gives=(OpticLane, FecCounters),
    arguments=on_request,
    aliases=("show interface[s] transceiver pm[ {options*}]", "sfpshow pm[ {options*}]"),
)
def monitors(output: str) -> Read:
    """What a coherent module measured over the last minute: the mean of its light, and errors before FEC."""
    yield from each(_ports(output), _monitored)
    if "monitoring not applicable" in output:
        yield EMPTY


def _monitored(block: Block) -> Read:
    name = block.head["interface"]
    found = {row["name"].lower(): row for row in _MONITOR.finditer(block.text)}
    values: dict[str, Any] = {}
    for label, field in (("tx power", "output_power"), ("rx total power", "input_power")):
        if row := found.get(label):
            values[f"{field}_dbm"] = number(row["avg"])
            for level in ("high_alarm", "high_warning", "low_alarm", "low_warning"):
                values[f"{field}_{level}_dbm"] = number(row[level])
    if values:
        yield OpticLane(interface=name, lane=1, dom_supported=True, **values)
    errors = found.get("pre-fec ber")
    if errors:
        yield FecCounters(interface=name, pre_fec_ber=number(errors["avg"]))


_LOCK: Final = re.compile(r"^ +Lane(?P<lane>\d+): +(?P<state>[TF])\*? ", re.MULTILINE)


@command(
    "show interfaces phy-signal {interface} feclock",
    area="optics",
    gives=(FecCounters,),
    arguments=on_request,
    aliases=("show interface[s] phy-signal {interface} feclock[ {options*}]",),
)
def fec_lock(output: str, interface: str) -> Read:
    """Whether FEC has found the codewords' beginning on every lane; the port is locked when all are."""
    found = [lane["state"] == "T" for lane in _LOCK.finditer(output)]
    if found and "FEC Alignment Lock" in output:
        yield FecCounters(interface=interface, pcs_locked=all(found))
