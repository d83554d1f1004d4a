"""Log lines of SONiC's containers, in rsyslog's file layout or as a collector gets them (RFC 5424)."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from netdoctor.model.events import Note
from netdoctor.model.facts import ConfigChange, LogEvent
from netdoctor.model.facts.system import LogSeverity
from netdoctor.platforms.base import command
from netdoctor.platforms.linux.log_meanings import meaning
from netdoctor.platforms.linux.reading import Read, lines
from netdoctor.platforms.syslog import TIME, Meanings, priority, when
from netdoctor.platforms.values import clean

_LINE: Final = re.compile(
    rf"(?:<(?P<priority>\d{{1,3}})>)?(?P<at>{TIME}) (?P<host>\S+) "
    r"(?:(?P<severity>EMERG|ALERT|CRIT|ERR|WARNING|NOTICE|INFO|DEBUG) +)?"
    r"(?P<facility>[\w./#@-]+(?: ?\[[^\]]*\])?): ?(?P<text>.*)"
)
_COLLECTED: Final = re.compile(
    rf"<(?P<priority>\d{{1,3}})>1 (?P<at>{TIME}) (?P<host>\S+) (?P<facility>\S+) "
    r"\S+ \S+ (?:-|\[.*?\]) +(?P<text>.*)"
)
_SEVERITIES: Final[dict[str | None, LogSeverity]] = {
    "EMERG": "emergency",
    "ALERT": "alert",
    "CRIT": "critical",
    "ERR": "error",
    "WARNING": "warning",
    "NOTICE": "notice",
    "INFO": "info",
    "DEBUG": "debug",
}
_PORT: Final = r"(?P<interface>(?:Ethernet|PortChannel|Vlan|Loopback)[\w.-]*|eth0)"
_MEANINGS: Final = Meanings(
    (
        ("link_down", rf"Set operation status DOWN to host interface {_PORT}"),
        ("link_up", rf"Set operation status UP to host interface {_PORT}"),
        ("link_down", rf"updatePortOperStatus: Port {_PORT} oper state set from up to down"),
        ("link_up", rf"updatePortOperStatus: Port {_PORT} oper state set from down to up"),
        ("config_change", rf"Configure {_PORT} admin status"),
        ("lag_change", rf"{_PORT}: (?:Disabling port|carrier changed to)"),
        ("lag_change", r"addLagMember|removeLagMember|(?:LACP|lacp).*(?:expired|defaulted|timed out)"),
        ("transceiver_change", rf"{_PORT}\b.*(?:SFP|transceiver|[Xx]cvr).*(?:inserted|removed|plug)"),
        ("transceiver_change", rf"(?:SFP|transceiver|[Xx]cvr).*(?:inserted|removed|plug).*?{_PORT}"),
        ("transceiver_change", r"SFP (?:inserted|removed) event"),
        ("power_thermal", r"P(?:SU|su) .*(?:absen|not present|fail|power loss|voltage|threshold)"),
        ("power_thermal", r"[Ff]an .*(?:removed|missing|fault|fail|(?:under|over) speed|warning)"),
        ("power_thermal", r"High temperature|[Tt]emperature .*(?:high|critical|threshold)"),
        ("table_full", r"SAI_STATUS_(?:TABLE_FULL|INSUFFICIENT_RESOURCES)|THRESHOLD_EXCEEDED for"),
        ("hardware_error", r"SAI_STATUS_FAILURE|SAI switch.*shutdown|[Pp]arity error|\bSER\b.*error"),
        ("mac_move", r"FDB (?:move|MOVE)|fdb.*moved from"),
        ("out_of_memory", r"Out of memory|oom-kill|invoked oom-killer"),
        ("process_crash", r"exited: \w+ \((?:terminated by SIG|exit status)|entered FATAL state"),
        ("process_crash", r"dumped core|core file|Process '\w[\w:-]*' is (?:not running|stuck)"),
        ("bfd_down", r"BFD session state.*(?:->|to) ?(?:DOWN|down)"),
        ("bfd_up", r"BFD session state.*(?:->|to) ?(?:UP|up)\b"),
        ("bfd_up", r"state-change: \[.*peer:(?P<peer>[\d.a-fA-F:]+).*\] \S+ -> up"),
        ("isis_change", rf"%ADJCHANGE: Adjacency to \S+ \({_PORT}\)"),
        ("reload", r"(?:fast-|warm-)?reboot.*(?:issued|starting)|Rebooting with|Linux version \d"),
    )
)
_MNEMONIC: Final = re.compile(r"%(\w+)|:- (\w+):")
_SUDO: Final = re.compile(r"\s*(?P<user>\S+) : .*COMMAND=(?P<summary>.+)")
_CHANGING: Final = re.compile(
    r"\b(?:config (?!-h|--help)|configure|sonic-cfggen -[ajmw]|config_db|(?:fast-|warm-)?reboot\b)"
    r"|frr-reload|vtysh -c conf|\bip (?:link|route|addr\w*) (?:set|add|del)"
)


@command(
    "tail -n 500 /var/log/syslog",
    area="device",
    gives=(LogEvent, ConfigChange),
    privileged=True,
    aliases=(
        "show logging[ {options*}]",
        "tail -n {count} /var/log/syslog",
        "cat /var/log/syslog",
        "syslog[ {about*}]",
    ),
)
def log(output: str, at: datetime | None = None) -> Read:
    """A line an event. What sudo ran that changes something is a change of configuration."""
    for number, line in lines(output):
        said = clean(line.strip())
        found = _COLLECTED.match(said) or _LINE.match(said)
        if found is None:
            yield Note(text=said[:120], line=number)
        else:
            yield _event(found, at)


def _event(found: re.Match[str], at: datetime | None) -> LogEvent | ConfigChange:
    said = found["text"].strip()
    facility, moment = found["facility"].partition("[")[0].strip(), when(found["at"], at)
    if facility == "sudo" and (run := _SUDO.match(said)) and _CHANGING.search(run["summary"]):
        return ConfigChange(at=moment, user=run["user"], via="sudo", summary=run["summary"])
    kind, place = meaning(said)
    if kind == "other" and not place:
        kind, place = _MEANINGS.of(said)
    severity = priority(found["priority"]) or _SEVERITIES.get(found.groupdict().get("severity"))
    word = _MNEMONIC.match(said)
    return LogEvent(
        at=moment,
        severity=severity,
        facility=facility,
        mnemonic=(word[1] or word[2]) if word else None,
        kind=kind,
        interface=place.get("interface"),
        peer=place.get("peer"),
        text=said,
    )
