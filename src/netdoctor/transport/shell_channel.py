"""`shell` mode: one terminal, with a prompt, an echo and a pager (RFC 4254 section 6.5)."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Mapping
from typing import Any

import asyncssh

from netdoctor.model.findings import Reason
from netdoctor.platforms.base import Dialect, Platform
from netdoctor.transport.exec_channel import WINDOW_BYTES, Result
from netdoctor.transport.limits import OutputBudget
from netdoctor.transport.session import SessionError
from netdoctor.transport.terminal import clean

_TERMINAL: Mapping[str, Any] = {"term_type": "dumb", "term_size": (511, 1000)}
"""Wide, so that no echo wraps; many lines, so that pagers rest even where they cannot be turned off."""

_TAIL_BYTES = 4096
"""So much of the end is looked at for a prompt or a pager."""

_ECHO_LINES = 20
"""The echo of a command is looked for in so many lines; log lines may come before it."""

_PASSWORD = re.compile(r"password: ?$", re.IGNORECASE)

_QUIET_S = 1.0
"""A prompt with something behind it (a log line) counts once nothing more came for so long."""


class ShellRunner:
    """Runs commands one after another in one terminal, which is opened on first use and after a failure."""

    def __init__(
        self,
        connection: asyncssh.SSHClientConnection,
        dialect: Dialect,
        budget: OutputBudget,
        login_timeout_s: float,
        enable_password: str | None = None,
    ) -> None:
        self.prompt = ""
        """As really seen after login; empty before."""
        self._connection = connection
        self._dialect = dialect
        self._budget = budget
        self._login_timeout_s = login_timeout_s
        self._enable_password = enable_password
        self._prepared = False
        self._one_at_a_time = asyncio.Lock()
        self._terminal: _Terminal | None = None

    async def run(self, command: str, timeout_s: float) -> Result:
        async with self._one_at_a_time:
            terminal = await self._opened()
            finished = False
            try:
                result = await self._ask(terminal, command, timeout_s)
                finished = not result.truncated
                return result
            finally:
                if not finished:
                    self._drop()

    def adopt(self, dialect: Dialect, enable_password: str | None) -> None:
        """Speaks on in a dialect that was not known when the terminal was opened."""
        self._dialect, self._enable_password, self._prepared = dialect, enable_password, False
        if self._terminal is not None:
            self._terminal.dialect = dialect

    async def _opened(self) -> _Terminal:
        if self._terminal is None:
            self._terminal = await _open(self._connection, self._dialect, self._budget, self._login_timeout_s)
            self._prepared = False
        if not self._prepared:
            try:
                await self._prepare(self._terminal)
            except BaseException:
                self._drop()
                raise
            self._prepared = True
        return self._terminal

    async def _prepare(self, terminal: _Terminal) -> None:
        """Rights first, where a password for them is configured; then no pages."""
        if self._dialect.enable and self._enable_password and terminal.prompt.endswith(">"):
            try:
                async with asyncio.timeout(self._login_timeout_s):
                    raised = await terminal.enable(self._dialect.enable, self._enable_password)
            except TimeoutError:
                raise terminal.failure("timeout", f"no answer to {self._dialect.enable!r}") from None
            if not raised:
                raise terminal.failure("auth_failed", f"{self._dialect.enable!r} was refused")
        self.prompt = terminal.prompt
        for command in self._dialect.paging_off:
            await self._ask(terminal, command, self._login_timeout_s)

    async def _ask(self, terminal: _Terminal, command: str, timeout_s: float) -> Result:
        terminal.send(command)
        try:
            async with asyncio.timeout(timeout_s):
                complete = await terminal.until_prompt()
        except TimeoutError:
            raise terminal.failure("timeout", f"no prompt within {timeout_s:g} s") from None
        if not complete and not terminal.truncated:
            raise terminal.failure("disconnected", "the device closed the shell in mid-answer")
        return Result(output=terminal.answer().encode(), truncated=terminal.truncated)

    def _drop(self) -> None:
        if self._terminal is not None:
            self._terminal.close()
            self._terminal.forget()
            self._terminal = None


def unknown_dialect(known: Iterable[Platform]) -> Dialect:
    """How to speak to a device whose platform is not known yet: any platform's prompt will do."""
    prompts = "|".join(f"(?:{platform.dialect.prompt.pattern})" for platform in known)
    return Dialect(mode="shell", prompt=re.compile(prompts, re.MULTILINE))


async def _open(
    connection: asyncssh.SSHClientConnection, dialect: Dialect, budget: OutputBudget, timeout_s: float
) -> _Terminal:
    """A terminal at its prompt. Raises SessionError."""
    terminal = _Terminal(dialect, budget)
    try:
        async with asyncio.timeout(timeout_s):
            await connection.create_session(
                lambda: terminal, encoding=None, request_pty="force", window=WINDOW_BYTES, **_TERMINAL
            )
            await terminal.learn_prompt()
    except TimeoutError:
        raise terminal.failure("timeout", f"no prompt within {timeout_s:g} s of the login") from None
    except (asyncssh.Error, OSError) as error:
        raise SessionError("disconnected", f"no shell: {error}") from None
    except BaseException:
        terminal.close()
        raise
    if not terminal.prompt:
        raise terminal.failure("disconnected", "the device closed the shell before its prompt")
    return terminal


class _Terminal(asyncssh.SSHClientSession[bytes]):
    """What a shell has printed since the last command, and waiting for more."""

    def __init__(self, dialect: Dialect, budget: OutputBudget) -> None:
        self.prompt = ""
        self.ended = False
        self.truncated = False
        self.dialect = dialect
        self._budget = budget
        self._buffer = bytearray()
        self._command = ""
        self._more = asyncio.Event()
        self._channel: Any = None

    def connection_made(self, chan: Any) -> None:
        self._channel = chan

    def data_received(self, data: bytes, datatype: int | None) -> None:
        granted = self._budget.grant(len(data), len(self._buffer))
        self._buffer += data[:granted]
        if granted < len(data):
            self.truncated = True
            self.close()
        self._more.set()

    def eof_received(self) -> bool:
        self.ended = True
        self._more.set()
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        self.eof_received()

    def send(self, command: str) -> None:
        """Sends a line; what was printed unasked before it is dropped."""
        self._command = command
        self.forget()
        self._write(command + "\n")

    def forget(self, start: int = 0) -> None:
        """Drops what was printed from `start` on."""
        self._budget.give_back(len(self._buffer) - start)
        del self._buffer[start:]

    def close(self) -> None:
        """Ends the terminal. What it printed can still be read."""
        self.ended = True
        if self._channel is not None:
            self._channel.close()

    def failure(self, reason: Reason, detail: str) -> SessionError:
        """Why this terminal is given up, with what it printed last."""
        error = SessionError(reason, detail, output=self.answer())
        self.close()
        self.forget()
        return error

    async def learn_prompt(self) -> None:
        """Finds the prompt: a last line that looks like one, and stands there again after an empty line.

        The second look tells a prompt from a line of the banner.
        """
        asked: set[str] = set()
        while True:
            self._turn_page()
            *before, line = clean(bytes(self._buffer)).split("\n")
            last = line.strip()
            if last and self.dialect.prompt.search(line):
                if last in map(str.strip, before):
                    self.prompt = last
                    return
                if last not in asked:
                    asked.add(last)
                    self._write("\n")
            if self.ended:
                return
            await self._wait()

    async def enable(self, command: str, password: str) -> bool:
        """Asks for more rights, with a password when one is asked for; it is offered once.

        True when the prompt that comes back is another one.
        """
        before, self.prompt, offered = self.prompt, "", False
        self.send(command)
        while not self.ended:
            last = self._tail()[-1]
            if _PASSWORD.search(last):
                if offered:
                    return False
                offered = True
                self.forget()
                self._write(password + "\n")
            elif last and self.dialect.prompt.search(last):
                await self.learn_prompt()
                return self.prompt != before
            await self._wait()
        return False

    async def until_prompt(self) -> bool:
        """Waits until the prompt is back. False when the channel ended instead."""
        while True:
            self._turn_page()
            lines = self._tail()
            at_prompt = lines[-1] == self.prompt
            if at_prompt and self._echoed():
                return True
            if self.ended:
                return False
            passed = any(line.startswith(self.prompt) for line in lines[1:])
            if not await self._wait(_QUIET_S if at_prompt or passed else None):
                return True

    def answer(self) -> str:
        """What was printed between the echo and the prompt."""
        lines = clean(bytes(self._buffer)).split("\n")
        if self._command:
            echoes = (
                at for at, line in enumerate(lines[:_ECHO_LINES]) if line.rstrip().endswith(self._command)
            )
            lines = lines[next(echoes, -1) + 1 :]
        if self.prompt:
            exact = [at for at, line in enumerate(lines) if line.strip() == self.prompt]
            begun = exact or [at for at, line in enumerate(lines) if line.startswith(self.prompt)]
            lines = [*lines[: begun[-1]], ""] if begun else lines
        return "\n".join(lines)

    def _tail(self) -> list[str]:
        return [line.strip() for line in clean(bytes(self._buffer[-_TAIL_BYTES:])).split("\n")]

    def _echoed(self) -> bool:
        head = clean(bytes(self._buffer[:_TAIL_BYTES]))
        return "".join(self._command.split()) in "".join(head.split())

    def _turn_page(self) -> None:
        """Answers a pager at the end with a space, and takes its line out of the answer."""
        pager = self.dialect.pager
        if pager is not None and pager.search(self._tail()[-1]):
            self.forget(self._buffer.rfind(b"\n") + 1)
            self._write(" ")

    def _write(self, text: str) -> None:
        if not self.ended:
            self._channel.write(text.encode())

    async def _wait(self, timeout_s: float | None = None) -> bool:
        """True when more came, or the end; False when nothing did for `timeout_s`."""
        self._more.clear()
        try:
            async with asyncio.timeout(timeout_s):
                await self._more.wait()
        except TimeoutError:
            return False
        return True
