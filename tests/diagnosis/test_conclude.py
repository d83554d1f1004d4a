"""The verdict and the exit code, by the contract's table."""

from __future__ import annotations

from typing import Any

import pytest

from netdoctor.diagnosis.conclude import conclude
from netdoctor.model.findings import Cause, Finding, NotChecked


def finding(severity: Any) -> Finding:
    return Finding(check="bgp.down", area="bgp", severity=severity, entity="bgp:a/b", title="t")


def believed(severity: Any, probability: float = 0.9) -> Cause:
    return Cause(
        id="bgp.x", title="X", entity="bgp:a/b", probability=probability, severity=severity, explanation="e"
    )


def gap(reason: Any, device: str = "leaf1", area: Any = "bgp") -> NotChecked:
    return NotChecked(device=device, area=area, check="bgp.down", reason=reason)


@pytest.mark.parametrize(
    ("case", "said", "verdict", "exit_code"),
    [
        ("nothing found", {}, "healthy", 0),
        ("only something worth knowing", {"findings": [finding("info")]}, "healthy", 0),
        ("a drained router", {"causes": (believed("info"),)}, "healthy", 0),
        ("a minor finding", {"findings": [finding("minor")]}, "degraded", 1),
        ("a critical finding", {"findings": [finding("critical")]}, "critical", 1),
        ("a believed cause", {"causes": (believed("major"),)}, "degraded", 1),
        ("a critical cause", {"causes": (believed("critical"),)}, "critical", 1),
        ("a cause not believed", {"causes": (believed("critical", 0.3),)}, "healthy", 0),
        ("the target was not reached", {"targets": {"leaf1": False}}, "undetermined", 3),
        (
            "not reached, but its neighbours tell",
            {"targets": {"leaf1": False}, "causes": (believed("major"),)},
            "degraded",
            1,
        ),
        ("a whole area is blind", {"not_checked": [gap("not_authorised")]}, "undetermined", 3),
        (
            "part of an area is blind",
            {"not_checked": [gap("not_authorised")], "judged": {("leaf1", "bgp")}},
            "healthy",
            0,
        ),
        ("what it cannot have", {"not_checked": [gap("unsupported"), gap("no_baseline")]}, "healthy", 0),
        ("a neighbour is blind", {"not_checked": [gap("unreachable", "spine1")]}, "healthy", 0),
    ],
)
def test_verdict(case: str, said: dict[str, Any], verdict: str, exit_code: int) -> None:
    nothing: dict[str, Any] = {
        "causes": (),
        "findings": [],
        "not_checked": [],
        "changes": [],
        "checks_run": 1,
        "judged": set(),
        "targets": {"leaf1": True},
    }
    diagnosis = conclude(**(nothing | said))
    assert (diagnosis.verdict, diagnosis.exit_code) == (verdict, exit_code), case
    assert diagnosis.summary.endswith(".")
