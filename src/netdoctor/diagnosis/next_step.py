"""What to ask next: the question whose answer would settle most, in the words of the device."""

from __future__ import annotations

import math
import string
from collections.abc import Iterable, Mapping

from netdoctor import platforms
from netdoctor.diagnosis.candidates import Candidate, FindingKey
from netdoctor.diagnosis.rank import Ranking, present
from netdoctor.diagnosis.topology import Topology
from netdoctor.model import entities
from netdoctor.model.facts import FACT_TYPES
from netdoctor.model.findings import NextStep
from netdoctor.rules.files import LEAKS, Catalogue, Confirm

MOST_STEPS = 3


class Guide:
    """Words questions as commands."""

    def __init__(self, catalogue: Catalogue, topology: Topology, spoken: Mapping[str, str]) -> None:
        """`spoken`: the platform of every device whose platform is known."""
        self._catalogue = catalogue
        self._topology = topology
        self._spoken = spoken

    def steps(self, candidate: Candidate, ranking: Ranking) -> tuple[NextStep, ...]:
        """A cause's own confirming questions, then what was not checked, by what the answer would gain."""
        asked = [self._confirm(confirm, candidate) for confirm in candidate.cause.confirm]
        gains = ((information_gain(key, ranking, self._leak(key)), key) for key in candidate.unchecked)
        worth = sorted((-gain, key) for gain, key in gains if gain > 0.0)
        asked += [self._check(key) for _, key in worth]
        first: dict[tuple[str, str], NextStep] = {}
        for step in asked:
            if step is not None:
                first.setdefault((step.device, step.command), step)
        return tuple(first.values())[:MOST_STEPS]

    def _leak(self, key: FindingKey) -> float:
        return LEAKS[self._catalogue.checks[key[0]].leak]

    def _confirm(self, confirm: Confirm, candidate: Candidate) -> NextStep | None:
        place = self._place(candidate, confirm.at)
        if place is None:
            return None
        device = entities.split(place).device
        template = self._questions(device).get(confirm.ask)
        command = fill(template, self._holes(place)) if template else None
        if command is None:
            return None
        return NextStep(
            device=device,
            command=command,
            why=confirm.why,
            expect=confirm.expect,
            intrusive=confirm.intrusive,
        )

    def _check(self, key: FindingKey) -> NextStep | None:
        check, device = self._catalogue.checks[key[0]], entities.split(key[1]).device
        if not self._knows(device):
            return None
        command = platforms.get(self._spoken[device]).asks_for(FACT_TYPES[check.on])
        if command is None:
            return None
        text = fill(command.template, self._holes(key[1]))
        why = f"not checked so far: {check.title}"
        return NextStep(device=device, command=text, why=why, expect=check.docs.what) if text else None

    def _questions(self, device: str) -> Mapping[str, str]:
        return platforms.get(self._spoken[device]).questions if self._knows(device) else {}

    def _knows(self, device: str) -> bool:
        return self._spoken.get(device) in platforms.names()

    def _place(self, candidate: Candidate, at: str) -> str | None:
        """The entity that a question is about."""
        place = candidate.place
        if at == "here":
            return entities.interface(*place.near) if place.near else place.entity
        if place.far is not None:
            return entities.interface(*place.far)
        return self._topology.counterpart.get(place.entity)

    def _holes(self, entity: str) -> dict[str, str]:
        kind, _, name = entities.split(entity)
        interface = self._topology.place_of(entity)
        holes = {"interface": interface.interface} if interface else {}
        match kind:
            case "bgp" | "bfd":
                peer = name.partition("@")[0]
                return {**holes, "peer": peer, "address": peer}
            case "prefix":
                return {**holes, "prefix": name, "address": name.partition("/")[0]}
            case "host":
                return {**holes, "address": entity.partition(":")[2]}
            case "ospf" | "isis":
                return {**holes, "interface": name}
            case "queue":
                return {**holes, "queue": name.rpartition("/")[2]}
            case _:
                return holes


def fill(template: str, holes: Mapping[str, str]) -> str | None:
    """The template with its holes filled, or None when one is missing."""
    wanted = {name for _, name, _, _ in string.Formatter().parse(template) if name}
    return template.format_map(holes) if wanted <= holes.keys() else None


def information_gain(key: FindingKey, ranking: Ranking, leak: float) -> float:
    """The bits by which the answer to one question would, on average, narrow the ranking."""
    sets = [(p, present(leak, _absent(chosen, key))) for chosen, p in ranking.sets if p > 0.0]
    yes = math.fsum(p * shown for p, shown in sets)
    if not 0.0 < yes < 1.0:
        return 0.0
    before = _entropy(p for p, _ in sets)
    after_yes = _entropy(p * shown / yes for p, shown in sets)
    after_no = _entropy(p * (1.0 - shown) / (1.0 - yes) for p, shown in sets)
    return before - yes * after_yes - (1.0 - yes) * after_no


def _absent(chosen: Iterable[Candidate], key: FindingKey) -> float:
    return math.prod(1.0 - max(c.weights.get(key, 0.0), c.unchecked.get(key, 0.0)) for c in chosen)


def _entropy(masses: Iterable[float]) -> float:
    return -math.fsum(p * math.log2(p) for p in masses if p > 0.0)
