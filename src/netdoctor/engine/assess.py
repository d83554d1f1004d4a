"""Everything a run knows becomes a diagnosis: derive, judge, rank, conclude. The same, live and replayed."""

from __future__ import annotations

from netdoctor import derive
from netdoctor.diagnosis import explain
from netdoctor.diagnosis.candidates import candidates
from netdoctor.diagnosis.conclude import conclude
from netdoctor.diagnosis.rank import rank
from netdoctor.diagnosis.table import Table
from netdoctor.diagnosis.topology import Topology
from netdoctor.engine.gaps import not_checked
from netdoctor.engine.knowledge import Knowledge
from netdoctor.engine.scope import Scope
from netdoctor.model.events import Faulted
from netdoctor.model.facts import FACT_TYPES, ConfigChange
from netdoctor.model.findings import Change, Diagnosis, Finding, NotChecked
from netdoctor.model.observations import Observations
from netdoctor.rules import CheckFault, Verdict, compile_check
from netdoctor.rules.files import Catalogue


def assess(knowledge: Knowledge, catalogue: Catalogue) -> tuple[Diagnosis, list[Faulted]]:
    """The diagnosis, and what of netdoctor itself failed on the way to it."""
    observations, broken = derive.extend(knowledge.observations, knowledge.situation())
    faults = [Faulted(part="deriver", name=name, detail=detail) for name, detail in broken]
    verdicts, unjudged = _judge(catalogue, observations)
    faults += [_fault(row) for row in unjudged]
    topology = Topology(observations)
    scope = Scope(knowledge, topology)
    counted = [verdict for verdict in verdicts if scope.covers(verdict)]
    table = Table(counted)
    findings = table.findings()
    ranking = rank(candidates(catalogue, table, topology), findings, catalogue, knowledge.targets)
    diagnosis = conclude(
        causes=explain.causes(ranking, findings, catalogue, topology, knowledge.platforms),
        findings=findings,
        not_checked=[*not_checked(knowledge, catalogue, counted), *unjudged],
        changes=_changes(knowledge, observations),
        checks_run=len({(v.check.id, v.device) for v in counted if v.status != "unknown"}),
        judged={(v.device, v.check.area) for v in counted if v.status != "unknown"},
        targets={name: name in knowledge.platforms for name in knowledge.targets},
    )
    return diagnosis, faults


def first_findings(knowledge: Knowledge, catalogue: Catalogue, device: str) -> list[Finding]:
    """What one device's own answers show already, before the second sample and the neighbours."""
    own, _ = derive.extend(knowledge.observations.copy(device), knowledge.situation())
    told = {
        name: check
        for name, check in catalogue.checks.items()
        if derive.source_of(FACT_TYPES[check.on]) is FACT_TYPES[check.on]
    }
    verdicts, _ = _judge(Catalogue(checks=told, causes={}), own)
    findings = Table(verdicts).findings()
    return [finding for finding in findings if finding.severity != "info"]


def _judge(catalogue: Catalogue, observations: Observations) -> tuple[list[Verdict], list[NotChecked]]:
    """Every check over every fact it reads; a check that raises is not checked on that device."""
    verdicts: list[Verdict] = []
    unjudged: dict[tuple[str, str], NotChecked] = {}
    for check in catalogue.checks.values():
        for observation in observations.of(FACT_TYPES[check.on]):
            try:
                verdict = compile_check(check).judge(observation)
            except CheckFault as error:
                device = observation.device
                unjudged[check.id, device] = NotChecked(
                    device=device, area=check.area, check=check.id, reason="faulted", detail=str(error)
                )
                continue
            if verdict is not None:
                verdicts.append(verdict)
    return verdicts, [unjudged[key] for key in sorted(unjudged)]


def _fault(row: NotChecked) -> Faulted:
    return Faulted(part="check", name=row.check or "", device=row.device, detail=row.detail)


def _changes(knowledge: Knowledge, observations: Observations) -> list[Change]:
    """Configuration changes on the examined devices inside the incident window, the newest first."""
    found = [
        (seen.device, seen.fact)
        for seen in observations.of(ConfigChange)
        if seen.fact.at is None or knowledge.started_at_s - seen.fact.at.timestamp() <= knowledge.since_s
    ]
    changes = [
        Change(
            device=device,
            at=fact.at.isoformat().replace("+00:00", "Z") if fact.at else None,
            user=fact.user,
            via=fact.via,
            summary=fact.summary,
        )
        for device, fact in found
    ]
    return sorted(changes, key=lambda c: (c.at or "", c.device, c.summary or ""), reverse=True)
