"""Nothing is wrong, and netdoctor says so."""

from __future__ import annotations

import pytest

from .healthy import OTHERS, PROMISED, Healthy
from .runs import Runs

pytestmark = pytest.mark.fabric


@pytest.mark.parametrize("case", [*PROMISED, *OTHERS], ids=lambda healthy: healthy.name)
def test_nothing_is_blamed(runs: Runs, case: Healthy) -> None:
    outcome = runs.outcome(case)
    blamed = {cause["id"] for cause in outcome.causes if cause["probability"] >= 0.5}
    assert blamed <= case.may_name, outcome.account
    assert outcome.report["verdict"] == "healthy", outcome.account
    assert outcome.exit_code == 0, outcome.account
