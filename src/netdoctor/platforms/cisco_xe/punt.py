"""Packets on their way to the processor of a Catalyst 9000: its queues, and why they come."""

from __future__ import annotations

import re
from collections.abc import Iterator

from netdoctor.model.facts import DropCounter
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_xe.reading import on_request, on_switches
from netdoctor.platforms.text import Line, Read, each, lines

_QUEUE = re.compile(
    r"^\s*\d+\s+\d+\s+(?P<name>\S.*?)\s+(?:Yes|No)\s+\d+\s+\d+\s+(?P<bytes>\d+)\s+(?P<frames>\d+)\s*$"
)


@command(
    "show platform hardware fed switch active qos queue stats internal cpu policer",
    area="copp",
    gives=(DropCounter,),
    arguments=on_switches,
    sampled=True,
    targets_only=True,
    aliases=(
        "show platform hardware fed {place} qos queue stats internal cpu policer",
        "show platform hardware fed switch {place} qos queue stats internal cpu policer",
    ),
)
def queues(output: str) -> Read:
    """What the policer of each queue to the processor dropped."""
    found = list(each(lines(output), _queue))
    if not found and "CPU Queue Statistics" in output:
        yield EMPTY
    yield from found


def _queue(line: Line) -> Iterator[DropCounter]:
    if found := _QUEUE.match(line.text):
        yield DropCounter(
            kind="copp",
            name=found["name"],
            dropped_pkts=int(found["frames"]),
            dropped_bytes=int(found["bytes"]),
        )


_CAUSE = re.compile(r"^\s*\d+\s+(?P<name>[A-Za-z]\S*(?: \S+)*)\s{2,}(?P<received>\d+)\s+(?P<dropped>\d+)\s*$")


@command(
    "show platform software fed switch active punt cause summary",
    area="copp",
    gives=(DropCounter,),
    arguments=on_request,
    aliases=(
        "show platform software fed {place} punt cause summary",
        "show platform software fed switch {place} punt cause summary",
    ),
)
def causes(output: str) -> Read:
    """Why packets came to the processor, and how many of them were dropped."""
    found = list(each(lines(output), _cause))
    if not found and "Cause Info" in output:
        yield EMPTY
    yield from found


def _cause(line: Line) -> Iterator[DropCounter]:
    if found := _CAUSE.match(line.text):
        received, dropped = int(found["received"]), int(found["dropped"])
        yield DropCounter(
            kind="copp",
            name=f"punt {found['name']}",
            dropped_pkts=dropped,
            conformed_pkts=max(received - dropped, 0),
        )
