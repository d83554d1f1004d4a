"""List, explain, lint and test the checks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from netdoctor.cli import rulebook
from netdoctor.cli.options import Word, checks_dir_option
from netdoctor.model.findings import AREAS

if TYPE_CHECKING:
    from netdoctor.rules import Check
    from netdoctor.rules.catalogue import Loaded


@click.group()
def command() -> None:
    """List, explain, lint and test the checks."""


@command.command("list")
@click.option("--area", "areas", type=Word(AREAS), multiple=True, help="Only this area (repeatable).")
@checks_dir_option
def list_checks(areas: tuple[str, ...], checks_dir: str | None) -> None:
    """List the checks: id, severities, the fact each reads, title."""
    checks = rulebook.catalogue(checks_dir).checks.values()
    rulebook.write_rows(
        (check.id, _severities(check), check.on, check.title)
        for check in checks
        if not areas or check.area in areas
    )


@command.command()
@click.argument("check_id", metavar="ID", type=rulebook.RuleId("checks"))
@checks_dir_option
def explain(check_id: str, checks_dir: str | None) -> None:
    """Show the page of a check.

    What it looks at, when it fails, with which severity, and which causes show it.
    """
    from netdoctor.rules.explain import explain_check

    catalogue = rulebook.catalogue(checks_dir)
    check = rulebook.find("check", check_id, catalogue.checks, rulebook.former_ids(catalogue.checks))
    rulebook.write_page(explain_check(check, catalogue))


@command.command()
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
def lint(folder: Path | None) -> int:
    """Look for mistakes in check and cause files.

    In DIR and below, by default in the built-in files. Exit code 1 when there are any.
    """
    from netdoctor.rules.lint import lint as mistakes_in
    from netdoctor.rules.reader import builtin_folder

    mistakes = mistakes_in(folder or builtin_folder())
    for mistake in mistakes:
        click.echo(str(mistake))
    if not mistakes:
        click.echo("no mistakes")
    return 1 if mistakes else 0


@command.command()
@click.argument("wanted", metavar="[ID|DIR]...", nargs=-1, type=rulebook.RuleId("checks"))
@checks_dir_option
def test(wanted: tuple[str, ...], checks_dir: str | None) -> int:
    """Run the cases inside check files.

    Of the checks named, of all checks in a folder, or by default of all. Exit code 1 when one fails.
    """
    from netdoctor.rules import run_cases

    checked = cases = failures = 0
    for loaded, check in _wanted(wanted, checks_dir):
        checked, cases = checked + 1, cases + len(check.cases)
        for failure in run_cases(check):
            failures += 1
            click.echo(str(loaded.check_files[check.id].error(failure.keys, failure.problem)))
    click.echo(f"{checked} checks, {cases} cases, {failures} failed")
    return 1 if failures else 0


def _wanted(wanted: tuple[str, ...], checks_dir: str | None) -> list[tuple[Loaded, Check]]:
    """The checks to test, each with the files it was loaded from. Raises UsageError and RuleError."""
    from netdoctor.rules.catalogue import load

    loaded = load(Path(checks_dir) if checks_dir else None)
    checks = loaded.catalogue.checks
    found: list[tuple[Loaded, Check]] = [] if wanted else [(loaded, check) for check in checks.values()]
    for name in wanted:
        if Path(name).is_dir():
            own = load(Path(name))
            found += [(own, own.catalogue.checks[check_id]) for check_id in own.own_checks]
        else:
            found.append((loaded, rulebook.find("check", name, checks, rulebook.former_ids(checks))))
    return found


def _severities(check: Any) -> str:
    return check.severity if isinstance(check.severity, str) else "/".join(check.severity)
