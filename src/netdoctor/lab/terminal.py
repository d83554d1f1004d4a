"""An interactive terminal: prompt, echo, line editing, and EOS's pager."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import asyncssh

from netdoctor.lab import render
from netdoctor.lab.hardware import Device
from netdoctor.lab.render import Reply

PAGE_LINES = 24
MORE = " --More-- "
ERASE = "\r" + " " * len(MORE) + "\r"
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
        self.manner = render.manner(device.platform)
        self.paged = device.platform == "arista_eos"
        self.privileged = False
        self.typed: list[str] = []

    async def run(self) -> None:
        """Answers line by line until the user leaves."""
        self._print(self.manner.GREETING)
        try:
            while (line := await self._line()) not in {"exit", "logout", "quit"}:
                if line:
                    await self._obey(line)
        except _Left:
            self._print("\n")
        self.process.exit(0)

    async def _obey(self, line: str) -> None:
        if self.device.platform == "arista_eos" and (done := self._mode(line)) is not None:
            self._print(done)
            return
        if refusal := self.manner.refusal(line, self.privileged):
            self._print(refusal)
            return
        reply = await self.ask(line)
        await self._show(reply.output + reply.stderr)

    def _mode(self, line: str) -> str | None:
        """Commands that change the terminal itself; None when `line` is none of them."""
        words = line.split()
        if words == ["enable"]:
            self.privileged = True
            return ""
        if words == ["disable"]:
            self.privileged = False
            return ""
        if words[:2] == ["terminal", "length"] and len(words) == 3:
            self.paged = words[2] != "0"
            return "Pagination disabled.\n" if not self.paged else f"Pagination set to {words[2]} lines.\n"
        if words[:2] == ["terminal", "width"] and len(words) == 3:
            return f"Width set to {words[2]} columns.\n"
        return None

    async def _show(self, text: str) -> None:
        """Prints an answer, page by page unless paging is off."""
        lines = text.splitlines(keepends=True)
        step = PAGE_LINES - 1 if self.paged else max(1, len(lines))
        for start in range(0, len(lines), step):
            self._print("".join(lines[start : start + step]))
            if start + step < len(lines):
                self._print(MORE)
                key = await self._key()
                self._print(ERASE)
                if key in {"q", INTERRUPT}:
                    return

    async def _line(self) -> str:
        """One line as the user typed it, echoed."""
        self._print(self.manner.prompt(self.device, self.privileged))
        typed: list[str] = []
        while (key := await self._key()) not in "\r\n":
            if key == END and not typed:
                raise _Left
            if key == INTERRUPT:
                typed.clear()
                self._print("^C\n" + self.manner.prompt(self.device, self.privileged))
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
