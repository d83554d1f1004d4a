"""Values out of devices' answers, by kind: a value of the wrong kind, or one that says nothing, is None."""

from __future__ import annotations

import ipaddress
import math
import re
from functools import lru_cache
from typing import Any

UNSPECIFIED = frozenset({"0.0.0.0", "::"})  # noqa: S104 - addresses as devices print them, not to listen on
"""How devices write that there is no address (RFC 1122 section 3.2.1.3, RFC 4291 section 2.5.2)."""

_LIMIT = 2**63
_LIMIT_DIGITS = len(str(_LIMIT))
"""A number with fewer digits is below the limit."""
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
    if value is None or isinstance(value, bool):
        return None
    try:
        found = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None


def count(value: Any) -> int | None:
    """A whole number from 0 up that a 64-bit integer can hold, written as a number or as text."""
    if isinstance(value, str) and value.isdecimal() and len(value) < _LIMIT_DIGITS:
        return int(value)
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


_MAC_PARTS = re.compile(r"([0-9a-f]{1,2})[:-]" + r"([0-9a-f]{1,2})[:-]" * 4 + r"([0-9a-f]{1,2})")
_MAC_DIGITS = re.compile(r"[0-9a-f]{12}")
_MAC_MARKS = str.maketrans("", "", ".:-")


def mac_address(value: Any) -> str | None:
    """A MAC address as `00:1c:73:aa:00:01`, also from `001c.73aa.0001`, `00-1c-…` and `0:1c:73:aa:0:1`."""
    said = (text(value) or "").lower()
    if parts := _MAC_PARTS.fullmatch(said):
        return ":".join(part.zfill(2) for part in parts.groups())
    digits = said.translate(_MAC_MARKS)
    if not _MAC_DIGITS.fullmatch(digits):
        return None
    return ":".join(digits[start : start + 2] for start in range(0, 12, 2))


def is_ipv6(address: str) -> bool:
    """True for an IPv6 address, a scoped one (`fe80::1%Et1`) too."""
    return _version(address) == 6


def is_ip(address: str) -> bool:
    """True for an address of either family, without a prefix length."""
    return _version(address) is not None


@lru_cache(maxsize=8192)
def _version(address: str) -> int | None:
    try:
        return ipaddress.ip_address(address.partition("%")[0]).version
    except ValueError:
        return None


def as_number(value: Any) -> int | None:
    """An AS number, also in asdot (`65000.1`, RFC 5396)."""
    if isinstance(value, str) and (parts := re.fullmatch(r"(\d{1,5})\.(\d{1,5})", value.strip(), re.ASCII)):
        return int(parts[1]) << 16 | int(parts[2])
    return count(value)


_UNITS_S = {"y": 31_536_000, "w": 604_800, "d": 86_400, "h": 3600, "m": 60, "s": 1}
_UNIT = re.compile(r"(\d+(?:\.\d+)?) ?(y|w|d|h|m(?!s|on)|s)[a-z]*", re.ASCII)
_CLOCK = re.compile(r"(?:(\d+):)?(\d+):(\d\d)(?::(\d\d(?:\.\d+)?))?", re.ASCII)


def duration_s(value: Any) -> float | None:
    """Seconds in `00:01:02`, `1d02h`, `3w2d`, `2 days, 1 hour`, `1w2d 03:04:05`; None for `never`.

    `02:03` is minutes and seconds, `1d 02:03` and `02:03:04` hours first, as routers write them.
    """
    said = value.strip().lower() if isinstance(value, str) else ""
    units = _UNIT.findall(said)
    total_s = sum(float(amount) * _UNITS_S[unit] for amount, unit in units)
    clock = _CLOCK.search(said)
    if clock:
        days, one, two, three = clock.groups()
        if three is None and days is None and units:
            days, one, two, three = None, one, two, "0"
        parts = [float(part) for part in (days, one, two, three) if part is not None]
        for part, scale in zip(reversed(parts), (1, 60, 3600, 86_400), strict=False):
            total_s += part * scale
    return total_s if units or clock else None


_SPEED = re.compile(r"(\d+(?:\.\d+)?) ?(k|m|g|t)?(?:b|$|i)?", re.ASCII)
_SCALES = {None: 1, "k": 10**3, "m": 10**6, "g": 10**9, "t": 10**12}


def speed_bps(value: Any) -> int | None:
    """Bits a second in `10Gb/s`, `1000Mbps`, `100G`, `a-1000M`, `1000000 Kbit`; None for `auto`."""
    said = value.strip().lower() if isinstance(value, str) else ""
    found = _SPEED.search(said)
    return round(float(found[1]) * _SCALES[found[2]]) if found else None


def area_id(value: Any) -> str | None:
    """An OSPF area as a dotted quad: `0` is `0.0.0.0`."""
    said = (text(value) or "").split(" ")[0]
    if said.isdigit() and int(said) < 2**32:
        return str(ipaddress.IPv4Address(int(said)))
    return said if re.fullmatch(r"\d+(?:\.\d+){3}", said, re.ASCII) else None


def power_dbm(value: Any) -> float | None:
    """Optical power in dBm: no light (`-inf`, -40 and less) is -40.0, `N/A` is None."""
    word = value.split(None, 1)[:1] if isinstance(value, str) else [value]
    found = number(word[0]) if word else None
    if found is None and isinstance(value, str) and value.strip().lower().lstrip("- ") in {"inf", "infinity"}:
        return -40.0
    return None if found is None else max(found, -40.0)
