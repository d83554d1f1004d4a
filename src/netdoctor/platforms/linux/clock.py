"""The clock and who keeps it: date, systemd's timedatectl, chrony."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from netdoctor.model.facts import Clock, NtpPeer
from netdoctor.platforms.base import NotUnderstood, command
from netdoctor.platforms.linux.reading import Read, lines
from netdoctor.platforms.values import clean, count, flag, number

_NEVER_HEARD = "4294967295"


@command("date -u +%Y-%m-%dT%H:%M:%S.%NZ", area="device", gives=(Clock,))
def date(output: str) -> Read:
    """The device's time to the nanosecond; a `date` that knows no `%N` leaves it as it is."""
    if not output.strip():
        return
    found = re.fullmatch(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}|%?N))?Z", output.strip(), re.A)
    if found is None:
        raise NotUnderstood(f"not a time: {clean(output.strip()[:40])!r}")
    at = datetime.fromisoformat(found[1]).replace(tzinfo=UTC)
    fraction = found[2] or ""
    yield Clock(
        device_time=at.replace(microsecond=int(fraction[:6].ljust(6, "0")) if fraction.isdigit() else 0)
    )


@command("timedatectl show", area="device", gives=(Clock,), aliases=("timedatectl", "timedatectl status"))
def timedatectl(output: str) -> Read:
    """Whether the kernel says that its clock is synchronised (adjtimex(2))."""
    if not output.strip():
        return
    found = re.search(r"^\s*(?:NTPSynchronized=|(?:System clock|NTP) synchronized: )(yes|no)", output, re.M)
    if found is None:
        raise NotUnderstood("no word of synchronisation")
    yield Clock(synchronised=flag(found[1]))


@command(
    "chronyc -c -n -m sources tracking",
    area="device",
    gives=(NtpPeer, Clock),
    aliases=("chronyc -c -n sources", "chronyc -c sources", "chronyc -c tracking", "chronyc -c -n tracking"),
)
def chrony(output: str) -> Read:
    """chronyc's CSV: a line a source (mode, state, address, stratum, poll, reach, age, offset, …), then one
    of the clock itself, which ends in its leap status."""
    for _, line in lines(output):
        cells = clean(line.strip()).split(",")
        if len(cells) == 10 and cells[0] in {"^", "=", "#"}:
            yield _source(cells)
        elif len(cells) == 14:
            yield Clock(synchronised=cells[13] != "Not synchronised")
        else:
            raise NotUnderstood(f"not chronyc's CSV: {line.strip()[:60]!r}")


def _source(cells: list[str]) -> NtpPeer:
    offset_s = number(cells[7])
    heard = cells[6] != _NEVER_HEARD
    return NtpPeer(
        address=cells[2],
        selected=cells[1] == "*",
        reachable=cells[5] != "0",
        stratum=count(cells[3]) or None,
        offset_ms=round(offset_s * 1000.0, 6) if heard and offset_s is not None else None,
        synchronised=cells[1] in {"*", "+"},
    )


@command(
    "ntpq -pn",
    area="device",
    gives=(NtpPeer,),
    arguments=lambda facts: (),
    aliases=("ntpq -p", "ntpq -p -n"),
)
def ntpq(output: str) -> Read:
    """ntpd's table of peers, as pasted: tally and address, reference, stratum, type, …, offset, jitter.

    A `.POOL.` is a name that servers are looked up by: nothing of it can be reached or not. A long address
    may have its columns on the next line, or a word in brackets behind it.
    """
    alone = ""
    for _, line in lines(output):
        words = line[1:].split()
        if len(words) == 1 and line[:1] != "=":
            alone = line
            continue
        if len(words) == 9 and alone:
            line, words = alone, [alone[1:].strip(), *words]
        alone = ""
        cells = words[-9:]
        if len(words) not in {10, 11} or not cells[1].isdigit():
            continue
        yield NtpPeer(
            address=clean(words[0]),
            selected=line[0] in "*o",
            reachable=None if cells[0] == ".POOL." else cells[5] != "0",
            stratum=count(cells[1]),
            offset_ms=number(cells[7]),
            synchronised=line[0] in "*+o",
        )
