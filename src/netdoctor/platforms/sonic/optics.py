"""Plugged modules: what they are, what they measure, lane by lane (SFF-8472, SFF-8636, CMIS)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from netdoctor.model.facts import FecCounters, Interface, OpticLane, Transceiver
from netdoctor.model.units import NO_LIGHT_DBM
from netdoctor.platforms.base import command
from netdoctor.platforms.sonic.reading import Read, Row, cell, is_port, on_request, read_table
from netdoctor.platforms.text import Block, blocks, each, fields
from netdoctor.platforms.values import clean, count, number, text

_START: Final = re.compile(
    r"^(?P<interface>Ethernet\S+?): *(?P<words>SFP EEPROM.*|Transceiver .*|)$", re.MULTILINE
)
_LANE: Final = re.compile(
    r"^ +(?P<way>RX|TX)(?P<lane>\d*)(?P<what>Power|Bias) *: *(?P<value>-?[\w.+-]+)", re.MULTILINE
)
_LIMIT: Final = re.compile(
    r"^ +(?P<what>RxPower|TxPower|TxBias|Temp|Vcc)(?P<level>High|Low)(?P<kind>Alarm|Warning)"
    r" *: *(?P<value>\S+)",
    re.MULTILINE,
)
_MODULE: Final = re.compile(r"^ +(?P<what>Temperature|Vcc) *: *(?P<value>\S+)", re.MULTILINE)
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
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
    yield from each(blocks(clean(output), _START), _module)


def _module(block: Block) -> Read:
    name, words = block.head["interface"], block.head["words"].lower()
    if "not detected" in words:
        yield Transceiver(interface=name, present=False)
        return
    said = fields(block.text)
    yield _transceiver(name, said, block.text)
    yield from _lanes(name, said, block.text)


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
    r"^ +Specification compliance: *\n +[^:\n]+: *(\S.*)$", re.MULTILINE | re.IGNORECASE
)
_APPLICATION: Final = re.compile(r"Host Assign \([^)]*\) - (.+?) - Media Assign")


def _media(said: dict[str, str], block: str) -> str | None:
    """The compliance code; of a CMIS module the media of its first application."""
    compliance = text(said.get("specification compliance"))
    if compliance and not compliance.lower().startswith(_UNTOLD):
        return compliance
    found = _CODE.search(block) or _APPLICATION.search(block)
    return text(found[1]) if found else None


def _amount(value: str, *, is_limit: bool) -> float | None:
    """The number in `-3.86dBm`, `6.75mA`, `30.9C`; no light is -40, a limit of no light is none."""
    if "inf" in value.lower():
        return None if is_limit else NO_LIGHT_DBM
    found = _NUMBER.match(value)
    return number(found[0]) if found else None


def _lanes(name: str, said: dict[str, str], block: str) -> Iterator[OpticLane]:
    """The lanes, each with what the module measures and its thresholds.

    A module shows as many lanes as its host side has; those behind the last media lane that get no light and
    have no laser are none.
    """
    shared = _shared(block)
    lanes: dict[int, dict[str, Any]] = {}
    for found in _LANE.finditer(block):
        field, unit = _NAMES[found["way"] + found["what"]]
        value = _amount(found["value"], is_limit=False)
        if unit == "dbm" and value is not None:
            value = max(value, NO_LIGHT_DBM)
        lanes.setdefault(int(found["lane"] or 1), {})[f"{field}_{unit}"] = value
    media = count(said.get("media lane count")) or len(lanes)
    for lane, values in sorted(lanes.items()):
        if lane <= media or not _dark(values):
            told = any(value is not None for value in values.values())
            yield OpticLane(interface=name, lane=lane, dom_supported=told, **shared, **values)


def _dark(values: dict[str, Any]) -> bool:
    return values.get("input_power_dbm") in {None, NO_LIGHT_DBM} and not values.get("bias_current_ma")


def _shared(block: str) -> dict[str, Any]:
    """What holds for the whole module: its temperature and voltage, and all thresholds."""
    found: dict[str, Any] = {}
    for one in _MODULE.finditer(block):
        field, unit = _NAMES[one["what"]]
        found[f"{field}_{unit}"] = _amount(one["value"], is_limit=False)
    for one in _LIMIT.finditer(block):
        field, unit = _NAMES[one["what"]]
        level = f"{one['level']}_{one['kind']}".lower()
        found[f"{field}_{level}_{unit}"] = _amount(one["value"], is_limit=True)
    return found


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
    yield from each(blocks(clean(output), _START), _state)


def _state(block: Block) -> Read:
    name = block.head["interface"]
    said = fields(block.text)
    if "not applicable" in block.head["words"].lower() or len(said) < 2:
        yield Transceiver(interface=name)
        return
    yield Transceiver(interface=name, present=True)
    fault = text(said.get("module fault cause"))
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
    yield from each(blocks(clean(output), _START), _monitored)


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
