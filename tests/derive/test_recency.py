"""Whether log lines and configuration changes fall into the incident window."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from netdoctor.derive import Situation
from netdoctor.model.facts import ConfigChange, LogEvent

from .conftest import Derive

NOW_S = 1_800_000_000.0
SITUATION = Situation(now_s=NOW_S, since_s=3600.0)


def _ago(age_s: float | None) -> datetime | None:
    return None if age_s is None else datetime.fromtimestamp(NOW_S - age_s, UTC)


@pytest.mark.parametrize(
    ("age_s", "expected"),
    [(10.0, True), (3600.0, True), (3601.0, False), (-2.0, True), (None, None)],
    ids=["just now", "at its edge", "before it", "a clock that is ahead", "without a time"],
)
def test_inside_the_incident_window(derived: Derive, age_s: float | None, expected: bool | None) -> None:
    line = LogEvent(at=_ago(age_s), text="Ethernet1 down")
    change = ConfigChange(at=_ago(age_s), summary="Configured from console")
    assert [fact.in_window for _, fact in derived(LogEvent, [("leaf1", line)], situation=SITUATION)] == [
        expected
    ]
    assert [
        fact.in_window for _, fact in derived(ConfigChange, [("leaf1", change)], situation=SITUATION)
    ] == [expected]
