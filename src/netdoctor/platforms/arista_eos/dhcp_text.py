"""DHCP relay, as EOS prints it in words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from netdoctor.model.facts import DhcpRelay, Fact
from netdoctor.platforms.arista_eos.dialect import normalise_interface
from netdoctor.platforms.arista_eos.reading import Read, on_request
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.text import Block, blocks, each

_INTERFACE = re.compile(r"^Interface: (?P<name>\S+)", re.MULTILINE)
_SERVERS = re.compile(
    r"^ +DHCP(?:v4|v6)? servers:[ \t]*(?P<first>\S*)(?P<more>(?:[^\n]*\n {10,}\S[^\n]*)*)", re.MULTILINE
)
_ACTIVE = re.compile(r"DHCP(?:v4)? Relay is (active|not active|inactive|disabled)", re.IGNORECASE)


@command(
    "show ip helper-address",
    area="services",
    gives=(DhcpRelay,),
    arguments=on_request,
    aliases=("show ip dhcp relay", "show dhcp relay"),
)
def relays(output: str) -> Read:
    """The servers that every interface relays to, by address or name."""
    told = _ACTIVE.search(output)
    enabled = told[1].lower() == "active" if told else None
    yield from each(blocks(output, _INTERFACE), lambda block: _relay(block, enabled))
    if told:
        yield EMPTY


def _relay(block: Block, enabled: bool | None) -> Iterator[Fact]:
    servers: list[str] = []
    for found in _SERVERS.finditer(block.text):
        servers += [found["first"], *(line.split()[0] for line in found["more"].splitlines() if line.strip())]
    yield DhcpRelay(
        interface=normalise_interface(block.head["name"]),
        servers=tuple(filter(None, servers)),
        enabled=enabled,
    )
