"""The faults that the lab can inject, found by looking: every module here may hold some.

A fault is a function that changes the world and says where; its effects follow by themselves.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from netdoctor.lab.plan import Plan, Shape
from netdoctor.lab.world import World
from netdoctor.model.suggest import nearest


class Place(NamedTuple):
    """Where a fault sits: the device that an engineer would ask about, and the entities that name it."""

    target: str
    entities: tuple[str, ...]


Inject = Callable[[World, float], Place]


@dataclass(frozen=True)
class Fault:
    """One fault. `cause` is the id of the cause that should rank first; None for a healthy network."""

    name: str
    title: str
    cause: str | None
    inject: Inject
    shape: Shape | None = None
    """The shape of network that it needs; None: it fits into any."""

    def fits(self, plan: Plan) -> bool:
        """True when the routers that the fault speaks of are in the network."""
        if self.shape is None:
            return True
        wanted = ROUTERS[self.shape]
        return plan.shape == self.shape and all(len(plan.tiers[tier]) >= n for tier, n in wanted.items())


ROUTERS: Mapping[Shape, Mapping[str, int]] = {
    "clos": {"spine": 2, "leaf": 4},
    "ring": {"router": 3},
    "campus": {"core": 2, "distribution": 2, "access": 1},
}
"""So many routers the faults of a shape speak of."""


class UnfitNetwork(ValueError):
    """A network without the routers that a fault speaks of."""

    def __init__(self, wanted: Fault) -> None:
        shape = wanted.shape or "clos"
        routers = " and ".join(f"{count} {tier} routers" for tier, count in ROUTERS[shape].items())
        super().__init__(f"scenario {wanted.name!r} needs a {shape} with at least {routers}")


class UnknownFault(ValueError):
    """A name that no fault bears."""

    def __init__(self, name: str) -> None:
        super().__init__(f"unknown scenario {name!r}{nearest(name, found())}")


def fault(title: str, *, cause: str | None, shape: Shape | None = "clos") -> Callable[[Inject], Inject]:
    """Marks a function as a fault; its name is the fault's. It is called with the world and the time."""

    def mark(inject: Inject) -> Inject:
        vars(inject)["fault"] = Fault(inject.__name__, title, cause, inject, shape)
        return inject

    return mark


@cache
def found() -> dict[str, Fault]:
    """Every fault by its name, sorted."""
    faults: dict[str, Fault] = {}
    for module in pkgutil.iter_modules(__path__):
        for member in vars(importlib.import_module(f"{__name__}.{module.name}")).values():
            marked = getattr(member, "fault", None)
            if isinstance(marked, Fault):
                faults[marked.name] = marked
    return dict(sorted(faults.items()))


def get(name: str) -> Fault:
    """The fault of a name. Raises UnknownFault."""
    try:
        return found()[name]
    except KeyError:
        raise UnknownFault(name) from None
