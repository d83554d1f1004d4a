"""What makes a well-shaped check or cause file wrong: names, types, words and references."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from netdoctor.model.facts import FACT_TYPES
from netdoctor.model.suggest import nearest
from netdoctor.rules.cel_parser import CelError
from netdoctor.rules.cel_types import check_condition
from netdoctor.rules.errors import CheckFault, RuleError
from netdoctor.rules.files import Catalogue, Cause, Check, Shows
from netdoctor.rules.judge import ENTITY, finding_names
from netdoctor.rules.message import MessageError, check_message
from netdoctor.rules.names import STRING, Names, Type, fact_names, type_of_param
from netdoctor.rules.reader import Folder
from netdoctor.strictyaml import Keys

Mistakes = Iterator[tuple[Keys, str]]
PRIOR_LIMIT = 0.3
_RESERVED = frozenset({ENTITY, "true", "false", "null", "in", "has", "size", "double", "int"})


def errors_of(folder: Folder, catalogue: Catalogue) -> list[RuleError]:
    """What is wrong with a folder's files, which are part of a catalogue."""
    found = [
        file.error(keys, problem)
        for file in folder.checks.values()
        for keys, problem in check_mistakes(file.rule)
    ]
    return found + [
        file.error(keys, problem)
        for name, file in folder.causes.items()
        for keys, problem in cause_mistakes(catalogue.causes[name], catalogue.checks)
    ]


def check_mistakes(check: Check) -> Mistakes:
    """What is wrong with one check, and where."""
    if check.on not in FACT_TYPES:
        yield ("on",), f"unknown fact type {check.on!r}{nearest(check.on, FACT_TYPES)}"
        return
    names = _names(check)
    yield from _params(check)
    for key, text in (("applies", check.applies), ("fail", check.fail)):
        yield from _condition((key,), text, names)
    yield from _severity(check, names)
    yield from _message(("message",), check.message, {**names, ENTITY: STRING})
    for position, name in enumerate(check.expected):
        if name not in names:
            yield ("expected", position), f"unknown name {name!r}{nearest(name, names)}"


def cause_mistakes(cause: Cause, checks: dict[str, Check]) -> Mistakes:
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
            names = _finding_names(checks[shows.check])
            if shows.where is not None:
                yield from _where((*keys, "where"), shows, names)
            if key == "shows":
                shown.update(names)
    if not cause.shows:
        yield ("shows",), "a cause must show at least one finding"
    yield from _message(("explain",), cause.explain, shown)


def _names(check: Check) -> dict[str, Type]:
    """The names that a check's conditions may use, with their types."""
    names = dict(fact_names(FACT_TYPES[check.on]))
    for name, value in check.params.items():
        with suppress(CelError):
            names[name] = type_of_param(value)
    return names


def _finding_names(check: Check) -> Names:
    """The names of a finding's values, with their types; nothing for a check that is wrong itself."""
    try:
        types = _names(check)
        return {name: _as_shown(types[name]) for name in finding_names(check)}
    except (KeyError, MessageError, CheckFault):
        return {}


def _as_shown(of: Type) -> Type:
    """A finding holds plain values only: lists and times are texts in it."""
    return STRING if of.kind in {"list", "timestamp"} else of._replace(constant=False)


def _params(check: Check) -> Mistakes:
    fields = FACT_TYPES[check.on].__struct_fields__
    for name, value in check.params.items():
        keys: Keys = ("params", name)
        if name in fields:
            yield keys, f"{check.on} has a field of this name"
        elif name in _RESERVED or not name.isidentifier():
            yield keys, "cannot be the name of a param"
        try:
            type_of_param(value)
        except CelError as error:
            yield keys, str(error)


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
    for _, problem in _condition(keys, shows.where or "", names):
        yield keys, f"{problem} (a finding of {shows.check} holds {', '.join(names)})"


def _message(keys: Keys, template: str, names: Names) -> Mistakes:
    try:
        check_message(template, names)
    except MessageError as error:
        yield keys, str(error)
