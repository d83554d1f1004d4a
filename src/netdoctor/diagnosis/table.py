"""Verdicts by check and place: what failed, what passed, what is unknown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from netdoctor.model import entities
from netdoctor.model.findings import Finding, severity_rank
from netdoctor.rules import Verdict


class Table:
    """The verdicts of a run, one a check and entity: the worst finding wins, a pass beats an unknown."""

    def __init__(self, verdicts: Iterable[Verdict]) -> None:
        self._verdicts: dict[tuple[str, str], Verdict] = {}
        self._by_check_device: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._by_check_place: dict[tuple[str, str], set[str]] = defaultdict(set)
        for verdict in verdicts:
            self._add(verdict)

    def _add(self, verdict: Verdict) -> None:
        key = (verdict.check.id, verdict.entity)
        known = self._verdicts.get(key)
        if known is None or _outranks(verdict, known):
            self._verdicts[key] = verdict
        for device in entities.devices_of(verdict.entity) or (verdict.device,):
            self._by_check_device[verdict.check.id, device].add(verdict.entity)
        for place in _places(verdict.entity):
            self._by_check_place[verdict.check.id, place].add(verdict.entity)

    def at(self, check: str, place: str) -> list[Verdict]:
        """The verdicts of a check at a place and on what stands on it."""
        found = self._by_check_place.get((check, place), ())
        return [self._verdicts[check, entity] for entity in sorted(found)]

    def on_device(self, check: str, device: str) -> list[Verdict]:
        """The verdicts of a check anywhere on a device."""
        found = self._by_check_device.get((check, device), ())
        return [self._verdicts[check, entity] for entity in sorted(found)]

    def all(self) -> list[Verdict]:
        return [self._verdicts[key] for key in sorted(self._verdicts)]

    def findings(self) -> list[Finding]:
        """What failed, the worst first."""
        found = [verdict.finding for verdict in self._verdicts.values() if verdict.finding]
        return sorted(found, key=lambda f: (severity_rank(f.severity), f.check, f.entity))


def _places(entity: str) -> tuple[str, ...]:
    """An entity and the places it stands on: a queue on its interface, a sensor on its device."""
    kind, device, name = entities.split(entity)
    match kind:
        case "queue":
            return entity, entities.interface(device, name.rpartition("/")[0])
        case "ospf" | "isis":
            return entity, entities.interface(device, name)
        case "sensor":
            return entity, entities.device(device)
        case _:
            return (entity,)


def _outranks(new: Verdict, known: Verdict) -> bool:
    return _rank(new) < _rank(known)


def _rank(verdict: Verdict) -> tuple[int, int, str, str]:
    order = {"fail": 0, "pass": 1, "unknown": 2}[verdict.status]
    finding = verdict.finding
    return (
        order,
        severity_rank(finding.severity) if finding else 0,
        finding.title if finding else "",
        verdict.device,
    )
