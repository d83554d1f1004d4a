"""What the fabric needs, and the runs that its tests look at."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from .machine import MachineError, StartedMachine
from .runs import Case, Runs

_PROGRAMS = (
    "ip",
    "nsenter",
    "nft",
    "tc",
    "ethtool",
    "lldpd",
    "lldpcli",
    "sshd",
    "ssh-keygen",
    "sudo",
    "vtysh",
)
_PATH = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
_AT_ONCE = 6
"""Fabrics that are up together: they wait far more than they work."""


@pytest.fixture(scope="session", autouse=True)
def _requirements() -> None:
    """Skips where the fabric cannot be built; in CI that is a failure."""
    obstacle = _obstacle()
    if obstacle and os.environ.get("CI") == "true":
        pytest.fail(f"the real fabric cannot be built: {obstacle}")
    if obstacle:
        pytest.skip(f"the real fabric cannot be built: {obstacle}")


def _obstacle() -> str:
    """What stands against building it here, in words; empty when nothing does."""
    if os.geteuid() != 0:
        return "needs root"
    missing = [name for name in _PROGRAMS if not shutil.which(name, path=_PATH)]
    if missing:
        return f"not installed: {', '.join(missing)}"
    probe = StartedMachine("probe")
    try:
        probe.settle()
    except MachineError as error:
        return str(error)
    finally:
        probe.stop()
    return ""


@pytest.fixture(scope="session", autouse=True)
def runs(request: pytest.FixtureRequest, _requirements: None) -> Iterator[Runs]:
    """The outcomes of all selected cases, begun at once; a worker of pytest-xdist cannot know its own."""
    alone = "PYTEST_XDIST_WORKER" not in os.environ
    calls = [getattr(item, "callspec", None) for item in request.session.items if alone]
    ahead: list[Case] = [call.params["case"] for call in calls if call and "case" in call.params]
    pool = ThreadPoolExecutor(_AT_ONCE)
    try:
        yield Runs(pool, ahead)
    finally:
        pool.shutdown(cancel_futures=True)
