"""OSPF: neighbours counted on their interfaces, and both ends of a link held against each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import msgspec

from netdoctor.derive.base import Derived, Situation
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
        joined = _join(link, running, devices)
        if joined is not None:
            yield joined


def _counted(observations: Observations) -> Iterator[Observation]:
    """OSPF interfaces with their neighbours counted and their MTU and state known."""
    heard: Counter[tuple[str, str | None]] = Counter()
    full: Counter[tuple[str, str | None]] = Counter()
    for seen in observations.of(OspfNeighbor):
        heard[seen.device, seen.fact.interface] += 1
        full[seen.device, seen.fact.interface] += seen.fact.adjacency_state == "full"
    interfaces = {(o.device, o.fact.interface): o.fact for o in observations.of(Interface)}
    for seen in observations.of(OspfInterface):
        place = (seen.device, seen.fact.interface)
        carrier = interfaces.get(place)
        learned: dict[str, Any] = {
            "neighbors_count": heard[place],
            "adjacent_count": full[place],
            "mtu_bytes": packet_mtu_bytes(carrier) if carrier else None,
            "oper_up": carrier.oper_up if carrier else None,
        }
        gaps = {name: value for name, value in learned.items() if getattr(seen.fact, name) is None}
        yield seen._replace(fact=msgspec.structs.replace(seen.fact, **gaps))


def _join(
    link: Observation, running: dict[tuple[str, str], Observation], devices: set[str]
) -> Derived | None:
    fact: Link = link.fact
    if fact.b_device is None or fact.b_interface is None or not {fact.a_device, fact.b_device} <= devices:
        return None
    ends = {
        "a": running.get((fact.a_device, fact.a_interface)),
        "b": running.get((fact.b_device, fact.b_interface)),
    }
    found = [end for end in ends.values() if end is not None]
    if not found:
        return None
    said = {
        f"{side}_{name}": getattr(end.fact, name) for side, end in ends.items() if end for name in _FIELDS
    }
    states = [up for up in (fact.a_oper_up, fact.b_oper_up) if up is not None]
    joined = OspfLink(
        a_device=fact.a_device,
        a_interface=fact.a_interface,
        b_device=fact.b_device,
        b_interface=fact.b_interface,
        link_up=all(states) if states else None,
        adjacent=any((end.fact.adjacent_count or 0) > 0 for end in found),
        a_enabled=ends["a"] is not None,
        b_enabled=ends["b"] is not None,
        **said,
    )
    return Derived(link.device, joined, (link, *found))
