"""The log buffers, and single messages as a syslog collector gets them.

`2024-05-01T12:00:00.123456+00:00 leaf1 sr_bgp_mgr: bgp|1234|1250|00012|W: In network-instance default, the
BGP session with 192.0.2.1 was closed because …`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from netdoctor.model.events import Note
from netdoctor.model.facts import ConfigChange, LogEvent
from netdoctor.model.facts.system import LogSeverity
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.nokia_srl.reading import Read
from netdoctor.platforms.syslog import TIME, Meanings, joined, priority, when
from netdoctor.platforms.values import clean, is_ip

_BEGINS: Final = re.compile(rf"(?:<\d{{1,3}}>)?(?:\d )?{TIME} ")
_LINE: Final = re.compile(
    rf"(?:<(?P<pri>\d{{1,3}})>)?(?:\d )?(?P<time>{TIME}) (?:(?P<host>[^\s:|]+) )?(?:\w+\|\w+ )?"
    r"(?P<program>[^\s:|\[]+)(?:\[\d+\])?(?:: ?| (?:\d+|-) (?:\S+) (?:-|\[[^\]]*\]) ?)"
    r"(?:(?P<subsystem>\w+)\|(?:\d+\|){1,3}(?P<level>[A-Z]): ?"
    r")?(?P<text>.*)"
)
_LEVELS: Final[dict[str, LogSeverity]] = {
    "Z": "emergency", "A": "alert", "C": "critical", "E": "error", "W": "warning", "N": "notice", "I": "info",
    "D": "debug",
}  # fmt: skip
_PORT: Final = r"(?P<interface>(?:ethernet-\d+/\d+(?:/\d+)?|lag\d+|mgmt0|irb\d+|lo\d+)(?:\.\d+)?)"
_PEER: Final = r"(?P<peer>[0-9A-Fa-f]*[.:][0-9A-Fa-f.:]*[0-9A-Fa-f])"
_NAMED: Final = r"(?:VR .*?: Peer )?"
_FAR: Final = (
    r"[Ss]ession from \S+ to \[?(?P<peer>\d+(?:\.\d+){3}|[0-9A-Fa-f:]*?:[0-9A-Fa-f:]*?[0-9A-Fa-f])\]?"
    r"(?::(?:\d{5}|0))?(?= )"
)
_MEANINGS: Final = Meanings(
    (
        ("bgp_prefix_limit", r"bgp.*(?:prefix.?limit|maximum (?:number of )?(?:prefixes|routes))"),
        ("bgp_auth_failure", r"bgp.*(?:MD5|authentication).*(?:fail|mismatch)|MD5 .*(?:fail|mismatch)"),
        ("bgp_up", rf"BGP session with {_NAMED}{_PEER}.*(?:moved into the ESTABLISHED|established|is up)"),
        (
            "bgp_down",
            rf"BGP session with {_NAMED}{_PEER}.*(?:closed|moved from|moved (?:down|out)|terminated|"
            rf"NOTIFICATION|reset|down)",
        ),
        ("bgp_down", rf"bgp.*(?:peer|neighbor|session) {_PEER}.*(?:down|closed|backward|lost)"),
        ("bfd_down", rf"BFD.*{_FAR} (?:is|went|has gone) (?i:down)"),
        ("bfd_up", rf"BFD.*{_FAR} is (?i:up)"),
        ("bfd_down", rf"BFD.*?(?:{_PEER})?.*(?:\bto (?:state )?down|went down|is down|moved to down)"),
        ("bfd_up", rf"BFD.*?(?:{_PEER})?.*(?:\bto (?:state )?up|is up|moved to up)"),
        ("ospf_change", r"ospf.*(?:[Aa]djacency|[Nn]eighbor|nbr)"),
        ("isis_change", r"(?i:is-?is).*(?:[Aa]djacency|[Nn]eighbor)"),
        ("duplicate_address", r"[Dd]uplicate (?:address|IP|MAC)|DAD"),
        ("mac_move", r"(?i:mac).*(?:[Dd]uplicat|moved|mobility)"),
        ("transceiver_change", rf"(?:[Tt]ransceiver|SFP|QSFP|optic).*?(?:{_PORT})?"),
        ("link_down", rf"[Ii]nterface {_PORT}.*(?:\bdown\b|has transitioned to down)"),
        ("link_up", rf"[Ii]nterface {_PORT}.*(?:\bup\b|has transitioned to up)"),
        ("link_down", rf"{_PORT}.* (?:changed|transitioned|went|is|state) .*\bdown\b"),
        ("link_up", rf"{_PORT}.* (?:changed|transitioned|went|is|state) .*\bup\b"),
        ("lag_change", r"\blag\d+|LACP"),
        (
            "config_change",
            r"[Cc]ommit .*(?:succeeded|complete|success)|[Cc]onfiguration (?:changed|commit)|commit "
            r"operation|committed",
        ),
        (
            "process_crash",
            r"(?:app|[Aa]pplication|process).*(?:crash|terminated|restarted|exited|killed|failed)",
        ),
        ("out_of_memory", r"[Oo]ut of memory|oom-kill|memory.*(?:exhaust|exceed)"),
        ("table_full", r"(?:table|resource|TCAM|tcam).*(?:full|exhaust|exceed|utilization)"),
        ("power_thermal", r"[Tt]emperature|[Ff]an|[Pp]ower[ -]?[Ss]upply|PSU"),
        ("reload", r"[Rr]eboot|[Ss]ystem (?:boot|start)|warm.?boot"),
        ("hardware_error", r"parity|ECC|[Hh]ardware (?:error|fault|fail)|linecard .*(?:fail|down)"),
    )
)
_BY: Final = re.compile(r"\b(?:by|user:?) (?:user )?'?\"?(?P<user>[\w.@-]+)", re.I)


@command(
    "show system logging buffer messages",
    area="device",
    gives=(LogEvent, ConfigChange),
    aliases=("show system logging[ buffer| file][ {name}]", "syslog[ {about*}]", "file cat {name*}"),
)
def logs(output: str, name: str = "", about: str = "", at: datetime | None = None) -> Read:
    """One event a line, with who committed where a line tells of a commit."""
    nothing = True
    for number, line in joined(clean(output), _BEGINS):
        if found := _LINE.match(line):
            nothing = False
            yield from _event(found, at)
        elif _BEGINS.match(line):
            yield Note(text=line[:200], line=number)
    if nothing and re.search(r"\b(?:0 messages|no messages|empty)\b", output, re.I):
        yield EMPTY


def _event(found: re.Match[str], at: datetime | None) -> Iterator[LogEvent | ConfigChange]:
    time, text, program = when(found["time"], at), found["text"].strip(), found["program"]
    subsystem = found["subsystem"] or program
    kind, named = _MEANINGS.of(f"{subsystem} {text}")
    peer = named.get("peer")
    yield LogEvent(
        at=time,
        severity=_LEVELS.get(found["level"] or "") or priority(found["pri"]),
        facility=subsystem,
        mnemonic=None,
        kind=kind,
        interface=named.get("interface"),
        peer=peer if peer and is_ip(peer) else None,
        text=text or program,
    )
    if kind == "config_change":
        by = _BY.search(text)
        yield ConfigChange(at=time, user=by["user"] if by else None, summary=text)
