"""Port-channels and LACP (IEEE 802.1AX)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

from netdoctor.model.facts import Interface, LagMember
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_xe.names import normalise_interface
from netdoctor.platforms.cisco_xe.reading import Read, on_request
from netdoctor.platforms.text import Block, blocks, each, lines
from netdoctor.platforms.values import mac_address

State = Literal["bundled", "suspended", "individual", "down"]

_FLAGS: dict[str, tuple[State, str | None]] = {
    "P": ("bundled", None),
    "I": ("individual", "stand-alone"),
    "s": ("suspended", "suspended"),
    "H": ("suspended", "hot-standby"),
    "D": ("down", None),
    "f": ("suspended", "failed to allocate aggregator"),
    "u": ("suspended", "unsuitable for bundling"),
    "w": ("down", "waiting to be aggregated"),
    "d": ("down", "default port"),
    "bndl": ("bundled", None),
    "susp": ("suspended", "suspended"),
    "hot-sby": ("suspended", "hot-standby"),
    "down": ("down", None),
}
_GROUP = re.compile(r"\s*\d+\s+(Po[A-Za-z-]*\d+)A?\(([A-Za-z]+)\)")
_MEMBER = re.compile(r"([A-Z][A-Za-z-]*\d[\d/.]*)\(([A-Za-z-]+)\*?\)")
_NO_GROUPS = re.compile(r"Number of (?:channel-groups in use|aggregators): *0\b")


@command(
    "show etherchannel summary",
    area="lag",
    gives=(LagMember, Interface),
    aliases=("show etherchannel {group} summary", "show etherchannel swport summary"),
)
def summary(output: str) -> Read:
    """Every port-channel with its members; members go on over several lines."""
    lag = ""
    for line in lines(output):
        rest = line.text
        if group := _GROUP.match(rest):
            lag = normalise_interface(group[1])
            yield Interface(interface=lag, oper_up="U" in group[2], kind="lag", virtual=True)
            rest = rest[group.end() :]
        if lag:
            yield from (_member(lag, *member) for member in _MEMBER.findall(rest))
    if not lag and _NO_GROUPS.search(output):
        yield EMPTY


def _member(lag: str, port: str, flags: str) -> LagMember:
    known = (_FLAGS[flag] for flag in (flags, *flags) if flag in _FLAGS)
    state, reason = next(known, (None, flags))
    return LagMember(lag=lag, interface=normalise_interface(port), state=state, reason=reason)


_CHANNEL = re.compile(r"^[ \t]*Channel group (?P<group>\d+)", re.M)
_STATES: dict[str, State] = {
    "bndl": "bundled",
    "susp": "suspended",
    "hot-sby": "suspended",
    "indep": "individual",
    "down": "down",
    "wait": "down",
    "idle": "down",
}
_INTERNAL = re.compile(r"^[ \t]*([A-Z][A-Za-z-]*\d[\d/.]*)[ \t]+(\S+)[ \t]+([a-z][a-z-]+)[ \t]+\S", re.M)


@command(
    "show lacp internal",
    area="lag",
    gives=(LagMember,),
    arguments=on_request,
    aliases=("show lacp {group} internal[ detail]", "show lacp internal detail"),
)
def internal(output: str) -> Read:
    """The state of our own ends."""
    return _groups(output, _internal)


def _groups(output: str, read: Callable[[Block], Read]) -> Read:
    found = list(blocks(output, _CHANNEL))
    yield from each(found, read)
    if not found and re.search(r"^Flags:|no lacp|not (?:running|configured)", output, re.M | re.I):
        yield EMPTY


def _internal(block: Block) -> Read:
    lag = f"Port-channel{block.head['group']}"
    for port, _, state in _INTERNAL.findall(block.text):
        if state in _STATES:
            reason = None if state in {"bndl", "down"} else state
            yield LagMember(lag=lag, interface=normalise_interface(port), state=_STATES[state], reason=reason)


_NEIGHBOR = re.compile(
    r"^[ \t]*(?P<port>[A-Z][A-Za-z-]*\d[\d/.]*)[ \t]+(?P<flags>[SFAPsfap]+)[ \t]+\d+[ \t]+"
    r"(?P<system>[0-9a-fA-F.]{14})[ \t]+\d+ ?s[ \t]+(?P<admin>\w+)[ \t]+(?P<key>\w+)[ \t]+(?P<number>\w+)",
    re.M,
)
_DETAIL = re.compile(
    r"^[ \t]*(?P<port>[A-Z][A-Za-z-]*\d[\d/.]*)[ \t]+\d+,(?P<system>[0-9a-fA-F.]{14})[ \t]+(?P<number>0x\w+)"
    r"[^\n]*(?:\n(?![ \t]*[A-Z][A-Za-z-]*\d[\d/.]*[ \t]+\d+,)[^\n]*?){1,4}?"
    r"\n[ \t]+\d+[ \t]+(?P<key>0x\w+)[ \t]+0x\w+",
    re.M,
)


@command(
    "show lacp neighbor",
    area="lag",
    gives=(LagMember,),
    aliases=("show lacp neighbor detail", "show lacp {group} neighbor[ detail]"),
)
def neighbors(output: str) -> Read:
    """Who is at the other end of each member."""
    return _groups(output, _neighbors)


def _neighbors(block: Block) -> Read:
    lag = f"Port-channel{block.head['group']}"
    for pattern in (_NEIGHBOR, _DETAIL):
        for found in pattern.finditer(block.text):
            system = mac_address(found["system"])
            heard = system not in {None, "00:00:00:00:00:00"}
            yield LagMember(
                lag=lag,
                interface=normalise_interface(found["port"]),
                partner_system=system if heard else None,
                partner_key=str(int(found["key"], 16)) if heard else None,
                partner_interface=str(int(found["number"], 16)) if heard else None,
            )


_PORT_CHANNEL = re.compile(r"^[ \t]*Port-channel: *(?P<lag>Po[A-Za-z-]*\d+)", re.M)
_BUNDLED = re.compile(r"^[ \t]*\d+[ \t]+[0-9A-Fa-f]{2}[ \t]+([A-Z][A-Za-z-]*\d[\d/.]*)[ \t]+(\S+)", re.M)


@command(
    "show etherchannel port-channel",
    area="lag",
    gives=(LagMember, Interface),
    arguments=on_request,
    aliases=("show etherchannel {group} port-channel", "show etherchannel {group} detail"),
)
def port_channels(output: str) -> Read:
    """The members that are bundled now."""
    yield from each(blocks(output, _PORT_CHANNEL), _port_channel)


def _port_channel(block: Block) -> Read:
    lag = normalise_interface(block.head["lag"])
    in_use = re.search(r"Ag-(Not-)?Inuse", block.text)
    yield Interface(interface=lag, oper_up=not in_use[1] if in_use else None, kind="lag", virtual=True)
    for port, _ in _BUNDLED.findall(block.text):
        yield LagMember(lag=lag, interface=normalise_interface(port), state="bundled")
