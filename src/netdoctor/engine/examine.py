"""One device, examined: every command asked once, and those with counters a second time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Protocol

from netdoctor import platforms
from netdoctor.engine.journal import Journal
from netdoctor.engine.reading import read
from netdoctor.engine.request import Request
from netdoctor.model.devices import Device
from netdoctor.model.events import (
    Captured,
    CommandFailed,
    CommandSent,
    Entry,
    SessionClosed,
    SessionFailed,
    SessionOpened,
)
from netdoctor.model.facts import Fact
from netdoctor.model.findings import Reason
from netdoctor.platforms.base import Command, Platform
from netdoctor.transport.session import ADVICE, Answer, Session, SessionError

Answered = Callable[[str], None]
"""Called with a device's name when its first answers are all in."""


class Connector(Protocol):
    """What opens sessions: `transport.ssh.Connector`, or anything like it."""

    async def open(self, device: Device) -> Session: ...


async def examine(
    device: Device, role: str, request: Request, journal: Journal, connector: Connector, answered: Answered
) -> None:
    """Examines one device. Every failure ends in the journal; only cancellation is raised."""
    started_s = time.monotonic()
    try:
        session = await connector.open(device)
    except SessionError as error:
        journal.append(device.name, _session_failed(device.name, error))
        return
    except asyncio.CancelledError:
        journal.append(device.name, _no_session_in_time(device.name, request))
        raise
    except Exception as error:  # noqa: BLE001 - a seam: no device may end the run
        detail = f"{type(error).__name__}: {error}"
        journal.append(device.name, SessionFailed(device=device.name, reason="faulted", detail=detail))
        return
    opened_s = time.monotonic()
    journal.append(
        device.name,
        SessionOpened(
            device=device.name,
            platform=session.platform,
            host=device.host,
            server_version=session.server_version,
            duration_s=round(opened_s - started_s, 3),
        ),
    )
    examination = Examination(device.name, role, request, journal, session)
    try:
        await examination.first_sample()
        answered(device.name)
        await examination.second_sample()
    finally:
        await asyncio.shield(session.close())
        elapsed_s = round(time.monotonic() - opened_s, 3)
        journal.append(
            device.name, SessionClosed(device=device.name, session_s=elapsed_s, commands=examination.commands)
        )


_FINAL: frozenset[Reason] = frozenset({"unsupported", "not_authorised"})
"""Refusals that a second try a few seconds later would only meet again."""


class Examination:
    """The commands of one device over one session."""

    def __init__(self, device: str, role: str, request: Request, journal: Journal, session: Session) -> None:
        self._device = device
        self._request = request
        self._journal = journal
        self._session = session
        self._platform: Platform = platforms.get(session.platform)
        self._wanted = wanted_commands(self._platform, role, request)
        self._facts: list[Fact] = []
        self._refused: set[str] = set()
        self._first_done_s = 0.0
        self._sampled: list[tuple[Command, Mapping[str, str]]] = []
        self.commands = 0
        """How many commands were sent."""

    async def first_sample(self) -> None:
        """Asks everything once; what needs arguments is asked when the facts that give them are in."""
        plain: list[tuple[Command, Mapping[str, str]]] = [
            (command, {}) for command in self._wanted if command.arguments is None
        ]
        await self._ask_all(plain, sample=1)
        filled = [
            (command, arguments)
            for command in self._wanted
            if command.arguments is not None
            for arguments in command.arguments(self._facts)
        ]
        await self._ask_all(filled, sample=1)
        self._sampled = [
            (command, arguments)
            for command, arguments in (*plain, *filled)
            if command.sampled and command.render(arguments) not in self._refused
        ]
        self._first_done_s = time.monotonic()

    async def second_sample(self) -> None:
        """Asks the commands with counters again, a full interval after all of their first answers."""
        if not self._sampled:
            return
        await asyncio.sleep(max(0.0, self._first_done_s + self._request.interval_s - time.monotonic()))
        await self._ask_all(self._sampled, sample=2)

    async def _ask_all(self, runs: Sequence[tuple[Command, Mapping[str, str]]], sample: int) -> None:
        await _all(self._ask(command, arguments, sample) for command, arguments in runs)

    async def _ask(self, command: Command, arguments: Mapping[str, str], sample: int) -> None:
        text = command.render(arguments)
        self._journal.append(self._device, CommandSent(device=self._device, command=text, sample=sample))
        self.commands += 1
        try:
            answer = await self._session.run(text, timeout_s=command.timeout_s, privileged=command.privileged)
        except SessionError as error:
            if error.reason in _FINAL:
                self._refused.add(text)
            self._failed(text, sample, error.reason, error.detail, error.output)
        except asyncio.CancelledError:
            self._failed(text, sample, "timeout", "the run ended before the answer came")
            raise
        except Exception as error:  # noqa: BLE001 - a seam: no answer may end the run
            self._failed(text, sample, "faulted", f"{type(error).__name__}: {error}")
        else:
            entry = self._capture(text, sample, answer)
            self._facts.extend(read(command, arguments, entry, self._journal))

    def _capture(self, text: str, sample: int, answer: Answer) -> Entry:
        return self._journal.append(
            self._device,
            Captured(
                device=self._device,
                command=text,
                sample=sample,
                output=answer.output,
                duration_s=round(answer.duration_s, 3),
                platform=self._platform.name,
                truncated=answer.truncated,
            ),
        )

    def _failed(self, text: str, sample: int, reason: Reason, detail: str, output: str = "") -> None:
        self._journal.append(
            self._device,
            CommandFailed(
                device=self._device,
                command=text,
                sample=sample,
                reason=reason,
                detail=detail,
                platform=self._platform.name,
                output=output,
            ),
        )


def wanted_commands(platform: Platform, role: str, request: Request) -> list[Command]:
    """The commands to ask a device, those with counters first, as their interval starts with them."""
    wanted = [
        command
        for command in platform.commands
        if not (command.targets_only and role != "target")
        and (not request.areas or command.area in request.areas or command.area in _GROUNDWORK)
    ]
    return sorted(wanted, key=lambda command: not command.sampled)


_GROUNDWORK = frozenset({"interface", "lldp", "device"})
"""Asked whatever areas are wanted: links and names are found by these."""


async def _all(work: Iterable[Awaitable[None]]) -> None:
    """Waits for all; when cancelled, each is cancelled and heard out first."""
    tasks = [asyncio.ensure_future(one) for one in work]
    try:
        await asyncio.gather(*tasks)
    except asyncio.CancelledError:
        await asyncio.gather(*tasks, return_exceptions=True)
        raise


def _session_failed(device: str, error: SessionError) -> SessionFailed:
    return SessionFailed(device=device, reason=error.reason, detail=error.detail, advice=error.advice)


def _no_session_in_time(device: str, request: Request) -> SessionFailed:
    detail = f"no session within the run's deadline of {request.deadline_s:g} s"
    return SessionFailed(device=device, reason="timeout", detail=detail, advice=ADVICE["timeout"])
