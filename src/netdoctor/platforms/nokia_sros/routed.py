"""IP interfaces: they have names of their own, and stand on a port, a group or a service."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Literal

from netdoctor.model.events import Note
from netdoctor.model.facts import Fact, Interface
from netdoctor.platforms.base import command
from netdoctor.platforms.nokia_sros.reading import (
    Read,
    each,
    number_of,
    pairs,
    said,
    since_s,
    titled,
    unless_none,
    yes,
)
from netdoctor.platforms.text import Block, blocks
from netdoctor.platforms.values import clean, is_ip, mac_address

_ROW = re.compile(
    r"^(?P<name>\S(?:\S| (?! )){0,80}?)(?:[ ]*\n)? +(?P<adm>Up|Down) +(?P<v4>Up|Down|--)(?:/(?P<v6>Up|"
    r"Down|--))? +"
    r"(?P<mode>\S+(?: \w{1,3}\*)?) +(?P<port>\S+) *$",
    re.M,
)
_ADDRESS = re.compile(r"^ +(?P<address>[0-9A-Fa-f:.]+/\d{1,3})(?: +\S.*)?$", re.M)


def _row(vrf: str, block: Block) -> Read:
    head = block.head
    found = dict.fromkeys(row["address"] for row in _ADDRESS.finditer(block.text))
    yield Interface(
        interface=clean(head["name"]),
        admin_up=head["adm"] == "Up",
        oper_up="Up" in (head["v4"], head["v6"]),
        addresses=_global(found),
        vrf=vrf,
        kind=_kind(vrf, head["port"]),
        lower_layer=_port(head["port"]),
    )


def _kind(vrf: str, place: str) -> Literal["loopback", "management"] | None:
    if place in {"system", "loopback"}:
        return "loopback"
    return "management" if vrf == "management" else None


_PORT = re.compile(r"(?P<port>(?:lag-|pw-|esat-)?[\dA-D][\w/]*(?:\.[ab])?)(?::[\d.*]+)?\*?")


def _port(said_of: str | None) -> str | None:
    """The port or group under `1/1/c1/1:100`; None under a loopback, or what the column cut off."""
    found = _PORT.fullmatch((said_of or "").strip())
    cut = found is not None and (said_of or "").endswith("*") and ":" not in (said_of or "")
    return found["port"] if found and not cut else None


def _reason(oper: str, found: dict[str, str]) -> str | None:
    """Why the interface is down; where one family is up, the reason is of the other."""
    return None if "Up" in oper else said(found.get("down reason v4") or found.get("down reason code"))


def _global(found: dict[str, None]) -> tuple[str, ...] | None:
    """Addresses that are not of the link alone."""
    addresses = [one for one in found if is_ip(one.partition("/")[0]) and not one.lower().startswith("fe80:")]
    return tuple(addresses) or None


_NAME = re.compile(r"^If Name *: (?P<name>\S.*?) *$", re.M)
_OWN = re.compile(
    r"^(?:IP Addr/mask|IPv6 Addr|IPv6 Address|IP Oper Addr(?:ess)?) *: (?P<address>[0-9A-Fa-f:.]+/\d+)", re.M
)


@command(
    "show router interface detail",
    area="interface",
    gives=(Interface,),
    aliases=(
        "show router[ {router}] interface[ {name}] detail",
        'show router[ {router}] interface "{name*}" detail',
    ),
)
def details(output: str, router: str = "", name: str = "", at: datetime | None = None) -> Read:
    """Every IP interface in full: MTU, MAC, since when."""
    yield from unless_none(output, _details(output, at))


def _details(output: str, at: datetime | None) -> Iterator[Fact | Note]:
    for _, vrf, text in titled(output):
        yield from each(blocks(text, _NAME), partial(_detail, vrf, at))


def _detail(vrf: str, at: datetime | None, block: Block) -> Read:
    found = pairs(block.text)
    oper = found.get("oper (v4/v6)") or found.get("oper state") or ""
    changed = found.get("last oper chg") or found.get("last oper change")
    yield Interface(
        interface=clean(block.head["name"]),
        admin_up=yes(found.get("admin state")),
        oper_up="Up" in oper if oper else None,
        oper_reason=_reason(oper, found),
        description=said(found.get("description")),
        mac=mac_address(found.get("mac address", "")),
        mtu_bytes=number_of(found.get("ip oper mtu")) or number_of(found.get("ip mtu")),
        last_change_s=since_s(changed, at),
        addresses=_global(dict.fromkeys(row["address"] for row in _OWN.finditer(block.text))),
        vrf=vrf,
        lower_layer=_port(found.get("port id") or found.get("sap id")),
    )


@command('show router "management" interface', area="interface", gives=(Interface,))
def management(output: str) -> Read:
    """The interfaces of the router instance for the port out of band."""
    yield from unless_none(output, _table(output, "management"))


@command(
    "show router interface",
    area="interface",
    gives=(Interface,),
    aliases=(
        "show router[ {router}] interface[ {name}]",
        'show router "{router}" interface[ {name}]',
        'show router[ {router}] interface "{name*}"',
        "show service id {router} interface",
        'show service id "{router}" interface',
    ),
)
def table(output: str, router: str = "", name: str = "") -> Read:
    """Every IP interface with its addresses; it is up when either family is."""
    yield from unless_none(output, _table(output, router))


def _table(output: str, router: str) -> Iterator[Fact | Note]:
    for _, vrf, text in titled(output, router):
        yield from each(blocks(text, _ROW), partial(_row, vrf))
