"""What README.md and CONTRIBUTING.md tell a user to type works as it stands."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from netdoctor import inventory
from netdoctor.cli import main
from netdoctor.lab.plan import load

ROOT = Path(__file__).parents[2]
TEXTS = {name: (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "CONTRIBUTING.md")}
FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINES = sorted(
    {
        line.partition("#")[0].partition("|")[0].partition(">")[0].strip()
        for text in TEXTS.values()
        for _, block in FENCED.findall(text)
        for line in block.splitlines()
        if line.startswith("netdoctor ")
    }
)


def test_there_are_commands_to_try() -> None:
    assert len(LINES) > 8


@pytest.mark.parametrize("line", LINES)
def test_a_command_line_is_understood(line: str) -> None:
    """Parsed down to the last sub-command, and not run."""
    name, *arguments = shlex.split(line)
    command: click.Command | None = main
    context = click.Context(main, info_name=name)
    while isinstance(command, click.Group):
        name, command, arguments = command.resolve_command(context, arguments)
    assert command is not None
    command.make_context(name, arguments, parent=context)


EXAMPLES = [block for kind, block in FENCED.findall(TEXTS["README.md"]) if kind == "yaml"]


def test_the_topology_example_is_read(tmp_path: Path) -> None:
    (example,) = [block for block in EXAMPLES if block.startswith("shape:")]
    path = tmp_path / "lab.yaml"
    path.write_text(example)
    assert len(list(load(str(path)).routers())) == 10


def test_the_inventory_example_is_read(tmp_path: Path) -> None:
    (example,) = [block for block in EXAMPLES if "devices:" in block]
    path = tmp_path / "netdoctor.yaml"
    path.write_text(example)
    network = inventory.load(str(path), {})
    assert network.devices["leaf1"].jump == "bastion1"
    assert network.intended_neighbors("leaf1") == ("spine1",)
