"""`show controllers all phy`: modules and their diagnostics as the ASR 9000 prints them, by interface.

The memory of the module, which stands there in hexadecimal too, is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from netdoctor.model.facts import FecCounters, Interface, OpticLane, Transceiver
from netdoctor.platforms.base import command
from netdoctor.platforms.cisco_xr.dialect import normalise_interface
from netdoctor.platforms.cisco_xr.reading import each_block
from netdoctor.platforms.cisco_xr.single_port import controllers
from netdoctor.platforms.text import Block, Read, first
from netdoctor.platforms.values import number, power_dbm, text

_HEAD = re.compile(r"^ *PHY data for interface: *(?P<name>\S+)", re.M)
_PLATE = {
    "form_factor": re.compile(r"^ *Xcvr Type: *(\S[^\n]*)", re.M),
    "media_type": re.compile(r"^ *(?:Xcvr Code|Ethernet Compliance Code[^:\n]*): *(\S[^\n]*)", re.M),
    "vendor": re.compile(r"^ *Vendor Name: *(\S[^\n]*)", re.M),
    "part_number": re.compile(r"^ *Vendor Part Number: *([^\s(]+)", re.M),
    "serial": re.compile(r"^ *Vendor Serial Number: *(\S+)", re.M),
}
_WAVELENGTH = re.compile(r"^ *(?:Laser w|W)avelength: *([\d.]+) nm", re.M)
_ABSENT = re.compile(
    r"(?:xcvr|SFP|optics?|transceiver|module) (?:is )?(?:not (?:present|inserted)|absent)", re.I
)
_ORDER = ("high_alarm", "high_warning", "low_warning", "low_alarm")
_PLAIN_LIMITS = re.compile(
    r"^ *(?P<what>Temperature|Voltage|Bias): +\+?(-?[\d.]+) \w+ +\+?(-?[\d.]+) \w+ +\+?(-?[\d.]+)"
    r" \w+ +\+?(-?[\d.]+) \w+",
    re.M,
)
_POWER_LIMITS = re.compile(
    r"^ *(?P<what>Transmit|Receive) Power:(?P<values>(?: +[\d.]+ mW \([^()\n]{1,24}\)){4})", re.M
)
_DBM = re.compile(r"\(<?(-?(?:[\d.]+|inf)) dBm\)", re.I)
_FIELDS = {
    "Temperature": ("temperature", "celsius"),
    "Voltage": ("supply_voltage", "v"),
    "Bias": ("bias_current", "ma"),
    "Transmit": ("output_power", "dbm"),
    "Receive": ("input_power", "dbm"),
}
_TEMPERATURE = re.compile(r"^ *Temperature: +\+?(-?[\d.]+)(?: C)?\s*$", re.M)
_VOLTAGE = re.compile(r"^ *Voltage: +([\d.]+) Volts?\s*$", re.M)
_LANES = re.compile(
    r"^ *(?P<what>Tx Bias|Tx Power|Rx Power|(?:Laser )?Bias)(?: *(?:lane|\[)? *(?P<lane>\d)\]?)?: +"
    r"(?:[\d.]+ mW \(<?(?P<dbm>-?(?:[\d.]+|inf)) dBm\)|(?P<ma>[\d.]+) mAmps)",
    re.M | re.I,
)


_POWER = r"[\d.]+ mW \(<?(-?(?:[\d.]+|inf)) dBm\)"
_LANE_ROW = re.compile(
    rf"^ *(\d{{1,2}}) +(?:N/A|\+?-?[\d.]+(?: C)?) +([\d.]+) mAmps +{_POWER} +{_POWER}", re.M
)


@command(
    "show controllers all phy",
    area="optics",
    gives=(OpticLane, Transceiver, Interface, FecCounters),
    targets_only=True,
    timeout_s=40.0,
    aliases=("show controllers {interface*} phy",),
)
def phys(output: str) -> Read:
    """Newer cards answer with the state of the whole controller, in which the module stands."""
    if "Operational data for interface " in output:
        yield from controllers(output)
    else:
        yield from each_block(output, _HEAD, _phy)


def _phy(block: Block) -> Read:
    name = normalise_interface(block.head["name"])
    plate = {
        field: text((first(pattern, block.text) or "").rstrip(" ,")) for field, pattern in _PLATE.items()
    }
    present = any(plate.values()) and not _absent(block.text)
    yield Transceiver(
        interface=name,
        present=present,
        wavelength_nm=number(first(_WAVELENGTH, block.text)) or None,
        **(plate if present else {}),
    )
    if present:
        yield from _lanes(name, block.text)


def _absent(said: str) -> bool:
    """True where a module is said to be missing; most answers have none of the words."""
    return any(word in said for word in ("resent", "nserted", "bsent")) and _ABSENT.search(said) is not None


def _lanes(name: str, said: str) -> Iterator[OpticLane]:
    module: dict[str, Any] = dict(_limits(said))
    module["temperature_celsius"] = number(first(_TEMPERATURE, said))
    module["supply_voltage_v"] = number(first(_VOLTAGE, said))
    lanes: dict[int, dict[str, Any]] = {}
    for found in _LANES.finditer(said):
        values = lanes.setdefault(int(found["lane"] or 1), {})
        what = found["what"].lower()
        if what.endswith("bias"):
            values["bias_current_ma"] = number(found["ma"])
        else:
            values["output_power_dbm" if what.startswith("tx") else "input_power_dbm"] = power_dbm(
                found["dbm"]
            )
    for row in _LANE_ROW.finditer(said):
        lanes[int(row[1])] = {
            "bias_current_ma": number(row[2]),
            "output_power_dbm": power_dbm(row[3]),
            "input_power_dbm": power_dbm(row[4]),
        }
    for lane, values in sorted(lanes.items()):
        yield OpticLane(interface=name, lane=lane, dom_supported=True, **module, **values)
    if not lanes:
        yield OpticLane(interface=name, lane=1, dom_supported=False)


def _limits(said: str) -> Iterator[tuple[str, float]]:
    """Thresholds stand from the highest to the lowest; a module without any has four equal ones."""
    rows = [(found["what"], found.groups()[1:]) for found in _PLAIN_LIMITS.finditer(said)]
    rows += [(found["what"], tuple(_DBM.findall(found["values"]))) for found in _POWER_LIMITS.finditer(said)]
    for what, words in rows:
        values = [number(word) for word in words]
        if len(set(values)) > 1:
            name, unit = _FIELDS[what]
            for level, value in zip(_ORDER, values, strict=True):
                if value is not None:
                    yield f"{name}_{level}_{unit}", value
