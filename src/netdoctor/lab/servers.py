"""One SSH server a device, on a loopback port of its own."""

from __future__ import annotations

import asyncio
import random
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple

import asyncssh
from asyncssh.process import SSHServerProcess

from netdoctor.lab.hardware import Device
from netdoctor.lab.manner import manner, reply
from netdoctor.lab.render import Reply
from netdoctor.lab.terminal import Terminal
from netdoctor.lab.world import World

LOOPBACK = "127.0.0.1"
KEY_TYPE = "ssh-ed25519"


class Latency(NamedTuple):
    """How long devices take to answer, in seconds."""

    shortest_s: float = 0.02
    longest_s: float = 0.08


REALISTIC = Latency()


class Endpoint(NamedTuple):
    """Where a device listens, and the public key that it shows, in OpenSSH's one-line form."""

    port: int
    host_key: str


@asynccontextmanager
async def serve(
    world: World, device: Device, user_key: str, *, latency: Latency = REALISTIC, seed: int = 1
) -> AsyncIterator[Endpoint]:
    """Answers for a device until the block ends. Only the holder of `user_key` gets in.

    A device whose management is down holds its port and refuses every connection.
    """
    host_key = asyncssh.generate_private_key(KEY_TYPE)
    public = host_key.export_public_key().decode().strip()
    listening = _bind()
    if not (device.management_up and device.powered):
        with listening:
            yield Endpoint(listening.getsockname()[1], public)
        return
    desk = _Desk(world, device, latency, random.Random(f"{seed} {device.name}"))  # noqa: S311 - dice
    server = await asyncssh.create_server(
        lambda: _Door(desk),
        sock=listening,
        server_host_keys=[host_key],
        authorized_client_keys=asyncssh.import_authorized_keys(user_key),
        password_auth=False,
        kbdint_auth=False,
        server_version=manner(device.platform).server_version,
        line_editor=False,
        encoding="utf-8",
    )
    try:
        yield Endpoint(server.get_port(), public)
    finally:
        await desk.close()
        server.close()
        await server.wait_closed()


def _bind() -> socket.socket:
    """A loopback socket on a free port. It does not listen yet."""
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    bound.bind((LOOPBACK, 0))
    return bound


class _Desk:
    """Attends to the channels of one device."""

    def __init__(self, world: World, device: Device, latency: Latency, dice: random.Random) -> None:
        self.world = world
        self.device = device
        self.latency = latency
        self.dice = dice
        self.visitors: set[asyncssh.SSHServerConnection] = set()

    async def attend(self, process: SSHServerProcess[str]) -> None:
        """One channel: a single command, or a terminal until its user leaves."""
        try:
            if process.command is None:
                await Terminal(process, self.device, self.ask).run()
            else:
                await self._execute(process, process.command)
        except (asyncssh.Error, ConnectionError):
            pass  # the client hung up

    async def _execute(self, process: SSHServerProcess[str], command: str) -> None:
        reply = await self.ask(command)
        process.stdout.write(reply.output)
        process.stderr.write(reply.stderr)
        process.exit(reply.status)

    async def ask(self, command: str) -> Reply:
        """The device's answer, after the time that a device takes."""
        await asyncio.sleep(self.dice.uniform(*self.latency))
        return reply(self.world, self.device, command)

    async def close(self) -> None:
        """Hangs up on everybody."""
        visitors = list(self.visitors)
        for visitor in visitors:
            visitor.abort()
        await asyncio.gather(*(visitor.wait_closed() for visitor in visitors))


class _Door(asyncssh.SSHServer):
    """Notes who comes and goes, and lets in as many channels as such a device does."""

    def __init__(self, desk: _Desk) -> None:
        self.desk = desk
        self.manner = manner(desk.device.platform)
        self.visitor: asyncssh.SSHServerConnection | None = None
        self.channels_count = 0

    def session_requested(self) -> SSHServerProcess[str]:
        if self.channels_count >= self.manner.channels_max:
            raise asyncssh.ChannelOpenError(asyncssh.OPEN_ADMINISTRATIVELY_PROHIBITED, "too many channels")
        self.channels_count += 1
        return SSHServerProcess(self._attend, None, 3, False)

    async def _attend(self, process: SSHServerProcess[str]) -> None:
        try:
            await self.desk.attend(process)
        finally:
            self.channels_count -= 1
            if not self.manner.lasting and self.visitor is not None:
                self.visitor.close()

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self.visitor = conn
        self.desk.visitors.add(conn)

    def connection_lost(self, exc: Exception | None) -> None:
        if self.visitor is not None:
            self.desk.visitors.discard(self.visitor)
