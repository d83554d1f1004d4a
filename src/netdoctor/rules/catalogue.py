"""All checks and causes of a run: those that came with netdoctor, and the user's own."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import msgspec

from netdoctor.rules.errors import RuleError, raise_all
from netdoctor.rules.files import Catalogue, Cause, Check, Shows
from netdoctor.rules.reader import Folder, RuleFile, builtin_folder, read_builtin, read_folder


class Loaded(NamedTuple):
    """A catalogue, and the files that its checks stand in."""

    catalogue: Catalogue
    check_files: dict[str, RuleFile[Check]]
    own_checks: tuple[str, ...]
    """The ids of the checks of the folder asked for."""


def load_catalogue(extra: Path | None = None) -> Catalogue:
    """The built-in files and those of `extra`. Raises RuleError (RuleErrors with all of a folder's).

    The conditions of the built-in files are not type-checked again: the test suite did that.
    """
    return load(extra).catalogue


def load(extra: Path | None = None) -> Loaded:
    """As `load_catalogue`, with the files."""
    builtin = read_builtin()
    raise_all(builtin.errors)
    if extra is None or extra.resolve() == builtin_folder().resolve():
        return Loaded(merged(builtin), builtin.checks, tuple(builtin.checks))
    from netdoctor.rules.validate import errors_of

    own = read_folder(extra)
    own.need_files(extra)
    catalogue = merged(builtin, own)
    raise_all([*own.errors, *taken(builtin, own), *errors_of(own, catalogue)])
    return Loaded(catalogue, builtin.checks | own.checks, tuple(own.checks))


def renamed(checks: dict[str, Check]) -> dict[str, str]:
    """Today's ids by the ids that checks had before."""
    return {old: name for name, check in checks.items() for old in check.was if old not in checks}


def taken(builtin: Folder, own: Folder) -> list[RuleError]:
    """The user's files whose id is a built-in one's: it would not be clear which of the two is meant."""
    return [
        RuleError(file.path, None, (), f"the id {rule_id!r} is that of a built-in {kind}; take another name")
        for kind, theirs, ours in (
            ("check", own.checks, builtin.checks),
            ("cause", own.causes, builtin.causes),
        )
        for rule_id, file in theirs.items()
        if rule_id in ours
    ]


def merged(*folders: Folder) -> Catalogue:
    """One catalogue out of folders."""
    checks = {name: file.rule for folder in folders for name, file in folder.checks.items()}
    causes = {name: file.rule for folder in folders for name, file in folder.causes.items()}
    if today := renamed(checks):
        causes = {name: _with_new_names(cause, today) for name, cause in causes.items()}
    return Catalogue(checks=dict(sorted(checks.items())), causes=dict(sorted(causes.items())))


def _with_new_names(cause: Cause, today: dict[str, str]) -> Cause:
    """A cause that names a check by the id that it had before, with today's."""

    def named(shows: tuple[Shows, ...]) -> tuple[Shows, ...]:
        return tuple(msgspec.structs.replace(s, check=today.get(s.check, s.check)) for s in shows)

    return msgspec.structs.replace(cause, shows=named(cause.shows), against=named(cause.against))
