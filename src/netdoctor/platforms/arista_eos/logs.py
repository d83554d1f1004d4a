"""The log buffer: EOS has no JSON for it.

`Mar 12 04:34:01 leaf1 Ebra: %LINEPROTO-5-UPDOWN: Line protocol on Interface Ethernet1, …`; the time
may also carry a year, or be RFC 3339 (`logging format timestamp high-resolution`). Wrapped lines go on
after blanks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from netdoctor.model.events import Note
from netdoctor.model.facts import ConfigChange, LogEvent
from netdoctor.platforms.arista_eos.dialect import normalise_interface
from netdoctor.platforms.arista_eos.reading import Read
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.syslog import SEVERITIES, TIME, Meanings, joined, priority, when
from netdoctor.platforms.values import clean

_LINE = re.compile(
    rf"(?:<(?P<priority>\d{{1,3}})>)?\s{{0,8}}(?P<time>{TIME}) (?P<host>\S{{1,255}}) "
    r"(?P<agent>[^\s:%]{1,64}):? "
    r"(?:[^%]{0,64}%(?P<facility>[A-Z][A-Z0-9_]{0,31})-(?P<severity>[0-7])-(?P<mnemonic>[A-Z0-9_]{1,64}): ?)?"
    r"(?P<text>.*)",
    re.ASCII,
)
"""Messages of the kernel and of daemons bear no `%FACILITY-SEVERITY-MNEMONIC`."""

_BEGINS = re.compile(rf"(?:<\d{{1,3}}>)?\s{{0,8}}{TIME}", re.ASCII)
_HEADER = re.compile(r"^\s*(?:Syslog logging|Log Buffer)\b", re.MULTILINE)

_MEANINGS = Meanings(
    (
        ("link_down", r"(?i)LINEPROTO-UPDOWN .*changed state to down"),
        ("link_up", r"(?i)LINEPROTO-UPDOWN .*changed state to up"),
        ("link_down", r"(?i)ETH-ERRDISABLE"),
        ("bgp_up", r"(?i)BGP-ADJCHANGE .*new state Established"),
        ("bgp_down", r"(?i)BGP-ADJCHANGE .*old state Established"),
        (
            "bgp_prefix_limit",
            r"(?i)BGP-NOTIFICATION .*\b6/1\b|BGP-\w*(MAXROUTE|MAXPATH|MAXPREFIX|PREFIX_LIMIT)",
        ),
        ("bgp_auth_failure", r"(?i)\bMD5\b.*(mismatch|fail|not found|unexpected|invalid)"),
        ("ospf_change", r"(?i)OSPF3?-\w*(ADJACENCY|ADJCHG|NEIGHBOR|NBR)"),
        ("isis_change", r"(?i)ISIS-\w*(ADJCHG|ADJCHANGE|ADJACENCY|NEIGHBOR)"),
        ("bfd_down", r"(?i)BFD-STATE_CHANGE .*\bto (Admin)?Down"),
        ("bfd_up", r"(?i)BFD-STATE_CHANGE .*\bto Up"),
        ("mac_move", r"(?i)HOST_FLAPPING|MAC_MOVE|MAC_FLAP"),
        ("duplicate_address", r"(?i)-\w*DUPLICATE"),
        ("transceiver_change", r"(?i)(XCVR|TRANSCEIVER)-|-\w*(XCVR|TRANSCEIVER)"),
        ("stp_change", r"(?i)(SPANTREE|STP)-"),
        ("lag_change", r"(?i)(LAG|LACP|MLAG)-"),
        ("config_change", r"(?i)SYS-CONFIG_(I|SESSION_COMMIT\w*|REPLACE\w*) "),
        ("reload", r"(?i)-\w*(RELOAD|SYSTEM_RESTARTED|SYSTEM_INITIALIZED)"),
        ("process_crash", r"(?i)-\w*(CRASH|CORE_DUMP|HEARTBEAT_KILL)|-PROCESS_RESTART"),
        ("out_of_memory", r"(?i)OUT_OF_MEMORY|\w*OOM\w* |-\w*MEMORY_\w*EXHAUST|out of memory"),
        ("table_full", r"(?i)-\w*(TABLE_FULL|RESOURCE_FULL|OVERFLOW|HW_FULL|EXHAUSTED)"),
        ("hardware_error", r"(?i)HARDWARE-|PARITY|ECC_ERROR|parity error|uncorrectable"),
        (
            "power_thermal",
            r"(?i)-\w*(FAN|POWER|PSU|TEMPERATURE|THERMAL|OVERHEAT|COOLING)|^(ENVIRONMENT|THERMOMGR|POWERMGR)-",
        ),
    )
)
"""Tried on `FACILITY-MNEMONIC text`."""

_INTERFACE = re.compile(
    r"\b(?:Ethernet|Port-Channel|Vlan|Management|Loopback|et|Et|Po|po|Vl|Ma)\d[\d/.]{0,15}\d?\b|(?<=intf:)[A-Z][\w/.-]{1,31}"
)
_PEER = re.compile(r"(?:neighbor |peer |ip:|MD5 [\w ]{1,40}\()([0-9a-f]{1,4}[0-9a-f.:]{2,43})", re.IGNORECASE)
_BY = re.compile(r"\bby (?P<user>\S{1,64})(?: on (?P<via>\S{1,64}(?: \([^()\s]{1,64}\))?))?")
_BY_USER = re.compile(r"\bUser (?P<user>\S{1,64}) .* on (?P<via>\S{1,64}(?: \([^()\s]{1,64}\))?)")


@command(
    "show logging 300",
    area="device",
    gives=(LogEvent, ConfigChange),
    aliases=("show logging", "show logging {filter*}", "syslog[ {about*}]"),
)
def logs(output: str, at: datetime | None = None) -> Read:
    """One event a line, and one configuration change for each line that tells of one."""
    nothing = True
    for number, line in joined(clean(output), _BEGINS):
        if found := _LINE.match(line):
            nothing = False
            yield from _events(found, at)
        elif _BEGINS.match(line):
            yield Note(text=line[:200], line=number)
    if nothing and _HEADER.search(output):
        yield EMPTY


def _events(found: re.Match[str], at: datetime | None) -> Iterator[LogEvent | ConfigChange]:
    written, text = when(found["time"], at), found["text"].strip()
    facility, severity, mnemonic = found["facility"], found["severity"], found["mnemonic"]
    interface, peer = _INTERFACE.search(text), _PEER.search(text)
    kind, _ = _MEANINGS.of(f"{facility or ''}-{mnemonic or ''} {text}")
    event = LogEvent(
        at=written,
        severity=SEVERITIES[int(severity)] if severity else priority(found["priority"]),
        facility=facility or found["agent"],
        mnemonic=mnemonic,
        kind=kind,
        interface=normalise_interface(interface[0]) if interface else None,
        peer=peer[1].rstrip(".:") if peer else None,
        text=f"%{facility}-{severity}-{mnemonic}: {text}" if facility else text,
    )
    yield event
    if event.kind == "config_change":
        by = _BY.search(text) or _BY_USER.search(text)
        yield ConfigChange(
            at=written, user=by["user"] if by else None, via=by["via"] if by else None, summary=text
        )
