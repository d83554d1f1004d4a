"""`exec` mode: one channel a command, as `ssh host command` does (RFC 4254 section 6.5)."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Protocol

import asyncssh
import msgspec
from asyncssh.constants import OPEN_REQUEST_SESSION_FAILED

from netdoctor.model.findings import Reason
from netdoctor.transport.limits import ChannelSlots, OutputBudget
from netdoctor.transport.session import SessionError
from netdoctor.transport.terminal import clean

WINDOW_BYTES = 1 << 19
"""What a device may have on its way to us: so much of a flood is still received after it was cut."""
_CLOSE_TIMEOUT_S = 1.0
_PAUSES_S = (0.02, 0.05, 0.1, 0.2, 0.4)


class Result(msgspec.Struct, kw_only=True):
    """What came back for one command, as bytes."""

    output: bytes
    errors: bytes = b""
    exit_status: int | None = None
    truncated: bool = False


class Runner(Protocol):
    """One of the two ways of getting a command's answer over a connection."""

    async def run(self, command: str, timeout_s: float) -> Result:
        """Raises SessionError `timeout` or `disconnected`, with the output so far."""
        ...


class ExecRefused(Exception):
    """The server opens channels and runs no command in them: it wants a shell."""


class ExecRunner:
    """Runs each command in a channel of its own, so many at once as the device allows."""

    def __init__(
        self, connection: asyncssh.SSHClientConnection, max_channels: int, budget: OutputBudget
    ) -> None:
        self._connection = connection
        self._slots = ChannelSlots(max_channels)
        self._budget = budget
        self._refuses = False

    async def run(self, command: str, timeout_s: float) -> Result:
        """Raises ExecRefused too."""
        async with self._slots.slot():
            pauses_s = iter(_PAUSES_S)
            while True:
                try:
                    return await _run(self._connection, command, timeout_s, self._budget)
                except asyncssh.ChannelOpenError as error:
                    if error.code == OPEN_REQUEST_SESSION_FAILED:
                        raise ExecRefused from None
                    refusal = SessionError("disconnected", f"no channel: {error.reason}")
                if self._connection.is_closed() or self._refuses:
                    raise refusal
                if not await self._slots.give_up_one():
                    await self._pause(pauses_s, refusal)

    async def _pause(self, pauses_s: Iterator[float], refusal: SessionError) -> None:
        """Gives a device that allows one channel the time to forget the last one. Raises the refusal in the
        end, and from then on at once."""
        pause_s = next(pauses_s, None)
        if pause_s is None:
            self._refuses = True
            raise refusal
        await asyncio.sleep(pause_s)


class _Collector(asyncssh.SSHClientSession[bytes]):
    """Takes what a channel sends, up to a limit; what comes after is never stored."""

    def __init__(self, budget: OutputBudget) -> None:
        self.output = bytearray()
        self.errors = bytearray()
        self.exit_status: int | None = None
        self.killed_by: str | None = None
        self.lost: Exception | None = None
        self.truncated = False
        self.done = asyncio.Event()
        self._closed = asyncio.Event()
        self._budget = budget
        self._ended = False
        self._channel: Any = None

    def connection_made(self, chan: Any) -> None:
        self._channel = chan

    def end_input(self) -> None:
        with suppress(BrokenPipeError):  # the answer may be complete already
            self._channel.write_eof()

    async def close(self) -> None:
        """Closes the channel, also one whose opening was given up half-way.

        Waits for the device to close its side: until then it counts the channel against its own limit.
        """
        self._budget.give_back(len(self.output) + len(self.errors))
        if self._channel is not None:
            self._channel.close()
            with suppress(TimeoutError):
                async with asyncio.timeout(_CLOSE_TIMEOUT_S):
                    await self._closed.wait()

    def data_received(self, data: bytes, datatype: int | None) -> None:
        kept = self.output if datatype is None else self.errors
        granted = self._budget.grant(len(data), len(self.output) + len(self.errors))
        kept += data[:granted]
        if granted < len(data):
            self.truncated = True
            self.done.set()

    def exit_status_received(self, status: int) -> None:
        self.exit_status = status
        if self._ended:
            self.done.set()

    def exit_signal_received(self, signal: str, core_dumped: bool, msg: str, lang: str) -> None:
        self.killed_by = signal

    def eof_received(self) -> bool:
        self._ended = True
        if self.exit_status is not None:
            self.done.set()
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        self.lost = exc
        self.done.set()
        self._closed.set()

    def failure(self, reason: Reason, detail: str) -> SessionError:
        return SessionError(reason, detail, output=clean(bytes(self.output)))

    def result(self) -> Result:
        """Raises SessionError when the answer broke off."""
        if not self.truncated and (self.lost or self.killed_by):
            why = f"killed by signal {self.killed_by}" if self.killed_by else str(self.lost)
            raise self.failure("disconnected", f"the answer broke off: {why}")
        return Result(
            output=bytes(self.output),
            errors=bytes(self.errors),
            exit_status=self.exit_status,
            truncated=self.truncated,
        )


async def _run(
    connection: asyncssh.SSHClientConnection, command: str, timeout_s: float, budget: OutputBudget
) -> Result:
    collector = _Collector(budget)
    try:
        async with asyncio.timeout(timeout_s):
            await connection.create_session(
                lambda: collector, command, encoding=None, request_pty=False, window=WINDOW_BYTES
            )
            collector.end_input()
            await collector.done.wait()
    except TimeoutError:
        raise collector.failure("timeout", f"no complete answer within {timeout_s:g} s") from None
    except asyncssh.ChannelOpenError:
        raise
    except (asyncssh.Error, OSError) as error:
        raise collector.failure("disconnected", f"the connection was lost: {error}") from None
    finally:
        await collector.close()
    return collector.result()
