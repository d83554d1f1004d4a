"""Interfaces as zebra prints them in words (`show interface`)."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final, Literal

from netdoctor.model.facts import Interface
from netdoctor.platforms.base import command
from netdoctor.platforms.linux.reading import Read, frr_time, on_request
from netdoctor.platforms.linux.vtysh import also, vtysh
from netdoctor.platforms.text import Block, blocks, each, first
from netdoctor.platforms.values import clean, count, mac_address

_UNKNOWN_SPEED_MBPS: Final = 2**32 - 1
_START: Final = re.compile(
    r"^Interface (?P<name>\S+) is (?P<admin>up|down)(?:, line protocol is (?P<oper>up|down))?", re.MULTILINE
)
_CHANGE: Final = re.compile(r"Link (?:ups|downs): +\d+ +last: (\d{4}/\d\d/\d\d \d\d:\d\d:\d\d(?:\.\d+)?)")
_ADDRESS: Final = re.compile(r"^ +inet6? (\S+/\d+)", re.MULTILINE)
_DESCRIPTION: Final = re.compile(r"^ +(?:Description|OS Description): (.+)$", re.MULTILINE)
_KINDS: Final[dict[str, Literal["ethernet", "loopback", "lag", "vlan", "tunnel", "bridge"]]] = {
    "Loopback": "loopback",
    "Vlan": "vlan",
    "Bridge": "bridge",
    "Vxlan": "tunnel",
    "bond": "lag",
    "Bond": "lag",
    "GRE": "tunnel",
}


_BRIEF: Final = re.compile(r"^(?P<name>\S+) +(?P<state>up|down) +(?P<vrf>\S+)(?: +(?P<address>\S+/\d+).*)?$")


@command(
    vtysh("show interface brief"),
    area="interface",
    gives=(Interface,),
    arguments=on_request,
    aliases=also("show interface brief", "show interface[ vrf {vrf}] brief"),
)
def brief(output: str) -> Read:
    """A line an interface: `up` is the link's own state. Further addresses stand on lines of their own."""
    found: dict[str, tuple[re.Match[str], list[str]]] = {}
    last = ""
    for line in clean(output).splitlines():
        if row := _BRIEF.match(line):
            last = row["name"]
            found[last] = (row, [row["address"]] if row["address"] else [])
        elif last and (more := re.match(r" +(?:\+ )?([\da-fA-F.:]+/\d+)", line)):
            found[last][1].append(more[1])
    for name, (row, addresses) in found.items():
        yield Interface(
            interface=name, oper_up=row["state"] == "up", vrf=row["vrf"], addresses=tuple(addresses)
        )


@command(
    vtysh("show interface vrf all"),
    area="interface",
    gives=(Interface,),
    arguments=on_request,
    aliases=also("show interface vrf all", "show interface[ vrf {vrf}]", "show interface {interface}"),
)
def interfaces(output: str, at: datetime | None = None) -> Read:
    """A block an interface; the line protocol is told only while the interface is up."""
    yield from each(blocks(output, _START), lambda block: [_interface(block, at)])


def _interface(block: Block, at: datetime | None) -> Interface:
    said = clean(block.text)
    admin = block.head["admin"] == "up"
    oper = block.head["oper"] == "up" if block.head["oper"] else None if admin else False
    speed_mbps = count(first(re.compile(r"\bspeed (\d+)"), said))
    changes = [moment for word in _CHANGE.findall(said) if (moment := frr_time(word))]
    since_s = (at - max(changes)).total_seconds() if at and changes else None
    kind = first(re.compile(r"^ +Interface Type (\S+)", re.M), said) or ""
    loopback = re.search(r"^ +Type: Loopback", said, re.M)
    return Interface(
        interface=clean(block.head["name"]),
        admin_up=admin,
        oper_up=oper,
        oper_reason=None if oper or oper is None else "no carrier" if admin else "admin down",
        description=first(_DESCRIPTION, said),
        mac=mac_address(first(re.compile(r"HWaddr: (\S+)"), said)),
        mtu_bytes=count(first(re.compile(r"\bmtu (\d+)"), said)),
        speed_bps=speed_mbps * 1_000_000 if speed_mbps and speed_mbps < _UNKNOWN_SPEED_MBPS else None,
        vrf=first(re.compile(r"^ +vrf: (\S+)", re.M), said),
        addresses=tuple(_ADDRESS.findall(said)),
        kind="loopback" if loopback else _KINDS.get(kind),
        last_change_s=since_s if since_s is not None and since_s >= 0 else None,
    )
