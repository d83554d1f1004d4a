"""Print the JSON Schema of the report or of the events."""

from __future__ import annotations

import click

from netdoctor.cli.options import Word


@click.command()
@click.argument("what", type=Word(["report", "event"]), default="report")
def command(what: str) -> None:
    """Print a JSON Schema: of `report` (netdoctor.report/1) or of one `event` of the stream."""
    from netdoctor.cli import output
    from netdoctor.model.codec import encode_pretty
    from netdoctor.report import schema

    body = schema.report_schema() if what == "report" else schema.event_schema()
    output.write(encode_pretty(body).decode(), None)
