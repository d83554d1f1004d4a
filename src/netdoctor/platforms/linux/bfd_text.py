"""BFD sessions as bfdd prints them in words (RFC 5880)."""

from __future__ import annotations

import itertools
import re
from typing import Final

from netdoctor.model.events import Note
from netdoctor.model.facts import BfdSession, RoutingProcess
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.linux.bfd import diagnostic, state
from netdoctor.platforms.linux.reading import Read, on_request
from netdoctor.platforms.linux.vtysh import also, not_running, vtysh
from netdoctor.platforms.text import Block, blocks, each, fields
from netdoctor.platforms.values import clean, count, duration_s, number

_PEER: Final = re.compile(
    r"^\s*peer (?P<peer>[\da-fA-F.:]+)"
    r"(?P<words>(?: (?:multihop|local-address \S+|vrf \S+|interface \S+))*)\s*$",
    re.MULTILINE,
)
_HEAD: Final = re.compile(r"^\s*BFD Peers?:|Session count: 0|^SessionId +LocalAddress", re.MULTILINE)
_BRIEF: Final = re.compile(
    r"^(?P<id>\d+) +(?P<local>[\da-fA-F.:]+) +(?P<peer>[\da-fA-F.:]+) +(?P<state>up|down|init|shutdown)", re.M
)


@command(
    vtysh("show bfd peers"),
    area="bfd",
    gives=(BfdSession, RoutingProcess),
    arguments=on_request,
    aliases=also(
        "show bfd peers", "show bfd[ vrf {vrf}] peers[ brief| counters]", "show bfd[ vrf {vrf}] peer {peer}"
    ),
)
def peers(output: str, vrf: str | None = None) -> Read:
    """A block a session, or a line each of the brief table."""
    if dead := list(not_running(output)):
        yield from dead
        return
    place = vrf if vrf and vrf != "all" else "default"
    nothing = True
    for item in each(blocks(output, _PEER), lambda block: _peer(place, block)):
        nothing = nothing and isinstance(item, Note)
        yield item
    for row in _BRIEF.finditer(output):
        nothing = False
        yield BfdSession(vrf=place, peer=row["peer"], session_state=state(row["state"]))
    if nothing and _HEAD.search(output) and not _PEER.search(output):
        yield EMPTY


def _peer(vrf: str, block: Block) -> Read:
    named = block.head["words"].split()
    words = dict(itertools.pairwise(named))
    here, _parted, there = block.text.partition("Remote timers:")
    local, remote = fields(here), fields(there)
    status = state(local.get("status"))
    said = {**remote, **local}
    yield BfdSession(
        vrf=clean(words.get("vrf", vrf)),
        peer=clean(block.head["peer"]),
        interface=clean(words["interface"]) if "interface" in words else None,
        session_state=status,
        diagnostic=diagnostic(local.get("diagnostics")),
        remote_diagnostic=diagnostic(local.get("remote diagnostics")),
        up_for_s=_age(said.get("uptime")) if status == "up" else None,
        down_for_s=_age(said.get("downtime")) if status == "down" else None,
        tx_interval_ms=_milliseconds(local.get("transmission interval")),
        rx_interval_ms=_milliseconds(local.get("receive interval")),
        multiplier=count(local.get("detect-multiplier")),
    )


def _age(said: str | None) -> float | None:
    """`1 day(s), 3 hour(s), 7 minute(s), 12 second(s)`; `0 second(s)` is now."""
    return duration_s(said.replace("(s)", "s")) if said else None


def _milliseconds(said: str | None) -> float | None:
    return number(said.removesuffix("ms").strip()) if said else None
