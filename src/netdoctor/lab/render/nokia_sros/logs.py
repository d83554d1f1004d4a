"""The event log in SR OS's words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from netdoctor.lab.bgp import Neighbor
from netdoctor.lab.hardware import Event
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.nokia_sros.words import RULE, interface_of, shown
from netdoctor.lab.render.text import utc

EVENTS_MAX = 500
NOTIFICATIONS = {
    (2, 2): "code OPEN_MSG_ERR subcode BAD_PEER_AS",
    (4, 0): "code HOLDTIME subcode UNSPECIFIED",
    (6, 1): "code CEASE subcode MAX_PREFIX_REACHED",
    (6, 2): "code CEASE subcode ADMIN_SHUTDOWN",
    (6, 3): "code CEASE subcode PEER_DECONFIGURED",
    (6, 6): "code CEASE subcode OTHER_CONFIG_CHANGE",
}


class Told(NamedTuple):
    """One entry: severity, application and number, what it is about, and the message."""

    severity: str
    event: str
    subject: str
    message: str


@answers("show log log-id 99")
def log(view: View) -> str:
    events = sorted(view.device.events, key=lambda event: event.at)
    told = [(event.at, one) for event in events for one in _entries(event)][-EVENTS_MAX:]
    lines = [
        line
        for number, (at, one) in reversed(list(enumerate(told, 1)))
        for line in _entry(number, at, one, view)
    ]
    head = (
        "",
        RULE,
        "Event Log 99 log-name 99",
        RULE,
        "Description : Default System Log",
        f"Memory Log contents  [size=500   next event={len(told) + 1}  (not wrapped)]",
        "",
    )
    return shown([*head, *lines, RULE])


def _entry(number: int, at: float, one: Told, view: View) -> Iterator[str]:
    when = utc(at + view.device.clock_offset_s)
    stamp = f"{when:%Y/%m/%d %H:%M:%S}.{when.microsecond // 1000:03d}"
    yield f"{number} {stamp} UTC {one.severity}: {one.event} Base {one.subject}"
    yield f'"{one.message}"'
    yield ""


def _entries(event: Event) -> Iterator[Told]:
    tell = _WORDS.get(event.kind)
    return tell(event) if tell else iter(())


def _link(event: Event) -> Iterator[Told]:
    if port := event.port:
        up = event.kind == "link_up"
        verb = "is operational" if up else "is not operational"
        number = "#2005" if up else "#2004"
        yield Told("WARNING", f"SNMP {number}", port.name, f"Interface {port.name} {verb}")
        if port.address:
            name = interface_of(port)
            yield Told("WARNING", f"SNMP {number}", name, f"Interface {name} {verb}")


def _closed(event: Event) -> Iterator[Told]:
    if port := event.port:
        yield Told("MINOR", "PORT #2017", f"Port {port.name}", f"Loop detected on port {port.name}")


def _peer(end: Neighbor) -> tuple[str, str]:
    """A neighbour as the subject of an entry, and at the start of its message."""
    name = f"Peer {end.peer_address}"
    return f"Peer 1: {end.peer_address}", f"(ASN {end.remote_as}) VR 1: Group fabric: {name}"


def _bgp_up(event: Event) -> Iterator[Told]:
    if end := event.neighbor:
        subject, peer = _peer(end)
        yield Told("MINOR", "BGP #2001", subject, f"{peer}: moved into established state")


def _bgp_down(event: Event) -> Iterator[Told]:
    end, reset = event.neighbor, event.reset
    if end is None or reset is None:
        return
    subject, peer = _peer(end)
    cause = "TCP_SOCKET_ERROR" if reset.code is None else "STOP"
    if reset.code is not None:
        words = NOTIFICATIONS[reset.code, reset.subcode or 0]
        way, number = ("sending", "#2011") if reset.sent else ("received", "#2005")
        yield Told("WARNING", f"BGP {number}", subject, f"{peer}: {way} notification: {words}")
        if reset.code == 4 and reset.sent:
            cause = "HOLDTIME"
        elif not reset.sent:
            cause = "RECV_NOTIFY"
    change = f"moved from higher state ESTABLISHED to lower state IDLE due to event {cause}"
    yield Told("WARNING", "BGP #2002", subject, f"{peer}: {change}")


def _prefix_limit(event: Event) -> Iterator[Told]:
    if end := event.neighbor:
        subject, peer = _peer(end)
        count = (
            f"number of routes learned {event.value:.0f} has exceeded configured maximum ({end.prefix_limit})"
        )
        yield Told("WARNING", "BGP #2009", subject, f"{peer}: {count}")


def _bfd(event: Event) -> Iterator[Told]:
    if end := event.neighbor:
        name = interface_of(end.port)
        about = f"BFD Session on node {end.peer_address} from {end.local_address}"
        if event.kind == "bfd_up":
            yield Told("MINOR", "VRTR #2062", name, f"BFD: {about} is up")
        else:
            yield Told(
                "MINOR", "VRTR #2061", name, f"BFD: {about} has gone down: the session is down, detect"
            )


def _ospf(event: Event) -> Iterator[Told]:
    if port := event.port:
        name = interface_of(port)
        state = "full (event EXCHANGE_DONE)" if event.kind == "ospf_up" else "down (event INACTIVITY_TIMER)"
        message = f"LCL_RTR_ID {port.device.router_id}: Neighbor {event.subject} on {name} router state "
        yield Told("WARNING", "OSPF #2002", "VR:  1 OSPFv2(0)", f"{message}changed to {state}")


def _isis(event: Event) -> Iterator[Told]:
    if port := event.port:
        name = interface_of(port)
        state = "up" if event.kind == "isis_up" else "down"
        message = (
            f"Adjacency status changed to {state} for interface: {name}, for level: l2, "
            f"LSP-id: {event.subject}"
        )
        yield Told("WARNING", "ISIS #2045", "VR:  1 ISIS (0) ADJACENCY", message)


def _config(event: Event) -> Iterator[Told]:
    message = f"Commit to configure by {event.subject} (MD-CLI) from 192.0.2.200 succeeded."
    yield Told("WARNING", "SYSTEM #2121", "Commit", message)


def _hot(event: Event) -> Iterator[Told]:
    message = f"{event.subject}: temperature {event.value:.0f}C is over its threshold"
    yield Told("MAJOR", "CHASSIS #2047", event.subject, message)


def _broken(event: Event) -> Iterator[Told]:
    number = "#2055" if event.kind == "fan_failed" else "#2059"
    yield Told("MAJOR", f"CHASSIS {number}", event.subject, f"{event.subject} failed")


_WORDS: dict[str, Callable[[Event], Iterator[Told]]] = {
    "link_up": _link,
    "link_down": _link,
    "err_disabled": _closed,
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
    "fan_failed": _broken,
    "power_failed": _broken,
}
