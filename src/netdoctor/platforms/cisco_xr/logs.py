"""The log buffer, and single messages as a collector receives them.

`RP/0/RP0/CPU0:Sep 25 23:26:18.198 UTC: ifmgr[189]: %PKT_INFRA-LINK-3-UPDOWN : Interface …`; a collector puts
`<187>94307: name ` before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from netdoctor.model.events import Note
from netdoctor.model.facts import ConfigChange, LogEvent
from netdoctor.model.facts.system import LogKind
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_xr.dialect import normalise_interface
from netdoctor.platforms.syslog import SEVERITIES, TIME, Meanings, joined, priority, when
from netdoctor.platforms.text import Read
from netdoctor.platforms.values import clean, is_ip

_NODE = r"(?:(?:RP|LC|CFC|SC|FC)/)?\d{1,3}/\w{1,8}(?:/\w{1,8})?"
_LINE = re.compile(
    rf"\s{{0,16}}(?:<(?P<priority>\d{{1,3}})>)?(?:\d{{1,12}}: {{0,4}})?(?:(?:{TIME}:? )?"
    rf"(?P<host>[\w.-]{{1,80}}):? (?:\d{{1,12}}: )?)?"
    rf"(?P<node>{_NODE}) ?:[*.]?(?P<time>{TIME})(?: (?P<zone>[A-Za-z]{{1,6}}))? ?: {{0,4}}"
    r"(?P<process>[\w.+/-]{1,64})\[\d{1,8}\] ?: {0,4}"
    r"(?:%?(?P<facility>[A-Z][\w.]{0,40}(?:-[\w.]{1,40}?)?)-(?P<severity>[0-7])-"
    r"(?P<mnemonic>[A-Z0-9][\w]{0,64}) ?: {0,4})?"
    r"(?P<text>.*)",
    re.ASCII | re.S,
)
_BEGINS = re.compile(rf"\s{{0,16}}(?:<\d{{1,3}}>|\d{{1,12}}: |(?:\S{{1,80}} )?{_NODE} ?:|{TIME})", re.ASCII)
_HEADER = re.compile(r"^\s*(?:Syslog logging|Log Buffer)\b|^% ?No log", re.MULTILINE)

_IF = r"(?P<interface>[A-Z][A-Za-z-]{1,24}\d[\w/.:]{0,30})"
_PEER = r"(?P<peer>[0-9A-Fa-f]{0,4}[.:][0-9A-Fa-f.:]{2,40})"
_PEER4 = r"(?P<peer>[0-9A-Fa-f]{1,4}[0-9A-Fa-f.:]{2,43})"
_MEANINGS = Meanings(
    (
        ("link_down", rf"LINK-UPDOWN Interface {_IF}, changed state to (?:\w+ )?Down"),
        ("link_up", rf"LINK-UPDOWN Interface {_IF}, changed state to Up"),
        ("link_down", rf"LINK-CHANGED Interface {_IF}, changed state to (?:\w+ )?Down"),
        ("link_down", rf"LINEPROTO-UPDOWN Line protocol on Interface {_IF}, changed state to Down"),
        ("link_up", rf"LINEPROTO-UPDOWN Line protocol on Interface {_IF}, changed state to Up"),
        ("bgp_up", rf"BGP-\w*ADJCHANGE\w* neighbor {_PEER4} Up\b"),
        ("bgp_down", rf"BGP-\w*ADJCHANGE\w* neighbor {_PEER4} (?:Down|down)\b"),
        ("bgp_prefix_limit", rf"BGP-\w*MAXPFX\w* .{{0,80}}?(?:from|neighbor) {_PEER4}"),
        ("bgp_auth_failure", rf"(?:TCP|BGP)\w*-\w*(?:AUTH|MD5)\w* .{{0,80}}?from \(?{_PEER4}"),
        ("ospf_change", rf"OSPF(?:v3)?-ADJCHG .{{0,80}}? on {_IF}"),
        ("ospf_change", r"OSPF(?:v3)?-ADJCHG "),
        ("isis_change", rf"ISIS-ADJCHANGE .{{0,120}}?\({_IF}\)"),
        ("isis_change", r"ISIS-ADJ\w* "),
        ("bfd_down", rf"BFD-\w*(?:DOWN|REMOVED)\w* .{{0,60}}?neighbor {_PEER4}(?: on interface {_IF})?"),
        ("bfd_up", rf"BFD-\w*UP\w* .{{0,60}}?neighbor {_PEER4}(?: on interface {_IF})?"),
        ("bfd_down", r"BFD-\w*DOWN"),
        ("lag_change", rf"L2-(?:BM|LACP)-\w+ {_IF}"),
        ("lag_change", r"L2-(?:BM|LACP)-"),
        ("mac_move", r"MAC_?MOVE|MAC_?FLAP|DUPLICATE_MAC|MAC_?DUPLICAT"),
        ("duplicate_address", r"-\w*DUP(?:LICATE)?_?(?:IP|ADDR)|-DAD_|ARP-\w*DUPLICATE"),
        ("config_change", r"CONFIG-DB_COMMIT|SYS-CONFIG_I\b"),
        (
            "process_crash",
            r"SYSMGR-\w+ .{0,200}?(?:exited|abnormal|crash|respawn)|DUMPER-\w*(?:CORE|CRASH)|\bcrashed\b",
        ),
        ("reload", r"-\w*(?:RELOAD|REBOOT|COLD_?START|SYSTEM_RESTART)\w* |Card is COLD started"),
        ("out_of_memory", r"WD-\w*MEMORY|out of memory|NO_?MEMORY|MALLOC"),
        ("table_full", r"OUT_OF_RESOURCE|\bOOR\b|OOR_|TABLE_FULL|-\w*RESOURCE_(?:FULL|EXHAUST)"),
        ("stp_change", r"(?:SPANTREE|L2-STP|MSTP|PVST)\w*-"),
        (
            "power_thermal",
            r"(?:ENVMON|ENVMGR|SHELFMGR|PLATFORM)\S*-\w*(?:TEMP|FAN|POWER|PSU|PEM|THERMAL|VOLT)|ENVMON-",
        ),
        ("power_thermal", r"FM-FAULT_\w+ .{0,40}?(?:Power|Fan|Temp|Volt|PM_|PSU)"),
        ("transceiver_change", r"FM-FAULT_\w+ .{0,80}?(?P<interface>Optics\d[\d/]{0,20})"),
        ("transceiver_change", rf"(?:OPTICS|XCVR|SFP|CPAK|PLUGGABLE|TRANSCEIVER)\S* .{{0,80}}?{_IF}"),
        ("transceiver_change", r"(?:OPTICS|XCVR|SFP|CPAK|PLUGGABLE|TRANSCEIVER)\w*-"),
        (
            "hardware_error",
            r"-\w*(?:PARITY|ECC|HW_?ERR|ASIC_?ERR|FAULT_(?:MAJOR|CRITICAL))\w* |uncorrectable|parity error",
        ),
    )
)
_BY = re.compile(r"\bby(?: user)? '?(?P<user>[^\s'.]{1,64})'?")
_VIA = re.compile(r"Configured from (?P<via>\S{1,64}(?: \([^()\s]{1,64}\))?) by")


@command(
    "show logging last 300",
    area="device",
    gives=(LogEvent, ConfigChange),
    aliases=("show logging", "show logging last {lines}", "show logging {filter*}", "syslog[ {about*}]"),
)
def logs(output: str, at: datetime | None = None) -> Read:
    """One event a line, and one configuration change for each line that tells of one."""
    nothing = True
    for number, line in joined(clean(output), _BEGINS):
        if found := _LINE.match(line):
            nothing = False
            yield from _events(found, at)
        elif _BEGINS.match(line) and not line.endswith("#"):
            yield Note(text=line[:200], line=number)
    if nothing and _HEADER.search(output):
        yield EMPTY


def _events(found: re.Match[str], at: datetime | None) -> Iterator[LogEvent | ConfigChange]:
    """Lines without a `%FACILITY` are a process's own notes."""
    kind: LogKind
    written, text = when(found["time"], at), found["text"].strip()
    facility, severity, mnemonic = found["facility"], found["severity"], found["mnemonic"]
    kind, about = _MEANINGS.of(f"{facility}-{mnemonic} {text}") if facility else ("other", {})
    yield LogEvent(
        at=written,
        severity=SEVERITIES[int(severity)] if severity else priority(found["priority"]),
        facility=facility or found["process"],
        mnemonic=mnemonic,
        kind=kind,
        interface=normalise_interface(about["interface"]) if "interface" in about else None,
        peer=_peer(about["peer"]) if "peer" in about else None,
        text=f"%{facility}-{severity}-{mnemonic} : {text}" if facility else text,
    )
    if kind == "config_change":
        by, via = _BY.search(text), _VIA.search(text)
        yield ConfigChange(
            at=written, user=by["user"] if by else None, via=via["via"] if via else None, summary=text
        )


def _peer(said: str) -> str | None:
    """An address, which at times has a port behind it."""
    address = re.sub(r"^(\d+\.\d+\.\d+\.\d+):\d+$", r"\1", said.rstrip(".:,"))
    return address if is_ip(address) else None


_COMMIT = re.compile(
    r"^ *\d+ +(?P<label>\S+) +(?P<user>\S+) +(?P<line>\S+) +(?P<client>[A-Z]\S*(?: \S+)?) +"
    r"(?P<when>\S[^\n]*\d)\s*$",
    re.M,
)
_CLOCK = re.compile(r"(\d\d:\d\d:\d\d)(?:\.\d+)?")
_DATE = re.compile(r"\b([A-Z][a-z]{2}) +(\d{1,2})\b(?![:\d])")
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b(?!:)")


@command(
    "show configuration commit list 20",
    area="device",
    gives=(ConfigChange,),
    aliases=("show configuration commit list", "show configuration commit list {number}"),
)
def commits(output: str, at: datetime | None = None) -> Read:
    nothing = True
    for found in _COMMIT.finditer(output):
        if written := _written(found["when"], at):
            nothing = False
            summary = f"commit {found['label']} ({found['client']})"
            yield ConfigChange(at=written, user=found["user"], via=found["line"], summary=summary)
    if nothing and re.search(r"^ *SNo\. +Label|commit database is empty", output, re.M):
        yield EMPTY


def _written(said: str, at: datetime | None) -> datetime | None:
    """`Wed Apr  8 11:35:01 2020` and `12:27:50 UTC Wed Mar 22 2020`, whatever their order."""
    clock, date, year = _CLOCK.search(said), _DATE.search(said), _YEAR.search(said)
    if not clock or not date:
        return None
    return when(f"{date[1]} {date[2]} {year[1] + ' ' if year else ''}{clock[1]}", at)
