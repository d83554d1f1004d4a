"""What could not be checked, and why: silence is never health."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from netdoctor import platforms
from netdoctor.derive import needs_two_samples, source_of
from netdoctor.engine.knowledge import Knowledge
from netdoctor.model.events import CommandFailed
from netdoctor.model.facts import FACT_TYPES, Fact
from netdoctor.model.findings import NotChecked, Reason
from netdoctor.platforms.base import Command
from netdoctor.rules import Verdict
from netdoctor.rules.files import Catalogue, Check


def not_checked(knowledge: Knowledge, catalogue: Catalogue, verdicts: Iterable[Verdict]) -> list[NotChecked]:
    """One row a device and check that should have been judged there and was not."""
    unknown: dict[tuple[str, str], set[str]] = defaultdict(set)
    judged: set[tuple[str, str]] = set()
    for verdict in verdicts:
        if verdict.status == "unknown":
            unknown[verdict.device, verdict.check.id].update(verdict.missing or ("enough",))
        else:
            judged.add((verdict.device, verdict.check.id))
    wanted = [c for c in catalogue.checks.values() if not knowledge.areas or c.area in knowledge.areas]
    rows: list[NotChecked] = []
    for device in sorted(knowledge.roles):
        silences = Silences(knowledge, device)
        for check in wanted:
            if (device, check.id) not in judged:
                why = silences.why(check, unknown.get((device, check.id), set()))
                rows += [_row(device, check, *why)] if why else []
    return rows


class Silences:
    """Why one device did not tell what it was asked."""

    def __init__(self, knowledge: Knowledge, device: str) -> None:
        self._device = device
        self._observations = knowledge.observations
        self._lost = knowledge.unreached.get(device)
        name = knowledge.platforms.get(device)
        self._platform = platforms.get(name) if name else None
        self._known = {command_type for command in self._commands for command_type in command.gives}
        self._told = {kind for kind in self._known if device in knowledge.observations.devices(kind)}
        self._failed: dict[type[Fact], CommandFailed] = {}
        for (where, text), event in sorted(knowledge.failures.items(), key=lambda item: item[0]):
            if where == device:
                self._note(text, event)

    @property
    def _commands(self) -> Iterable[Command]:
        return self._platform.commands if self._platform else ()

    def _note(self, text: str, event: CommandFailed) -> None:
        found = self._platform.command_for(text) if self._platform else None
        for kind in found[0].gives if found else ():
            # What another command told all the same is no gap, unless it is the second reading of a counter.
            if kind not in self._told or (found and found[0].sampled and event.sample > 1):
                self._failed.setdefault(kind, event)

    def why(self, check: Check, missing: set[str]) -> tuple[Reason, str] | None:
        """The reason why a check has no verdict here; None when there is nothing here to judge."""
        source = source_of(FACT_TYPES[check.on])
        if source is None:
            return None
        if self._platform is None:
            return (
                (self._lost.reason, self._lost.detail) if self._lost else ("timeout", "the run ended first")
            )
        if (failed := self._failed.get(source)) is not None:
            return failed.reason, f"{failed.command}: {failed.detail}" if failed.detail else failed.command
        if missing:
            return "unsupported", f"the device does not say {', '.join(sorted(missing))}"
        if source not in self._known:
            return "unsupported", f"netdoctor knows no command of {self._platform.title} that tells this"
        if self._lost is not None and source not in self._told:
            return self._lost.reason, self._lost.detail
        if needs_two_samples(FACT_TYPES[check.on]) and source in self._told and not self._twice(source):
            return "timeout", "the run ended before the counters were read a second time"
        return None

    def _twice(self, source: type[Fact]) -> bool:
        return self._observations.sampled_twice(source, self._device)


def _row(device: str, check: Check, reason: Reason, detail: str) -> NotChecked:
    return NotChecked(device=device, area=check.area, check=check.id, reason=reason, detail=detail)
