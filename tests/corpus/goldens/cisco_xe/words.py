"""What the goldens of Cisco's outputs share: names, numbers, reasons."""

from __future__ import annotations

import re
from typing import Any

from netdoctor.platforms import get
from tests.corpus.goldens import SkipValue

NO_FACT = "no check or fact needs it"
OWN = "a name of the source's own, or the same value again"
CONFIGURED = "how it is set up, not how it fares"
PROCESSES = "of the processes only the busiest is a fact"

long_name = get("cisco_xe").normalise_interface
"""Keys are long names, as devices write them in most places."""


def whole(value: Any) -> int:
    """A number, a percentage or a number of kilobytes, written as text."""
    found = re.match(r"-?\d+", str(value))
    if not found:
        raise SkipValue
    return int(found[0]) * (1024 if str(value).endswith("K") else 1)


def decimal(value: Any) -> float:
    found = re.search(r"-?\d+(?:\.\d+)?", str(value))
    if not found:
        raise SkipValue
    return float(found[0])


def given(value: Any) -> str:
    """Text that says something."""
    if str(value).strip().lower() in {"", "not advertised", "n/a", "none", "::"}:
        raise SkipValue
    return str(value).strip()


def bits(value: Any) -> int:
    """`1000mbps`, `10gb/s`, `a-1000`, `10G` in bits a second."""
    found = re.fullmatch(r"(?:a-)?(\d+)\s*(k|m|g|)(?:bps|b/s)?", str(value).lower())
    if not found:
        raise SkipValue
    return int(found[1]) * {"k": 10**3, "m": 10**6, "": 10**6, "g": 10**9}[found[2]]


def half_or_full(value: Any) -> str:
    word = str(value).lower().removeprefix("a-").removesuffix("-duplex")
    if word not in {"half", "full"}:
        raise SkipValue
    return word


def mac(value: Any) -> str:
    digits = re.sub(r"[^0-9a-f]", "", str(value).lower())
    if len(digits) != 12:
        raise SkipValue
    return ":".join(digits[at : at + 2] for at in range(0, 12, 2))


_STATES = {
    "ok": "ok",
    "good": "ok",
    "green": "ok",
    "normal": "ok",
    "active": "ok",
    "ok, active": "ok",
    "ok, standby": "ok",
    "inserted": "ok",
    "failed": "failed",
    "bad-input": "failed",
    "no input power": "failed",
    "err-disable": "failed",
    "off": "failed",
    "not present": "absent",
    "n/a": "absent",
}


def state(value: Any) -> str:
    """The common word for a sensor's state."""
    found = _STATES.get(str(value).strip().lower())
    if found is None:
        raise SkipValue
    return found
