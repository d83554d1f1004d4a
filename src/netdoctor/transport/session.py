"""What a session is to the rest: something that answers read-only commands, or says why not."""

from __future__ import annotations

from typing import Protocol

import msgspec

from netdoctor.model.findings import Reason

ADVICE: dict[Reason, str] = {
    "unreachable": "check the management address and port, and that this host has a route to it",
    "auth_failed": "check the user name and which key or password is offered; netdoctor does not try twice",
    "host_key": "compare the fingerprint, then record it with `netdoctor devices trust NAME`",
    "timeout": "the device is slow or stuck; try the command by hand, or raise --deadline",
    "disconnected": "the device closed the connection; look for a session limit or a reload",
    "not_authorised": "let the user run this read-only command, if need be by sudo without a password",
    "unsupported": "this device does not know the command",
    "truncated": "the answer was longer than the limit; only its beginning was kept",
}
"""What an engineer can do about each reason."""


class SessionError(Exception):
    """A session or a command that failed, with its named reason."""

    def __init__(self, reason: Reason, detail: str, advice: str | None = None, output: str = "") -> None:
        super().__init__(detail)
        self.reason: Reason = reason
        self.detail = detail
        self.advice = ADVICE.get(reason, "") if advice is None else advice
        self.output = output


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a device printed for one command."""

    output: str
    """Without echo, prompt, pager remains and carriage returns; escape sequences removed."""
    duration_s: float
    truncated: bool = False


class Session(Protocol):
    """An open session with one device. Safe for concurrent `run`s; channels are limited inside."""

    platform: str
    """The platform's name, recognised from the session when the inventory says `auto`."""
    server_version: str

    async def run(self, command: str, *, timeout_s: float, privileged: bool = False) -> Answer:
        """The answer to one command. Raises SessionError.

        A command that is not on the platform's allow-list raises SessionError `not_authorised` before
        anything is sent. A refusal by the device is an error too, after one more try behind the
        dialect's `elevate` when `privileged`.
        """
        ...

    async def close(self) -> None:
        """Ends the session; never raises."""
        ...
