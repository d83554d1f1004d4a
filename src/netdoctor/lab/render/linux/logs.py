"""FRR's log file and the kernel's messages."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from netdoctor.lab.hardware import Event
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.linux.frr_bgp import notification_name
from netdoctor.lab.render.linux.manner import needs_root
from netdoctor.lab.render.text import utc

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
    why = "Interface down" if reset.trouble == "link" else "Peer closed the session"
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


def _config(event: Event) -> Lines:
    yield "MGMTD", f"[VTVCM-Y2NW3] Configuration Read in Took: 00:00:00 (by {event.subject})"


_FRR: dict[str, Callable[[Event], Lines]] = {
    "bgp_up": _bgp_up,
    "bgp_down": _bgp_down,
    "prefix_limit": _prefix_limit,
    "config_change": _config,
}
