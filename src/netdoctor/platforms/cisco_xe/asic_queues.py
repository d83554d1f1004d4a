"""Queues as the forwarding hardware of Catalyst switches counts them.

Silicon One has virtual output queues and names the interface; UADP has eight queues a port with three
thresholds each, and names only its own port; both may count a port on several ASICs. Catalyst 2960 to 3750
have `show mls qos`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from netdoctor.model.facts import Fact, Interface, QueueCounters
from netdoctor.platforms.base import command
from netdoctor.platforms.cisco_xe.names import normalise_interface
from netdoctor.platforms.cisco_xe.reading import Read, on_request
from netdoctor.platforms.text import lines
from netdoctor.platforms.values import count

Counted = dict[tuple[str, str], dict[str, int]]
"""By interface and queue."""

_ASKED = 8


def dropping(facts: Sequence[Fact]) -> Iterator[Mapping[str, str]]:
    """The interfaces that are up and have dropped on the way out, those with the most drops first."""
    dropped = [
        (fact.out_discards_count, fact.interface)
        for fact in facts
        if isinstance(fact, Interface) and fact.oper_up and fact.out_discards_count and fact.virtual is False
    ]
    for _, interface in sorted(dropped, reverse=True)[:_ASKED]:
        yield {"interface": interface}


@command(
    "show platform hardware fed switch active qos queue stats interface {interface}",
    area="queue",
    gives=(QueueCounters,),
    sampled=True,
    targets_only=True,
    arguments=dropping,
    aliases=(
        "show platform hardware fed active qos queue stats interface {interface}[ clear]",
        "show platform hardware fed switch {switch} qos queue stats interface {interface}[ clear]",
        "show platform hardware fed {switch} qos queue stats interface {interface}[ clear]",
        "show platform hardware fed switch {switch} qos queue stats internal port-type {port*}",
        "show platform hardware fed {switch} qos queue stats internal port-type {port*}",
    ),
)
def fed(output: str, interface: str = "") -> Read:
    """What each queue took in and dropped, over all ASICs that serve the port."""
    counted: Counted = defaultdict(dict)
    if _VOQ.search(output):
        _voqs(output, counted)
    else:
        _thresholds(output, normalise_interface(interface), counted)
    yield from _queues(counted)


def _queues(counted: Counted) -> Iterator[QueueCounters]:
    for (interface, queue), found in counted.items():
        known: dict[str, Any] = {name: count(value) for name, value in found.items()}
        yield QueueCounters(interface=interface, queue=queue, **known)


def _add(into: dict[str, int], name: str, amount: int) -> None:
    into[name] = into.get(name, 0) + amount


_VOQ = re.compile(r"VOQ Stats For *: *(\S+)", re.I)
_VOQ_ROW = re.compile(r"\s*(\d+)?\s*\| *(Enqueued|Dropped) *\| *(\d+) *\| *(\d+)")


def _voqs(output: str, counted: Counted) -> None:
    """`0 | Enqueued | packets | bytes |`, then the same queue's `Dropped`."""
    interface, queue = "", ""
    for line in lines(output):
        if head := _VOQ.search(line.text):
            interface, queue = normalise_interface(head[1]), ""
        elif row := _VOQ_ROW.match(line.text):
            queue = row[1] or queue
            if interface and queue:
                into = counted[interface, queue]
                kind = "transmitted" if row[2] == "Enqueued" else "dropped"
                _add(into, f"{kind}_pkts", int(row[3]))
                _add(into, f"{kind}_bytes", int(row[4]))


_COLUMNS = re.compile(r"\s*Q(?:ueue)?\b.*\b(Enqueue|Drop)-TH", re.I)
_UNITS = re.compile(r"\((Bytes|Frames|Packets)\)", re.I)
_NUMBERS = re.compile(r"\s*(\d+)((?:\s+\d+)+)\s*$")


def _thresholds(output: str, interface: str, counted: Counted) -> None:
    """A table of what was taken in and one of drops: a line a queue, a column a threshold, in bytes."""
    kind, skipped, unit = "", 0, "bytes"
    for line in lines(output):
        if head := _COLUMNS.match(line.text):
            kind = "transmitted" if head[1].lower() == "enqueue" else "dropped"
            skipped, unit = int("uffers" in line.text), "bytes"
        elif kind and (told := _UNITS.findall(line.text)):
            unit = "bytes" if told[-1].lower() == "bytes" else "pkts"
        elif kind and interface and (row := _NUMBERS.match(line.text)):
            values = [int(value) for value in row[2].split()][skipped:]
            taken = values[:3] if kind == "transmitted" else values
            _add(counted[interface, row[1]], f"{kind}_{unit}", sum(taken))
        elif not set(line.text.strip()) <= set("- "):
            kind = ""


_MLS = re.compile(r"^\s*([A-Za-z][A-Za-z-]*\d[\d/]*)(?: \(| *$)")
_MLS_TABLE = re.compile(r"\s*output queues (enqueued|dropped)", re.I)
_MLS_ROW = re.compile(r"\s*queue *(\d+):((?:\s+\d+)+)\s*$")


@command(
    "show mls qos interface {interface} statistics",
    area="queue",
    gives=(QueueCounters,),
    sampled=True,
    targets_only=True,
    arguments=on_request,
    aliases=("show mls qos interface statistics", "show mls qos interface {kind} {number} statistics"),
)
def mls(output: str, interface: str = "") -> Read:
    """The four queues of a port of Catalyst 2960 to 3750, with three thresholds each, in packets."""
    counted: Counted = defaultdict(dict)
    name, kind = normalise_interface(interface), ""
    for line in lines(output):
        if table := _MLS_TABLE.match(line.text):
            kind = "transmitted_pkts" if table[1].lower() == "enqueued" else "dropped_pkts"
        elif kind and name and (row := _MLS_ROW.match(line.text)):
            _add(counted[name, row[1]], kind, sum(map(int, row[2].split())))
        elif head := _MLS.match(line.text):
            name, kind = normalise_interface(head[1]), ""
    yield from _queues(counted)
