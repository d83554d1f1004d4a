"""Asking a device every command that a run might, to see which it answers and which answers are read."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from netdoctor import platforms
from netdoctor.model.devices import Device, Network
from netdoctor.model.findings import Reason
from netdoctor.platforms.base import Command, NotUnderstood, understand

if TYPE_CHECKING:
    from netdoctor.transport.credentials import AskPassword
    from netdoctor.transport.session import Session, SessionError
    from netdoctor.transport.ssh import Connector


class Outcome(NamedTuple):
    """What came of one command. `reason` is None when it was answered and read."""

    command: str
    reason: Reason | None = None
    detail: str = ""


class Rehearsal(NamedTuple):
    """What came of one device. `failure` is why there was no session."""

    device: Device
    platform: str = ""
    server_version: str = ""
    duration_s: float = 0.0
    outcomes: tuple[Outcome, ...] = ()
    failure: SessionError | None = None

    @property
    def good(self) -> bool:
        """True when a run would miss nothing that this device can tell: what it does not know is no fault."""
        return self.failure is None and all(o.reason in (None, "unsupported") for o in self.outcomes)


def rehearse(network: Network, names: Sequence[str], ask: AskPassword) -> list[Rehearsal]:
    """Tries the devices at once; the results come in the order of the names."""

    async def all_of_them() -> list[Rehearsal]:
        from netdoctor.transport.ssh import Connector

        connector = Connector(network, ask_password=ask)
        try:
            return await asyncio.gather(*(_device(connector, network.devices[name]) for name in names))
        finally:
            await connector.close()

    return asyncio.run(all_of_them())


async def _device(connector: Connector, device: Device) -> Rehearsal:
    from netdoctor.transport.session import SessionError

    started_at_s = time.monotonic()
    try:
        session = await connector.open(device)
    except SessionError as error:
        return Rehearsal(device, failure=error)
    commands = [c for c in platforms.get(session.platform).commands if c.arguments is None]
    try:
        outcomes = await asyncio.gather(*(_command(session, command) for command in commands))
    finally:
        await session.close()
    duration_s = time.monotonic() - started_at_s
    return Rehearsal(device, session.platform, session.server_version, duration_s, tuple(outcomes))


async def _command(session: Session, command: Command) -> Outcome:
    from netdoctor.transport.redact import redact
    from netdoctor.transport.session import SessionError

    text = command.template
    try:
        answer = await session.run(text, timeout_s=command.timeout_s, privileged=command.privileged)
        understand(command.parse, redact(answer.output), at=datetime.now(UTC))
    except SessionError as error:
        return Outcome(text, error.reason, error.detail)
    except NotUnderstood as error:
        return Outcome(text, "parse_error", str(error))
    except Exception as error:  # noqa: BLE001 - whatever a parser raises is what this command is to show
        return Outcome(text, "faulted", f"{type(error).__name__}: {error}")
    return Outcome(text, "truncated", "longer than the limit") if answer.truncated else Outcome(text)
