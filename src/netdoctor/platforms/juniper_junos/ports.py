"""Words of ports that the tree and the text of `show interfaces` share."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal

from netdoctor.platforms.values import count, is_ip, speed_bps

_FEC: Final = (
    ("fec74", "fire-code"),
    ("base-r", "fire-code"),
    ("baser", "fire-code"),
    ("fec", "reed-solomon"),
    ("rs", "reed-solomon"),
    ("none", "disabled"),
    ("off", "disabled"),
    ("disable", "disabled"),
)
"""FEC91 and FEC119 are Reed-Solomon, FEC74 is the fire code (IEEE 802.3 clauses 91, 119, 74)."""


def mtu_of(said: str | None) -> int | None:
    """Bytes; None for `Unlimited`."""
    return count(said) or None


@lru_cache(maxsize=256)
def speed_of(said: str | None, negotiated: str | None) -> int | None:
    """Bits a second; `Auto` is what was negotiated, `Unlimited` is None."""
    found = speed_bps(said) if said and said[0].isdigit() else None
    if not found and negotiated and negotiated[0].isdigit():
        found = speed_bps(negotiated)
    return found or None


@lru_cache(maxsize=256)
def duplex_of(said: str | None, negotiated: str | None) -> Literal["full", "half"] | None:
    for word in (said, negotiated):
        lowered = (word or "").lower()
        if lowered.startswith("full"):
            return "full"
        if lowered.startswith("half"):
            return "half"
    return None


def autoneg_of(said: str | None) -> bool | None:
    word = (said or "").lower()
    return True if word.startswith("enable") else False if word.startswith("disable") else None


@lru_cache(maxsize=256)
def fec_mode_of(said: str | None) -> str | None:
    word = (said or "").lower()
    return next((ours for start, ours in _FEC if word.startswith(start)), word or None)


def is_real_address(said: str) -> bool:
    """True for an address of IP that reaches farther than the link."""
    address = said.partition("/")[0]
    return is_ip(address) and not address.lower().startswith(("fe8", "fe9", "fea", "feb"))
