"""A device's command line on a terminal, for servers of the tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import asyncssh


class CommandLine(asyncssh.SSHServerSession[bytes]):
    """A device's command line on a terminal: it echoes, answers from a table, and pages."""

    prompt = "leaf1>"
    greeting = ""
    page_lines = 0
    eats_first_line = False
    """True: what comes before the first prompt is swallowed, as by «press RETURN to get started»."""

    def __init__(self, table: Mapping[str, str | Callable[[CommandLine], None]], seen: list[str]) -> None:
        self.table = table
        self.seen = seen
        self.channel: Any = None
        self._typed = ""
        self._pages: list[str] = []

    def connection_made(self, chan: Any) -> None:
        self.channel = chan

    def pty_requested(self, term_type: str, term_size: Any, term_modes: Any) -> bool:
        return True

    def shell_requested(self) -> bool:
        return True

    def exec_requested(self, command: str) -> bool:
        return False

    def session_started(self) -> None:
        self.write(self.greeting)
        if not self.eats_first_line:
            self.write(self.prompt)

    def write(self, text: str) -> None:
        self.channel.write(text.replace("\n", "\r\n").encode())

    def data_received(self, data: bytes, datatype: Any) -> None:
        for character in data.decode():
            if self._pages:
                self.turn(character)
            elif character in "\r\n":
                typed, self._typed = self._typed, ""
                self.enter(typed)
            else:
                self._typed += character

    def enter(self, typed: str) -> None:
        if self.eats_first_line:
            self.eats_first_line = False
            self.write(self.prompt)
            return
        self.write(typed + "\n")
        if not typed:
            self.write(self.prompt)
            return
        self.seen.append(typed)
        said = self.table.get(typed, f"% Invalid input: {typed}\n")
        if callable(said):
            said(self)
        elif self.page_lines and said:
            lines = said.splitlines(keepends=True)
            self._pages = [
                "".join(lines[at : at + self.page_lines]) for at in range(0, len(lines), self.page_lines)
            ]
            self.turn(" ")
        else:
            self.write(said + self.prompt)

    def turn(self, key: str) -> None:
        if key == " ":
            self.write("\r        \r" + self._pages.pop(0))
            self.write("--More--" if self._pages else self.prompt)
