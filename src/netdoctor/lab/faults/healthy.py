"""What is no fault at all."""

from __future__ import annotations

from netdoctor.lab.faults import Place, fault
from netdoctor.lab.world import World


@fault("nothing is wrong", cause=None, shape=None)
def healthy(world: World, at: float) -> Place:
    names = list(world.devices)
    return Place("leaf3" if "leaf3" in names else names[-1], ())
