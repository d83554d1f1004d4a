"""The shape of the report, `netdoctor.report/1`, exactly as users and scripts may rely on it."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, UnsetType

from netdoctor.model.findings import Area, EvidenceRole, Reason, RunVerdict, Severity, Value

SCHEMA: Literal["netdoctor.report/1"] = "netdoctor.report/1"


class _Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class Run(_Record, frozen=True, kw_only=True):
    id: str
    version: str
    started_at: str
    """RFC 3339, UTC."""
    duration_s: float
    targets: tuple[str, ...]
    symptom: str | None
    deadline_hit: bool


class Evidence(_Record, frozen=True, kw_only=True):
    """Names a finding; where the evidence is an absence or a gap, `check` and `entity` stand instead."""

    finding: str | None
    check: str | UnsetType = UNSET
    entity: str | UnsetType = UNSET
    role: EvidenceRole
    weight_decibans: float
    """10·log10 of the likelihood ratio against the runner-up."""
    text: str


class NextStep(_Record, frozen=True, kw_only=True):
    device: str
    command: str
    why: str
    expect: str
    intrusive: Literal[True] | UnsetType = UNSET
    """Stands only on what netdoctor itself would never run."""


class Cause(_Record, frozen=True, kw_only=True):
    rank: int
    id: str
    title: str
    entity: str
    probability: float
    severity: Severity
    explanation: str
    evidence: tuple[Evidence, ...]
    impact: tuple[str, ...]
    next_steps: tuple[NextStep, ...]
    remedy: str


class Source(_Record, frozen=True, kw_only=True):
    device: str
    command: str
    output: str | None
    """The id of the capture, `O12`; null when the run kept none."""
    excerpt: str


class Finding(_Record, frozen=True, kw_only=True):
    id: str
    check: str
    area: Area
    severity: Severity
    entity: str
    title: str
    measured: dict[str, Value]
    expected: dict[str, Value]
    first_seen: str | None
    window_s: float | None
    source: tuple[Source, ...]


class NotChecked(_Record, frozen=True, kw_only=True):
    device: str
    area: Area
    check: str | None
    """Null when the whole area could not be judged."""
    reason: Reason
    detail: str


class Device(_Record, frozen=True, kw_only=True):
    name: str
    platform: str | None
    model: str | None
    os_version: str | None
    reachable: bool
    commands: int
    session_s: float | None


class Change(_Record, frozen=True, kw_only=True):
    device: str
    at: str | None
    user: str | None
    via: str | None
    summary: str | None


class Coverage(_Record, frozen=True, kw_only=True):
    checks_run: int
    findings: int
    not_checked: int


class Report(_Record, frozen=True, kw_only=True):
    """One run, as every format shows it. Lists are sorted, and empty rather than absent."""

    schema: Literal["netdoctor.report/1"]
    run: Run
    verdict: RunVerdict
    summary: str
    causes: tuple[Cause, ...]
    findings: tuple[Finding, ...]
    not_checked: tuple[NotChecked, ...]
    devices: tuple[Device, ...]
    paths: Annotated[tuple[dict[str, Value], ...], msgspec.Meta(max_length=0)]
    """Always empty: this version probes no paths."""
    changes: tuple[Change, ...]
    coverage: Coverage
