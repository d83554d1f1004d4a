"""Optic lanes learn whether their interface is up, so that dark unused ports are not alarms."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from netdoctor.derive.base import Derived, Situation
from netdoctor.derive.names import Places
from netdoctor.model.facts import Interface, OpticLane
from netdoctor.model.observations import Observations

READS = (Interface, OpticLane)
GIVES = {OpticLane: OpticLane}


def derive(observations: Observations, situation: Situation) -> Iterator[Derived]:
    places = Places(observations)
    interfaces = {(o.device, o.fact.interface): o for o in observations.of(Interface)}
    for lane in observations.of(OpticLane):
        carrier = interfaces.get((lane.device, places.port(lane.device, lane.fact.interface)))
        if carrier is not None:
            joined = msgspec.structs.replace(
                lane.fact, admin_up=carrier.fact.admin_up, oper_up=carrier.fact.oper_up
            )
            yield Derived(lane.device, joined, (lane,))
