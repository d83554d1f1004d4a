"""The command line. Each module here that defines `command` is a sub-command, found by looking.

Nothing heavy is imported before a sub-command runs: `netdoctor --help` must be instant.
"""

from __future__ import annotations

import click

from netdoctor import __version__
from netdoctor.cli.group import Commands


@click.group(cls=Commands, package=__name__, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="netdoctor", message="%(prog)s %(version)s")
def main() -> None:
    """Finds the root cause of a misbehaving network, over read-only sessions to its devices."""
