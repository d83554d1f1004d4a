"""The report of a run: a pure function of its state, with ids given in sorted order."""

from __future__ import annotations

from datetime import UTC, datetime

from msgspec import UNSET

from netdoctor.model import findings as model
from netdoctor.report import model as report
from netdoctor.report.excerpt import Excerpt, excerpt
from netdoctor.view.state import CaptureKey, DeviceState, RunState

_UNFINISHED = "The run was cut off before anything was concluded."
_COLLECTED = "Collected, not diagnosed: `netdoctor analyze` does that."


class NotARun(ValueError):
    """A journal that does not tell which run it is of."""


def build(state: RunState) -> report.Report:
    """The report of what `state` knows. Raises NotARun for a journal without its beginning.

    Equal states give equal reports: findings and captures are numbered in sorted order, never in the order
    in which they came.
    """
    diagnosis = state.diagnosis or _no_diagnosis(state)
    findings = sorted(state.findings, key=_finding_order)
    finding_ids = {(f.check, f.entity): f"F{number}" for number, f in enumerate(findings, start=1)}
    outputs = output_ids(state)
    return report.Report(
        schema=report.SCHEMA,
        run=_run(state),
        verdict=diagnosis.verdict,
        summary=diagnosis.summary,
        causes=tuple(_cause(rank, c, finding_ids) for rank, c in enumerate(diagnosis.causes, start=1)),
        findings=tuple(_finding(f, finding_ids[f.check, f.entity], state, outputs) for f in findings),
        not_checked=tuple(_not_checked(row) for row in sorted(diagnosis.not_checked, key=_not_checked_order)),
        devices=tuple(_device(state.devices[name], state) for name in sorted(state.devices)),
        paths=(),
        changes=tuple(_change(change) for change in diagnosis.changes),
        coverage=report.Coverage(
            checks_run=diagnosis.checks_run,
            findings=len(findings),
            not_checked=len(diagnosis.not_checked),
        ),
    )


def _no_diagnosis(state: RunState) -> model.Diagnosis:
    collected = state.ended is not None and state.started is not None and state.started.kind == "collect"
    return model.Diagnosis(summary=_COLLECTED if collected else _UNFINISHED)


def output_ids(state: RunState) -> dict[CaptureKey, str]:
    """The ids of the captures, `O1`…, by device, command and sample."""
    return {key: f"O{number}" for number, key in enumerate(sorted(state.captures), start=1)}


def _finding_order(finding: model.Finding) -> tuple[int, str, str]:
    return model.severity_rank(finding.severity), finding.check, finding.entity


def _not_checked_order(row: model.NotChecked) -> tuple[str, ...]:
    return row.device, row.area, row.check or "", row.reason, row.detail


def _run(state: RunState) -> report.Run:
    if state.started is None or state.started_at is None:
        raise NotARun("this journal has no beginning: its RunStarted is missing")
    elapsed = (state.latest_at or state.started_at) - state.started_at
    duration_s = state.ended.duration_s if state.ended else elapsed.total_seconds()
    return report.Run(
        id=state.started.run_id,
        version=state.started.version,
        started_at=_rfc3339(state.started_at),
        duration_s=round(duration_s, 2),
        targets=state.started.targets,
        symptom=state.started.symptom,
        deadline_hit=state.ended is not None and state.ended.deadline_hit,
    )


def _rfc3339(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _cause(rank: int, cause: model.Cause, finding_ids: dict[tuple[str, str], str]) -> report.Cause:
    return report.Cause(
        rank=rank,
        id=cause.id,
        title=cause.title,
        entity=cause.entity,
        probability=round(cause.probability, 3),
        severity=cause.severity,
        explanation=cause.explanation,
        evidence=tuple(_evidence(item, finding_ids) for item in cause.evidence),
        impact=cause.impact,
        next_steps=tuple(_next_step(step) for step in cause.next_steps),
        remedy=cause.remedy,
    )


def _evidence(item: model.Evidence, finding_ids: dict[tuple[str, str], str]) -> report.Evidence:
    finding = finding_ids.get((item.check, item.entity)) if item.present else None
    return report.Evidence(
        finding=finding,
        check=UNSET if finding else item.check,
        entity=UNSET if finding else item.entity,
        role=item.role,
        weight_decibans=round(item.weight_decibans, 1),
        text=item.text,
    )


def _next_step(step: model.NextStep) -> report.NextStep:
    return report.NextStep(
        device=step.device,
        command=step.command,
        why=step.why,
        expect=step.expect,
        intrusive=True if step.intrusive else UNSET,
    )


def _finding(
    finding: model.Finding, name: str, state: RunState, outputs: dict[CaptureKey, str]
) -> report.Finding:
    return report.Finding(
        id=name,
        check=finding.check,
        area=finding.area,
        severity=finding.severity,
        entity=finding.entity,
        title=finding.title,
        measured=dict(sorted(finding.measured.items())),
        expected=dict(sorted(finding.expected.items())),
        first_seen=finding.first_seen,
        window_s=finding.window_s,
        source=_sources(finding, state, outputs),
    )


def _sources(
    finding: model.Finding, state: RunState, outputs: dict[CaptureKey, str]
) -> tuple[report.Source, ...]:
    """The answers that show what was measured; when none does, all that the finding came from."""
    shown: list[report.Source] = []
    others: list[report.Source] = []
    for key in sorted((source.device, source.command, source.sample) for source in finding.sources):
        capture = state.captures.get(key)
        found = excerpt(capture.output, key[0], finding) if capture else Excerpt("", telling=False)
        source = report.Source(device=key[0], command=key[1], output=outputs.get(key), excerpt=found.text)
        (shown if found.telling else others).append(source)
    return tuple(shown or others)


def _not_checked(row: model.NotChecked) -> report.NotChecked:
    return report.NotChecked(
        device=row.device, area=row.area, check=row.check, reason=row.reason, detail=row.detail
    )


def _device(device: DeviceState, state: RunState) -> report.Device:
    info = state.info(device.name)
    return report.Device(
        name=device.name,
        platform=device.platform,
        model=info.model if info else None,
        os_version=info.os_version if info else None,
        reachable=device.reachable,
        commands=device.commands_count,
        session_s=None if device.session_s is None else round(device.session_s, 2),
    )


def _change(change: model.Change) -> report.Change:
    return report.Change(
        device=change.device, at=change.at, user=change.user, via=change.via, summary=change.summary
    )
