"""The clock and who keeps it: ntpd, or chrony in newer releases."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from netdoctor.model.facts import Clock, NtpPeer
from netdoctor.platforms.base import EMPTY, NotUnderstood, command
from netdoctor.platforms.linux import clock, clock_text
from netdoctor.platforms.sonic.reading import Read, on_request
from netdoctor.platforms.values import clean


@command(
    "show ntp",
    area="device",
    gives=(NtpPeer, Clock),
    aliases=("show ntp {options*}", "ntpq -p[ -n]", "ntpq -pn", "ntpstat"),
)
def servers(output: str) -> Read:
    """ntpstat's word of the clock and ntpq's table, or what chronyc says."""
    if re.search(r"^ *MS Name/IP|^ *Leap status", output, re.MULTILINE):
        yield from clock_text.chrony(output)
        return
    told = re.search(r"^ *(un)?synchroni[sz]ed\b", output, re.MULTILINE | re.IGNORECASE)
    if told:
        yield Clock(synchronised=told[1] is None)
    rows = output[output.find("====") :] if "====" in output else output
    yield from clock.ntpq("\n".join(line for line in rows.splitlines() if not line.startswith("===")))
    if "====" in output:
        yield EMPTY


@command("show runningconfiguration ntp", area="device", gives=(NtpPeer,), arguments=on_request)
def configured(output: str) -> Read:
    """The servers that are configured, one a line."""
    said = output.partition("NTP Servers")[2]
    for line in clean(said).splitlines():
        words = line.split()
        if words and words[0].strip("-"):
            yield NtpPeer(address=words[0])
    if "NTP Servers" in output:
        yield EMPTY


@command("date -u +%Y-%m-%dT%H:%M:%S.%NZ", area="device", gives=(Clock,))
def date(output: str) -> Read:
    """The device's time to the nanosecond."""
    yield from clock.date(output)


_CLOCK = re.compile(
    r"[A-Z][a-z]{2} (?:(\d{1,2}) ([A-Z][a-z]{2})|([A-Z][a-z]{2}) +(\d{1,2})) "
    r"(?:(\d{4}) )?(\d\d:\d\d:\d\d)(?: ([AP]M))? (?:UTC|GMT)(?: (\d{4}))?"
)


@command("show clock", area="device", gives=(Clock,), arguments=on_request)
def wall_clock(output: str) -> Read:
    """date(1)'s own line; a time in another zone than UTC is not understood."""
    said = " ".join(clean(output).split())
    found = _CLOCK.fullmatch(said)
    if found is None:
        if said:
            raise NotUnderstood(f"not a time in UTC: {said[:60]!r}")
        return
    day, month = found[1] or found[4], found[2] or found[3]
    half = f" {found[7]}" if found[7] else ""
    words = f"{day} {month} {found[5] or found[8]} {found[6]}{half}"
    pattern = "%d %b %Y %I:%M:%S %p" if half else "%d %b %Y %H:%M:%S"
    yield Clock(device_time=datetime.strptime(words, pattern).replace(tzinfo=UTC))
