"""What the sources' own parsed values say in our words: one module a platform.

`MAPPINGS` has a function for each kind of golden (a getter of napalm, ANTA, a fixture of jc): which golden
key is which field of which fact. What cannot be held against its own output stands in `UNMAPPED`, by the
beginning of its name, with the reason.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any, NamedTuple

from netdoctor.model.facts import Fact
from tests.corpus.corpus import Record


class Expected(NamedTuple):
    """Fields that one fact must have. The fact is found by `key`, which need not be its whole KEY."""

    fact: type[Fact]
    key: dict[str, Any]
    fields: dict[str, Any]


Mapped = Iterator[Expected]
Mapping = Callable[[Record], Mapped]


def kind_of(record: Record) -> str:
    """How a golden was made: napalm's getter, ANTA, or the name of a fixture."""
    if record.source.endswith("/anta"):
        return "anta"
    getter = re.search(r"test_(get_\w+)", record.golden_source)
    return getter[1] if getter else record.golden_source.rpartition("/")[2].partition(".")[0]


def mapping_of(record: Record) -> Mapping | None:
    """The function that reads a golden, None where there is none."""
    if record.golden is None or excuse_of(record):
        return None
    mappings: dict[str, Mapping] = _of(record.platform).MAPPINGS
    return mappings.get(kind_of(record))


def excuse_of(record: Record) -> str | None:
    """Why a golden is not mapped."""
    name = record.name.removeprefix(f"{record.platform}/")
    unmapped: dict[str, str] = _of(record.platform).UNMAPPED
    return next((why for start, why in unmapped.items() if name.startswith(start)), None)


def _of(platform: str) -> ModuleType:
    return importlib.import_module(f"{__name__}.{platform}")
