"""What chronyc prints in words."""

from __future__ import annotations

import re
from typing import Final

from netdoctor.model.facts import Clock, NtpPeer
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.linux.reading import Read, on_request
from netdoctor.platforms.values import clean, count, number

_SOURCE: Final = re.compile(
    r"^ *(?P<mode>[\^=#])(?P<state>[*+\-?x~ ]) +(?P<address>\S+) +(?P<stratum>\d+) +\d+ +(?P<reach>\d+) +\S+"
    r"(?: +(?P<offset>[+-]?\d+(?:\.\d+)?)(?P<unit>ns|us|ms|s|m|h|d|y)?\b)?",
    re.MULTILINE,
)
_MS: Final = {
    "ns": 1e-6,
    "us": 1e-3,
    "ms": 1.0,
    "s": 1e3,
    "m": 6e4,
    "h": 3.6e6,
    "d": 8.64e7,
    "y": 3.15576e10,
    None: 1e3,
}
_LEAP: Final = re.compile(r"^ *Leap status +: (?P<word>.+?) *$", re.MULTILINE)


@command(
    "chronyc -n sources",
    area="device",
    gives=(NtpPeer, Clock),
    arguments=on_request,
    aliases=(
        "chronyc[ -n] sources[ -v]",
        "chronyc[ -n] tracking",
        "chronyc sources -n",
        "chronyc[ -n] sourcestats",
    ),
)
def chrony(output: str) -> Read:
    """A line a source, its offset as adjusted; or the clock itself with its leap status."""
    for found in _SOURCE.finditer(clean(output)):
        heard = found["reach"] != "0"
        offset = number(found["offset"]) if found["offset"] and heard else None
        yield NtpPeer(
            address=found["address"],
            selected=found["state"] == "*",
            reachable=heard,
            stratum=count(found["stratum"]) or None,
            offset_ms=round(offset * _MS[found["unit"]], 6) if offset is not None else None,
            synchronised=found["state"] in "*+",
        )
    if leap := _LEAP.search(output):
        yield Clock(synchronised=leap["word"] != "Not synchronised")
    if "MS Name/IP" in output:
        yield EMPTY
