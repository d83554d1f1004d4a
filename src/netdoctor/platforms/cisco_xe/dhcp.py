"""DHCP relay: to which servers each interface hands requests on."""

from __future__ import annotations

import re

from netdoctor.model.facts import DhcpRelay
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_xe.names import normalise_interface
from netdoctor.platforms.cisco_xe.reading import on_request
from netdoctor.platforms.text import Read, blocks

_HEADING = re.compile(r"^ *Interface +Helper-Address", re.M | re.I)
_ROW = re.compile(
    r"^ {0,4}(?P<interface>[A-Za-z]\S{0,60}\d)?[ \t]{1,60}(?P<server>(?:\d{1,3}\.){3}\d{1,3})\b", re.M
)


@command("show ip helper-address", area="services", gives=(DhcpRelay,), arguments=on_request)
def helpers(output: str) -> Read:
    """The servers of each interface; the second and further ones stand in lines without a name."""
    servers: dict[str, list[str]] = {}
    name = ""
    for found in _ROW.finditer(output):
        name = normalise_interface(found["interface"]) if found["interface"] else name
        if name:
            servers.setdefault(name, []).append(found["server"])
    if not servers and _HEADING.search(output):
        yield EMPTY
    for interface, known in servers.items():
        yield DhcpRelay(interface=interface, servers=tuple(known), enabled=True)


_INTERFACE = re.compile(r"^(?P<interface>[A-Za-z]\S*\d) is in (?P<mode>\w+) mode", re.M)
_TARGET = re.compile(r"^ {2,}(?P<server>[0-9A-Fa-f]*:[0-9A-Fa-f:]+)(?: via \S+)? *$", re.M)


@command(
    "show ipv6 dhcp interface",
    area="services",
    gives=(DhcpRelay,),
    arguments=on_request,
    aliases=("show ipv6 dhcp interface {name}",),
)
def version6(output: str) -> Read:
    """The interfaces in relay mode; others serve or ask themselves."""
    nothing = True
    for block in blocks(output, _INTERFACE):
        if block.head["mode"].lower() == "relay":
            nothing = False
            found = tuple(match["server"] for match in _TARGET.finditer(block.text))
            yield DhcpRelay(
                interface=normalise_interface(block.head["interface"]), servers=found, enabled=True
            )
    if nothing and _INTERFACE.search(output):
        yield EMPTY
