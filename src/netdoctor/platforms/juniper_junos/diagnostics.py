"""Optics: light, current, temperature and voltage of each lane with the module's thresholds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from netdoctor.model.facts import Fact, OpticLane
from netdoctor.platforms.base import EMPTY, NotUnderstood
from netdoctor.platforms.juniper_junos.reading import (
    Node,
    Read,
    each,
    leaf,
    nodes,
    or_empty,
    query,
    roots,
    sections,
    tree,
)
from netdoctor.platforms.text import Block, blocks
from netdoctor.platforms.text import each as each_block
from netdoctor.platforms.values import count, number, power_dbm

_LEVELS = {
    "low-alarm": "low_alarm",
    "low-warn": "low_warning",
    "high-warn": "high_warning",
    "high-alarm": "high_alarm",
}
_LIMITS = (
    ("laser-rx-power", "-threshold-dbm", "input_power", "dbm"),
    ("laser-tx-power", "-threshold-dbm", "output_power", "dbm"),
    ("laser-bias-current", "-threshold", "bias_current", "ma"),
    ("module-temperature", "-threshold", "temperature", "celsius"),
    ("module-voltage", "-threshold", "supply_voltage", "v"),
)
_THRESHOLDS = tuple(
    (f"{ours}_{level_ours}_{unit}", f"{theirs}-{level}{suffix}")
    for theirs, suffix, ours, unit in _LIMITS
    for level, level_ours in _LEVELS.items()
)
_MEASURED = (
    ("output_power_dbm", ("laser-output-power-dbm", "laser-tx-power-dbm")),
    (
        "input_power_dbm",
        (
            "rx-signal-avg-optical-power-dbm",
            "laser-rx-optical-power-dbm",
            "laser-receiver-power-dbm",
            "laser-rx-power-dbm",
        ),
    ),
    ("bias_current_ma", ("laser-bias-current",)),
    ("temperature_celsius", ("module-temperature", "laser-temperature")),
    ("supply_voltage_v", ("module-voltage",)),
)
_SINGLE = 1
"""The lane of a module that has only one."""


@query(
    "show interfaces diagnostics optics",
    area="optics",
    gives=(OpticLane,),
    also=(
        "show interfaces diagnostics optics {interface}",
        "show interfaces {interface} diagnostics optics",
        "get-interface-optics-diagnostics-information[ {rest*}]",
    ),
)
def lanes(output: str) -> Read:
    """Digital diagnostics of every lane; a module without them says `N/A`. Junos counts lanes from 0."""
    found = tree(output)
    if found is None:
        yield from _text(output)
        return
    known = roots(found, "interface-information")
    if not known:
        raise NotUnderstood("no 'interface-information'")
    ports = [port for _, root in known for port in nodes(root, "physical-interface")]
    yield from or_empty(each(ports, _port), known=True)


def _port(port: Node) -> Iterator[Fact]:
    name = leaf(port, "name")
    if not name:
        raise ValueError("a module without an interface")
    for module in nodes(port, "optics-diagnostics"):
        shared = dict(_measured(module)) | _limits(module)
        channels = nodes(module, "optics-diagnostics-lane-values")
        for channel in channels:
            index = count(leaf(channel, "lane-index"))
            own = dict(_measured(channel))
            yield OpticLane(
                interface=name,
                lane=_SINGLE if index is None else index + 1,
                **_said({**shared, **own}, own),
            )
        if not channels:
            yield OpticLane(interface=name, lane=_SINGLE, **_said(shared))


def _said(fields: dict[str, float], own: dict[str, float] | None = None) -> dict[str, Any]:
    """A lane's fields; one of which nothing was measured has no diagnostics."""
    return {"dom_supported": bool(fields if own is None else own), **fields}


def _measured(node: Node) -> Iterator[tuple[str, float]]:
    for ours, names in _MEASURED:
        for name in names:
            if name in node and (value := _value(ours, leaf(node, name))) is not None:
                yield ours, value
                break


def _limits(node: Node) -> dict[str, float]:
    """The module's thresholds; one of minus infinity is none."""
    return _thresholds(tuple([leaf(node, name) for _, name in _THRESHOLDS]))


@lru_cache(maxsize=256)
def _thresholds(said: tuple[str | None, ...]) -> dict[str, float]:
    """Thresholds as numbers; they are the same for all modules of a kind."""
    numbers = zip(_THRESHOLDS, map(_number, said), strict=True)
    return {ours: value for (ours, _), value in numbers if value is not None}


def _value(ours: str, said: str | None) -> float | None:
    """A measured value; no light is written `- Inf`."""
    if ours.endswith("_dbm"):
        return power_dbm(said.lower().removesuffix("dbm").strip()) if said else None
    return _number(said)


def _number(said: str | None) -> float | None:
    """The number at the start of `36 degrees C / 97 degrees F` or `3.2680 V`."""
    return number(said.split()[0]) if said else None


_PORT = re.compile(r"^[ \t]*Physical interface: *(?P<name>[\w./:-]+)[^\n]*", re.MULTILINE)
_LANE = re.compile(r"^[ \t]*(?:Lane|Laser lane|Channel) +(?P<lane>\d+)[ \t:]*$", re.MULTILINE)
_LINE = re.compile(r"^[ \t]*(?P<name>[A-Z][A-Za-z -]{4,60}?) *: *(?P<value>[^\n]*\S)", re.MULTILINE)
_TEXT_MEASURED = {
    "laser bias current": "bias_current_ma",
    "tx bias current": "bias_current_ma",
    "laser output power": "output_power_dbm",
    "tx output power": "output_power_dbm",
    "laser tx power": "output_power_dbm",
    "receiver signal average optical power": "input_power_dbm",
    "laser receiver power": "input_power_dbm",
    "laser rx power": "input_power_dbm",
    "laser rx optical power": "input_power_dbm",
    "rx optical power": "input_power_dbm",
    "module temperature": "temperature_celsius",
    "module voltage": "supply_voltage_v",
}
_LIMIT = re.compile(r"(.+) (low|high) (alarm|warning) threshold")


def _text(output: str) -> Read:
    nothing = True
    for item in each_block(blocks(output, _PORT), _text_port):
        nothing = False
        yield item
    if nothing and re.search(r"^error: ", output, re.MULTILINE):
        yield EMPTY


def _text_port(block: Block) -> Iterator[Fact]:
    name = block.head["name"]
    channels = list(sections(block.text, _LANE))
    shared = _fields(block.text[: channels[0][0].start()] if channels else block.text)
    for start, text in channels:
        own = _fields(text)
        yield OpticLane(interface=name, lane=int(start["lane"]) + 1, **_said({**shared, **own}, own))
    if not channels:
        yield OpticLane(interface=name, lane=_SINGLE, **_said(shared))


def _fields(text: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for line in _LINE.finditer(text):
        name, said = line["name"].strip().lower(), line["value"]
        limit = _LIMIT.fullmatch(name)
        ours = _TEXT_MEASURED.get(limit[1] if limit else name)
        if ours is None:
            continue
        # Power stands in milliwatts and dBm, `0.5866 mW / -2.32 dBm`.
        part = said.rpartition("/")[2] if ours.endswith("_dbm") else said
        if limit:
            parameter, unit = ours.rsplit("_", 1)
            ours, value = f"{parameter}_{limit[2]}_{limit[3]}_{unit}", _number(part)
        else:
            value = _value(ours, part.strip())
        if value is not None:
            found.setdefault(ours, value)
    return found
