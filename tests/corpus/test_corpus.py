"""Real device outputs: every one that a parser of ours reads is understood, and right.

Run with `-s` to see the figures.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from typing import Any

import pytest

from netdoctor.model.facts import Fact
from netdoctor.platforms.base import NotUnderstood
from tests.corpus.corpus import PLATFORMS, Record, facts_in, folder, reader_of, records
from tests.corpus.goldens import Expected, excuse_of, kind_of, mapping_of

UNDERSTOOD_AT_LEAST = 0.95
RIGHT_AT_LEAST = {"arista_eos": 0.97}
"""The share of golden values for a platform that we call proven; for others `USABLE_AT_LEAST`."""
USABLE_AT_LEAST = 0.95


@pytest.fixture(autouse=True)
def _corpus_is_there() -> None:
    if folder() is not None:
        return
    missing = "no corpus: set NETDOCTOR_CORPUS, or lay it at ../shared/corpus"
    if os.environ.get("CI") == "true":
        pytest.fail(missing)
    pytest.skip(missing)


def _read(platform: str) -> list[Record]:
    """The outputs of a platform that a parser of ours reads."""
    return [record for record in records(platform) if reader_of(record)]


@pytest.mark.parametrize("platform", PLATFORMS)
def test_real_outputs_are_understood(platform: str, record_property: Any) -> None:
    known = _read(platform)
    misread = []
    for record in known:
        try:
            facts_in(record)
        except NotUnderstood as error:
            misread.append(f"{record.name} ({record.command}): {error}")
    share = 1 - len(misread) / len(known)
    all_of_it = len(list(records(platform)))
    figures = f"{platform}: {len(known)} of {all_of_it} outputs have a parser, {share:.1%} understood"
    print(figures)
    record_property("understood", figures)
    assert share >= UNDERSTOOD_AT_LEAST, "\n".join([figures, *misread])


def _judged(facts: list[Fact], expected: Expected) -> Iterator[tuple[bool, str]]:
    """For each golden value whether a fact says the same, and what was said."""
    alike = [
        fact
        for fact in facts
        if isinstance(fact, expected.fact)
        and all(getattr(fact, name) == value for name, value in expected.key.items())
    ]
    for name, value in expected.fields.items():
        said = [getattr(fact, name) for fact in alike]
        told = f"{expected.fact.__name__} {expected.key} {name}: expected {value!r}, said {said or 'nothing'}"
        yield any(_same(one, value) for one in said), told


def _same(said: Any, golden: Any) -> bool:
    """Equal, to the two digits behind the point that sources print."""
    if isinstance(said, float) and isinstance(golden, int | float):
        return math.isclose(said, golden, abs_tol=0.00501)
    return bool(said == golden)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_facts_agree_with_the_sources_own_values(platform: str, record_property: Any) -> None:
    judged = [
        (right, f"{record.name}: {told}")
        for record in _read(platform)
        if (mapping := mapping_of(record))
        for facts in [facts_in(record)]
        for expected in mapping(record)
        for right, told in _judged(facts, expected)
    ]
    wrong = [told for right, told in judged if not right]
    share = 1 - len(wrong) / len(judged)
    figures = f"{platform}: {len(judged)} golden values, {share:.1%} right"
    print(figures)
    record_property("right", figures)
    assert share >= RIGHT_AT_LEAST.get(platform, USABLE_AT_LEAST), "\n".join([figures, *wrong])


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_golden_is_mapped_or_excused(platform: str) -> None:
    forgotten = [
        f"{record.name}: {kind_of(record)}"
        for record in _read(platform)
        if record.golden is not None and not mapping_of(record) and not excuse_of(record)
    ]
    assert forgotten == []
