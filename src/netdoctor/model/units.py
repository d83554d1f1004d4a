"""Units and sentinels."""

from __future__ import annotations

import re

NO_LIGHT_DBM = -40.0
"""What a receiver without light reads; 0 mW has no dBm value, so devices print -Inf, -40 or N/A."""

_SECONDS = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0, "w": 604800.0}


def duration_s(text: str) -> float:
    """Seconds in `90`, `90s`, `15m`, `1h30m`, `2d`. Raises ValueError on anything else."""
    if re.fullmatch(r"\d+(\.\d+)?", text):
        return float(text)
    if not re.fullmatch(r"(\d+(\.\d+)?[smhdw])+", text):
        raise ValueError(f"not a duration: {text!r} (write it like 90s, 15m, 1h30m or 2d)")
    return sum(float(number) * _SECONDS[unit] for number, unit in re.findall(r"([\d.]+)([smhdw])", text))
