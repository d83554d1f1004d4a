"""Ports that are shaped to less than they could send, out of the configuration."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from netdoctor.model.facts import QueueCounters
from netdoctor.platforms.base import command
from netdoctor.platforms.juniper_junos.configuration import statements
from netdoctor.platforms.juniper_junos.reading import Read, or_empty

_QUEUES: Final = tuple(map(str, range(8)))
_RATE: Final = re.compile(r"shaping-rate (\d{1,15}(?:\.\d{1,6})?)([kmg]?)(?: .*)?")
_SCALES: Final = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9}


@command(
    "show configuration class-of-service interfaces | no-more",
    area="queue",
    gives=(QueueCounters,),
    sampled=True,
    targets_only=True,
    aliases=("show configuration class-of-service interfaces",),
)
def shapers(output: str) -> Read:
    """The rate of every shaped port, which all its queues share."""
    said = [(path, text) for path, text in statements(output) if not _is_inactive((*path, text))]
    rates = (
        (path[0], float(found[1]) * _SCALES[found[2]])
        for path, text in said
        if len(path) == 1 and (found := _RATE.fullmatch(text))
    )
    yield from or_empty(_limited(rates), known=bool(said) or not output.strip())


def _is_inactive(parts: tuple[str, ...]) -> bool:
    return any(part.startswith("inactive:") for part in parts)


def _limited(rates: Iterator[tuple[str, float]]) -> Iterator[QueueCounters]:
    for interface, rate_bps in rates:
        for queue in _QUEUES:
            yield QueueCounters(
                interface=interface, queue=queue, direction="out", rate_limit_bps=round(rate_bps)
            )
