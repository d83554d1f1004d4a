"""Live, stored, analysed and shuffled runs conclude the same, byte for byte."""

from __future__ import annotations

import random
from collections import defaultdict
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netdoctor.engine.analyze import NothingRecorded, analyze
from netdoctor.engine.assess import assess
from netdoctor.engine.journal import Journal
from netdoctor.engine.knowledge import Knowledge
from netdoctor.engine.run import collect, investigate
from netdoctor.engine.store import RunFile, read_entries, write_bundle
from netdoctor.model.events import Entry
from netdoctor.model.findings import Diagnosis
from tests.engine.conftest import CATALOGUE, Wire, healthy, request_for


def wire() -> Wire:
    faulty = healthy(
        "eth2 spine2 eth1\neth1 spine1 eth1", ["eth1 up 1\neth2 down 0", "eth1 up 9\neth2 down 0"]
    )
    return Wire({"leaf1": faulty, "spine1": healthy(), "spine2": healthy(errors="eth1 down 3")})


def same(one: Diagnosis, other: Diagnosis) -> bool:
    return msgspec.json.encode(one) == msgspec.json.encode(other)


async def test_a_collected_bundle_is_diagnosed_as_it_would_have_been_live(
    journal: Journal, entries: list[Entry], tmp_path: Path
) -> None:
    live = await investigate(request_for("leaf1"), CATALOGUE, journal, wire())
    assert live.findings

    collected: list[Entry] = []
    await collect(request_for("leaf1"), Journal([collected.append]), wire())
    bundle = tmp_path / "bundle.zip"
    write_bundle(bundle, collected)
    later = analyze(read_entries(bundle), CATALOGUE, Journal())
    ours, theirs = (
        [msgspec.structs.replace(f, window_s=None, title="", measured={}) for f in d.findings]
        for d in (live, later)
    )
    assert ours == theirs, "the same but for the measured seconds"


async def test_analysing_a_run_again_and_again_changes_nothing(
    journal: Journal, entries: list[Entry]
) -> None:
    live = await investigate(request_for("leaf1"), CATALOGUE, journal, wire())
    again: list[Entry] = []
    assert same(analyze(entries, CATALOGUE, Journal([again.append])), live)
    assert same(analyze(again, CATALOGUE, Journal()), live)


async def test_a_stored_run_folds_to_the_same_diagnosis(
    journal: Journal, entries: list[Entry], tmp_path: Path
) -> None:
    file = RunFile(tmp_path / "run.jsonl")
    journal.subscribe(file)
    live = await investigate(request_for("leaf1"), CATALOGUE, journal, wire())
    file.close()
    knowledge = Knowledge()
    for entry in read_entries(file.path):
        knowledge.apply(entry)
    assert same(assess(knowledge, CATALOGUE)[0], live)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
async def test_the_order_of_arrival_over_devices_changes_nothing(seed: int) -> None:
    entries: list[Entry] = []
    live = await investigate(request_for("leaf1"), CATALOGUE, Journal([entries.append]), wire())
    by_origin: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_origin[entry.origin].append(entry)
    order = [entry.origin for entry in entries]
    random.Random(seed).shuffle(order)
    knowledge = Knowledge()
    for origin in order:
        knowledge.apply(by_origin[origin].pop(0))
    assert same(assess(knowledge, CATALOGUE)[0], live)


def test_a_recording_without_a_beginning_is_refused() -> None:
    with pytest.raises(NothingRecorded, match="no beginning"):
        analyze([], CATALOGUE, Journal())
