"""Goldens' words in ours, and the reasons that many goldens share."""

from __future__ import annotations

import re
from typing import Any

from tests.corpus.goldens import SkipValue

NO_FACT = "no check or fact needs it"
OWN_NAME = "a name of the parser's own, or the key again"
ELSEWHERE = "part of another answer that the golden was joined from"

_LONG = (
    (r"(?:Ethernet|Eth|Et)(?=\d)", "Ethernet"),
    (r"(?:[Pp]ort-channel|Po)(?=\d)", "port-channel"),
    (r"(?:[Ll]oopback|Lo)(?=\d)", "loopback"),
    (r"(?:Management|mgmt)(?=\d)", "mgmt"),
)


def port(name: str) -> str:
    """An interface as NX-OS writes it in full."""
    for pattern, long in _LONG:
        name = re.sub(rf"^{pattern}", long, name)
    return name


def told(value: Any) -> Any:
    """A value that says something."""
    if value in ("--", "-", "N/A", "n/a", "none", "null", "not advertised"):
        raise SkipValue
    return value


def mac(value: str) -> str | None:
    if value == "INCOMPLETE":
        return None
    digits = re.sub(r"[.:-]", "", value.strip()).lower()
    return ":".join(digits[start : start + 2] for start in range(0, 12, 2))


def is_up(value: str) -> bool:
    return value.lower() in {"up", "connected", "ok", "established"}


def whole(value: Any) -> int:
    if str(value) in ("--", ""):
        raise SkipValue
    return int(value)


def real(value: Any) -> float:
    if not re.fullmatch(r"-?\d+(?:\.\d+)?", str(value)):
        raise SkipValue
    return float(value)


def mbps(value: str) -> int:
    """`10G`, `a-10G`, `1000`, `1000(D)`; `auto` says nothing."""
    found = re.fullmatch(r"(?:a-)?(\d+)(G?)(?:\(D\))?", value)
    if not found:
        raise SkipValue
    return int(found[1]) * (10**9 if found[2] else 10**6)


def age(value: str) -> float:
    """`2d00h`, `00:05:01`, `1y10w`; a fraction of a second and `never` say nothing."""
    units = {"y": 31_536_000, "w": 604_800, "d": 86_400, "h": 3600}
    if found := re.fullmatch(r"(\d+):(\d\d):(\d\d)", value):
        return int(found[1]) * 3600.0 + int(found[2]) * 60 + int(found[3])
    if parts := re.fullmatch(r"(\d+)([ywd])(\d+)([wdh])", value):
        return float(int(parts[1]) * units[parts[2]] + int(parts[3]) * units[parts[4]])
    raise SkipValue
