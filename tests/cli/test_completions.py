"""Completion in the real shells, typed at a real terminal."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from netdoctor.cli import main

from .conftest import read_until, terminal

SCRIPTS = Path(__file__).parents[2] / "completions"
SHELLS = ("bash", "zsh", "fish")
INVENTORY = """devices:
  leaf1: {host: 192.0.2.11, platform: linux}
  spine1: {host: 192.0.2.12, platform: linux}
"""
START = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], "source {script}\n"),
    "zsh": (["zsh", "-f", "-i"], "autoload -Uz compinit; compinit -u -D; source {script}\n"),
}
CASES = [
    pytest.param("inv", "investigate", id="command"),
    pytest.param("schema ev", "event", id="word"),
    pytest.param("investigate --dead", "--deadline", id="option"),
    pytest.param("investigate --area opt", "optics", id="value of an option"),
    pytest.param("investigate lea", "leaf1", id="device of the inventory"),
    pytest.param("runs sh", "show", id="sub-command"),
]


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """An environment in which `netdoctor` is the one under test, with an inventory of its own."""
    (tmp_path / "netdoctor.yaml").write_text(INVENTORY)
    return {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "TERM": "dumb",
        "PS1": "$ ",
        "NETDOCTOR_INVENTORY": str(tmp_path / "netdoctor.yaml"),
    }


def need(shell: str) -> None:
    if shutil.which(shell) is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{shell} is not installed")
        pytest.skip(f"{shell} is not installed")


@pytest.mark.parametrize("shell", SHELLS)
def test_committed_script_is_what_the_generator_prints(shell: str) -> None:
    printed = CliRunner().invoke(main, ["completions", shell])
    assert printed.exit_code == 0
    assert (SCRIPTS / f"netdoctor.{shell}").read_text() == printed.stdout, "run `make generated`"


@pytest.mark.slow
@pytest.mark.parametrize("shell", sorted(START))
@pytest.mark.parametrize(("typed", "completed"), CASES)
def test_tab_at_a_terminal(shell: str, typed: str, completed: str, environ: dict[str, str]) -> None:
    need(shell)
    argv, setup = START[shell]
    with terminal(argv, environ) as terminal_fd:
        os.write(
            terminal_fd, (setup.format(script=SCRIPTS / f"netdoctor.{shell}") + "echo rea''dy\n").encode()
        )
        read_until(terminal_fd, "ready")
        os.write(terminal_fd, f"netdoctor {typed}\t".encode())
        read_until(terminal_fd, f"netdoctor {typed}")
        read_until(terminal_fd, completed.removeprefix(typed.split()[-1]))


@pytest.mark.slow
@pytest.mark.parametrize(("typed", "completed"), CASES)
def test_fish_completes(typed: str, completed: str, environ: dict[str, str]) -> None:
    need("fish")
    script = f"source {SCRIPTS / 'netdoctor.fish'}; complete -C 'netdoctor {typed}'"
    done = subprocess.run(["fish", "--no-config", "-c", script], env=environ, capture_output=True, check=True)
    assert completed in [line.split("\t")[0] for line in done.stdout.decode().splitlines()]
