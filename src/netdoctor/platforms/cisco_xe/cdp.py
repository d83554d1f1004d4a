"""CDP neighbours: what Cisco devices have heard of each other before LLDP, and beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from netdoctor.model.events import Note
from netdoctor.model.facts import LldpNeighbor
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_xe.names import far_interface, normalise_interface
from netdoctor.platforms.cisco_xe.reading import Read, none_said, on_request
from netdoctor.platforms.text import Block, blocks, each, first, lines

_START = re.compile(r"^[ \t]*Device ID: *(?P<device>[^\n]*)", re.M)
_PORTS = re.compile(r"^[ \t]*Interface: *([^,\n]+?), +Port ID \(outgoing port\): *([^\n]*)", re.M)
_ADDRESS = re.compile(r"^[ \t]*IP(?:v4)? address: *(\d[\d.]+)", re.M | re.I)
_ADDRESS6 = re.compile(r"^[ \t]*IPv6 address: *([0-9A-Fa-f:]+)", re.M | re.I)
_VERSION = re.compile(r"^[ \t]*Version *: *\n(.*?)(?=\n[ \t]*\n|\n[ \t]*advertisement|\Z)", re.M | re.S)
_NONE = (r"Total (?:cdp )?entries displayed *: *0\b", r"% ?CDP is not (?:enabled|running)")


@command(
    "show cdp neighbors detail",
    area="lldp",
    gives=(LldpNeighbor,),
    aliases=(
        "show cdp neighbor[s] {interface} detail",
        "show cdp neighbor[s] {kind} {number} detail",
        "show cdp entry {name}",
    ),
)
def details(output: str) -> Read:
    """One neighbour a block."""
    found = list(blocks(output, _START))
    yield from each(found, _neighbor)
    if not found and none_said(output, *_NONE):
        yield EMPTY


def _neighbor(block: Block) -> Read:
    ports = _PORTS.search(block.text)
    if not ports:
        yield Note(text=f"{block.head['device'][:100]}: no interface", line=block.line)
        return
    version = first(_VERSION, block.text)
    yield LldpNeighbor(
        interface=normalise_interface(ports[1]),
        neighbor_device=block.head["device"].strip() or None,
        neighbor_interface=far_interface(ports[2].strip()) or None,
        neighbor_address=first(_ADDRESS, block.text) or first(_ADDRESS6, block.text),
        neighbor_description=version or None,
        protocol="cdp",
    )


_HEADER = re.compile(r"^\s*Device[ -]ID\s+Local Int", re.M | re.I)
_ROW = re.compile(
    r"(?P<device>\S.*?)??\s*(?P<local>(?:[A-Z][a-z]{1,2}|mgmt) ?\d[\d/.]*)\s+(?P<hold>\d+)\s+"
    r"(?P<capability>(?:[A-Zrs] )*[A-Zrs]?) *(?P<rest>\S.*)?$"
)
_FAR = re.compile(r"(?:^|\s)([A-Za-z]+ \d\S*|\S+)$")


@command(
    "show cdp neighbors",
    area="lldp",
    gives=(LldpNeighbor,),
    arguments=on_request,
    aliases=("show cdp neighbor", "show cdp neighbor[s] {interface}"),
)
def table(output: str) -> Read:
    """One neighbour a line; a long name stands on a line of its own, before the rest."""
    nothing = True
    for item in _rows(output):
        nothing = False
        yield item
    if nothing and (none_said(output, *_NONE) or _HEADER.search(output)):
        yield EMPTY


def _rows(output: str) -> Iterator[LldpNeighbor | Note]:
    device, begun = "", False
    for line in lines(output):
        text = line.text.strip()
        if _HEADER.match(text):
            begun = True
        elif not begun or text.startswith("Total"):
            continue
        elif found := _ROW.fullmatch(text):
            far = _FAR.search(found["rest"] or "")
            port = normalise_interface(far[1]) if far and re.match(r"[A-Z][a-z]{2} ?\d", far[1]) else None
            yield LldpNeighbor(
                interface=normalise_interface(found["local"]),
                neighbor_device=found["device"] or device or None,
                neighbor_interface=port or (far[1] if far else None),
                protocol="cdp",
            )
            device = ""
        elif len(text.split()) == 1:
            device = text
        else:
            yield Note(text=text[:200], line=line.number)
