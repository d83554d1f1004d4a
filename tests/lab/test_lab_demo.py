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


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_what_was_injected_ranks_first(name: str, environment: dict[str, str]) -> None:
    ended = run(environment, name, "--format", "json")
    report = json.loads(ended.stdout)
    causes = [(cause["id"], cause["entity"], cause["probability"]) for cause in report["causes"]]
    assert ended.returncode == 0, f"{causes}\n{ended.stderr}"
    assert list(Path(environment["TMPDIR"]).iterdir()) == []


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
