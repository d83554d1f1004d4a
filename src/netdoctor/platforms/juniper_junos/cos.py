"""Queues: what was sent and dropped in each (class of service)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from netdoctor.model.facts import Fact, QueueCounters
from netdoctor.platforms.base import EMPTY, NotUnderstood
from netdoctor.platforms.juniper_junos.reading import (
    Node,
    Read,
    each,
    leaf,
    nodes,
    or_empty,
    query,
    roots,
    sections,
    tree,
    whole,
)
from netdoctor.platforms.text import Block, blocks
from netdoctor.platforms.text import each as each_block
from netdoctor.platforms.values import count, total


@query(
    "show interfaces queue",
    area="queue",
    gives=(QueueCounters,),
    sampled=True,
    targets_only=True,
    timeout_s=30.0,
    also=(
        "show interfaces queue[ {rest*}]",
        "show interfaces {interface} queue[ {rest*}]",
        "get-interface-queue-information[ {rest*}]",
    ),
)
def queues(output: str) -> Read:
    """Counters of every queue of every port, those of what comes in too where a card has them."""
    found = tree(output)
    if found is None:
        yield from _text(output)
        return
    known = roots(found, "interface-information")
    if not known:
        raise NotUnderstood("no 'interface-information'")
    ports = [port for _, root in known for port in nodes(root, "physical-interface")]
    yield from or_empty(each(ports, _port), known=True)


def _port(port: Node) -> Iterator[Fact]:
    name = leaf(port, "name")
    if not name:
        raise ValueError("queues without an interface")
    for place in [port, *nodes(port, "logical-interface")]:
        interface = leaf(place, "name") or name
        for table in nodes(place, "queue-counters"):
            summary = next(
                (one for key in table if key.startswith("interface-cos") for one in nodes(table, key)), {}
            )
            kind = leaf(summary, "intf-cos-queue-type") or "Egress"
            for queue in nodes(table, "queue"):
                number = leaf(queue, "queue-number")
                if number is not None:
                    values = {ours: whole(queue, key) for key in queue if (ours := _COUNTERS.get(key))}
                    yield _queue(interface, number, leaf(queue, "forwarding-class-name"), kind, values)


def _queue(
    interface: str, number: str, traffic_class: str | None, kind: str, values: Mapping[str, int | None]
) -> QueueCounters:
    """One queue. Cards that do not add up their drops tell those of the tail, of RED and of rate limits."""
    dropped, dropped_bytes = values.get("total-drop-packets"), values.get("total-drop-bytes")
    return QueueCounters(
        interface=interface,
        queue=number,
        direction="in" if kind.lower().startswith("ingress") else "out",
        traffic_class=traffic_class,
        transmitted_pkts=values.get("trans-packets"),
        transmitted_bytes=values.get("trans-bytes"),
        dropped_pkts=total(*(values.get(f"{way}-packets") for way in _WAYS)) if dropped is None else dropped,
        dropped_bytes=total(*(values.get(f"{way}-bytes") for way in _WAYS))
        if dropped_bytes is None
        else dropped_bytes,
        depth_bytes=values.get("depth-current"),
        depth_max_bytes=values.get("depth-peak"),
    )


_WAYS = ("tail-drop", "rl-drop", "rate-limit-drop", "red")
_COUNTED = (
    *("depth-current", "depth-peak"),
    *(f"{way}-{what}" for way in ("trans", "total-drop", *_WAYS) for what in ("packets", "bytes")),
)
_COUNTERS = {f"{prefix}{name}": name for name in _COUNTED for prefix in ("queue-counters-", "")}
"""What is read of a queue, by its elements' names; releases write them with the prefix or without."""

_PORT = re.compile(r"^[ \t]*(?:Physical|Logical) interface:? +(?P<name>[\w./:-]+)[^\n]*", re.MULTILINE)
_QUEUE = re.compile(
    r"^[ \t]*(?:(?P<way>Ingress|Egress)[\w ]* queues:|Queue(?: number)?: *(?P<queue>\d+)(?:, "
    r"*Forwarding classes?: *(?P<class>[^\n,]+))?)",
    re.MULTILINE,
)
_LINE = re.compile(r"^[ \t]*(?P<name>[A-Z][\w -]{3,30}?) *: *(?P<value>[^\n]*)$", re.MULTILINE)
_NAMES = {
    "packets": "packets",
    "bytes": "bytes",
    "tail-dropped packets": "tail-drop-packets",
    "tail-dropped bytes": "tail-drop-bytes",
    "rl-dropped packets": "rl-drop-packets",
    "rl-dropped bytes": "rl-drop-bytes",
    "red-dropped packets": "red-packets",
    "red-dropped bytes": "red-bytes",
    "total-dropped packets": "total-drop-packets",
    "total-dropped bytes": "total-drop-bytes",
    "current": "depth-current",
    "peak": "depth-peak",
}


def _text(output: str) -> Read:
    nothing = True
    for item in each_block(blocks(output, _PORT), _text_port):
        nothing = False
        yield item
    if nothing and (_PORT.search(output) or re.search(r"^error: device", output, re.MULTILINE)):
        yield EMPTY


def _text_port(block: Block) -> Iterator[Fact]:
    name = block.head["name"].rstrip(",")
    way = "Egress"
    for head, text in sections(block.text, _QUEUE):
        if head["way"]:
            way = head["way"]
            continue
        yield _queue(name, head["queue"], (head["class"] or "").strip() or None, way, dict(_values(text)))


def _values(text: str) -> Iterator[tuple[str, int | None]]:
    """The counters under `Queued:` and `Transmitted:`; only the latter's packets and bytes are asked for."""
    section = ""
    seen: set[str] = set()
    for line in _LINE.finditer(text):
        name = line["name"].strip().lower()
        if name in {"queued", "transmitted"} and not line["value"].strip():
            section = name
            continue
        key = _NAMES.get(name)
        if key in {"packets", "bytes"}:
            key = f"trans-{key}" if section == "transmitted" else None
        words = line["value"].split()
        if key and key not in seen and words:
            seen.add(key)
            yield key, count(words[0])
