"""Everything that can be said against a folder of check and cause files without running them on a network.

`python -m netdoctor.rules.lint checks/` prints it, one line a mistake.
"""

from __future__ import annotations

import sys
from pathlib import Path

from netdoctor.model.facts import FACT_TYPES
from netdoctor.rules.cases import run_cases
from netdoctor.rules.catalogue import merged, taken
from netdoctor.rules.conditions import condition
from netdoctor.rules.errors import RuleError
from netdoctor.rules.files import Cause, Check, Docs, Locus, Relation
from netdoctor.rules.names import always_known
from netdoctor.rules.reader import builtin_folder, read_builtin, read_folder
from netdoctor.rules.validate import Mistakes, cause_mistakes, check_mistakes
from netdoctor.strictyaml import Keys

_ON_A_LINK: frozenset[Relation] = frozenset(
    {"here", "both-ends", "far-end", "same-device", "same-parent-port", "over-link", "same-vlan"}
)
_ON_A_PATH: frozenset[Relation] = frozenset({"here", "on-path", "upstream", "same-vlan"})
_LEADS_SOMEWHERE: dict[Locus, frozenset[Relation]] = {
    "device": frozenset({"here", "far-end", "same-device", "same-parent-port", "over-link"}),
    "interface": _ON_A_LINK,
    "link": _ON_A_LINK | {"one-end"},
    "bgp": frozenset({"here", "both-ends", "far-end", "same-device", "under"}),
    "prefix": frozenset({"here", "same-device", "same-prefix", "on-path"}),
    "host": _ON_A_PATH | {"same-device"},
    "path": _ON_A_PATH,
    "service": _ON_A_PATH,
}
"""The relations that lead somewhere from each kind of place."""


def lint(folder: Path) -> list[RuleError]:
    """Every mistake in a folder, sorted. Raises RuleError when there is no such folder, or nothing in it."""
    found = read_folder(folder)
    found.need_files(folder)
    if folder.resolve() == builtin_folder().resolve():
        catalogue, errors = merged(found), [*found.errors]
    else:
        builtin = read_builtin()
        catalogue, errors = merged(builtin, found), [*found.errors, *taken(builtin, found)]
    for check_file in found.checks.values():
        errors += [check_file.error(*mistake) for mistake in _check(check_file.rule)]
    for name, cause_file in found.causes.items():
        mistakes = _cause(catalogue.causes[name], catalogue.checks)
        errors += [cause_file.error(*mistake) for mistake in mistakes]
    return sorted(errors, key=lambda error: error.position)


def _check(check: Check) -> Mistakes:
    wrong = list(check_mistakes(check))
    yield from wrong
    yield from _docs(check.title, check.docs)
    if wrong:
        return
    yield from _unused_params(check)
    yield from _coverage(check)
    yield from ((failure.keys, failure.problem) for failure in run_cases(check))


def _cause(cause: Cause, checks: dict[str, Check]) -> Mistakes:
    yield from cause_mistakes(cause, checks)
    yield from _docs(cause.title, cause.docs)
    if not cause.remedy.strip():
        yield ("remedy",), "is empty"
    for key, listed in (("shows", cause.shows), ("against", cause.against)):
        for position, shows in enumerate(listed):
            if shows in listed[:position]:
                yield (key, position), "stands twice"
            yield from _relation((key, position, "relation"), shows.relation, cause.at)


def _relation(keys: Keys, relation: Relation, at: Locus) -> Mistakes:
    if relation not in (known := _LEADS_SOMEWHERE[at]):
        yield keys, f"{relation!r} leads nowhere from a {at} (known: {', '.join(sorted(known))})"


def _docs(title: str, docs: Docs) -> Mistakes:
    if not title.strip():
        yield ("title",), "is empty"
    for key in ("what", "why"):
        if not getattr(docs, key).strip():
            yield ("docs", key), "is empty"


def _unused_params(check: Check) -> Mistakes:
    conditions = [check.applies, check.fail]
    if isinstance(check.severity, dict):
        conditions += [when for when in check.severity.values() if isinstance(when, str)]
    used = {name for text in conditions for name in condition(text).names}
    for name in check.params:
        if name not in used:
            yield ("params", name), "is used by no condition"


def _coverage(check: Check) -> Mistakes:
    covered = {case.expect for case in check.cases}
    fact_type = FACT_TYPES[check.on]
    optional = condition(check.fail).names & set(fact_type.__struct_fields__) - always_known(fact_type)
    wanted = ["pass", "fail", "unknown"] if optional else ["pass", "fail"]
    for outcome in wanted:
        if outcome not in covered:
            yield ("cases",), f"no case expects {outcome!r}"
    names = [case.name for case in check.cases]
    for position, name in enumerate(names):
        if name in names[:position]:
            yield ("cases", position, "name"), f"{name!r} names two cases"


def main(arguments: list[str]) -> int:
    """Lints one folder, the built-in one by default: 0 clean, 1 mistakes, 2 no such folder."""
    folder = Path(arguments[0]) if arguments else builtin_folder()
    try:
        errors = lint(folder)
    except RuleError as missing:
        sys.stderr.write(f"{missing}\n")
        return 2
    for error in errors:
        sys.stdout.write(f"{error}\n")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
