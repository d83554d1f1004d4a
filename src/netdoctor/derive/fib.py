"""Routes learn from the forwarding table, which some devices show apart, whether they are programmed."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from netdoctor.derive.base import Derived, Situation
from netdoctor.model.facts import Route
from netdoctor.model.observations import Observations

READS = (Route,)
GIVES = {Route: Route}

FIB = "fib"
"""The protocol of what a forwarding table has: who put it there is not told."""


def derive(observations: Observations, situation: Situation) -> Iterator[Derived]:
    routes = observations.of(Route)
    programmed = {(o.device, o.fact.vrf, o.fact.prefix): o for o in routes if o.fact.protocol == FIB}
    for seen in routes:
        entry = programmed.get((seen.device, seen.fact.vrf, seen.fact.prefix))
        if entry is None or seen is entry or seen.fact.active is False or seen.fact.programmed is not None:
            continue
        said = entry.fact.programmed
        known = msgspec.structs.replace(seen.fact, programmed=True if said is None else said)
        yield Derived(seen.device, known, (seen, entry))
