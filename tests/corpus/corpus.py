"""Where the corpus of real device outputs lies, and what is in it.

`$NETDOCTOR_CORPUS`, else `../shared/corpus` beside the checkout: `PLATFORM/AREA/N-NAME.txt` and `.json`.
Nothing of it is copied into the project.
"""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from netdoctor import platforms
from netdoctor.model.events import Note
from netdoctor.model.facts import Fact
from netdoctor.platforms import pasted
from netdoctor.platforms.base import Command, understand

ROOT = Path(__file__).parents[2]
PLATFORMS = platforms.names()
AT = datetime(2026, 7, 1, tzinfo=UTC)
"""When all answers are said to have come: later than any of them."""


def folder() -> Path | None:
    """The corpus, None where there is none."""
    place = os.environ.get("NETDOCTOR_CORPUS")
    found = Path(place) if place else ROOT.parent / "shared" / "corpus"
    return found if found.is_dir() else None


class Record(NamedTuple):
    """One real output, with what its source makes of it."""

    name: str
    """`PLATFORM/AREA/N-NAME`."""
    platform: str
    area: str
    command: str
    output: str
    source: str
    """The repository it is from."""
    golden_source: str
    golden: Any

    @property
    def short(self) -> str:
        """`AREA/N-NAME`."""
        return self.name.partition("/")[2]


@cache
def records(platform: str) -> tuple[Record, ...]:
    """The outputs of a platform, sorted by name; none where there is no corpus."""
    place = folder()
    return tuple(map(_record, sorted(place.glob(f"{platform}/*/*.json")) if place else []))


def _record(about: Path) -> Record:
    told = json.loads(about.read_text(encoding="utf-8"))
    return Record(
        name=str(about.relative_to(about.parents[2]).with_suffix("")),
        platform=about.parents[1].name,
        area=about.parent.name,
        command=told["command"],
        output=about.with_suffix(".txt").read_text(encoding="utf-8"),
        source=told["source_repo"],
        golden_source=told.get("golden_source") or "",
        golden=told["golden"],
    )


def reader_of(record: Record) -> tuple[Command, dict[str, str]] | None:
    """The command of ours whose parser reads the output, with its arguments."""
    return pasted.reader_of(platforms.get(record.platform), record.command, record.output)


@cache
def _read(name: str, platform: str) -> tuple[list[Fact], list[Note]]:
    record = next(record for record in records(platform) if record.name == name)
    found = reader_of(record)
    if found is None:
        raise LookupError(record.command)
    return understand(found[0].parse, pasted.answer(record.output, record.command), found[1], AT)


def facts_in(record: Record) -> list[Fact]:
    """What our parser makes of the output. Raises NotUnderstood; LookupError where no parser reads it."""
    return _read(record.name, record.platform)[0]
