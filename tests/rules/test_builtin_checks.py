"""The checks and causes that come with netdoctor, each held against everything that lint knows."""

from __future__ import annotations

import jsonschema
import pytest

from netdoctor.rules import load_catalogue, run_cases
from netdoctor.rules.explain import explain_cause, explain_check
from netdoctor.rules.lint import lint
from netdoctor.rules.reader import builtin_folder, read_folder
from netdoctor.rules.schema import cause_schema, check_schema

FOLDER = read_folder(builtin_folder())
CATALOGUE = load_catalogue()
CHECKS, CAUSES = sorted(CATALOGUE.checks), sorted(CATALOGUE.causes)


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
    jsonschema.validate(FOLDER.checks[check_id].document.value, check_schema())


@pytest.mark.parametrize("cause_id", CAUSES)
def test_a_cause_has_a_page_and_fits_the_schema(cause_id: str) -> None:
    cause = CATALOGUE.causes[cause_id]
    assert explain_cause(cause, CATALOGUE).startswith(f"# {cause_id}: {cause.title}\n")
    jsonschema.validate(FOLDER.causes[cause_id].document.value, cause_schema())
