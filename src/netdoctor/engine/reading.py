"""Captured answers become facts in the journal."""

from __future__ import annotations

from collections.abc import Mapping

from netdoctor.engine.journal import Journal
from netdoctor.model.events import Captured, CommandFailed, Entry, Faulted, Parsed
from netdoctor.model.facts import Fact
from netdoctor.model.findings import Reason
from netdoctor.platforms.base import Command, NotUnderstood, understand


def read(command: Command, arguments: Mapping[str, str], entry: Entry, journal: Journal) -> list[Fact]:
    """Parses a captured answer into the journal, at the answer's own time. Returns its facts.

    What cannot be parsed is a failure of that command with its reason; the answer itself is kept.
    """
    captured = entry.event
    if not isinstance(captured, Captured):
        raise TypeError(f"not an answer: {type(captured).__name__}")
    device = captured.device
    try:
        facts, notes = understand(command.parse, captured.output, arguments, entry.at)
    except NotUnderstood as error:
        reason: Reason = "truncated" if captured.truncated else "parse_error"
        journal.append(device, _failed(captured, reason, str(error)), at=entry.at)
        return []
    except Exception as error:  # noqa: BLE001 - a seam: a parser's fault costs its own facts only
        detail = f"{type(error).__name__}: {error}"
        journal.append(device, _failed(captured, "faulted", detail), at=entry.at)
        fault = Faulted(part="parser", name=captured.command, device=device, detail=detail)
        journal.append(device, fault, at=entry.at)
        return []
    parsed = Parsed(
        device=device,
        command=captured.command,
        sample=captured.sample,
        facts=tuple(facts),
        notes=tuple(notes),
    )
    journal.append(device, parsed, at=entry.at)
    return facts


def _failed(captured: Captured, reason: Reason, detail: str) -> CommandFailed:
    return CommandFailed(
        device=captured.device,
        command=captured.command,
        sample=captured.sample,
        reason=reason,
        detail=detail,
        platform=captured.platform,
    )
