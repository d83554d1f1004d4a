"""Asking a device of the lab everything that netdoctor would."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from netdoctor import platforms
from netdoctor.lab import manner
from netdoctor.lab.hardware import Device
from netdoctor.lab.world import World
from netdoctor.model.events import Note
from netdoctor.model.facts import Fact
from netdoctor.platforms.base import Command, understand


def commands_of(device: Device) -> list[str]:
    """Every command without arguments that is sent to a device of its platform."""
    known = platforms.get(device.platform).commands
    return [command.template for command in known if command.arguments is None]


def spoken(device: Device, command: str) -> str:
    """A command as it is sent: on Linux with sudo where it needs it."""
    found = platforms.get(device.platform).command_for(command)
    needs_root = found is not None and found[0].privileged
    return f"{platforms.get(device.platform).dialect.elevate or ''}{command}" if needs_root else command


def ask(world: World, device: Device) -> Iterator[tuple[Command, str, list[Fact], list[Note]]]:
    """Every command that a run would send, with its answer and what the real parsers make of it.

    As in a run, those whose arguments follow from facts come after the others.
    """
    learned: list[Fact] = []
    commands = platforms.get(device.platform).commands
    for command in sorted(commands, key=lambda one: one.arguments is not None):
        runs = [{}] if command.arguments is None else [dict(a) for a in command.arguments(learned)]
        for arguments in runs:
            text = command.render(arguments)
            reply = manner.reply(world, device, spoken(device, text))
            if reply.status:
                yield command, reply.output + reply.stderr, [], []
                continue
            at = datetime.fromtimestamp(world.now(), UTC)
            facts, notes = understand(command.parse, reply.output, arguments, at)
            learned += facts
            yield command, reply.output + reply.stderr, facts, notes
