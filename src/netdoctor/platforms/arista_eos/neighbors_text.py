"""ARP, MAC addresses and LLDP, as EOS prints them in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from netdoctor.model.entities import DEFAULT_VRF
from netdoctor.model.facts import Fact, LldpNeighbor, MacEntry, Neighbor
from netdoctor.platforms.arista_eos.dialect import normalise_interface
from netdoctor.platforms.arista_eos.reading import Read, on_request
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.text import Block, Line, blocks, each, first, lines
from netdoctor.platforms.values import duration_s, is_ip, mac_address, number, text

_VRF = re.compile(r"VRF:? (\S+)")
_ARP = re.compile(r"^\s*(?P<address>\d+(?:\.\d+){3})\s+(?P<age>\S+)\s+(?P<mac>\S+)\s+(?P<interface>[^\s,]+)")
_MINUTES = re.compile(r"Age \(min\)")


@command(
    "show ip arp",
    area="forwarding",
    gives=(Neighbor,),
    arguments=on_request,
    aliases=("show [ip ]arp[ vrf {vrf}]",),
)
def arp(output: str) -> Read:
    """Every entry; one without an age was not learnt but configured."""
    vrf, scale = DEFAULT_VRF, 60.0 if _MINUTES.search(output) else 1.0
    for line in lines(output):
        if found := _VRF.match(line.text.strip()):
            vrf = found[1]
        elif found := _ARP.match(line.text):
            age_s = duration_s(found["age"]) if ":" in found["age"] else number(found["age"])
            mac = mac_address(found["mac"])
            yield Neighbor(
                vrf=vrf,
                address=found["address"],
                mac=mac,
                interface=normalise_interface(found["interface"]),
                state="incomplete" if mac is None else "permanent" if age_s is None else "reachable",
                age_s=age_s if age_s is None or ":" in found["age"] else age_s * scale,
            )
        elif "Hardware Addr" in line.text:
            yield EMPTY


_MAC = re.compile(
    r"^\s*(?P<vlan>\d+)\s+(?P<mac>\S{4}\.\S{4}\.\S{4})\s+(?P<kind>\w+)\s+(?P<ports>\S.*?)"
    r"(?:\s{2,}(?P<moves>\d+)\s+(?P<age>.*) ago)?\s*$"
)
_KINDS = {"dynamic": "dynamic", "static": "static"}


@command(
    "show mac address-table",
    area="l2",
    gives=(MacEntry,),
    arguments=on_request,
    aliases=("show mac address-table {options*}", "show mac-address-table[ {options*}]"),
)
def mac_table(output: str) -> Read:
    """Every address, behind each of its ports."""
    yield from each(lines(output), _mac)
    if "ddress Table" in output:
        yield EMPTY


def _mac(line: Line) -> Iterator[Fact]:
    found = _MAC.match(line.text)
    mac = mac_address(found["mac"]) if found else None
    if not found or mac is None:
        return
    kind = found["kind"].lower()
    for port in re.split(r"[ ,]+", found["ports"]):
        yield MacEntry(
            mac=mac,
            vlan=found["vlan"],
            interface=normalise_interface(port[:1].upper() + port[1:]),
            kind="dynamic" if kind == "dynamic" else "static" if kind == "static" else None,
            moves_count=int(found["moves"]) if found["moves"] else None,
        )


_LLDP = re.compile(r"^(?P<port>[A-Z][a-z]\d\S*)\s+(?P<device>\S+)\s+(?P<far>\S.*?)\s+\d+\s*$", re.MULTILINE)


@command("show lldp neighbors", area="lldp", gives=(LldpNeighbor,), arguments=on_request)
def lldp(output: str) -> Read:
    """Every neighbour in a line."""
    for found in _LLDP.finditer(output):
        yield LldpNeighbor(
            interface=normalise_interface(found["port"]),
            neighbor_device=found["device"],
            neighbor_interface=found["far"],
        )
    if "Number of table inserts" in output:
        yield EMPTY


_DETECTED = re.compile(r"^Interface (?P<name>\S+) detected (?P<count>\d+) LLDP neighbors?:", re.MULTILINE)
_HEARD = re.compile(r'^ +Neighbor (?P<chassis>[^\s/]+)/"?(?P<port>[^"\n,]*)"?, age', re.MULTILINE)
_PORT = re.compile(r'Port ID {2,}: "?([^"\n]*)"?')
_NAME = re.compile(r'System Name: "?([^"\n]*)"?')
_DESCRIPTION = re.compile(r'System Description: "?((?:[^"\n]|\n(?! *- ))*)"?')
_ADDRESS = re.compile(r"Management Address {2,}: (\S+)")


@command(
    "show lldp neighbors detail",
    area="lldp",
    gives=(LldpNeighbor,),
    arguments=on_request,
    aliases=("show lldp neighbors {interface*} detail",),
)
def lldp_detail(output: str) -> Read:
    """Every neighbour; one without a name is named by its chassis."""
    for port in blocks(output, _DETECTED):
        yield from each(blocks(port.text, _HEARD), partial(_neighbor, port))
    if _DETECTED.search(output):
        yield EMPTY


def _neighbor(port: Block, heard: Block) -> Iterator[Fact]:
    addresses = (address for address in _ADDRESS.findall(heard.text) if is_ip(address))
    yield LldpNeighbor(
        interface=normalise_interface(port.head["name"]),
        neighbor_device=text(first(_NAME, heard.text)) or heard.head["chassis"],
        neighbor_interface=text(first(_PORT, heard.text)) or text(heard.head["port"]),
        neighbor_address=next(addresses, None),
        neighbor_description=text(first(_DESCRIPTION, heard.text)),
    )
