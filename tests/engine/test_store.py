"""Run files: who may read them, how they are found, and what a damaged one says."""

from __future__ import annotations

import grp
import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from netdoctor.engine.journal import Journal
from netdoctor.engine.store import (
    RunNotFound,
    RunStore,
    UnknownGroup,
    UnreadableRun,
    new_run_id,
    read_entries,
)
from netdoctor.model.events import Diagnosed, RunStarted
from netdoctor.model.findings import Diagnosis


def stored(store: RunStore, run_id: str, target: str = "leaf1") -> Path:
    file = store.create(run_id)
    journal = Journal([file])
    journal.append("engine", RunStarted(run_id=run_id, version="1", targets=(target,)))
    journal.append("engine", Diagnosed(diagnosis=Diagnosis(verdict="degraded", summary="s")))
    file.close()
    return file.path


def test_a_run_is_its_owners_alone(tmp_path: Path) -> None:
    path = stored(RunStore(tmp_path / "runs"), "a")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_shared_run_is_readable_by_its_group(tmp_path: Path) -> None:
    group = grp.getgrgid(os.getgid()).gr_name
    file = RunStore(tmp_path).create("a", share_group=group)
    file.close()
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o640
    assert file.path.stat().st_gid == os.getgid()


def test_an_unknown_group_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnknownGroup, match="no group 'no-such-group-here'"):
        RunStore(tmp_path).create("a", share_group="no-such-group-here")


@pytest.mark.parametrize(
    ("ref", "found"),
    [("20260101T000000Z-leaf1-aaaa", 0), ("20260101", 0), ("last", 1), ("20260102T000000Z-leaf2-bbbb", 1)],
)
def test_found_by_id_beginning_or_last(ref: str, found: int, tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    paths = [stored(store, "20260101T000000Z-leaf1-aaaa"), stored(store, "20260102T000000Z-leaf2-bbbb")]
    assert store.find(ref) == paths[found]


@pytest.mark.parametrize(
    ("ref", "message"),
    [
        ("2026", "ambiguous: 20260101T000000Z-leaf1-aaaa, 20260102"),
        ("20260101T000000Z-leaf1-aaab", "did you mean"),
    ],
)
def test_not_found(ref: str, message: str, tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    for run_id in ("20260101T000000Z-leaf1-aaaa", "20260102T000000Z-leaf2-bbbb"):
        stored(store, run_id)
    with pytest.raises(RunNotFound, match=message):
        store.find(ref)


def test_listed_newest_first_with_their_verdict(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    stored(store, "20260101T000000Z-leaf1-aaaa")
    stored(store, "20260102T000000Z-leaf2-bbbb", "leaf2")
    (tmp_path / "notes.jsonl").write_text("not a run\n")
    assert [(run.targets, run.verdict, run.summary) for run in store.runs()] == [
        (("leaf2",), "degraded", "s"),
        (("leaf1",), "degraded", "s"),
    ]


def test_a_cut_last_line_is_a_run_in_progress(tmp_path: Path) -> None:
    path = stored(RunStore(tmp_path), "a")
    whole = path.read_bytes()
    path.write_bytes(whole[:-20])
    assert len(list(read_entries(path))) == 1


def test_a_damaged_line_is_named(tmp_path: Path) -> None:
    path = stored(RunStore(tmp_path), "a")
    path.write_bytes(b"{broken}\n" + path.read_bytes())
    with pytest.raises(UnreadableRun, match=r"a\.jsonl:1: not an entry"):
        list(read_entries(path))


def test_ids_sort_by_time_and_say_what_they_are_about() -> None:
    run_id = new_run_id("leaf1:Ethernet1/1", datetime(2026, 1, 31, 3, 5, 1, tzinfo=UTC))
    assert run_id.startswith("20260131T030501Z-leaf1-Ethernet1-1-")
