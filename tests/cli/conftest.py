"""A served fabric with a fault in it, and `netdoctor` as a user runs it."""

from __future__ import annotations

import asyncio
import os
import pty
import select
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from netdoctor.lab import fabric as lab
from netdoctor.lab import scenario

NETDOCTOR = str(Path(sys.executable).parent / "netdoctor")
PATIENCE_S = 40.0
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@contextmanager
def served(staged: scenario.Scenario) -> Iterator[lab.Fabric]:
    """Serves a scenario from a thread of its own for as long as the block lasts."""
    ready: list[lab.Fabric] = []
    started, done = threading.Event(), threading.Event()

    async def serve() -> None:
        try:
            async with lab.run(staged.world) as fabric:
                ready.append(fabric)
                started.set()
                await asyncio.to_thread(done.wait)
        finally:
            started.set()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    try:
        started.wait()
        assert ready, "the fabric did not start"
        yield ready[0]
    finally:
        done.set()
        thread.join()


@contextmanager
def terminal(argv: list[str], environ: dict[str, str]) -> Iterator[int]:
    """A process at a terminal of its own; yields the terminal's other end."""
    pid, terminal_fd = pty.fork()
    if pid == 0:
        os.execvpe(argv[0], argv, environ)
    try:
        yield terminal_fd
    finally:
        os.close(terminal_fd)
        os.waitpid(pid, 0)


def read_until(terminal_fd: int, wanted: str) -> str:
    """What appears until `wanted` does. Fails when it does not come."""
    seen = ""
    until = time.monotonic() + PATIENCE_S
    while wanted not in seen:
        ready, _, _ = select.select([terminal_fd], [], [], max(until - time.monotonic(), 0))
        more = _read(terminal_fd) if ready else ""
        assert more, f"{wanted!r} did not appear in {seen!r}"
        seen += more
    return seen


def read_all(terminal_fd: int) -> str:
    """What appears at a terminal until its last user closes it."""
    seen = ""
    until = time.monotonic() + PATIENCE_S
    while select.select([terminal_fd], [], [], max(until - time.monotonic(), 0))[0]:
        more = _read(terminal_fd)
        if not more:
            return seen
        seen += more
    raise AssertionError(f"nobody closed the terminal after {seen!r}")


def _read(terminal_fd: int) -> str:
    try:
        return os.read(terminal_fd, 65536).decode(errors="replace")
    except OSError:  # EIO: how Linux says that nobody has the terminal open any more
        return ""


@pytest.fixture
def deaf_pipe() -> Iterator[int]:
    """The writing end of a pipe whose reader has left."""
    reader, writer = os.pipe()
    os.close(reader)
    yield writer
    os.close(writer)


@pytest.fixture(scope="session")
def staged() -> scenario.Scenario:
    return scenario.stage(scenario.DEFAULT)


@pytest.fixture(scope="session")
def fabric(staged: scenario.Scenario) -> Iterator[lab.Fabric]:
    with served(staged) as running:
        yield running


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of an engineer who has never run netdoctor."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def environ(home: Path) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8"}


@pytest.fixture(scope="session")
def netdoctor(environ: dict[str, str]) -> Run:
    """Runs the command as a user does, its output piped."""

    def run(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        argv = [NETDOCTOR, *arguments]
        return subprocess.run(
            argv, env=environ | more, capture_output=True, text=True, timeout=60, check=False
        )

    return run
