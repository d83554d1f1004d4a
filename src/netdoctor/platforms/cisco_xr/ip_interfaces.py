"""`show ipv4 vrf all interface` and its IPv6 twin: addresses, VRF, and the state of the protocol."""

from __future__ import annotations

import re
from typing import Any

from netdoctor.model.facts import DhcpRelay, Interface
from netdoctor.platforms.base import command
from netdoctor.platforms.cisco_xr.dialect import normalise_interface
from netdoctor.platforms.cisco_xr.interfaces import admin_up, below, header_bytes, kind_of
from netdoctor.platforms.cisco_xr.reading import each_marked
from netdoctor.platforms.text import Block, Read, first
from netdoctor.platforms.values import count

_HEAD = re.compile(
    r"^ *(?P<name>[A-Za-z][\w./:-]{0,60}) is (?P<state>[A-Za-z]+), ipv[46] protocol is "
    r"(?P<protocol>[A-Za-z]+)"
    r"(?:, Vrfid is (?P<vrf>\S+))?",
    re.M,
)
_VRF = re.compile(r"Vrf is (\S+)")
_MTU = re.compile(r"MTU is (?P<mtu>\d+)(?: \((?P<packet>\d+) is available)?")
_V4 = re.compile(r"(?:Internet address is|Secondary address) (\d[\d.]+/\d+)")
_V6 = re.compile(r"^ *([0-9a-fA-F:.]+), subnet is [0-9a-fA-F:.]+/(\d+)", re.M)
_HELPERS = re.compile(r"Helper address(?:es are| is) ((?:[\d.]+\s*)+)")


def _size(name: str, text: str) -> dict[str, Any]:
    """The MTU, and how much of it is the link's header."""
    found = _MTU.search(text)
    mtu = count(found["mtu"]) if found else None
    if not found or mtu is None:
        return {}
    packet = count(found["packet"])
    header = header_bytes(name) if packet is None else max(0, mtu - packet) or None
    return {"mtu_bytes": mtu, "mtu_header_bytes": header}


@command(
    "show ipv4 vrf all interface",
    area="interface",
    gives=(Interface, DhcpRelay),
    aliases=(
        "show ipv4 interface",
        "show ipv4 interface {interface*}",
        "show ipv4 vrf {vrf} interface[ {interface*}]",
        "show ip interface",
        "show ip[v4] vrf {vrf} interface",
    ),
)
def ipv4(output: str) -> Read:
    yield from each_marked(output, " protocol is ", _HEAD, _ipv4)


def _ipv4(block: Block) -> Read:
    name = normalise_interface(block.head["name"])
    yield Interface(
        interface=name,
        admin_up=admin_up(block.head["state"]),
        **_size(name, block.text),
        addresses=tuple(_V4.findall(block.text)) or None,
        vrf=first(_VRF, block.text),
        kind=kind_of(name),
        lower_layer=below(name),
    )
    if helpers := first(_HELPERS, block.text):
        yield DhcpRelay(interface=name, servers=tuple(helpers.split()))


@command(
    "show ipv6 vrf all interface",
    area="interface",
    gives=(Interface,),
    aliases=(
        "show ipv6 interface",
        "show ipv6 interface {interface*}",
        "show ipv6 vrf {vrf} interface[ {interface*}]",
    ),
)
def ipv6(output: str) -> Read:
    """Global addresses; those of the link alone are no facts."""
    yield from each_marked(output, " protocol is ", _HEAD, _ipv6)


def _ipv6(block: Block) -> Read:
    name = normalise_interface(block.head["name"])
    found = _V6.findall(block.text) if ", subnet is " in block.text else []
    yield Interface(
        interface=name,
        admin_up=admin_up(block.head["state"]),
        **_size(name, block.text),
        addresses=tuple(f"{address}/{length}" for address, length in found) or None,
        vrf=block.head["vrf"],
        kind=kind_of(name),
        lower_layer=below(name),
    )
