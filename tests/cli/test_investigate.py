"""`investigate` as a user runs it, on a served fabric with a dirty connector in it."""

from __future__ import annotations

import grp
import json
import os
import pty
import re
import signal
import socket
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from netdoctor.lab.fabric import Fabric
from netdoctor.lab.scenario import Scenario
from netdoctor.report.schema import report_schema

from .conftest import NETDOCTOR, Run, read_all

pytestmark = pytest.mark.slow
QUICK = ("--interval", "2", "--deadline", "20")


@pytest.fixture(scope="module")
def reported(netdoctor: Run, fabric: Fabric, staged: Scenario) -> subprocess.CompletedProcess[str]:
    """One run of the place that is at fault, as JSON."""
    target = staged.place.target
    inventory = str(fabric.inventory)
    return netdoctor("investigate", target, *QUICK, "--format", "json", "--inventory", inventory)


@pytest.fixture(scope="module")
def report(reported: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    decoded: dict[str, Any] = json.loads(reported.stdout)
    return decoded


def test_stdout_holds_the_report_alone(
    reported: subprocess.CompletedProcess[str], report: dict[str, Any]
) -> None:
    assert reported.stderr == ""
    jsonschema.validate(report, report_schema())


def test_the_fault_ranks_first(
    reported: subprocess.CompletedProcess[str], report: dict[str, Any], staged: Scenario
) -> None:
    assert report["causes"][0]["id"] == staged.fault.cause
    assert report["causes"][0]["entity"] in staged.place.entities
    assert report["verdict"] in {"degraded", "critical"}
    assert reported.returncode == 1


def test_findings_lead_back_to_what_the_device_said(
    reported: subprocess.CompletedProcess[str], report: dict[str, Any], netdoctor: Run
) -> None:
    source = report["findings"][0]["source"][0]
    shown = netdoctor("runs", "show", report["run"]["id"], source["output"])
    assert shown.returncode == 0
    contents = netdoctor("runs", "show", report["run"]["id"])
    assert f"{source['output']:<5} {source['device']}" in contents.stdout
    assert source["command"] in contents.stdout


def test_a_stored_run_gives_the_same_bytes_again(
    reported: subprocess.CompletedProcess[str], report: dict[str, Any], netdoctor: Run
) -> None:
    run_id = report["run"]["id"]
    assert netdoctor("report", run_id, "--format", "json").stdout == reported.stdout
    pages = {netdoctor("report", run_id).stdout for _ in range(2)}
    assert len(pages) == 1


def test_analyze_concludes_the_same_from_the_recording(report: dict[str, Any], netdoctor: Run) -> None:
    again = netdoctor("analyze", report["run"]["id"], "--format", "json")
    assert again.returncode == 1
    analyzed = json.loads(again.stdout)
    for key in ("verdict", "summary", "causes", "findings", "not_checked", "devices", "coverage"):
        assert analyzed[key] == report[key], key


@pytest.mark.parametrize(
    ("arguments", "environment", "colored"),
    [
        ((), {}, False),
        ((), {"CLICOLOR_FORCE": "1"}, True),
        ((), {"CLICOLOR_FORCE": "1", "NO_COLOR": "1"}, False),
        (("--no-color",), {"CLICOLOR_FORCE": "1"}, False),
        (("--format", "json"), {"CLICOLOR_FORCE": "1"}, False),
    ],
)
def test_colors(
    report: dict[str, Any],
    netdoctor: Run,
    arguments: tuple[str, ...],
    environment: dict[str, str],
    colored: bool,
) -> None:
    shown = netdoctor("report", report["run"]["id"], *arguments, **environment)
    assert ("\x1b[" in shown.stdout) == colored


def test_width_is_that_of_the_terminal(report: dict[str, Any], netdoctor: Run) -> None:
    commands = {step["command"] for cause in report["causes"] for step in cause["next_steps"]}
    for columns in (60, 100):
        lines = netdoctor("report", report["run"]["id"], COLUMNS=str(columns)).stdout.splitlines()
        assert max(len(line) for line in lines if line.strip() not in commands) <= columns


def test_report_into_a_file(report: dict[str, Any], netdoctor: Run, tmp_path: Path) -> None:
    written = tmp_path / "report.txt"
    shown = netdoctor("report", report["run"]["id"], "-o", str(written), CLICOLOR_FORCE="1")
    assert (shown.returncode, shown.stdout) == (0, "")
    assert written.read_text() == netdoctor("report", report["run"]["id"]).stdout
    assert list(tmp_path.iterdir()) == [written]


def test_event_stream_is_the_journal_as_it_happens(
    netdoctor: Run, fabric: Fabric, home: Path, staged: Scenario
) -> None:
    group = grp.getgrgid(os.getgid()).gr_name
    streamed = netdoctor(
        *("investigate", staged.place.target, "--depth", "0", *QUICK, "--share", group),
        *("--format", "jsonl", "--inventory", str(fabric.inventory)),
    )
    events = [json.loads(line) for line in streamed.stdout.splitlines()]
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    assert (events[0]["event"]["event"], events[-1]["event"]["event"]) == ("RunStarted", "RunEnded")
    stored = home / ".local/state/netdoctor/runs" / f"{events[0]['event']['run_id']}.jsonl"
    assert [json.loads(line) for line in stored.read_bytes().splitlines()] == events
    assert stat.S_IMODE(stored.stat().st_mode) == 0o640


def test_run_files_are_the_owner_s_alone(report: dict[str, Any], home: Path) -> None:
    stored = home / ".local/state/netdoctor/runs" / f"{report['run']['id']}.jsonl"
    assert stat.S_IMODE(stored.stat().st_mode) == 0o600


def test_a_run_that_cannot_be_kept_goes_on(netdoctor: Run, fabric: Fabric, tmp_path: Path) -> None:
    (tmp_path / "state").touch()
    shown = netdoctor(
        *("investigate", "leaf1", "--depth", "0", *QUICK, "--inventory", str(fabric.inventory)),
        XDG_STATE_HOME=str(tmp_path / "state"),
    )
    assert shown.stderr.startswith("netdoctor: this run is not kept: ")
    assert "leaf1" in shown.stdout


def test_collect_then_analyze(netdoctor: Run, fabric: Fabric, staged: Scenario, tmp_path: Path) -> None:
    bundle = tmp_path / "bundle.zip"
    inventory = str(fabric.inventory)
    collected = netdoctor("collect", staged.place.target, *QUICK, "-o", str(bundle), "--inventory", inventory)
    assert (collected.returncode, collected.stdout, collected.stderr) == (0, "", "")
    analyzed = netdoctor("analyze", str(bundle), "--format", "json")
    assert json.loads(analyzed.stdout)["causes"][0]["id"] == staged.fault.cause
    assert analyzed.returncode == 1


@pytest.fixture
def closed_port() -> Iterator[int]:
    """A loopback port that refuses connections for as long as the test lasts."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield bound.getsockname()[1]


def test_a_target_that_is_not_reached_leaves_the_run_undetermined(netdoctor: Run, closed_port: int) -> None:
    shown = netdoctor(
        *("investigate", "127.0.0.1", "--port", str(closed_port), "--user", "nobody", "--platform", "linux"),
        *(*QUICK, "--format", "json"),
    )
    assert shown.returncode == 3
    report = json.loads(shown.stdout)
    assert report["verdict"] == "undetermined"
    assert report["not_checked"]
    assert {row["reason"] for row in report["not_checked"]} == {"unreachable"}
    assert not report["devices"][0]["reachable"]


def test_collect_from_a_target_that_is_not_reached_is_bad(
    netdoctor: Run, closed_port: int, tmp_path: Path
) -> None:
    bundle = tmp_path / "bundle.zip"
    where = ("127.0.0.1", "--port", str(closed_port), "--user", "nobody")
    assert netdoctor("collect", *where, *QUICK, "-o", str(bundle)).returncode == 1
    assert netdoctor("analyze", str(bundle)).returncode == 3


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_it_still_tells_and_keeps_what_is_known(
    fabric: Fabric, environ: dict[str, str], netdoctor: Run, tmp_path: Path, stop: signal.Signals
) -> None:
    argv = [NETDOCTOR, "investigate", "leaf1", "--interval", "30", "--inventory", str(fabric.inventory)]
    state = {"XDG_STATE_HOME": str(tmp_path)}
    with subprocess.Popen(
        [*argv, "--format", "jsonl"], env=environ | state, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        first = next(line for line in process.stdout if '"Captured"' in line)
        process.send_signal(stop)
        rest = [json.loads(line)["event"]["event"] for line in process.stdout]
    assert process.returncode == 130
    assert rest[-1] == "RunEnded"
    assert rest.index("Interrupted") < rest.index("Diagnosed")
    page = netdoctor("report", "last", **state).stdout
    assert "The run was stopped: this is what was known by then." in page
    assert json.loads(first)["event"]["device"] in page


def test_a_reader_that_has_left_does_not_end_the_run(
    fabric: Fabric, environ: dict[str, str], netdoctor: Run, tmp_path: Path, deaf_pipe: int
) -> None:
    argv = [NETDOCTOR, "investigate", "leaf1", "--depth", "0", *QUICK, "--inventory", str(fabric.inventory)]
    state = {"XDG_STATE_HOME": str(tmp_path)}
    subprocess.run([*argv, "--format", "jsonl"], env=environ | state, stdout=deaf_pipe, check=False)
    kept = netdoctor("report", "last", "--format", "jsonl", **state).stdout.splitlines()
    assert json.loads(kept[-1])["event"]["event"] == "RunEnded"


def test_progress_on_a_terminal_tells_each_thing_as_it_happens(
    fabric: Fabric, environ: dict[str, str], staged: Scenario
) -> None:
    ours, theirs = pty.openpty()
    target = staged.place.target
    argv = [NETDOCTOR, "investigate", target, *QUICK, "--inventory", str(fabric.inventory)]
    with subprocess.Popen(
        argv, env=environ | {"TERM": "xterm"}, stdout=subprocess.PIPE, stderr=theirs, stdin=subprocess.DEVNULL
    ) as process:
        os.close(theirs)
        told = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", read_all(ours))
        assert process.stdout is not None
        assert b"\x1b" not in process.stdout.read()
    positions = [
        told.index(words)
        for words in (f"{target}: connecting", f"{target}: connected in", "major: ", f"{target}: done")
    ]
    assert positions == sorted(positions), "the first finding shows before the device is done"
    assert "1 finding" in told or "findings" in told
