"""Log lines: when they were written, how bad they are, what they are about (RFC 3164, RFC 5424).

A platform says what its own lines look like; what they share is here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final, get_args

from netdoctor.model.facts.system import LogKind, LogSeverity

SEVERITIES: Final[tuple[LogSeverity, ...]] = get_args(LogSeverity)
"""By their number, 0 first (RFC 5424 section 6.2.1)."""

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH: Final = "|".join(_MONTHS)
_CLOCK: Final = r"\d\d:\d\d:\d\d(?:[.,]\d{1,9})?"

TIME: Final = (
    rf"(?:\d{{4}}-\d\d-\d\d[T ]{_CLOCK}(?:Z|[+-]\d\d:?\d\d)?"
    rf"|\d{{4}} (?:{_MONTH}) {{1,2}}\d{{1,2}} {_CLOCK}"
    rf"|\d{{4}}/\d\d/\d\d {_CLOCK}"
    rf"|(?:{_MONTH}) {{1,2}}\d{{1,2}} (?:\d{{4}} )?{_CLOCK}(?: \d{{4}}\b)?"
    rf"|(?:{_MONTH}) {{1,2}}\d{{1,2}} {_CLOCK})"
)
"""The times that log lines begin with, for a platform's own pattern; `when` reads what it matches."""

_TOLD_BY: Final = 400
"""What an event is stands in its first characters; a longer line is no reason to search longer."""


def priority(number: str | None) -> LogSeverity | None:
    """The severity in a `<189>` (RFC 5424 section 6.2.1)."""
    return SEVERITIES[int(number) % 8] if number else None


_STAMP: Final = re.compile(
    rf"(?:(?P<before>\d{{4}}) )?(?P<month>{_MONTH}) +(?P<day>\d{{1,2}}) (?:(?P<between>\d{{4}}) )?"
    r"(?P<clock>\d\d:\d\d:\d\d)(?:[.,](?P<fraction>\d{1,6})\d*)?(?: (?P<behind>\d{4}))?"
)


@lru_cache(maxsize=1024)
def when(text: str, at: datetime | None) -> datetime | None:
    """The time that `TIME` matched, in UTC where it names no zone.

    A line without a year is of the last twelve months before `at`; without `at` its year is not known.
    """
    try:
        if found := _STAMP.fullmatch(text):
            return _newest(found, at)
        told = datetime.fromisoformat(text.replace("/", "-").replace(",", "."))
    except (ValueError, OverflowError):
        return None
    return told.astimezone(UTC) if told.tzinfo else told.replace(tzinfo=UTC)


def _newest(stamp: re.Match[str], at: datetime | None) -> datetime | None:
    """The date in its year, else in the newest year in which it exists and is not a day past `at`."""
    told = stamp["before"] or stamp["between"] or stamp["behind"]
    month, day = _MONTHS.index(stamp["month"]) + 1, int(stamp["day"])
    hour, minute, second = map(int, stamp["clock"].split(":"))
    micro = int(f"{stamp['fraction'] or 0:0<6}")
    latest = at + timedelta(days=1) if at else None
    for year in [int(told)] if told else range(latest.year, at.year - 2, -1) if at and latest else []:
        try:
            found = datetime(year, month, day, hour, minute, second, micro, UTC)
        except ValueError:
            continue
        if told or latest is None or found <= latest:
            return found
    return None


def joined(output: str, begins: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """The entries with the numbers of their first lines; an indented line goes on one."""
    first, whole = 1, list[str]()
    for number, line in enumerate(output.splitlines(), 1):
        if whole and line[:1] in {" ", "\t"} and not begins.match(line):
            whole.append(line.strip())
            continue
        if whole:
            yield first, " ".join(whole)
        first, whole = number, [line.rstrip()]
    if whole:
        yield first, " ".join(whole)


class Meanings:
    """What log lines are about: patterns, tried in order, each with the kind of event it tells of.

    A pattern's groups `interface` and `peer` name what the line is about.
    """

    def __init__(self, patterns: Sequence[tuple[LogKind, str]]) -> None:
        self._patterns = tuple((kind, re.compile(pattern)) for kind, pattern in patterns)

    def of(self, said: str) -> tuple[LogKind, dict[str, str]]:
        """The kind of event that a line tells of, and the `interface` or `peer` that it names."""
        for kind, pattern in self._patterns:
            if found := pattern.search(said, 0, _TOLD_BY):
                return kind, {name: value for name, value in found.groupdict().items() if value}
        return "other", {}
