"""An interactive terminal: prompt, echo, line editing, and a pager."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import asyncssh

from netdoctor.lab.hardware import Device
from netdoctor.lab.manner import Seat, manner
from netdoctor.lab.render import Reply

RUBOUTS = "\x7f\b"
INTERRUPT, END = "\x03", "\x04"


class _Left(Exception):
    """The user closed the terminal."""


class Terminal:
    """One user's terminal on one device."""

    def __init__(
        self,
        process: asyncssh.SSHServerProcess[Any],
        device: Device,
        ask: Callable[[str], Awaitable[Reply]],
    ) -> None:
        self.process = process
        self.device = device
        self.ask = ask
        self.manner = manner(device.platform)
        self.seat = Seat(self.manner.privileged)
        self.typed: list[str] = []

    async def run(self) -> None:
        """Answers line by line until the user leaves."""
        self._print(self.manner.greeting(self.device))
        try:
            while (line := await self._line()) not in self.manner.leave:
                if line:
                    await self._obey(line)
        except _Left:
            self._print("\n")
        self.process.exit(0)

    async def _obey(self, line: str) -> None:
        if (done := self.manner.obey(self.seat, line)) is not None:
            self._print(done)
            return
        if refusal := self.manner.refusal(line, privileged=self.seat.privileged):
            self._print(refusal)
            return
        reply = await self.ask(line)
        await self._show(reply.output + reply.stderr)

    async def _show(self, text: str) -> None:
        """Prints an answer, page by page unless paging is off."""
        lines = text.splitlines(keepends=True)
        more = self.manner.more
        step = self.seat.page_lines - 1 if more and self.seat.page_lines else max(1, len(lines))
        for start in range(0, len(lines), step):
            self._print("".join(lines[start : start + step]))
            if more and start + step < len(lines):
                self._print(more)
                key = await self._key()
                self._print("\r" + " " * len(more) + "\r")
                if key in {"q", INTERRUPT}:
                    return

    async def _line(self) -> str:
        """One line as the user typed it, echoed."""
        self._print(self.manner.prompt(self.device, self.seat))
        typed: list[str] = []
        while (key := await self._key()) not in "\r\n":
            if key == END and not typed:
                raise _Left
            if key == INTERRUPT:
                typed.clear()
                self._print("^C\n" + self.manner.prompt(self.device, self.seat))
            elif key in RUBOUTS:
                if typed:
                    typed.pop()
                    self._print("\b \b")
            elif key.isprintable():
                typed.append(key)
                self._print(key)
        self._print("\n")
        return "".join(typed).strip()

    async def _key(self) -> str:
        while not self.typed:
            chunk = await self.process.stdin.read(1024)
            if not chunk:
                raise _Left
            self.typed = list(chunk.replace("\r\n", "\r"))
        return self.typed.pop(0)

    def _print(self, text: str) -> None:
        self.process.stdout.write(text.replace("\n", "\r\n"))
