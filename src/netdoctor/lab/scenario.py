"""A scenario: a healthy fabric in which one fault has been at work for a while."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple

from netdoctor.lab import faults, topology
from netdoctor.lab.faults import Fault, Place
from netdoctor.lab.plan import SMALL, Plan, Shape, load
from netdoctor.lab.world import World

FAULT_AGE_S = 15 * 60.0
"""Inside the incident window that netdoctor looks at by default."""
DEFAULT = "dirty_connector"
OF_SHAPE: dict[Shape, str] = {"ring": "provider-ring", "campus": "campus"}
"""The topology for faults of a shape, where it is not the small Clos."""


class Scenario(NamedTuple):
    """The world, the fault in it, and where it sits."""

    world: World
    fault: Fault
    place: Place


def stage(
    name: str, *, seed: int = 1, plan: Plan | None = None, clock: Callable[[], float] = time.time
) -> Scenario:
    """Builds a network, by default one that fits, and lets a fault's effects follow.

    Raises UnknownFault, UnfitNetwork.
    """
    fault = faults.get(name)
    plan = plan or default_plan(fault)
    if not fault.fits(plan):
        raise faults.UnfitNetwork(fault)
    world = topology.build(clock, seed=seed, plan=plan)
    at = clock() - FAULT_AGE_S
    place = fault.inject(world, at)
    world.settle(at)
    world.advance(clock())
    return Scenario(world, fault, place)


def default_plan(fault: Fault) -> Plan:
    """A network of the shape that a fault needs."""
    return load(OF_SHAPE[fault.shape]) if fault.shape in OF_SHAPE else SMALL
