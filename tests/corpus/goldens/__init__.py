"""What the sources' own parsed values say in our words: one folder a platform, one module an area.

`GOLDENS` of a module has a `Golden` for each kind of golden (`kind_of`: Genie's parser, the template of
ntc-templates, napalm's getter, ANTA, jc's fixture): which golden key is which field of which fact, and why a
key is none. `UNMAPPED` names outputs, by the beginning of `AREA/N-NAME`, whose golden cannot be held against
them at all, with the reason; `WRONG` names single values that are wrong in the golden itself.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from netdoctor.model.facts import Fact
from tests.corpus.corpus import Record

Path = tuple[str, ...]


class Expected(NamedTuple):
    """Fields that one fact must have. The fact is found by `key`, which need not be its whole KEY."""

    fact: type[Fact]
    key: dict[str, Any]
    fields: dict[str, Any]


class SkipValue(Exception):
    """Raised by a conversion: this golden value says nothing that a fact could say."""


class Place(NamedTuple):
    """A row of a golden: what the `*` of its pattern stand for, its values, and the whole golden."""

    names: Path
    row: Any
    golden: Any


Where = str | Callable[[Place], Any] | tuple[str, Callable[[Any], Any]]
"""`"*0"` the first name that a `*` stood for, `"a.b"` a value of the row, or a function of the place.
With a function behind it: of the value."""


@dataclass(frozen=True)
class Table:
    """Which values of a golden's rows are which fields of one type of fact."""

    fact: type[Fact]
    at: str
    """Where a row stands: `vrf.*.neighbor.*`; list items count as names. Empty: the golden itself."""
    key: Mapping[str, Where]
    fields: Mapping[str, str | tuple[str, Callable[[Any], Any]]] = field(default_factory=dict)
    """Path in the row to field; with a function, to the field's own words. A blank value is not judged."""
    unless: Callable[[Place], bool] = lambda place: False
    """Rows that are no such fact."""


@dataclass(frozen=True)
class Golden:
    """How one kind of golden is read."""

    tables: tuple[Table, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)
    """Path pattern, and all under it, to the reason why it is no field of a fact."""
    also: Callable[[Record], Iterator[Expected]] | None = None
    """What tables cannot say, and the patterns of what it reads."""
    also_reads: tuple[str, ...] = ()

    def expected(self, record: Record) -> Iterator[Expected]:
        for table in self.tables:
            yield from _expected(table, record.golden)
        if self.also:
            yield from self.also(record)

    def unaccounted(self, golden: Any) -> set[str]:
        """The golden's keys that are neither mapped nor excused, with `*` for names of instances."""
        known = [_path(pattern) for pattern in (*self.reasons, *self.also_reads, *_patterns(self.tables))]
        return {".".join(leaf) for leaf in _leaves(golden) if not any(_under(one, leaf) for one in known)}


def _path(pattern: str) -> Path:
    return tuple(pattern.split(".")) if pattern else ()


def _patterns(tables: tuple[Table, ...]) -> Iterator[str]:
    for table in tables:
        paths = [*table.fields, *(where for where in map(_plain, table.key.values()) if where)]
        yield from (".".join(filter(None, (table.at, path))) for path in paths if not path.startswith("*"))


def _plain(where: Where) -> str:
    return where if isinstance(where, str) else where[0] if isinstance(where, tuple) else ""


def _leaves(value: Any, path: Path = ()) -> Iterator[Path]:
    """The paths of all values, empty tables too."""
    rows = _inner(value)
    if not rows:
        yield path
    for name, one in rows:
        yield from _leaves(one, (*path, name))


def _inner(value: Any) -> list[tuple[str, Any]]:
    """What stands in a table, by name or number."""
    rows = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [(str(name), one) for name, one in rows]


def _under(pattern: Path, path: Path) -> bool:
    """True when the path, or a place over it, is one of the pattern's."""
    return len(pattern) <= len(path) and all(
        one in ("*", name) for one, name in zip(pattern, path, strict=False)
    )


def _rows(value: Any, pattern: Path, names: Path = ()) -> Iterator[tuple[Path, Any]]:
    if not pattern:
        yield names, value
        return
    head, rest = pattern[0], pattern[1:]
    if head == "*":
        inner = (
            value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        )
        for name, one in inner:
            yield from _rows(one, rest, (*names, str(name)))
    elif isinstance(value, dict) and head in value:
        yield from _rows(value[head], rest, names)


def _value(row: Any, path: str) -> Any:
    for name in path.split("."):
        row = row.get(name) if isinstance(row, dict) else None
    return row


def _expected(table: Table, golden: Any) -> Iterator[Expected]:
    for names, row in _rows(golden, _path(table.at)):
        place = Place(names, row, golden)
        if table.unless(place):
            continue
        try:
            key = {name: _found(where, place) for name, where in table.key.items()}
        except SkipValue:
            continue
        fields = dict(_fields(table, row))
        yield Expected(table.fact, key, fields or key)


def _found(where: Where, place: Place) -> Any:
    if callable(where):
        return where(place)
    path, convert = where if isinstance(where, tuple) else (where, None)
    found = place.names[int(path[1:])] if path.startswith("*") else _value(place.row, path)
    return convert(found) if convert else found


def _fields(table: Table, row: Any) -> Iterator[tuple[str, Any]]:
    for path, said in table.fields.items():
        name, convert = said if isinstance(said, tuple) else (said, None)
        value = _value(row, path)
        if value is None or value in ("", [], {}):
            continue
        try:
            yield name, convert(value) if convert else value
        except SkipValue:
            continue


def kind_of(record: Record) -> str:
    """How a golden was made: Genie's parser, the template, napalm's getter, ANTA, or the fixture's name."""
    if record.source.endswith("/anta"):
        return "anta"
    path = record.golden_source.split("/")
    if record.source.endswith("/ntc-templates"):
        return path[2]
    if record.source.endswith("/genieparser"):
        return path[path.index("tests") + 1]
    getter = re.search(r"test_(get_\w+)", record.golden_source)
    return getter[1] if getter else path[-1].partition(".")[0]


@cache
def _all(platform: str, name: str) -> dict[str, Any]:
    """What the modules of a platform say under one name, together."""
    package = importlib.import_module(f"{__name__}.{platform}")
    found: dict[str, Any] = {}
    for info in sorted(pkgutil.iter_modules(package.__path__), key=lambda one: one.name):
        found |= getattr(importlib.import_module(f"{package.__name__}.{info.name}"), name, {})
    return found


def golden_of(record: Record) -> Golden | None:
    """How the golden of an output is read; None where there is none, or it is excused."""
    if record.golden is None or excuse_of(record):
        return None
    found: Golden | None = _all(record.platform, "GOLDENS").get(kind_of(record))
    return found


def excuse_of(record: Record) -> str | None:
    """Why the golden of an output is not mapped at all."""
    return _by_start(_all(record.platform, "UNMAPPED"), record)


def unread(record: Record) -> str | None:
    """Why no parser of ours reads an output."""
    return _by_start(_all(record.platform, "UNREAD"), record)


def wrong_golden(record: Record, told: str) -> str | None:
    """Why a single golden value is wrong: `WRONG = {"AREA/N": {"text in the complaint": "why"}}`."""
    found = _by_start(_all(record.platform, "WRONG"), record) or {}
    return next((why for text, why in found.items() if text in told), None)


def _by_start(table: dict[str, Any], record: Record) -> Any:
    return next((why for start, why in table.items() if record.short.startswith(start)), None)
