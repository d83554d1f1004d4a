"""The log buffer: EOS has no JSON for it.

`Mar 12 04:34:01 leaf1 Ebra: %LINEPROTO-5-UPDOWN: Line protocol on Interface Ethernet1, …`; the time
may also carry a year, or be RFC 3339 (`logging format timestamp high-resolution`). Wrapped lines go on
after blanks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import get_args

from netdoctor.model.events import Note
from netdoctor.model.facts import ConfigChange, LogEvent
from netdoctor.model.facts.system import LogKind, LogSeverity
from netdoctor.platforms.arista_eos.dialect import normalise_interface
from netdoctor.platforms.arista_eos.reading import Read
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.values import clean

_SEVERITIES: tuple[LogSeverity, ...] = get_args(LogSeverity)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_TIME = (
    r"\d{4}-\d\d-\d\dT[\d:.]{8,18}(?:Z|[+-]\d\d:?\d\d)?"
    rf"|(?:{'|'.join(_MONTHS)}) {{1,2}}\d{{1,2}} (?:\d{{4}} )?\d\d:\d\d:\d\d(?:\.\d{{1,9}})?"
)
_LINE = re.compile(
    rf"(?:<\d{{1,3}}>)?\s{{0,8}}(?P<time>{_TIME}) (?P<host>\S{{1,255}}) (?P<agent>[^\s:%]{{1,64}}):? "
    r"(?:[^%]{0,64}%(?P<facility>[A-Z][A-Z0-9_]{0,31})-(?P<severity>[0-7])-(?P<mnemonic>[A-Z0-9_]{1,64}): ?)?"
    r"(?P<text>.*)",
    re.ASCII,
)
"""Messages of the kernel and of daemons bear no `%FACILITY-SEVERITY-MNEMONIC`."""

_BEGINS = re.compile(rf"(?:<\d{{1,3}}>)?\s{{0,8}}(?:{_TIME})", re.ASCII)
_TOLD_BY = 400
"""What an event is stands in its first characters; a longer line is no reason to search longer."""

_HEADER = re.compile(r"^\s*(?:Syslog logging|Log Buffer)\b", re.MULTILINE)

_KINDS: tuple[tuple[str, LogKind], ...] = (
    (r"LINEPROTO-UPDOWN .*changed state to down", "link_down"),
    (r"LINEPROTO-UPDOWN .*changed state to up", "link_up"),
    (r"ETH-ERRDISABLE", "link_down"),
    (r"BGP-ADJCHANGE .*new state Established", "bgp_up"),
    (r"BGP-ADJCHANGE .*old state Established", "bgp_down"),
    (r"BGP-NOTIFICATION .*\b6/1\b|BGP-\w*(MAXROUTE|MAXPATH|MAXPREFIX|PREFIX_LIMIT)", "bgp_prefix_limit"),
    (r"\bMD5\b.*(mismatch|fail|not found|unexpected|invalid)", "bgp_auth_failure"),
    (r"OSPF3?-\w*(ADJACENCY|ADJCHG|NEIGHBOR|NBR)", "ospf_change"),
    (r"BFD-STATE_CHANGE .*\bto (Admin)?Down", "bfd_down"),
    (r"HOST_FLAPPING|MAC_MOVE|MAC_FLAP", "mac_move"),
    (r"-\w*DUPLICATE", "duplicate_address"),
    (r"(XCVR|TRANSCEIVER)-|-\w*(XCVR|TRANSCEIVER)", "transceiver_change"),
    (r"SYS-CONFIG_(I|SESSION_COMMIT\w*|REPLACE\w*) ", "config_change"),
    (r"-\w*(RELOAD|SYSTEM_RESTARTED|SYSTEM_INITIALIZED)", "reload"),
    (r"-\w*(CRASH|CORE_DUMP|HEARTBEAT_KILL)|-PROCESS_RESTART", "process_crash"),
    (r"OUT_OF_MEMORY|\w*OOM\w* |-\w*MEMORY_\w*EXHAUST|out of memory", "out_of_memory"),
    (r"-\w*(TABLE_FULL|RESOURCE_FULL|OVERFLOW|HW_FULL|EXHAUSTED)", "table_full"),
    (r"HARDWARE-|PARITY|ECC_ERROR|parity error|uncorrectable", "hardware_error"),
)
"""Tried in order on `FACILITY-MNEMONIC text`."""

_PATTERNS = [(re.compile(pattern, re.IGNORECASE), kind) for pattern, kind in _KINDS]

_INTERFACE = re.compile(
    r"\b(?:Ethernet|Port-Channel|Vlan|Management|Loopback|Et|Po|Vl|Ma)\d[\d/.]{0,15}\d?\b|(?<=intf:)[A-Z][\w/.-]{1,31}"
)
_PEER = re.compile(r"(?:neighbor |peer |ip:|MD5 [\w ]{1,40}\()([0-9a-f]{1,4}[0-9a-f.:]{2,43})", re.IGNORECASE)
_BY = re.compile(r"\bby (?P<user>\S{1,64})(?: on (?P<via>\S{1,64}(?: \([^()\s]{1,64}\))?))?")
_BY_USER = re.compile(r"\bUser (?P<user>\S{1,64}) .* on (?P<via>\S{1,64}(?: \([^()\s]{1,64}\))?)")


@command(
    "show logging 300",
    area="device",
    gives=(LogEvent, ConfigChange),
    aliases=("show logging", "show logging {lines}", "show logging threshold {severity} {lines}"),
)
def logs(output: str, at: datetime | None = None, lines: str = "", severity: str = "") -> Read:
    """One event a line, and one configuration change for each line that tells of one."""
    nothing = True
    for number, line in _joined(clean(output)):
        if found := _LINE.match(line):
            nothing = False
            yield from _events(found, at)
        elif _BEGINS.match(line):
            yield Note(text=line[:200], line=number)
    if nothing and _HEADER.search(output):
        yield EMPTY


def _joined(output: str) -> Iterator[tuple[int, str]]:
    """The lines with their numbers, wrapped ones put together."""
    first, whole = 1, list[str]()
    for number, line in enumerate(output.splitlines(), 1):
        if whole and line[:1] in {" ", "\t"} and not _BEGINS.match(line):
            whole.append(line.strip())
            continue
        if whole:
            yield first, " ".join(whole)
        first, whole = number, [line.rstrip()]
    yield first, " ".join(whole)


def _events(found: re.Match[str], at: datetime | None) -> Iterator[LogEvent | ConfigChange]:
    when, text = _time(found["time"], at), found["text"].strip()
    facility, severity, mnemonic = found["facility"], found["severity"], found["mnemonic"]
    interface, peer = _INTERFACE.search(text), _PEER.search(text)
    event = LogEvent(
        at=when,
        severity=_SEVERITIES[int(severity)] if severity else None,
        facility=facility or found["agent"],
        mnemonic=mnemonic,
        kind=_kind(f"{facility or ''}-{mnemonic or ''} {text}"),
        interface=normalise_interface(interface[0]) if interface else None,
        peer=peer[1].rstrip(".:") if peer else None,
        text=f"%{facility}-{severity}-{mnemonic}: {text}" if facility else text,
    )
    yield event
    if event.kind == "config_change":
        by = _BY.search(text) or _BY_USER.search(text)
        yield ConfigChange(
            at=when, user=by["user"] if by else None, via=by["via"] if by else None, summary=text
        )


def _kind(event: str) -> LogKind:
    head = event[:_TOLD_BY]
    return next((kind for pattern, kind in _PATTERNS if pattern.search(head)), "other")


def _time(text: str, at: datetime | None) -> datetime | None:
    """When a line was written, in UTC where it names no zone.

    A line without a year is of the last twelve months before `at`; without `at` its year is not known.
    """
    try:
        if text[0].isdigit():
            found = datetime.fromisoformat(text)
            return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
        month, day, *year, of_day = text.split()
        if not year and at is None:
            return None
        clock = time.fromisoformat(of_day[:8])
        years = [int(year[0])] if year else [at.year + 1, at.year, at.year - 1] if at else []
        return _newest(years, _MONTHS.index(month) + 1, int(day), clock, None if year else at)
    except (ValueError, OverflowError):
        return None


def _newest(years: list[int], month: int, day: int, clock: time, at: datetime | None) -> datetime | None:
    """The date in the newest of the years in which it exists and is not a day past `at`."""
    for year in years:
        try:
            found = datetime.combine(date(year, month, day), clock, UTC)
        except ValueError:
            continue
        if at is None or found <= at + timedelta(days=1):
            return found
    return None
