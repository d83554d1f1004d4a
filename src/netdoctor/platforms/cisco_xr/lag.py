"""Bundles and LACP (IEEE 802.1AX): members, why one does not carry traffic, and who is at the far end."""

from __future__ import annotations

import re
from typing import Any, Literal

from netdoctor.model.facts import Interface, LagMember, MlagDomain
from netdoctor.platforms.base import command
from netdoctor.platforms.cisco_xr.dialect import normalise_interface
from netdoctor.platforms.cisco_xr.reading import each_block
from netdoctor.platforms.text import Block, Read, first
from netdoctor.platforms.values import mac_address

_BUNDLE = re.compile(r"^ *(?P<lag>Bundle-(?:Ether|POS) ?\d+) *(?:\([^)\n]*\) *)?$", re.M)
_STATUS = re.compile(r"^ *Status: *(\S[^\n]*)", re.M)
_BANDWIDTH = re.compile(r"^ *Local bandwidth <effective/available>: *(\d+)", re.M)
_SOURCE_MAC = re.compile(r"^ *MAC address \(source\): *([0-9a-f.]{14})", re.M | re.I)
_GROUP = re.compile(r"^ *ICCP Group: *(\d+)", re.M)
_ROLE = re.compile(r"^ *Role: *(\w+)", re.M)
_MEMBER = re.compile(
    r"^ *(?P<name>[A-Z][A-Za-z-]{1,20}\d[\w/.]*) +(?P<device>\S+) +(?P<state>[A-Z][\w ]{2,20}?) +"
    r"(?P<port>0x[0-9a-f]{4}, ?0x[0-9a-f]{4}|-\S*|N/A|Not \w+) +(?P<kbps>\d+|-|N/A)[ \t]*"
    r"(?:\n[ \t]*(?P<reason>(?!Port\b|Bundle-|\S+ +(?:Local|\d+\.\d+\.\d+\.\d+) )[A-Za-z][^\n]*))?",
    re.M,
)

State = Literal["bundled", "suspended", "individual", "down"]


@command(
    "show bundle",
    area="lag",
    gives=(LagMember, Interface, MlagDomain),
    aliases=("show bundle {bundle*}",),
)
def bundles(output: str) -> Read:
    """The members on this device; those on an mLACP peer are the peer's."""
    yield from each_block(output, _BUNDLE, _bundle)


def _bundle(block: Block) -> Read:
    lag = normalise_interface(block.head["lag"])
    status = (first(_STATUS, block.text) or "").lower()
    kbps = first(_BANDWIDTH, block.text)
    yield Interface(
        interface=lag,
        admin_up=not ("admin" in status or "shut" in status) if status else None,
        oper_up=status == "up" if status else None,
        oper_reason=None if status in {"", "up", "down"} else status,
        mac=mac_address(first(_SOURCE_MAC, block.text)),
        speed_bps=int(kbps) * 1000 or None if kbps else None,
        kind="lag",
    )
    if group := first(_GROUP, block.text):
        role = (first(_ROLE, block.text) or "").lower()
        yield MlagDomain(
            domain=group,
            role="primary" if role == "active" else "secondary" if role == "standby" else None,
        )
    for found in _MEMBER.finditer(block.text):
        if found["device"] == "Local":
            yield _member(lag, found)


def _member(lag: str, found: re.Match[str]) -> LagMember:
    reason = (found["reason"] or "").strip() or None
    active = found["state"] == "Active"
    return LagMember(
        lag=lag,
        interface=normalise_interface(found["name"]),
        state=_state(found["state"], reason or ""),
        reason=None if active else reason,
    )


def _state(word: str, reason: str) -> State:
    """`Configured` takes no part in the bundle: its link is down, or it waits for its partner."""
    if word == "Active":
        return "bundled"
    return "down" if word == "Configured" and re.search(r"\bdown\b|shut", reason, re.I) else "suspended"


_PORT = re.compile(
    r"^ *(?P<name>[A-Z][A-Za-z-]{1,20}\d[\w/.]*) +(?P<rate>\d+m?s) +(?P<flags>[ascdAFDE-]{8}) +"
    r"(?P<port>\S+) +"
    r"(?P<key>0x\w+) +(?P<system>\S+)[ \t]*"
    r"(?:\n *Partner +\d+m?s +(?P<far_flags>[ascdAFDE-]{8}) +(?P<far_port>\S+) +(?P<far_key>0x\w+)"
    r" +(?P<far_system>\S+))?",
    re.M,
)


@command("show lacp", area="lag", gives=(LagMember,), aliases=("show lacp {bundle*}",))
def lacp(output: str) -> Read:
    yield from each_block(output, _BUNDLE, _lacp)


def _lacp(block: Block) -> Read:
    for found in _PORT.finditer(block.text):
        yield LagMember(
            lag=normalise_interface(block.head["lag"]),
            interface=normalise_interface(found["name"]),
            state="bundled" if "cd" in found["flags"] else "suspended",
            **_partner(found),
        )


def _partner(found: re.Match[str]) -> dict[str, Any]:
    """Who is at the far end: `D` and `E` say that the partner is a default, or has not been heard of late."""
    if not found["far_system"] or "D" in found["flags"]:
        return {"reason": "no LACP partner"} if "D" in found["flags"] else {}
    return {
        "partner_system": mac_address(found["far_system"].rpartition(",")[2]),
        "partner_key": found["far_key"],
        "partner_interface": found["far_port"],
        "reason": "LACP partner expired" if "E" in found["flags"] else None,
    }
