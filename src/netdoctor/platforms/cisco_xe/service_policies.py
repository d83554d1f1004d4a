"""`show policy-map interface`: what each class of a service policy let pass and dropped.

A policy's classes may hold policies of their own; only the indent tells. A class is a queue here, by its
name, or as `PARENT/CHILD` where the name alone stands for several.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Literal, NamedTuple

from netdoctor.model.facts import QueueCounters
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_xe.names import normalise_interface
from netdoctor.platforms.cisco_xe.reading import Read
from netdoctor.platforms.text import Block, blocks
from netdoctor.platforms.values import count

_START = re.compile(
    r"^(?P<indent>[ \t]*)(?:(?P<interface>[A-Za-z][A-Za-z-]*\d[\w/.:-]*)[ \t]*(?=\n\s*Service[- ]|\Z|\n\s*\Z)"
    r"|Service-policy *(?P<direction>input|output)? *: *(?P<policy>\S+)"
    r"|Class-map: *(?P<class>[^\n(]*?) *\((?:match|[\d/])"
    r"|(?P<priority>queue stats for all priority classes))",
    re.M | re.I,
)
_PACKETS = re.compile(r"^\s*(\d+) packets, (\d+) bytes\s*$", re.M)
_DEPTH = re.compile(r"depth/total drops/no-buffer drops[^)\n]*\) *(\d+)/(\d+)")
_DROPS = re.compile(r"\(total drops\) *(\d+)")
_SENT = re.compile(r"\(pkts (?:output|queued|matched)/bytes \w+\) *(\d+)/(\d+)")
_SENT_BYTES = re.compile(r"\(bytes output\) *(\d+)")
_BYTES_LIMIT = re.compile(r"queue limit \d+ bytes")
_RATE = re.compile(
    r"(?:target shape rate|shape \([\w ]+\) cir|police:?\s+(?:cir|rate)|^\s*(?:cir|rate)) +(\d+)(?!\d* *%)",
    re.M,
)
_POLICED = re.compile(
    r"(?:exceeded|violated) +(?:Packet count - n/a, )?(?:(\d+) packets, )?(\d+) bytes; actions?:\s*drop"
)
_CONFORMED = re.compile(r"conformed +(?:\d+ packets, )?(\d+) bytes; actions?:\s*(?:transmit|set)")
_PRIORITY_DROPS = re.compile(r"b/w exceed drops:\s*(\d+)")


class _Class(NamedTuple):
    interface: str
    direction: Literal["in", "out"]
    name: str
    parent: str | None
    block: Block


@command(
    "show policy-map interface",
    area="queue",
    gives=(QueueCounters,),
    sampled=True,
    timeout_s=30.0,
    aliases=(
        "show policy-map interface {interface}",
        "show policy-map interface {interface} {direction}[ class {name}]",
        "show policy-map interface {kind} {number} {direction}[ class {name}]",
        "show policy-map interface class {name}",
    ),
)
def policies(output: str) -> Read:
    """Counters of every class of every policy on an interface."""
    found = list(_classes(blocks(output, _START)))
    names = Counter((one.interface, one.direction, one.name) for one in found)
    for one in found:
        shared = names[one.interface, one.direction, one.name] > 1 and one.parent
        yield QueueCounters(
            interface=one.interface,
            queue=f"{one.parent}/{one.name}" if shared else one.name,
            direction=one.direction,
            traffic_class=one.name,
            **_counters(one.block.text),
        )
    if not found and "Service-policy" in output:
        yield EMPTY


def _classes(found: Iterable[Block]) -> Iterator[_Class]:
    """The classes with the interface and direction they stand under, and the class around them."""
    interface: str | None = None
    direction: Literal["in", "out"] = "out"
    around: list[tuple[int, str]] = []
    for block in found:
        head = block.head
        indent = len(head["indent"].expandtabs())
        if head["interface"]:
            interface, around = normalise_interface(head["interface"][:1].upper() + head["interface"][1:]), []
        elif head["direction"]:
            direction, around = "in" if head["direction"].lower() == "input" else "out", []
        elif interface and not head["policy"]:
            name = head["class"] or "priority"
            around = [one for one in around if one[0] < indent]
            yield _Class(interface, direction, name, around[-1][1] if around else None, block)
            around.append((indent, name))


def _counters(text: str) -> dict[str, Any]:
    """What a class sent and dropped: its queue's own words, else what was classified less what was policed.

    `(total drops)` and `(bytes output)` without a count of packets are bytes, as Catalyst 9000 counts.
    """
    classified, depth, sent = (pattern.search(text) for pattern in (_PACKETS, _DEPTH, _SENT))
    policed = _POLICED.findall(text)
    dropped = sum(int(packets) for packets, _ in policed if packets)
    dropped += sum(map(int, _PRIORITY_DROPS.findall(text)))
    drops_bytes, sent_bytes, shape = (pattern.search(text) for pattern in (_DROPS, _SENT_BYTES, _RATE))
    known: dict[str, Any] = {
        "dropped_bytes": count(drops_bytes[1]) if drops_bytes else _policed_bytes(policed),
        "transmitted_bytes": count(sent_bytes[1]) if sent_bytes else None,
        "rate_limit_bps": count(shape[1]) if shape else None,
        "scheduler": "priority" if re.search(r"^\s*[Pp]riority(?::| [Ll]evel)", text, re.M) else None,
    }
    if depth or (classified and not drops_bytes):
        known["dropped_pkts"] = count(dropped + (int(depth[2]) if depth else 0))
    if depth and _BYTES_LIMIT.search(text):
        known["depth_bytes"] = count(depth[1])
    conformed = _CONFORMED.search(text)
    if conformed and not sent and known["transmitted_bytes"] is None:
        known["transmitted_bytes"] = count(conformed[1])
    if sent:
        known |= {"transmitted_pkts": count(sent[1]), "transmitted_bytes": count(sent[2])}
    elif classified and not drops_bytes:
        known["transmitted_pkts"] = count(int(classified[1]) - known["dropped_pkts"])
    return known


def _policed_bytes(policed: list[tuple[str, str]]) -> int | None:
    return count(sum(int(octets) for _, octets in policed)) if policed else None
