"""The page of a check or a cause, made from its file."""

from __future__ import annotations

from collections.abc import Callable

from netdoctor.rules import Catalogue, Cause, Check
from netdoctor.rules.explain import explain_cause, explain_check


def test_a_check_page_says_all_that_the_file_does(
    make_check: Callable[..., Check], make_cause: Callable[..., Cause]
) -> None:
    check, cause = make_check(), make_cause()
    page = explain_check(check, Catalogue({check.id: check}, {cause.id: cause}))
    assert page.splitlines()[:5] == [
        "# optics.rx_low: Received light is low",
        "",
        "## What it looks at",
        "",
        "The light that arrives.",
    ]
    for line in (
        "- reads: OpticLane",
        "- fails when: `input_power_dbm < input_power_low_alarm_dbm + margin_db`",
        "- applies when: `admin_up && dom_supported`",
        "- with: margin_db 2.0",
        "- severity: major when `input_power_dbm < input_power_low_alarm_dbm`, else minor",
        "- fails without any known cause: rare (1.0%)",
        "- optics.dirty (usually): Contaminated fibre connector",
        "- mute: admin_up true, dom_supported true, input_power_dbm -15 → unknown",
    ):
        assert line in page.splitlines()
    assert "## References" not in page


def test_a_cause_page_says_all_that_the_file_does(
    make_check: Callable[..., Check], make_cause: Callable[..., Cause]
) -> None:
    check = make_check()
    cause = make_cause(
        against="[{check: optics.other, how: often, relation: far-end}]",
        confirm="[{ask: optics.read, at: far-end, why: one-sided, expect: normal, intrusive: true}]",
    )
    page = explain_cause(cause, Catalogue({check.id: check}, {cause.id: cause})).splitlines()
    assert page[0] == "# optics.dirty: Contaminated fibre connector"
    for line in (
        "- usually (80%) at the receiving end: optics.rx_low, Received light is low,"
        " where `input_power_dbm > -30.0`",
        "- often (50%) at the far end: optics.other",
        "- optics.read, at the far end: one-sided; expected: normal"
        " (disturbs traffic: never run by netdoctor)",
        "Clean the connector.",
        "- stands on: link",
        "- prior probability over the whole network: 0.40%",
    ):
        assert line in page
