"""`netdoctor demo` as a user runs it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from netdoctor.lab import faults
from netdoctor.lab.plan import load

NAMES = sorted(faults.found())
NETDOCTOR = (sys.executable, "-c", "from netdoctor.cli import main; main()")


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A user of his own, with a temporary folder of his own."""
    for name in ("home", "tmp"):
        (tmp_path / name).mkdir()
    places = {"HOME": str(tmp_path / "home"), "TMPDIR": str(tmp_path / "tmp")}
    inherited = {
        key: value for key, value in os.environ.items() if not key.startswith(("NETDOCTOR", "XDG", "SSH"))
    }
    return {**inherited, **places}


def run(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*NETDOCTOR, "demo", *words], env=environment, capture_output=True, text=True, timeout=60
    )


def ranked(ended: subprocess.CompletedProcess[str]) -> str:
    """What was found, to be told when it is not what was injected."""
    report = json.loads(ended.stdout)
    return f"{[(c['id'], c['entity'], c['probability']) for c in report['causes']]}\n{ended.stderr}"


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_what_was_injected_ranks_first(name: str, environment: dict[str, str]) -> None:
    ended = run(environment, name, "--format", "json")
    assert ended.returncode == 0, ranked(ended)
    assert list(Path(environment["TMPDIR"]).iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("topology", "name"),
    [
        ("nine-vendors", "healthy"),
        ("nine-vendors", "dirty_connector"),
        ("nine-vendors", "failing_transmitter"),
        ("nine-vendors", "password_on_one_end"),
        ("nine-vendors", "prefix_leak"),
        ("nine-vendors", "mtu_mismatch"),
        ("nine-vendors", "microburst"),
        ("nine-vendors", "overheating"),
        ("nine-vendors", "dead_daemon"),
        ("provider-ring", "healthy"),
        ("provider-ring", "isis_levels"),
        ("campus", "healthy"),
        ("campus", "ospf_timers"),
    ],
)
def test_what_was_injected_ranks_first_among_nine_vendors(
    topology: str, name: str, environment: dict[str, str]
) -> None:
    ended = run(environment, name, "--topology", topology, "--format", "json")
    report = json.loads(ended.stdout)
    assert ended.returncode == 0, ranked(ended)
    assert len(report["devices"]) == len(list(load(topology).routers()))
    assert {device["reachable"] for device in report["devices"]} == {True}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["--topology", "nine-vendor"],
            "no topology and no file 'nine-vendor', did you mean 'nine-vendors'?",
        ),
        (
            ["fibre_cut", "--topology", "campus"],
            "scenario 'fibre_cut' needs a clos with at least 2 spine routers",
        ),
        (["fibre_cutt"], "unknown scenario 'fibre_cutt', did you mean 'fibre_cut'?"),
    ],
)
def test_wrong_words_are_answered_with_the_right_ones(
    words: list[str], said: str, environment: dict[str, str]
) -> None:
    ended = run(environment, *words)
    assert ended.returncode == 2
    assert said in ended.stderr


def test_it_shows_the_report_and_then_says_what_was_hidden(environment: dict[str, str]) -> None:
    ended = run(environment)
    assert "Contaminated fibre connector" in ended.stdout
    assert "Injected: a dirty connector" in ended.stderr
    assert "optics.dirty_connector at link:leaf3/swp49--spine1/Ethernet3; found." in ended.stderr


def test_list_shows_every_scenario(environment: dict[str, str]) -> None:
    ended = run(environment, "--list")
    assert ended.returncode == 0
    assert [line.split()[0] for line in ended.stdout.splitlines()] == NAMES


def test_an_unknown_scenario_is_answered_with_the_nearest(environment: dict[str, str]) -> None:
    ended = run(environment, "dirty_conector")
    assert ended.returncode == 2
    assert "did you mean 'dirty_connector'?" in ended.stderr


@pytest.fixture
def served(environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [*NETDOCTOR, "demo", "--serve"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    yield process
    process.kill()
    process.wait()


@pytest.mark.slow
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_serve_invites_and_leaves_nothing(
    served: subprocess.Popen[str], environment: dict[str, str], stop: signal.Signals
) -> None:
    assert served.stdout is not None
    inventory = Path(served.stdout.readline().split()[1])
    assert inventory.is_file()
    assert f"netdoctor investigate --inventory {inventory}" in served.stdout.readline()
    served.send_signal(stop)
    served.communicate(timeout=20)
    assert served.returncode == 0
    assert list(Path(environment["TMPDIR"]).iterdir()) == []


def test_a_password_of_the_fabric_reaches_no_event(environment: dict[str, str]) -> None:
    ended = run(environment, "password_on_one_end", "--format", "jsonl")
    assert "password <redacted>" in ended.stdout
    assert "f4bric-key" not in ended.stdout
