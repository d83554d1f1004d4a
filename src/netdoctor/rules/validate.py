"""What makes a well-shaped check or cause file wrong: names, types, words and references."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from netdoctor.model.facts import FACT_TYPES
from netdoctor.model.suggest import nearest
from netdoctor.rules.cel_parser import CelError
from netdoctor.rules.cel_types import (
    STRING,
    Names,
    Type,
    check_condition,
    fact_names,
    type_of_param,
)
from netdoctor.rules.errors import CheckFault, RuleError
from netdoctor.rules.files import Cause, Check, Shows
from netdoctor.rules.judge import ENTITY, finding_names
from netdoctor.rules.message import MessageError, check_message
from netdoctor.rules.reader import Folder
from netdoctor.strictyaml import Keys

Mistakes = Iterator[tuple[Keys, str]]
PRIOR_LIMIT = 0.3
_RESERVED = frozenset({ENTITY, "true", "false", "null", "in", "has", "size", "double", "int"})


def errors_of(folder: Folder, checks: Mapping[str, Check]) -> list[RuleError]:
    """What is wrong with a folder's files. `checks` are all that its causes may name."""
    found = [
        file.error(keys, problem)
        for file in folder.checks.values()
        for keys, problem in check_mistakes(file.rule)
    ]
    return found + [
        file.error(keys, problem)
        for file in folder.causes.values()
        for keys, problem in cause_mistakes(file.rule, checks)
    ]


def check_mistakes(check: Check) -> Mistakes:
    """What is wrong with one check, and where."""
    if check.on not in FACT_TYPES:
        yield ("on",), f"unknown fact type {check.on!r}{nearest(check.on, FACT_TYPES)}"
        return
    names: dict[str, Type] = dict(fact_names(FACT_TYPES[check.on]))
    yield from _add_params(check, names)
    yield from _conditions(check, names)
    yield from _severity(check, names)
    yield from _message(("message",), check.message, {**names, ENTITY: STRING})
    for position, name in enumerate(check.expected):
        if name not in names:
            yield ("expected", position), f"unknown name {name!r}{nearest(name, names)}"


def cause_mistakes(cause: Cause, checks: Mapping[str, Check]) -> Mistakes:
    """What is wrong with one cause, and where."""
    if not 0 < cause.prior <= PRIOR_LIMIT:
        yield ("prior",), f"{cause.prior} is not between 0 and {PRIOR_LIMIT}"
    shown: dict[str, Type] = {ENTITY: STRING}
    for key, listed in (("shows", cause.shows), ("against", cause.against)):
        for position, shows in enumerate(listed):
            keys = (key, position)
            if shows.check not in checks:
                yield (*keys, "check"), f"unknown check {shows.check!r}{nearest(shows.check, checks)}"
                continue
            names = finding_types(checks[shows.check])
            yield from _where(keys, shows, names)
            if key == "shows":
                shown.update(names)
    if not cause.shows:
        yield ("shows",), "a cause must show at least one finding"
    yield from _message(("explain",), cause.explain, shown)


def finding_types(check: Check) -> Names:
    """The names of a finding's measured and expected values, with their types; nothing for a wrong check."""
    if check.on not in FACT_TYPES:
        return {}
    names: dict[str, Type] = dict(fact_names(FACT_TYPES[check.on]))
    list(_add_params(check, names))
    try:
        shown = finding_names(check)
    except (ValueError, CheckFault):
        return {}
    return {name: _as_shown(names[name]) for name in shown}


def _as_shown(of: Type) -> Type:
    """A finding holds plain values only: lists and times are texts in it."""
    return Type("string") if of.kind in {"list", "timestamp"} else of._replace(constant=False)


def _add_params(check: Check, names: dict[str, Type]) -> Mistakes:
    fields = frozenset(names)
    for name, value in check.params.items():
        keys: Keys = ("params", name)
        if name in fields:
            yield keys, f"{check.on} has a field of this name"
        elif name in _RESERVED or not name.isidentifier():
            yield keys, "cannot be the name of a param"
        try:
            names[name] = type_of_param(value)
        except CelError as error:
            yield keys, str(error)


def _conditions(check: Check, names: Names) -> Mistakes:
    for key, text in (("applies", check.applies), ("fail", check.fail)):
        yield from _condition((key,), text, names)


def _condition(keys: Keys, text: str, names: Names) -> Mistakes:
    try:
        check_condition(text, names)
    except CelError as error:
        yield keys, str(error)


def _severity(check: Check, names: Names) -> Mistakes:
    if isinstance(check.severity, str):
        return
    last = next(reversed(check.severity), None)
    for severity, when in check.severity.items():
        keys: Keys = ("severity", severity)
        always = when is True or when == "true"
        if always != (severity == last):
            yield keys, "the last severity, and no other, must be `true`"
        elif isinstance(when, str):
            yield from _condition(keys, when, names)
    if last is None:
        yield ("severity",), "needs at least one severity"


def _where(keys: Keys, shows: Shows, names: Names) -> Mistakes:
    if shows.where is not None:
        for where, problem in _condition((*keys, "where"), shows.where, names):
            known = ", ".join(names)
            yield where, f"{problem} (a finding of {shows.check} holds {known})"


def _message(keys: Keys, template: str, names: Names) -> Mistakes:
    try:
        check_message(template, names)
    except MessageError as error:
        yield keys, str(error)
