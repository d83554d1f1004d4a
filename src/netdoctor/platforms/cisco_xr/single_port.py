"""`show controllers` of one interface: its state, its module's diagnostics, forward error correction.

It names the interface where `show controllers optics` names the port alone, but is asked of one at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from netdoctor.model.facts import FecCounters, Interface, OpticLane, Transceiver
from netdoctor.platforms.base import command
from netdoctor.platforms.cisco_xr.dialect import normalise_interface
from netdoctor.platforms.cisco_xr.interfaces import header_bytes, kind_of
from netdoctor.platforms.cisco_xr.reading import each_marked, on_request
from netdoctor.platforms.text import Block, Read, first
from netdoctor.platforms.values import count, number, power_dbm, speed_bps, text

_HEAD = re.compile(r"^ *Operational data for interface (?P<name>[A-Za-z][\w./-]*\d):?")
_ADMIN = re.compile(r"Administrative state: *(\w+)")
_OPER = re.compile(r"Operational state: *(\w+)(?: *\(Reason: *([^)\n]+)\))?")
_SPEED = re.compile(r"Operational values:\s+Speed: *(\S+)")
_DUPLEX = re.compile(r"Duplex: *(Full|Half)")
_MTU = re.compile(r"\n *MTU: *(\d+)")
_AUTO = re.compile(r"Autonegotiation (enabled|disabled)")
_FEC = re.compile(r"(?:Forward error correction|\n *FEC): *(\w[^\n]*)")
_CORRECTED = re.compile(r"Corrected Codeword Count: *(\d+)")
_UNCORRECTED = re.compile(r"Uncorrected Codeword Count: *(\d+)")
_PRE_FEC = re.compile(r"PRE-?FEC BER *: *([\d.]+E[-+]?\d+)", re.I)
_PLATE = {
    "media_type": re.compile(r"Media type: *(\S[^\n]*)"),
    "vendor": re.compile(r"\n *Vendor: *(\S[^\n]*)"),
    "part_number": re.compile(r"Part number: *(\S+)"),
    "serial": re.compile(r"Serial number: *(\S+)"),
}
_WAVELENGTH = re.compile(r"\n *Wavelength: *([\d.]+) nm")
_TEMPERATURE = re.compile(r"Transceiver Temp: *(-?[\d.]+)")
_VOLTAGE = re.compile(r"Transceiver Voltage: *([\d.]+)")
_NUMBER = r"(?:-?[\d.]+|-?inf|n/a)(?: *[HhLl])*"
_LANE = re.compile(
    rf"\n +(?P<lane>\d\d) +{_NUMBER} +(?P<tx>{_NUMBER}) +{_NUMBER} +(?P<rx>{_NUMBER})"
    rf" +{_NUMBER} +(?P<bias>{_NUMBER})"
)
_LIMIT = re.compile(
    r"\n *(?P<what>Transceiver Temp \(C\)|Transceiver Voltage \(V\)|Laser Bias \(mA\)|Transmit Power \(dBm\)"
    r"|Receive Power \(dBm\)): +(?P<values>\S+ +\S+ +\S+ +\S+)"
)
_FIELDS = {
    "Transceiver Temp (C)": ("temperature", "celsius"),
    "Transceiver Voltage (V)": ("supply_voltage", "v"),
    "Laser Bias (mA)": ("bias_current", "ma"),
    "Transmit Power (dBm)": ("output_power", "dbm"),
    "Receive Power (dBm)": ("input_power", "dbm"),
}


@command(
    "show controllers {interface}",
    area="interface",
    gives=(Interface, OpticLane, Transceiver, FecCounters),
    arguments=on_request,
    aliases=(
        "show controllers {interface} all",
        "show controllers {kind} {interface}",
    ),
)
def controllers(output: str) -> Read:
    yield from each_marked(output, "Operational data for interface ", _HEAD, _controller)


def _controller(block: Block) -> Read:
    name, said = normalise_interface(block.head["name"]), block.text
    admin, oper, mtu = first(_ADMIN, said), _OPER.search(said), count(first(_MTU, said))
    negotiated, duplex, fec = first(_AUTO, said), first(_DUPLEX, said), _fec_mode(first(_FEC, said))
    yield Interface(
        interface=name,
        admin_up=admin == "enabled" if admin else None,
        oper_up=oper[1] == "Up" if oper else None,
        oper_reason=oper[2].strip() if oper and oper[2] else None,
        speed_bps=speed_bps(first(_SPEED, said)) or None,
        duplex="full" if duplex == "Full" else "half" if duplex == "Half" else None,
        mtu_bytes=mtu,
        mtu_header_bytes=header_bytes(name) if mtu else None,
        autoneg=negotiated == "enabled" if negotiated else None,
        fec_mode=fec,
        kind=kind_of(name),
    )
    corrected = count(first(_CORRECTED, said))
    if corrected is not None:
        yield FecCounters(
            interface=name,
            mode=fec,
            corrected_codewords_count=corrected,
            uncorrected_codewords_count=count(first(_UNCORRECTED, said)),
            pre_fec_ber=number(first(_PRE_FEC, said)),
        )
    plate = {field: text(first(pattern, said)) for field, pattern in _PLATE.items()}
    if plate["vendor"] or plate["serial"]:
        wavelength = number(first(_WAVELENGTH, said))
        yield Transceiver(interface=name, present=True, wavelength_nm=wavelength, **plate)
    yield from _lanes(name, said)


def _fec_mode(word: str | None) -> str | None:
    """The common words for clauses 74 and 91 of IEEE 802.3."""
    known = (
        ("disabled", "disabled"),
        ("none", "disabled"),
        ("reed", "reed-solomon"),
        ("base-r", "fire-code"),
    )
    return next((ours for theirs, ours in known if word and theirs in word.lower()), word)


def _lanes(name: str, said: str) -> Iterator[OpticLane]:
    """Some releases call each lane 00: then they are numbered as they stand."""
    module: dict[str, Any] = dict(_limits(said))
    module["temperature_celsius"] = number(first(_TEMPERATURE, said))
    module["supply_voltage_v"] = number(first(_VOLTAGE, said))
    rows = list(_LANE.finditer(said))
    told = len({row["lane"] for row in rows}) == len(rows)
    for place, row in enumerate(rows):
        yield OpticLane(
            interface=name,
            lane=int(row["lane"]) if told else place,
            dom_supported=True,
            input_power_dbm=power_dbm(row["rx"]),
            output_power_dbm=power_dbm(row["tx"]),
            bias_current_ma=number(row["bias"].rstrip(" HhLl")),
            **module,
        )


def _limits(said: str) -> Iterator[tuple[str, float | None]]:
    """Alarm and warning, high and low; a pair that is zero, or minus infinity, is not given."""
    for row in _LIMIT.finditer(said):
        name, unit = _FIELDS[row["what"]]
        alarm_high, warning_high, warning_low, alarm_low = map(number, row["values"].split())
        for level, high, low in (("alarm", alarm_high, alarm_low), ("warning", warning_high, warning_low)):
            if high or low:
                yield f"{name}_high_{level}_{unit}", high
                yield f"{name}_low_{level}_{unit}", low
