"""A parser's test case is a folder without code: `platforms/PLATFORM/samples/COMMAND/CASE/`.

`command.txt` is what was sent and `output.txt` what a device answered. Beside them stands either
`facts.json`, the facts in that answer as `netdoctor parse` prints them (and `notes.json`, the texts that
were not understood, when there are any), or `reason.txt`, the named reason of a refusal. `at.txt` is the time
of the answer, where ages are reckoned from it.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

import netdoctor.platforms
from netdoctor import platforms
from netdoctor.model.facts import to_builtins
from netdoctor.platforms.base import Platform, understand

ROOT = Path(netdoctor.platforms.__file__).parent
CASES = sorted(path.parent for path in ROOT.glob("*/samples/*/*/output.txt"))


def _id(case: Path) -> str:
    return "/".join((case.parts[-4], *case.parts[-2:]))


def _read(case: Path) -> tuple[Platform, str, str]:
    command = (case / "command.txt").read_text(encoding="utf-8").strip()
    return platforms.get(case.parts[-4]), command, (case / "output.txt").read_text(encoding="utf-8")


def _at(case: Path) -> datetime | None:
    at = case / "at.txt"
    return datetime.fromisoformat(at.read_text(encoding="utf-8").strip()) if at.exists() else None


@pytest.mark.parametrize("case", [c for c in CASES if (c / "facts.json").exists()], ids=_id)
def test_an_answer_yields_its_facts(case: Path) -> None:
    platform, text, output = _read(case)
    found = platform.command_for(text)
    assert found is not None, f"no parser reads {text!r}"
    command, arguments = found

    facts, notes = understand(command.parse, output, arguments, _at(case))

    told = json.loads(json.dumps([to_builtins(fact) for fact in facts]))
    assert told == json.loads((case / "facts.json").read_text(encoding="utf-8"))
    expected_notes = case / "notes.json"
    assert [note.text for note in notes] == (
        json.loads(expected_notes.read_text()) if expected_notes.exists() else []
    )
    assert {type(fact) for fact in facts} <= set(command.gives)


@pytest.mark.parametrize("case", [c for c in CASES if (c / "facts.json").exists()], ids=_id)
def test_an_answer_is_not_taken_for_a_refusal(case: Path) -> None:
    platform, _, output = _read(case)
    assert platform.refusal(output) is None


@pytest.mark.parametrize("case", [c for c in CASES if (c / "reason.txt").exists()], ids=_id)
def test_a_refusal_bears_its_reason(case: Path) -> None:
    platform, _, output = _read(case)
    assert platform.refusal(output) == (case / "reason.txt").read_text(encoding="utf-8").strip()


@pytest.mark.parametrize("case", CASES, ids=_id)
def test_a_sample_is_complete(case: Path) -> None:
    names = {path.name for path in case.iterdir()}
    assert {"command.txt", "output.txt"} <= names
    assert len(names & {"facts.json", "reason.txt"}) == 1


@pytest.mark.parametrize("name", platforms.names())
def test_every_command_has_a_sample(name: str) -> None:
    platform = platforms.get(name)
    sampled = {
        found[0].template for case in CASES if case.parts[-4] == name for found in [_command(case)] if found
    }
    assert {command.template for command in platform.commands} - sampled == set()


def _command(case: Path) -> tuple[object, dict[str, str]] | None:
    platform, text, _ = _read(case)
    return platform.command_for(text)
