"""What a check says of a fact: pass, fail, unknown, or nothing at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from netdoctor.model.facts import BgpSession, Fact, InterfaceDelta, LogEvent, OpticLane, Route
from netdoctor.model.findings import Source
from netdoctor.model.observations import Observation
from netdoctor.rules import Check, CheckFault, Verdict, compile_check, matches

MakeCheck = Callable[..., Check]
SOURCE = Source(device="leaf1", command="show interfaces transceiver")


def judge(check: Check, fact: Fact) -> Verdict | None:
    return compile_check(check).judge(Observation("leaf1", fact, (SOURCE,), 0.0))


def lane(**fields: Any) -> OpticLane:
    return OpticLane(interface="Ethernet1", lane=1, **fields)


LIT = {"admin_up": True, "dom_supported": True}
ALARM = {"input_power_low_alarm_dbm": -13.9}


@pytest.mark.parametrize(
    ("fields", "status", "missing"),
    [
        ({**LIT, **ALARM, "input_power_dbm": -3.0}, "pass", ()),
        ({**LIT, **ALARM, "input_power_dbm": -12.0}, "fail", ()),
        ({**LIT, **ALARM, "input_power_dbm": -40}, "fail", ()),
        ({**LIT, "input_power_dbm": -12.0}, "unknown", ("input_power_low_alarm_dbm",)),
        ({**LIT, **ALARM, "input_power_dbm": float("nan")}, "unknown", ("input_power_dbm",)),
        ({**LIT}, "unknown", ("input_power_dbm", "input_power_low_alarm_dbm")),
        ({"admin_up": False}, None, ()),
        ({**LIT, "admin_up": False, **ALARM, "input_power_dbm": -12.0}, None, ()),
        ({"admin_up": True, **ALARM, "input_power_dbm": -12.0}, "unknown", ("dom_supported",)),
        ({"admin_up": True, **ALARM, "input_power_dbm": -3.0}, None, ()),
        (
            {"dom_supported": True, "input_power_dbm": -3.0},
            "unknown",
            ("admin_up", "input_power_low_alarm_dbm"),
        ),
    ],
    ids=[
        "well lit",
        "under the margin",
        "a whole number where a decimal is due",
        "no threshold",
        "not a number",
        "no values",
        "does not apply",
        "does not apply though it would fail",
        "would fail, perhaps does not apply",
        "would pass, perhaps does not apply",
        "nothing is known enough",
    ],
)
def test_three_answers_and_none(
    make_check: MakeCheck, fields: dict[str, Any], status: str | None, missing: tuple[str, ...]
) -> None:
    verdict = judge(make_check(), lane(**fields))
    assert (verdict and verdict.status) == status
    if verdict:
        assert verdict.entity == "interface:leaf1/Ethernet1"
        assert set(verdict.missing) == set(missing)
        assert (verdict.finding is not None) == (status == "fail")


def test_a_finding_holds_what_was_measured_and_expected(make_check: MakeCheck) -> None:
    check = make_check(expected="[input_power_low_alarm_dbm, margin_db]")
    verdict = judge(check, lane(**LIT, **ALARM, input_power_dbm=-15.83))
    assert verdict is not None and verdict.finding is not None
    finding = verdict.finding
    assert (finding.check, finding.area, finding.severity) == ("optics.rx_low", "optics", "major")
    assert finding.title == "leaf1 Ethernet1 receives -15.8 dBm"
    assert finding.measured == {"input_power_dbm": -15.83}
    assert finding.expected == {"input_power_low_alarm_dbm": -13.9, "margin_db": 2.0}
    assert (finding.sources, finding.window_s) == ((SOURCE,), None)


def test_lists_and_times_are_texts_in_a_finding(make_check: MakeCheck) -> None:
    route = make_check(
        on="Route",
        applies=None,
        params=None,
        fail="size(next_hops) > 1",
        severity="minor",
        message="'{prefix} goes to {next_hops}'",
        expected=None,
        cases="[]",
    )
    verdict = judge(route, Route(prefix="192.0.2.0/24", protocol="bgp", next_hops=("10.0.0.1", "10.0.0.2")))
    assert verdict and verdict.finding
    assert verdict.finding.measured == {"prefix": "192.0.2.0/24", "next_hops": "10.0.0.1, 10.0.0.2"}
    assert verdict.finding.title == "192.0.2.0/24 goes to 10.0.0.1, 10.0.0.2"


def test_times_are_written_as_rfc_3339(make_check: MakeCheck) -> None:
    check = make_check(
        on="LogEvent",
        applies=None,
        params=None,
        fail="kind == 'reload'",
        severity="minor",
        message="'reloaded at {at}'",
        expected=None,
        cases="[]",
    )
    at = datetime(2024, 5, 1, 12, tzinfo=UTC)
    verdict = judge(check, LogEvent(at=at, kind="reload", text="reload"))
    assert verdict and verdict.finding
    assert verdict.finding.measured == {"at": "2024-05-01T12:00:00Z", "kind": "reload"}


def test_the_window_of_a_difference_is_kept(make_check: MakeCheck) -> None:
    check = make_check(
        on="InterfaceDelta",
        applies=None,
        params=None,
        fail="in_fcs_errors_delta_count > 0",
        severity="minor",
        message="x",
        expected=None,
        cases="[]",
    )
    fact = InterfaceDelta(interface="Ethernet1", window_s=10.0, in_fcs_errors_delta_count=3)
    verdict = judge(check, fact)
    assert verdict and verdict.finding and verdict.finding.window_s == 10.0


@pytest.mark.parametrize(
    ("severity", "given"),
    [
        ("critical", "critical"),
        ("{critical: input_power_dbm < -30.0, major: input_power_dbm < -14.0, minor: true}", "major"),
        ("{major: bias_current_ma < 1.0, minor: true}", "minor"),
        ("{major: 'false', info: 'true'}", "info"),
    ],
    ids=["a word", "the first that is true", "unknown is not true", "true as a text"],
)
def test_severity(make_check: MakeCheck, severity: str, given: str) -> None:
    verdict = judge(make_check(severity=severity), lane(**LIT, **ALARM, input_power_dbm=-15.0))
    assert verdict and verdict.finding and verdict.finding.severity == given


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"fail": "lane / (lane - lane) > 1"}, "by zero"),
        ({"fail": "lane + 1"}, "gives 2, not true or false"),
        ({"fail": "interface < 1"}, "No such overload"),
        ({"severity": "{major: 'false'}"}, "no condition under 'severity' is true"),
        ({"fail": "lane +"}, "is no condition"),
        ({"message": "'{interface.x}'"}, "is not a plain name"),
    ],
)
def test_a_check_that_raises_is_at_fault(
    make_check: MakeCheck, changes: dict[str, str], problem: str
) -> None:
    check = make_check(**{"applies": None, **changes})
    with pytest.raises(CheckFault, match=problem):
        judge(check, lane(input_power_dbm=-15.0, **ALARM))


def test_a_fact_with_a_value_of_the_wrong_type_is_a_fault_and_no_traceback(make_check: MakeCheck) -> None:
    with pytest.raises(CheckFault):
        judge(make_check(), lane(**LIT, **ALARM, input_power_dbm="n/a"))


def test_a_check_is_compiled_once(make_check: MakeCheck) -> None:
    check = make_check()
    assert compile_check(check) is compile_check(check)


@pytest.mark.parametrize(
    ("where", "matched"),
    [
        (None, True),
        ("input_power_dbm > -30.0", True),
        ("input_power_dbm > input_power_low_alarm_dbm", False),
        ("bias_current_ma > 1.0", False),
    ],
    ids=["any", "true", "false", "unknown"],
)
def test_where_picks_findings(make_check: MakeCheck, where: str | None, matched: bool) -> None:
    verdict = judge(make_check(), lane(**LIT, **ALARM, input_power_dbm=-15.0))
    assert verdict and verdict.finding
    assert matches(where, verdict.finding) is matched


def test_an_enum_is_compared_as_a_text(make_check: MakeCheck) -> None:
    check = make_check(
        on="BgpSession",
        applies="admin_up",
        params="{healthy: [established]}",
        fail="'!(session_state in healthy)'",
        severity="major",
        message="'{entity} is {session_state}'",
        expected=None,
        cases="[]",
    )
    down = judge(check, BgpSession(peer="192.0.2.1", admin_up=True, session_state="idle"))
    fine = judge(check, BgpSession(peer="192.0.2.1", admin_up=True, session_state="established"))
    assert down and down.finding and down.finding.title == "leaf1 ↔ 192.0.2.1 is idle"
    assert fine and fine.status == "pass"
