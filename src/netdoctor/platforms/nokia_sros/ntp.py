"""NTP: the servers, and whether the clock follows one (RFC 5905)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from netdoctor.model.events import Note
from netdoctor.model.facts import Clock, Fact, NtpPeer
from netdoctor.platforms.base import command
from netdoctor.platforms.nokia_sros.reading import EMPTY, Read, moment, pairs
from netdoctor.platforms.values import clean, count, number

_ROW = re.compile(
    r"^(?P<state>chosen|candidate|reject|outlyer|outlier|falsetick|excess|selected|pps\S*|backup|init\S*"
    r"|\S+) +"
    r"(?P<ref>\S+) +(?P<stratum>\d+|-) +(?P<type>\S+) +(?P<auth>\S+) +(?P<poll>\d+|-) +(?"
    r"P<reach>[Y.]{1,8}|\S+) +"
    r"(?P<offset>[-+]?[\d.]+|\S+) *\n +(?P<router>\S+) +(?P<remote>\S+)",
    re.M,
)
_OLD = re.compile(
    r"^(?P<state>chosen|candidate|reject|outlyer|falsetick|excess|selected) +(?P<remote>[\d.]+|"
    r"[0-9A-Fa-f:]+) +(?P<ref>\S+) +"
    r"(?P<stratum>\d+|-) +(?P<type>\S+) +(?P<auth>\S+) +(?P<poll>\d+|-) +(?P<reach>[Y.]{1,8}) +(?"
    r"P<offset>[-+]?[\d.]+)",
    re.M,
)


@command(
    "show system ntp all",
    area="services",
    gives=(NtpPeer, Clock),
    aliases=("show system ntp[ {which}]", "show system ntp[ {which}] detail"),
)
def ntp(output: str, which: str = "") -> Read:
    """Every association: `chosen` is the one that the clock follows. Clients are not ours."""
    nothing = True
    found = pairs(output.partition("NTP Active Associations")[0])
    source = found.get("clock source", "")
    if "oper status" in found or "current date & time" in found:
        nothing = False
        following = bool(source) and source.lower() not in {"none", "n/a", "unknown"}
        yield Clock(
            device_time=moment(found.get("current date & time")), synchronised=following if source else None
        )
    for peer in _peers(output):
        nothing = False
        yield peer
    if nothing and "NTP" in output:
        yield EMPTY


def _peers(output: str) -> Iterator[Fact | Note]:
    pattern = _ROW if _ROW.search(output) else _OLD
    for found in pattern.finditer(output):
        chosen = found["state"].lower() == "chosen"
        reach = found["reach"]
        yield NtpPeer(
            address=clean(found["remote"]),
            selected=chosen,
            reachable="Y" in reach if set(reach) <= {"Y", "."} else None,
            stratum=count(found["stratum"]),
            offset_ms=number(found["offset"]) if "Y" in reach else None,
            synchronised=chosen,
        )
