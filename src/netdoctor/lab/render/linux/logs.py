"""FRR's log file and the kernel's messages."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from netdoctor.lab.hardware import Device, Event
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.linux.frr_bgp import TROUBLE_WORDS, notification_name
from netdoctor.lab.render.linux.manner import needs_root
from netdoctor.lab.render.text import as_json, utc

ON_REQUEST = Device.reload_reason
"""The reason that is none to look into."""

Lines = Iterator[tuple[str, str]]


@answers("tail -n {count} /var/log/frr/frr.log")
@needs_root("tail: cannot open '/var/log/frr/frr.log' for reading: Permission denied")
def frr_log(view: View, count: str) -> str:
    told = []
    for event in sorted(view.device.events, key=lambda event: event.at):
        when = utc(event.at + view.device.clock_offset_s)
        tell = _FRR.get(event.kind)
        told += (
            [
                f"{when:%Y/%m/%d %H:%M:%S}.{when.microsecond // 1000:03d} {who}: {what}"
                for who, what in tell(event)
            ]
            if tell
            else []
        )
    return "".join(f"{line}\n" for line in told[-int(count) :])


def _bgp_up(event: Event) -> Lines:
    if end := event.neighbor:
        peer = f"{end.peer_address}({end.description}) in vrf default"
        yield "BGP", f"[N9HHH-F8H1M] %ADJCHANGE: neighbor {peer} Up"


def _bgp_down(event: Event) -> Lines:
    end, reset = event.neighbor, event.reset
    if end is None or reset is None:
        return
    why = TROUBLE_WORDS.get(reset.trouble, "Peer closed the session")
    if reset.code is not None:
        code, subcode = reset.code, reset.subcode or 0
        way = "sent to" if reset.sent else "received from"
        why = f"BGP Notification {'send' if reset.sent else 'received'}"
        yield (
            "BGP",
            f"[HZN6M-XRM1G] %NOTIFICATION: {way} neighbor {end.peer_address} "
            f"{code}/{subcode} ({notification_name(code, subcode)}) 0 bytes",
        )
    peer = f"{end.peer_address}({end.description}) in vrf default"
    yield "BGP", f"[PXVXG-TFNNT] %ADJCHANGE: neighbor {peer} Down {why}"


def _prefix_limit(event: Event) -> Lines:
    if end := event.neighbor:
        yield (
            "BGP",
            f"[QAZ2C-BZRW5] %MAXPFXEXCEED: No. of IPv4 Unicast prefix received from "
            f"{end.peer_address}({end.description}) {event.value:.0f} exceed, limit {end.prefix_limit}",
        )


def _bfd(event: Event) -> Lines:
    if end := event.neighbor:
        place = (
            f"mhop:no peer:{end.peer_address} local:{end.local_address} vrf:default ifname:{end.port.name}"
        )
        change = "down -> up" if event.kind == "bfd_up" else "up -> down reason:control-expired"
        yield "BFD", f"[SEY1D-NT8EQ] state-change: [{place}] {change}"


def _ospf(event: Event) -> Lines:
    port = event.port
    far = port.far if port else None
    if port and far and port.address:
        place = f"{port.name}:{port.address.partition('/')[0]}"
        up = event.kind == "ospf_up"
        change = "Loading -> Full (LoadingDone)" if up else "Full -> Deleted (KillNbr)"
        nbr = f"{far.device.router_id}(default)"
        yield "OSPF", f"[WJNAJ-WY5VK] AdjChg: Nbr {nbr} on {place}: {change}"


def _isis(event: Event) -> Lines:
    if port := event.port:
        level = port.device.igp[port.name].level.rpartition("-")[2]
        change = (
            "from Initializing to Up" if event.kind == "isis_up" else "from Up to Down, holding time expired"
        )
        place = f"{event.subject} ({port.name}) for level-{level}"
        yield "ISIS", f"[KD6VD-YFRPP] %ADJCHANGE: Adjacency to {place} changed {change}"


_FRR: dict[str, Callable[[Event], Lines]] = {
    "bgp_up": _bgp_up,
    "bgp_down": _bgp_down,
    "prefix_limit": _prefix_limit,
    "ospf_up": _ospf,
    "ospf_down": _ospf,
    "isis_up": _isis,
    "isis_down": _isis,
    "bfd_up": _bfd,
    "bfd_down": _bfd,
}


@answers("journalctl -o json -n {count} --no-pager {rest}")
@needs_root("No journal files were opened due to insufficient permissions.")
def journal(view: View, count: str, rest: str) -> str:
    """Kernel, sudo and the supervisors; FRR's daemons log into their own file."""
    told = [(view.device.booted_at, "kernel", line) for line in _boot(view.device)]
    for event in view.device.events:
        tell = _JOURNAL.get(event.kind)
        told += [(event.at, identifier, message) for identifier, message in (tell(event) if tell else ())]
    entries = []
    for at, identifier, message in sorted(told, key=lambda entry: entry[0]):
        stamp = str(int((at + view.device.clock_offset_s) * 1e6))
        fields = {"PRIORITY": "6", "SYSLOG_IDENTIFIER": identifier, "MESSAGE": message}
        entries.append(as_json({"__REALTIME_TIMESTAMP": stamp, **fields}, indent=None))
    return "".join(entries[-int(count) :]) or "-- No entries --\n"


def _boot(device: Device) -> Iterator[str]:
    """What the kernel says first, and of a file system that nobody had unmounted."""
    yield "Linux version 6.1.0-25-amd64 (debian-kernel@lists.debian.org) #1 SMP Debian 6.1.106-3"
    if device.reload_reason != ON_REQUEST:
        yield "EXT4-fs (sda2): recovery complete"
    yield "EXT4-fs (sda2): mounted filesystem with ordered data mode. Quota mode: none."


def _nic(event: Event) -> Lines:
    if port := event.port:
        speed = f", {port.speed_bps // 1_000_000} Mbps full duplex"
        state = f"Up{speed}" if event.kind == "link_up" else "Down"
        yield "kernel", f"bnxt_en 0000:06:00.{port.index % 8} {port.name}: NIC Link is {state}"


def _reload(event: Event) -> Lines:
    command = "/usr/lib/frr/frr-reload.py --reload /etc/frr/frr.conf"
    yield (
        "sudo",
        f"{event.subject:>8} : TTY=pts/0 ; PWD=/home/{event.subject} ; USER=root ; COMMAND={command}",
    )


def _hot(event: Event) -> Lines:
    yield (
        "kernel",
        f"thermal thermal_zone0: {event.subject} reads {event.value:.1f} C, above its passive trip point",
    )


_JOURNAL: dict[str, Callable[[Event], Lines]] = {
    "link_up": _nic,
    "link_down": _nic,
    "config_change": _reload,
    "temperature_hot": _hot,
    "temperature_critical": _hot,
}
