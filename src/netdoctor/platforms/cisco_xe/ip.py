"""`show ip interface` and its like: addresses, VRF, MTU of IP packets, DHCP relay.

The short tables stand first: a word behind `show ip interface` that is not theirs is an interface.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from netdoctor.model.events import Note
from netdoctor.model.facts import DhcpRelay, Interface
from netdoctor.platforms.base import command
from netdoctor.platforms.cisco_xe.kinds import is_virtual, kind_of, parent_of
from netdoctor.platforms.cisco_xe.names import normalise_interface
from netdoctor.platforms.cisco_xe.reading import Read, on_request
from netdoctor.platforms.text import Block, blocks, each, lines
from netdoctor.platforms.values import count, is_ip

_MANAGEMENT_VRFS = frozenset({"Mgmt-vrf", "Mgmt-intf"})
_START = re.compile(
    r"^[ \t]{0,8}(?P<name>[A-Za-z][^\n,]{0,60}?) is (?P<state>(?:administratively )?\w[\w -]{0,30}?),"
    r" line protocol is (?P<line>\w+)(?P<rest>[^\n]*)",
    re.M,
)
_LINE_PROTOCOL = ", line protocol is "
_ADDRESS = re.compile(r"^[ \t]*(?:Internet address is|Secondary address) (\d[\d./]+)", re.M)
_MTU = re.compile(r"^[ \t]*MTU is (\d+)", re.M)
_VRF = re.compile(r'^[ \t]*VPN Routing/Forwarding "([^"\n]+)"', re.M)
_HELPERS = re.compile(r"^[ \t]*Helper address(?:es are|[^\n]* is) +(\d[\d.]+(?:\s+\d+(?:\.\d+){3}\b)*)", re.M)
_GLOBAL = re.compile(r"^[ \t]*([0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]+), subnet is [0-9A-Fa-f:.]+/(\d{1,3})", re.M)
_LINK_LOCAL = re.compile(r"link-local address is (FE80:[0-9A-F:.]+)", re.I)


_BRIEF = re.compile(
    r"\s*(?P<name>[A-Za-z][\w./:-]*\d)\s+(?P<address>unassigned|[\d.]+|manual|TEMP|DHCP)\s+(?P<ok>YES|NO)\s+"
    r"(?P<method>\S+)\s+(?P<state>administratively down|up|down|deleted|reset|standby mode)"
    r"\s+(?P<line>up|down)",
)
_BRIEF6 = re.compile(r"^(?P<name>[A-Za-z][\w./:-]*\d)\s+\[(?P<state>[\w ]+)/(?P<line>up|down)\]\s*$")


@command(
    "show ip interface brief",
    area="mtu",
    gives=(Interface,),
    arguments=on_request,
    aliases=("show ip interface {interface} brief", "show ip interfaces brief"),
)
def brief(output: str) -> Read:
    """State and address, one interface a line."""
    for line in lines(output):
        if found := _BRIEF.match(line.text):
            address = found["address"]
            yield Interface(
                interface=normalise_interface(found["name"]),
                **_state(found),
                addresses=(address,) if is_ip(address) else None,
            )
        elif not line.text.lstrip().startswith("Interface"):
            yield Note(text=line.text.strip()[:200], line=line.number)


@command(
    "show ipv6 interface brief",
    area="mtu",
    gives=(Interface,),
    arguments=on_request,
    aliases=("show ipv6 interface {interface} brief", "show ipv6 interfaces brief"),
)
def brief_ipv6(output: str) -> Read:
    """State and addresses: one interface a line, its addresses under it."""
    head: re.Match[str] | None = None
    addresses: list[str] = []
    for line in lines(output):
        if found := _BRIEF6.match(line.text):
            yield from _brief6(head, addresses)
            head, addresses = found, []
        elif head and is_ip(line.text.strip()):
            addresses.append(line.text.strip().lower())
        elif head and line.text.strip() != "unassigned":
            yield Note(text=line.text.strip()[:200], line=line.number)
    yield from _brief6(head, addresses)


def _brief6(head: re.Match[str] | None, addresses: list[str]) -> Iterator[Interface]:
    if head:
        yield Interface(
            interface=normalise_interface(head["name"]), **_state(head), addresses=tuple(addresses) or None
        )


@command(
    "show ip interface",
    area="mtu",
    gives=(Interface, DhcpRelay),
    aliases=(
        "show ip interfaces",
        "show ip interface[s] {interface}",
        "show ip interface[s] {kind} {number}",
    ),
)
def ip_interfaces(output: str) -> Read:
    """Addresses, VRF and relay of every interface; one without IP says only its state."""
    yield from each(blocks(output, _START, _LINE_PROTOCOL), _ip_interface)


def _ip_interface(block: Block) -> Read:
    name = normalise_interface(block.head["name"])
    mtu, vrf, helpers = (pattern.search(block.text) for pattern in (_MTU, _VRF, _HELPERS))
    yield Interface(
        interface=name,
        **_state(block.head, vrf[1] if vrf else ""),
        mtu_bytes=count(mtu[1]) if mtu else None,
        addresses=tuple(_ADDRESS.findall(block.text)) or None,
        vrf=vrf[1] if vrf else None,
        lower_layer=parent_of(name),
    )
    if helpers:
        yield DhcpRelay(interface=name, servers=tuple(helpers[1].split()), enabled=True)


def _state(head: re.Match[str], vrf: str = "") -> dict[str, Any]:
    """What the first line says; a chassis puts its management port in a VRF of that name."""
    name = normalise_interface(head["name"])
    admin_up = not head["state"].startswith(("administratively", "deleted"))
    return {
        "admin_up": admin_up,
        "oper_up": head["line"] == "up" and head["state"] == "up",
        "oper_reason": None if admin_up else "administratively down",
        "kind": "management" if vrf in _MANAGEMENT_VRFS else kind_of(name),
        "virtual": is_virtual(name),
    }


@command(
    "show ipv6 interface",
    area="mtu",
    gives=(Interface,),
    aliases=(
        "show ipv6 interfaces",
        "show ipv6 interface[s] {interface}",
        "show ipv6 interface[s] {kind} {number}",
    ),
)
def ipv6_interfaces(output: str) -> Read:
    """IPv6 addresses: the link-local one (a /10 as IOS reckons) and the global ones."""
    yield from each(blocks(output, _START, _LINE_PROTOCOL), _ipv6_interface)


def _ipv6_interface(block: Block) -> Read:
    name = normalise_interface(block.head["name"])
    mtu, vrf, local = (pattern.search(block.text) for pattern in (_MTU, _VRF, _LINK_LOCAL))
    addresses = [f"{address}/{length}".lower() for address, length in _GLOBAL.findall(block.text)]
    if local:
        addresses.insert(0, f"{local[1]}/64".lower())
    yield Interface(
        interface=name,
        **_state(block.head),
        mtu_bytes=count(mtu[1]) if mtu else None,
        addresses=tuple(addresses) or None,
        vrf=vrf[1] if vrf else None,
    )
