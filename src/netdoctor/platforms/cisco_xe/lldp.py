"""LLDP neighbours (IEEE 802.1AB)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from netdoctor.model.events import Note
from netdoctor.model.facts import LldpNeighbor
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_xe.names import far_interface, normalise_interface
from netdoctor.platforms.cisco_xe.reading import Read, none_said, on_request
from netdoctor.platforms.text import Block, blocks, each, first, lines
from netdoctor.platforms.values import is_ip, mac_address

_START = re.compile(r"^[ \t]*Local Intf: *(?P<interface>\S+)[^\n]*", re.M)
_OLD_START = re.compile(r"^[ \t]*Chassis id:", re.M)
_CHASSIS = re.compile(r"^[ \t]*Chassis id: *(\S[^\n]*)", re.M)
_PORT = re.compile(r"^[ \t]*Port id: *(\S[^\n]*)", re.M)
_PORT_DESCRIPTION = re.compile(r"^[ \t]*Port Description: *(\S[^\n]*)", re.M)
_NAME = re.compile(r"^[ \t]*System Name: *(\S[^\n]*)", re.M)
_DESCRIPTION = re.compile(
    r"^[ \t]*System Description:[ \t]*\n?(.*?)(?=\n[ \t]*\n|\n[ \t]*Time remaining|\Z)", re.M | re.S
)
_ADDRESSES = re.compile(r"^[ \t]+(?:IP|IPV6|IPv6|Other): *(\S+)", re.M)
_NONE = (r"Total entries displayed: *0\b", r"% ?LLDP is not (?:enabled|running)", r"LLDP is not enabled")


@command(
    "show lldp neighbors detail",
    area="lldp",
    gives=(LldpNeighbor,),
    aliases=(
        "show lldp neighbor[s] {interface} detail",
        "show lldp neighbor[s] {kind} {number} detail",
        "show lldp entry {name}",
    ),
)
def details(output: str, interface: str = "") -> Read:
    """One neighbour a block. Old releases do not name the local interface: then it is the one asked about,
    or none."""
    start = _START if "Local Intf" in output else _OLD_START
    found = [block for block in blocks(output, start) if _PORT.search(block.text)]
    yield from each(found, lambda block: _neighbor(block, interface))
    if not found and none_said(output, *_NONE):
        yield EMPTY


def _neighbor(block: Block, asked: str) -> Read:
    local = block.head.groupdict().get("interface") or asked
    told = _told(first(_DESCRIPTION, block.text))
    addresses = [address for address in _ADDRESSES.findall(block.text) if is_ip(address) and address != "::"]
    yield LldpNeighbor(
        interface=normalise_interface(local),
        neighbor_device=_told(first(_NAME, block.text)) or _told(first(_CHASSIS, block.text)),
        neighbor_interface=_port(first(_PORT, block.text), first(_PORT_DESCRIPTION, block.text)),
        neighbor_address=addresses[0] if addresses else None,
        neighbor_description="\n".join(line.strip() for line in told.splitlines()) if told else None,
    )


def _told(words: str | None) -> str | None:
    return words if words and "not advertised" not in words else None


def _port(port: str | None, description: str | None) -> str | None:
    """The far port's name. A host that gives a MAC address as its port id describes the port by its name."""
    named = _told(description)
    if port and mac_address(port) and named and " " not in named:
        return named
    return far_interface(port) if port else named


_HEADER = re.compile(r"^\s*Device ID\s+(?P<local>Local Intf)", re.M | re.I)
_ROW = re.compile(
    r"(?P<device>.*?)\s*(?P<local>[A-Z][A-Za-z-]{1,24}\d[\d/.]*)\s+(?P<hold>\d+)\s+"
    r"(?:(?P<capability>[A-Z](?:,[A-Z])*)\s+)?(?P<port>\S.*)$"
)


@command(
    "show lldp neighbors",
    area="lldp",
    gives=(LldpNeighbor,),
    arguments=on_request,
    aliases=("show lldp neighbor[s] {interface}", "show lldp neighbor"),
)
def table(output: str) -> Read:
    """One neighbour a line; a name of twenty characters touches the interface behind it."""
    nothing = True
    for item in _rows(output):
        nothing = False
        yield item
    if nothing and (none_said(output, *_NONE) or _HEADER.search(output)):
        yield EMPTY


def _rows(output: str) -> Iterator[LldpNeighbor | Note]:
    column = 0
    for line in lines(output):
        if header := _HEADER.match(line.text):
            column = header.start("local")
        elif column and not re.match(r"\s*(?:Total entries|\([A-Z]\)|Capability codes)", line.text):
            name = line.text[:column].strip()
            found = _ROW.fullmatch(line.text[column:].strip()) if name else None
            found = found if found and not found["device"] else _ROW.fullmatch(line.text.strip())
            if found:
                yield LldpNeighbor(
                    interface=normalise_interface(found["local"]),
                    neighbor_device=found["device"] or name or None,
                    neighbor_interface=far_interface(found["port"].strip()),
                )
            else:
                yield Note(text=line.text.strip()[:200], line=line.number)
