"""Reading a folder of check and cause files: ids, and how each mistake is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netdoctor.rules import RuleError, RuleErrors, load_catalogue
from netdoctor.rules.reader import read_check, read_folder

Write = Callable[[str, str], Path]
Make = Callable[..., Path]


def told(folder: Path) -> list[str]:
    """The mistakes that reading a folder finds."""
    return [str(error) for error in read_folder(folder).errors]


def test_an_id_is_the_path(write_check: Make, write_cause: Make) -> None:
    write_check()
    found = read_folder(write_cause())
    assert list(found.checks) == ["optics.rx_low"]
    assert list(found.causes) == ["optics.dirty"]
    assert found.checks["optics.rx_low"].rule.area == "optics"
    assert found.errors == []


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("optic/rx.yaml", "rules/optic/rx.yaml: the folder 'optic' is no area, did you mean 'optics'?"),
        ("optics/RX.yaml", "rules/optics/RX.yaml: the name 'RX' may hold a-z, 0-9 and _ only"),
        ("optics/rx.yml", "rules/optics/rx.yml: should be named rx.yaml"),
        ("rx.yaml", "rules/rx.yaml: stands in the wrong place, not at <area>/<name>.yaml or "),
        ("optics/a/rx.yaml", "rules/optics/a/rx.yaml: stands in the wrong place, not at <area>/<name>.yaml"),
        ("causes/dirty.yaml", "rules/causes/dirty.yaml: stands in the wrong place"),
        ("causes/a-b/dirty.yaml", "rules/causes/a-b/dirty.yaml: the name 'a-b' may hold a-z, 0-9 and _ only"),
    ],
)
def test_a_file_in_the_wrong_place(write: Write, path: str, message: str) -> None:
    (found,) = told(write(path, "title: x"))
    assert found.startswith(message)


@pytest.mark.parametrize("path", ["README.md", ".git/x.yaml", "optics/.rx.yaml", "optics/notes.txt"])
def test_other_files_are_left_alone(write: Write, path: str) -> None:
    assert told(write(path, "not: [ yaml")) == []


def test_causes_stand_in_folders_of_any_name(write: Write, write_cause: Make) -> None:
    text = (write_cause() / "causes/optics/dirty.yaml").read_text()
    found = read_folder(write("causes/congestion/burst.yaml", text))
    assert sorted(found.causes) == ["congestion.burst", "optics.dirty"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"falil": "x"}, "15: key 'falil': unknown key, did you mean 'fail'?"),
        ({"docs": "{what: a, why: b, nxet: []}"}, "10: key 'docs.nxet': unknown key, did you mean 'next'?"),
        ({"leak": "rarely"}, "7: key 'leak': unknown word 'rarely', did you mean 'rare'?"),
        ({"severity": "majr"}, "6: key 'severity': unknown word 'majr', did you mean 'major'?"),
        ({"severity": "{majr: true}"}, "6: key 'severity': unknown word 'majr', did you mean 'major'?"),
        ({"title": "7"}, "1: key 'title': expected 'str', got 'int'"),
        ({"expected": "input_power_dbm"}, "9: key 'expected': expected 'array', got 'str'"),
        ({"params": "{margin_db: {a: 1}}"}, "4: key 'params.margin_db': "),
        ({"title": None}, "1: missing 'title'"),
        ({"docs": "{what: a}"}, "10: key 'docs': missing 'why'"),
        (
            {"cases": "[{name: a, fact: {}, expect: pas}]"},
            "11: key 'cases[0].expect': unknown word 'pas', did",
        ),
        ({"id": "optics.rx_low"}, "15: key 'id': is not written in the file: its path says it"),
        ({"on": "&x OpticLane"}, "2: key 'on': anchors and aliases are not read"),
        ({"on": "!!str OpticLane"}, "2: key 'on': the tag "),
        ({"fail": "a\nfail: b"}, "6: key 'fail': given twice, first on line 5"),
    ],
)
def test_a_mistake_in_a_check_is_told_with_line_and_key(
    write_check: Make, changes: dict[str, str | None], message: str
) -> None:
    (found,) = told(write_check(**changes))
    assert found.startswith(f"rules/optics/rx_low.yaml:{message}")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"at": "linc"}, "2: key 'at': unknown word 'linc', did you mean 'link'?"),
        ({"prior": "often"}, "3: key 'prior': expected 'float', got 'str'"),
        (
            {"shows": "\n  - {check: a.b, how: often}\n  - {check: a.b, how: oftn}"},
            "6: key 'shows[1].how': unknown word 'oftn', did you mean 'often'?",
        ),
        (
            {"shows": "\n  - check: a.b\n    how: often\n    relation: oneend"},
            "7: key 'shows[0].relation': unknown word 'oneend', did you mean 'one-end'?",
        ),
        ({"confirm": "[{ask: a, why: b, exspect: c}]"}, "10: key 'confirm[0].exspect': unknown key, did you"),
    ],
)
def test_a_mistake_in_a_cause_is_told_with_line_and_key(
    write_cause: Make, changes: dict[str, str | None], message: str
) -> None:
    (found,) = told(write_cause(**changes))
    assert found.startswith(f"rules/causes/optics/dirty.yaml:{message}")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "rules/optics/rx.yaml:1: expected 'object', got 'null'"),
        (b"a: " + b"x" * (64 << 10), "rules/optics/rx.yaml: longer than 64 KiB"),
        (b"title: a\non: \xff", "rules/optics/rx.yaml:2: not UTF-8 text"),
        (b"- a", "rules/optics/rx.yaml:1: expected 'object', got 'array'"),
        (b"title: [", "rules/optics/rx.yaml:2: not YAML: "),
    ],
    ids=["empty", "too long", "not UTF-8", "a list", "not YAML"],
)
def test_a_file_that_is_no_check_at_all(write: Write, content: bytes, message: str) -> None:
    folder = write("optics/rx.yaml", "")
    (folder / "optics/rx.yaml").write_bytes(content)
    (found,) = told(folder)
    assert found.startswith(message)


def test_all_mistakes_of_a_folder_are_told_together(write: Write, write_check: Make) -> None:
    write("mtu/a.yaml", "titel: x")
    write("bgp/b.yaml", "title: [")
    with pytest.raises(RuleErrors) as caught:
        load_catalogue(write_check(fail="input_power > 1.0"))
    assert [error.path for error in caught.value.errors] == [
        "rules/bgp/b.yaml",
        "rules/mtu/a.yaml",
        "rules/optics/rx_low.yaml",
    ]
    assert str(caught.value).splitlines() == [str(error) for error in caught.value.errors]


@pytest.mark.parametrize(
    ("folder", "message"),
    [("nowhere", "nowhere: is no folder of check files"), (".", ".: holds no check or cause file")],
)
def test_a_folder_without_checks_is_hardly_meant(write: Write, folder: str, message: str) -> None:
    with pytest.raises(RuleError, match=message):
        load_catalogue(Path(folder))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=200) | st.text(alphabet="abon:{}[]-&*!|> \n'\"#%0123.,", max_size=200).map(str.encode)
)
def test_whatever_a_file_holds_it_is_read_or_refused(write: Write, content: bytes) -> None:
    path = write("optics/rx.yaml", "") / "optics/rx.yaml"
    path.write_bytes(content)
    with pytest.raises(RuleError) as caught:
        read_check(path, "optics.rx")
    assert str(caught.value).startswith("rules/optics/rx.yaml")
