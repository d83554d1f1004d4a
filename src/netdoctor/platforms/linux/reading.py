"""How answers of Linux tools and FRR are read: JSON documents, their tables entry by entry, and ages."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from netdoctor.model.events import Note
from netdoctor.model.facts import Fact
from netdoctor.platforms.base import EMPTY, NotUnderstood
from netdoctor.platforms.values import clean

Read = Iterable[Fact | Note]
Object = dict[str, Any]

_DECODER = json.JSONDecoder()
_OPENING = re.compile(r"(?:^|(?<=[\]}]))[ \t]*(?=[\[{])", re.MULTILINE)
_ODD_ENTRY = (ArithmeticError, AttributeError, KeyError, TypeError, ValueError)


_LONE_SURROGATE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB]..)\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)
"""An escape that stands for half a character, which no text can store."""


def storable(output: str) -> str:
    """JSON whose texts can all be stored."""
    return _LONE_SURROGATE.sub(r"\\ufffd", output) if r"\u" in output else output


def on_request(facts: Sequence[Fact]) -> tuple[()]:
    """Arguments of a command that is parsed when pasted, and never sent by a run."""
    return ()


def documents(output: str) -> list[Any]:
    """The JSON documents in an answer, one after the other as older FRR prints them.

    Lines before and between them (a warning, an echo) are skipped. Raises NotUnderstood when there is
    text and no document in it, or one that is cut off.
    """
    found: list[Any] = []
    place = 0
    output = storable(output)
    while opening := _OPENING.search(output, place):
        try:
            value, place = _DECODER.raw_decode(output, opening.end())
        except (ValueError, RecursionError) as error:
            raise NotUnderstood(f"not JSON: {error}") from None
        found.append(value)
    if not found and output.strip():
        raise NotUnderstood(f"not JSON: {clean(output.strip()[:80])!r}")
    return found


def rows(output: str) -> Iterator[Object]:
    """The objects in the lists that an answer of `ip -j` or `tc -j` consists of."""
    for document in documents(output):
        yield from (row for row in listed(document) if isinstance(row, dict) and row)


def vrfs(document: Any, mark: str) -> Iterator[tuple[str, Object]]:
    """VRF names with what stands under them. A document of one VRF, known by `mark` in it, is the default's
    or names its own."""
    if not isinstance(document, dict):
        return
    if mark in document:
        yield clean(str(document.get("vrfName", "default"))), document
        return
    for name, inner in document.items():
        if isinstance(inner, dict):
            yield clean(name), inner


def each(entries: Iterable[Any], read: Callable[..., Read]) -> Iterator[Fact | Note]:
    """What `read` makes of every entry (a tuple is spread); an odd one becomes a note. EMPTY for none."""
    nothing = True
    for entry in entries:
        nothing = False
        try:
            yield from read(*entry) if isinstance(entry, tuple) else read(entry)
        except _ODD_ENTRY as error:
            label = entry[-2] if isinstance(entry, tuple) and len(entry) > 1 else entry
            yield Note(text=clean(f"{str(label)[:80]}: {error!r}"))
    if nothing:
        yield EMPTY


def listed(value: Any) -> list[Any]:
    """A list as it is, one thing as a list of it, nothing as `[]`."""
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def inner(value: Any, *path: str) -> Object:
    """The object at the end of a path, `{}` where it does not lead there."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


_AGE_WORDS = re.compile(r"(\d+)([ywdhms])")
_AGE_CLOCK = re.compile(r"(?:(\d+) days?, |(\d+):(?=\d+:\d+:\d+))?(\d+):(\d\d):(\d\d)(?:\.\d+)?")
_WORD_S = {"y": 31_536_000, "w": 604_800, "d": 86_400, "h": 3_600, "m": 60, "s": 1}


def age_s(value: Any) -> float | None:
    """Seconds in FRR's and lldpd's ages: `00:03:12`, `1d02h03m`, `2w3d04h`, `49.703s`, `0 day, 14:07:31`."""
    if not isinstance(value, str) or len(value) > 40:
        return None
    if clock := _AGE_CLOCK.fullmatch(value):
        days, more_days, hours, minutes, seconds = (int(part or 0) for part in clock.groups())
        return float((days + more_days) * 86_400 + hours * 3_600 + minutes * 60 + seconds)
    if re.fullmatch(r"(?:\d+[ywdhms])+", value):
        return float(sum(int(number) * _WORD_S[word] for number, word in _AGE_WORDS.findall(value)))
    return float(value[:-1]) if re.fullmatch(r"\d+\.\d+s", value) else None


def frr_time(value: Any) -> datetime | None:
    """A time as FRR writes it, `2026/11/22 14:33:05.15`. It bears no zone: UTC is assumed."""
    if not isinstance(value, str):
        return None
    whole, _, fraction = value.partition(".")
    try:
        found = datetime.strptime(whole, "%Y/%m/%d %H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        return None
    return found.replace(microsecond=int(fraction[:6].ljust(6, "0"))) if fraction.isdecimal() else found


def lines(output: str) -> Iterator[tuple[int, str]]:
    """The lines with something in them, numbered from 1."""
    for number, line in enumerate(output.splitlines(), 1):
        if line.strip():
            yield number, line
