"""From what was typed to what is asked."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import msgspec

from netdoctor import inventory
from netdoctor.cli.output import Output
from netdoctor.engine.request import Request, Target
from netdoctor.engine.store import group_id, new_run_id
from netdoctor.rules import load_catalogue
from netdoctor.rules.files import Catalogue

_OVERRIDES = ("user", "port", "platform", "identity", "jump")
"""Options that override what the inventory says of a target."""


def catalogue(checks_dir: str | None) -> Catalogue:
    """The built-in checks and causes, and the user's own. Raises RuleError."""
    return load_catalogue(Path(checks_dir) if checks_dir else None)


def output(options: Mapping[str, Any]) -> Output:
    """How the report is shown."""
    return msgspec.convert(options, Output)


def request(typed: tuple[str, ...], options: Mapping[str, Any]) -> Request:
    """What the run is asked. Raises InventoryError, and click.UsageError for options at odds."""
    if options["interval"] >= options["deadline"]:
        raise click.UsageError("--interval must be shorter than --deadline: counters are read twice")
    network = inventory.load(options["inventory_at"], os.environ)
    overrides = {name: options[name] for name in _OVERRIDES}
    targets: list[Target] = []
    for text in typed:
        network, device, interface = inventory.resolve(network, text, **overrides)
        targets.append(Target(device, interface))
    return Request(
        run_id=new_run_id(targets[0].device),
        targets=tuple(dict.fromkeys(targets)),
        network=network,
        symptom=options.get("symptom"),
        peer=options.get("peer"),
        areas=options["areas"],
        since_s=options["since"],
        interval_s=options["interval"],
        deadline_s=options["deadline"],
        depth=options["depth"],
    )


def check_group(share_group: str | None) -> None:
    """Refuses a group that this machine does not have. Raises UnknownGroup."""
    if share_group is not None:
        group_id(share_group)
