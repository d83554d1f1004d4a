"""Link aggregation groups and their members (IEEE 802.1AX)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal

from netdoctor.model.events import Note
from netdoctor.model.facts import Fact, Interface, LagMember
from netdoctor.platforms.base import command
from netdoctor.platforms.nokia_sros.reading import Read, each, pairs, said, unless_none, yes
from netdoctor.platforms.text import Block, blocks
from netdoctor.platforms.values import clean, mac_address

State = Literal["bundled", "suspended", "individual", "down"]

_ROW: Final = re.compile(
    r"^(?P<lag>\d{1,3})(?:\([ed]\))? +(?P<adm>up|down) +(?P<opr>up|down) +(?:Yes|No|N/A)\b.*$", re.M
)


_MEMBER: Final = re.compile(
    r"^(?:(?P<lag>\d{1,3})(?:\([ed]\))?)? *(?P<port>(?:[\w-]+/|[A-D]/)[\w./]+)(?:\([a-z]\))?(?:[ ]*\n)? +"
    r"(?P<adm>up|down) +(?P<act>active|standby|\S+) +(?P<opr>up|down|\S+)(?P<rest>.*)$",
    re.M,
)


@command(
    "show lag port", area="lag", gives=(LagMember,), aliases=("show lag {lag} port", 'show lag "{lag}" port')
)
def members(output: str, lag: str = "") -> Read:
    """Each member port; a row without a group's number is of the group above it."""
    yield from unless_none(output, _members(output))


def _members(output: str) -> Iterator[Fact | Note]:
    group = ""
    for found in _MEMBER.finditer(output):
        group = found["lag"] or group
        if not group:
            yield Note(text=clean(found[0])[:200], line=output.count("\n", 0, found.start()) + 1)
            continue
        yield _member(group, found, {})


def _member(group: str, found: re.Match[str], partner: dict[str, str]) -> LagMember:
    state, reason = _state(found["adm"], found["act"], found["opr"])
    return LagMember(
        lag=f"lag-{group}",
        interface=found["port"],
        state=state,
        reason=reason,
        partner_system=partner.get("system"),
        partner_key=partner.get("key"),
    )


def _state(admin: str, active: str, oper: str) -> tuple[State, str | None]:
    """A standby port is there to take over: it is suspended, not down."""
    if oper == "up":
        return "bundled", None
    if admin == "down":
        return "down", "admin down"
    return ("suspended", "standby") if active == "standby" else ("down", None)


_DETAILS: Final = re.compile(r"^Lag-id +: (?P<lag>\d+)", re.M)


@command(
    "show lag detail",
    area="lag",
    gives=(Interface, LagMember),
    aliases=("show lag {lag} detail", 'show lag "{lag}" detail'),
)
def details(output: str, lag: str = "") -> Read:
    """Each group with its LACP partner and its members."""
    yield from unless_none(output, iter(each(blocks(output, _DETAILS), _details)))


def _details(block: Block) -> Read:
    found, group = pairs(block.text), block.head["lag"]
    system = mac_address(found.get("prtr system id"))
    partner = {
        "system": system if system and system != "00:00:00:00:00:00" else "",
        "key": said(found.get("prtr oper key")) or "",
    }
    yield Interface(
        interface=f"lag-{group}",
        admin_up=yes(found.get("adm")),
        oper_up=yes(found.get("opr")),
        description=_own(found.get("lag-name", ""), group),
        kind="lag",
    )
    known = {name: value for name, value in partner.items() if value}
    yield from (_member(group, row, known) for row in _MEMBER.finditer(block.text))


_PDUS: Final = re.compile(
    r"^(?P<lag>\d{1,3}) +(?P<port>\S*/\S+) +(?P<tx>\d+) +(?P<rx>\d+) +\d+ +\d+ *$", re.M
)


@command(
    "show lag lacp-statistics",
    area="lag",
    gives=(LagMember,),
    arguments=lambda facts: (),
    aliases=("show lag {lag} lacp-statistics", 'show lag "{lag}" lacp-statistics'),
)
def lacp(output: str, lag: str = "") -> Read:
    """Which ports speak LACP: members whose state the counters do not tell."""
    for found in _PDUS.finditer(output):
        yield LagMember(lag=f"lag-{found['lag']}", interface=found["port"])


_DESCRIBED: Final = re.compile(
    r"^(?:(?P<lag>\d{1,3})\([ed]\) +| +(?P<port>[\w-]+/[\w./]+) +)"
    r"(?P<adm>up|down) +(?:(?P<act>active|standby) +)?(?P<opr>up|down)\b(?: +(?P<text>\"[^\"]*\"|\S[^\n]*))?",
    re.M,
)


@command(
    "show lag description",
    area="lag",
    gives=(Interface, LagMember),
    arguments=lambda facts: (),
    aliases=("show lag {lag} description", 'show lag "{lag}" description'),
)
def described(output: str, lag: str = "") -> Read:
    """Each group and member port with its description; newer releases list the groups alone."""
    yield from unless_none(output, (_described if "Port-id" in output else _groups)(output))


_WIDTH: Final = 26


def _unwrapped(found: re.Match[str]) -> str:
    """The quoted text goes on below its first character, in a column of a fixed width."""
    first, *more = (found["text"] or "").split("\n")
    indent = found.start("text") - found.start()
    lines = [first, *(line[indent:] for line in more)]
    whole = "".join(line.ljust(_WIDTH) for line in lines[:-1]) + lines[-1]
    return clean(whole.strip('"')).strip()


def _described(output: str) -> Iterator[Fact | Note]:
    group = ""
    for found in _DESCRIBED.finditer(output):
        text = _unwrapped(found)
        if not found["port"]:
            group = found["lag"]
            yield Interface(
                interface=f"lag-{group}",
                admin_up=found["adm"] == "up",
                oper_up=found["opr"] == "up",
                description=_own(text, group),
                kind="lag",
            )
            continue
        if group:
            yield _member(group, found, {})
        yield Interface(interface=found["port"], description=_own(text, ""), kind="ethernet")


@command(
    "show lag",
    area="lag",
    gives=(Interface,),
    aliases=("show lag {lag}", 'show lag "{lag}"'),
)
def groups(output: str, lag: str = "") -> Read:
    """Each group as the interface that it is; its name stands in the line below where it has one."""
    yield from unless_none(output, _groups(output))


def _groups(output: str) -> Iterator[Fact | Note]:
    for found in _ROW.finditer(output):
        following = re.match(r"\n {2,}(\S[^\n]*)", output[found.end() : found.end() + 120])
        yield Interface(
            interface=f"lag-{found['lag']}",
            admin_up=found["adm"] == "up",
            oper_up=found["opr"] == "up",
            description=_own(clean(following[1]).strip(), found["lag"]) if following else None,
            kind="lag",
        )


def _own(name: str, number: str) -> str | None:
    """A name that somebody gave; SR OS itself calls group 5 `lag-5`."""
    return None if name in {f"lag-{number}", "N/A", ""} else name
