"""How much is asked at once: sessions in a run, channels on a connection."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

JITTER_S = 0.05
"""Session starts are spread over so many seconds, so that a rack's devices do not ask AAA all at once."""


AFTER_FLOOD_BYTES = 1 << 20
"""What an answer may take on a device that has flooded before: its next answers will hardly be better."""


class SessionSlots:
    """At most so many sessions at a time, their starts spread a little."""

    def __init__(self, max_sessions: int, jitter_s: float = JITTER_S) -> None:
        self._slots = asyncio.Semaphore(max_sessions)
        self._jitter_s = jitter_s
        self._started = 0

    async def acquire(self) -> None:
        await self._slots.acquire()
        self._started += 1
        if self._started == 1:
            return
        try:
            await asyncio.sleep(random.uniform(0, self._jitter_s))  # noqa: S311  # spreads load, hides nothing
        except BaseException:
            self._slots.release()
            raise

    def release(self) -> None:
        self._slots.release()


class ChannelSlots:
    """At most so many channels at a time on one connection; fewer when the device shows to allow fewer."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._slots = asyncio.Semaphore(limit)

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[None]:
        async with self._slots:
            yield

    async def give_up_one(self) -> bool:
        """Trades the slot held for another one's when the device refused a channel.

        False when there is no other: the device refuses even a single channel.
        """
        if self.limit == 1:
            return False
        self.limit -= 1
        await self._slots.acquire()
        return True


class OutputBudget:
    """How much one device may send: so many bytes an answer, twice that at once, less once it flooded."""

    def __init__(self, limit_bytes: int) -> None:
        self._at_once_bytes = 2 * limit_bytes
        self._answer_bytes = limit_bytes
        self._in_flight_bytes = 0

    def grant(self, wanted_bytes: int, taken_bytes: int) -> int:
        """How many more bytes an answer of `taken_bytes` may take; fewer than wanted: it is cut there."""
        room = min(self._answer_bytes - taken_bytes, self._at_once_bytes - self._in_flight_bytes)
        granted = max(0, min(wanted_bytes, room))
        self._in_flight_bytes += granted
        if granted < wanted_bytes:
            self._answer_bytes = min(self._answer_bytes, AFTER_FLOOD_BYTES)
        return granted

    def give_back(self, taken_bytes: int) -> None:
        """An answer is complete, or given up."""
        self._in_flight_bytes -= taken_bytes
