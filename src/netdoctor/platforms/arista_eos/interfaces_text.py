"""Interfaces, as EOS prints them in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from netdoctor.model.facts import Fact, Interface, VlanMember
from netdoctor.platforms.arista_eos.dialect import normalise_interface
from netdoctor.platforms.arista_eos.reading import Read, on_request
from netdoctor.platforms.base import command
from netdoctor.platforms.text import Block, Line, Row, blocks, each, first, header_table, lines
from netdoctor.platforms.values import count, duration_s, mac_address, speed_bps, text

_HEAD = re.compile(
    r"^(?P<name>\S+) is (?P<admin>administratively down|up|down)(?:, line protocol is (?P<oper>[\w ]+?))?"
    r"(?: \((?P<reason>[^()]*)\))?(?:\s*,.*)?$",
    re.MULTILINE,
)
_MAC = re.compile(r"address is (\S+)")
_ADDRESS = re.compile(r"^ +(?:Internet|Secondary) address is (\S+)", re.MULTILINE)
_MTU = re.compile(r"\b(?:IP|Ethernet) MTU (\d+)")
_BANDWIDTH = re.compile(r"BW (\d+) kbit")
_MODE = re.compile(
    r"^ +(?P<duplex>Full|Half)-duplex, (?P<speed>[^,\n]+?)\s*(?:, auto negotiation: (?P<auto>\w+)[^\n]*)?$",
    re.MULTILINE,
)
_AGE = re.compile(r"^ +(?:Up|Down) (\d[^\n]*)", re.MULTILINE)
_DESCRIPTION = re.compile(r"^ +Description: ([^\n]*)", re.MULTILINE)
_COUNTERS = {
    "carrier_transitions_count": r"(\d+) link status changes",
    "in_pkts": r"(\d+) packets input",
    "in_octets_bytes": r"packets input, (\d+) bytes",
    "in_runts_count": r"(\d+) runts",
    "in_giants_count": r"(\d+) giants",
    "in_errors_count": r"(\d+) input errors",
    "in_fcs_errors_count": r"(\d+) CRC",
    "in_discards_count": r"(\d+) input discards",
    "out_pkts": r"(\d+) packets output",
    "out_octets_bytes": r"packets output, (\d+) bytes",
    "out_errors_count": r"(\d+) output errors",
    "out_discards_count": r"(\d+) output discards",
    "late_collisions_count": r"(\d+) late collision",
}
_PATTERNS = {name: re.compile(pattern) for name, pattern in _COUNTERS.items()}
_RATES = {
    "in_rate_bps": re.compile(r"input rate ([\d.]+) ([kMG]?)bps"),
    "out_rate_bps": re.compile(r"output rate ([\d.]+) ([kMG]?)bps"),
}
_KINDS = ("Ethernet", "Port-Channel", "Management", "Loopback", "Vlan", "Vxlan", "Tunnel")
_SCALES = {"": 1.0, "k": 1e3, "M": 1e6, "G": 1e9}


@command(
    "show interfaces",
    area="interface",
    gives=(Interface,),
    arguments=on_request,
    aliases=tuple(f"show interfaces {kind}{blank}{{number}}" for kind in _KINDS for blank in ("", " ")),
)
def interfaces(output: str, number: str = "") -> Read:
    """State and counters of every interface."""
    yield from each(blocks(output, _HEAD), _interface)


def _interface(block: Block) -> Iterator[Fact]:
    head, said = block.head, block.text
    mode = _MODE.search(said)
    age, reason = first(_AGE, said), text(head["reason"])
    rates: dict[str, Any] = {name: _rate(pattern, said) for name, pattern in _RATES.items()}
    counters: dict[str, Any] = {name: count(first(pattern, said)) for name, pattern in _PATTERNS.items()}
    yield Interface(
        interface=head["name"],
        admin_up=head["admin"] != "administratively down" and reason != "disabled",
        oper_up=head["oper"] == "up" if head["oper"] else None,
        oper_reason=None if reason in {None, "connected"} else reason,
        description=text(first(_DESCRIPTION, said)),
        mac=mac_address(first(_MAC, said)),
        mtu_bytes=count(first(_MTU, said)),
        speed_bps=_speed_bps(first(_BANDWIDTH, said), mode["speed"] if mode else ""),
        duplex=("full" if mode["duplex"] == "Full" else "half") if mode else None,
        autoneg={"on": True, "off": False}.get(mode["auto"] or "") if mode else None,
        last_change_s=duration_s(age) if age else None,
        addresses=tuple(sorted(_ADDRESS.findall(said))) or None,
        **rates,
        **counters,
    )


def _speed_bps(bandwidth_kbps: str | None, speed: str) -> int | None:
    """The speed that the port runs at; a port without link says `Unconfigured` or its bandwidth alone."""
    if bandwidth_kbps:
        return int(bandwidth_kbps) * 1000 or None
    return speed_bps(speed) if speed[:1].isdigit() else None


def _rate(pattern: re.Pattern[str], said: str) -> float | None:
    found = pattern.search(said)
    return float(found[1]) * _SCALES[found[2]] if found else None


_DESCRIBED = re.compile(
    r"^ *(?P<name>\w\S*) +(?P<status>admin down|up|down) +(?P<protocol>\w+)(?: +(?P<text>\S.*))?$",
    re.MULTILINE,
)


@command("show interfaces description", area="interface", gives=(Interface,), arguments=on_request)
def descriptions(output: str) -> Read:
    """The state and the description of every interface."""
    yield from each(blocks(output, _DESCRIBED), _described)


def _described(block: Block) -> Iterator[Fact]:
    head = block.head
    yield Interface(
        interface=normalise_interface(head["name"]),
        admin_up=head["status"] != "admin down",
        oper_up={"up": True, "down": False, "lowerlayerdown": False, "notpresent": False}.get(
            head["protocol"]
        ),
        oper_reason=head["protocol"] if head["protocol"] not in {"up", "down", "unknown"} else None,
        description=text(head["text"]),
    )


_STATUS = re.compile(
    r"(?P<port>Port) +(?P<name>Name) +(?P<status>Status) +(?P<vlan>Vlan) +(?P<duplex>Duplex)"
    r" +(?P<speed>Speed) +(?P<type>Type)"
)


_STATUS_ROW = re.compile(
    r"^\s*(?P<port>[A-Z][a-z]\S*\d)\s+(?:(?P<name>\S.{0,100}?)\s+)?"
    r"(?P<status>connected|notconnect|disabled|errdisabled|inactive|xcvr\S*|adminDown)\s+"
    r"(?P<vlan>in \S+|\S+)\s+(?P<duplex>(?:a-)?(?:full|half|auto|unconf\w*))\s+"
    r"(?P<speed>(?:a-)?(?:[\d.]+[MG]|auto|unconf\w*))(?:\s+(?P<type>\S.*))?$"
)


@command("show interfaces status", area="interface", gives=(Interface, VlanMember), arguments=on_request)
def status(output: str) -> Read:
    """The state, speed and VLAN of every port: by its words, or by the columns where they are others."""
    columns = {row.line: row for row in header_table(output, _STATUS)}
    rows = (_by_words(line) or columns.get(line.number) for line in lines(output))
    yield from each(filter(None, rows), _port)


def _by_words(line: Line) -> Row | None:
    found = _STATUS_ROW.match(line.text)
    return Row(line.number, {name: cell or "" for name, cell in found.groupdict().items()}) if found else None


def _port(row: Row) -> Iterator[Fact]:
    cells, name = row.cells, normalise_interface(row.cells["port"])
    state = cells["status"]
    duplex = cells["duplex"].removeprefix("a-")
    yield Interface(
        interface=name,
        admin_up=state != "disabled",
        oper_up=state == "connected",
        oper_reason=None if state in {"connected", "disabled"} else state or None,
        description=text(cells["name"]),
        duplex="full" if duplex == "full" else "half" if duplex == "half" else None,
        speed_bps=speed_bps(cells["speed"]) if state == "connected" else None,
    )
    if cells["vlan"].isdigit():
        yield VlanMember(interface=name, vlan=int(cells["vlan"]), tagged=False)


_IP_BRIEF = re.compile(
    r"^ *(?P<name>[A-Z]\w[\w-]*\d[\d./]*) +(?P<address>\S+) +(?P<status>(?:admin )?\w+) +(?P<protocol>\w+)"
    r"(?: +(?P<mtu>\d+))?(?: .*)?$",
    re.MULTILINE,
)


@command(
    "show ip interface brief",
    area="interface",
    gives=(Interface,),
    arguments=on_request,
    aliases=("show ip interface vrf {vrf} brief", "show ip interface {name} brief"),
)
def addresses(output: str) -> Read:
    """The state, the address and the MTU of every interface with IPv4."""
    yield from each(blocks(output, _IP_BRIEF), _addressed)


def _addressed(block: Block) -> Iterator[Fact]:
    head = block.head
    protocol = head["protocol"]
    yield Interface(
        interface=normalise_interface(head["name"]),
        admin_up=False if head["status"].startswith("admin") else True if head["status"] == "up" else None,
        oper_up={"up": True, "down": False, "lowerlayerdown": False, "notpresent": False}.get(protocol),
        oper_reason=protocol if protocol not in {"up", "down"} else None,
        mtu_bytes=count(head["mtu"]),
        addresses=(head["address"],) if head["address"][:1].isdigit() else (),
    )
