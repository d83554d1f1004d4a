"""The log buffer in SR Linux's words."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from netdoctor.lab.hardware import Event
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.nokia_srl.bgp import GROUP, words
from netdoctor.lab.render.nokia_srl.interfaces import reason
from netdoctor.lab.render.text import utc

Message = tuple[str, str, str]
"""The application, the level, the text."""


@answers("show system logging buffer messages", "show system logging buffer {name}")
def logging(view: View, name: str = "messages") -> str:
    events = sorted(view.device.events, key=lambda event: event.at)
    told = (
        _line(number, event, message, view)
        for number, event in enumerate(events)
        for message in (_WORDS[event.kind](event) if event.kind in _WORDS else ())
    )
    return "".join(told)


def _line(number: int, event: Event, message: Message, view: View) -> str:
    application, level, text = message
    when = utc(event.at + view.device.clock_offset_s)
    head = f"{when:%Y-%m-%dT%H:%M:%S.%f}+00:00 {view.device.name} sr_{application}_mgr:"
    return f"{head} {application}|1894|1965|{number:05d}|{level}: {text}\n"


def _link(event: Event) -> Iterator[Message]:
    port = event.port
    if port is None:
        return
    if event.kind == "link_up":
        yield "chassis", "N", f"Interface {port.name} is now up"
    else:
        why = reason(port) or "lower-layer-down"
        yield "chassis", "W", f"Interface {port.name} is now down for reason: {why}"


def _bgp(event: Event) -> Iterator[Message]:
    end, reset = event.neighbor, event.reset
    if end is None:
        return
    session = (
        f"In network-instance default, the BGP session with VR default (1): Group {GROUP}: "
        f"Peer {end.peer_address}"
    )
    if event.kind == "bgp_up":
        yield "bgp", "N", f"{session} moved into the ESTABLISHED state"
    elif reset and reset.code is not None:
        code, subcode = words(reset)
        told = f"a NOTIFICATION with code {code.upper()}" + (
            f" and subcode {subcode.upper()}" if subcode else ""
        )
        cause = f"the router sent this neighbor {told}" if reset.sent else f"the neighbor sent {told}"
        yield "bgp", "W", f"{session} was closed because {cause}"
    else:
        yield (
            "bgp",
            "W",
            f"{session} moved from higher state ESTABLISHED to lower state IDLE due to event "
            "TCP SOCKET ERROR",
        )


def _prefix_limit(event: Event) -> Iterator[Message]:
    if end := event.neighbor:
        yield (
            "bgp",
            "W",
            f"In network-instance default, the BGP session with VR default (1): Group {GROUP}: Peer "
            f"{end.peer_address} exceeded its prefix limit: {int(event.value)} received routes of IPv4",
        )


def _bfd(event: Event) -> Iterator[Message]:
    if end := event.neighbor:
        state, level = ("UP", "N") if event.kind == "bfd_up" else ("DOWN", "W")
        yield (
            "bfd",
            level,
            f"BFD:  Network-instance default - Session from {end.local_address}:{16384 + end.port.index} to "
            f"{end.peer_address}:{16384 + end.port.index} is {state}",
        )


def _ospf(event: Event) -> Iterator[Message]:
    if port := event.port:
        state = "FULL" if event.kind == "ospf_up" else "DOWN"
        yield (
            "ospf",
            "N" if state == "FULL" else "W",
            f"In network-instance default, the OSPF adjacency with {event.subject} on {port.name}.0 moved to "
            f"state {state}",
        )


def _isis(event: Event) -> Iterator[Message]:
    if port := event.port:
        state = "up" if event.kind == "isis_up" else "down"
        yield (
            "isis",
            "N" if state == "up" else "W",
            f"In network-instance default, the IS-IS adjacency with {event.subject} on {port.name}.0 "
            f"is now {state}",
        )


def _config(event: Event) -> Iterator[Message]:
    yield "mgmt", "I", f"All changes have been committed successfully by user {event.subject} session 7."


def _err_disabled(event: Event) -> Iterator[Message]:
    if port := event.port:
        yield "event", "W", f"Event handler closed {port.name}: {event.subject}"


def _hot(event: Event) -> Iterator[Message]:
    yield "chassis", "C", f"Temperature of {event.subject} is {event.value:.0f} degrees C, over its limit"


def _fan(event: Event) -> Iterator[Message]:
    yield "chassis", "C", f"Fan tray {event.subject.rsplit(' ', 1)[-1]} is now failed"


def _supply(event: Event) -> Iterator[Message]:
    yield "chassis", "C", f"Power supply {event.subject.rsplit(' ', 1)[-1]} is now failed"


_WORDS: dict[str, Callable[[Event], Iterator[Message]]] = {
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
