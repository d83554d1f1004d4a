"""What a run concludes: findings, what was not checked, and causes, as the JSON report words them."""

from __future__ import annotations

from typing import Literal, get_args

import msgspec

Severity = Literal["critical", "major", "minor", "info"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
"""Worst first."""

Area = Literal[
    "interface",
    "optics",
    "queue",
    "bgp",
    "lldp",
    "lag",
    "bfd",
    "ospf",
    "isis",
    "mtu",
    "forwarding",
    "acl",
    "copp",
    "l2",
    "overlay",
    "services",
    "device",
    "path",
]
AREAS: tuple[Area, ...] = get_args(Area)

Reason = Literal[
    "unreachable",
    "auth_failed",
    "host_key",
    "unsupported",
    "timeout",
    "parse_error",
    "not_authorised",
    "no_baseline",
    "skipped",
    "truncated",
    "disconnected",
    "faulted",
]
BENIGN_REASONS: frozenset[Reason] = frozenset({"unsupported", "no_baseline", "skipped"})
"""Reasons that never make a run undetermined."""

RunVerdict = Literal["healthy", "degraded", "critical", "undetermined"]
EvidenceRole = Literal["for", "against", "explained", "unchecked"]
Value = bool | int | float | str


class _Record(msgspec.Struct, frozen=True, kw_only=True):
    pass


class Source(_Record, frozen=True, kw_only=True):
    """Where a fact came from: one answer of one device."""

    device: str
    command: str
    sample: int = 1


class Finding(_Record, frozen=True, kw_only=True):
    """A check that failed at one entity. There is one finding a check and entity."""

    check: str
    area: Area
    severity: Severity
    entity: str
    title: str
    measured: dict[str, Value] = {}
    expected: dict[str, Value] = {}
    first_seen: str | None = None
    window_s: float | None = None
    sources: tuple[Source, ...] = ()


class NotChecked(_Record, frozen=True, kw_only=True):
    """A check, or with `check` None a whole area or device, that could not be judged, and why."""

    device: str
    area: Area
    check: str | None = None
    reason: Reason
    detail: str = ""


class Evidence(_Record, frozen=True, kw_only=True):
    """One reason for or against a cause. `present` tells a finding from an absence or a gap."""

    role: EvidenceRole
    check: str
    entity: str
    present: bool
    weight_decibans: float
    """10·log10 of the likelihood ratio against the runner-up."""
    text: str


class NextStep(_Record, frozen=True, kw_only=True):
    """What to run next, and what its answer would mean."""

    device: str
    command: str
    why: str
    expect: str
    intrusive: bool = False


class Cause(_Record, frozen=True, kw_only=True):
    """A ranked hypothesis."""

    id: str
    title: str
    entity: str
    probability: float
    severity: Severity
    explanation: str
    evidence: tuple[Evidence, ...] = ()
    impact: tuple[str, ...] = ()
    next_steps: tuple[NextStep, ...] = ()
    remedy: str = ""


class Change(_Record, frozen=True, kw_only=True):
    """A change of configuration near the incident, as the device's own record tells it."""

    device: str
    at: str | None = None
    user: str | None = None
    via: str | None = None
    summary: str | None = None


class Diagnosis(_Record, frozen=True, kw_only=True):
    """All that a run concludes from the facts it has; sorted, so that equal facts give equal bytes."""

    verdict: RunVerdict = "undetermined"
    summary: str = ""
    causes: tuple[Cause, ...] = ()
    findings: tuple[Finding, ...] = ()
    not_checked: tuple[NotChecked, ...] = ()
    changes: tuple[Change, ...] = ()
    checks_run: int = 0
    exit_code: int = 3


def severity_rank(severity: Severity) -> int:
    """0 for critical, 3 for info: sorts the worst first."""
    return SEVERITIES.index(severity)
