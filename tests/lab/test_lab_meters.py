"""Counters grow with their rate and the time gone by."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netdoctor.lab.meters import Meter


def test_a_counter_grows_at_its_rate() -> None:
    meter = Meter(at=100.0, total=7.0)
    meter.set_rate(2.5, 100.0)
    assert [meter.read(at) for at in (100.0, 102.0, 104.0)] == [7, 12, 17]


def test_a_new_rate_keeps_what_was_counted() -> None:
    meter = Meter(at=0.0)
    meter.set_rate(10.0, 0.0)
    meter.set_rate(1.0, 10.0)
    assert meter.read(20.0) == 110


def test_a_step_is_counted_at_once() -> None:
    meter = Meter(at=0.0)
    meter.add(3)
    assert meter.read(0.0) == 3


@given(st.lists(st.tuples(st.floats(0, 1e6), st.floats(0.1, 1e4)), min_size=1, max_size=8))
def test_a_counter_never_goes_backwards(changes: list[tuple[float, float]]) -> None:
    meter, at, before = Meter(at=0.0), 0.0, 0
    for rate_per_s, pause_s in changes:
        meter.set_rate(rate_per_s, at)
        at += pause_s
        assert meter.read(at) >= before
        before = meter.read(at)


@pytest.mark.parametrize("at", [-10.0, 0.0])
def test_nothing_is_counted_before_the_start(at: float) -> None:
    meter = Meter(at=0.0, total=5.0)
    meter.set_rate(100.0, 0.0)
    assert meter.read(at) == 5
