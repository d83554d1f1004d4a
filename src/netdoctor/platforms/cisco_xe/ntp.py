"""Time: NTP servers and the device's clock."""

from __future__ import annotations

import re
from datetime import datetime

from netdoctor.model.facts import Clock, NtpPeer
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_xe.reading import Read, none_said, on_request
from netdoctor.platforms.cisco_xe.zones import in_utc
from netdoctor.platforms.syslog import TIME, when
from netdoctor.platforms.text import Block, blocks, each, first
from netdoctor.platforms.values import count, is_ip, number

_ROW = re.compile(
    r"^[ \t]{0,16}(?P<flags>[*#+xo.-]?) {0,2}~? {0,2}(?P<address>[0-9A-Fa-f][0-9A-Fa-f.:]+)"
    r"\s+(?P<reference>\S+)[ \t]+(?P<stratum>\d+)[ \t]+(?P<when>\S+(?:[ ][mhd])?)[ \t]+(?P<poll>\d+)[ \t]+"
    r"(?P<reach>\d+)[ \t]+(?P<delay>-?[\d.]+)[ \t]+(?P<offset>-?[\d.]+)",
    re.M,
)
_NONE = (r"% ?NTP is (?:not enabled|disabled)", r"^\s*address\s+ref clock")


@command(
    "show ntp associations",
    area="device",
    gives=(NtpPeer,),
    aliases=("show ntp association", "show ntp associations vrf {vrf}"),
)
def associations(output: str) -> Read:
    """The servers; `*` marks the one that the clock follows, and reach is octal, 0 when nothing came."""
    found = [row for row in _ROW.finditer(output) if is_ip(row["address"])]
    for row in found:
        yield NtpPeer(
            address=row["address"],
            selected="*" in row["flags"],
            reachable=row["reach"].strip("0") != "",
            stratum=count(row["stratum"]),
            offset_ms=number(row["offset"]),
            synchronised="*" in row["flags"],
        )
    if not found and none_said(output, *_NONE):
        yield EMPTY


_PEER = re.compile(
    r"^[ \t]*(?P<address>[0-9A-Fa-f][0-9A-Fa-f.:]+)(?: \([^)\n]+\))? +"
    r"(?P<flags>(?:configured|dynamic|authenticated)[^\n]*)",
    re.M,
)
_STRATUM = re.compile(r"stratum (\d+)")
_REACH = re.compile(r"\breach (\d+)")
_OFFSET = re.compile(r"\boffset (-?[\d.]+)")


@command(
    "show ntp associations detail",
    area="device",
    gives=(NtpPeer,),
    arguments=on_request,
    aliases=("show ntp association detail",),
)
def details(output: str) -> Read:
    """The servers, a block each."""
    found = [block for block in blocks(output, _PEER) if is_ip(block.head["address"])]
    yield from each(found, _peer)
    if not found and none_said(output, *_NONE):
        yield EMPTY


def _peer(block: Block) -> Read:
    reach, master = first(_REACH, block.text), "our_master" in block.head["flags"]
    yield NtpPeer(
        address=block.head["address"],
        selected=master,
        reachable=reach.strip("0") != "" if reach else None,
        stratum=count(first(_STRATUM, block.text)),
        offset_ms=number(first(_OFFSET, block.text)),
        synchronised=master,
    )


_STATUS = re.compile(
    r"Clock is (?P<state>\w+)(?:, stratum (?P<stratum>\d+))?(?:, reference is (?P<reference>[^\s,]+))?"
)
_CLOCK_OFFSET = re.compile(r"clock offset is (-?[\d.]+) msec")


@command("show ntp status", area="device", gives=(Clock, NtpPeer))
def status(output: str) -> Read:
    """Whether the clock follows a server, and which."""
    found = _STATUS.search(output)
    if found:
        synchronised = found["state"] == "synchronized"
        yield Clock(synchronised=synchronised)
        if synchronised and found["reference"] and is_ip(found["reference"]):
            yield NtpPeer(
                address=found["reference"],
                selected=True,
                synchronised=True,
                offset_ms=number(first(_CLOCK_OFFSET, output)),
            )
    elif none_said(output, *_NONE):
        yield Clock(synchronised=False)


_CLOCK = re.compile(
    r"^[ \t]*(?P<mark>[*.]?)(?P<clock>\d\d:\d\d:\d\d(?:\.\d+)?) (?P<zone>[A-Za-z]\S*) \w{3}"
    r" (?P<date>\w{3} +\d+ \d{4})",
    re.M,
)


@command("show clock", area="device", gives=(Clock,), aliases=("show clock detail",))
def clock(output: str) -> Read:
    """The device's time. `*` before it: it is not to be relied on; `.`: no server is followed now."""
    if found := _CLOCK.search(output):
        yield Clock(
            device_time=_time(f"{found['date']} {found['clock']}", found["zone"]),
            synchronised=not found["mark"],
        )


def _time(text: str, zone: str) -> datetime | None:
    month, day, year, clock = text.split()
    said = f"{month} {day} {year} {clock}"
    return in_utc(when(said, None), zone) if re.fullmatch(TIME, said) else None
