"""`show controllers all phy`: modules and their diagnostics as the ASR 9000 prints them, by interface.

The memory of the module, which stands there in hexadecimal too, is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from netdoctor.model.facts import FecCounters, Interface, OpticLane, Transceiver
from netdoctor.platforms.base import command
from netdoctor.platforms.cisco_xr.dialect import normalise_interface
from netdoctor.platforms.cisco_xr.reading import each_marked
from netdoctor.platforms.cisco_xr.single_port import controllers
from netdoctor.platforms.text import Block, Read
from netdoctor.platforms.values import number, power_dbm, text

_HEAD = re.compile(r" *PHY data for interface: *(?P<name>\S+)")
_NANOMETRES = re.compile(r"([\d.]+) nm")
_ABSENT = re.compile(
    r"(?:xcvr|SFP|optics?|transceiver|module) (?:is )?(?:not (?:present|inserted)|absent)", re.I
)
_ORDER = ("high_alarm", "high_warning", "low_warning", "low_alarm")
_READING = re.compile(r" *(?P<what>Temperature|Voltage): +\+?(?P<value>-?[\d.]+)(?: C| Volts?)?\s*$")
_PLAIN_LIMITS = re.compile(
    r" *(?P<what>Temperature|Voltage|Bias): +\+?(-?[\d.]+) \w+ +\+?(-?[\d.]+) \w+ +\+?(-?[\d.]+)"
    r" \w+ +\+?(-?[\d.]+) \w+"
)
_POWER_LIMITS = re.compile(
    r" *(?P<what>Transmit|Receive) Power:(?P<values>(?: +[\d.]+ mW \([^()]{1,24}\)){4})"
)
_DBM = re.compile(r"\(<?(-?(?:[\d.]+|inf)) dBm\)", re.I)
_OF_MODULE = ("Temperature:", "Voltage:", "Bias:", "Transmit Power:", "Receive Power:")
_FIELDS = {
    "Temperature": ("temperature", "celsius"),
    "Voltage": ("supply_voltage", "v"),
    "Bias": ("bias_current", "ma"),
    "Transmit": ("output_power", "dbm"),
    "Receive": ("input_power", "dbm"),
}
_LANE = re.compile(
    r" *(?P<what>Tx Bias|Tx Power|Rx Power|(?:Laser )?Bias)(?: *(?:lane|\[)? *(?P<lane>\d)\]?)?: +"
    r"(?:[\d.]+ mW \(<?(?P<dbm>-?(?:[\d.]+|inf)) dBm\)|(?P<ma>[\d.]+) mAmps(?! +\d))",
    re.I,
)
_POWER = r"[\d.]+ mW \(<?(-?(?:[\d.]+|inf)) dBm\)"
_LANE_ROW = re.compile(rf" *(\d{{1,2}}) +(?:N/A|\+?-?[\d.]+(?: C)?) +([\d.]+) mAmps +{_POWER} +{_POWER}")


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
        yield from each_marked(output, "PHY data for interface:", _HEAD, _phy)


def _phy(block: Block) -> Read:
    name = normalise_interface(block.head["name"])
    papers, _, readings = block.text.partition("Thresholds:")
    plate, wavelength_nm = _plate(papers.split("\n"))
    present = any(plate.values()) and not _absent(block.text)
    yield Transceiver(
        interface=name, present=present, wavelength_nm=wavelength_nm, **(plate if present else {})
    )
    if present:
        yield from _lanes(name, (readings or papers).split("\n"))


def _plate(rows: list[str]) -> tuple[dict[str, str | None], float | None]:
    """What the module says of itself, and its wavelength."""
    told: dict[str, str] = {}
    for row in rows:
        label, _, value = row.partition(":")
        if value := value.strip():
            told.setdefault(label.strip(), value)
    media = (value for label, value in told.items() if label.startswith(("Xcvr Code", "Ethernet Compliance")))
    wavelength = _NANOMETRES.match(told.get("Laser wavelength") or told.get("Wavelength") or "")
    plate = {
        "form_factor": told.get("Xcvr Type"),
        "media_type": next(media, None),
        "vendor": told.get("Vendor Name"),
        "part_number": told.get("Vendor Part Number", "").partition("(")[0],
        "serial": told.get("Vendor Serial Number", "").partition(" ")[0],
    }
    said = {field: text((value or "").rstrip(" ,")) for field, value in plate.items()}
    return said, number(wavelength[1]) or None if wavelength else None


def _absent(said: str) -> bool:
    """True where a module is said to be missing; most answers have none of the words."""
    return any(word in said for word in ("resent", "nserted", "bsent")) and _ABSENT.search(said) is not None


def _lanes(name: str, rows: list[str]) -> Iterator[OpticLane]:
    module: dict[str, float | None] = {}
    lanes: dict[int, dict[str, float | None]] = {}
    for row in rows:
        if row.lstrip(" ").startswith(_OF_MODULE) and (told := _of_module(row)):
            module |= told
        elif "mAmps" not in row and "dBm" not in row:
            continue
        elif in_columns := _LANE_ROW.match(row):
            lane, bias, sent, received = in_columns.groups()
            lanes[int(lane)] = {
                "bias_current_ma": number(bias),
                "output_power_dbm": power_dbm(sent),
                "input_power_dbm": power_dbm(received),
            }
        elif alone := _LANE.match(row):
            lanes.setdefault(int(alone["lane"] or 1), {}).update(_of_lane(alone))
    for lane_number, values in sorted(lanes.items()):
        known: dict[str, Any] = module | values
        yield OpticLane(interface=name, lane=lane_number, dom_supported=True, **known)
    if not lanes:
        yield OpticLane(interface=name, lane=1, dom_supported=False)


def _of_lane(found: re.Match[str]) -> dict[str, float | None]:
    """One value of a lane that stands on a line of its own."""
    what = found["what"].lower()
    if what.endswith("bias"):
        return {"bias_current_ma": number(found["ma"])}
    return {"output_power_dbm" if what.startswith("tx") else "input_power_dbm": power_dbm(found["dbm"])}


@lru_cache(maxsize=1024)
def _of_module(row: str) -> dict[str, float | None]:
    """A reading, or thresholds from the highest to the lowest: four equal ones are none.

    Modules of a kind have the same thresholds.
    """
    if reading := _READING.match(row):
        name, unit = _FIELDS[reading["what"]]
        return {f"{name}_{unit}": number(reading["value"])}
    if found := _PLAIN_LIMITS.match(row):
        what, *words = found.groups()
    elif found := _POWER_LIMITS.match(row):
        what, words = found["what"], _DBM.findall(found["values"])
    else:
        return {}
    name, unit = _FIELDS[what]
    values = [number(word) for word in words]
    levels = dict(zip(_ORDER, values, strict=True)) if len(set(values)) > 1 else {}
    return {f"{name}_{level}_{unit}": value for level, value in levels.items() if value is not None}
