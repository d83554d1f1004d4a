"""List and explain the causes."""

from __future__ import annotations

import click

from netdoctor.cli import rulebook
from netdoctor.cli.options import checks_dir_option


@click.group()
def command() -> None:
    """List and explain the causes."""


@command.command("list")
@checks_dir_option
def list_causes(checks_dir: str | None) -> None:
    """List the causes: id, severity, the kind of place each stands on, title."""
    causes = rulebook.catalogue(checks_dir).causes.values()
    rulebook.write_rows((cause.id, cause.severity, cause.at, cause.title) for cause in causes)


@command.command()
@click.argument("cause_id", metavar="ID", type=rulebook.RuleId("causes"))
@checks_dir_option
def explain(cause_id: str, checks_dir: str | None) -> None:
    """Show the page of a cause.

    What it shows, what speaks against it, how it is confirmed and mended.
    """
    from netdoctor.rules.explain import explain_cause

    catalogue = rulebook.catalogue(checks_dir)
    cause = rulebook.find("cause", cause_id, catalogue.causes, rulebook.former_ids(catalogue.causes))
    rulebook.write_page(explain_cause(cause, catalogue))
