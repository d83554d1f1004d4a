"""Facts from facts. Each module here is one deriver, found by looking.

A module says which fact types it `READS` and which it `GIVES`, each with the type it cannot be made
without; its `derive(observations, situation)` yields `Derived`. A deriver computes, a check compares:
what needs loops, joins or time is done here.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from graphlib import TopologicalSorter
from types import ModuleType

from netdoctor.derive.base import DERIVED, Derived, Situation
from netdoctor.model.facts import Fact
from netdoctor.model.observations import Observation, Observations

_HELPERS = {"base", "ends", "names"}


@cache
def derivers() -> tuple[ModuleType, ...]:
    """The derivers, each after those whose facts it reads."""
    modules = {
        info.name: importlib.import_module(f"{__name__}.{info.name}")
        for info in pkgutil.iter_modules(__path__)
        if info.name not in _HELPERS
    }
    order = TopologicalSorter(
        {
            name: sorted(other for other, giver in modules.items() if other != name and _feeds(giver, module))
            for name, module in sorted(modules.items())
        }
    )
    return tuple(modules[name] for name in order.static_order())


@cache
def source_of(fact_type: type[Fact]) -> type[Fact] | None:
    """The fact type, read off devices, that a type cannot be made without; itself when it is not derived.

    None: it is made without asking any device.
    """
    for module in derivers():
        if fact_type in module.GIVES:
            source = module.GIVES[fact_type]
            return source if source in {fact_type, None} else source_of(source)
    return fact_type


@cache
def needs_two_samples(fact_type: type[Fact]) -> bool:
    """True for what is only known by reading a counter twice."""
    return any(fact_type in module.GIVES for module in derivers() if getattr(module, "TWO_SAMPLES", False))


def extend(observations: Observations, situation: Situation) -> tuple[Observations, list[tuple[str, str]]]:
    """The observations with everything derived from them, and the derivers that raised: (name, error)."""
    extended = observations.copy()
    faults: list[tuple[str, str]] = []
    for module in derivers():
        name = module.__name__.rpartition(".")[2]
        try:
            for derived in list(module.derive(extended, situation)):
                extended.add(_observation(derived), sample=DERIVED)
        except Exception as error:  # noqa: BLE001 - a seam: one deriver's fault must not cost the others' facts
            faults.append((name, f"{type(error).__name__}: {error}"))
    return extended, faults


def _feeds(giver: ModuleType, reader: ModuleType) -> bool:
    return bool(set(giver.GIVES) & set(reader.READS))


def _observation(derived: Derived) -> Observation:
    sources = tuple(dict.fromkeys(source for origin in derived.origins for source in origin.sources))
    at_s = max((origin.at_s for origin in derived.origins), default=0.0)
    return Observation(derived.device, derived.fact, sources, at_s)


__all__ = ["Derived", "Situation", "derivers", "extend", "needs_two_samples", "source_of"]
