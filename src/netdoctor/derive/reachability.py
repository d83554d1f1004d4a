"""A device that management did not reach, seen through the eyes of its neighbours."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from netdoctor.derive.base import Derived, Situation
from netdoctor.model.entities import LinkEnd
from netdoctor.model.facts import BgpSession, Fact, Link, Reachability
from netdoctor.model.observations import Observation, Observations

READS = (Link, BgpSession)
GIVES: dict[type[Fact], type[Fact] | None] = {Reachability: None}


def derive(observations: Observations, situation: Situation) -> Iterator[Derived]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    witnesses: dict[str, set[str]] = defaultdict(set)
    origins: dict[str, list[Observation]] = defaultdict(list)
    for observer, device, what, up, seen in _sightings(observations):
        counts[device][f"{what}_{'up' if up else 'down'}_count"] += 1
        witnesses[device].add(observer)
        origins[device].append(seen)
    for device, reason in sorted(situation.reached.items()):
        fact = Reachability(
            reachable=reason is None,
            reason=reason,
            neighbors_examined_count=len(witnesses[device]),
            **counts[device],
        )
        yield Derived(device, fact, tuple(origins[device]) if reason else ())


def _sightings(observations: Observations) -> Iterator[tuple[str, str, str, bool, Observation]]:
    """(observer, device, `links` or `sessions`, up, seen): what examined devices see of each other."""
    far_device: dict[LinkEnd, str] = {}
    for seen in observations.of(Link):
        link = seen.fact
        ends = (
            (link.a_device, link.a_interface, link.a_oper_up, link.b_device),
            (link.b_device, link.b_interface, link.b_oper_up, link.a_device),
        )
        for device, interface, oper_up, far in ends:
            if device and interface and far:
                far_device[LinkEnd(device, interface)] = far
                if oper_up is not None:
                    yield device, far, "links", oper_up, seen
    for seen in observations.of(BgpSession):
        session = seen.fact
        far = far_device.get(LinkEnd(seen.device, session.interface or ""))
        if far and session.session_state and session.admin_up is not False:
            yield seen.device, far, "sessions", session.session_state == "established", seen
