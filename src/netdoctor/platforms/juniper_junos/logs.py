"""The system log: text in three forms.

`Mar  5 14:47:45  host mgd[91373]: UI_COMMIT: User …`, the same with a year and milliseconds, or with
`%DAEMON-4-` before the tag (`explicit-priority`), and RFC 5424 (`structured-data`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from netdoctor.model.events import Note
from netdoctor.model.facts import BgpSession, ConfigChange, LogEvent
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.juniper_junos.log_meanings import INTERFACE, MEANINGS, PEER
from netdoctor.platforms.juniper_junos.naming import vrf_of
from netdoctor.platforms.juniper_junos.reading import Read
from netdoctor.platforms.syslog import SEVERITIES, TIME, joined, priority, when
from netdoctor.platforms.values import clean, is_ip

_LINE: Final = re.compile(
    rf"(?:<(?P<priority>\d{{1,3}})>)?(?:1 )?\s{{0,8}}(?P<time>{TIME})\s+(?:(?P<host>[\w.:-]{{1,255}})\s+)?"
    r"(?P<process>/?[\w./()-]{1,64}?(?: [(]\w[\w -]{0,30}[)])?)(?:\[(?P<pid>\d+)\])?: ?(?P<said>.*)",
    re.ASCII,
)
_STRUCTURED: Final = re.compile(
    rf"(?:<(?P<priority>\d{{1,3}})>)?1 (?P<time>{TIME}) (?P<host>\S{{1,255}}) (?P<process>\S{{1,64}}) "
    rf"(?P<pid>\S{{1,32}}) "
    r"(?P<mnemonic>[\w-]{1,64}) (?P<said>(?:-|\[.*\])(?: .*)?)",
    re.ASCII,
)
_CARD: Final = re.compile(
    rf"(?:<(?P<priority>\d{{1,3}})>)?\s{{0,8}}(?P<time>{TIME})\s+(?P<host>\S{{1,255}})\s+(?P<process>"
    rf"(?:fpc|spc|pic|ssb|feb|cfeb|sfm|node|tfeb|afeb)\w{{0,12}}(?:\.\w+)?)\s+(?P<said>.*)",
    re.ASCII,
)
"""A line card has no process and no colon: `fpc0 text`."""
_BEGINS: Final = re.compile(rf"(?:<\d{{1,3}}>)?(?:1 )?\s{{0,8}}(?:{TIME})", re.ASCII)
_TAG: Final = re.compile(
    r"(?:%(?P<facility>[A-Z][A-Z0-9_]{0,31})-(?P<severity>[0-7])(?:-(?P<explicit>[A-Z][A-Z0-9_]{2,63})"
    r")?: ?)?(?:(?P<tag>[A-Z][A-Z0-9]*_[A-Z0-9_]{1,63}): ?)?(?P<text>.*)",
    re.ASCII,
)
_REPEATED: Final = re.compile(r"\blast message repeated \d{1,9} times")
_SESSION: Final = r"(?P<peer>[\da-fA-F.:]{2,45}) \((?:Ex|In)ternal AS [^)]{1,20}\)"
_INSTANCE: Final = r"[^\n]{0,200}\(instance (?P<vrf>[^)]{1,64})\)"
_LIMITED: Final = re.compile(rf"\bBGP_CEASE_PREFIX_LIMIT_EXCEEDED: {_SESSION}:{_INSTANCE}", re.ASCII)
_CAME_UP: Final = re.compile(
    rf"\bBGP peer {_SESSION} changed state from \w{{1,12}} to Established{_INSTANCE}", re.ASCII
)
_USER: Final = re.compile(r"\bUser '(?P<user>[^']{1,64})'")
_BY: Final = re.compile(r"\b(?:username|user)=\"(?P<user>[^\"]{1,64})\"")


@command(
    "show log messages | last 300 | no-more",
    area="device",
    gives=(LogEvent, ConfigChange, BgpSession),
    aliases=(
        "show log messages | last {lines}",
        "show log messages | last {lines} | no-more",
        "show log[ {file}]",
        "show log messages[ {rest*}]",
        "syslog[ {about*}]",
    ),
)
def logs(output: str, at: datetime | None = None) -> Read:
    """One event a line, and one configuration change for each line that tells of one.

    That a neighbour is held down by its prefix limit stands in the log alone.
    """
    nothing = True
    limited: dict[tuple[str, str], bool] = {}
    for number, line in joined(clean(output), _BEGINS):
        found = _STRUCTURED.match(line) or _CARD.match(line) or _LINE.match(line)
        if found:
            nothing = False
            yield from _events(found, at)
            for pattern, holds in ((_LIMITED, True), (_CAME_UP, False)) if "BGP" in found["said"] else ():
                if about := pattern.search(found["said"], 0, 400):
                    limited[vrf_of(about["vrf"]), about["peer"]] = holds
        elif _BEGINS.match(line) and not _REPEATED.search(line, 0, 400):
            yield Note(text=line[:200], line=number)
    for (vrf, peer), is_limited in limited.items():
        if is_limited and is_ip(peer):
            yield BgpSession(vrf=vrf, peer=peer, prefix_limit_exceeded=True)
    if nothing and not output.strip():
        yield EMPTY


def _events(found: re.Match[str], at: datetime | None) -> Iterator[LogEvent | ConfigChange]:
    at_time = when(found["time"], at)
    told = _TAG.match(found["said"].strip())
    if told is None:
        return
    mnemonic = found.groupdict().get("mnemonic") or told["explicit"] or told["tag"]
    mnemonic = None if mnemonic == "-" else mnemonic
    said = told["text"].strip()
    kind, about = MEANINGS.of(f"{mnemonic or ''}: {said}")
    interface, peer = (
        about.get("interface") or _first(INTERFACE, said),
        about.get("peer") or _first(PEER, said),
    )
    yield LogEvent(
        at=at_time,
        severity=SEVERITIES[int(told["severity"])] if told["severity"] else priority(found["priority"]),
        facility=found["process"].rstrip(":"),
        mnemonic=mnemonic,
        kind=kind,
        interface=interface,
        peer=_address(peer),
        text=f"{mnemonic}: {said}" if mnemonic else said,
    )
    if kind == "config_change" and mnemonic != "UI_COMMIT_COMPLETED":
        by = _USER.search(said) or _BY.search(said)
        yield ConfigChange(
            at=at_time, user=by["user"] if by else None, summary=f"{mnemonic}: {said}" if mnemonic else said
        )


def _first(pattern: re.Pattern[str], said: str) -> str | None:
    found = pattern.search(said, 0, 400)
    return found[1].rstrip(".:,") if found else None


def _address(said: str | None) -> str | None:
    """An address, without the TCP port that the kernel writes behind it (`192.0.2.1:179`)."""
    if said is None or is_ip(said):
        return said
    address = said.rpartition(":")[0]
    return address if is_ip(address) else None
