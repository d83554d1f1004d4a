"""`show controllers optics`: a port's module, its lanes and thresholds (NCS 5500, 8000, ASR 9000 from 6.x).

The port is named by its controller, `Optics0/0/0/1`: which Ethernet interfaces stand on it is not said here.
Temperature, voltage and thresholds are the module's and stand with every lane.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from netdoctor.model.facts import Interface, OpticLane, Transceiver
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_xr.reading import found_in, marked, said
from netdoctor.platforms.text import Block, Read, blocks, each, fields, first
from netdoctor.platforms.values import duration_s, number, power_dbm, text

_PORT = re.compile(r"^ *Port: +(?P<name>Optics ?\d[\d/]*)", re.M)
_WHOLE = re.compile(r"\A(?P<name>)")
_STATE = re.compile(r"Controller State: *([\w -]+)")
_ADMIN = re.compile(r"Transport Admin State: *([\w -]+)")
_DOM = re.compile(r"Dom Data Status: *([\w /]+)")
_LIMITS = re.compile(
    r"^ *(?P<what>Rx Power|Tx Power|LBC|Temp\.?|Voltage) Threshold ?\((?P<unit>dBm|mA|celsius|volt)\) +"
    r"(?P<high_alarm>\S+) +(?P<low_alarm>\S+) +(?P<high_warning>\S+) +(?P<low_warning>\S+)",
    re.M | re.I,
)
_VALUE = r"(?:N/A|-?\d+(?:\.\d+)?|-?inf)"
_LANE = re.compile(
    rf" *(?P<lane>\d{{1,2}}) +(?P<bias>{_VALUE}) *(?P<unit>mA|%)? +(?P<tx>{_VALUE}) *(?:dBm)? +"
    rf"(?P<rx>{_VALUE}) *(?:dBm)?\b",
    re.I,
)
_TX = re.compile(rf"^ *(?:Actual |Total )?TX Power *= *({_VALUE})", re.M | re.I)
_RX = re.compile(rf"^ *(?:Actual |Total )?RX Power *= *({_VALUE})", re.M | re.I)
_BIAS = re.compile(rf"^ *Laser Bias Current *= *({_VALUE}) *mA", re.M | re.I)
_TEMPERATURE = re.compile(r"Temperature *= *(-?[\d.]+) *C")
_VOLTAGE = re.compile(r"Voltage *= *([\d.]+) *V")
_WAVELENGTH = re.compile(r"Wavelength *= *([\d.]+) *nm")
_FLAPPED = re.compile(r"Last link flapped: *([\w:]+)")
_UNAVAILABLE = re.compile(r"^ *(?:\w+ ){1,4}is not available on the port", re.M | re.I)
_TYPE = re.compile(r"Optics Type *: *(\S[^\n]*)")

_TABLE = 1200
"""The thresholds stand in the first characters after their title."""
_FIELDS = {
    "rx power": ("input_power", "dbm"),
    "tx power": ("output_power", "dbm"),
    "lbc": ("bias_current", "ma"),
    "temp": ("temperature", "celsius"),
    "voltage": ("supply_voltage", "v"),
}


@command(
    "show controllers optics *",
    area="optics",
    gives=(OpticLane, Transceiver, Interface),
    timeout_s=30.0,
    aliases=("show controllers optics {port}", "show controller[s] optics {port}", "show controllers optics"),
)
def optics(output: str, port: str = "") -> Read:
    whole = said(output)
    found = list(marked(whole, "Port:", _PORT))
    if not found and _STATE.search(whole):
        found = list(blocks(whole, _WHOLE))
    yield from found_in(each(found, lambda block: _port(block, port)), output)
    if not found and _UNAVAILABLE.search(whole):
        yield EMPTY


def _port(block: Block, port: str) -> Read:
    name = block.head["name"].replace(" ", "") or f"Optics{port.lower().removeprefix('optics')}"
    if not re.search(r"\d/\d", name):
        raise ValueError("a port without a name")
    state, admin = first(_STATE, block.text), first(_ADMIN, block.text)
    if state is None and admin is None:
        raise ValueError("a port without a state")
    yield Interface(
        interface=name,
        admin_up=None if admin is None else "in service" in admin.lower(),
        oper_up=None if state is None else state.lower() == "up",
        last_change_s=duration_s(first(_FLAPPED, block.text)),
    )
    if "optics not present" in block.text.lower():
        yield Transceiver(interface=name, present=False)
        return
    yield _transceiver(name, block.text)
    yield from _lanes(name, block.text)


def _from(said_of: str, words: str) -> str:
    """All that stands from the words on."""
    start = said_of.find(words)
    return said_of[start:] if start >= 0 else ""


def _transceiver(name: str, said_of: str) -> Transceiver:
    plate = fields(_from(said_of, "Transceiver Vendor Details"))
    media = text(plate.get("optics type")) or text(first(_TYPE, said_of))
    wavelength = number(first(_WAVELENGTH, said_of))
    return Transceiver(
        interface=name,
        present=True,
        form_factor=text(plate.get("form factor")),
        media_type=None if media == "Unavailable" else media,
        vendor=text(plate.get("name")),
        part_number=text(plate.get("part number")) or text(plate.get("pid")),
        serial=text(plate.get("serial number")),
        wavelength_nm=wavelength or None,
    )


def _lanes(name: str, said_of: str) -> Iterator[OpticLane]:
    """What a module without diagnostics prints is zeros, which are no values."""
    limits = _limits(_from(said_of, "THRESHOLD VALUES").partition("Lane ")[0][:_TABLE])
    table = _from(said_of, "Laser Bias  ").partition("Temperature")[0]
    rows = [found for line in table.split("\n") if (found := _LANE.match(line))]
    inapplicable = "Applicable" in (first(_DOM, said_of) or "")
    if not limits and (inapplicable or not _measured(rows, said_of)):
        for lane in [int(row["lane"]) for row in rows] or [1]:
            yield OpticLane(interface=name, lane=lane, dom_supported=False)
        return
    module: dict[str, Any] = {
        **limits,
        "temperature_celsius": number(first(_TEMPERATURE, said_of)),
        "supply_voltage_v": number(first(_VOLTAGE, said_of)),
    }
    for row in rows:
        bias = number(row["bias"]) if (row["unit"] or "mA") == "mA" else None
        yield OpticLane(
            interface=name,
            lane=int(row["lane"]),
            dom_supported=True,
            input_power_dbm=power_dbm(row["rx"]),
            output_power_dbm=power_dbm(row["tx"]),
            bias_current_ma=bias,
            **module,
        )
    if not rows:
        yield OpticLane(
            interface=name,
            lane=1,
            dom_supported=True,
            input_power_dbm=power_dbm(first(_RX, said_of)),
            output_power_dbm=power_dbm(first(_TX, said_of)),
            bias_current_ma=number(first(_BIAS, said_of)),
            **module,
        )


@lru_cache(maxsize=256)
def _limits(table: str) -> dict[str, float]:
    """The thresholds that the module gives: a pair of zeros is none. Modules of a kind have the same."""
    limits: dict[str, float] = {}
    for line in table.split("\n"):
        row = _LIMITS.match(line) if "Threshold" in line else None
        if row is None:
            continue
        name, unit = _FIELDS[row["what"].lower().rstrip(".")]
        for level in ("alarm", "warning"):
            high, low = number(row[f"high_{level}"]), number(row[f"low_{level}"])
            if high or low:
                known = {"high": high, "low": low}
                limits |= {
                    f"{name}_{end}_{level}_{unit}": one for end, one in known.items() if one is not None
                }
    return limits


def _measured(rows: list[re.Match[str]], said_of: str) -> bool:
    """True when a value other than zero stands there."""
    values = [row[name] for row in rows for name in ("bias", "tx", "rx")]
    values += [first(pattern, said_of) or "" for pattern in (_TX, _RX, _TEMPERATURE, _VOLTAGE)]
    return any(number(value) or value.lower().lstrip("-") == "inf" for value in values)
