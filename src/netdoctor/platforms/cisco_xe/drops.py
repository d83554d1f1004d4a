"""Packets that forwarding chips and engines dropped, by their own reasons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from netdoctor.model.facts import DropCounter
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_xe.names import normalise_interface
from netdoctor.platforms.cisco_xe.reading import on_request, on_routers, on_switches
from netdoctor.platforms.text import Line, Read, blocks, each, lines

_ENGINE = re.compile(
    r"^\s*(?P<name>[A-Za-z]\w*)\s+(?P<first>\d+)\s+(?P<more>\d+)(?:\s+\d+\s+(?P<all>\d+))?\s*$"
)
_ENGINE_HEADING = re.compile(r"Global Drop Stats")


@command(
    "show platform hardware qfp active statistics drop",
    area="acl",
    gives=(DropCounter,),
    arguments=on_routers,
    sampled=True,
    aliases=(
        "show platform hardware qfp active statistics drop {scope*}",
        "show drops history qfp[ {scope*}]",
    ),
)
def engine(output: str) -> Read:
    """What the forwarding processor of a router dropped, by its reason; of a history the whole is taken."""
    found = list(each(lines(output), _engine))
    if not found and _ENGINE_HEADING.search(output):
        yield EMPTY
    yield from found


def _engine(line: Line) -> Iterator[DropCounter]:
    """`Ipv4NoRoute  181  7964`: packets and octets, or packets in 1, 5, 30 minutes and in all."""
    if found := _ENGINE.match(line.text):
        history = found["all"] is not None
        yield DropCounter(
            kind="asic",
            name=found["name"],
            dropped_pkts=int(found["all"] if history else found["first"]),
            dropped_bytes=None if history else int(found["more"]),
        )


_EXCEPTION = re.compile(
    r"^\s*(?P<asic>\d+)\s+(?P<core>\d+)\s+(?P<name>[A-Z]\w+)\s+\d+\s+(?P<now>\d+)\s+-?\d+\s*$"
)
_COUNTER = re.compile(
    r"^\s*\|\s*\d+\s*\|(?P<name>[^|]+)\|\s*(?P<slice>-?\d+)\s*\|\s*(?P<group>-?\d+)\s*\|\s*\d+\s*\|\s*(?P<now>\d+)\s*\|"
)
_LET_THROUGH = re.compile(r"^(?:NO_EXCEPTION|ALLOW_|COPY_TO_CPU)")


@command(
    "show platform hardware fed switch active fwd-asic drops exceptions",
    area="acl",
    gives=(DropCounter,),
    arguments=on_switches,
    sampled=True,
    targets_only=True,
    aliases=(
        "show platform hardware fed {place} fwd-asic drops {scope*}",
        "show platform hardware fed switch {place} fwd-asic drops {scope*}",
        "show platform hardware fed fwd-asic drops {scope*}",
    ),
)
def chips(output: str) -> Read:
    """What the chips of a Catalyst 9000 did with packets that they did not simply forward."""
    found = list(each(lines(output), _chip))
    if not found and re.search(r"EXCEPTION STATS|Counters Name", output):
        yield EMPTY
    yield from found


def _chip(line: Line) -> Iterator[DropCounter]:
    """`0  1  DENY_ROUTE  0  5  5` by chip and core, or a row of the table of newer chips."""
    if found := _EXCEPTION.match(line.text):
        kept = _LET_THROUGH.match(found["name"]) is not None
        counted: dict[str, Any] = {"conformed_pkts" if kept else "dropped_pkts": int(found["now"])}
        yield DropCounter(kind="asic", name=f"{found['asic']}/{found['core']} {found['name']}", **counted)
    elif found := _COUNTER.match(line.text):
        name = " ".join(found["name"].split())
        counted = {"dropped_bytes" if name.endswith("bytes") else "dropped_pkts": int(found["now"])}
        yield DropCounter(kind="asic", name=name, **counted)


_PREEMPTION = re.compile(r"^[ \t]*(?P<name>[A-Z][\w ]*Drops)\.*[ \t]*\[(?P<count>\d+)\]", re.M)
_PORT = re.compile(r"^[ \t]*(?P<interface>[A-Z][A-Za-z-]*\d[\d/.]*)[ \t]*$", re.M)


@command(
    "show controllers ethernet-controller {interface} preemption drops",
    area="interface",
    gives=(DropCounter,),
    arguments=on_request,
)
def preemption(output: str) -> Read:
    """Frames that frame preemption lost (IEEE 802.3br), by kind."""
    for block in blocks(output, _PORT):
        interface = normalise_interface(block.head["interface"])
        for found in _PREEMPTION.finditer(block.text):
            yield DropCounter(
                kind="asic",
                name=f"{interface} {found['name']}",
                interface=interface,
                dropped_pkts=int(found["count"]),
            )
