"""What a port's queues sent and dropped, and why its forwarding engine dropped packets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal

from netdoctor.model.facts import DropCounter, QueueCounters
from netdoctor.platforms.values import count

_QUEUE: Final = re.compile(
    r"^ ?(?P<way>Ingress|Egress) Queue +(?P<queue>\d+)\b.*\n(?P<rows>(?: +\S.*: *\d+ +\d+ *(?:\n|$))+)", re.M
)
_COUNT: Final = re.compile(r"(fwded|forwarded|dropped|drop) *: *(\d+) +(\d+)")


def queues(port: str, text: str, egress_rate_bps: int | None = None) -> Iterator[QueueCounters]:
    """Each queue, its profiles (in and out) summed. The rate of the port holds for what leaves it."""
    for found in _QUEUE.finditer(text):
        sums = {"fwd": [0, 0], "drop": [0, 0]}
        for what, pkts, octets in _COUNT.findall(found["rows"]):
            sums["drop" if what.startswith("drop") else "fwd"][0] += int(pkts)
            sums["drop" if what.startswith("drop") else "fwd"][1] += int(octets)
        yield QueueCounters(
            interface=port,
            queue=found["queue"],
            direction="in" if found["way"] == "Ingress" else "out",
            transmitted_pkts=count(sums["fwd"][0]),
            transmitted_bytes=count(sums["fwd"][1]),
            dropped_pkts=count(sums["drop"][0]),
            dropped_bytes=count(sums["drop"][1]),
            rate_limit_bps=egress_rate_bps if found["way"] == "Egress" else None,
        )


_REASONS: Final = re.compile(r"Drop Reason Statistics *\n=+\n((?:[A-Z].*\n)+)")
_REASON: Final = re.compile(r"^(\S.*?) {2,}(\d+) *$", re.M)
_KINDS: Final[dict[str, Literal["acl", "urpf", "no_route"]]] = {
    "ACL Filter Discards": "acl",
    "Unicast RPF Check Failed": "urpf",
    "IP Route Blackholed": "no_route",
}


def drop_reasons(port: str, text: str) -> Iterator[DropCounter]:
    """Why the forwarding engine dropped what came in on a port."""
    for found in _REASONS.finditer(text):
        for name, packets in _REASON.findall(found[1]):
            yield DropCounter(
                kind=_KINDS.get(name, "asic"),
                name=f"{port} {name}",
                interface=port,
                dropped_pkts=count(packets),
            )
