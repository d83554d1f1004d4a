"""Ports and queues that are shaped to less than they could send, out of the configuration's database."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from netdoctor.model.facts import Fact, QueueCounters
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.linux.reading import documents, inner
from netdoctor.platforms.sonic.reading import Read, is_port
from netdoctor.platforms.values import clean, count

QUEUES: Final = range(8)
TABLES: Final = "[PQS][OCU][RHE][TEU][_DE]*"
"""Keys that begin as `PORT_QOS_MAP`, `QUEUE` and `SCHEDULER` do: what is to be joined comes in one answer."""


def _keys(facts: Sequence[Fact]) -> tuple[dict[str, str]]:
    return ({"keys": TABLES},)


@command(
    'sonic-db-dump -n CONFIG_DB -k "{keys}" -y',
    area="queue",
    gives=(QueueCounters,),
    sampled=True,
    privileged=True,
    targets_only=True,
    arguments=_keys,
    aliases=(
        'sonic-db-dump -n CONFIG_DB -y[ -k "{keys}"]',
        "sonic-db-dump -n CONFIG_DB -y -k {keys}",
        "sonic-db-dump -n CONFIG_DB -k {keys} -y",
    ),
)
def shapers(output: str) -> Read:
    """The greatest rate (`pir`) of every shaped queue; a port's is that of all its queues together."""
    for document in documents(output):
        rates = dict(_rates(document))
        limits: dict[tuple[str, int], int] = {}
        for key in inner({"": document}, ""):
            rate_bps = rates.get(_name(inner(document, key, "value").get("scheduler")))
            for place in _places(clean(key)) if rate_bps else ():
                limits[place] = min(rate_bps or 0, limits.get(place, rate_bps or 0))
        for (port, queue), rate_bps in limits.items():
            yield QueueCounters(interface=port, queue=f"UC{queue}", rate_limit_bps=rate_bps)
        yield EMPTY


def _rates(document: Any) -> Iterator[tuple[str, int]]:
    """The rate of each scheduler that has one, which is in bytes a second unless it counts packets."""
    for key in inner({"": document}, ""):
        table, _, name = key.partition("|")
        said = inner(document, key, "value")
        rate = count(said.get("pir")) if table == "SCHEDULER" else None
        if rate and said.get("meter_type") != "packets":
            yield name, rate * 8


def _name(reference: Any) -> str:
    """The scheduler that is meant; older releases write `[SCHEDULER|scheduler.0]`."""
    return str(reference).strip("[]").removeprefix("SCHEDULER|")


def _places(key: str) -> Iterator[tuple[str, int]]:
    """The queues that a key is about: `PORT_QOS_MAP|Ethernet0`, `QUEUE|Ethernet0,Ethernet4|3-4`."""
    table, *rest = key.split("|")
    ports = [port for port in rest[0].split(",") if is_port(port)] if rest else []
    span = re.fullmatch(r"(\d{1,2})(?:-(\d{1,2}))?", rest[1]) if len(rest) == 2 else None
    queues = QUEUES if table == "PORT_QOS_MAP" and len(rest) == 1 else range(0)
    if table == "QUEUE" and span:
        queues = range(int(span[1]), int(span[2] or span[1]) + 1)
    yield from ((port, queue) for port in ports for queue in queues)
