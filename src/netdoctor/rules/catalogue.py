"""All checks and causes of a run: those that came with netdoctor, and the user's own."""

from __future__ import annotations

from pathlib import Path

import msgspec

from netdoctor.rules.errors import RuleError, raise_all
from netdoctor.rules.files import Catalogue, Cause, Shows
from netdoctor.rules.reader import Folder, builtin_folder, read_folder


def load_catalogue(extra: Path | None = None) -> Catalogue:
    """The built-in files and those of `extra`. Raises RuleError (RuleErrors with all of a folder's).

    The conditions of the built-in files are not type-checked again: the test suite did that.
    """
    builtin = read_folder(builtin_folder())
    raise_all(builtin.errors)
    if extra is None:
        return _catalogue(builtin)
    from netdoctor.rules.validate import errors_of

    own = read_folder(extra)
    own.need_files(extra)
    merged = _catalogue(builtin, own)
    raise_all([*own.errors, *_taken(builtin, own), *errors_of(own, merged.checks)])
    return merged


def _taken(builtin: Folder, own: Folder) -> list[RuleError]:
    """The user's files whose id is a built-in one's: it would not be clear which of the two is meant."""
    return [
        RuleError(file.path, None, (), f"the id {rule_id!r} is taken by a built-in {kind}; choose another")
        for kind, ours, theirs in (
            ("check", builtin.checks, own.checks),
            ("cause", builtin.causes, own.causes),
        )
        for rule_id, file in theirs.items()
        if rule_id in ours
    ]


def _catalogue(*folders: Folder) -> Catalogue:
    checks = {name: file.rule for folder in folders for name, file in folder.checks.items()}
    causes = {name: file.rule for folder in folders for name, file in folder.causes.items()}
    renamed = {old: name for name, check in checks.items() for old in check.was if old not in checks}
    if renamed:
        causes = {name: _with_new_names(cause, renamed) for name, cause in causes.items()}
    return Catalogue(checks=dict(sorted(checks.items())), causes=dict(sorted(causes.items())))


def _with_new_names(cause: Cause, renamed: dict[str, str]) -> Cause:
    """A cause that names a check by the id that it had before, with today's."""

    def today(shows: Shows) -> Shows:
        return msgspec.structs.replace(shows, check=renamed.get(shows.check, shows.check))

    return msgspec.structs.replace(
        cause, shows=tuple(map(today, cause.shows)), against=tuple(map(today, cause.against))
    )
