"""What lint says of files that load, and how the cases inside a check are run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from netdoctor.rules import Check, run_cases
from netdoctor.rules.lint import lint, main

Make = Callable[..., Path]
LIT = "admin_up: true, dom_supported: true"
DARK = "input_power_dbm: -15, input_power_low_alarm_dbm: -13.9"


def test_a_good_folder_is_clean(write_check: Make, write_cause: Make) -> None:
    write_check()
    assert lint(write_cause()) == []


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"fail": "input_power < 1.0"}, "5: key 'fail': unknown name 'input_power', did you mean"),
        ({"title": "''"}, "1: key 'title': is empty"),
        ({"docs": "{what: ' ', why: b}"}, "10: key 'docs.what': is empty"),
        ({"docs": "{what: a, why: ''}"}, "10: key 'docs.why': is empty"),
        ({"params": "{margin_db: 2.0, spare: 1}"}, "4: key 'params.spare': is used by no condition"),
    ],
)
def test_what_lint_says_of_a_check(write_check: Make, changes: dict[str, str], message: str) -> None:
    found = [str(error) for error in lint(write_check(**changes))]
    assert any(problem.startswith(f"rules/optics/rx_low.yaml:{message}") for problem in found), found


@pytest.mark.parametrize(
    ("listed", "message"),
    [
        (["dark", "mute"], "11: key 'cases': no case expects 'pass'"),
        (["good", "mute"], "11: key 'cases': no case expects 'fail'"),
        (["good", "dark"], "11: key 'cases': no case expects 'unknown'"),
        (["good", "dark", "mute", "mute"], "15: key 'cases[3].name': 'mute' names two cases"),
        (
            ["{name: odd, fact: {imput_power_dbm: 1}, expect: pass}"],
            "12: key 'cases[0].fact.imput_power_dbm': unknown key, did you mean 'input_power_dbm'?",
        ),
        (
            ["{name: odd, fact: {admin_up: 1}, expect: pass}"],
            "12: key 'cases[0].fact.admin_up': expected 'bool', got 'int'",
        ),
        (
            [f"{{name: a, fact: {{{LIT}, input_power_dbm: -15}}, expect: pass}}"],
            "12: key 'cases[0].expect': the case 'a' gives unknown (it needs input_power_low_alarm_dbm), ",
        ),
        (
            ["{name: a, fact: {admin_up: false}, expect: pass}"],
            "12: key 'cases[0].expect': the case 'a' gives not_applicable, not pass",
        ),
        (
            [f"{{name: a, fact: {{{LIT}, {DARK}}}, expect: fail, severity: minor}}"],
            "12: key 'cases[0].severity': the case 'a' gives severity major, not minor",
        ),
        (
            [f"{{name: a, fact: {{{LIT}, {DARK}, interface: Ethernet1}}, expect: fail, message: dark}}"],
            "12: key 'cases[0].message': the case 'a' says 'd1 Ethernet1 receives -15.0 dBm', not 'dark'",
        ),
    ],
)
def test_what_lint_says_of_cases(
    write_check: Make, cases: Callable[..., str], listed: list[str], message: str
) -> None:
    found = [str(error) for error in lint(write_check(cases=cases(*listed)))]
    assert any(problem.startswith(f"rules/optics/rx_low.yaml:{message}") for problem in found), found


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": "' '"}, "1: key 'title': is empty"),
        ({"remedy": "''"}, "7: key 'remedy': is empty"),
        ({"docs": "{what: '', why: b}"}, "9: key 'docs.what': is empty"),
        (
            {"at": "bgp"},
            "5: key 'shows[0].relation': 'one-end' leads nowhere from a bgp (known: both-ends, far-end,",
        ),
        (
            {"shows": "\n  - {check: optics.rx_low, how: often}\n  - {check: optics.rx_low, how: often}"},
            "6: key 'shows[1]': stands twice",
        ),
        (
            {"shows": "[{check: optics.none, how: often}]"},
            "4: key 'shows[0].check': unknown check 'optics.none'",
        ),
    ],
)
def test_what_lint_says_of_a_cause(
    write_check: Make, write_cause: Make, changes: dict[str, str], message: str
) -> None:
    write_check()
    found = [str(error) for error in lint(write_cause(**changes))]
    assert any(problem.startswith(f"rules/causes/optics/dirty.yaml:{message}") for problem in found), found


def test_a_check_without_optional_fields_needs_no_unknown_case(
    write_check: Make, cases: Callable[..., str]
) -> None:
    folder = write_check(
        on="BgpDeviceSummary",
        applies=None,
        params=None,
        fail="down_count > 0",
        severity="minor",
        message="'{down_count} down'",
        expected=None,
        cases=cases(
            "{name: up, fact: {down_count: 0}, expect: pass}",
            "{name: down, fact: {down_count: 2}, expect: fail}",
        ),
    )
    assert lint(folder) == []


def test_mistakes_come_sorted_by_file_and_line(
    write_check: Make, write_cause: Make, cases: Callable[..., str]
) -> None:
    write_check(title="''", cases=cases("good"))
    found = lint(write_cause(title="''", remedy="''"))
    assert [error.position for error in found] == sorted(error.position for error in found)
    assert len(found) == 5


def test_cases_that_come_out_as_written(make_check: Callable[..., Check]) -> None:
    assert run_cases(make_check()) == []


def test_a_check_that_raises_fails_its_cases(
    make_check: Callable[..., Check], cases: Callable[..., str]
) -> None:
    failures = run_cases(make_check(fail="lane / (lane - lane) > 1", cases=cases("good")))
    assert [failure.case for failure in failures] == ["good"]
    assert "raises: " in failures[0].problem


@pytest.mark.parametrize(("title", "code"), [("fine", 0), ("''", 1)])
def test_lint_alone_tells_its_result_by_exit_code(write_check: Make, title: str, code: int) -> None:
    assert main([str(write_check(title=title))]) == code


def test_lint_of_no_folder_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["/nowhere"]) == 2
    assert capsys.readouterr().err == "/nowhere: is no folder of check files\n"
