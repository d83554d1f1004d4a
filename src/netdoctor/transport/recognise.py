"""Which platform a device is, when the inventory says `auto`: by its greeting, else by a question."""

from __future__ import annotations

from collections.abc import Sequence

import asyncssh

from netdoctor import platforms
from netdoctor.platforms.base import Platform
from netdoctor.transport.exec_channel import ExecRefused, ExecRunner, Runner
from netdoctor.transport.limits import OutputBudget
from netdoctor.transport.login import Greeting
from netdoctor.transport.session import SessionError
from netdoctor.transport.shell_channel import ShellRunner, unknown_dialect
from netdoctor.transport.terminal import clean

_MAX_QUESTIONS = 2
_LIMIT_BYTES = 64 << 10


async def recognise(
    connection: asyncssh.SSHClientConnection, greeting: Greeting, timeout_s: float
) -> Platform:
    """The platform that the server's version or banner gives away, else the one that an answer to at most two
    harmless commands does. Raises SessionError."""
    known = [platforms.get(name) for name in platforms.names()]
    signs = {"server_version": greeting.server_version, "banner": greeting.banner}
    candidates = _matching(known, signs)
    if len(candidates) == 1:
        return candidates[0]
    found = await _by_answers(connection, candidates or known, known, timeout_s)
    if found is None:
        version = greeting.server_version or "unknown"
        raise SessionError(
            "faulted",
            f"the platform was not recognised (server version {version})",
            f"say which it is: `platform:` in the inventory, or --platform ({', '.join(platforms.names())})",
        )
    return found


async def _by_answers(
    connection: asyncssh.SSHClientConnection,
    candidates: Sequence[Platform],
    known: Sequence[Platform],
    timeout_s: float,
) -> Platform | None:
    questions = {
        platform.dialect.recognise_by
        for platform in candidates
        if platform.dialect.recognise_by and platform.allows(platform.dialect.recognise_by)
    }
    runner: Runner = ExecRunner(connection, 1, OutputBudget(_LIMIT_BYTES))
    for question in sorted(questions)[:_MAX_QUESTIONS]:
        try:
            result = await runner.run(question, timeout_s)
        except ExecRefused:
            shell = ShellRunner(connection, unknown_dialect(known), OutputBudget(_LIMIT_BYTES), timeout_s)
            runner = shell
            result = await shell.run(question, timeout_s)
            by_prompt = _matching(candidates, {"prompt": shell.prompt})
            if len(by_prompt) == 1:
                return by_prompt[0]
        output = clean(result.output + b"\n" + result.errors)
        if matching := _matching(known, {"output": output}):
            return matching[0]
    return None


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
