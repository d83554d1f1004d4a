"""Neighbours heard by lldpd, as lldpctl prints them in words (IEEE 802.1AB)."""

from __future__ import annotations

import re
from typing import Final

from netdoctor.model.facts import LldpNeighbor
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.linux.lldp import PROTOCOLS
from netdoctor.platforms.linux.reading import Read, on_request
from netdoctor.platforms.text import Block, blocks, each, first
from netdoctor.platforms.values import clean

_START: Final = re.compile(r"^ *Interface: +(?P<interface>[^\s,]+)(?:, via: (?P<via>\w+))?.*$", re.MULTILINE)
_PORT_ID: Final = re.compile(r"^ *PortID: +(?P<type>\w+) +(?P<id>.+?) *$", re.MULTILINE)
_NAMED: Final = {
    name: re.compile(rf"^ *{name}: +(\S.*?) *$", re.MULTILINE)
    for name in ("SysName", "SysDescr", "MgmtIP", "PortDescr")
}
_CHASSIS: Final = re.compile(r"^ *ChassisID: +\w+ +(\S.*?) *$", re.MULTILINE)


@command(
    "lldpctl",
    area="lldp",
    gives=(LldpNeighbor,),
    arguments=on_request,
    aliases=(
        "lldpctl -f plain",
        "lldpctl {interface}",
        "lldpcli[ -f plain] show neighbors[ details| summary][ ports {interface}]",
        "net show lldp",
    ),
)
def neighbors(output: str) -> Read:
    """A block a neighbour, between rules."""
    yield from each(blocks(output, _START), _neighbor)
    if "LLDP neighbors" in output and not _START.search(output):
        yield EMPTY


def _neighbor(block: Block) -> Read:
    said = clean(block.text)
    via = block.head["via"] or "LLDP"
    if via not in PROTOCOLS:
        return
    port = _PORT_ID.search(said)
    described = first(_NAMED["PortDescr"], said)
    name = port["id"] if port else None
    if port and port["type"] not in {"ifname", "local", "ifalias"}:
        name = described or name
    yield LldpNeighbor(
        interface=clean(block.head["interface"]),
        neighbor_device=first(_NAMED["SysName"], said) or first(_CHASSIS, said),
        neighbor_interface=name or described,
        neighbor_address=first(_NAMED["MgmtIP"], said),
        neighbor_description=first(_NAMED["SysDescr"], said),
        protocol=PROTOCOLS[via],
    )
