"""SSH to the devices of a network: one connection a device, shared jump hosts, one session protocol."""

from __future__ import annotations

import asyncio

import asyncssh

from netdoctor import platforms
from netdoctor.model.devices import AUTO, Device, Network
from netdoctor.transport.credentials import AskPassword, Wallet
from netdoctor.transport.device_session import DeviceSession
from netdoctor.transport.exec_channel import ExecRunner, Runner
from netdoctor.transport.jump import JumpHosts
from netdoctor.transport.limits import OutputBudget, SessionSlots
from netdoctor.transport.login import Greeting, Place, locate, login
from netdoctor.transport.recognise import recognise
from netdoctor.transport.session import Session
from netdoctor.transport.shell_channel import ShellRunner
from netdoctor.transport.trust import PresentedKey, presented_key


class Connector:
    """Opens sessions within `max_sessions`; connections to jump hosts are shared and end with `close`."""

    def __init__(
        self,
        network: Network,
        *,
        max_sessions: int = 20,
        connect_timeout_s: float = 8.0,
        output_limit_bytes: int = 8 << 20,
        ask_password: AskPassword | None = None,
    ) -> None:
        self._slots = SessionSlots(max_sessions)
        self._timeout_s = connect_timeout_s
        self._limit_bytes = output_limit_bytes
        self._wallet = Wallet(ask_password)
        self._jumps = JumpHosts(network, self._wallet, connect_timeout_s)
        self._open: set[DeviceSession] = set()

    async def open(self, device: Device) -> Session:
        """A session with a device, its platform recognised when the inventory says `auto`.

        Waits for a free session slot first. Raises SessionError. A login that fails is not tried again.
        """
        await self._slots.acquire()
        try:
            session = await self._opened(device)
        except BaseException:
            self._slots.release()
            raise
        self._open.add(session)
        return session

    async def host_key(self, device: Device) -> PresentedKey:
        """The host key that a device shows, through its jump hosts. Raises SessionError."""
        place = await locate(device)
        return await presented_key(place, await self._tunnel(place), self._timeout_s)

    async def close(self) -> None:
        """Ends all sessions, then the connections to jump hosts."""
        await asyncio.gather(*(session.close() for session in tuple(self._open)))
        await self._jumps.close()
        await self._wallet.close()

    async def _opened(self, device: Device) -> DeviceSession:
        place = await locate(device)
        tunnel = await self._tunnel(place)
        connection, greeting = await login(place, self._wallet, tunnel=tunnel, timeout_s=self._timeout_s)
        try:
            return await self._session(device, connection, greeting)
        except BaseException:
            connection.abort()
            raise

    async def _tunnel(self, place: Place) -> asyncssh.SSHClientConnection | None:
        return await self._jumps.to(place.jump, place.device) if place.jump else None

    async def _session(
        self, device: Device, connection: asyncssh.SSHClientConnection, greeting: Greeting
    ) -> DeviceSession:
        budget = OutputBudget(self._limit_bytes)
        open_shell: ShellRunner | None = None
        if device.platform == AUTO:
            platform, open_shell = await recognise(connection, greeting, budget, self._timeout_s)
        else:
            platform = platforms.get(device.platform)
        dialect = platform.dialect
        enable_password = self._wallet.enable_password(device) if dialect.enable else None
        if open_shell is not None:
            open_shell.adopt(dialect, enable_password)

        def shell() -> Runner:
            return open_shell or ShellRunner(connection, dialect, budget, self._timeout_s, enable_password)

        def released() -> None:
            self._open.discard(session)
            self._slots.release()

        exec_runner = ExecRunner(connection, dialect.max_channels, budget)
        session = DeviceSession(
            connection,
            platform,
            greeting.server_version,
            runner=exec_runner if dialect.mode == "exec" else shell(),
            shell=shell,
            on_close=released,
        )
        return session
