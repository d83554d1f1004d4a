"""All facts of a run, indexed by type: what derivers, checks and the ranking read."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, NamedTuple

import msgspec

from netdoctor.model.facts import Fact
from netdoctor.model.findings import Source


class Observation(NamedTuple):
    """A fact, the device it was read on (or derived for), and the answers it came from."""

    device: str
    fact: Any
    sources: tuple[Source, ...]
    at_s: float
    """Seconds since the epoch, when its answer came; for a derived fact that of its newest source."""


Place = tuple[str, tuple[Any, ...]]
"""A device and a fact's key."""


class Observations:
    """Facts by type, device, key, command and sample.

    Two commands that speak of the same thing complete each other field by field: the command whose text
    sorts first wins where both speak, so that the order of arrival never matters.
    """

    def __init__(self) -> None:
        self._by_type: dict[type[Fact], dict[Place, dict[tuple[str, int], Observation]]] = defaultdict(dict)

    def copy(self, device: str | None = None) -> Observations:
        """The same observations, or one device's, to be added to without changing these."""
        twin = Observations()
        for fact_type, places in self._by_type.items():
            twin._by_type[fact_type] = {
                place: dict(taken) for place, taken in places.items() if device in {None, place[0]}
            }
        return twin

    def add(self, observation: Observation, sample: int = 1) -> None:
        command = observation.sources[0].command if observation.sources else ""
        place = (observation.device, observation.fact.key)
        self._by_type[type(observation.fact)].setdefault(place, {})[command, sample] = observation

    def of(self, fact_type: type[Fact], device: str | None = None) -> list[Observation]:
        """What is newest of everything, completed over the commands; sorted by device and key."""
        places = self._by_type.get(fact_type, {})
        wanted = [place for place in places if device is None or place[0] == device]
        return [_complete(_newest(places[place])) for place in sorted(wanted, key=_order)]

    def told(self, fact_type: type[Fact]) -> list[Observation]:
        """The newest of what each command said, by itself: for what depends on when it was said."""
        places = self._by_type.get(fact_type, {})
        return [seen for place in sorted(places, key=_order) for seen in _newest(places[place]).values()]

    def samples(self, fact_type: type[Fact]) -> dict[Place, list[Observation]]:
        """Every sample of each place, oldest first, each completed over the commands."""
        grouped: dict[Place, list[Observation]] = {}
        for place, taken in sorted(
            self._by_type.get(fact_type, {}).items(), key=lambda item: _order(item[0])
        ):
            by_sample: dict[int, dict[str, Observation]] = defaultdict(dict)
            for (command, sample), observation in taken.items():
                by_sample[sample][command] = observation
            grouped[place] = [_complete(by_sample[sample]) for sample in sorted(by_sample)]
        return grouped

    def sampled_twice(self, fact_type: type[Fact], device: str) -> bool:
        """True when something of a type was read more than once on a device."""
        places = self._by_type.get(fact_type, {})
        return any(
            len({sample for _, sample in taken}) > 1 for place, taken in places.items() if place[0] == device
        )

    def devices(self, fact_type: type[Fact]) -> set[str]:
        """The devices that gave at least one fact of a type."""
        return {device for device, _ in self._by_type.get(fact_type, {})}


def _order(place: Place) -> tuple[str, tuple[str, ...]]:
    return place[0], tuple(map(str, place[1]))


def _newest(taken: dict[tuple[str, int], Observation]) -> dict[str, Observation]:
    """The last sample of each command."""
    newest: dict[str, Observation] = {}
    for (command, _), observation in sorted(taken.items(), key=lambda item: item[0]):
        newest[command] = observation
    return newest


def _union(one: tuple[str, ...] | None, other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({*(one or ()), *other}))


def _complete(by_command: dict[str, Observation]) -> Observation:
    """One observation out of those that speak of the same thing."""
    first, *others = (by_command[command] for command in sorted(by_command))
    if not others:
        return first
    merged, at_s = first.fact, first.at_s
    for other in others:
        known = other.fact.known()
        gaps = {name: value for name, value in known.items() if getattr(merged, name) is None}
        gaps |= {name: _union(getattr(merged, name), known[name]) for name in merged.UNION if name in known}
        if gaps:  # what adds nothing does not change when it was said
            merged, at_s = msgspec.structs.replace(merged, **gaps), max(at_s, other.at_s)
    found = (first, *others)
    sources = tuple(dict.fromkeys(source for one in found for source in one.sources))
    return Observation(first.device, merged, sources, at_s)
