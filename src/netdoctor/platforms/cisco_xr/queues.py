"""`show policy-map interface`: what each class of a policy sent, dropped and queued."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Literal

from netdoctor.model.events import Note
from netdoctor.model.facts import Fact, Interface, QueueCounters
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_xr.dialect import normalise_interface
from netdoctor.platforms.cisco_xr.reading import each_block, found_in, marked, none_said, on_request, said
from netdoctor.platforms.text import Block, Read, blocks, each, first
from netdoctor.platforms.values import count, speed_bps

_POLICY = re.compile(
    r"^ *(?P<interface>[A-Za-z][A-Za-z-]*\d[\w/.:]*) (?:direction )?(?P<direction>input|output): *"
    r"(?P<policy>\S[^\n]*)",
    re.M,
)
_NOT_INSTALLED = re.compile(r"not installed|no service.?policy", re.I)
_CLASS = re.compile(r"^(?P<indent> *)(?:Policy \S+ )?Class (?P<name>\S+)", re.M)
_COUNTS = r" *: *(\d+)/(\d+)"
_TRANSMITTED = re.compile(rf"Transmitted{_COUNTS}")
_DROPPED = re.compile(rf"Total Dropped{_COUNTS}")
_POLICED = re.compile(rf"Policed and dropped{_COUNTS}")
_TAIL = re.compile(r"Taildropped ?\(packets/bytes\) *: *(\d+)/(\d+)", re.M)
_CONFORM = re.compile(rf"Queue\(conform\){_COUNTS}")
_QUEUE_ID = re.compile(r"Queue ID *: *(\S+)")
_DEPTH = re.compile(r"Inst-queue-len +\(bytes\) *: *(\d+)")
_HIGHEST = re.compile(r"High watermark +\(bytes\) *: *(\d+)")


_MOST_INTERFACES = 8


def dropping(facts: Sequence[Fact]) -> list[dict[str, str]]:
    """The interfaces whose policy dropped something: of them its rates are asked, and at the same time
    its counters once more, so that both are of one moment."""
    found = [
        fact.interface
        for fact in facts
        if isinstance(fact, QueueCounters) and fact.direction == "out" and fact.dropped_pkts
    ]
    return [{"interface": name} for name in dict.fromkeys(found)][:_MOST_INTERFACES]


@command(
    "show policy-map interface {interface} output",
    area="queue",
    gives=(QueueCounters,),
    sampled=True,
    arguments=dropping,
)
@command(
    "show policy-map interface all",
    area="queue",
    gives=(QueueCounters,),
    sampled=True,
    timeout_s=30.0,
    aliases=(
        "show policy-map interface {interface*}",
        "show policy-map interface {interface*} input",
        "show policy-map interface {kind} {interface} output",
    ),
)
def policies(output: str) -> Read:
    whole = said(output)
    found = list(marked(whole, "put: ", _POLICY))
    nothing = True
    for item in each(found, _policy):
        nothing = nothing and isinstance(item, Note)
        yield item
    if nothing and (none_said(output) or found):
        yield EMPTY


def _policy(block: Block) -> Iterator[Fact | Note]:
    """Classes of policies inside a class are named after it: `parent/child`."""
    if _NOT_INSTALLED.search(block.head["policy"]):
        return
    interface = normalise_interface(block.head["interface"])
    direction: Literal["in", "out"] = "in" if block.head["direction"] == "input" else "out"
    outer: list[tuple[int, str]] = []
    for one in marked(block.text, "Class ", _CLASS):
        indent = len(one.head["indent"])
        outer = [(depth, name) for depth, name in outer if depth < indent]
        outer.append((indent, one.head["name"]))
        yield QueueCounters(
            interface=interface,
            queue="/".join(name for _, name in outer),
            direction=direction,
            **_counters(one.text),
        )


def _counters(text: str) -> dict[str, Any]:
    """What was sent and dropped: what the class matched is neither."""
    chosen = _TRANSMITTED.search(text) or _CONFORM.search(text)
    dropped = _DROPPED.search(text) or _TAIL.search(text) or _POLICED.search(text)
    queue = first(_QUEUE_ID, text)
    return {
        "traffic_class": None if queue in {None, "N/A", "None"} else f"queue {queue}",
        "transmitted_pkts": count(chosen[1]) if chosen else None,
        "transmitted_bytes": count(chosen[2]) if chosen else None,
        "dropped_pkts": count(dropped[1]) if dropped else None,
        "dropped_bytes": count(dropped[2]) if dropped else None,
        "depth_bytes": count(first(_DEPTH, text)),
        "depth_max_bytes": count(first(_HIGHEST, text)),
    }


_PROGRAMMED = re.compile(r"^ *Interface: *(?P<interface>[A-Z][\w./-]*?) +(?P<direction>input|output)\b", re.M)
_BANDWIDTH = re.compile(r"Bandwidth programed: *(\d+) *kbps")
_LEVEL = re.compile(r"^ *Level: *\d+ +Policy: *\S+ +Class: *(?P<name>\S+)", re.M)
_SHAPE = re.compile(r"^ *Shape PIR[^\n]*?PIR: *(\d+) *kbps", re.M)


@command(
    "show qos interface {interface} output",
    area="queue",
    gives=(QueueCounters,),
    sampled=True,
    arguments=dropping,
    aliases=("show qos interface {interface*} input", "show qos interface {interface*} output"),
)
def programmed(output: str) -> Read:
    """What the card has made of a policy: a class may send at most what its shaper lets through."""
    yield from each_block(output, _PROGRAMMED, _shapers)


def _shapers(block: Block) -> Iterator[Fact]:
    """Slashes of the interface are printed as `_`. A shaper as fast as the port is none."""
    interface = normalise_interface(block.head["interface"].replace("_", "/"))
    direction: Literal["in", "out"] = "in" if block.head["direction"] == "input" else "out"
    port_kbps = count(first(_BANDWIDTH, block.text))
    for level in blocks(block.text, _LEVEL):
        kbps = count(first(_SHAPE, level.text))
        limited = kbps is not None and (port_kbps is None or kbps < port_kbps)
        yield QueueCounters(
            interface=interface,
            queue=level.head["name"],
            direction=direction,
            rate_limit_bps=kbps * 1000 if kbps and limited else None,
        )


_VOQ = re.compile(
    r"^ *(?P<name>[A-Z][A-Za-z-]*\d[\w/.]*) +[0-9a-f]+ +\d+ +\d+ +\d+ +\d+ +\d+ +\d+ +\w+ +"
    r"(?P<speed>\d+[MG]) *$",
    re.M,
)


@command(
    "show controllers npu voq-usage interface all instance all location all",
    area="queue",
    gives=(Interface,),
    arguments=on_request,
    aliases=("show controllers npu voq-usage interface {interface} instance {instance} location {location}",),
)
def voq_usage(output: str) -> Read:
    """Which virtual output queues a port has; of these only its speed is a fact."""
    yield from found_in(map(_voq, _VOQ.finditer(said(output))), output)


def _voq(found: re.Match[str]) -> Interface:
    return Interface(interface=normalise_interface(found["name"]), speed_bps=speed_bps(found["speed"]))
