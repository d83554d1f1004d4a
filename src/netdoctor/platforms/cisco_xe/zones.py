"""The names of time zones that devices print behind a time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

_HOURS: Final[dict[str, float]] = {
    "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "WEST": 1, "BST": 1, "IST": 5.5, "CET": 1, "CEST": 2, "MET": 1,
    "MEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "SAST": 2, "GST": 4, "PKT": 5, "SGT": 8, "HKT": 8, "AWST": 8,
    "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "EST": -5, "EDT": -4, "CST": -6,
    "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8, "HST": -10, "BRT": -3,
    "ART": -3,
}  # fmt: skip
"""Hours east of Greenwich. A name is whatever an operator configured: one that is not here tells nothing."""


def in_utc(time: datetime | None, zone: str | None) -> datetime | None:
    """A time read as if it were UTC, moved by its zone; unmoved where the zone is not known."""
    hours = _HOURS.get((zone or "").upper(), 0)
    try:
        return time - timedelta(hours=hours) if time and hours else time
    except OverflowError:
        return None
