"""BFD sessions (RFC 5880)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from netdoctor.model.events import Note
from netdoctor.model.facts import BfdSession, Fact
from netdoctor.platforms.base import command
from netdoctor.platforms.nokia_sros.reading import Read, each, pairs, said, unless_none, vrf_name
from netdoctor.platforms.text import Block, blocks
from netdoctor.platforms.values import clean, duration_s, is_ip, number

_STATES: Final[dict[str, Any]] = {"up": "up", "down": "down", "init": "init", "admindown": "admin_down"}
_FIRST = re.compile(
    r"^(?P<id>\S(?:\S| (?! )){0,80}?) {1,}(?P<state>Up|Down|Init|Admin ?Down|AdminDown)(?: \(\d+\))? +(?"
    r"P<a>\S+) +(?P<b>\S+)"
    r"(?: +(?P<mult>\d+))? *$",
    re.I,
)
_REMOTE = re.compile(r"^ *(?P<peer>[0-9A-Fa-f.:]+(?:%\S+)?) +(?P<mult>\d+|N/A) +(?P<tx>\S+) +(?P<rx>\S+) *$")
_OLD_REMOTE = re.compile(r"^ *(?P<peer>[0-9A-Fa-f.:]+) +(?P<protocols>\S.*?) +\d+ +\d+ *$")
_PROTOCOLS = re.compile(
    r"^ *(?P<names>[a-z][\w -]*?) +(?P<type>iom|cpm-np|central|fp|none|N/A)\b(?: +(?P<member>\d[\w/]*))?",
    re.I,
)


@command(
    "show router bfd session",
    area="bfd",
    gives=(BfdSession,),
    aliases=(
        "show router {router} bfd session",
        'show router "{router}" bfd session',
        "show router[ {router}] bfd seamless-bfd session[ {which*}]",
    ),
)
def sessions(output: str, router: str = "", which: str = "") -> Read:
    """Every session, in three or four lines, or two in old releases.

    `N/A` is a session of a group's member, named below; a prefix is no interface's name (S-BFD).
    """
    yield from unless_none(output, _sessions(output, vrf_name(router)))


def _sessions(output: str, vrf: str) -> Iterator[Fact | Note]:
    lines = output.splitlines()
    begun = False
    for index, line in enumerate(lines):
        begun = begun or bool(re.match(r" *-{20,}", line))
        if not begun:
            continue
        found = _FIRST.match(line)
        if found and index + 1 < len(lines):
            yield from _session(vrf, found, lines[index + 1 : index + 4], index + 1)


def _session(vrf: str, head: re.Match[str], below: list[str], line: int) -> Iterator[Fact | Note]:
    state = _STATES.get(head["state"].lower().replace(" ", ""))
    name = said(clean(head["id"]))
    name = None if name and is_ip(name.partition("/")[0]) else name
    if remote := _REMOTE.match(below[0]):
        protocols = _PROTOCOLS.match(below[1]) if len(below) > 1 else None
        yield BfdSession(
            vrf=vrf,
            peer=remote["peer"],
            interface=name or (protocols["member"] if protocols else None),
            session_state=state,
            multiplier=_whole(remote["mult"]),
            tx_interval_ms=number(remote["tx"]),
            rx_interval_ms=number(remote["rx"]),
            clients=_clients(protocols["names"]) if protocols else None,
        )
    elif old := _OLD_REMOTE.match(below[0]):
        yield BfdSession(
            vrf=vrf,
            peer=old["peer"],
            interface=name,
            session_state=state,
            multiplier=_whole(head["mult"] or ""),
            tx_interval_ms=number(head["a"]),
            rx_interval_ms=number(head["b"]),
            clients=_clients(old["protocols"]),
        )
    else:
        yield Note(text=f"no address of a peer: {clean(head[0])}"[:200], line=line)


def _whole(word: str) -> int | None:
    return int(word) if word.isdigit() else None


def _clients(names: str) -> tuple[str, ...] | None:
    found = tuple(name for name in names.split() if name.lower() not in {"none", "n/a"})
    return found or None


_REMOTE_ADDRESS = re.compile(r"^Remote Address *: (?P<peer>\S+)", re.M)


@command(
    "show router bfd session detail",
    area="bfd",
    gives=(BfdSession,),
    arguments=lambda facts: (),
    aliases=(
        "show router[ {router}] bfd session src {source}[ dst {peer}][ detail]",
        "show router {router} bfd session detail",
    ),
)
def details(output: str, router: str = "", source: str = "", peer: str = "") -> Read:
    """Every session in full, with what the last failure was."""
    vrf = vrf_name(router)
    yield from unless_none(
        output, iter(each(blocks(output, _REMOTE_ADDRESS), lambda block: _detail(vrf, block, output)))
    )


def _detail(vrf: str, block: Block, output: str) -> Read:
    found = pairs(block.text)
    if not is_ip(block.head["peer"]):
        raise ValueError("no address of a peer")
    word = (found.get("oper state") or "").split(" ")[0].lower()
    state = _STATES.get(word)
    yield BfdSession(
        vrf=vrf,
        peer=block.head["peer"],
        session_state=state,
        diagnostic=said(found.get("local diag") or found.get("last down reason") or found.get("diag code")),
        up_for_s=duration_s(found.get("up time")) if state == "up" else None,
        down_for_s=duration_s(found.get("down time")) if state and state != "up" else None,
        multiplier=_whole(found.get("oper multiplier") or found.get("recd mult") or ""),
        tx_interval_ms=number(
            (found.get("oper tx interval") or found.get("tx interval") or "").split(" ")[0]
        ),
        rx_interval_ms=number(
            (found.get("oper rx interval") or found.get("rx interval") or "").split(" ")[0]
        ),
        clients=_clients(found.get("recd protocols") or found.get("protocols") or ""),
    )
