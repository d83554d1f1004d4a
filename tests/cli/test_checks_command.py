"""`netdoctor checks` and `netdoctor causes`, as a user types them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from netdoctor.cli import main

CHECK = """\
title: Received light is low
on: OpticLane
fail: input_power_dbm < -14.0
severity: {major: input_power_dbm < -30.0, minor: true}
message: "{entity} receives {input_power_dbm:.1f} dBm"
docs: {what: The light that arrives., why: Dirt takes light away.}
was: [optics.rx_faint]
cases:
  - {name: good, fact: {input_power_dbm: -3.0}, expect: pass}
  - {name: dark, fact: {input_power_dbm: -15.0}, expect: fail}
  - {name: mute, fact: {}, expect: unknown}
"""
CAUSE = """\
title: Dirty patch panel
at: link
prior: 0.004
shows: [{check: optics.rx_weak, how: usually, relation: one-end}]
severity: minor
remedy: Clean it.
explain: "{entity} receives {input_power_dbm:.1f} dBm"
docs: {what: Dirt., why: It takes light away.}
"""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], str]:
    """A folder `own` with a check and a cause; a text in the check may be replaced by another."""
    monkeypatch.chdir(tmp_path)

    def write(old: str = "", new: str = "") -> str:
        for path, text in (
            ("optics/rx_weak.yaml", CHECK.replace(old, new)),
            ("causes/patching/dirty.yaml", CAUSE),
        ):
            file = Path("own") / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        return "own"

    return write


Own = Callable[..., str]


def test_checks_are_listed_by_id(own: Own) -> None:
    result = run("checks", "list", "--checks-dir", own())
    assert result.exit_code == 0
    ids = [line.split()[0] for line in result.stdout.splitlines()]
    assert ids == sorted(ids)
    (row,) = [line for line in result.stdout.splitlines() if line.startswith("optics.rx_weak ")]
    assert row.split(maxsplit=3)[1:] == ["major/minor", "OpticLane", "Received light is low"]


def test_checks_of_one_area(own: Own) -> None:
    rows = run("checks", "list", "--area", "optics", "--checks-dir", own()).stdout.splitlines()
    assert {row.partition(".")[0] for row in rows} == {"optics"}


def test_causes_are_listed_by_id(own: Own) -> None:
    result = run("causes", "list", "--checks-dir", own())
    assert result.exit_code == 0
    (row,) = [line for line in result.stdout.splitlines() if line.startswith("patching.dirty ")]
    assert row.split(maxsplit=3)[1:] == ["minor", "link", "Dirty patch panel"]


@pytest.mark.parametrize(
    ("arguments", "lines"),
    [
        (
            ["checks", "explain", "optics.rx_weak"],
            ["# optics.rx_weak: Received light is low", "- patching.dirty (usually): Dirty patch panel"],
        ),
        (["checks", "explain", "optics.rx_faint"], ["# optics.rx_weak: Received light is low"]),
        (
            ["causes", "explain", "patching.dirty"],
            [
                "# patching.dirty: Dirty patch panel",
                "- usually (80%) at the receiving end: optics.rx_weak, Received light is low",
            ],
        ),
    ],
    ids=["a check", "a check by its former id", "a cause"],
)
def test_pages(own: Own, arguments: list[str], lines: list[str]) -> None:
    result = run(*arguments, "--checks-dir", own())
    assert result.exit_code == 0
    assert set(lines) <= set(result.stdout.splitlines())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["checks", "explain", "optics.rx_weka"],
            "unknown check 'optics.rx_weka', did you mean 'optics.rx_weak'?",
        ),
        (
            ["checks", "test", "optics.rx_weka"],
            "unknown check 'optics.rx_weka', did you mean 'optics.rx_weak'?",
        ),
        (
            ["causes", "explain", "patching.drity"],
            "unknown cause 'patching.drity', did you mean 'patching.dirty'?",
        ),
        (["checks", "list", "--area", "optic"], "'optic' is not one of"),
    ],
)
def test_a_wrong_word_is_answered_with_the_right_one(own: Own, arguments: list[str], message: str) -> None:
    result = run(*arguments, "--checks-dir", own())
    assert result.exit_code == 2
    assert result.stdout == ""
    assert message in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [["checks", "list"], ["checks", "explain", "optics.rx_weak"], ["checks", "test"], ["causes", "list"]],
)
def test_a_malformed_file_is_wrong_configuration(own: Own, arguments: list[str]) -> None:
    result = run(*arguments, "--checks-dir", own("fail: input_power_dbm", "fail: input_power_dbn"))
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr == (
        "netdoctor: own/optics/rx_weak.yaml:3: key 'fail': unknown name 'input_power_dbn',"
        " did you mean 'input_power_dbm'?\n"
    )


def test_a_clean_folder_passes_lint_and_test(own: Own) -> None:
    folder = own()
    assert (run("checks", "lint", folder).exit_code, run("checks", "lint", folder).stdout) == (
        0,
        "no mistakes\n",
    )
    result = run("checks", "test", folder)
    assert (result.exit_code, result.stdout) == (0, "1 checks, 3 cases, 0 failed\n")


def test_what_lint_finds_is_told_on_stdout(own: Own) -> None:
    result = run("checks", "lint", own("expect: unknown", "expect: pass"))
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "own/optics/rx_weak.yaml:8: key 'cases': no case expects 'unknown'",
        "own/optics/rx_weak.yaml:11: key 'cases[2].expect': the case 'mute' gives unknown"
        " (it needs input_power_dbm), not pass",
    ]


def test_a_failing_case_is_told_with_its_line(own: Own) -> None:
    result = run("checks", "test", "optics.rx_weak", "--checks-dir", own("expect: unknown", "expect: pass"))
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "own/optics/rx_weak.yaml:11: key 'cases[2].expect': the case 'mute' gives unknown"
        " (it needs input_power_dbm), not pass",
        "1 checks, 3 cases, 1 failed",
    ]


def test_the_built_in_checks_pass() -> None:
    result = run("checks", "test")
    assert result.exit_code == 0
    assert result.stdout.endswith(" 0 failed\n")


@pytest.mark.parametrize("arguments", [["lint", "nowhere"], ["list", "--checks-dir", "nowhere"]])
def test_no_such_folder(own: Own, arguments: list[str]) -> None:
    own()
    result = run("checks", *arguments)
    assert result.exit_code == 2
    assert "nowhere" in result.stderr
