"""The log, and the record of who configured what.

`2019 May 22 16:20:45 leaf1 %ETHPORT-5-IF_DOWN_LINK_FAILURE: Interface Ethernet1/1 is down (Link failure)`;
a time may carry milliseconds (`logging timestamp milliseconds`),
a facility a slot (`%$ VDC-1 %$ %USER-3-…`).
"""

from __future__ import annotations

import re
from datetime import datetime

from netdoctor.model.events import Note
from netdoctor.model.facts import ConfigChange, LogEvent
from netdoctor.platforms.base import EMPTY, NotUnderstood, command
from netdoctor.platforms.cisco_nxos.names import normalise_interface
from netdoctor.platforms.cisco_nxos.reading import Read
from netdoctor.platforms.syslog import SEVERITIES, TIME, Meanings, joined, priority, when
from netdoctor.platforms.values import clean, is_ip

_BEGINS = re.compile(rf"(?:<\d{{1,3}}>)?(?:: )?\s{{0,4}}(?:{TIME}|%[A-Z])", re.ASCII)
_LINE = re.compile(
    rf"(?:<(?P<priority>\d{{1,3}})>)?(?:: )?\s{{0,4}}(?:(?P<time>{TIME})(?: (?P<zone>[A-Z]{{3,4}}))?:? +)?"
    r"(?:(?P<host>[^\s%:]\S{0,254}?):? +)?(?:last message repeated.*)?"
    r"(?:%\$ (?P<vdc>VDC-\d+) %\$ +)?"
    r"%(?P<facility>[A-Z][\w/ ]{0,40}?)-(?:(?P<slot>SLOT\d+)-)?(?P<severity>[0-7])-"
    r"(?P<mnemonic>[\w-]{1,64}): *(?P<text>.*)",
    re.ASCII,
)

_INTERFACE = re.compile(
    r"\b(?:Ethernet|port-channel|Vlan|loopback|mgmt|nve|Eth|Po|Tunnel)\d(?:[\d/.:]{0,15}\d)?\b", re.ASCII
)
_PEER = re.compile(
    r"(?:neighbor|peer|from|to|session \S{1,40}|dst|between) \[?"
    r"(?P<peer>[0-9a-fA-F]{1,4}[.:][0-9a-fA-F.:]{2,44})",
    re.I,
)
_MEANINGS = Meanings(
    (
        ("config_change", r"VSHD_SYSLOG_CONFIG_I|CONFIG_I\b|CONFIGURED FROM"),
        ("transceiver_change", r"-(?:IF_)?(?:XCVR|SFP|TRANSCEIVER)_?\w*:|SFP_(?:INSERT|REMOVE)"),
        ("stp_change", r"^(?:STP|SPANTREE)-"),
        ("lag_change", r"^(?:ETH_PORT_CHANNEL|LACP|VPC|PORT-CHANNEL|PORT_CHANNEL)-"),
        ("link_down", r"-IF_(?:DOWN|ERRDIS|BRINGUP_NOT)\w*:|^ETHPORT-.*? is down"),
        ("link_up", r"-IF_UP:|^ETHPORT-.*? is up\b"),
        ("bgp_auth_failure", r"(?:TCP|BGP|NETSTACK)-\d-\w*(?:MD5|AUTH)|MD5 (?:digest|auth\w*|hash)"),
        ("bgp_prefix_limit", r"^BGP-\d-\w*(?:MAXPFX|MAXPREFIX|PFX)|prefix limit|max(?:imum)? prefix"),
        ("bgp_up", r"^BGP-\d-ADJCHANGE: .{0,120}\bUp\b"),
        ("bgp_down", r"^BGP-\d-ADJCHANGE: .{0,120}\bDown\b"),
        ("ospf_change", r"^OSPF(?:V3)?-\d-\w*(?:ADJ|NBR|NEIGHBOR)"),
        ("isis_change", r"^ISIS-\d-\w*ADJ"),
        ("bfd_down", r"^BFD-\d-SESSION_STATE_DOWN"),
        ("bfd_up", r"^BFD-\d-SESSION_STATE_UP"),
        ("mac_move", r"MAC_MOVE|MAC_FLAP"),
        ("duplicate_address", r"^(?:ARP|ICMPV6|HMM|L2RIB|ADJMGR)-\d-\w*DUP"),
        ("power_thermal", r"^PLATFORM-\d-(?:PS_|PFM_|FAN|TEMP|POWER|MOD_?TEMP)|-(?:FAN|TEMP|POWER|PS)_\w+:"),
        ("reload", r"-\w*(?:RELOAD|SYSTEM_RESET|REBOOT)\w*:"),
        ("out_of_memory", r"MEMORY_ALERT|-\w*OOM\w*:|out of memory"),
        (
            "process_crash",
            r"^SYSMGR-\d-(?:SERVICE_(?:CRASHED|TERMINATED)|HEARTBEAT|CORE)|-\w*CRASH|core dump",
        ),
        ("table_full", r"TABLE_FULL|RESOURCE_FULL|TCAM\w*FULL|EXHAUST|LIMIT_REACHED|no free space in TCAM"),
        (
            "hardware_error",
            r"PARITY|\bECC\b|HARDWARE|HW_ERR|DIAG\w*FAIL|^MODULE-\d-MOD_(?:FAIL|DIAG)|uncorrectable",
        ),
    )
)
"""Tried on `FACILITY-SEVERITY-MNEMONIC: text`."""
_BY = re.compile(r"\bby (?P<user>\S{1,64})(?: on (?P<via>\S{1,64}))?")


@command(
    "show logging last 300",
    area="device",
    gives=(LogEvent, ConfigChange),
    aliases=(
        "show logging[ last {lines}]",
        "show logging logfile[ {rest*}]",
        "show logging nvram[ {rest*}]",
        "syslog[ {about*}]",
    ),
)
def logs(output: str, at: datetime | None = None, lines: str = "", rest: str = "", about: str = "") -> Read:
    """One event a line, and one configuration change for each line that tells of one."""
    nothing = True
    for number, line in joined(clean(output), _BEGINS):
        if found := _LINE.match(line):
            nothing = False
            yield from _events(found, at)
        elif re.match(rf"(?:<\d{{1,3}}>)?{TIME}", line):
            nothing = False
            yield from _plain(line, number, at)
    if nothing and re.search(r"^\s*(?:Logging |Server severity|Facility +Default)", output, re.M):
        yield EMPTY


def _events(found: re.Match[str], at: datetime | None) -> Read:
    text = found["text"].strip()
    facility, severity, mnemonic = found["facility"], found["severity"], found["mnemonic"]
    kind, _ = _MEANINGS.of(f"{facility}-{severity}-{mnemonic}: {text}")
    interface, heard = _INTERFACE.search(text, 0, 400), _PEER.search(text, 0, 400)
    peer = heard["peer"].rstrip(".:") if heard else ""
    happened = when(found["time"], at) if found["time"] else None
    yield LogEvent(
        at=happened,
        severity=SEVERITIES[int(severity)] if severity else priority(found["priority"]),
        facility=facility,
        mnemonic=mnemonic,
        kind=kind,
        interface=normalise_interface(interface[0]) if interface else None,
        peer=peer if is_ip(peer) else None,
        text=f"%{facility}-{severity}-{mnemonic}: {text}",
    )
    if kind == "config_change":
        by = _BY.search(text)
        yield ConfigChange(
            at=happened, user=by["user"] if by else None, via=by["via"] if by else None, summary=text
        )


_PLAIN = re.compile(rf"(?:<(?P<priority>\d{{1,3}})>)?(?P<time>{TIME}):? *(?P<text>.*)", re.ASCII)


def _plain(line: str, number: int, at: datetime | None) -> Read:
    """A line without `%FACILITY-SEVERITY-MNEMONIC`, as daemons of the underlying system write them."""
    found = _PLAIN.match(line)
    if not found or not found["text"].strip():
        yield Note(text=line[:200], line=number)
        return
    kind, _ = _MEANINGS.of(found["text"])
    yield LogEvent(
        at=when(found["time"], at),
        severity=priority(found["priority"]),
        kind=kind,
        text=found["text"].strip(),
    )


_ACCOUNT = re.compile(
    r"^ *(?:\w{3} )?(?P<time>\w{3} +\d{1,2} \d\d:\d\d:\d\d(?:\.\d+)?(?: \w{3,4})? \d{4}):"
    r"type=(?P<type>\w+):id=(?P<id>[^:]*(?::[0-9a-fA-F:]+)?(?:@[^:]*)?):user=(?P<user>[^:]*):cmd=(?P<what>.*)$"
)
_NO_CHANGE = re.compile(
    r"^(?:(?:enabled|disabled|updated) |show |terminal |exit|end\b|\(|where\b|ping|dir\b|updated v3user)",
    re.I,
)


@command(
    "show accounting log 40000",
    area="device",
    gives=(ConfigChange,),
    aliases=("show accounting log[ {size}]", "show accounting log {rest*}"),
)
def accounting(output: str, size: str = "", rest: str = "") -> Read:
    """Who configured what, and when."""
    nothing = True
    for line in output.splitlines():
        found = _ACCOUNT.match(line)
        if not found:
            continue
        nothing = False
        summary = re.sub(r"^configure (?:terminal|t) ; ", "", found["what"].strip())
        if found["type"] != "update" or not summary or _NO_CHANGE.match(summary) or "(FAILURE)" in summary:
            continue
        yield ConfigChange(
            at=when(found["time"], None),
            user=found["user"] or None,
            via=found["id"] or None,
            summary=clean(summary),
        )
    if not nothing:
        yield EMPTY
    elif output.strip() and ":type=" not in output:
        raise NotUnderstood("no line of an accounting log")
