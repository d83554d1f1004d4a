"""Where the corpus of real device outputs lies, and what is in it.

`$NETDOCTOR_CORPUS`, else `../shared/corpus` beside the checkout: `PLATFORM/AREA/N-NAME.txt` and `.json`.
Nothing of it is copied into the project.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from netdoctor import platforms
from netdoctor.model.facts import Fact
from netdoctor.platforms.base import Command, Platform, understand

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
    command: str
    structured: bool
    output: str
    source: str
    """The repository it is from."""
    golden_source: str
    golden: Any


def records(platform: str) -> Iterator[Record]:
    """The outputs of a platform, sorted by name; none where there is no corpus."""
    place = folder()
    for about in sorted(place.glob(f"{platform}/*/*.json")) if place else []:
        told = json.loads(about.read_text(encoding="utf-8"))
        yield Record(
            name=str(about.relative_to(about.parents[2]).with_suffix("")),
            platform=platform,
            command=told["command"],
            structured=told["format"] == "json",
            output=about.with_suffix(".txt").read_text(encoding="utf-8"),
            source=told["source_repo"],
            golden_source=told.get("golden_source") or "",
            golden=told["golden"],
        )


def spellings(record: Record) -> Iterator[str]:
    """How a project may write the command that a source writes in its own way."""
    text = re.sub(r"\s*\|\s*(no-more|json)\b", lambda pipe: f" | {pipe[1]}", " ".join(record.command.split()))
    text = text.replace(" | no-more", "").removeprefix("sudo ").replace("'", '"')
    yield text
    yield re.sub(r"<\w+>", "default", text)
    if record.structured and "json" not in text:
        yield f"{text} | json"
        yield re.sub(r'"$', ' json"', text)


def reader_of(record: Record) -> tuple[Command, dict[str, str]] | None:
    """The command of ours whose parser reads the output, with its arguments."""
    platform: Platform = platforms.get(record.platform)
    return next((found for text in spellings(record) if (found := platform.command_for(text))), None)


def facts_in(record: Record) -> list[Fact]:
    """What our parser makes of the output. Raises NotUnderstood; LookupError where no parser reads it."""
    found = reader_of(record)
    if found is None:
        raise LookupError(record.command)
    return understand(found[0].parse, record.output, found[1], AT)[0]
