"""Real device outputs: each is read by a parser of ours, understood, and right.

Run with `-s` to see the figures. What a golden key means is said in `goldens/`; what we read off outputs
ourselves stands in `expected/`.
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
from tests.corpus.expected import Reading, readings
from tests.corpus.goldens import Expected, excuse_of, golden_of, kind_of, unread, wrong_golden

UNDERSTOOD_AT_LEAST = 0.97
RIGHT_AT_LEAST = 0.97
"""On every platform that has golden values enough to be proven."""
RIGHT_IN_ALL_AT_LEAST = 0.99
PROVEN_FROM = 200
READ_OFF_PER_AREA = 2


@pytest.fixture(autouse=True)
def _corpus_is_there() -> None:
    if folder() is not None:
        return
    missing = "no corpus: set NETDOCTOR_CORPUS, or lay it at ../shared/corpus"
    if os.environ.get("CI") == "true":
        pytest.fail(missing)
    pytest.skip(missing)


def _known(platform: str) -> list[Record]:
    """The outputs of a platform that a parser of ours reads."""
    return [record for record in records(platform) if reader_of(record)]


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_output_has_a_parser_or_a_reason(platform: str) -> None:
    forgotten = [
        f"{record.name} ({record.command})"
        for record in records(platform)
        if not reader_of(record) and not unread(record)
    ]
    assert forgotten == []


@pytest.mark.parametrize("platform", PLATFORMS)
def test_real_outputs_are_understood(platform: str, record_property: Any) -> None:
    known = _known(platform)
    misread = []
    for record in known:
        try:
            facts_in(record)
        except NotUnderstood as error:
            misread.append(f"{record.name} ({record.command}): {error}")
    share = 1 - len(misread) / len(known)
    figures = f"{platform}: {len(known)} of {len(records(platform))} outputs read, {share:.1%} understood"
    print(figures)
    record_property("understood", figures)
    assert share >= UNDERSTOOD_AT_LEAST, "\n".join([figures, *misread])


def _judged(facts: list[Fact], expected: Expected) -> Iterator[tuple[bool, str]]:
    """For each golden value whether a fact says the same, and what was said."""
    alike = [
        fact
        for fact in facts
        if isinstance(fact, expected.fact)
        and all(_same(getattr(fact, name), value) for name, value in expected.key.items())
    ]
    for name, value in expected.fields.items():
        said = [getattr(fact, name) for fact in alike]
        told = f"{expected.fact.__name__} {expected.key} {name}: expected {value!r}, said {said or 'nothing'}"
        yield any(_same(one, value) for one in said), told


def _same(said: Any, golden: Any) -> bool:
    """Equal, to the two digits behind the point that sources print."""
    if isinstance(said, bool) or isinstance(golden, bool):
        return said is golden
    if isinstance(said, int | float) and isinstance(golden, int | float):
        return math.isclose(said, golden, abs_tol=0.00501)
    return bool(said == golden)


def _verdicts(platform: str) -> list[tuple[bool, str]]:
    """Every golden value of a platform: whether a fact of ours says the same, and the complaint if not."""
    return [
        (right, f"{record.name}: {told}")
        for record in _known(platform)
        if (golden := golden_of(record))
        for facts in [facts_in(record)]
        for expected in golden.expected(record)
        for right, told in _judged(facts, expected)
        if right or not wrong_golden(record, told)
    ]


@pytest.mark.parametrize("platform", PLATFORMS)
def test_facts_agree_with_the_sources_own_values(platform: str, record_property: Any) -> None:
    judged = _verdicts(platform)
    wrong = [told for right, told in judged if not right]
    share = 1 - len(wrong) / max(len(judged), 1)
    proven = "" if len(judged) >= PROVEN_FROM else " (unproven: too few)"
    figures = f"{platform}: {len(judged)} golden values, {share:.2%} right{proven}"
    print(figures)
    record_property("right", figures)
    assert share >= RIGHT_AT_LEAST, "\n".join([figures, *wrong])


def test_facts_agree_over_all_platforms(record_property: Any) -> None:
    judged = [right for platform in PLATFORMS for right, _ in _verdicts(platform)]
    share = sum(judged) / len(judged)
    figures = f"all platforms: {len(judged)} golden values, {share:.2%} right"
    print(figures)
    record_property("right", figures)
    assert share >= RIGHT_IN_ALL_AT_LEAST, figures


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_golden_key_is_mapped_or_excused(platform: str) -> None:
    forgotten = set[str]()
    for record in _known(platform):
        if record.golden is None or excuse_of(record):
            continue
        golden = golden_of(record)
        keys = sorted(golden.unaccounted(record.golden)) if golden else ["all of it"]
        forgotten |= {f"{record.name} {kind_of(record)}: {key}" for key in keys}
    assert sorted(forgotten) == []


@pytest.mark.parametrize("reading", readings(), ids=lambda reading: reading.name)
def test_facts_are_those_read_off_the_output(reading: Reading) -> None:
    record = next(record for record in records(reading.platform) if record.short.startswith(reading.start))
    facts = facts_in(record)
    complaints = [told for expected in reading.facts for right, told in _judged(facts, expected) if not right]
    counts = {fact.__name__: sum(isinstance(one, fact) for one in facts) for fact in reading.counts}
    assert complaints == []
    assert counts == {fact.__name__: number for fact, number in reading.counts.items()}


@pytest.mark.parametrize("platform", PLATFORMS)
def test_outputs_without_a_golden_are_read_off(platform: str) -> None:
    starts = [reading.start for reading in readings() if reading.platform == platform]
    bare = [record for record in _known(platform) if record.golden is None or excuse_of(record)]
    wanting = []
    for area in sorted({record.area for record in bare}):
        here = [record for record in bare if record.area == area]
        held = sum(any(record.short.startswith(start) for start in starts) for record in here)
        if held < min(READ_OFF_PER_AREA, len(here)):
            wanting.append(f"{area}: {held} of {len(here)} ({', '.join(record.short for record in here)})")
    assert wanting == []
