"""Facts that we read off real outputs with our own eyes: `PLATFORM/AREA.yaml` here.

`"003": [{type: Neighbor, address: 192.0.2.1, mac: …}, {type: Neighbor, count: 12}]` — the number of the
output in its area; each entry is a fact that must be among the parsed ones, by its KEY fields, or how many
there are of a type.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from netdoctor.model.facts import FACT_TYPES, Fact
from tests.corpus.goldens import Expected

_HERE = Path(__file__).parent


class Reading(NamedTuple):
    """What one output says."""

    platform: str
    start: str
    """The beginning of `AREA/N-NAME`."""
    facts: tuple[Expected, ...]
    counts: dict[type[Fact], int]

    @property
    def name(self) -> str:
        return f"{self.platform}/{self.start}"


@cache
def readings() -> tuple[Reading, ...]:
    return tuple(
        _reading(file.parent.name, f"{file.stem}/{number}", entries)
        for file in sorted(_HERE.glob("*/*.yaml"))
        for number, entries in yaml.safe_load(file.read_text(encoding="utf-8")).items()
    )


def _reading(platform: str, start: str, entries: list[dict[str, Any]]) -> Reading:
    counts = {FACT_TYPES[entry["type"]]: entry["count"] for entry in entries if "count" in entry}
    facts = tuple(_expected(dict(entry)) for entry in entries if "count" not in entry)
    return Reading(platform, start, facts, counts)


def _expected(entry: dict[str, Any]) -> Expected:
    fact = FACT_TYPES[entry.pop("type")]
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}
    key = {name: value for name, value in values.items() if name in fact.KEY}
    return Expected(fact, key, {name: value for name, value in values.items() if name not in key} or key)
