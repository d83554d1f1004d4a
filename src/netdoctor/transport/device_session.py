"""A session with a device: the allow-list at the last door, refusals told from answers."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import asyncssh

from netdoctor.model.findings import Reason
from netdoctor.platforms.base import Platform
from netdoctor.transport.exec_channel import ExecRefused, Result, Runner
from netdoctor.transport.redact import redact
from netdoctor.transport.session import Answer, SessionError
from netdoctor.transport.terminal import clean

_CLOSE_TIMEOUT_S = 1.0
_NOT_FOUND = 127
_BY_EXIT_STATUS: dict[int, Reason] = {126: "not_authorised", _NOT_FOUND: "unsupported"}
"""What a POSIX shell says by its exit status (POSIX.1-2017, XCU 2.8.2)."""


class _CommandNotFound(SessionError):
    """The shell found no such program on the user's path."""


class DeviceSession:
    """The `Session` of `session.py` over one SSH connection."""

    def __init__(
        self,
        connection: asyncssh.SSHClientConnection,
        platform: Platform,
        server_version: str,
        runner: Runner,
        shell: Callable[[], Runner],
        on_close: Callable[[], None],
    ) -> None:
        self.platform = platform.name
        self.server_version = server_version
        self._connection = connection
        self._platform = platform
        self._runner = runner
        self._shell = shell
        self._on_close: Callable[[], None] | None = on_close

    async def run(self, command: str, *, timeout_s: float, privileged: bool = False) -> Answer:
        try:
            return await self._answer(command, timeout_s)
        except SessionError as error:
            told = error
        for other in self._other_ways(command, told, privileged):
            try:
                return await self._answer(other, timeout_s)
            except SessionError as error:
                # Fails another try for another reason than rights, what failed before is the one to tell.
                told = error if error.reason == "not_authorised" else told
        raise told

    async def close(self) -> None:
        on_close, self._on_close = self._on_close, None
        if on_close is None:
            return
        try:
            self._connection.close()
            async with asyncio.timeout(_CLOSE_TIMEOUT_S):
                await self._connection.wait_closed()
        except (TimeoutError, OSError, asyncssh.Error):
            pass
        finally:
            self._connection.abort()
            on_close()

    def _other_ways(self, command: str, failed: SessionError, privileged: bool) -> list[str]:
        """How a command that failed may be tried again: in another folder, with rights."""
        dialect = self._platform.dialect
        not_found = isinstance(failed, _CommandNotFound)
        prefixes = [
            dialect.search if not_found else None,
            dialect.elevate if privileged and (not_found or failed.reason == "not_authorised") else None,
        ]
        return [prefix + command for prefix in prefixes if prefix and self._platform.allows(prefix + command)]

    async def _answer(self, command: str, timeout_s: float) -> Answer:
        if not self._platform.allows(command):
            advice = "only read-only commands on the platform's allow-list are ever sent"
            raise SessionError("not_authorised", f"{command!r} is not on the allow-list", advice)
        started_at_s = time.monotonic()
        result = await self._run(command, timeout_s)
        output = clean(result.output)
        if not result.truncated:
            _refuse_refusal(self._platform, result, output)
        duration_s = time.monotonic() - started_at_s
        return Answer(output=output, duration_s=duration_s, truncated=result.truncated)

    async def _run(self, command: str, timeout_s: float) -> Result:
        runner = self._runner
        try:
            return await runner.run(command, timeout_s)
        except ExecRefused:
            if self._runner is runner:
                self._runner = self._shell()
            return await self._runner.run(command, timeout_s)


def _refuse_refusal(platform: Platform, result: Result, output: str) -> None:
    """Raises SessionError when a device's answer says no."""
    errors = clean(result.errors)
    failed = result.exit_status not in (0, None)
    silent = not output.strip()
    reason, said = platform.refusal(output), output
    if reason is None and (failed or silent):
        reason, said = platform.refusal(errors), errors
    if reason is None and failed and silent and errors.strip():
        reason = _BY_EXIT_STATUS.get(result.exit_status or 0, "unsupported")
    if reason is not None:
        lines = [line.strip() for line in said.splitlines() if line.strip()]
        # Programs warn first and give up last; a terminal's refusal is the first thing it says.
        line = (lines[-1] if said is errors else lines[0]) if lines else ""
        kind = _CommandNotFound if result.exit_status == _NOT_FOUND else SessionError
        raise kind(reason, redact(line[:200]), output=output or errors)
