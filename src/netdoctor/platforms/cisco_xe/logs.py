"""The log buffer, single messages as a collector has them, and the traces of a process.

`022701: *Jun 19 03:02:31.123 UTC: %LINEPROTO-5-UPDOWN: Line protocol on …`: the sequence number, the mark of
a clock that is not synchronised, fractions and the zone stand as configured, and a time may be an uptime
(`3d04h`), which tells no time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec

from netdoctor.model.facts import ConfigChange, LogEvent
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_xe.log_meanings import meaning
from netdoctor.platforms.cisco_xe.names import normalise_interface
from netdoctor.platforms.cisco_xe.reading import Read, on_request
from netdoctor.platforms.cisco_xe.zones import in_utc
from netdoctor.platforms.syslog import SEVERITIES, TIME, priority, when
from netdoctor.platforms.values import clean

_TIME = re.compile(rf"[*.]?(?P<time>{TIME})(?: (?P<zone>[A-Z][A-Za-z]{{1,4}}))?(?=:|\s|$)", re.ASCII)
_MESSAGE = re.compile(
    r"%(?P<facility>[A-Z][A-Za-z0-9_]*(?:-[A-Z][A-Z0-9_]*){0,3})-(?P<severity>[0-7])-(?P<mnemonic>[A-Z0-9_]+)"
    r": ?(?P<text>.*)",
    re.ASCII | re.DOTALL,
)
_BEGINS = re.compile(
    r"\s*(?:<\d{1,3}>|\d{1,10}: |[\w./-]{1,64}: (?=[*.%\d]|[A-Z][a-z]{2} )|[*.]?\d\S{1,20}: %|%[A-Z]"
    rf"|[*.]?{TIME})",
    re.ASCII,
)
_BUFFER = re.compile(r"^\s*Log Buffer\b[^\n]*\n", re.M)
_HEADER = re.compile(r"^\s*Syslog logging:", re.M)
_PRIORITY = re.compile(r"\s*<(\d{1,3})>")
_LONGEST = 2000


@command(
    "show logging",
    area="device",
    gives=(LogEvent, ConfigChange),
    timeout_s=30.0,
    aliases=("show logging last {count}", "show log", "show logging buffered", "syslog[ {about*}]"),
)
def logs(output: str, at: datetime | None = None) -> Read:
    """One event a message, and one change of configuration for each message that tells of one."""
    buffer, header = _BUFFER.search(output), _HEADER.search(output)
    skipped = buffer.end() if buffer else len(output) if header else 0
    first_line = output.count("\n", 0, skipped) + 1
    found = [_event(line, at) for _, line in _joined(clean(output[skipped:]), first_line)]
    yield from _told_once([event for event in found if event])
    for event in found:
        if event and event.kind == "config_change" and (change := _change(event)):
            yield change
    if not any(found) and header:
        yield EMPTY


def _joined(output: str, first_line: int) -> Iterator[tuple[int, str]]:
    """The messages with their numbers: a line that begins none goes on the one before it."""
    started, whole = first_line, list[str]()
    for number, line in enumerate(output.splitlines(), first_line):
        if not line.strip():
            continue
        if whole and not _BEGINS.match(line[:200]):
            whole.append(line.strip())
            continue
        if whole:
            yield started, " ".join(whole)
        started, whole = number, [line.strip()]
    if whole:
        yield started, " ".join(whole)


def _event(line: str, at: datetime | None) -> LogEvent | None:
    """The event of one message; one that bears no `%FACILITY-SEVERITY-MNEMONIC` is its text alone."""
    line = line[:_LONGEST]
    message = _MESSAGE.search(line)
    head = line[: message.start()] if message else line[:120]
    time, sent = _TIME.search(head), _PRIORITY.match(line)
    stamp = in_utc(when(time["time"], at), time["zone"]) if time else None
    if not message:
        said = (line[time.end() :] if time else line).lstrip(": ")
        return LogEvent(at=stamp, text=said) if re.search(r"\w{3}", said) else None
    text = message["text"].strip()
    kind, about = meaning(f"{message['facility']}-{message['mnemonic']}", text)
    interface = about.get("interface")
    return LogEvent(
        at=stamp,
        severity=SEVERITIES[int(message["severity"])] if message["severity"] else priority(sent and sent[1]),
        facility=message["facility"],
        mnemonic=message["mnemonic"],
        kind=kind,
        interface=normalise_interface(interface) if interface else None,
        peer=about.get("peer"),
        text=f"%{message['facility']}-{message['severity']}-{message['mnemonic']}: {text}",
    )


def _told_once(events: Iterable[LogEvent]) -> Iterator[LogEvent]:
    """A link's changes, which LINK and LINEPROTO both tell, count once: as the line protocol tells them."""
    told = {event.interface for event in events if event.facility == "LINEPROTO"}
    for event in events:
        again = event.facility in {"LINK", "PM"} and event.kind in {"link_down", "link_up"}
        yield msgspec.structs.replace(event, kind="other") if again and event.interface in told else event


_BY = re.compile(r"\bby (?P<user>\S+?)(?: on (?P<via>\S+(?: \([^()\s]+\))?))?(?:,|$| transaction| \()")
_FROM = re.compile(r"\bfrom (?P<via>\S+)")
_COMMAND = re.compile(r"User: ?(?P<user>\S+?) +logged command: ?(?P<command>.*)")
_LINE = re.compile(r"(?:console|vty\d+|tty\d+)$")


def _change(event: LogEvent) -> ConfigChange | None:
    """Who changed the configuration, and from where. Without AAA the line stands where the user would."""
    text = event.text.partition(": ")[2] or event.text
    if logged := _COMMAND.search(text):
        return ConfigChange(at=event.at, user=logged["user"], summary=logged["command"].strip())
    by, source = _BY.search(text), _FROM.search(text)
    user, via = (by["user"], by["via"]) if by else (None, None)
    if user and _LINE.match(user):
        user, via = None, via or user
    return ConfigChange(at=event.at, user=user, via=via or (source["via"] if source else None), summary=text)


_TRACE = re.compile(
    rf"^(?P<time>{TIME}) (?P<process>\{{[^}}\n]+\}}\{{\d+\}}): \[(?P<facility>[^\]\n]+)\] \[\d+\]:"
    r"(?: [^()\n]{0,80})? \((?P<level>\w+)\): ?(?P<text>[^\n]*)",
    re.M,
)
_LEVELS = {
    "err": 3,
    "error": 3,
    "warn": 4,
    "warning": 4,
    "note": 5,
    "notice": 5,
    "info": 6,
    "debug": 7,
    "ver": 7,
}


@command(
    "show logging process ios",
    area="device",
    gives=(LogEvent,),
    arguments=on_request,
    aliases=("show logging process {process*}", "show logging profile {profile*}"),
)
def traces(output: str, at: datetime | None = None) -> Read:
    """The traces of a process of IOS-XE, one event a line."""
    for found in _TRACE.finditer(clean(output)):
        level = _LEVELS.get(found["level"].lower())
        yield LogEvent(
            at=when(found["time"], at),
            severity=SEVERITIES[level] if level is not None else None,
            facility=found["facility"],
            text=found["text"].strip(),
        )
    if re.search(r"UTM .*Total\] \.* \d", output):
        yield EMPTY
