"""Modules and light, as EOS prints them in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from netdoctor.model.facts import DeviceInfo, Fact, OpticLane, Transceiver
from netdoctor.platforms.arista_eos.dialect import normalise_interface
from netdoctor.platforms.arista_eos.optics import module_port
from netdoctor.platforms.arista_eos.reading import Read, on_request
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.text import Block, blocks, each, fields, lines
from netdoctor.platforms.values import number, power_dbm, text

_PORT = r"^\s*(?P<port>(?:Et|Ethernet|Ma|Management)\d[\d/]*)\s+"
_VALUE = r"(-?\d+(?:\.\d+)?|N/?A|-Inf|-inf)"
_ROW = re.compile(rf"{_PORT}{_VALUE}\s+{_VALUE}\s+{_VALUE}\s+{_VALUE}\s+{_VALUE}(?:\s|$)")
_COLUMNS = (
    "temperature_celsius",
    "supply_voltage_v",
    "bias_current_ma",
    "output_power_dbm",
    "input_power_dbm",
)


@command("show interfaces transceiver", area="optics", gives=(OpticLane,), arguments=on_request)
def lanes(output: str) -> Read:
    """One lane a line: a port of several lanes has an interface for each."""
    for line in lines(output):
        if found := _ROW.match(line.text):
            values: dict[str, Any] = {
                name: value
                for name, said in zip(_COLUMNS, found.groups()[1:], strict=True)
                if (value := _measured(name, said)) is not None
            }
            interface = normalise_interface(found["port"])
            yield OpticLane(interface=interface, lane=1, dom_supported=bool(values), **values)
    if "Last Update" in output:
        yield EMPTY


def _measured(name: str, said: str) -> float | None:
    return power_dbm(said) if name.endswith("_dbm") else number(said)


_QUANTITY = re.compile(r"^\s*(Temperature|Voltage|Current|Tx Power|Rx Power)\s+Threshold\b")
_QUANTITIES = {
    "Temperature": ("temperature", "celsius"),
    "Voltage": ("supply_voltage", "v"),
    "Current": ("bias_current", "ma"),
    "Tx Power": ("output_power", "dbm"),
    "Rx Power": ("input_power", "dbm"),
}
_LIMITS = ("high_alarm", "high_warning", "low_alarm", "low_warning")
_DETAIL = re.compile(
    rf"{_PORT}{_VALUE}(?: ?\([^)]*\))?(?:\s+(?:\+\+?|--?))?\s+{_VALUE}\s+{_VALUE}\s+{_VALUE}\s+{_VALUE}\s*$"
)


@command(
    "show interfaces transceiver detail",
    area="optics",
    gives=(OpticLane,),
    arguments=on_request,
    aliases=("show interfaces {ports} transceiver detail",),
)
def thresholds(output: str) -> Read:
    """A table a quantity, with the module's thresholds; put together by port."""
    quantity: tuple[str, str] | None = None
    found: dict[str, dict[str, Any]] = {}
    for line in lines(output):
        if title := _QUANTITY.match(line.text):
            quantity = _QUANTITIES[title[1]]
        elif quantity and (row := _DETAIL.match(line.text)):
            values = found.setdefault(normalise_interface(row["port"]), {})
            values.update(_limits(*quantity, row.groups()[1:]))
    for interface, values in found.items():
        yield OpticLane(interface=interface, lane=1, dom_supported=bool(values), **values)
    if quantity:
        yield EMPTY


def _limits(name: str, unit: str, said: tuple[str, ...]) -> Iterator[tuple[str, float]]:
    value = _measured(f"{name}_{unit}", said[0])
    if value is None:
        return
    yield f"{name}_{unit}", value
    for limit, word in zip(_LIMITS, said[1:], strict=True):
        if (threshold := number(word)) is not None:
            yield f"{name}_{limit}_{unit}", threshold


_NAME = re.compile(r"^\s*Name ?: *(?P<name>\S+)", re.MULTILINE)


@command(
    "show interfaces transceiver hardware",
    area="optics",
    gives=(Transceiver,),
    arguments=on_request,
    aliases=("show interfaces {ports} transceiver hardware",),
)
def hardware(output: str) -> Read:
    """What each module is, and whether one is there."""
    yield from each(blocks(output, _NAME), _hardware)


def _hardware(block: Block) -> Iterator[Fact]:
    said = fields(block.text)
    media = text(said.get("media type")) or text(said.get("detected media type"))
    presence = (said.get("module presence") or "").lower()
    wavelength = next((value for name, value in said.items() if name.startswith("wavelength")), None)
    yield Transceiver(
        interface=normalise_interface(block.head["name"]),
        present=not presence.startswith("not") if presence else True,
        media_type=media,
        serial=text(said.get("serial number")),
        wavelength_nm=number((wavelength or "").split(" ")[0]),
    )


_SECTION = re.compile(r"^ *System (?:has \d+ (?P<things>[\w ]+?)|information) *$", re.MULTILINE)
_MODEL = re.compile(
    r"^ *(?P<model>(?=\S*\d)[A-Z][\w-]*-[\w-]+|v?c?EOS\S*) +(?P<text>\S.*)$", re.MULTILINE | re.ASCII
)
_SERIAL = re.compile(
    r"^ *\d\S* +(?:\d\S* +)?(?P<serial>[A-Z]{2,5}\w{6,}) +\d{4}-\d\d-\d\d", re.MULTILINE | re.ASCII
)
_SLOT = re.compile(r"^ *(?P<slot>\d+(?:/\d+)*) +(?P<said>\S.*?) *$", re.MULTILINE)


_MODULES_RULED = re.compile(r"^(?P<heads> *Port +Manufacturer .*)\n(?P<rule>[ -]+)$", re.MULTILINE)


@command(
    "show inventory",
    area="optics",
    gives=(DeviceInfo, Transceiver),
    arguments=on_request,
    aliases=("show inventory all",),
)
def inventory(output: str) -> Read:
    """The device's model and serial number, and who made the modules."""
    for section in blocks(output, _SECTION):
        things = section.head["things"]
        if things is None:
            model, serial = _MODEL.search(section.text), _SERIAL.search(section.text)
            if model or serial:
                yield DeviceInfo(
                    vendor="Arista",
                    model=model["model"] if model else None,
                    serial=serial["serial"] if serial else None,
                )
        elif things.startswith("transceiver"):
            yield from each(blocks(section.text, _SLOT), partial(_module, _columns(section.text)))


def _columns(table: str) -> list[int]:
    """Where manufacturer, model, serial number and revision start; empty where pasting has moved them."""
    ruled = _MODULES_RULED.search(table)
    if ruled is None:
        return []
    starts = [found.start() for found in re.finditer(r"-+", ruled["rule"])]
    headed = [ruled["heads"].find(word) for word in ("Manufacturer", "Model", "Serial", "Rev")]
    return starts[1:] if starts[1:] == headed else []


def _module(columns: list[int], block: Block) -> Iterator[Fact]:
    """A row: manufacturer, model, serial number, revision; a manufacturer may have blanks in its name."""
    said, row = block.head["said"], block.head[0]
    if said.startswith("Not Present"):
        return
    cells = re.split(r" {2,}", said)
    if columns and all(row[start - 1 : start] in {" ", ""} for start in columns):
        cells = [row[start:end].strip() for start, end in zip(columns, [*columns[1:], None], strict=True)]
    vendor, part, serial = cells[:3] if len(cells) >= 3 else _from_the_right(said)
    yield Transceiver(
        interface=module_port(block.head["slot"], part),
        present=True,
        vendor=text(vendor),
        part_number=text(part),
        serial=text(serial),
    )


def _from_the_right(said: str) -> tuple[str, str, str]:
    vendor, part, serial, _ = said.rsplit(" ", 3)
    return vendor, part, serial
