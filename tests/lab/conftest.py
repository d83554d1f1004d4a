"""A lab whose time stands still until a test moves it."""

from __future__ import annotations

import pytest

from netdoctor.lab import topology
from netdoctor.lab.world import World

NOON = 1_790_000_000.0


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def world(clock: Clock) -> World:
    """The default fabric, healthy."""
    return topology.build(clock)
