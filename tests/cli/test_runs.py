"""Stored runs: listed, looked into, reported again."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from netdoctor.cli import main
from netdoctor.engine.store import read_entries
from netdoctor.model.events import RunStarted

from .conftest import NETDOCTOR

JOURNALS = sorted((Path(__file__).parents[1] / "journals").glob("*.jsonl"))
HOSTILE = "answer \x1b]0;owned\x07 and \x9b2J\n  indented\n"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The run store of an engineer, with the recorded runs in it."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    folder = tmp_path / "netdoctor" / "runs"
    folder.mkdir(parents=True)
    for journal in JOURNALS:
        shutil.copy(journal, folder / f"{run_id(journal)}.jsonl")
    return folder


def run_id(journal: Path) -> str:
    started = next(read_entries(journal)).event
    assert isinstance(started, RunStarted)
    return started.run_id


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def test_list_shows_every_run_newest_first(store: Path) -> None:
    listed = [line.split()[0] for line in run("runs", "list").stdout.splitlines()]
    assert listed == sorted(map(run_id, JOURNALS), reverse=True)


def test_list_of_nothing_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    listed = run("runs", "list")
    assert (listed.exit_code, listed.stdout) == (0, "")
    assert "no runs yet" in listed.stderr


@pytest.mark.parametrize("journal", JOURNALS, ids=lambda path: path.stem)
def test_a_run_is_named_by_id_beginning_or_file(store: Path, journal: Path) -> None:
    name = run_id(journal)
    pages = {run("report", ref).stdout for ref in (name, name[:-1], str(journal), f"{store / name}.jsonl")}
    assert len(pages) == 1
    assert name in pages.pop()


def test_last_is_the_newest(store: Path) -> None:
    assert max(map(run_id, JOURNALS)) in run("report").stdout
    assert run("report").stdout == run("report", "last").stdout


def test_show_lists_what_a_run_holds_and_each_output_in_full(store: Path) -> None:
    shown = run("runs", "show", "last").stdout
    report = json.loads(run("report", "last", "--format", "json").stdout)
    assert f"verdict  {report['verdict']}: {report['summary']}" in shown
    for found in report["findings"]:
        for source in found["source"]:
            assert source["command"] in shown
            assert run("runs", "show", "last", source["output"]).exit_code == 0


def test_an_unknown_output_is_answered_with_the_nearest(store: Path) -> None:
    result = run("runs", "show", "last", "0001")
    assert result.exit_code == 2
    assert "no output '0001' in this run" in result.stderr


def test_a_damaged_run_is_refused_with_its_line(store: Path) -> None:
    (store / "broken.jsonl").write_text('{"seq": 1}\n{"seq": 2}\n')
    result = run("report", "broken")
    assert result.exit_code == 2
    assert "broken.jsonl:1:" in result.stderr


def test_a_run_without_its_beginning_is_refused(store: Path) -> None:
    last = sorted(store.iterdir())[-1]
    last.write_bytes(b"".join(last.read_bytes().splitlines(keepends=True)[1:]))
    result = run("report", last.stem)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "no beginning" in result.stderr


def test_a_run_cut_off_is_shown_as_far_as_it_went(store: Path) -> None:
    last = sorted(store.iterdir())[-1]
    first, *rest = last.read_bytes().splitlines(keepends=True)
    last.write_bytes(first + rest[0] + rest[1][:20])
    assert "UNDETERMINED" in run("report", last.stem).stdout


def test_a_raw_output_cannot_steer_the_terminal(store: Path) -> None:
    last = sorted(store.iterdir())[-1]
    lines = [json.loads(line) for line in last.read_bytes().splitlines()]
    captured = next(line["event"] for line in lines if line["event"]["event"] == "Captured")
    for line in lines:
        if line["event"]["event"] == "Captured":
            line["event"]["output"] = HOSTILE
    last.write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert captured["command"] in run("runs", "show", last.stem).stdout
    shown = run("runs", "show", last.stem, "O1").stdout
    assert shown == "answer \\x1b]0;owned\\x07 and \\x9b2J\n  indented\n"


def test_the_event_stream_of_a_stored_run_is_its_journal(store: Path) -> None:
    last = sorted(store.iterdir())[-1]
    assert run("report", last.stem, "--format", "jsonl").stdout_bytes == last.read_bytes()


@pytest.mark.parametrize("format_name", ["text", "json", "jsonl"])
def test_a_reader_that_has_left_is_told_nothing(store: Path, deaf_pipe: int, format_name: str) -> None:
    argv = [NETDOCTOR, "report", "last", "--format", format_name]
    environ = os.environ | {"XDG_STATE_HOME": str(store.parents[1])}
    done = subprocess.run(argv, env=environ, stdout=deaf_pipe, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (1, b"")
