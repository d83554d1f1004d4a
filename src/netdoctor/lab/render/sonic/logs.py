"""The system's log: a line of a program in its container, with its severity in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from netdoctor.lab.hardware import Event
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.linux.frr_bgp import TROUBLE_WORDS, notification_name
from netdoctor.lab.render.linux.manner import needs_root
from netdoctor.lab.render.text import utc

Lines = Iterator[tuple[str, str, str]]
"""Severity, program, text."""


@answers("tail -n {count} /var/log/syslog")
@needs_root("tail: cannot open '/var/log/syslog' for reading: Permission denied")
def syslog(view: View, count: str) -> str:
    told = []
    for event in sorted(view.device.events, key=lambda event: event.at):
        tell = _WORDS.get(event.kind)
        when = utc(event.at + view.device.clock_offset_s)
        stamp = f"{when:%Y %b} {when.day:2d} {when:%H:%M:%S.%f}"
        lines = tell(event) if tell else ()
        told += [f"{stamp} {view.device.name} {level} {who}: {what}" for level, who, what in lines]
    return "".join(f"{line}\n" for line in told[-int(count) :])


def _link(event: Event) -> Lines:
    if port := event.port:
        before, after = ("down", "up") if event.kind == "link_up" else ("up", "down")
        what = f"Port {port.name} oper state set from {before} to {after}"
        yield "NOTICE", "swss#orchagent", f":- updatePortOperStatus: {what}"
        status = f"Set operation status {after.upper()} to host interface {port.name}"
        yield "NOTICE", "swss#orchagent", f":- setHostIntfsOperStatus: {status}"


def _guard(event: Event) -> Lines:
    if port := event.port:
        yield "WARNING", "stp#stpd", f":- stp: BPDU received on {port.name}, BPDU guard shuts it down"


def _bgp_up(event: Event) -> Lines:
    if end := event.neighbor:
        peer = f"{end.peer_address}({end.description}) in vrf default"
        yield "INFO", "bgp#bgpd[41]", f"[N9HHH-F8H1M] %ADJCHANGE: neighbor {peer} Up"


def _bgp_down(event: Event) -> Lines:
    end, reset = event.neighbor, event.reset
    if end is None or reset is None:
        return
    why = TROUBLE_WORDS.get(reset.trouble, "Peer closed the session")
    if reset.code is not None:
        code, subcode = reset.code, reset.subcode or 0
        way, why = ("sent to", "send") if reset.sent else ("received from", "received")
        why = f"BGP Notification {why}"
        name = notification_name(code, subcode)
        what = f"{way} neighbor {end.peer_address} {code}/{subcode} ({name}) 0 bytes"
        yield "INFO", "bgp#bgpd[41]", f"[HZN6M-XRM1G] %NOTIFICATION: {what}"
    peer = f"{end.peer_address}({end.description}) in vrf default"
    yield "INFO", "bgp#bgpd[41]", f"[PXVXG-TFNNT] %ADJCHANGE: neighbor {peer} Down {why}"


def _prefix_limit(event: Event) -> Lines:
    if end := event.neighbor:
        who = f"{end.peer_address}({end.description})"
        what = f"received from {who} {event.value:.0f} exceed, limit {end.prefix_limit}"
        yield "INFO", "bgp#bgpd[41]", f"[QAZ2C-BZRW5] %MAXPFXEXCEED: No. of IPv4 Unicast prefix {what}"


def _bfd(event: Event) -> Lines:
    if end := event.neighbor:
        place = (
            f"mhop:no peer:{end.peer_address} local:{end.local_address} vrf:default ifname:{end.port.name}"
        )
        change = "down -> up" if event.kind == "bfd_up" else "up -> down reason:control-expired"
        yield "NOTICE", "bgp#bfdd[43]", f"[SEY1D-NT8EQ] state-change: [{place}] {change}"


def _ospf(event: Event) -> Lines:
    if port := event.port:
        change = "Loading -> Full (LoadingDone)" if event.kind == "ospf_up" else "Full -> Down (KillNbr)"
        what = f"Nbr {event.subject}(default) on {port.name}: {change}"
        yield "NOTICE", "bgp#ospfd[44]", f"[R4NWV-SHAY2] AdjChg: {what}"


def _isis(event: Event) -> Lines:
    if port := event.port:
        change = "Initializing to Up" if event.kind == "isis_up" else "Up to Down"
        what = f"Adjacency to {event.subject} ({port.name}) for level-2 changed from {change}"
        yield "NOTICE", "bgp#isisd[45]", f"[QW2AV-1X7Y3] %ADJCHANGE: {what}"


def _config(event: Event) -> Lines:
    run = "PWD=/home/admin ; USER=root ; COMMAND=/usr/local/bin/config reload -y"
    yield "NOTICE", "sudo", f"{event.subject:>8} : TTY=pts/0 ; {run}"


def _hot(event: Event) -> Lines:
    what = f"High temperature warning: {event.subject} current temperature {event.value:.1f}C"
    yield "WARNING", "pmon#thermalctld", f"{what}, high threshold passed"


def _fan(event: Event) -> Lines:
    yield "WARNING", "pmon#thermalctld", f"Fan fault warning: {event.subject} is broken"


def _supply(event: Event) -> Lines:
    yield "WARNING", "pmon#psud", f"PSU power loss warning: {event.subject} gives no output"


_WORDS: dict[str, Callable[[Event], Lines]] = {
    "link_up": _link,
    "link_down": _link,
    "err_disabled": _guard,
    "bgp_up": _bgp_up,
    "bgp_down": _bgp_down,
    "prefix_limit": _prefix_limit,
    "bfd_up": _bfd,
    "bfd_down": _bfd,
    "ospf_up": _ospf,
    "ospf_down": _ospf,
    "isis_up": _isis,
    "isis_down": _isis,
    "config_change": _config,
    "temperature_hot": _hot,
    "temperature_critical": _hot,
    "fan_failed": _fan,
    "power_failed": _supply,
}
