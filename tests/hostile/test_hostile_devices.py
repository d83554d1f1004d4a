"""One bad neighbour among good ones, as a user meets it: it costs its own findings and nothing else."""

from __future__ import annotations

import asyncio
import json
import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import asyncssh
import pytest
import yaml

from netdoctor.lab import fabric, scenario

pytestmark = pytest.mark.slow

NETDOCTOR = str(Path(sys.executable).parent / "netdoctor")
BAD = "spine1"
DEADLINE_S = 15.0
FLOOD_BYTES = 100 << 20
CHUNK = b"x" * 65536

Process = asyncssh.SSHServerProcess[bytes]
Answer = Callable[[Process], Awaitable[None]]


class AnyUser(asyncssh.SSHServer):
    """Lets everybody in, or nobody."""

    def __init__(self, admits: bool) -> None:
        self._admits = admits

    def begin_auth(self, username: str) -> bool:
        return not self._admits


async def hang(process: Process) -> None:
    await process.stdin.read()


async def flood(process: Process) -> None:
    for _ in range(FLOOD_BYTES // len(CHUNK)):
        process.stdout.write(CHUNK)
        await process.stdout.drain()
    process.exit(0)


async def die(process: Process) -> None:
    process.stdout.write(b'{"peers": {')
    await process.stdout.drain()
    process.channel.get_connection().abort()


@asynccontextmanager
async def hostile(answer: Answer, *, admits: bool = True) -> AsyncIterator[tuple[int, str]]:
    """A server that answers every command with `answer`; its port and its host key."""
    host_key = asyncssh.generate_private_key("ssh-ed25519")

    async def attend(process: Process) -> None:
        with suppress(OSError, asyncssh.Error):
            await answer(process)

    server = await asyncssh.listen(
        "127.0.0.1",
        0,
        server_factory=lambda: AnyUser(admits),
        server_host_keys=[host_key],
        process_factory=attend,
        encoding=None,
        line_editor=False,
    )
    try:
        yield server.get_port(), host_key.export_public_key().decode().strip()
    finally:
        server.close()


@asynccontextmanager
async def down() -> AsyncIterator[tuple[int, str]]:
    """A port on which nobody listens, and nobody else can come to listen."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1], ""


@asynccontextmanager
async def changed_key() -> AsyncIterator[tuple[int, str]]:
    """A server whose key is not the one that is known."""
    async with hostile(hang) as (port, _):
        yield port, asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode().strip()


def replace(served: fabric.Fabric, port: int, host_key: str) -> None:
    """Puts a hostile server into the inventory in the place of a good one."""
    inventory = yaml.safe_load(served.inventory.read_text())
    inventory["devices"][BAD]["port"] = port
    served.inventory.write_text(yaml.safe_dump(inventory))
    with served.known_hosts.open("a") as known:
        known.write(f"[127.0.0.1]:{port} {host_key}\n" if host_key else "")


async def investigate(target: str, inventory: Path, home: Path) -> tuple[int, dict[str, Any], str]:
    process = await asyncio.create_subprocess_exec(
        *(NETDOCTOR, "investigate", target, "--inventory", str(inventory)),
        *("--interval", "2", "--deadline", f"{DEADLINE_S:g}", "--format", "json"),
        env={"HOME": str(home), "PATH": "/usr/bin:/bin"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    stdout, stderr = await process.communicate()
    assert stdout, stderr.decode()
    return process.returncode or 0, json.loads(stdout), stderr.decode()


@pytest.mark.parametrize(
    ("case", "server", "reason"),
    [
        ("down", down, "unreachable"),
        ("refuses the key", lambda: hostile(hang, admits=False), "auth_failed"),
        ("has another host key", changed_key, "host_key"),
        ("hangs after the login", lambda: hostile(hang), "timeout"),
        ("answers with 100 MB", lambda: hostile(flood), "truncated"),
        ("dies in the middle of an answer", lambda: hostile(die), "disconnected"),
    ],
)
async def test_a_neighbour_that(case: str, server: Any, reason: str, tmp_path: Path) -> None:
    staged = scenario.stage("prefix_not_announced")
    async with fabric.run(staged.world) as served, server() as (port, host_key):
        replace(served, port, host_key)
        code, report, stderr = await investigate(staged.place.target, served.inventory, tmp_path)

    assert code == 1, stderr
    assert "Traceback" not in stderr
    believed = {cause["id"] for cause in report["causes"] if cause["probability"] >= 0.5}
    assert "bgp.missing_advertisement" in believed, case
    reasons = {row["reason"] for row in report["not_checked"] if row["device"] == BAD}
    assert reason in reasons <= {reason, "timeout", "unsupported"}, case
    assert report["run"]["duration_s"] <= DEADLINE_S
    reachable = {device["name"]: device["reachable"] for device in report["devices"]}
    assert reachable["spine2"] is True
