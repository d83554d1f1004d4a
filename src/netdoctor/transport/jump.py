"""Jump hosts: one shared connection each, chained where one is behind another."""

from __future__ import annotations

import asyncio
import re

import asyncssh
import msgspec

from netdoctor.model.devices import Device, Network
from netdoctor.transport.credentials import Wallet
from netdoctor.transport.host_keys import SSH_PORT
from netdoctor.transport.login import locate, login
from netdoctor.transport.session import SessionError

_SPEC = re.compile(r"(?:(?P<user>[^@\s]+)@)?(?P<host>\[[^\]\s]+\]|[^:@\s]+)(?::(?P<port>\d{1,5}))?")


class JumpHosts:
    """Connections to jump hosts, made on first use. Each host is tried once; its failure is everyone's."""

    def __init__(self, network: Network, wallet: Wallet, timeout_s: float) -> None:
        self._network = network
        self._wallet = wallet
        self._timeout_s = timeout_s
        self._connections: dict[Device, asyncio.Task[asyncssh.SSHClientConnection]] = {}

    async def to(
        self, spec: str, behind: Device, through: tuple[str, ...] = ()
    ) -> asyncssh.SSHClientConnection:
        """The connection to the last of the jump hosts in `spec` (an inventory name, or `user@host:port`;
        several with commas between, the nearest first).

        Raises SessionError whose detail names the jump host.
        """
        *nearer, last = spec.split(",")
        if last in through:
            raise SessionError("unreachable", f"jump hosts lead in a circle: {' > '.join((*through, last))}")
        host = self.device(last, behind)
        if nearer:
            host = msgspec.structs.replace(host, jump=",".join(nearer))
        task = self._connections.get(host)
        if task is None or _was_lost(task):
            task = asyncio.create_task(self._connect(host, (*through, last)))
            task.add_done_callback(lambda done: done.cancelled() or done.exception())  # seen, also by nobody
            self._connections[host] = task
        return await asyncio.shield(task)

    def device(self, spec: str, behind: Device) -> Device:
        """The jump host as a device. One outside the inventory is offered the key file, and held against the
        known_hosts file, of the device behind it; never that device's password."""
        if spec in self._network.devices:
            return self._network.devices[spec]
        host = outside(spec)
        if host is None:
            raise SessionError("unreachable", f"jump host {spec!r} is not user@host:port")
        return msgspec.structs.replace(host, identity=behind.identity, known_hosts=behind.known_hosts)

    async def close(self) -> None:
        """Closes the connections, the farthest first."""
        tasks = list(reversed(self._connections.values()))
        self._connections.clear()
        for task in tasks:
            task.cancel()
        for made in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(made, asyncssh.SSHClientConnection):
                made.abort()

    async def _connect(self, host: Device, through: tuple[str, ...]) -> asyncssh.SSHClientConnection:
        try:
            place = await locate(host)
            tunnel = await self.to(place.jump, host, through) if place.jump else None
            connection, _ = await login(place, self._wallet, tunnel=tunnel, timeout_s=self._timeout_s)
        except SessionError as error:
            detail = f"jump host {host.name}: {error.detail}"
            raise SessionError(error.reason, detail, error.advice, error.output) from None
        return connection


def outside(spec: str) -> Device | None:
    """The host that `user@host:port` means, outside the inventory; None when it means none."""
    found = _SPEC.fullmatch(spec)
    if found is None:
        return None
    port = int(found["port"] or SSH_PORT)
    return Device(name=spec, host=found["host"].strip("[]"), port=port, username=found["user"])


def _was_lost(task: asyncio.Task[asyncssh.SSHClientConnection]) -> bool:
    """True for a connection that was there and is gone. A login that failed is not tried again."""
    return task.done() and not task.cancelled() and task.exception() is None and task.result().is_closed()
