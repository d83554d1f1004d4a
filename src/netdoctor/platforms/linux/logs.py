"""Log lines of FRR and the kernel, from files or from systemd's journal, and what they are about.

FRR stamps its lines with the device's own time without a zone; UTC is assumed, as network devices are
commonly set.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final, get_args

from netdoctor.model.events import Note
from netdoctor.model.facts import ConfigChange, DeviceInfo, LogEvent
from netdoctor.model.facts.system import LogSeverity
from netdoctor.platforms.base import EMPTY, NotUnderstood, command
from netdoctor.platforms.linux.log_meanings import meaning
from netdoctor.platforms.linux.reading import Read, frr_time, lines, storable
from netdoctor.platforms.syslog import priority
from netdoctor.platforms.values import clean, count, text

_FRR_LINE = re.compile(
    r"(?P<at>\d{4}/\d\d/\d\d \d\d:\d\d:\d\d(?:\.\d+)?) "
    r"(?:(?P<severity>[a-z]{6,13}): )?"
    r"(?P<facility>[A-Z][\w-]*): "
    r"(?:\[(?P<id>[A-Z0-9]{5}-[A-Z0-9]{5})\])?(?:\[EC (?P<code>\d+)\])? ?(?P<text>.*)"
)
_SYSLOG_LINE = re.compile(
    r"(?:<(?P<priority>\d{1,3})>)?(?P<at>\d{4}-\d\d-\d\dT\S+|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d) "
    r"(?P<host>\S+) (?P<facility>[\w./()-]+)(?:\[\d+\])?: (?P<text>.*)"
)
_FRR_SEVERITY: Final[dict[str, LogSeverity]] = {
    "emergencies": "emergency",
    "alerts": "alert",
    "critical": "critical",
    "errors": "error",
    "warnings": "warning",
    "notifications": "notice",
    "informational": "info",
    "debugging": "debug",
}
_SEVERITIES: Final[tuple[LogSeverity, ...]] = get_args(LogSeverity)
"""In syslog's order (RFC 5424 §6.2.1)."""

_TAGS = " ".join(
    f"-t {name}" for name in ("kernel", "zebra", "bgpd", "ospfd", "bfdd", "staticd", "watchfrr", "sudo")
)

# `log commands` makes every daemon log what is typed; sudo logs what is run. Both say what was changed.
_TYPED = re.compile(r"vty\[\d+\]@\S*\(config[^)]*\)# (?P<summary>.+)")
_SUDO = re.compile(r"\s*(?P<user>\S+) : .*COMMAND=(?P<summary>.+)")
_CHANGING = re.compile(
    r"\bconf(?:igure)?\b|frr-reload|(?:re)?start frr|reload frr|\bip (?:link|route|addr\w*) (?:set|add|del)"
)


@command(
    "tail -n 300 /var/log/frr/frr.log",
    area="device",
    gives=(LogEvent, ConfigChange),
    privileged=True,
    aliases=(
        "cat /var/log/frr/frr.log",
        "tail -n 100 /var/log/frr/frr.log",
        "cat /var/log/syslog",
        "syslog[ {about*}]",
    ),
)
def log_file(output: str, at: datetime | None = None) -> Read:
    """FRR's own log file, or syslog's."""
    typed: set[ConfigChange] = set()
    for number, line in lines(output):
        for item in _line(number, clean(line.strip()), at):
            # What is typed once is logged by every daemon.
            if item not in typed:
                yield item
            if isinstance(item, ConfigChange):
                typed.add(item)


def _line(number: int, line: str, at: datetime | None) -> Read:
    if found := _FRR_LINE.match(line):
        yield from _frr_events(found)
    elif found := _SYSLOG_LINE.match(line):
        severity = priority(found["priority"])
        yield from _events(_syslog_time(found["at"], at), severity, found["facility"], found["text"])
    else:
        yield Note(text=line[:120], line=number)


def _frr_events(found: re.Match[str]) -> Read:
    severity = _FRR_SEVERITY.get(found["severity"] or "")
    if severity is None and found["code"]:
        severity = "warning"
    yield from _events(frr_time(found["at"]), severity, found["facility"], found["text"], found["id"])


def _syslog_time(word: str, now: datetime | None) -> datetime | None:
    """RFC 3339's time; without a year (RFC 3164) the latest one that is not in the future."""
    try:
        if word[0].isdigit():
            return datetime.fromisoformat(word).astimezone(UTC)
        if now is None:
            return None
        found = datetime.strptime(f"{now.year} {word}", "%Y %b %d %H:%M:%S").replace(tzinfo=UTC)
        return found if found <= now else found.replace(year=now.year - 1)
    except (ValueError, OverflowError):
        return None


@command(
    f"journalctl -o json -n 300 --no-pager {_TAGS}",
    area="device",
    gives=(LogEvent, ConfigChange, DeviceInfo),
    privileged=True,
    aliases=("journalctl -o json -n 300 --no-pager", "journalctl -o json -n 300 --no-pager -k"),
)
def journal(output: str) -> Read:
    """One JSON object a line (systemd.journal-fields(7)); a message that is not text is a list of bytes."""
    read, unclean = False, None
    for number, line in lines(output):
        if line.startswith("-- "):
            yield EMPTY
            continue
        try:
            entry = json.loads(storable(line))
        except (ValueError, RecursionError):
            entry = None
        if not isinstance(entry, dict):
            yield Note(text=clean(line.strip()[:120]), line=number)
            continue
        read, unclean = True, _last_start(entry, unclean)
        yield from _entry(entry)
    if unclean:
        yield DeviceInfo(last_reload_reason=f"unexpected, without a clean shutdown: {unclean}")
    if not read and output.strip() and not output.startswith("-- "):
        raise NotUnderstood("not systemd's journal in JSON")


_STARTED = re.compile(r"Linux version \d")
_RECOVERED = re.compile(
    r"EXT[34]-fs \(\S+\): (?:\d+ )?(?:orphan|recovery complete)|XFS \(\S+\): (?:Starting|Ending) recovery"
)


def _last_start(entry: dict[str, Any], known: str | None) -> str | None:
    """The line by which the last start mended a file system that nobody had unmounted."""
    said = _message(entry.get("MESSAGE")) or ""
    if text(entry.get("SYSLOG_IDENTIFIER")) != "kernel":
        return known
    if _STARTED.match(said):
        return None
    return clean(said[:120]) if _RECOVERED.match(said) else known


def _entry(entry: dict[str, Any]) -> Iterator[LogEvent | ConfigChange]:
    said = _message(entry.get("MESSAGE"))
    if said is None:
        return
    level = count(entry.get("PRIORITY"))
    severity = _SEVERITIES[level] if level is not None and level < len(_SEVERITIES) else None
    yield from _events(
        _epoch(entry.get("__REALTIME_TIMESTAMP")), severity, text(entry.get("SYSLOG_IDENTIFIER")), said
    )


def _message(value: Any) -> str | None:
    if isinstance(value, list) and all(isinstance(byte, int) and 0 <= byte < 256 for byte in value):
        return text(bytes(value).decode(errors="replace"))
    return text(value)


def _epoch(value: Any) -> datetime | None:
    """A time in microseconds since 1970."""
    microseconds = count(value)
    try:
        return datetime.fromtimestamp(microseconds / 1e6, UTC) if microseconds is not None else None
    except (ValueError, OverflowError, OSError):
        return None


def _events(
    at: datetime | None,
    severity: LogSeverity | None,
    facility: str | None,
    said: str,
    mnemonic: str | None = None,
) -> Iterator[LogEvent | ConfigChange]:
    """A change of configuration where the line records one, else the event that it tells of."""
    if typed := _TYPED.match(said):
        yield ConfigChange(at=at, via="vtysh", summary=typed["summary"])
        return
    if facility == "sudo" and (run := _SUDO.match(said)) and _CHANGING.search(run["summary"]):
        yield ConfigChange(at=at, user=run["user"], via="sudo", summary=run["summary"])
        return
    kind, place = meaning(said)
    word = re.match(r"\s*%(\w+)", said)
    yield LogEvent(
        at=at,
        severity=severity,
        facility=facility,
        mnemonic=word[1] if word else mnemonic,
        kind=kind,
        interface=place.get("interface"),
        peer=place.get("peer"),
        text=said,
    )
