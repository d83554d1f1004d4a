"""`netdoctor parse` and `netdoctor platforms`: what a pasted output says, and what is read at all."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

from netdoctor import platforms
from netdoctor.cli import main
from netdoctor.platforms.coverage import FIELDS

LLDP = """leaf1#show lldp neighbors detail | json
{"lldpNeighbors": {"Ethernet1": {"lldpNeighborInfo": [{"systemName": "spine1"}]}, "Ethernet2": 5}}
leaf1#
"""


def parse(
    text: str, *, platform: str = "arista_eos", command: str = "show lldp neighbors detail | json"
) -> Result:
    return CliRunner().invoke(main, ["parse", "--platform", platform, "--command", command], input=text)


def told(result: Result) -> Any:
    return json.loads(result.stdout)


def test_the_facts_and_what_was_not_understood() -> None:
    result = parse(LLDP)
    assert result.exit_code == 0
    assert told(result) == {
        "platform": "arista_eos",
        "command": "show lldp neighbors detail | json",
        "facts": [
            {
                "type": "LldpNeighbor",
                "interface": "Ethernet1",
                "neighbor_device": "spine1",
                "protocol": "lldp",
                "entity": "interface:device/Ethernet1",
            }
        ],
        "not_understood": [{"line": None, "text": "Ethernet2: not an object"}],
    }


@pytest.mark.parametrize("text", ["no json at all", '{"somethingElse": {}}'])
def test_nothing_understood_is_no_success(text: str) -> None:
    result = parse(text)
    assert result.exit_code == 1
    assert told(result)["facts"] == []
    assert told(result)["not_understood"]


@pytest.mark.parametrize("text", ["", "\n", '{"lldpNeighbors": {}}'])
def test_none_is_an_answer(text: str) -> None:
    result = parse(text)
    assert (result.exit_code, told(result)["facts"], told(result)["not_understood"]) == (0, [], [])


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        ({"platform": "arista_eso"}, "did you mean 'arista_eos'"),
        ({"platform": "cisco_ios"}, "did you mean 'cisco_xe'"),
        ({"command": "show lldp neihbors"}, "did you mean 'show lldp neighbors"),
        ({"command": "reload"}, "has no parser for 'reload'"),
    ],
)
def test_what_is_not_known_is_named_with_the_nearest_word(wrong: dict[str, str], hint: str) -> None:
    result = parse("", **wrong)
    assert result.exit_code == 2
    assert hint in result.stderr


def test_secrets_and_escapes_of_a_pasted_text_are_not_shown() -> None:
    result = parse(
        '{"lldpNeighbors": {"a\\u001b]0;owned": {"lldpNeighborInfo": [{"systemName": "password s3cret"}]}}}'
    )
    assert "s3cret" not in result.stdout
    assert "\x1b" not in result.stdout


def test_every_platform_and_field_has_a_cell() -> None:
    matrix = json.loads(CliRunner().invoke(main, ["platforms", "--format", "json"]).stdout)
    assert tuple(matrix) == platforms.names()
    assert all(tuple(row) == tuple(FIELDS) for row in matrix.values())


def test_the_matrix_fits_a_terminal() -> None:
    lines = CliRunner().invoke(main, ["platforms"]).stdout.splitlines()
    assert max(map(len, lines[: len(FIELDS) + 1])) <= 80
    assert lines[0].split() == [name.rpartition("_")[2] for name in platforms.names()]
