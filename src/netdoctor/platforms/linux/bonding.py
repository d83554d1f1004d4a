"""Bonds, as the kernel's `/proc/net/bonding` tells them (bonding.txt of the kernel's documentation)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from netdoctor.model.facts import LagMember
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.linux.reading import Read, on_request
from netdoctor.platforms.text import Block, blocks, fields, first
from netdoctor.platforms.values import clean, mac_address, text

_MEMBER: Final = re.compile(r"^Slave Interface: (?P<name>\S+)", re.MULTILINE)
_BOND: Final = re.compile(r"^Ethernet Channel Bonding Driver", re.MULTILINE)
_FILE: Final = re.compile(r"(?:==> )?/proc/net/bonding/(\S+?)(?: <==|:)?\s*$")
_PARTNER: Final = re.compile(r"details partner lacp pdu:((?:\n +.*)*)")
_COLLECTS: Final = 0x30
"""Collecting and distributing, bits 4 and 5 of a port's state (IEEE 802.1AX 6.4.2.3)."""
_DEFAULTED: Final = 0x40


@command(
    "cat /proc/net/bonding/{interface}",
    area="lag",
    gives=(LagMember,),
    arguments=on_request,
    aliases=("head -v /proc/net/bonding/{interface}", "tail -n +1 /proc/net/bonding/{interface}"),
)
def members(output: str, interface: str = "") -> Read:
    """The members of one bond, or of all where `*` was asked for; `head -v` names them between the files."""
    starts = list(blocks(clean(output), _BOND))
    for place, block in enumerate(starts):
        before = output[: block.head.start()].rstrip().rpartition("\n")[2]
        named = _FILE.search(before)
        unnamed = f"bond{place}" if "*" in interface or not interface else interface
        yield from _bond(named[1] if named else unnamed, block.text)
    if starts:
        yield EMPTY


def _bond(lag: str, said: str) -> Iterator[LagMember]:
    lacp = "802.3ad" in (first(re.compile(r"^Bonding Mode: (.*)$", re.MULTILINE), said) or "")
    active = first(re.compile(r"^Active Aggregator Info:\s+Aggregator ID: (\d+)", re.MULTILINE), said)
    for member in blocks(said, _MEMBER):
        yield _member(lag, member, lacp, active)


def _member(lag: str, member: Block, lacp: bool, active: str | None) -> LagMember:
    told = fields(member.text)
    partner_text = _PARTNER.search(member.text)
    partner = fields(partner_text[1]) if partner_text else {}
    system = mac_address(partner.get("system mac address"))
    known = system not in {None, "00:00:00:00:00:00"}
    return LagMember(
        lag=lag,
        interface=member.head["name"],
        partner_system=system if known else None,
        partner_key=text(partner.get("oper key")) if known else None,
        **_state(told, lacp, active),
    )


def _state(told: dict[str, str], lacp: bool, active: str | None) -> dict[str, Any]:
    """A member carries traffic when its MII is up and, with LACP, it collects and distributes.

    Older kernels do not print the state of the port: there the member of the active aggregator does.
    """
    mii = (told.get("mii status") or "").lower()
    if mii != "up":
        return {"state": "down", "reason": f"MII {mii}"} if mii else {}
    port_state = told.get("port state", "")
    if not lacp:
        return {"state": "bundled"}
    if not port_state.isdigit():
        return {"state": "bundled" if told.get("aggregator id") == active else "suspended"}
    if int(port_state) & _DEFAULTED:
        return {"state": "individual", "reason": "no LACP partner"}
    bundled = int(port_state) & _COLLECTS == _COLLECTS and told.get("aggregator id") in {active, None}
    return {"state": "bundled" if bundled else "suspended"}
