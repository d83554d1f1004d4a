"""Which VLANs stand on which ports: the table of VLANs, and the trunks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from netdoctor.model.facts import VlanMember
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_xe.names import normalise_interface
from netdoctor.platforms.cisco_xe.ports import vlans
from netdoctor.platforms.cisco_xe.reading import Read, on_request
from netdoctor.platforms.text import lines

_HEADER = re.compile(r"^\s*VLAN +Name +Status", re.M)
_VLAN = re.compile(
    r"\s*(?P<vlan>\d{1,4}) +(?P<name>\S.*?) +(?:act\S*|sus\S*|sts\S*)(?: +(?P<ports>[A-Z]\S.*))?$"
)
_MORE = re.compile(r"\s{20,}(?P<ports>[A-Z][\w-]*\d\S*(?:, *\S+)*)\s*$")
_PORT = re.compile(r"[A-Z][\w-]*\d[\w/.]*")


@command(
    "show vlan brief",
    area="l2",
    gives=(VlanMember,),
    arguments=on_request,
    aliases=("show vlan", "show vlan id {vlan}", "show vlan name {vlan}"),
)
def table(output: str) -> Read:
    """The access ports of every VLAN; trunks are not told here."""
    vlan = 0
    for line in lines(output):
        if line.text.split()[:2] == ["VLAN", "Type"]:
            break
        found = _VLAN.match(line.text)
        if found:
            vlan = int(found["vlan"])
        found = found or _MORE.match(line.text)
        if found and vlan:
            for port in _PORT.findall(found["ports"] or ""):
                yield VlanMember(interface=normalise_interface(port), vlan=vlan, tagged=False)
    if _HEADER.search(output):
        yield EMPTY


_NATIVE = re.compile(r"\s*(?P<port>[A-Z][\w-]*\d[\d/]*)\s.*\s(?P<native>\d{1,4})$")
_LISTED = re.compile(r"\s*(?P<port>[A-Z][\w-]*\d[\d/]*)\s+(?P<vlans>[\d,-]+|none)$")


@command(
    "show interfaces trunk",
    area="l2",
    gives=(VlanMember,),
    arguments=on_request,
    aliases=("show interface trunk", "show interface[s] {interface} trunk"),
)
def trunks(output: str) -> Read:
    """The VLANs that are allowed and active on every trunk; the native one goes untagged."""
    native: dict[str, int] = {}
    part = ""
    for line in lines(output):
        words = " ".join(line.text.lower().split())
        if words.startswith("port "):
            part = words
        elif "native vlan" in part and (found := _NATIVE.match(line.text)):
            native[found["port"]] = int(found["native"])
        elif "allowed and active" in part and (found := _LISTED.match(line.text)):
            yield from _members(found["port"], found["vlans"], native.get(found["port"]))
    if "vlan" in part:
        yield EMPTY


def _members(port: str, listed: str, native: int | None) -> Iterator[VlanMember]:
    for vlan in vlans(listed):
        yield VlanMember(interface=normalise_interface(port), vlan=vlan, tagged=vlan != native)
