"""The short tables of a switch's ports: status, protections, descriptions, counters, MTU, VLANs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from netdoctor.model.events import Note
from netdoctor.model.facts import Interface, Transceiver, VlanMember
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_xe.kinds import is_virtual, kind_of
from netdoctor.platforms.cisco_xe.names import normalise_interface
from netdoctor.platforms.cisco_xe.reading import Read, on_request
from netdoctor.platforms.cisco_xe.traffic import media
from netdoctor.platforms.text import Block, blocks, each, fields, lines
from netdoctor.platforms.values import count, speed_bps

_PORT = r"(?P<port>[A-Za-z][A-Za-z-]{0,24}\d[\d/.]*)"
_STATES = (
    r"connected|notconnec\w*|err-disable\w*|errDisable\w*|disabled|suspended|suspnd|monitoring|monitor|inactive"
    r"|faulty|dormant|standby|sfpAbsent|xcvrAbsen\w*|noOperMem\w*|linkFlapE\w*|down|up"
)
_STATUS = re.compile(
    rf"\s*{_PORT}\s+(?P<name>.*\s)?(?P<status>{_STATES})(?:: ?\w*)?\s+(?P<vlan>pvlan \w+|[\w,-]+)\s+"
    r"(?P<duplex>a-full|a-half|full|half|auto|--|a-|unknown)\s+(?P<speed>[\w.-]+)(?:\s+(?P<type>\S.*))?$"
)
_HEADER = re.compile(r"^\s*Port\s+(?:Name|Status)\b", re.M | re.I)


@command(
    "show interfaces status",
    area="interface",
    gives=(Interface, Transceiver),
    aliases=(
        "show interface[s] {interface*} status",
        "show interface[s] status module {module}",
        "show interface status",
    ),
)
def status(output: str) -> Read:
    """State, speed, duplex and media of a switch's ports. `a-` before a value: it was negotiated."""
    return _table(output, _STATUS, _port)


def _table(output: str, row: re.Pattern[str], read: Any) -> Iterator[Any]:
    """What `read` makes of the rows; a line that begins with a port and is no row becomes a note."""
    nothing = True
    for line in lines(output):
        found = row.match(line.text)
        if found:
            nothing = False
            yield from read(found)
        elif channel := _FIBRE_CHANNEL.match(line.text):
            up, reason = channel["state"] == "up", channel["reason"]
            yield Interface(interface=channel["port"], oper_up=up, oper_reason=None if up else reason)
        elif _A_PORT.match(line.text):
            yield Note(text=line.text.strip()[:200], line=line.number)
    if nothing and _HEADER.search(output) and not _ROWS.search(output):
        yield EMPTY


_FIBRE_CHANNEL = re.compile(r"\s*(?P<port>fc[\d/]+) is (?P<state>up|down)(?:\s+\((?P<reason>[^)]*)\))?")
_A_PORT = re.compile(r"\s*[A-Za-z][A-Za-z-]{0,24}\d+(?:/[\d/.]+)?\s")
_ROWS = re.compile(r"^\s*[A-Za-z][A-Za-z-]{0,24}\d+(?:/[\d/.]+)?\s", re.M)


def _port(found: re.Match[str]) -> Read:
    name = normalise_interface(found["port"])
    state = found["status"]
    up = state in {"connected", "up"}
    negotiated = found["duplex"].startswith("a-") or found["speed"].startswith("a-")
    yield Interface(
        interface=name,
        admin_up=state != "disabled",
        oper_up=up,
        oper_reason=None if up else state,
        description=(found["name"] or "").strip() or None,
        speed_bps=_speed(found["speed"]),
        duplex=_duplex(found["duplex"]),
        autoneg=negotiated or "auto" in (found["duplex"], found["speed"]),
        kind=kind_of(name),
        virtual=is_virtual(name),
    )
    if module := media(found["type"]):
        yield Transceiver(interface=name, **module)


def _duplex(word: str) -> Any:
    found = word.removeprefix("a-")
    return found if found in {"full", "half"} else None


def _speed(word: str) -> int | None:
    """`1000` and `a-1000` are Mbit/s, `10G` and `2.5G` what they say."""
    said = word.removeprefix("a-")
    return speed_bps(said + "M" if said.isdigit() else said)


_DISABLED = re.compile(
    rf"\s*{_PORT}\s+(?P<name>.*\s)?(?P<status>err-?disabled)"
    r"\s+(?P<reason>[\w/-]+(?: [\w/-]+)?)?\s*(?P<vlans>[\d,-]+)?$"
)


@command(
    "show interface status err-disabled",
    area="interface",
    gives=(Interface,),
    aliases=("show interfaces status err-disabled", "show interface[s] {interface*} status err-disabled"),
)
def err_disabled(output: str) -> Read:
    """Which protection disabled a port.

    Written in the singular: its text sorts before `show interfaces`, whose bare `err-disabled` says less.
    """
    return _table(output, _DISABLED, _disabled)


def _disabled(found: re.Match[str]) -> Read:
    name, reason = normalise_interface(found["port"]), found["reason"]
    yield Interface(
        interface=name,
        admin_up=True,
        oper_up=False,
        oper_reason=f"err-disabled ({reason})" if reason else "err-disabled",
        description=(found["name"] or "").strip() or None,
        kind=kind_of(name),
    )


_DESCRIBED = re.compile(
    r"\s*(?P<port>[A-Za-z][\w./:-]*)\s+(?P<status>admin down|up|down|deleted|reset|standby)\s+"
    r"(?P<line>up|down)(?:[ \t]+(?P<name>\S.*))?$"
)


@command(
    "show interfaces description",
    area="interface",
    gives=(Interface,),
    arguments=on_request,
    aliases=("show interface[s] {interface*} description", "show interface description"),
)
def descriptions(output: str) -> Read:
    """State and description, one interface a line."""
    for line in lines(output):
        if found := _DESCRIBED.match(line.text):
            yield from _described(found)
        elif not line.text.lstrip().startswith("Interface"):
            yield Note(text=line.text.strip()[:200], line=line.number)


def _described(found: re.Match[str]) -> Read:
    name = normalise_interface(found["port"])
    up = found["line"] == "up" and found["status"] == "up"
    admin_up = found["status"] not in {"admin down", "deleted"}
    yield Interface(
        interface=name,
        admin_up=admin_up,
        oper_up=up,
        oper_reason=None if admin_up else "administratively down",
        description=found["name"].strip() if found["name"] else None,
        kind=kind_of(name),
    )


_COUNTERS = {
    "inoctets": ("in_octets_bytes",),
    "outoctets": ("out_octets_bytes",),
    "inucastpkts": ("in_pkts",),
    "inmcastpkts": ("in_pkts",),
    "inbcastpkts": ("in_pkts",),
    "outucastpkts": ("out_pkts",),
    "outmcastpkts": ("out_pkts",),
    "outbcastpkts": ("out_pkts",),
    "fcs-err": ("in_fcs_errors_count",),
    "xmit-err": ("out_errors_count",),
    "rcv-err": ("in_errors_count",),
    "undersize": ("in_runts_count",),
    "outdiscards": ("out_discards_count",),
    "late-col": ("late_collisions_count",),
    "runts": ("in_runts_count",),
    "giants": ("in_giants_count",),
}
"""Columns of the counter tables to fields; packets of three kinds add up. `UnderSize` frames are whole, but
too short as runts are, and the Runts column, which comes later, has the last word."""


@command(
    "show interfaces counters errors",
    area="interface",
    gives=(Interface,),
    sampled=True,
    aliases=(
        "show interface[s] {interface*} counters errors",
        "show interface[s] {interface*} counters",
        "show interface[s] counters",
        "show interface counters errors",
        "show interface[s] counters module {module}",
        "show interface[s] counters etherchannel",
    ),
)
def counters(output: str) -> Read:
    """Tables of counters, several under each other, all of them by port."""
    by_port: dict[str, dict[str, Any]] = {}
    columns: list[str] = []
    for line in lines(output):
        words = line.text.split()
        if words[0].lower() in {"port", "interface"}:
            columns = [word.lower() for word in words[1:]]
        elif len(words) == len(columns) + 1 and all(word.isdigit() for word in words[1:]):
            _count_in(by_port.setdefault(normalise_interface(words[0]), {}), columns, words[1:])
        elif columns and _A_PORT.match(line.text + " "):
            yield Note(text=line.text.strip()[:200], line=line.number)
    for name, found in by_port.items():
        known: dict[str, Any] = {field: count(value) for field, value in found.items()}
        yield Interface(interface=name, **known)


def _count_in(found: dict[str, Any], columns: list[str], values: list[str]) -> None:
    for column, value in zip(columns, values, strict=True):
        for field in _COUNTERS.get(column, ()):
            added = found.get(field, 0) if field in {"in_pkts", "out_pkts"} else 0
            found[field] = added + int(value)


_MTU = re.compile(rf"\s*{_PORT}\s+(?P<name>.*\s)?(?P<mtu>\d{{2,5}})$")


@command(
    "show interfaces mtu",
    area="mtu",
    gives=(Interface,),
    arguments=on_request,
    aliases=(
        "show interface[s] mtu module {module}",
        "show interface[s] {interface*} mtu",
        "show interface mtu",
    ),
)
def mtus(output: str) -> Read:
    """The MTU of every port, one a line."""
    return _table(output, _MTU, _mtu)


def _mtu(found: re.Match[str]) -> Read:
    name = normalise_interface(found["port"])
    description = (found["name"] or "").strip() or None
    yield Interface(interface=name, mtu_bytes=int(found["mtu"]), description=description, kind=kind_of(name))


_SWITCHPORT = re.compile(r"^[ \t]*Name: *(?P<name>\S+)", re.M)


@command(
    "show interfaces switchport",
    area="l2",
    gives=(VlanMember,),
    arguments=on_request,
    aliases=("show interface[s] {interface*} switchport", "show interface switchport"),
)
def switchports(output: str) -> Read:
    """The VLANs of each port that is up: the native or access one untagged, the others tagged."""
    found = False
    for block in blocks(output, _SWITCHPORT):
        found = True
        yield from each([block], _switchport)
    if found:
        yield EMPTY


def _switchport(block: Block) -> Iterator[VlanMember]:
    name = normalise_interface(block.head["name"])
    told = fields(block.text)
    mode = told.get("operational mode", "")
    if "access" in mode:
        if untagged := _vlan(told.get("access mode vlan", "")):
            yield VlanMember(interface=name, vlan=untagged, tagged=False)
    elif "trunk" in mode:
        native = _vlan(told.get("trunking native mode vlan", ""))
        for vlan in vlans(_enabled(block.text)):
            yield VlanMember(interface=name, vlan=vlan, tagged=vlan != native)


def _enabled(text: str) -> str:
    """The trunk's VLANs, which go on over several lines."""
    found = re.search(r"Trunking VLANs Enabled: *([\d,\s-]+|ALL)", text)
    return "".join(found[1].split()) if found else ""


def _vlan(words: str) -> int | None:
    found = re.match(r"\d+", words)
    return int(found[0]) or None if found else None


def vlans(listed: str) -> Iterator[int]:
    """`1-3,7`; `ALL` names none in particular."""
    for part in listed.split(","):
        if bounds := re.fullmatch(r"(\d{1,4})(?:-(\d{1,4}))?", part):
            yield from range(int(bounds[1]), int(bounds[2] or bounds[1]) + 1)
