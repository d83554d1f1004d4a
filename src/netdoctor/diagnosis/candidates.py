"""Causes at places: which of the catalogue's causes could stand where, given what was found."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from netdoctor.diagnosis.table import Table
from netdoctor.diagnosis.topology import Topology
from netdoctor.model import entities
from netdoctor.model.entities import LinkEnd
from netdoctor.model.findings import Finding
from netdoctor.rules import Verdict, matches
from netdoctor.rules.files import WEIGHTS, Catalogue, Cause, Locus, Shows

FindingKey = tuple[str, str]
"""A check id and an entity."""


class Place(NamedTuple):
    """Where a cause could stand; a link is seen from its receiving end."""

    kind: Locus
    entity: str
    near: LinkEnd | None = None
    far: LinkEnd | None = None

    def order(self) -> tuple[str, LinkEnd | tuple[()]]:
        """Sorts places, whatever is known of their ends."""
        return self.entity, self.near or ()


@dataclass
class Candidate:
    """One cause at one place, with what it would and would not explain."""

    cause: Cause
    place: Place
    group: str
    """Equal for the two directions of a link, and for the two ends of a session."""
    weights: dict[FindingKey, float] = field(default_factory=dict)
    """P(finding | this cause), for each finding it explains."""
    absent: dict[FindingKey, float] = field(default_factory=dict)
    """log P(it passed | this cause), for each check that passed although this cause would fail it."""
    against: dict[FindingKey, float] = field(default_factory=dict)
    """log of the odds' multiplier, for each finding that speaks against it."""
    unchecked: dict[FindingKey, float] = field(default_factory=dict)
    """P(finding | this cause), for what could not be judged."""
    prior: float = 0.0

    @property
    def fits(self) -> float:
        """The log of how well it goes with what passed and with what speaks against it; 0 is perfectly."""
        return math.fsum(self.absent.values()) + math.fsum(self.against.values())

    @property
    def key(self) -> tuple[str, str]:
        return self.cause.id, self.place.entity


def candidates(catalogue: Catalogue, table: Table, topology: Topology) -> list[Candidate]:
    """Every cause with at least one finding it explains, at every place where it explains one."""
    findings: dict[str, list[Finding]] = defaultdict(list)
    for finding in table.findings():
        findings[finding.check].append(finding)
    serious = {(one.check, one.entity) for one in table.findings() if one.severity != "info"}
    near = Nearby(topology)
    found: list[Candidate] = []
    for cause in catalogue.causes.values():
        places = {
            place
            for check in sorted({shows.check for shows in cause.shows})
            for finding in findings.get(check, ())
            for place in near.places(finding.entity, cause.at)
        }
        standing = [_candidate(cause, place, table, topology) for place in sorted(places, key=Place.order)]
        found.extend(_with_priors(_undominated([one for one in standing if _worth_telling(one, serious)])))
    return found


def _worth_telling(candidate: Candidate, serious: set[FindingKey]) -> bool:
    """True when it explains a symptom. Findings of severity info are context: they raise no cause alone,
    but for a cause that is itself no fault."""
    explained = candidate.weights.keys()
    return bool(explained & serious) or (bool(explained) and candidate.cause.severity == "info")


def _undominated(standing: list[Candidate]) -> list[Candidate]:
    """Drops the places where a cause explains only part of what it explains elsewhere, and no better."""
    largest = sorted(standing, key=lambda one: -len(one.weights))
    kept: list[Candidate] = []
    for one in largest:
        if not any(one.weights.keys() < other.weights.keys() and other.fits >= one.fits for other in kept):
            kept.append(one)
    return kept


def _with_priors(standing: list[Candidate]) -> list[Candidate]:
    """Shares a cause's prior among the places where it explains something."""
    groups = len({candidate.group for candidate in standing})
    for candidate in standing:
        sides = sum(other.group == candidate.group for other in standing) if groups < len(standing) else 1
        candidate.prior = candidate.cause.prior / (groups * sides)
    return standing


def _candidate(cause: Cause, place: Place, table: Table, topology: Topology) -> Candidate:
    candidate = Candidate(cause, place, _group(place, topology))
    related = Related(table, topology, place)
    for shows in cause.shows:
        _expect(candidate, shows, related.verdicts(shows))
    _temper(candidate, {shows.check for shows in cause.shows if shows.how != "sometimes"})
    for shows in cause.against:
        for verdict in related.verdicts(shows):
            if verdict.finding and matches(shows.where, verdict.finding):
                _speak_against(candidate, (shows.check, verdict.entity), WEIGHTS[shows.how])
    return candidate


def _expect(candidate: Candidate, shows: Shows, verdicts: list[Verdict]) -> None:
    """Sorts the verdicts of one expectation into what is explained, what is missing and what is unknown.

    An expectation that several places could meet counts once against the cause: wholly when none or only
    some of the places meet what it makes always or usually, else by the share of those that do not.
    """
    weight = WEIGHTS[shows.how]
    failed = [v for v in verdicts if v.finding and matches(shows.where, v.finding)]
    passed = [v for v in verdicts if v.status == "pass"]
    for verdict in failed:
        key = shows.check, verdict.entity
        candidate.weights[key] = max(weight, candidate.weights.get(key, 0.0))
    expected = len(passed) if not failed or weight >= WEIGHTS["usually"] else len(passed) + len(failed)
    for verdict in passed:
        key = shows.check, verdict.entity
        candidate.absent[key] = min(math.log(1.0 - weight) / expected, candidate.absent.get(key, 0.0))
    for verdict in verdicts:
        if verdict.status == "unknown":
            candidate.unchecked[shows.check, verdict.entity] = weight


def _temper(candidate: Candidate, firm: set[str]) -> None:
    """Lets all that a cause only sometimes shows weigh, by its absence, no more than one such thing.

    They mostly hang on one chance further down the chain (the link went down or it did not), so that
    their absences are one piece of news and not many. `firm`: the checks that it shows oftener.
    """
    once = math.log(1.0 - WEIGHTS["sometimes"])
    seldom = {key: loss for key, loss in candidate.absent.items() if key[0] not in firm}
    total = math.fsum(seldom.values())
    if total < once:
        candidate.absent |= {key: loss * once / total for key, loss in seldom.items()}


def _speak_against(candidate: Candidate, key: FindingKey, weight: float) -> None:
    candidate.against[key] = min(math.log(1.0 - weight), candidate.against.get(key, 0.0))


def _group(place: Place, topology: Topology) -> str:
    if place.kind == "bgp":
        return min(place.entity, topology.counterpart.get(place.entity, place.entity))
    return place.entity


class Nearby:
    """The places of a kind from which a finding at an entity could be explained."""

    def __init__(self, topology: Topology) -> None:
        self._topology = topology

    def places(self, entity: str, kind: Locus) -> Iterable[Place]:
        match kind:
            case "device":
                return [Place(kind, entities.device(name)) for name in self._devices(entity)]
            case "interface":
                return [self._interface(end) for end in self._interfaces(entity)]
            case "link":
                return [self._link(end) for end in self._interfaces(entity)]
            case "bgp":
                return [Place(kind, session) for session in self._sessions(entity)]
            case _:
                return [Place(kind, entity)] if entities.split(entity).kind == kind else []

    def _devices(self, entity: str) -> list[str]:
        facing = self._topology.facing(entity)
        return sorted({*entities.devices_of(entity), *([facing] if facing else [])})

    def _interfaces(self, entity: str) -> list[LinkEnd]:
        place = self._topology.place_of(entity)
        far = self._topology.far_end.get(place) if place else None
        return [end for end in (place, far) if end is not None]

    def _interface(self, end: LinkEnd) -> Place:
        far = self._topology.far_end.get(end)
        return Place("interface", entities.interface(*end), end, far)

    def _link(self, end: LinkEnd) -> Place:
        far = self._topology.far_end.get(end)
        return Place("link", self._topology.link_of.get(end) or entities.link(end, None), end, far)

    def _sessions(self, entity: str) -> list[str]:
        kind, device, name = entities.split(entity)
        topology = self._topology
        if kind == "device":
            return sorted({*topology.sessions_of(device), *_only_bgp(topology.sessions_toward(device))})
        found = {entity} if kind == "bgp" else set[str]()
        if kind == "bfd":
            found |= {session for session in topology.sessions_of(device) if _peer(session) == name}
        if kind in {"interface", "link", "queue"} and (place := topology.place_of(entity)):
            found |= set(_only_bgp(topology.riders_of_link(place)))
        return sorted(found | {topology.counterpart[one] for one in found if one in topology.counterpart})


class Related:
    """The verdicts that stand in a relation to a place."""

    def __init__(self, table: Table, topology: Topology, place: Place) -> None:
        self._table = table
        self._topology = topology
        self._place = place

    def verdicts(self, shows: Shows) -> list[Verdict]:
        """The verdicts of the named check in the named relation, each once."""
        match shows.relation:
            case "same-device":
                device = entities.split(self._place.entity).device
                devices = [self._place.near.device] if self._place.near else [device]
                return [v for name in devices for v in self._table.on_device(shows.check, name)]
            case "same-prefix":
                return self._same_prefix(shows.check)
            case "same-parent-port":
                return self._siblings(shows.check)
            case relation:
                spots = dict.fromkeys(self._spots(relation))
                found = {v.entity: v for spot in spots for v in self._at(shows.check, spot)}
                return [found[entity] for entity in sorted(found)]

    def _at(self, check: str, spot: str) -> list[Verdict]:
        """The verdicts at a spot. Where one of several things on it failed, the others' passing is no news:
        a full link need not drop in every queue, nor a hot chassis alarm on every sensor.
        """
        found = self._table.at(check, spot)
        return [v for v in found if v.status != "pass"] if any(v.finding for v in found) else found

    def _spots(self, relation: str) -> Iterator[str]:
        match relation:
            case "here":
                yield from self._here()
            case "one-end":
                yield from self._end(self._place.near)
            case "far-end":
                yield from self._far_end()
            case "both-ends":
                yield from self._end(self._place.near) if self._place.near else self._here()
                yield from self._far_end()
            case "over-link":
                yield from self._over_link()
            case "under":
                yield from self._under()
            case _:
                return

    def _here(self) -> Iterator[str]:
        entity = self._place.entity
        if self._place.kind == "interface":
            yield from self._end(self._place.near)
        else:
            yield entity
        if self._place.kind == "bgp":
            yield _bfd_of(entity)

    def _end(self, end: LinkEnd | None) -> Iterator[str]:
        if end is not None:
            yield from (entities.interface(end.device, name) for name in self._topology.names_at(end))
            yield from (one for one in self._topology.riders.get(end, ()) if one.startswith("lag:"))

    def _far_end(self) -> Iterator[str]:
        match self._place.kind:
            case "bgp":
                if far := self._topology.counterpart.get(self._place.entity):
                    yield from (far, _bfd_of(far), entities.device(entities.split(far).device))
            case "device":
                device = entities.split(self._place.entity).device
                yield from self._topology.sessions_toward(device)
                for end in self._topology.links_of(device):
                    yield from self._end(self._topology.far_end.get(end))
            case _:
                yield from self._end(self._place.far)

    def _over_link(self) -> Iterator[str]:
        if self._place.near is not None:
            yield from self._topology.riders_of_link(self._place.near)
            if link := self._topology.link_of.get(self._place.near):
                yield link
        elif self._place.kind == "device":
            device = entities.split(self._place.entity).device
            yield from self._topology.sessions_of(device)
            for end in self._topology.links_of(device):
                yield from self._topology.riders_of_link(end)

    def _under(self) -> Iterator[str]:
        for session in (self._place.entity, self._topology.counterpart.get(self._place.entity, "")):
            carrier = self._topology.carrier.get(session)
            far = self._topology.far_end.get(carrier) if carrier else None
            for end in (carrier, far):
                yield from self._end(end)
            if carrier and carrier in self._topology.link_of:
                yield self._topology.link_of[carrier]

    def _same_prefix(self, check: str) -> list[Verdict]:
        name = entities.split(self._place.entity).name
        return [
            verdict
            for device in sorted(self._topology.devices)
            for verdict in self._table.at(check, entities.prefix(device, name))
        ]

    def _siblings(self, check: str) -> list[Verdict]:
        """Verdicts on the other ports of the same breakout or card: `Ethernet1/2` and `Ethernet1/3`."""
        device = entities.split(self._place.entity).device
        own = self._place.near.interface if self._place.near else None
        found = self._table.on_device(check, device)
        return [v for v in found if own is None or _is_sibling(entities.split(v.entity).name, own)]


def _is_sibling(name: str, own: str) -> bool:
    parent = own.rpartition("/")[0]
    return bool(parent) and name != own and name.rpartition("/")[0] == parent


def _only_bgp(found: Iterable[str]) -> list[str]:
    return [entity for entity in found if entity.startswith("bgp:")]


def _peer(session: str) -> str:
    return entities.split(session).name.partition("@")[0]


def _bfd_of(session: str) -> str:
    return entities.bfd(entities.split(session).device, _peer(session))
