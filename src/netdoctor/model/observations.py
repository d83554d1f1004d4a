"""All facts of a run, indexed by type: what derivers, checks and the ranking read."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, NamedTuple, TypeVar

import msgspec

from netdoctor.model.facts import Fact
from netdoctor.model.findings import Source

F = TypeVar("F", bound=Fact)


class Observation(NamedTuple):
    """A fact, the device it was read on (or derived for), and the answers it came from."""

    device: str
    fact: Any
    sources: tuple[Source, ...]
    at_s: float
    """Seconds since the epoch, when its answer came; for a derived fact that of its newest source."""


class Observations:
    """Facts by type, device, sample and key.

    Two facts of one sample with equal keys complete each other field by field: the command whose text
    sorts first wins where both speak, so that the order of arrival never matters.
    """

    def __init__(self) -> None:
        self._by_type: dict[type[Fact], dict[tuple[Any, ...], list[Observation]]] = defaultdict(dict)

    def add(self, observation: Observation, sample: int = 1) -> None:
        fact = observation.fact
        sources = observation.sources
        # What accumulates keeps every line; equal lines seen twice by different commands are one.
        place = (observation.device, sample if not fact.HISTORY else 1, fact.key)
        found = self._by_type[type(fact)].setdefault(place, [])
        command = sources[0].command if sources else ""
        if not any(o.sources and o.sources[0].command == command and o.fact == fact for o in found):
            found.append(observation)
            found.sort(key=lambda o: o.sources[0].command if o.sources else "")

    def of(self, fact_type: type[F], device: str | None = None) -> list[Observation]:
        """The newest fact of every key, sorted by device and key."""
        newest: dict[tuple[Any, ...], tuple[int, list[Observation]]] = {}
        for (where, sample, key), found in self._by_type.get(fact_type, {}).items():
            if device is not None and where != device:
                continue
            place = (where, key)
            if place not in newest or newest[place][0] < sample:
                newest[place] = (sample, found)
        ordered = sorted(newest.items(), key=lambda item: (item[0][0], tuple(map(str, item[0][1]))))
        return [_complete(found) for _, (_, found) in ordered]

    def samples(self, fact_type: type[F]) -> dict[tuple[str, tuple[Any, ...]], list[Observation]]:
        """Every sample of each (device, key), oldest first."""
        grouped: dict[tuple[str, tuple[Any, ...]], list[tuple[int, Observation]]] = defaultdict(list)
        for (where, sample, key), found in self._by_type.get(fact_type, {}).items():
            grouped[where, key].append((sample, _complete(found)))
        return {
            place: [observation for _, observation in sorted(taken, key=lambda pair: pair[0])]
            for place, taken in grouped.items()
        }

    def devices(self, fact_type: type[F]) -> set[str]:
        return {where for where, _, _ in self._by_type.get(fact_type, {})}


def _complete(found: list[Observation]) -> Observation:
    """One observation out of those that speak of the same thing."""
    first, *others = found
    if not others:
        return first
    merged = first.fact
    for other in others:
        gaps = {name: value for name, value in other.fact.known().items() if getattr(merged, name) is None}
        merged = msgspec.structs.replace(merged, **gaps) if gaps else merged
    sources = tuple(dict.fromkeys(source for o in found for source in o.sources))
    return Observation(first.device, merged, sources, max(o.at_s for o in found))
