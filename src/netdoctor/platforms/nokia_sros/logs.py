"""The event log, and single messages as a syslog collector gets them.

`115 2026/04/10 16:21:45.072 UTC WARNING: SNMP #2005 vprn300 client03` and in the lines below, in quotes, what
happened. Sent to a collector the same is
`<188>Apr 10 16:21:45 192.0.2.1 TMNX: 115 Base SNMP-WARNING-linkDown-2004 [1/1/1]:  Interface 1/1/1 is …`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from netdoctor.model.events import Note
from netdoctor.model.facts import ConfigChange, Fact, LogEvent
from netdoctor.model.facts.system import LogSeverity
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.nokia_sros.reading import Read, moment
from netdoctor.platforms.syslog import TIME, Meanings, when
from netdoctor.platforms.values import clean, is_ip

_ENTRY: Final = re.compile(
    r"^(?P<number>\d+) (?P<time>\d{4}/\d\d/\d\d \d\d:\d\d:\d\d(?:\.\d+)?)(?: (?P<zone>[A-Z]{2,5}))? "
    r"(?P<severity>[A-Za-z]+): (?P<facility>[A-Z][\w/-]*) #(?P<id>\d+)(?: (?P<router>\S+))?(?: (?"
    r"P<subject>[^\n]*))?$",
    re.M,
)
_SYSLOG: Final = re.compile(
    rf"^(?:<\d{{1,3}}>)?(?:\d )?\s*(?P<time>{TIME}) (?P<host>\S+) (?:TMNX|tmnx|\S+?): (?P<number>\d+) (?"
    rf"P<router>\S+) "
    r"(?P<facility>[A-Z][A-Z0-9_]*)-(?P<severity>[A-Z]+)-(?P<name>\w+?)-(?P<id>\d+)(?: \[(?"
    r"P<subject>[^\]\n]*)\])?:? +"
    r"(?P<text>.*)$",
    re.M,
)
_SEVERITIES: Final[dict[str, LogSeverity]] = {
    "CRITICAL": "critical", "MAJOR": "error", "MINOR": "warning", "WARNING": "notice", "CLEARED": "info",
    "INDETERMINATE": "info", "INFO": "info", "NONE": "info",
}  # fmt: skip
_PORT: Final = r"(?P<interface>(?:lag-\d+|(?:esat-)?[\dA-D]{1,3}(?:/[cmx]?\d{1,3}){1,4}))"
_MEANINGS: Final = Meanings(
    (
        ("link_down", rf"Interface {_PORT} is not operational"),
        ("link_up", rf"Interface {_PORT} is operational"),
        ("bgp_prefix_limit", r"BGP.*(?:maximum.?prefix|prefix.?limit|MaxPrefix|exceeded)"),
        ("bgp_auth_failure", r"(?:BGP|SECURITY|TCP|SYSTEM).*(?:MD5|authentication).*(?:fail|mismatch|error)"),
        (
            "bgp_up",
            r"BGP.*(?:Peer|peer) \S*?(?P<peer>[0-9A-Fa-f]*[.:][0-9A-Fa-f.:]*[0-9A-Fa-f])\b.*(?:moved "
            r"into established|established state)",
        ),
        (
            "bgp_down",
            r"BGP.*(?:Peer|peer) \S*?(?P<peer>[0-9A-Fa-f]*[.:][0-9A-Fa-f.:]*[0-9A-Fa-f])\b.*(?:moved "
            r"from higher|backward|closing|closed|NOTIFICATION|reset|hold)",
        ),
        ("bgp_down", r"tmnxBgpBackward|bgpBackwardTransition|BGP #2002|BGP #2019|BGP #2025"),
        ("bgp_up", r"bgpEstablished|BGP #2001\b"),
        ("bfd_down", r"BFD.*(?:moved to .*\bDown|is down|state.*\bdown|went down|SessionDown)"),
        ("bfd_up", r"BFD.*(?:moved to .*\bUp\b|is up|SessionUp)"),
        ("ospf_change", r"OSPF.*(?:Nbr|[Nn]eighbou?r|adjacency|StateChange|state)"),
        ("isis_change", r"ISIS.*(?:[Aa]djacency|Adj)"),
        ("duplicate_address", r"[Dd]uplicate (?:IP|MAC|address)|duplicate ip"),
        ("mac_move", r"(?:MAC.*(?:move|duplicat)|FDB.*duplicat|macMove)"),
        ("lag_change", r"LAG #|tmnxLag|[Ll]ag (?:lag-)?\d+.*(?:port|threshold|LACP|member)|LACP"),
        ("stp_change", r"\bSTP\b|[Tt]opology [Cc]hange|spanning"),
        ("transceiver_change", rf"(?:PORT|CHASSIS).*{_PORT}?.*(?:SFP|SFF|XFP|QSFP|DDM|[Tt]ransceiver|optic)"),
        ("link_down", rf"(?:SNMP|PORT|SYSTEM|CHASSIS).*[Ii]nterface {_PORT} is not operational"),
        ("link_up", rf"(?:SNMP|PORT|SYSTEM|CHASSIS).*[Ii]nterface {_PORT} is operational"),
        ("link_down", r"SNMP #2004|linkDown|[Ii]nterface (?P<interface>\S+) is not operational"),
        ("link_up", r"SNMP #2005|linkUp|[Ii]nterface (?P<interface>\S+) is operational"),
        (
            "link_down",
            rf"PORT.*{_PORT}.*(?:[Ll]ocal [Ff]ault|[Rr]emote [Ff]ault|LOS|[Ll]oss of|is down|oper.* down)",
        ),
        (
            "config_change",
            r"mdConfigChange|SYSTEM #2121\b|Commit to \w+ by"
            r"|[Cc]onfiguration (?:modified|saved|changed|committed)|SYSTEM #20(?:06|07|08|10)"
            r"|commit (?:operation|succeeded)|[Cc]hanges? (?:applied|committed)",
        ),
        ("out_of_memory", r"[Oo]ut of memory|memory (?:pool|usage).*(?:limit|exceed|threshold)|MEM.*[Ll]ow"),
        ("table_full", r"(?:table|FIB|fib|resource).*(?:full|exhaust|exceed|high.water|overload)"),
        (
            "reload",
            r"[Rr]eboot|SYSTEM #2001|coldStart|warmStart|cold start|System (?:start|restart)|switchover",
        ),
        (
            "power_thermal",
            r"[Tt]emperature|overheat|over-temp|[Ff]an|[Pp]ower [Ss]upply|PEM|power (?:module|shelf)",
        ),
        ("process_crash", r"[Cc]rash|core dump|[Tt]ask .*(?:fail|restart)|exception"),
        (
            "hardware_error",
            r"CHASSIS.*(?:fail|error|fault)|parity|ECC|memory error|[Hh]ardware (?:fail|error|fault)",
        ),
    )
)
_USER: Final = re.compile(r"(?:by user |user |by )\"?(?P<user>[\w.@-]+)\"?(?:.*? from (?P<via>\S+))?", re.I)


@command(
    "show log log-id 99",
    area="device",
    gives=(LogEvent, ConfigChange),
    aliases=("show log log-id[ {number}][ {how*}]", "syslog[ {about*}]", 'show log log-id "{number}"'),
)
def logs(output: str, number: str = "", how: str = "", about: str = "", at: datetime | None = None) -> Read:
    """One event an entry, newest first as the device prints them."""
    nothing = True
    for fact in _events(output, at):
        nothing = False
        yield fact
    if nothing and re.search(r"Memory Log contents|^Event Log ", output, re.M):
        yield EMPTY


def _events(output: str, at: datetime | None) -> Iterator[Fact | Note]:
    heads = list(_ENTRY.finditer(output))
    for head, following in zip(heads, [*heads[1:], None], strict=False):
        below = output[head.end() : following.start() if following else len(output)]
        yield from _event(head, moment(head["time"]), _quoted(below), "")
    if not heads:
        for found in _SYSLOG.finditer(output):
            yield from _event(found, when(found["time"], at), clean(found["text"]).strip(), found["name"])


def _quoted(below: str) -> str:
    """The lines up to a blank one, joined, without their quotes."""
    told = below.lstrip("\n").partition("\n\n")[0]
    lines = (
        line.strip() for line in told.splitlines() if not re.match(r"={5}|[*!]?[A-Z]:\S+[#$]|\[\S*\]$", line)
    )
    return clean(" ".join(line for line in lines if line)).strip().strip('"')


def _event(
    head: re.Match[str], at: datetime | None, text: str, name: str
) -> Iterator[LogEvent | ConfigChange]:
    subject = clean(head["subject"] or "").strip()
    told = f"{head['facility']} #{head['id']} {name} {subject} {text}"
    kind, named = _MEANINGS.of(told)
    interface, peer = named.get("interface"), named.get("peer")
    if kind in {"link_down", "link_up"} and not interface and subject and " " not in subject:
        interface = subject
    event = LogEvent(
        at=at,
        severity=_SEVERITIES.get(head["severity"].upper()),
        facility=head["facility"],
        mnemonic=name or head["id"],
        kind=kind,
        interface=interface.rstrip(".,") if interface else None,
        peer=peer if peer and is_ip(peer) else None,
        text=text or subject or told.strip(),
    )
    yield event
    if kind == "config_change":
        by = _USER.search(text)
        yield ConfigChange(
            at=at, user=by["user"] if by else None, via=by["via"] if by else None, summary=event.text
        )
