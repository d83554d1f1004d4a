"""How far each device's clock is from ours: its own time minus the time at which it said so."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from netdoctor.derive.base import Derived, Situation
from netdoctor.model.facts import Clock
from netdoctor.model.observations import Observations

READS = (Clock,)
GIVES = {Clock: Clock}


def derive(observations: Observations, situation: Situation) -> Iterator[Derived]:
    for seen in observations.told(Clock):
        if seen.fact.device_time is not None:
            offset_s = round(seen.fact.device_time.timestamp() - seen.at_s, 1)
            yield Derived(seen.device, msgspec.structs.replace(seen.fact, offset_s=offset_s), (seen,))
