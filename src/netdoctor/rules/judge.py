"""Judges facts by checks.

A condition is true, false or unknown, and so is a check:

- `applies` false: the check says nothing of this fact (None).
- `applies` unknown: unknown, but only where `fail` alone would not have passed; else None.
- `fail` true, false or unknown: `fail`, `pass` or `unknown`.
- `severity`: the first condition that is true; an unknown one counts as not true.
"""

from __future__ import annotations

import math
from datetime import datetime
from typing import Any, Literal

import msgspec

from netdoctor.model import entities
from netdoctor.model.facts import FACT_TYPES
from netdoctor.model.findings import Finding, Severity, Value
from netdoctor.model.observations import Observation
from netdoctor.rules.conditions import Condition, condition
from netdoctor.rules.errors import CheckFault
from netdoctor.rules.files import Check
from netdoctor.rules.message import format_message, holes
from netdoctor.rules.names import fact_names

ENTITY = "entity"
"""The one hole of a message that is neither a field nor a param."""


class Verdict(msgspec.Struct, frozen=True):
    """What a check says of one fact. `missing` names the fields that an unknown one hangs on."""

    check: Check
    device: str
    entity: str
    status: Literal["pass", "fail", "unknown"]
    missing: tuple[str, ...] = ()
    finding: Finding | None = None


class CompiledCheck:
    """A check, ready to judge."""

    def __init__(self, check: Check) -> None:
        self.check = check
        self._applies = _compiled(check.applies)
        self._fail = _compiled(check.fail)
        self._severity = _severities(check)
        types = fact_names(FACT_TYPES[check.on])
        conditions = [self._applies, self._fail, *(c for _, c in self._severity if c)]
        used = {name for each in conditions for name in each.names} | set(finding_names(check))
        self._fields = tuple(name for name in types if name in used)
        self._doubles = frozenset(name for name in self._fields if types[name].kind == "double")
        self._shown = finding_names(check)

    def judge(self, observation: Observation) -> Verdict | None:
        """What the check says of a fact; None where it does not apply. Raises CheckFault."""
        try:
            return self._judge(observation)
        except CheckFault:
            raise
        except Exception as error:  # a fault of one check must not end the run
            raise CheckFault(f"{type(error).__name__}: {error}") from error

    def _judge(self, observation: Observation) -> Verdict | None:
        values = self._values(observation.fact)
        applies = self._applies.holds(values)
        if applies is False:
            return None
        failed = self._fail.holds(values)
        if applies is None and failed is False:
            return None
        device, entity = observation.device, observation.fact.entity(observation.device)
        if applies is None or failed is None:
            asked = [self._applies] * (applies is None) + [self._fail] * (failed is None)
            return Verdict(self.check, device, entity, "unknown", self._missing(asked, values))
        if not failed:
            return Verdict(self.check, device, entity, "pass")
        return Verdict(self.check, device, entity, "fail", (), self._finding(observation, entity, values))

    def _values(self, fact: Any) -> dict[str, Any]:
        """The params, and the known ones of the fields that the check uses."""
        values: dict[str, Any] = dict(self.check.params)
        for name in self._fields:
            value = getattr(fact, name)
            if value is None or (isinstance(value, float) and math.isnan(value)):
                continue
            # A parser may have left a whole number where CEL, which does not mix, needs a decimal.
            values[name] = float(value) if name in self._doubles else value
        return values

    def _missing(self, conditions: list[Condition], values: dict[str, Any]) -> tuple[str, ...]:
        used = {name for each in conditions for name in each.names}
        return tuple(name for name in self._fields if name in used and name not in values)

    def _finding(self, observation: Observation, entity: str, values: dict[str, Any]) -> Finding:
        shown = {name: _plain(values[name]) for name in self._shown if name in values}
        return Finding(
            check=self.check.id,
            area=self.check.area,
            severity=self._first_severity(values),
            entity=entity,
            title=format_message(self.check.message, {**values, ENTITY: entities.describe(entity)}),
            measured={name: value for name, value in shown.items() if name not in self.check.expected},
            expected={name: value for name, value in shown.items() if name in self.check.expected},
            window_s=getattr(observation.fact, "window_s", None),
            sources=observation.sources,
        )

    def _first_severity(self, values: dict[str, Any]) -> Severity:
        for severity, when in self._severity:
            if when is None or when.holds(values):
                return severity
        raise CheckFault("no condition under 'severity' is true; the last must be `true`")


_compiled_checks: dict[int, CompiledCheck] = {}


def compile_check(check: Check) -> CompiledCheck:
    """The compiled form of a check, made once. Raises CheckFault for one that lint would refuse."""
    found = _compiled_checks.get(id(check))
    if found is None:
        # It holds its check, so that the number is not given to another one.
        try:
            found = _compiled_checks[id(check)] = CompiledCheck(check)
        except (ValueError, KeyError) as error:
            raise CheckFault(f"{check.id} cannot be compiled: {error}") from error
    return found


def matches(where: str | None, finding: Finding) -> bool:
    """True when a finding is of the kind that a cause's `where` asks for. Unknown is not true."""
    if where is None:
        return True
    return _compiled(where).holds({**finding.measured, **finding.expected}) is True


def finding_names(check: Check) -> tuple[str, ...]:
    """The fields and params that a finding of this check shows: those of `fail`, `message`, `expected`."""
    used = {hole.name for hole in holes(check.message)} | set(check.expected) | _compiled(check.fail).names
    known = (*FACT_TYPES[check.on].__struct_fields__, *check.params)
    return tuple(name for name in known if name in used)


def _severities(check: Check) -> list[tuple[Severity, Condition | None]]:
    if isinstance(check.severity, str):
        return [(check.severity, None)]
    return [
        (severity, None if when is True else _compiled(when or "false"))
        for severity, when in check.severity.items()
    ]


def _compiled(text: str) -> Condition:
    try:
        return condition(text)
    except ValueError as error:
        raise CheckFault(f"{text!r} is no condition: {error}") from error


def _plain(value: Any) -> Value:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return value  # type: ignore[no-any-return]  # all other fields of facts are plain
