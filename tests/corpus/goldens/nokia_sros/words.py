"""What the goldens of SR OS share: conversions, and why a key is no field of a fact."""

from __future__ import annotations

import re
from typing import Any

from tests.corpus.goldens import SkipValue

NO_USE = "no check or fact needs it"
OWN = "the source's own word or sum, which the device does not say"
ONLY_EXPIRY = "tells when the entry expires; our ages are since it was learned"
CONFIGURED = "what is configured; facts hold what is in force"


def up(word: str) -> bool:
    return word.strip().lower() in {"up", "link up"}


def default_vrf(word: str) -> str:
    return "default" if word in {"Base", "global"} else word


def whole(word: Any) -> int:
    return int(str(word).replace(",", ""))


def uncut(word: str) -> str:
    """Raises SkipValue for what the device cut off (`42598*`)."""
    if word.endswith("*"):
        raise SkipValue
    return word


def level(word: str) -> str:
    return {"L1": "1", "L2": "2", "L1L2": "1-2"}[word]


def seconds(word: str) -> float:
    """`25d10h18m`, `58d 03:24:48`."""
    days = re.match(r"(\d+)d", word)
    total = int(days[1]) * 86_400 if days else 0
    if clock := re.search(r"(\d+):(\d+):(\d+)", word):
        return float(total + int(clock[1]) * 3600 + int(clock[2]) * 60 + int(clock[3]))
    parts = re.search(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$", word.removeprefix(days[0] if days else ""))
    if parts is None:
        raise SkipValue
    hours, minutes, rest = (int(part or 0) for part in parts.groups())
    return float(total + hours * 3600 + minutes * 60 + rest)
