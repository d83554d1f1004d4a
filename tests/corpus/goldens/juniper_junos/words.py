"""Conversions that the goldens of Junos share, and the reasons why keys are no fields of facts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from netdoctor.platforms.values import duration_s
from tests.corpus.goldens import SkipValue

NO_FACT = "no check and no fact needs it"
CONFIGURED = "as configured, not as it is: no fact needs it"
OWN = "the parser's own count or form of what stands elsewhere"
FLAG = "the alarm is judged from the value and its threshold"
ELSEWHERE = "the same value stands under another key that is mapped"
TOGETHER = "of the tables as a whole: facts are of neighbours and routes"


def because(reason: str, *paths: str, under: str = "") -> dict[str, str]:
    return {f"{under}.{path}" if under else path: reason for path in paths}


def up(value: str) -> bool:
    return value.lower() in {"up", "enabled"}


def real(value: Any) -> Any:
    """A number that is said at all: the sources write -1 for one that is not."""
    number = float(value)
    if number < 0:
        raise SkipValue
    return number


def first_number(value: str) -> float:
    found = re.match(r"-?[\d.]+", value)
    if found is None:
        raise SkipValue
    return float(found[0])


def dbm(value: str) -> float:
    found = re.search(r"(-?[\d.]+) dBm", value)
    if found is None:
        raise SkipValue
    return float(found[1])


def age(value: str) -> float:
    """`2020-01-12 10:04:59 EST (00:30:40 ago)`, or the age alone; none for `Never`."""
    inside = re.search(r"\((.*) ago\)", value)
    found = duration_s(inside[1] if inside else value)
    if found is None or value == "Never":
        raise SkipValue
    return found


def unless(*nothing: str) -> Any:
    """The value as it is, unless it is a word for nothing."""

    def convert(value: str) -> str:
        if value in nothing:
            raise SkipValue
        return value

    return convert


def without_port(value: str) -> str:
    return value.partition("+")[0]


def milliseconds(value: str) -> float:
    return float(value) * 1000


def one_of(words: Iterable[tuple[str, Any]]) -> Any:
    known = dict(words)

    def convert(value: str) -> Any:
        if value.lower() not in known:
            raise SkipValue
        return known[value.lower()]

    return convert
