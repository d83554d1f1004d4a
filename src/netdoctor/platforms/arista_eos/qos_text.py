"""Shapers, as EOS prints them in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from netdoctor.model.facts import Fact, QueueCounters
from netdoctor.platforms.arista_eos.dialect import normalise_interface
from netdoctor.platforms.arista_eos.reading import Read
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.text import Block, blocks, each
from netdoctor.platforms.values import count

_PORT = re.compile(r"^ *(?P<name>[A-Z][A-Za-z-]*\d[\d/]*): *$", re.MULTILINE)
_SHAPER = re.compile(r"Port shaping rate: *(?P<rate>\d+(?:\.\d+)?)(?: */ *[\d.]+)? *(?P<unit>[kMG]?)bps")
_QUEUE = re.compile(r"^ +(?:UC)?(?P<queue>\d{1,2}) +(?=[-\d])", re.MULTILINE)
_UNITS = {"": 1, "k": 10**3, "M": 10**6, "G": 10**9}
_MAX_INTERFACES = 8


def _dropping(facts: Sequence[Fact]) -> Iterable[dict[str, str]]:
    """The ports that have dropped from their queues: what limits them is worth knowing."""
    found = {fact.interface for fact in facts if isinstance(fact, QueueCounters) and fact.dropped_pkts}
    return ({"interface": interface} for interface in sorted(found)[:_MAX_INTERFACES])


@command(
    "show qos interfaces {interface}",
    area="queue",
    gives=(QueueCounters,),
    sampled=True,
    arguments=_dropping,
    aliases=("show qos interfaces",),
)
def shapers(output: str, interface: str = "") -> Read:
    """The rate that a port is shaped to, which none of its queues can exceed."""
    ports = list(blocks(output, _PORT))
    yield from each(ports, _shaped)
    if ports:
        yield EMPTY


def _shaped(block: Block) -> Iterator[Fact]:
    shaper = _SHAPER.search(block.text)
    if shaper is None:
        return
    rate_bps = count(float(shaper["rate"]) * _UNITS[shaper["unit"]])
    for row in _QUEUE.finditer(block.text):
        yield QueueCounters(
            interface=normalise_interface(block.head["name"]),
            queue=f"UC{row['queue']}",
            traffic_class=f"TC{row['queue']}",
            rate_limit_bps=rate_bps,
        )
