"""Recorded journals."""

from __future__ import annotations

from pathlib import Path

import pytest

from netdoctor.model.codec import decode_entry
from netdoctor.model.events import Entry

JOURNALS = sorted((Path(__file__).parent.parent / "journals").glob("*.jsonl"))


@pytest.fixture(scope="session", params=JOURNALS, ids=lambda path: path.stem)
def recorded(request: pytest.FixtureRequest) -> list[Entry]:
    """The entries of one recorded run."""
    return [decode_entry(line) for line in request.param.read_bytes().splitlines()]
