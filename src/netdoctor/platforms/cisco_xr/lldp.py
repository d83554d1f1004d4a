"""Neighbours by LLDP (IEEE 802.1AB), and by CDP where it runs."""

from __future__ import annotations

import re

from netdoctor.model.facts import LldpNeighbor, RoutingProcess
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_xr.dialect import normalise_interface
from netdoctor.platforms.cisco_xr.reading import (
    each_block,
    each_line,
    each_marked,
    found_in,
    on_request,
    said,
)
from netdoctor.platforms.text import Block, Line, Read, first
from netdoctor.platforms.values import text

_NONE = re.compile(r"^ *Total entries displayed: *0\b|^ *% ?LLDP is not enabled", re.M | re.I)
_LOCAL = re.compile(r"^ *Local Interface: *(?P<name>\S+)", re.M)
_CHASSIS = re.compile(r"^ *Chassis id: *(\S[^\n]*)", re.M)
_PORT = re.compile(r"^ *Port id: *(\S[^\n]*)", re.M)
_PORT_DESCRIPTION = re.compile(r"^ *Port Description: *(\S[^\n]*)", re.M)
_NAME = re.compile(r"^ *System Name: *(\S[^\n]*)", re.M)
_DESCRIPTION = re.compile(
    r"^ *System Description: *\n?(?P<said>.*?)(?=^ *(?:Time remaining|Hold Time)\b|\Z)", re.M | re.S
)
_ADDRESS = re.compile(r"^ *(?:IPv4|IPv6) address: *([0-9A-Fa-f:.]+)", re.M)
_MAC = re.compile(r"(?:[0-9a-fA-F]{4}\.){2}[0-9a-fA-F]{4}|(?:[0-9a-fA-F]{2}[:-]){5}[0-9a-fA-F]{2}")


@command(
    "show lldp neighbors detail",
    area="lldp",
    gives=(LldpNeighbor,),
    aliases=(
        "show lldp neighbors {interface*} detail",
        "show lldp entry {name}",
        "show lldp entry *",
        "show lldp entry {name} detail",
    ),
)
def neighbors(output: str) -> Read:
    """Every neighbour; one without a name is named by its chassis."""
    if _NONE.search(output) and not _LOCAL.search(output):
        yield EMPTY
        return
    yield from each_marked(output, "Local Interface:", _LOCAL, _neighbor)


def _neighbor(block: Block) -> Read:
    port = _said(_PORT, block.text)
    if port and _MAC.fullmatch(port):
        port = _said(_PORT_DESCRIPTION, block.text) or port
    description = _DESCRIPTION.search(block.text)
    yield LldpNeighbor(
        interface=normalise_interface(block.head["name"]),
        neighbor_device=_said(_NAME, block.text) or _said(_CHASSIS, block.text),
        neighbor_interface=port,
        neighbor_address=first(_ADDRESS, block.text),
        neighbor_description=_joined(description["said"]) if description else None,
    )


def _said(pattern: re.Pattern[str], block: str) -> str | None:
    """A value; `not advertised` is none."""
    found = text(first(pattern, block))
    return None if found is None or found.lower().endswith("not advertised") else found


def _joined(description: str) -> str | None:
    rows = [row.strip() for row in description.splitlines()]
    said = "\n".join(row for row in rows if row)
    return None if not said or said.lower().endswith("not advertised") else said


_ROW = re.compile(
    r"^ *(?P<device>\S.*?) {1,20}(?P<interface>[A-Z][A-Za-z-]{0,20}\d[\w/.]*)(?:\[\w+\])? +(?P<hold>\d+) +"
    r"(?P<capability>(?:[A-Z](?:,[A-Z])*|N/A|-))? +(?P<port>\S.*?)\s*$"
)


@command(
    "show lldp neighbors",
    area="lldp",
    gives=(LldpNeighbor,),
    arguments=on_request,
    aliases=("show lldp neighbors {interface*}",),
)
def table(output: str) -> Read:
    """The neighbours in one table; long names are cut."""
    if _NONE.search(output):
        yield EMPTY
        return
    yield from each_line(output, _row)


def _row(line: Line) -> Read:
    if found := _ROW.match(line.text):
        yield LldpNeighbor(
            interface=normalise_interface(found["interface"]),
            neighbor_device=found["device"],
            neighbor_interface=found["port"],
        )


_DEVICE = re.compile(r"^ *Device ID: *(?P<device>\S+)", re.M)
_VIA = re.compile(r"^ *Interface: *(\S+?),? *$|^ *Interface: *(\S+?),", re.M)
_FAR = re.compile(r"Port ID \(outgoing port\): *(\S+)")
_FAR_ADDRESS = re.compile(r"^ *(?:IPv4|IPv6|IP) address: *([0-9A-Fa-f:.]+)", re.M)
_VERSION = re.compile(
    r"^ *Version *: *\n(?P<said>.*?)(?=^ *(?:advertisement version|Duplex|VTP|Native)\b|\Z)", re.M | re.S
)


@command(
    "show cdp neighbors detail",
    area="lldp",
    gives=(LldpNeighbor,),
    arguments=on_request,
    aliases=("show cdp neighbors {interface*} detail", "show cdp entry {name}"),
)
def cdp(output: str) -> Read:
    yield from each_block(output, _DEVICE, _cdp)


def _cdp(block: Block) -> Read:
    via = _VIA.search(block.text)
    version = _VERSION.search(block.text)
    if not via:
        raise ValueError("a neighbour without an interface")
    yield LldpNeighbor(
        interface=normalise_interface(via[1] or via[2]),
        neighbor_device=block.head["device"],
        neighbor_interface=first(_FAR, block.text),
        neighbor_address=first(_FAR_ADDRESS, block.text),
        neighbor_description=_joined(version["said"]) if version else None,
        protocol="cdp",
    )


_CDP_ROW = re.compile(
    r"^(?P<device>\S+)\s+(?P<interface>[A-Z][A-Za-z-]{0,20} ?\d[\w/.]*) +\d+ +(?:[A-Za-z] ?){1,8}"
    r" +\S.*? +(?P<port>\S+(?: \d[\w/.]*)?)[ \t]*$",
    re.M,
)


@command("show cdp neighbors", area="lldp", gives=(LldpNeighbor,), arguments=on_request)
def cdp_table(output: str) -> Read:
    """A long name stands on a line of its own."""
    yield from found_in(map(_cdp_row, _CDP_ROW.finditer(said(output))), output)


def _cdp_row(found: re.Match[str]) -> LldpNeighbor:
    return LldpNeighbor(
        interface=normalise_interface(found["interface"]),
        neighbor_device=found["device"],
        neighbor_interface=found["port"],
        protocol="cdp",
    )


_STATUS = re.compile(r"^ *Status: *(\w+)", re.M)


@command("show lldp", area="lldp", gives=(RoutingProcess,), arguments=on_request)
def status(output: str) -> Read:
    """Whether LLDP runs at all."""
    word = first(_STATUS, output)
    if word or re.search(r"% ?LLDP is not enabled", output, re.I):
        yield RoutingProcess(protocol="lldp", running=(word or "").upper() == "ACTIVE")
