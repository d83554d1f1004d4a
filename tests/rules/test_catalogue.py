"""A run's catalogue: what came with netdoctor, and the user's own folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netdoctor.rules import RuleErrors, load_catalogue
from netdoctor.rules.catalogue import merged
from netdoctor.rules.reader import builtin_folder, read_folder
from netdoctor.rules.validate import errors_of

Write = Callable[[str, str], Path]
Make = Callable[..., Path]


def problems(folder: Path) -> list[str]:
    with pytest.raises(RuleErrors) as caught:
        load_catalogue(folder)
    return [str(error) for error in caught.value.errors]


def test_the_built_in_files_are_always_there(write_check: Make, write_cause: Make) -> None:
    builtin, extended = load_catalogue(), load_catalogue(write_check() and write_cause())
    assert set(extended.checks) - set(builtin.checks) == {"optics.rx_low"}
    assert set(extended.causes) - set(builtin.causes) == {"optics.dirty"}
    assert list(extended.checks) == sorted(extended.checks)


def test_naming_the_built_in_folder_itself_adds_nothing() -> None:
    assert load_catalogue(builtin_folder()) == load_catalogue()


def test_a_users_cause_may_name_a_built_in_check(write_cause: Make) -> None:
    check = next(iter(load_catalogue().checks))
    shows = f"[{{check: {check}, how: often}}]"
    catalogue = load_catalogue(write_cause(shows=shows, explain="'{entity}'"))
    assert catalogue.causes["optics.dirty"].shows[0].check == check


def test_a_built_in_id_cannot_be_taken(write: Write) -> None:
    check = next(iter(load_catalogue().checks))
    path = check.replace(".", "/") + ".yaml"
    (found,) = problems(write(path, (builtin_folder() / path).read_text()))
    assert found == f"rules/{path}: the id {check!r} is that of a built-in check; take another name"


def test_a_cause_may_name_a_check_by_its_former_id(write_check: Make, write_cause: Make) -> None:
    write_check(was="[optics.rx_weak]")
    shows = "[{check: optics.rx_weak, how: often, where: input_power_dbm > -30.0}]"
    catalogue = load_catalogue(write_cause(shows=shows))
    assert catalogue.causes["optics.dirty"].shows[0].check == "optics.rx_low"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"on": "OpticLine"}, "2: key 'on': unknown fact type 'OpticLine', did you mean 'OpticLane'?"),
        ({"applies": "adminup"}, "3: key 'applies': unknown name 'adminup', did you mean 'admin_up'?"),
        ({"fail": "input_power_dbm < 'low'"}, "5: key 'fail': '<' compares double with string"),
        ({"fail": "input_power_dbm + 2 < 1.0"}, "5: key 'fail': '+' mixes double and int"),
        (
            {"severity": "{major: input_power_dbn < 1.0, minor: true}"},
            "6: key 'severity.major': unknown name 'input_power_dbn', did you mean 'input_power_dbm'?",
        ),
        (
            {"severity": "{minor: true, major: admin_up}"},
            "6: key 'severity.minor': the last severity, and no",
        ),
        ({"severity": "{major: admin_up}"}, "6: key 'severity.major': the last severity, and no other, must"),
        ({"severity": "{}"}, "6: key 'severity': needs at least one severity"),
        ({"message": "'{power}'"}, "8: key 'message': unknown name 'power' in a hole"),
        ({"message": "'{entity.x}'"}, "8: key 'message': the hole {entity.x} is not a plain name"),
        ({"expected": "[margin]"}, "9: key 'expected[0]': unknown name 'margin', did you mean 'margin_db'?"),
        ({"params": "{margin_db: 2.0, lane: 1}"}, "4: key 'params.lane': OpticLane has a field of this name"),
        ({"params": "{margin_db: 2.0, in: 1}"}, "4: key 'params.in': cannot be the name of a param"),
        ({"params": "{margin_db: 2.0, l: [1, a]}"}, "4: key 'params.l': a list mixes int and string"),
        ({"params": "{margin_db: 2}"}, "5: key 'fail': '+' mixes double and int"),
    ],
)
def test_a_check_that_could_mislead_is_refused(
    write_check: Make, changes: dict[str, str], message: str
) -> None:
    found = problems(write_check(**changes))
    assert any(problem.startswith(f"rules/optics/rx_low.yaml:{message}") for problem in found), found


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"prior": "0.0"}, "3: key 'prior': 0.0 is not between 0 and 0.3"),
        ({"prior": "0.4"}, "3: key 'prior': 0.4 is not between 0 and 0.3"),
        ({"prior": ".nan"}, "3: key 'prior': nan is not between 0 and 0.3"),
        ({"shows": "[]"}, "4: key 'shows': a cause must show at least one finding"),
        (
            {"shows": "\n  - {check: optics.rx_lo, how: often}"},
            "5: key 'shows[0].check': unknown check 'optics.rx_lo', did you mean 'optics.rx_low'?",
        ),
        (
            {"shows": "\n  - {check: optics.rx_low, how: often, where: input_power_dbm > 'a'}"},
            "5: key 'shows[0].where': '>' compares double with string; both must be of one type (a finding",
        ),
        (
            {"shows": "\n  - {check: optics.rx_low, how: often, where: bias_current_ma > 1.0}"},
            "5: key 'shows[0].where': unknown name 'bias_current_ma'",
        ),
        (
            {"against": "\n  - {check: optics.rx_hi, how: often}"},
            "key 'against[0].check': unknown check 'optics.rx_hi', did you mean",
        ),
        ({"explain": "'{lane_count}'"}, "8: key 'explain': unknown name 'lane_count' in a hole"),
    ],
)
def test_a_cause_that_could_mislead_is_refused(
    write_check: Make, write_cause: Make, changes: dict[str, str], message: str
) -> None:
    write_check()
    found = problems(write_cause(**changes))
    assert any(message in problem for problem in found), found


KEYS = st.sampled_from(
    ["on", "applies", "params", "fail", "severity", "message", "expected", "cases", "docs"]
)
TEXT = st.text(alphabet="abin{}[]'\":,.-_<=&|?!*#%019 \n", max_size=40)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(KEYS, TEXT, min_size=1, max_size=2))
def test_whatever_stands_in_a_check_it_is_loaded_or_refused(
    write_check: Make, changes: dict[str, str]
) -> None:
    folder = read_folder(write_check(**changes))
    for error in [*folder.errors, *errors_of(folder, merged(folder))]:
        assert str(error).startswith("rules/optics/rx_low.yaml:")
