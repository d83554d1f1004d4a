"""How EOS answers are read: one JSON object, its tables entry by entry, its values by kind.

EOS leaves out keys that do not apply, and its key tree differs between versions: nothing here expects a
key to stand, and a value of the wrong kind is None.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from netdoctor.model.entities import DEFAULT_VRF
from netdoctor.model.events import Note
from netdoctor.model.facts import Fact
from netdoctor.platforms.base import EMPTY, NotUnderstood
from netdoctor.platforms.values import clean, number

Object = dict[str, Any]
Read = Iterable[Fact | Note]

_DECODER = json.JSONDecoder()
_TABLE_LIMIT = 20_000
_OLDEST_DATE_S = 1e9
"""Anything smaller is an age, not a date (seconds since 1970)."""


def on_request(facts: Sequence[Fact]) -> tuple[()]:
    """Arguments of a command that is parsed when pasted, and never sent by a run."""
    return ()


def document(output: str) -> Object:
    """The JSON object in an answer; `{}` in a blank one. Raises NotUnderstood.

    What stands before the first brace (an echo, a warning) is skipped, and the envelope of the eAPI
    (`{"result": …}`) is taken off. An error in words (`% BGP inactive`) reads like one in JSON.
    """
    words = output.strip()
    if not words:
        return {}
    if words.startswith("%"):
        return {"errors": [words]}
    try:
        found, _ = _DECODER.raw_decode(output, max(output.find("{"), 0))
    except (ValueError, RecursionError) as error:
        raise NotUnderstood(f"not JSON: {error}") from None
    if not isinstance(found, dict):
        raise NotUnderstood("not a JSON object")
    enclosed = found.get("result")
    enclosed = enclosed[0] if isinstance(enclosed, list) and enclosed else enclosed
    return enclosed if isinstance(enclosed, dict) else found


def each(found: Object, key: str, read: Callable[[str, Object], Read]) -> Iterator[Fact | Note]:
    """What `read` makes of every entry of the table under `key`; an odd entry becomes a note.

    Yields EMPTY when the table is there and holds nothing. Raises NotUnderstood when it is not there.
    """
    if not found:
        return
    if not isinstance(found.get(key), dict | list):
        errors = "; ".join(map(str, listed(found.get("errors"))))
        raise NotUnderstood(clean(errors or f"no {key!r} in {', '.join(list(found)[:6])}"))
    nothing = True
    for item in over(found[key], read):
        nothing = False
        yield item
    if nothing:
        yield EMPTY


def over(table: Any, read: Callable[[str, Object], Read]) -> Iterator[Fact | Note]:
    """What `read` makes of every entry of a table, a dict by name or a list."""
    for name, entry in _items(table):
        if not isinstance(entry, dict):
            yield Note(text=clean(f"{name}: not an object"))
            continue
        try:
            yield from read(clean(name), entry)
        except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError) as error:
            yield Note(text=clean(f"{name}: {error!r}"))


def each_vrf(
    found: Object, keys: tuple[str, ...], read: Callable[[str, Object], Read]
) -> Iterator[Fact | Note]:
    """`each` over the VRFs whose tables stand under `keys`; one that has no such table becomes a note.

    An answer without VRFs, as older EOS gives it, is of the default one.
    """

    def read_known(vrf: str, entry: Object) -> Read:
        if not entry or not entry.keys().isdisjoint(keys):
            return read(vrf, entry)
        return [Note(text=f"{vrf}: no {keys[0]!r}")]

    if "vrfs" not in found and not found.keys().isdisjoint(keys):
        found = {"vrfs": {DEFAULT_VRF: found}}
    yield from each(found, "vrfs", read_known)


def _items(table: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(table, dict):
        yield from table.items()
    elif isinstance(table, list):
        yield from ((str(index), entry) for index, entry in enumerate(table))


def bounded(found: Iterator[Fact | Note], what: str) -> Iterator[Fact | Note]:
    """The first of what may be a whole Internet table, and a note where there is more."""
    yield from itertools.islice(found, _TABLE_LIMIT)
    if next(found, None) is not None:
        yield Note(text=f"more than {_TABLE_LIMIT} {what}: the rest was not read")


def inactive(found: Object) -> bool:
    """True when EOS says that the process asked about does not run (`BGP inactive`)."""
    return any("inactive" in str(error).lower() for error in listed(found.get("errors")))


def objects(table: Any) -> Iterator[tuple[str, Object]]:
    """The entries of a table that are objects, by name."""
    return ((clean(name), entry) for name, entry in _items(table) if isinstance(entry, dict))


def inner(found: Any, *path: str) -> Object:
    """The object at the end of a path, `{}` where it does not lead there."""
    for key in path:
        found = found.get(key) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else {}


def listed(value: Any) -> list[Any]:
    """A list as it is, `[]` for anything else."""
    return value if isinstance(value, list) else []


def age_s(value: Any, now_s: float | None) -> float | None:
    """Seconds since a moment that EOS gives as a date in seconds since 1970, or as an age.

    None when `now_s`, the time of the answer, is needed and not known, or lies before the moment.
    """
    found = number(value)
    if found is None or found <= 0:
        return None
    if found < _OLDEST_DATE_S:
        return found
    return round(now_s - found, 3) if now_s is not None and now_s >= found else None


def seconds(at: datetime | None) -> float | None:
    """A time as EOS writes dates: seconds since 1970."""
    return at.timestamp() if at is not None else None
