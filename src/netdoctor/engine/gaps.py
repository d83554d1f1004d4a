"""What could not be checked, and why: silence is never health."""

from __future__ import annotations

from collections.abc import Iterable

from netdoctor import platforms
from netdoctor.derive import source_of
from netdoctor.engine.knowledge import Knowledge
from netdoctor.model.facts import FACT_TYPES, Fact
from netdoctor.model.findings import NotChecked, Reason
from netdoctor.platforms.base import Command, Platform
from netdoctor.rules import Verdict
from netdoctor.rules.files import Catalogue, Check


def not_checked(knowledge: Knowledge, catalogue: Catalogue, verdicts: Iterable[Verdict]) -> list[NotChecked]:
    """One row a device and check that should have been judged there and was not."""
    judged: dict[tuple[str, str], set[str]] = {}
    missing: dict[tuple[str, str], set[str]] = {}
    for verdict in verdicts:
        judged.setdefault((verdict.device, verdict.check.id), set()).add(verdict.status)
        missing.setdefault((verdict.device, verdict.check.id), set()).update(verdict.missing)
    rows: list[NotChecked] = []
    for device in sorted(knowledge.roles):
        for check in catalogue.checks.values():
            if knowledge.areas and check.area not in knowledge.areas:
                continue
            statuses = judged.get((device, check.id), set())
            if statuses - {"unknown"}:
                continue
            reason = _reason(knowledge, device, check, missing.get((device, check.id), set()), bool(statuses))
            if reason is not None:
                rows.append(_row(device, check, *reason))
    return rows


def _reason(
    knowledge: Knowledge, device: str, check: Check, missing: set[str], unknown: bool
) -> tuple[Reason, str] | None:
    """Why a check has no verdict on a device; None when there is nothing there to judge."""
    source = source_of(FACT_TYPES[check.on])
    if source is None:
        return None
    if device not in knowledge.platforms:
        failed = knowledge.unreached.get(device)
        return (failed.reason, failed.detail) if failed else ("timeout", "the run ended first")
    platform = platforms.get(knowledge.platforms[device])
    failure = _failure(knowledge, device, platform, source)
    if failure is not None:
        return failure
    if unknown:
        return "unsupported", f"the device does not say {', '.join(sorted(missing)) or 'enough'}"
    if not any(source in command.gives for command in platform.commands):
        return "unsupported", f"netdoctor knows no command of {platform.title} that tells this"
    lost = knowledge.unreached.get(device)
    if lost is not None and not knowledge.observations.of(source, device):
        return lost.reason, lost.detail
    return None


def _failure(
    knowledge: Knowledge, device: str, platform: Platform, source: type[Fact]
) -> tuple[Reason, str] | None:
    """The failure of the command that gives a fact type, unless another command gave it all the same."""
    runs = [
        (text, command)
        for text, command in _tried(knowledge, device, platform)
        if source in command.gives and (device, text) in knowledge.failures
    ]
    if not runs or (
        knowledge.observations.of(source, device) and not _second_sample(knowledge, device, runs)
    ):
        return None
    event = knowledge.failures[device, runs[0][0]]
    return event.reason, f"{event.command}: {event.detail}" if event.detail else event.command


def _second_sample(knowledge: Knowledge, device: str, runs: list[tuple[str, Command]]) -> bool:
    """True when what failed is the second reading of counters, so that no difference can be taken."""
    return any(command.sampled and knowledge.failures[device, text].sample > 1 for text, command in runs)


def _tried(knowledge: Knowledge, device: str, platform: Platform) -> Iterable[tuple[str, Command]]:
    for where, text in sorted(knowledge.failures):
        if where == device and (found := platform.command_for(text)) is not None:
            yield text, found[0]


def _row(device: str, check: Check, reason: Reason, detail: str) -> NotChecked:
    return NotChecked(device=device, area=check.area, check=check.id, reason=reason, detail=detail)
