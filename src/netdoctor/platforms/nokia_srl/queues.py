"""Queues of a port in the state tree."""

from __future__ import annotations

import re
from collections.abc import Iterator

from netdoctor.model.facts import QueueCounters
from netdoctor.platforms.nokia_srl.reading import Object, Read, inner, rows, said
from netdoctor.platforms.values import count


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


def traffic_class(name: str) -> str | None:
    """The number in `unicast-3`; what a queue of another name carries is not told."""
    found = re.fullmatch(r"(?:unicast|multicast)-(\d)", name)
    return found[1] if found else None


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
        depth_max_bytes=count(depth.get("high-watermark-bytes") or depth.get("peak-queue-depth")),
    )
