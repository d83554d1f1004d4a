"""Each fault on a fabric of its own: netdoctor names the cause, the place and the verdict."""

from __future__ import annotations

from typing import Any

import pytest

from .fault import Expected, Fault
from .others import DOUBLES, OTHERS
from .promised import PROMISED
from .runs import Runs

pytestmark = pytest.mark.fabric


@pytest.mark.parametrize("case", [*PROMISED, *OTHERS], ids=lambda fault: fault.name)
def test_a_fault_is_named_first(runs: Runs, case: Fault) -> None:
    outcome = runs.outcome(case)
    assert outcome.causes, outcome.account
    first = outcome.causes[0]
    assert _is(first, case.expected[0]), outcome.account
    assert first["probability"] >= 0.5, outcome.account
    assert outcome.report["verdict"] in {"degraded", "critical"}, outcome.account
    assert outcome.exit_code == 1, outcome.account


@pytest.mark.parametrize("case", DOUBLES, ids=lambda fault: fault.name)
def test_two_faults_are_both_among_the_first_three(runs: Runs, case: Fault) -> None:
    outcome = runs.outcome(case)
    for expected in case.expected:
        assert any(_is(cause, expected) for cause in outcome.causes[:3]), outcome.account
    assert outcome.exit_code == 1, outcome.account


def _is(cause: dict[str, Any], expected: Expected) -> bool:
    place: str = cause["entity"]
    # A queue's own name is the kernel's handle, which says nothing about the place.
    at_place = place in expected.places or place.rpartition("/")[0] in expected.places
    return cause["id"] in expected.causes and at_place
