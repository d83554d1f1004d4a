"""The checks and causes that come with netdoctor, each held against everything that lint knows."""

from __future__ import annotations

import pytest
from jsonschema import Draft202012Validator

from netdoctor import derive, platforms
from netdoctor.model.facts import FACT_TYPES, Fact
from netdoctor.rules import load_catalogue, run_cases
from netdoctor.rules.explain import explain_cause, explain_check
from netdoctor.rules.lint import lint
from netdoctor.rules.reader import builtin_folder, read_folder
from netdoctor.rules.schema import cause_schema, check_schema

FOLDER = read_folder(builtin_folder())
CATALOGUE = load_catalogue()
CHECK_SCHEMA, CAUSE_SCHEMA = Draft202012Validator(check_schema()), Draft202012Validator(cause_schema())
CHECKS, CAUSES = sorted(CATALOGUE.checks), sorted(CATALOGUE.causes)


@pytest.fixture(scope="module")
def given() -> set[type[Fact]]:
    """The fact types that some platform's command or some deriver gives."""
    read = {
        kind
        for name in platforms.names()
        for command in platforms.get(name).commands
        for kind in command.gives
    }
    return read.union(*(module.GIVES for module in derive.derivers()))


@pytest.fixture(scope="module")
def questions() -> set[str]:
    """What causes may ask: the questions to which at least one platform knows a command."""
    return {question for name in platforms.names() for question in platforms.get(name).questions}


def test_there_are_enough_of_them() -> None:
    """A folder that is not found, or is empty, must not look like a clean one."""
    assert len(CHECKS) >= 30
    assert len(CAUSES) >= 30


def test_no_mistake_in_any_file() -> None:
    assert [str(error) for error in lint(builtin_folder())] == []


@pytest.mark.parametrize("check_id", CHECKS)
def test_a_check_passes_its_own_cases_and_has_a_page(check_id: str) -> None:
    check = CATALOGUE.checks[check_id]
    assert run_cases(check) == []
    assert explain_check(check, CATALOGUE).startswith(f"# {check_id}: {check.title}\n")
    assert list(CHECK_SCHEMA.iter_errors(FOLDER.checks[check_id].document.value)) == []


@pytest.mark.parametrize("check_id", CHECKS)
def test_somebody_gives_the_facts_that_a_check_reads(check_id: str, given: set[type[Fact]]) -> None:
    """A check of facts that nobody gives would stay silent for ever."""
    assert FACT_TYPES[CATALOGUE.checks[check_id].on] in given


@pytest.mark.parametrize("cause_id", CAUSES)
def test_a_cause_has_a_page_and_fits_the_schema(cause_id: str) -> None:
    cause = CATALOGUE.causes[cause_id]
    assert explain_cause(cause, CATALOGUE).startswith(f"# {cause_id}: {cause.title}\n")
    assert list(CAUSE_SCHEMA.iter_errors(FOLDER.causes[cause_id].document.value)) == []


@pytest.mark.parametrize("cause_id", CAUSES)
def test_some_platform_can_answer_what_a_cause_asks(cause_id: str, questions: set[str]) -> None:
    """What disturbs traffic is for the engineer to do, and needs no command."""
    asked = {confirm.ask for confirm in CATALOGUE.causes[cause_id].confirm if not confirm.intrusive}
    assert asked <= questions
