"""Counters that grow by themselves between two readings."""

from __future__ import annotations


class Meter:
    """A counter whose total follows from its rate and the time gone by.

    Times are seconds since the epoch. A rate holds from the moment it was set until the next one.
    """

    def __init__(self, at: float, total: float = 0.0) -> None:
        self._total = total
        self._rate_per_s = 0.0
        self._since = at

    @property
    def rate_per_s(self) -> float:
        return self._rate_per_s

    def read(self, at: float) -> int:
        """The whole number that a device would show at a time."""
        return int(self._exact(at))

    def set_rate(self, rate_per_s: float, at: float) -> None:
        """From now on the counter grows at this rate."""
        self._total, self._since = self._exact(at), at
        self._rate_per_s = rate_per_s

    def add(self, amount: float) -> None:
        """A step, such as one more change of state."""
        self._total += amount

    def _exact(self, at: float) -> float:
        return self._total + self._rate_per_s * max(0.0, at - self._since)
