"""Which platform a device is, when the inventory says `auto`: by its greeting, else by a question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import asyncssh

from netdoctor import platforms
from netdoctor.platforms.base import Platform
from netdoctor.transport.exec_channel import ExecRefused, ExecRunner, Result
from netdoctor.transport.limits import OutputBudget
from netdoctor.transport.login import Greeting
from netdoctor.transport.session import SessionError
from netdoctor.transport.shell_channel import ShellRunner, unknown_dialect
from netdoctor.transport.terminal import clean

_MAX_QUESTIONS = 2


async def recognise(
    connection: asyncssh.SSHClientConnection, greeting: Greeting, budget: OutputBudget, timeout_s: float
) -> tuple[Platform, ShellRunner | None]:
    """The platform that the server's version or banner gives away, else the one that an answer to at most two
    harmless commands does; and the shell that was opened to ask, for some devices allow no second one.

    Raises SessionError.
    """
    known = [platforms.get(name) for name in platforms.names()]
    signs = {"server_version": greeting.server_version, "banner": greeting.banner}
    candidates = _matching(known, signs)
    if len(candidates) == 1:
        return candidates[0], None
    asking = _Asking(connection, candidates or known, known, budget, timeout_s)
    found = await asking.platform()
    if found is None:
        version = greeting.server_version or "unknown"
        raise SessionError(
            "faulted",
            f"the platform was not recognised (server version {version})",
            f"say which it is: `platform:` in the inventory, or --platform ({', '.join(platforms.names())})",
        )
    return found, asking.shell


class _Asking:
    """Harmless commands to a device of one of several platforms; in a shell where it refuses `exec`, or where
    all that it can be want one: IOS ends the connection with its first channel."""

    def __init__(
        self,
        connection: asyncssh.SSHClientConnection,
        candidates: Sequence[Platform],
        known: Sequence[Platform],
        budget: OutputBudget,
        timeout_s: float,
    ) -> None:
        self.shell: ShellRunner | None = None
        self._candidates = candidates
        self._known = known
        self._timeout_s = timeout_s
        self._exec = ExecRunner(connection, 1, budget)
        self._connection = connection
        self._budget = budget
        if all(platform.dialect.mode == "shell" for platform in candidates):
            self.shell = self._new_shell()

    def _new_shell(self) -> ShellRunner:
        return ShellRunner(self._connection, unknown_dialect(self._known), self._budget, self._timeout_s)

    async def platform(self) -> Platform | None:
        for question in self._questions():
            result = await self._ask(question)
            if self.shell is not None:
                by_prompt = _matching(self._candidates, {"prompt": self.shell.prompt})
                if len(by_prompt) == 1:
                    return by_prompt[0]
            output = clean(result.output + b"\n" + result.errors)
            if matching := _matching(self._known, {"output": output}):
                return matching[0]
        return None

    def _questions(self) -> list[str]:
        """What most of the candidates can be asked, first."""
        asked = Counter(
            platform.dialect.recognise_by
            for platform in sorted(self._candidates, key=lambda platform: platform.name)
            if platform.dialect.recognise_by and platform.allows(platform.dialect.recognise_by)
        )
        return [question for question, _ in asked.most_common(_MAX_QUESTIONS)]

    async def _ask(self, question: str) -> Result:
        if self.shell is None:
            try:
                return await self._exec.run(question, self._timeout_s)
            except ExecRefused:
                self.shell = self._new_shell()
        return await self.shell.run(question, self._timeout_s)


def _matching(known: Sequence[Platform], signs: dict[str, str]) -> list[Platform]:
    """The platforms of which one of the signs speaks."""
    return [
        platform
        for platform in known
        if any(
            sign.source in signs and sign.pattern.search(signs[sign.source])
            for sign in platform.dialect.recognitions
        )
    ]
