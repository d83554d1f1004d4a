"""LLDP and CDP: who is heard on which port (IEEE 802.1AB)."""

from __future__ import annotations

import re

from netdoctor.model.facts import LldpNeighbor
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_nxos.reading import (
    J,
    Object,
    Read,
    document,
    named,
    on_request,
    over,
    port,
    rows,
    said,
    says_none,
    structured,
    without_json,
)
from netdoctor.platforms.text import Block, Line, blocks, each, first, lines
from netdoctor.platforms.values import is_ip, mac_address

_DETAIL = "show lldp neighbors[ interface {interface*}] detail"
_TABLE = "show lldp neighbors[ interface {interface*}]"


@command("show lldp neighbors detail | json", area="lldp", gives=(LldpNeighbor,), aliases=(_DETAIL + J,))
@command(
    "show lldp neighbors | json",
    area="lldp",
    gives=(LldpNeighbor,),
    arguments=on_request,
    aliases=(_TABLE + J,),
)
def neighbors(output: str, interface: str = "") -> Read:
    """Every neighbour; one without a name is named by its chassis."""
    found = document(output)
    if output.strip():
        yield from over(rows(found, "nbor_detail") + rows(found, "nbor"), _neighbor, found, "nbor")


def _neighbor(row: Object) -> Read:
    """In the short table the name, where there is one, stands in place of the chassis."""
    yield LldpNeighbor(
        interface=named(row.get("l_port_id")),
        neighbor_device=said(row.get("sys_name")) or said(row.get("chassis_id")),
        neighbor_interface=_far_port(said(row.get("port_id")), said(row.get("port_desc"))),
        neighbor_address=_address(row.get("mgmt_addr")) or _address(row.get("mgmt_addr_ipv6")),
        neighbor_description=said(row.get("sys_desc")),
    )


def _address(word: object) -> str | None:
    found = said(word)
    return found if found and is_ip(found) else None


def _far_port(port_id: str | None, description: str | None) -> str | None:
    """The far port's name. A host that gives a MAC address as its port id describes the port by its name."""
    return description if description and mac_address(port_id) else port_id


_CHASSIS = re.compile(r"^ *Chassis id: *(?P<chassis>\S.*)$", re.M)
_FIELDS = {
    "port_id": re.compile(r"^ *Port id: *(\S.*)$", re.M),
    "local": re.compile(r"^ *Local Port id: *(\S+(?: \d\S*)?)", re.M),
    "port_desc": re.compile(r"^ *Port Description: *(\S.*)$", re.M),
    "name": re.compile(r"^ *System Name: *(\S.*)$", re.M),
    "about": re.compile(r"^ *System Description: *(\S.*(?:\n(?! *Time remaining:).*)*)", re.M),
    "address": re.compile(r"^ *Management Address(?: IPV4)?: *(\S+)", re.M | re.I),
    "address6": re.compile(r"^ *Management Address IPV6: *(\S+)", re.M | re.I),
}


@command(
    "show lldp neighbors detail",
    area="lldp",
    gives=(LldpNeighbor,),
    arguments=without_json,
    aliases=(_DETAIL,),
)
def neighbors_in_text(output: str, interface: str = "") -> Read:
    """The same in text: a block a neighbour, which begins with its chassis."""
    if structured(output):
        yield from neighbors(output)
        return
    nothing = True
    for item in each(blocks(output, _CHASSIS), _block):
        nothing = False
        yield item
    if nothing and says_none(output):
        yield EMPTY


def _block(block: Block) -> Read:
    told = {name: said(first(pattern, block.text)) for name, pattern in _FIELDS.items()}
    yield LldpNeighbor(
        interface=named(told["local"]),
        neighbor_device=told["name"] or said(block.head["chassis"]),
        neighbor_interface=_far_port(told["port_id"], told["port_desc"]),
        neighbor_address=_address(told["address"]) or _address(told["address6"]),
        neighbor_description=told["about"],
    )


_LOCAL = r"(?:Eth|mgmt|Ethernet|Po|port-channel|fc|Vlan)[\d/.]+"
_ROW = re.compile(
    rf"^ *(?P<device>\S.*?)? *(?P<local>(?<![\w-]){_LOCAL}) +(?P<hold>\d+) +"
    r"(?:(?P<capability>[RBTCWPSO,()-]{1,16}) +)?(?P<port>\S.*?) *$"
)


@command("show lldp neighbors", area="lldp", gives=(LldpNeighbor,), arguments=on_request, aliases=(_TABLE,))
def neighbors_table(output: str, interface: str = "") -> Read:
    """The neighbours in one table. A long name stands on a line of its own, before its row."""
    if structured(output):
        yield from neighbors(output)
        return
    name = ""
    nothing = True
    for line in lines(output):
        if found := _ROW.match(line.text):
            nothing = False
            yield LldpNeighbor(
                interface=named(found["local"]),
                neighbor_device=said(found["device"] or name),
                neighbor_interface=said(found["port"]),
            )
            name = ""
        else:
            name = line.text.strip() if len(line.text.split()) == 1 else ""
    if nothing and says_none(output):
        yield EMPTY


_CDP = "show cdp neighbors[ interface {interface*}]"


@command(
    "show cdp neighbors detail | json",
    area="lldp",
    gives=(LldpNeighbor,),
    aliases=(_CDP + "[ detail]" + J,),
)
def cdp(output: str, interface: str = "") -> Read:
    """Who is heard by CDP."""
    found = document(output)
    here = rows(found, "cdp_neighbor_detail_info") + rows(found, "cdp_neighbor_brief_info")
    if output.strip():
        yield from over(here, _cdp_neighbor, found, "cdp")


def _cdp_neighbor(row: Object) -> Read:
    yield LldpNeighbor(
        interface=named(row.get("intf_id")),
        neighbor_device=said(row.get("sysname")) or _device(said(row.get("device_id"))),
        neighbor_interface=port(row.get("port_id")),
        neighbor_address=_address(row.get("v4mgmtaddr")) or _address(row.get("v4addr")),
        neighbor_description=said(row.get("version")),
        protocol="cdp",
    )


def _device(device_id: str | None) -> str | None:
    """The name in `leaf1.example.net(FDO12345678)`: NX-OS puts its serial number behind it."""
    return re.sub(r"\([A-Z0-9]{8,14}\)$", "", device_id) if device_id else None


_CDP_HEAD = re.compile(r"^ *Device ID: *(?P<device>\S.*)$", re.M)
_CDP_FIELDS = {
    "name": re.compile(r"^ *System Name: *(\S+)", re.M),
    "address": re.compile(r"IPv?4? Address: *(\S+)", re.I),
    "local": re.compile(r"^ *Interface: *(\S+?),", re.M),
    "port": re.compile(r"Port ID \(outgoing port\): *(\S.*)$", re.M),
    "about": re.compile(r"^ *Version: *\n *(\S.*)$", re.M),
}
_CDP_ROW = re.compile(
    rf"^ *(?P<device>\S+)? *(?P<local>(?<![\w-]){_LOCAL}) +(?P<hold>\d+) +"
    rf"(?P<capability>(?:[RTBSHVIrsC] ?)+) +"
    r"(?P<platform>\S.*?) +(?P<port>\S+) *$"
)


@command(
    "show cdp neighbors detail",
    area="lldp",
    gives=(LldpNeighbor,),
    arguments=without_json,
    aliases=(_CDP + "[ detail]",),
)
def cdp_in_text(output: str, interface: str = "") -> Read:
    """The same in text: a block a neighbour, or a row."""
    if structured(output):
        yield from cdp(output)
        return
    nothing = True
    for block in blocks(output, _CDP_HEAD):
        nothing = False
        yield from each([block], _cdp_block)
    if nothing:
        yield from _cdp_table(output)


def _cdp_block(block: Block) -> Read:
    told = {name: said(first(pattern, block.text)) for name, pattern in _CDP_FIELDS.items()}
    yield LldpNeighbor(
        interface=named(told["local"]),
        neighbor_device=told["name"] or _device(said(block.head["device"])),
        neighbor_interface=port(told["port"]),
        neighbor_address=_address(told["address"]),
        neighbor_description=told["about"],
        protocol="cdp",
    )


def _cdp_table(output: str) -> Read:
    name = ""
    nothing = True

    def read(line: Line) -> Read:
        nonlocal name, nothing
        if found := _CDP_ROW.match(line.text):
            nothing = False
            yield LldpNeighbor(
                interface=named(found["local"]),
                neighbor_device=_device(said(found["device"] or name)),
                neighbor_interface=port(found["port"]),
                protocol="cdp",
            )
            name = ""
        else:
            name = line.text.strip() if len(line.text.split()) == 1 else ""

    yield from each(lines(output), read)
    if nothing and says_none(output):
        yield EMPTY
