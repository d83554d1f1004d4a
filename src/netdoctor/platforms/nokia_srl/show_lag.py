"""What `show` prints of link aggregation groups and Ethernet segments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from netdoctor.model.events import Note
from netdoctor.model.facts import EthernetSegment, Fact, Interface, LagMember
from netdoctor.platforms.base import command
from netdoctor.platforms.nokia_srl.reading import (
    Read,
    Row,
    boxed,
    each,
    fields,
    number_of,
    on_request,
    said,
    up,
)
from netdoctor.platforms.text import Block, blocks
from netdoctor.platforms.values import count, is_ip, mac_address, speed_bps

_LAG: Final = re.compile(
    r"^ *(?:(?:LagInterface|Lag Id) *: (?P<detailed>lag\d+)"
    r"|(?P<name>lag\d+) is (?P<state>up|down)(?P<rest>.*)) *$",
    re.M,
)


@command(
    "show lag",
    area="lag",
    gives=(Interface, LagMember),
    arguments=on_request,
    aliases=("show lag {name}", "show lag {name} {which}", "show lag lacp-state", "show lag detail"),
)
def lags(output: str, name: str = "", which: str = "") -> Read:
    """Groups with their members."""
    yield from each(blocks(output, _LAG), _lag)


def _lag(block: Block) -> Read:
    head = block.head
    name = head["detailed"] or head["name"]
    found = fields(block.text)
    word = head["state"] or found.get("oper state")
    reason = re.search(r"reason (\S+?)(?:,|$)", head["rest"] or "")
    own = Interface(
        interface=name,
        oper_up=up(word),
        oper_reason=reason[1] if reason else said(found.get("down reason")),
        description=said(found.get("description")),
        speed_bps=_aggregate(found.get("aggregate speed")),
        kind="lag",
    )
    if len(own.known()) > 2:
        yield own
    for row in boxed(block.text):
        yield from _member(name, row)


def _aggregate(value: str | None) -> int | None:
    """A bare number is of megabits a second; 0 is a group without an active member."""
    found = number_of(value)
    if found is None or not found:
        return None
    return found * 1_000_000 if (value or "").strip().isdigit() else speed_bps(value)


def _member(lag: str, row: Row) -> Iterator[Fact | Note]:
    port = row.cells.get("membername") or row.cells.get("members") or row.cells.get("member")
    if not port:
        return
    oper = row.cells.get("operstate")
    partner = mac_address(row.cells.get("partnerid", "").replace(" ", ""))
    key, number = (count(row.cells.get(name)) for name in ("partnerkey", "partnerportno"))
    yield LagMember(
        lag=lag,
        interface=port,
        state="bundled" if oper == "up" else "down" if oper == "down" else None,
        reason=said(row.cells.get("operdownreason")),
        partner_system=None if partner == "00:00:00:00:00:00" else partner,
        partner_key=str(key) if key else None,
        partner_interface=str(number) if number else None,
    )


_SEGMENT: Final = re.compile(r"^ *Name *: (?P<name>\S+) *$", re.M)
_TWO: Final = re.compile(
    r"^ *(?P<left>[A-Z][\w -]*?) *: (?P<one>.*?) {2,}(?P<right>[A-Z][\w -]*?) *: (?P<two>.*)$", re.M
)
_CANDIDATE: Final = re.compile(
    r"^ *(?P<vrf>[\w.-]+) +(?P<peer>[0-9A-Fa-f]*[.:][0-9A-Fa-f.:]*)(?: \(DF\))? *$", re.M
)
_MODES: Final[dict[str, Any]] = {"all-active": "all_active", "single-active": "single_active"}


@command(
    "show system network-instance ethernet-segments",
    area="overlay",
    gives=(EthernetSegment,),
    arguments=on_request,
    aliases=("show system network-instance ethernet-segments[ {name}][ detail]",),
)
def segments(output: str, name: str = "") -> Read:
    """Multihomed segments with the devices that they are homed to."""
    yield from each(boxed(output), _listed)
    yield from each(blocks(output, _SEGMENT), _segment)


def _listed(row: Row) -> Read:
    cells = {name: cell.replace(" ", "") for name, cell in row.cells.items()}
    peers = [peer.split("(")[0] for peer in re.split(r"[,\s]+", row.cells.get("espeers", ""))]
    yield from _told(
        cells.get("esi"), cells.get("interface"), cells.get("operstate"), cells.get("multihoming"), peers
    )


def _segment(block: Block) -> Read:
    pairs = "\n".join(
        f"{row['left']}: {row['one']}\n{row['right']}: {row['two']}" for row in _TWO.finditer(block.text)
    )
    found = fields(pairs) | {
        key: value for key, value in fields(_TWO.sub("", block.text)).items() if key not in fields(pairs)
    }
    peers = [row["peer"] for row in _CANDIDATE.finditer(block.text)]
    mode = said(found.get("oper multi-homing")) or found.get("multi-homing")
    yield from _told(found.get("esi"), found.get("interface"), found.get("oper state"), mode, peers)


def _told(
    esi: str | None, interface: str | None, state: str | None, mode: str | None, peers: list[str]
) -> Iterator[EthernetSegment]:
    oper = up(state)
    if not (identifier := said(esi)):
        raise ValueError("no identifier of a segment")
    yield EthernetSegment(
        esi=identifier.lower(),
        interface=said(interface),
        state=None if oper is None else "up" if oper else "down",
        redundancy_mode=_MODES.get((mode or "").lower()),
        peers=tuple(dict.fromkeys(peer for peer in peers if is_ip(peer))) or None,
    )
