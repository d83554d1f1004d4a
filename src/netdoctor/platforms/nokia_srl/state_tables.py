"""How full the tables of line cards are, in the state tree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from netdoctor.model.facts import TableUse
from netdoctor.platforms.nokia_srl.reading import Object, bare, rows, said
from netdoctor.platforms.values import count, total


def tables(module: str, entry: Object) -> Iterator[TableUse]:
    """The resources of each forwarding complex, whatever they stand under."""
    for complex_ in rows(entry, "forwarding-complex"):
        yield from _resources(f"{module} complex {complex_.get('name', '')}".strip(), complex_)


def _resources(place: str, found: Object) -> Iterator[TableUse]:
    for name, value in found.items():
        if name == "resource":
            yield from (one for entry in rows(found, name) for one in _table(place, entry))
        elif isinstance(value, dict):
            yield from _resources(f"{place} {name}", value)


def _table(place: str, entry: Object) -> Iterator[TableUse]:
    used = _first(entry, "used", "used-entries", "programmed")
    free = _first(entry, "free", "free-entries")
    if free is None:
        free = total(entry.get("free-static"), entry.get("free-dynamic"))
    name = bare(said(entry.get("name")))
    if name and used is not None:
        limit = used + free if free is not None else None
        yield TableUse(table=f"{place} {name}", used_count=used, limit_count=limit)


def _first(entry: Object, *names: str) -> int | None:
    told: list[Any] = [count(entry.get(name)) for name in names]
    return next((value for value in told if value is not None), None)
