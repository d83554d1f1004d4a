"""IS-IS: adjacencies counted on their interfaces, and both ends of a link held against each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import msgspec

from netdoctor.derive.base import Derived, Situation
from netdoctor.derive.ends import Ends, ends_of
from netdoctor.derive.names import Places
from netdoctor.model.facts import Interface, IsisAdjacency, IsisInstance, IsisInterface, IsisLink, Link
from netdoctor.model.observations import Observation, Observations

READS = (IsisInterface, IsisAdjacency, IsisInstance, Interface, Link)
GIVES = {IsisInterface: IsisInterface, IsisLink: IsisInterface}

_FIELDS = ("level", "auth_type", "passive")

Adjacencies = Counter[tuple[str, str, str]]
"""How many adjacencies there are by device, port and state."""


def derive(observations: Observations, situation: Situation) -> Iterator[Derived]:
    places = Places(observations)
    heard: Adjacencies = Counter(
        (seen.device, places.port(seen.device, seen.fact.interface), seen.fact.adjacency_state or "")
        for seen in observations.of(IsisAdjacency)
    )
    instances = {(o.device, o.fact.vrf): o.fact for o in observations.of(IsisInstance)}
    running: dict[tuple[str, str], Observation] = {}
    for seen in _completed(observations, places, heard, instances):
        running.setdefault((seen.device, places.port(seen.device, seen.fact.interface)), seen)
        yield Derived(seen.device, seen.fact, (seen,))
    devices = {device for device, _ in running} | observations.devices(IsisInstance)
    for link in observations.of(Link):
        if ends := ends_of(link, running, devices):
            yield _join(ends, heard, instances)


def _completed(
    observations: Observations,
    places: Places,
    heard: Adjacencies,
    instances: dict[tuple[str, str], IsisInstance],
) -> Iterator[Observation]:
    """IS-IS interfaces with their adjacencies counted, and what the interface or the process says of them."""
    interfaces = {(o.device, o.fact.interface): o.fact for o in observations.of(Interface)}
    for seen in observations.of(IsisInterface):
        port = places.port(seen.device, seen.fact.interface)
        carrier = interfaces.get((seen.device, seen.fact.interface)) or interfaces.get((seen.device, port))
        instance = instances.get((seen.device, seen.fact.vrf))
        learned = {
            "adjacent_count": heard[seen.device, port, "up"],
            "oper_up": carrier.oper_up if carrier else None,
            "level": instance.level if instance else None,
        }
        gaps = {name: value for name, value in learned.items() if getattr(seen.fact, name) is None}
        yield seen._replace(fact=msgspec.structs.replace(seen.fact, **gaps))


def _join(ends: Ends, heard: Adjacencies, instances: dict[tuple[str, str], IsisInstance]) -> Derived:
    link = ends.link.fact
    ports = ((link.a_device, link.a_interface), (link.b_device, link.b_interface))
    levels = [_levels(end.fact.level) for end in ends.found if end.fact.level]
    shared = set.intersection(*levels) if len(levels) == len(ports) else None
    areas = [
        set(instance.areas)
        for end in ends.found
        if (instance := instances.get((end.device, end.fact.vrf))) and instance.areas
    ]
    joined = IsisLink(
        **ends.named,
        link_up=ends.link_up,
        adjacent=any((end.fact.adjacent_count or 0) > 0 for end in ends.found),
        one_way=any(heard[(*port, "init")] for port in ports),
        levels_shared=bool(shared) if shared is not None else None,
        level1_only=shared == {"1"} if shared is not None else None,
        passive=any(end.fact.passive for end in ends.found),
        a_mtu_bytes=link.a_mtu_bytes,
        b_mtu_bytes=link.b_mtu_bytes,
        areas_shared=bool(set.intersection(*areas)) if len(areas) == len(ports) else None,
        **ends.said(_FIELDS),
    )
    return ends.derived(joined)


def _levels(level: str) -> set[str]:
    return set(level) - {"-"}
