"""`platforms/coverage.json` says on how many real outputs each platform was tried, and says it truly.

`python -m tests.corpus.test_coverage` writes it anew.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from pathlib import Path

import pytest

import netdoctor.platforms
from netdoctor.platforms.base import NotUnderstood
from netdoctor.platforms.coverage import FIELDS, WHY_EMPTY, fields_of, matrix
from tests.corpus.corpus import PLATFORMS, facts_in, folder, records

FILE = Path(netdoctor.platforms.__file__).parent / "coverage.json"


def counts() -> dict[str, dict[str, int]]:
    """Platform, then field, to the number of real outputs in which facts of the field were found."""
    return {platform: _of(platform) for platform in PLATFORMS}


def _of(platform: str) -> dict[str, int]:
    found = Counter[str]()
    for record in records(platform):
        try:
            found.update(fields_of({type(fact) for fact in facts_in(record)}))
        except (LookupError, NotUnderstood):
            continue
    return {field: found[field] for field in FIELDS if found[field]}


def as_text(found: dict[str, dict[str, int]]) -> str:
    return json.dumps(found, indent=1) + "\n"


def test_reasons_stand_at_empty_cells_alone() -> None:
    empty = {(field, name) for name, row in matrix().items() for field, cell in row.items() if not cell.read}
    assert empty >= {(field, name) for field, reasons in WHY_EMPTY.items() for name in reasons}


def test_the_numbers_are_those_of_the_corpus() -> None:
    if folder() is None and os.environ.get("CI") != "true":
        pytest.skip("no corpus: set NETDOCTOR_CORPUS, or lay it at ../shared/corpus")
    assert json.loads(FILE.read_text(encoding="utf-8")) == counts()


if __name__ == "__main__":
    if folder() is None:
        sys.exit("no corpus: set NETDOCTOR_CORPUS, or lay it at ../shared/corpus")
    FILE.write_text(as_text(counts()), encoding="utf-8")
