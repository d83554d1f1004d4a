"""Runs the examples inside a check file."""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec

from netdoctor.model.facts import FACT_TYPES, Fact
from netdoctor.model.observations import Observation
from netdoctor.rules.errors import CheckFault
from netdoctor.rules.files import Case, Check
from netdoctor.rules.judge import Verdict, compile_check
from netdoctor.strictyaml import Keys, first_mistake

DEVICE = "d1"
"""The device that every case stands on."""

_FILLERS: dict[Any, Any] = {int: 1, float: 1.0, bool: True}


class CaseFailure(NamedTuple):
    """A case whose outcome is not what it expects. `keys` leads to it inside the file."""

    case: str
    keys: Keys
    problem: str


def run_cases(check: Check) -> list[CaseFailure]:
    """Every way in which the cases of a check do not come out as written."""
    found: list[CaseFailure] = []
    for position, case in enumerate(check.cases):
        keys: Keys = ("cases", position)
        found += [CaseFailure(case.name, (*keys, *where), text) for where, text in _run(check, case)]
    return found


def fact_of(case: Case, fact_type: type[Fact]) -> Fact:
    """The fact of a case. Raises msgspec.ValidationError.

    Fields that every fact of the type has (its interface, its window) may be left out; they are filled.
    """
    return msgspec.convert({**_fillers(fact_type), **case.fact}, fact_type)


def _run(check: Check, case: Case) -> list[tuple[Keys, str]]:
    fact_type = FACT_TYPES[check.on]
    mistake = first_mistake({**_fillers(fact_type), **case.fact}, fact_type, ("fact",))
    if mistake:
        return [mistake]
    try:
        verdict = compile_check(check).judge(Observation(DEVICE, fact_of(case, fact_type), (), 0.0))
    except CheckFault as fault:
        return [((), f"the case {case.name!r} raises: {fault}")]
    return _compare(case, verdict)


def _compare(case: Case, verdict: Verdict | None) -> list[tuple[Keys, str]]:
    status = verdict.status if verdict else "not_applicable"
    finding = verdict.finding if verdict else None
    if status != case.expect:
        why = f" (it needs {', '.join(verdict.missing)})" if verdict and verdict.missing else ""
        return [(("expect",), f"the case {case.name!r} gives {status}{why}, not {case.expect}")]
    wrong: list[tuple[Keys, str]] = []
    if case.severity and (finding is None or finding.severity != case.severity):
        severity = finding.severity if finding else "none"
        wrong.append(
            (("severity",), f"the case {case.name!r} gives severity {severity}, not {case.severity}")
        )
    if case.message is not None and (finding is None or finding.title != case.message):
        title = finding.title if finding else "nothing"
        wrong.append((("message",), f"the case {case.name!r} says {title!r}, not {case.message!r}"))
    return wrong


def _fillers(fact_type: type[Fact]) -> dict[str, Any]:
    """What stands for the fields that are always known; a text is its field's name. Words are not guessed."""
    plain = {str, *_FILLERS}
    required = [f for f in msgspec.structs.fields(fact_type) if f.required and f.type in plain]
    return {f.name: _FILLERS.get(f.type, f.name) for f in required}
