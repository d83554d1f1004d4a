"""Values out of devices' JSON, by kind: a value of the wrong kind, or one that says nothing, is None."""

from __future__ import annotations

import math
from typing import Any

_LIMIT = 2**63
_NOTHING = frozenset({"", "n/a", "none", "unknown", "null", "(unspec)"})


def clean(value: str) -> str:
    """Text that can be stored: lone surrogates replaced."""
    return value if value.isascii() else value.encode(errors="replace").decode()


def text(value: Any) -> str | None:
    """Text that says something; None for `""`, `N/A`, `none`, `Unknown`."""
    if not isinstance(value, str):
        return None
    found = clean(value).strip()
    return None if found.lower() in _NOTHING else found


def number(value: Any) -> float | None:
    """A finite number, written as a number or as text."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None


def count(value: Any) -> int | None:
    """A whole number from 0 up that a 64-bit integer can hold, written as a number or as text."""
    if isinstance(value, bool):
        return None
    found = value if isinstance(value, int) else number(value)
    return int(found) if found is not None and 0 <= found < _LIMIT else None


def total(*values: Any) -> int | None:
    """The sum of counters; None when none of them is given."""
    known = [found for value in values if (found := count(value)) is not None]
    return count(sum(known)) if known else None


def flag(value: Any) -> bool | None:
    """True or False, also where they are written 1 and 0, or yes and no."""
    if isinstance(value, str):
        return {"yes": True, "on": True, "true": True, "no": False, "off": False, "false": False}.get(
            value.strip().lower()
        )
    return bool(value) if isinstance(value, int) and value in (0, 1) else None


def seconds(milliseconds: Any) -> float | None:
    """Seconds in a time given in milliseconds."""
    found = number(milliseconds)
    return None if found is None or found < 0 else found / 1000.0
