"""Queues: what was sent and dropped by class; and priority flow control (IEEE 802.1Qbb).

`show queuing interface` differs by family: the Nexus 9000 and 3600 draw a box a QoS group, the Nexus 3000 and
5000 write a paragraph a group, the Nexus 7000 a table a queue.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from netdoctor.model.facts import DropCounter, Fact, PfcCounters, QueueCounters
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_nxos.reading import Read, named, says_none
from netdoctor.platforms.text import Block, Line, blocks, each, lines
from netdoctor.platforms.values import count, speed_bps

_HEAD = re.compile(
    r"\n *(?:(?:Egress Queuing for|Ingress Queuing for|Queu?e?ing (?:information|stats) for|Interface) +)?"
    r"(?P<name>(?:Ethernet|Eth|port-channel)\d[\d/.]*)"
    r"(?: (?:queuing information|[TR]X Queuing|Interface|\[).*|:.*)?$",
    re.M | re.I,
)
"""Begins with the end of the line before: in an answer this long, that is found sooner than `^`."""
_GROUP = re.compile(
    r"^ *+(?:\| *+)?(?:(?P<special>CONTROL|SPAN) )?(?:QOS GROUP|qos-group) *(?P<group>\d+)? *\|? *$",
    re.M | re.I,
)
_BOX = {
    "tx pkts": "transmitted_pkts",
    "tx byts": "transmitted_bytes",
    "dropped pkts": "dropped_pkts",
    "dropped byts": "dropped_bytes",
    "tail drop pkts": "dropped_pkts",
    "tail drop byts": "dropped_bytes",
    "wred & tail drop pkts": "dropped_pkts",
    "wred/afd drop pkts": "dropped_pkts",
    "wred drop pkts": "dropped_pkts",
    "wred/afd & tail drop pkts": "dropped_pkts",
    "wred/afd & tail drop byts": "dropped_bytes",
    "wd & tail drop pkts": "dropped_pkts",
    "q depth byts": "depth_bytes",
    "peak q depth byts": "depth_max_bytes",
}
_PARAGRAPH = re.compile(
    r"(?P<name>Pkts (?:received over the port|discarded on ingress|sent to the port|sent to the cross-bar|"
    r"dropped by WRED|dropped)|(?:Unicast|Ucast|Multicast|Mcast) (?:pkts|bytes) (?:sent"
    r"|tx|dropped)|Tail drop pkts) *: *(?P<amount>\d+)",
    re.I,
)
_IN_OVERFLOW = re.compile(r"Ingress (?:MMU|Overflow) Drop Pkts +(\d+)")
_PFC_ROW = re.compile(r"^ *(?P<cos>[0-7]) +(?P<group>\d+) +\S+ +(?P<tx>\d+) +\S+ +(?P<rx>\d+) *$", re.M)
_N7K = re.compile(r"^ *(?P<queue>\d+[pq]\d+[pqt]\d*[\w-]*-(?:out|in)-\S+) +(?P<rest>\d[\d ]*)$", re.M)


@command(
    "show queuing interface",
    area="queue",
    gives=(QueueCounters, PfcCounters, DropCounter),
    sampled=True,
    targets_only=True,
    timeout_s=30.0,
    aliases=("show queuing interface {interface*}", "show queueing interface[ {interface*}]"),
)
def queues(output: str, interface: str = "") -> Read:
    """Counters of every queue of every port."""
    heads = list(blocks(f"\n{output}", _HEAD))
    nothing = True
    for item in each(heads, _port):
        nothing = False
        yield item
    if nothing and (heads or says_none(output)):
        yield EMPTY


def _port(block: Block) -> Iterator[Fact]:
    name = named(block.head["name"])
    outgoing, _, incoming = block.text.partition("Ingress Queuing")
    # Each pattern that looks at every line runs only where a word of its family's form stands.
    words = block.text.lower()
    shapes = _shapes(outgoing) if "bps" in words else {}
    for box in _boxes(outgoing) if "|" in words else ():
        yield from _counters(name, box, shapes.get(box.queue))
    for group in blocks(outgoing, _GROUP) if ":" in words else ():
        yield from _paragraph(name, _queue(group.head), group.text)
    for found in _N7K.finditer(block.text) if "-out-" in words or "-in-" in words else ():
        yield from _table_row(name, found)
    for found in _PFC_ROW.finditer(incoming or block.text) if "pause" in words else ():
        yield PfcCounters(
            interface=name,
            priority=int(found["cos"]),
            sent_pause_count=count(found["tx"]),
            received_pause_count=count(found["rx"]),
        )
    if overflow := _IN_OVERFLOW.search(block.text):
        yield QueueCounters(interface=name, queue="port", direction="in", dropped_pkts=count(overflow[1]))


_SHAPE = re.compile(
    r"^ *(?P<group>\d+) +(?:\S+ +){2}(?:\d+|-) +(?P<most>\d+) +(?P<unit>[kmg]?bps)\b", re.M | re.I
)


def _shapes(text: str) -> dict[str, int]:
    """The most that a shaper lets each group send, in bits a second."""
    found = {one["group"]: speed_bps(f"{one['most']} {one['unit']}") for one in _SHAPE.finditer(text)}
    return {group: rate for group, rate in found.items() if rate}


_LONGEST_COUNTER = 20
"""Digits of 2^64: what is longer is no counter."""


def _queue(group: re.Match[str]) -> str:
    return group["group"] or (group["special"] or "").lower()


_CELLS = re.compile(r"\n[ |]*+([A-Za-z][^|\n]*)\|?([^\n]*)")
"""A line that begins with words: its first cell, and the others. The port's head stands before them all."""


class _Box(NamedTuple):
    """What is drawn of a group: rows by counter, columns by unicast, out-of-band flow control, multicast."""

    queue: str
    casts: list[str]
    rows: list[tuple[str, list[str]]]
    """Our field, and its values."""


def _boxes(text: str) -> list[_Box]:
    found: list[_Box] = []
    for first, others in _CELLS.findall(text):
        if field := _BOX.get(first.rstrip().lower()):
            if found:
                found[-1].rows.append((field, others.split("|")))
        elif group := _GROUP.match(first):
            found.append(_Box(_queue(group), ["UC", "MC"], []))
        elif found and "OOBFC" in first + others and "OOBFC" not in found[-1].casts:
            found[-1].casts.insert(1, "OOBFC")
    return found


def _counters(name: str, box: _Box, rate_bps: int | None) -> Iterator[QueueCounters]:
    told: list[dict[str, Any]] = [{} for _ in box.casts]
    for field, values in box.rows:
        for known, value in zip(told, values, strict=False):
            digits = value.strip()
            if digits.isdecimal() and len(digits) < _LONGEST_COUNTER:
                amount = int(digits)
                if amount >= known.get(field, 0):
                    known[field] = amount
    for cast, known in zip(box.casts, told, strict=True):
        if not known or (cast == "OOBFC" and not any(known.values())):
            continue
        yield QueueCounters(
            interface=name,
            queue=f"{cast}{box.queue}",
            traffic_class=box.queue,
            rate_limit_bps=rate_bps,
            **known,
        )


_SENT = ("pkts sent to the port", "unicast pkts sent", "ucast pkts tx", "ucast pkts sent", "unicast pkts tx")
_LOST = (
    "pkts dropped by wred",
    "pkts dropped",
    "tail drop pkts",
    "ucast pkts dropped",
    "unicast pkts dropped",
)


def _paragraph(name: str, queue: str, text: str) -> Iterator[QueueCounters]:
    """A group of the Nexus 5000: what came in at the port and was discarded there, and what left."""
    told: dict[str, int] = {}
    for found in _PARAGRAPH.finditer(text):
        name_ = " ".join(found["name"].lower().split())
        told[name_] = told.get(name_, 0) + int(found["amount"][:19])
    if "pkts received over the port" in told:
        yield QueueCounters(
            interface=name,
            queue=queue,
            direction="in",
            traffic_class=queue,
            transmitted_pkts=count(told.get("pkts sent to the cross-bar")),
            dropped_pkts=count(told.get("pkts discarded on ingress")),
        )
    sent = next((told[word] for word in _SENT if word in told), None)
    lost = [told[word] for word in _LOST if word in told]
    if sent is not None or lost:
        yield QueueCounters(
            interface=name,
            queue=f"UC{queue}",
            traffic_class=queue,
            transmitted_pkts=count(sent),
            dropped_pkts=count(sum(lost)) if lost else None,
        )


def _table_row(name: str, found: re.Match[str]) -> Iterator[QueueCounters]:
    """A row of the Nexus 7000: the last two numbers are packets sent and dropped."""
    numbers = found["rest"].split()
    if len(numbers) >= 2:
        direction: Any = "in" if "-in-" in found["queue"] else "out"
        yield QueueCounters(
            interface=name,
            queue=found["queue"],
            direction=direction,
            transmitted_pkts=count(numbers[-2]),
            dropped_pkts=count(numbers[-1]),
        )


_PAUSES = re.compile(
    r"^ *(?P<name>(?:Ethernet|Eth)\d[\d/.]*) +(?P<admin>\w+) +"
    r"(?P<state>\w+)(?: +\((?P<priorities>[0-9a-f]+)\))?"
    r"(?: +\S+)?? +(?P<rx>\d+) +(?P<tx>\d+) *$",
    re.I,
)


@command(
    "show interface priority-flow-control",
    area="queue",
    gives=(PfcCounters,),
    sampled=True,
    targets_only=True,
    aliases=("show interface[ {interface*}] priority-flow-control[ detail]",),
)
def pauses(output: str, interface: str = "") -> Read:
    """Pause frames of each port with one lossless priority, which stands as a bit in brackets: `(8)` is 3.

    Those of several priorities are not told apart here.
    """
    nothing = True

    def read(line: Line) -> Iterator[PfcCounters]:
        found = _PAUSES.match(line.text)
        bits = int(found["priorities"][:4], 16) if found and found["priorities"] else 0
        if found and bits.bit_count() == 1:
            yield PfcCounters(
                interface=named(found["name"]),
                priority=bits.bit_length() - 1,
                received_pause_count=count(found["rx"]),
                sent_pause_count=count(found["tx"]),
            )

    for item in each(lines(output), read):
        nothing = False
        yield item
    if nothing and re.search(r"RxPPP|TxPPP", output):
        yield EMPTY
