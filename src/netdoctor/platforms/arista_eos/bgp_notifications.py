"""NOTIFICATION messages in EOS's words, as numbers (RFC 4271 §4.5, RFC 4486, RFC 8538, RFC 9384)."""

from __future__ import annotations

import re
from typing import Any

from netdoctor.platforms.values import count, text

_CODES = {"message": 1, "open": 2, "update": 3, "hold": 4, "finite": 5, "fsm": 5, "cease": 6, "route": 7}
"""By the first word of the error's name."""

_SUBCODES = {
    2: {
        "unsupported version number": 1,
        "bad peer as": 2,
        "bad as number": 2,
        "bad bgp identifier": 3,
        "bad bgp id": 3,
        "unsupported optional parameter": 4,
        "unacceptable hold time": 6,
        "unsupported capability": 7,
    },
    6: {
        "maximum number of prefixes reached": 1,
        "administrative shutdown": 2,
        "peer de configured": 3,
        "administrative reset": 4,
        "connection rejected": 5,
        "other configuration change": 6,
        "connection collision resolution": 7,
        "out of resources": 8,
        "hard reset": 9,
        "bfd down": 10,
    },
}


def code_of(error: Any) -> int | None:
    """The error code of a name (`Cease`, `Hold Timer Expired Error`) or number."""
    words = _words(error)
    return count(error) if not words or words[0].isdigit() else _CODES.get(words[0].removesuffix("error"))


def subcode_of(code: int | None, error: Any) -> int | None:
    """The subcode of a name or number under an error code."""
    words = _words(error)
    if not words or words[0].isdigit():
        return count(error)
    return _SUBCODES.get(code or 0, {}).get(" ".join(words))


def _words(error: Any) -> list[str]:
    return re.findall(r"[a-z0-9]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text(error) or "").lower())
