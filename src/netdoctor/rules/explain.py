"""Makes the page of a check or a cause out of its file: markdown that reads well as plain text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from netdoctor.rules.files import LEAKS, WEIGHTS, Case, Catalogue, Cause, Check, Confirm, Shows

_WHERE = {
    "here": "on the {at} itself and what stands on it",
    "one-end": "at the receiving end",
    "both-ends": "at either end",
    "far-end": "at the far end",
    "same-device": "anywhere on the device",
    "same-parent-port": "on the ports that share its breakout or line card",
    "over-link": "on the sessions and bundles over the link",
    "under": "on the interfaces that carry it",
    "on-path": "on a hop of the path",
    "upstream": "on a hop before it",
    "same-prefix": "on the same prefix, on any device",
    "same-vlan": "in the same VLAN",
}


def explain_check(check: Check, catalogue: Catalogue) -> str:
    """The page of one check, with the causes that show it."""
    return _page(
        f"{check.id}: {check.title}",
        [
            ("What it looks at", [check.docs.what]),
            ("Why it matters", [check.docs.why]),
            ("When it fails", _condition_lines(check)),
            ("Causes that show it", _bullets(_causes_of(check.id, catalogue))),
            ("Causes that it speaks against", _bullets(_causes_of(check.id, catalogue, against=True))),
            ("What to do next", _bullets(check.docs.next)),
            (
                "Examples",
                _bullets(map(_example, check.cases)),
            ),
            ("References", _bullets(check.docs.refs)),
        ],
    )


def explain_cause(cause: Cause, catalogue: Catalogue) -> str:
    """The page of one cause, with the titles of the checks it shows in."""
    return _page(
        f"{cause.id}: {cause.title}",
        [
            ("What it is", [cause.docs.what]),
            ("Why it matters", [cause.docs.why]),
            ("What it shows", _bullets(_shown(shows, cause, catalogue) for shows in cause.shows)),
            ("What speaks against it", _bullets(_shown(shows, cause, catalogue) for shows in cause.against)),
            ("How it is confirmed", _bullets(map(_confirmed, cause.confirm))),
            ("Remedy", [cause.remedy]),
            ("What to do next", _bullets(cause.docs.next)),
            ("How it is ranked", _bullets(_ranking_lines(cause))),
            ("References", _bullets(cause.docs.refs)),
        ],
    )


def _page(title: str, sections: Sequence[tuple[str, Sequence[str]]]) -> str:
    """Title and sections; those without lines are left out."""
    parts = [f"# {title}"]
    parts += ["\n".join((f"## {heading}", "", *lines)) for heading, lines in sections if lines]
    return "\n\n".join(parts) + "\n"


def _condition_lines(check: Check) -> list[str]:
    lines = [f"- reads: {check.on}", f"- fails when: `{_one_line(check.fail)}`"]
    if check.applies != "true":
        lines.append(f"- applies when: `{_one_line(check.applies)}`")
    if check.params:
        lines.append(f"- with: {_pairs(check.params)}")
    lines.append(f"- severity: {_severity(check)}")
    lines.append(f"- says: {check.message}")
    lines.append(f"- fails without any known cause: {check.leak} ({LEAKS[check.leak]:.1%})")
    return lines


def _severity(check: Check) -> str:
    if isinstance(check.severity, str):
        return check.severity
    conditions = [
        severity if when in (True, "true") else f"{severity} when `{_one_line(str(when))}`"
        for severity, when in check.severity.items()
    ]
    return ", else ".join(conditions)


def _causes_of(check_id: str, catalogue: Catalogue, *, against: bool = False) -> list[str]:
    return [
        f"{cause.id} ({shows.how}): {cause.title}"
        for cause in catalogue.causes.values()
        for shows in (cause.against if against else cause.shows)
        if shows.check == check_id
    ]


def _example(case: Case) -> str:
    return f"{case.name}: {_pairs(case.fact)} → {case.expect}"


def _shown(shows: Shows, cause: Cause, catalogue: Catalogue) -> str:
    check = catalogue.checks.get(shows.check)
    title = f", {check.title}" if check else ""
    where = f", where `{_one_line(shows.where)}`" if shows.where else ""
    place = _WHERE[shows.relation].format(at=cause.at)
    return f"{shows.how} ({WEIGHTS[shows.how]:.0%}) {place}: {shows.check}{title}{where}"


def _confirmed(confirm: Confirm) -> str:
    place = "" if confirm.at == "here" else ", at the far end"
    intrusive = " (disturbs traffic: never run by netdoctor)" if confirm.intrusive else ""
    return f"{confirm.ask}{place}: {confirm.why}; expected: {confirm.expect}{intrusive}"


def _ranking_lines(cause: Cause) -> list[str]:
    return [
        f"stands on: {cause.at}",
        f"severity: {cause.severity}",
        f"prior probability over the whole network: {cause.prior:.2%}",
    ]


def _bullets(lines: Iterable[str]) -> list[str]:
    return [f"- {line}" for line in lines]


def _pairs(values: dict[str, Any]) -> str:
    return ", ".join(f"{name} {_plain(value)}" for name, value in values.items())


def _plain(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "/".join(map(_plain, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def _one_line(text: str) -> str:
    return " ".join(text.split())
