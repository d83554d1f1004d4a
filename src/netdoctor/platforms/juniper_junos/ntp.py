"""NTP: `ntpq` under another name, so that there is text alone."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from netdoctor.model.facts import Clock, NtpPeer
from netdoctor.platforms.base import NotUnderstood, command
from netdoctor.platforms.juniper_junos.reading import Read, or_empty
from netdoctor.platforms.text import first
from netdoctor.platforms.values import count, is_ip, number

_ROW = re.compile(
    r"^[ \t]*(?P<remote>\S+)\s+(?P<refid>\S+) +(?:(?:yes|no|-|none|ok|bad) +)?(?P<stratum>\d{1,2}) +"
    r"(?P<type>[-a-zA-Z]) +(?P<when>-|\d+[mhdy]?) +(?P<poll>\d+[mhdy]?) +(?P<reach>[0-7]{1,3}) +"
    r"(?P<delay>-?[\d.]+) +(?P<offset>[+-]?[\d.]+)",
    re.MULTILINE,
)
_HEADER = re.compile(
    r"^\s*remote +refid|No association ID's returned|ntp subsystem not running", re.MULTILINE
)
_TALLY = "*+#-.xo"


@command(
    "show ntp associations no-resolve | no-more",
    area="services",
    gives=(NtpPeer,),
    aliases=("show ntp associations[ {rest*}]", "show ntp associations no-resolve | display json"),
)
def associations(output: str) -> Read:
    """Every server; the offset is in milliseconds, the star is the one that the clock follows."""
    yield from or_empty(map(_peer, _ROW.finditer(output)), known=_HEADER.search(output) is not None)


def _peer(row: re.Match[str]) -> NtpPeer:
    tally, address = _parted(row["remote"])
    selected = tally in {"*", "o"}
    return NtpPeer(
        address=address,
        selected=selected,
        reachable=int(row["reach"], 8) > 0,
        stratum=count(row["stratum"]),
        offset_ms=number(row["offset"]),
        synchronised=selected,
    )


def _parted(remote: str) -> tuple[str, str]:
    """The mark before a server, and its name; `x` and `o` may begin a name too."""
    mark, rest = remote[0], remote[1:]
    if mark not in _TALLY or not rest or (mark in "xo" and not is_ip(rest)):
        return "", remote
    return mark, rest


_NTP_TO_UNIX_S = 2_208_988_800


@command(
    "show ntp status | no-more",
    area="services",
    gives=(Clock,),
    aliases=("show ntp status[ {rest*}]", "show ntp status | display json"),
)
def status(output: str) -> Read:
    """Whether the clock follows a server, and its time (in seconds since 1900, in hexadecimal)."""
    if not output.strip():
        return
    word = first(re.compile(r"\bstatus=\w+ (\w+),"), output) or ""
    source = first(re.compile(r"\bstatus=\w+ \w+, (\w+)"), output)
    clock = re.search(r"\bclock=([\da-f]{8})\.([\da-f]{8})", output, re.IGNORECASE)
    if source is None:
        if _HEADER.search(output):
            return
        raise NotUnderstood("no NTP status")
    now_s = int(clock[1], 16) - _NTP_TO_UNIX_S + int(clock[2], 16) / 2**32 if clock else 0.0
    yield Clock(
        device_time=datetime.fromtimestamp(now_s, UTC) if now_s > 0 else None,
        synchronised=word != "leap_alarm" and source not in {"sync_unspec", "sync_alarm"},
    )
