"""Ranked candidates as the report's causes: with explanation, evidence, impact and next steps."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from netdoctor.diagnosis.candidates import Candidate
from netdoctor.diagnosis.evidence import Weigher
from netdoctor.diagnosis.next_step import Guide
from netdoctor.diagnosis.rank import UNKNOWN_ID, Ranked, Ranking
from netdoctor.diagnosis.topology import Topology
from netdoctor.model import entities
from netdoctor.model.findings import Cause, Finding, severity_rank
from netdoctor.rules import format_message
from netdoctor.rules.files import Catalogue

SHOWN_FROM = 0.1
"""Causes less probable than this are not reported."""
BELIEVED_FROM = 0.5
"""From this probability on a cause is the answer; below it is «also possible»."""


def causes(
    ranking: Ranking,
    findings: list[Finding],
    catalogue: Catalogue,
    topology: Topology,
    spoken: Mapping[str, str],
) -> tuple[Cause, ...]:
    """The causes worth showing, the most probable first."""
    shown = [one for one in ranking.ranked if one.probability >= SHOWN_FROM and not _idle(one, ranking)]
    weigher, guide = Weigher(catalogue, findings), Guide(catalogue, topology, spoken)
    told = [_cause(one, _rival(one, ranking), ranking, weigher, guide) for one in shown]
    return tuple(_worded(one, cause, findings) for one, cause in zip(shown, told, strict=True))


def _idle(own: Ranked, ranking: Ranking) -> bool:
    """True for the unknown cause when the believed ones leave it nothing to explain."""
    if own.candidate.cause.id != UNKNOWN_ID:
        return False
    believed = [one for one in ranking.ranked if one.probability >= BELIEVED_FROM and one is not own]
    explained = {key for one in believed for key in one.candidate.weights}
    return own.candidate.weights.keys() <= explained


def _rival(own: Ranked, ranking: Ranking) -> Candidate | None:
    """What a cause is weighed against: the runner-up for the first, the first for all others."""
    others = [
        one
        for one in ranking.ranked
        if (one.candidate.cause.id, one.candidate.group) != (own.candidate.cause.id, own.candidate.group)
    ]
    return others[0].candidate if others else None


def _cause(own: Ranked, rival: Candidate | None, ranking: Ranking, weigher: Weigher, guide: Guide) -> Cause:
    candidate, file = own.candidate, own.candidate.cause
    evidence = weigher.evidence(candidate, rival)
    values = {**weigher.values(candidate, evidence), "entity": entities.describe(candidate.place.entity)}
    explained = {entity for _, entity in candidate.weights}
    return Cause(
        id=file.id,
        title=file.title,
        entity=candidate.place.entity,
        probability=round(own.probability, 3),
        severity=file.severity,
        explanation=format_message(file.explain, values),
        evidence=evidence,
        impact=tuple(sorted(explained - {candidate.place.entity})),
        next_steps=guide.steps(candidate, ranking),
        remedy=file.remedy,
    )


def _worded(own: Ranked, cause: Cause, findings: list[Finding]) -> Cause:
    """`unknown` is as severe as the worst finding, and names the findings it stands for."""
    if own.candidate.cause.id != UNKNOWN_ID:
        return cause
    serious = [finding for finding in findings if finding.severity != "info"]
    worst = min((finding.severity for finding in serious), key=severity_rank, default="info")
    place = serious[0].entity if serious else cause.entity
    return msgspec.structs.replace(cause, entity=place, severity=worst)
