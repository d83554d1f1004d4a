"""OSPF: neighbours counted on their interfaces, and both ends of a link held against each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import msgspec

from netdoctor.derive.base import Derived, Situation
from netdoctor.derive.ends import Ends, ends_of
from netdoctor.derive.names import Places, packet_mtu_bytes
from netdoctor.model.facts import Interface, Link, OspfInstance, OspfInterface, OspfLink, OspfNeighbor
from netdoctor.model.observations import Observation, Observations

READS = (OspfInterface, OspfNeighbor, OspfInstance, Interface, Link)
GIVES = {OspfInterface: OspfInterface, OspfLink: OspfInterface}

_FIELDS = (
    "area",
    "hello_interval_s",
    "dead_interval_s",
    "network_type",
    "mtu_bytes",
    "auth_type",
    "passive",
    "router_id",
)


def derive(observations: Observations, situation: Situation) -> Iterator[Derived]:
    places = Places(observations)
    running: dict[tuple[str, str], Observation] = {}
    for seen in _counted(observations):
        running.setdefault((seen.device, places.port(seen.device, seen.fact.interface)), seen)
        yield Derived(seen.device, seen.fact, (seen,))
    devices = {device for device, _ in running} | observations.devices(OspfInstance)
    for link in observations.of(Link):
        if ends := ends_of(link, running, devices):
            yield _join(ends)


def _counted(observations: Observations) -> Iterator[Observation]:
    """OSPF interfaces with their neighbours counted, and their router id, MTU and state known."""
    heard: Counter[tuple[str, str | None]] = Counter()
    full: Counter[tuple[str, str | None]] = Counter()
    for seen in observations.of(OspfNeighbor):
        heard[seen.device, seen.fact.interface] += 1
        full[seen.device, seen.fact.interface] += seen.fact.adjacency_state == "full"
    interfaces = {(o.device, o.fact.interface): o.fact for o in observations.of(Interface)}
    routers = {(o.device, o.fact.vrf): o.fact.router_id for o in observations.of(OspfInstance)}
    for seen in observations.of(OspfInterface):
        place = (seen.device, seen.fact.interface)
        carrier = interfaces.get(place)
        learned: dict[str, Any] = {
            "router_id": routers.get((seen.device, seen.fact.vrf)),
            "neighbors_count": heard[place],
            "adjacent_count": full[place],
            "mtu_bytes": packet_mtu_bytes(carrier) if carrier else None,
            "oper_up": carrier.oper_up if carrier else None,
        }
        gaps = {name: value for name, value in learned.items() if getattr(seen.fact, name) is None}
        yield seen._replace(fact=msgspec.structs.replace(seen.fact, **gaps))


def _join(ends: Ends) -> Derived:
    joined = OspfLink(
        **ends.named,
        link_up=ends.link_up,
        adjacent=any((end.fact.adjacent_count or 0) > 0 for end in ends.found),
        **ends.said(_FIELDS),
    )
    return ends.derived(joined)
