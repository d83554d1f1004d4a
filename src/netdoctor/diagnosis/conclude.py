"""The verdict, the sentence for a manager, and the exit code that follows from both."""

from __future__ import annotations

from collections.abc import Mapping

from netdoctor.diagnosis.explain import BELIEVED_FROM
from netdoctor.diagnosis.rank import UNKNOWN_ID
from netdoctor.model import entities
from netdoctor.model.findings import (
    BENIGN_REASONS,
    Area,
    Cause,
    Change,
    Diagnosis,
    Finding,
    NotChecked,
    RunVerdict,
)

_EXIT_CODES: dict[RunVerdict, int] = {"healthy": 0, "degraded": 1, "critical": 1, "undetermined": 3}


def conclude(
    *,
    causes: tuple[Cause, ...],
    findings: list[Finding],
    not_checked: list[NotChecked],
    changes: list[Change],
    checks_run: int,
    judged: set[tuple[str, Area]],
    targets: Mapping[str, bool],
) -> Diagnosis:
    """The diagnosis. `judged`: areas with at least one judged check, by device; `targets`: reached or not."""
    rows = sorted(not_checked, key=lambda row: (row.device, row.area, row.check or "", row.reason))
    verdict = _verdict(causes, findings, rows, judged, targets)
    return Diagnosis(
        verdict=verdict,
        summary=_summary(verdict, causes, findings, targets),
        causes=causes,
        findings=tuple(findings),
        not_checked=tuple(rows),
        changes=tuple(changes),
        checks_run=checks_run,
        exit_code=_EXIT_CODES[verdict],
    )


def _verdict(
    causes: tuple[Cause, ...],
    findings: list[Finding],
    rows: list[NotChecked],
    judged: set[tuple[str, Area]],
    targets: Mapping[str, bool],
) -> RunVerdict:
    serious = {finding.severity for finding in findings} - {"info"}
    believed = {cause.severity for cause in causes if cause.probability >= BELIEVED_FROM} - {"info"}
    if serious | believed:
        return "critical" if "critical" in serious | believed else "degraded"
    blind = {
        (row.device, row.area) for row in rows if row.device in targets and row.reason not in BENIGN_REASONS
    }
    if not all(targets.values()) or blind - judged:
        return "undetermined"
    return "healthy"


def _summary(
    verdict: RunVerdict, causes: tuple[Cause, ...], findings: list[Finding], targets: Mapping[str, bool]
) -> str:
    believed = [cause for cause in causes if cause.probability >= BELIEVED_FROM and cause.id != UNKNOWN_ID]
    if believed:
        first, *others = believed
        more = f" and {len(others)} more" if others else ""
        return f"{first.title} at {entities.describe(first.entity)} ({first.probability:.0%} sure){more}."
    names = ", ".join(targets)
    if verdict == "healthy":
        return f"Nothing wrong was found on {names}."
    if verdict == "undetermined":
        away = [name for name, reached in targets.items() if not reached]
        if away:
            return f"Could not tell: no session with {', '.join(away)}."
        return f"Could not tell: part of what was asked could not be checked on {names}."
    return _unproven(causes, [finding for finding in findings if finding.severity != "info"])


def _unproven(causes: tuple[Cause, ...], serious: list[Finding]) -> str:
    count = f"{len(serious)} {'finding' if len(serious) == 1 else 'findings'}"
    if causes and causes[0].id != UNKNOWN_ID:
        return f"{count}; most likely {causes[0].title.lower()}, but not proven."
    return f"{count} that fit no known cause; the worst: {serious[0].title}." if serious else f"{count}."
