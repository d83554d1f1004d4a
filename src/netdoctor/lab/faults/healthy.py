"""What is no fault at all."""

from __future__ import annotations

from netdoctor.lab.faults import Place, fault
from netdoctor.lab.world import World


@fault("nothing is wrong", cause=None)
def healthy(world: World, at: float) -> Place:
    return Place("leaf3", ())
