"""What it costs to read all that a device says: a switch with 64 ports, and how that grows with the ports."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple

from netdoctor import platforms
from netdoctor.lab import manner, topology
from netdoctor.lab.chassis import chassis
from netdoctor.lab.hardware import Device, Host
from netdoctor.lab.plan import Plan
from netdoctor.lab.world import World
from netdoctor.model.facts import Fact
from netdoctor.platforms.base import Command, understand

BAR_MS = 20.0
LINEAR_BAR = 1.5
"""Four times the interfaces may take so much more than four times as long."""
LINKS = 60
FEW, MANY = 500, 2000
ROUNDS = 15
NOON = 1_790_000_000.0
AT = datetime.fromtimestamp(NOON, UTC)


class Answer(NamedTuple):
    """What a device said, and what reads it."""

    command: Command
    arguments: dict[str, str]
    output: str


def switch(platform: str, more_ports: int = 0) -> tuple[World, Device]:
    """A spine with 60 links and the management port and spares of its kind, and more ports with hosts."""
    world = topology.build(
        lambda: NOON, plan=Plan("clos", {"spine": (platform,), "leaf": (platform,) * LINKS})
    )
    device = world.devices["spine1"]
    likeness = next(port for port in device.ports.values() if port.optic)
    for number in range(LINKS + 20, LINKS + 20 + more_ports):
        topology.add_port(
            device, likeness, chassis(platform).uplink(number), Host(f"h{number}", "", likeness.mac)
        )
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
    print("\nreading a whole switch        ports  commands     KiB    median    each KiB   500 → 2,000 ports")
    return all([_platform(name) for name in platforms.names()])


def _platform(name: str) -> bool:
    world, device = switch(name)
    said = answers(world, device)
    kib = sum(len(one.output) for one in said) / 1024
    took_ms = median_ms(read(said))
    few_ms, many_ms = (median_ms(read(answers(*switch(name, ports))), 3) for ports in (FEW, MANY))
    growth = many_ms / few_ms
    print(
        f"  {name:<26}{len(device.ports):7}{len(said):10}{kib:8.0f}{took_ms:7.1f} ms{took_ms / kib * 1000:9.0f} µs"
        f"   × {growth:.1f} ({many_ms:.0f} ms)"
    )
    return took_ms < BAR_MS and growth < MANY / FEW * LINEAR_BAR
