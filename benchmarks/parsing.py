"""What it costs to read all that a device says: a switch with 64 ports, and how that grows with the ports.

Times are the processor's, as machines are shared. The ratio is to `json.loads` of the facts that are found:
what a device would cost that says them in our own words.
"""

from __future__ import annotations

import dataclasses
import gc
import json
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple

import msgspec

from netdoctor import platforms
from netdoctor.lab import manner, topology
from netdoctor.lab.chassis import chassis
from netdoctor.lab.hardware import Device, Host
from netdoctor.lab.optics import LR
from netdoctor.lab.plan import Plan
from netdoctor.lab.world import World
from netdoctor.model.facts import Fact
from netdoctor.platforms.base import Command, understand

BAR_MS = 20.0
LINEAR_BAR = 1.5
"""Four times the interfaces may take so much more than four times as long."""
PORTS, UPLINKS = 64, 8
HOST_PORTS_FROM = 100
"""The names of more ports than such a box has, that none is a spare one's."""
FEW, MANY = 500, 2000
ROUNDS = 15
NOON = 1_790_000_000.0
AT = datetime.fromtimestamp(NOON, UTC)


class Answer(NamedTuple):
    """What a device said, and what reads it."""

    command: Command
    arguments: dict[str, str]
    output: str


def switch(platform: str, ports: int = PORTS) -> tuple[World, Device]:
    """A leaf: eight uplinks of 100G with BGP over them, the rest host ports of 10G, each with a module."""
    plan = Plan("clos", {"spine": (platform,) * UPLINKS, "leaf": (platform,)})
    world = topology.build(lambda: NOON, plan=plan)
    device = world.devices["leaf1"]
    first = world.host_port("leaf1")
    module = dataclasses.replace(next(port.optic for port in device.ports.values() if port.optic), type=LR)
    first.optic = module
    for number in range(2, ports - UPLINKS + 1):
        name = chassis(platform).port(number + HOST_PORTS_FROM)
        topology.add_port(device, first, name, Host(f"host{number}", "", first.mac))
    world.settle(NOON)
    return world, device


def answers(world: World, device: Device) -> list[Answer]:
    """All that a run asks of a device, with what it says."""
    platform = platforms.get(device.platform)
    learned: list[Fact] = []
    found: list[Answer] = []
    for command in platform.commands:
        for arguments in [{}] if command.arguments is None else [dict(a) for a in command.arguments(learned)]:
            elevate = platform.dialect.elevate if command.privileged else None
            reply = manner.reply(world, device, f"{elevate or ''}{command.render(arguments)}")
            if not reply.status and not platform.refusal(reply.output):
                found.append(Answer(command, arguments, reply.output))
                learned += understand(command.parse, reply.output, arguments, AT)[0]
    return found


def read(said: list[Answer]) -> Callable[[], None]:
    def work() -> None:
        for one in said:
            understand(one.command.parse, one.output, one.arguments, AT)

    return work


def median_ms(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    work()
    taken: list[float] = []
    gc.collect()
    for _ in range(rounds):
        began_s = time.process_time()
        work()
        taken.append((time.process_time() - began_s) * 1000)
    return statistics.median(taken)


def run() -> bool:
    """Prints a line a platform; True when all keep the bars."""
    print(
        "\nreading a whole switch       ports  commands    KiB     median  × json.loads   500 → 2,000 ports"
    )
    return all([_platform(name) for name in platforms.names()])  # noqa: C419 - every platform is to be shown


def _platform(name: str) -> bool:
    world, device = switch(name)
    said = answers(world, device)
    kib = sum(len(one.output) for one in said) / 1024
    took_ms = median_ms(read(said))
    likeness = json.dumps([msgspec.to_builtins(fact) for one in said for fact in _facts(one)])
    base_ms = median_ms(lambda: json.loads(likeness))
    few_ms, many_ms = (median_ms(read(answers(*switch(name, ports))), 3) for ports in (FEW, MANY))
    growth = many_ms / few_ms
    print(
        f"  {name:<26}{len(device.ports):6}{len(said):10}{kib:7.0f}{took_ms:8.1f} ms{took_ms / base_ms:14.1f}"
        f"      × {growth:.1f} ({many_ms:.0f} ms)"
    )
    return took_ms < BAR_MS and growth < MANY / FEW * LINEAR_BAR


def _facts(one: Answer) -> list[Fact]:
    return understand(one.command.parse, one.output, one.arguments, AT)[0]
