"""Queues: what was enqueued and dropped, by traffic class.

The key tree depends on the chip. Switches with one buffer (Trident, Tomahawk) count unicast and multicast
egress queues; those with virtual output queues (Jericho) count at the ingress chip what waits for a port
to send, and at the egress chip what left. All of it is traffic out of the port named.
"""

from __future__ import annotations

from collections.abc import Iterator

from netdoctor.model.facts import QueueCounters
from netdoctor.platforms.arista_eos.reading import Object, Read, document, each, inner, objects
from netdoctor.platforms.base import EMPTY, NotUnderstood, command
from netdoctor.platforms.values import total

_PREFIXES = {
    "ucastQueues": "UC",
    "mcastQueues": "MC",
    "ingressVoqCounters": "VOQ",
    "egressQueueCounters": "EGQ",
}
"""What EOS calls a kind of queue in JSON, and in its tables."""


@command(
    "show interfaces counters queue detail | json",
    area="queue",
    gives=(QueueCounters,),
    sampled=True,
    aliases=("show interfaces counters queue | json",),
)
@command("show interfaces counters queue drops | json", area="queue", gives=(QueueCounters,), sampled=True)
def queues(output: str) -> Read:
    """Counters of every queue of every port."""
    found = document(output)
    if not found:
        return
    if "interfaces" in found:
        yield from each(found, "interfaces", _by_class)
        return
    kinds = [(key, inner(found, key)) for key in _PREFIXES if isinstance(found.get(key), dict)]
    if not kinds:
        raise NotUnderstood(f"no queues in {', '.join(list(found)[:6])}")
    nothing = True
    for kind, tables in kinds:
        for name, entry in objects(tables.get("interfaces")):
            for fact in _of_interface(name, kind, entry):
                nothing = False
                yield fact
    if nothing:
        yield EMPTY


def _by_class(name: str, entry: Object) -> Iterator[QueueCounters]:
    """Traffic classes first, the kinds of queue below them; or the other way round."""
    for kind in ("ucastQueues", "mcastQueues"):
        yield from _of_kind(name, kind, inner(entry, kind))
    for traffic_class, kinds in objects(entry.get("trafficClasses")):
        for kind in ("ingressVoqCounters", "egressQueueCounters"):
            if kind in kinds:
                yield _queue(name, kind, traffic_class, inner(kinds, kind))


def _of_interface(name: str, kind: str, entry: Object) -> Iterator[QueueCounters]:
    """The queues of one port in a table of one kind; egress queues are told apart by how they cast."""
    for cast in ("ucastQueues", "mcastQueues"):
        yield from _of_kind(name, cast, inner(entry, cast))
    yield from _of_kind(name, kind, entry)


def _of_kind(name: str, kind: str, entry: Object) -> Iterator[QueueCounters]:
    for traffic_class, counters in objects(entry.get("trafficClasses")):
        yield _queue(name, kind, traffic_class, counters)


def _queue(name: str, kind: str, traffic_class: str, counters: Object) -> QueueCounters:
    """One queue, its drop precedences together."""
    parts = [entry for _, entry in objects(counters.get("dropPrecedences"))]
    parts = parts or [inner(counters, "countersSum") or counters]
    return QueueCounters(
        interface=name,
        queue=f"{_PREFIXES[kind]}{traffic_class.removeprefix('TC')}",
        traffic_class=traffic_class,
        transmitted_pkts=total(*(part.get("enqueuedPackets") for part in parts)),
        transmitted_bytes=total(*(part.get("enqueuedBytes") for part in parts)),
        dropped_pkts=total(*(part.get("droppedPackets") for part in parts)),
        dropped_bytes=total(*(part.get("droppedBytes") for part in parts)),
    )
