"""The log, and the record of who configured what, in NX-OS's words."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from netdoctor.lab.hardware import Device, Event
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.cisco_nxos.bgp import CLOSED, REASONS
from netdoctor.lab.render.cisco_nxos.words import TAG, short
from netdoctor.lab.render.text import utc

Words = Callable[[Event, Device], Iterator[str]]
FROM = "192.0.2.200@pts/0"


@answers("show logging last {lines}", "show logging logfile")
def logging(view: View, lines: str = "1000") -> str:
    events = sorted(view.device.events, key=lambda event: event.at)
    told = [line for event in events for line in _lines(event, view)]
    kept = told[-int(lines) :] if lines.isdigit() else told
    return "".join(f"{line}\n" for line in kept)


def _lines(event: Event, view: View) -> Iterator[str]:
    tell = _WORDS.get(event.kind)
    when = utc(event.at + view.device.clock_offset_s)
    for message in tell(event, view.device) if tell else ():
        yield f"{when:%Y %b %e %H:%M:%S} {view.device.name} %{message}"


@answers("show accounting log {size}")
def accounting(view: View, size: str) -> str:
    """Sessions, and every command that changed something; what it was the lab does not keep."""
    events = (event for event in view.device.events if event.kind == "config_change")
    return "".join(line for event in events for line in _account(event, view)) or _idle(view)


def _account(event: Event, view: View) -> Iterator[str]:
    when = utc(event.at + view.device.clock_offset_s)
    head = f"{when:%a %b %e %H:%M:%S %Y}:type=update:id={FROM}:user={event.subject}:cmd="
    yield f"{head}configure terminal (SUCCESS)\n"


def _idle(view: View) -> str:
    when = utc(view.device.booted_at + view.device.clock_offset_s)
    return f"{when:%a %b %e %H:%M:%S %Y}:type=start:id=console0:user=admin:cmd=\n"


def _pid(device: Device, name: str) -> int:
    return next((process.pid for process in device.processes if process.name == name), 9999)


def _link(event: Event, device: Device) -> Iterator[str]:
    port = event.port
    if port is None:
        return
    if event.kind == "link_up":
        yield f"ETHPORT-5-IF_UP: Interface {port.name} is up in Layer3"
    elif not port.admin_up:
        yield f"ETHPORT-5-IF_DOWN_ADMIN_DOWN: Interface {port.name} is down (Administratively down)"
    else:
        yield f"ETHPORT-5-IF_DOWN_LINK_FAILURE: Interface {port.name} is down (Link failure)"


def _err_disabled(event: Event, device: Device) -> Iterator[str]:
    if port := event.port:
        yield (
            f"ETHPORT-5-IF_DOWN_ERROR_DISABLED: Interface {port.name} is down "
            f"(Error disabled. Reason:{event.subject})"
        )


def _bgp(event: Event, device: Device) -> Iterator[str]:
    if (end := event.neighbor) is None:
        return
    head = f"BGP-5-ADJCHANGE:  bgp-{device.asn} [{_pid(device, 'bgp')}] (default) neighbor {end.peer_address}"
    if event.kind == "bgp_up":
        yield f"{head} Up "
        return
    reset = event.reset
    code = (reset.code or 0, reset.subcode or 0) if reset else (0, 0)
    way = "received " if reset and reset.sent is False else "sent " if reset and reset.sent else ""
    yield f"{head} Down - {way}{REASONS.get(code, CLOSED)}"


def _prefix_limit(event: Event, device: Device) -> Iterator[str]:
    if end := event.neighbor:
        yield (
            f"BGP-2-MAXPFX:  bgp-{device.asn} [{_pid(device, 'bgp')}] (default) neighbor {end.peer_address} "
            f"exceeded maximum prefix limit {end.prefix_limit} (IPv4 Unicast: {event.value:.0f})"
        )


def _bfd(event: Event, device: Device) -> Iterator[str]:
    if (end := event.neighbor) is None:
        return
    session = f"BFD session {0x41000001 + end.port.index} to neighbor {end.peer_address}"
    place = f"{session} on interface {short(end.port.name)}"
    if event.kind == "bfd_up":
        yield f"BFD-5-SESSION_STATE_UP: {place} has come up."
    else:
        why = "Reason: 0x1(Control Detection Time Expired)."
        yield f"BFD-5-SESSION_STATE_DOWN: {place} has gone down. {why}"


def _ospf(event: Event, device: Device) -> Iterator[str]:
    if port := event.port:
        state = "FULL" if event.kind == "ospf_up" else "DOWN"
        head = f"OSPF-5-ADJCHANGE:  ospf-{TAG} [{_pid(device, 'urib')}]"
        yield f"{head} Neighbor {event.subject} on interface {port.name} is {state}"


def _isis(event: Event, device: Device) -> Iterator[str]:
    if port := event.port:
        state = "UP" if event.kind == "isis_up" else "DOWN"
        head = f"ISIS-5-ADJCHANGE:  isis-{TAG} [{_pid(device, 'urib')}]"
        yield f"{head} Neighbor {event.subject} on interface {port.name} level-2 is {state} (P2P)"


def _config(event: Event, device: Device) -> Iterator[str]:
    yield f"VSHD-5-VSHD_SYSLOG_CONFIG_I: Configured from vty by {event.subject} on {FROM}"


def _hot(event: Event, device: Device) -> Iterator[str]:
    word, limit = ("MAJ", "Major") if event.kind == "temperature_critical" else ("MIN", "Minor")
    yield (
        f"PLATFORM-2-MOD_TEMP{word}ALRM: Module-1 reported {limit} temperature alarm. "
        f"Sensor={event.subject} Temperature={event.value:.0f}"
    )


def _fan(event: Event, device: Device) -> Iterator[str]:
    yield f"PLATFORM-2-FAN_REMOVED: Fan module ({event.subject}) has failed"


def _supply(event: Event, device: Device) -> Iterator[str]:
    yield f"PLATFORM-2-PS_FAIL: Power supply {event.subject} failed or shutdown"


_WORDS: dict[str, Words] = {
    "link_up": _link,
    "link_down": _link,
    "err_disabled": _err_disabled,
    "bgp_up": _bgp,
    "bgp_down": _bgp,
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
