"""Queues of a port in the state tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from netdoctor.model.facts import PfcCounters, QueueCounters
from netdoctor.platforms.nokia_srl.reading import Object, Read, inner, rows, said
from netdoctor.platforms.values import count

WHOLE_PCT: Final = 100


def queues(entry: Object) -> Read:
    """Queues of one port; older releases keep them per traffic class under `unicast-queue`."""
    port = said(entry.get("interface-id") or entry.get("name")) or said(
        inner(entry, "interface-ref").get("interface")
    )
    if not port:
        raise ValueError("queues without an interface")
    output = inner(entry, "output")
    found = [*rows(inner(output, "queues"), "queue"), *rows(inner(output, "qos"), "queue")]
    for kind in ("unicast-queue", "multicast-queue"):
        found += list(rows(output, kind))
    for queue in found:
        yield from _queue(port, queue)
    for priority in rows(inner(entry, "pfc", "statistics"), "pfc-priority"):
        yield from _pause(port, priority)


@lru_cache(maxsize=1024)
def traffic_class(name: str) -> str | None:
    """The number in `unicast-3`; what a queue of another name carries is not told."""
    found = re.fullmatch(r"(?:unicast|multicast)-(\d)", name)
    return found[1] if found else None


def _rate_limit(found: Object) -> int | None:
    """The peak rate of a queue that may not have the whole port."""
    whole = count(found.get("peak-rate-percent")) == WHOLE_PCT
    return None if whole else count(found.get("peak-rate-bps")) or None


def _queue(port: str, entry: Object) -> Iterator[QueueCounters]:
    name = entry.get("queue-name", entry.get("name", entry.get("queue-id")))
    if name is None:
        return
    counted, depth = (
        inner(entry, "queue-statistics") or inner(entry, "statistics") or entry,
        inner(entry, "queue-depth"),
    )
    aggregate = inner(counted, "aggregate-statistics") or counted
    yield QueueCounters(
        interface=port,
        queue=str(name),
        traffic_class=traffic_class(str(name)),
        transmitted_pkts=count(aggregate.get("transmitted-packets")),
        transmitted_bytes=count(aggregate.get("transmitted-octets")),
        dropped_pkts=count(aggregate.get("dropped-packets")),
        dropped_bytes=count(aggregate.get("dropped-octets")),
        rate_limit_bps=_rate_limit(inner(entry, "scheduling")),
        depth_max_bytes=count(depth.get("high-watermark-bytes") or depth.get("peak-queue-depth")),
    )


def _pause(port: str, entry: Object) -> Iterator[PfcCounters]:
    """Pauses of one priority (srl_nokia-qos, `pfc-priority`)."""
    priority = count(entry.get("index"))
    if priority is not None:
        yield PfcCounters(
            interface=port,
            priority=priority,
            received_pause_count=count(entry.get("pfc-pause-frames-received")),
            sent_pause_count=count(entry.get("pfc-pause-frames-generated")),
            watchdog_storms_count=count(entry.get("deadlock-recovery-occurrences")),
        )
