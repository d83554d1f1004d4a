"""The log buffer in XR's words."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from netdoctor.lab.hardware import Event
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.cisco_xr.bgp import why
from netdoctor.lab.render.cisco_xr.words import ACTIVE, NODE, stamped
from netdoctor.lab.render.text import utc

HEADER = (
    "Syslog logging: enabled (0 messages dropped, 0 flushes, 0 overruns)",
    "    Console logging: Disabled",
    "    Monitor logging: level debugging, 0 messages logged",
    "    Trap logging: level informational, 0 messages logged",
)
RP, LC, ADMIN = f"RP/{ACTIVE}", f"LC/{NODE}", "0/RP0/ADMIN0"
Line = tuple[str, str, str]
"""Who says it, by which process, and what."""


@answers("show logging last {lines}", "show logging")
def logging(view: View, lines: str = "1000") -> str:
    events = sorted(view.device.events, key=lambda event: event.at)
    told = [line for event in events for line in _lines(event, view)]
    return stamped(
        view,
        [
            *HEADER,
            f"    Buffer logging: level debugging, {len(told)} messages logged",
            "",
            "Log Buffer (2097152 bytes):",
            "",
            *told[-int(lines) :],
        ],
    )


def _lines(event: Event, view: View) -> Iterator[str]:
    tell = _WORDS.get(event.kind)
    when = utc(event.at + view.device.clock_offset_s)
    for node, process, message in tell(event) if tell else ():
        clock = f"{when:%b} {when.day:2d} {when:%H:%M:%S}.{when.microsecond // 1000:03d} UTC"
        yield f"{node}:{clock}: {process}[{1000 + len(process)}]: {message} "


def _link(event: Event) -> Iterator[Line]:
    if port := event.port:
        state = "Up" if event.kind == "link_up" else "Down"
        yield LC, "ifmgr", f"%PKT_INFRA-LINK-3-UPDOWN : Interface {port.name}, changed state to {state}"
        what = f"Line protocol on Interface {port.name}"
        yield LC, "ifmgr", f"%PKT_INFRA-LINEPROTO-5-UPDOWN : {what}, changed state to {state}"


def _bgp(event: Event) -> Iterator[Line]:
    if end := event.neighbor:
        change = f"Down - {why(event.reset)}" if event.reset else "Up"
        about = f"(VRF: default) (AS: {end.remote_as})"
        yield RP, "bgp", f"%ROUTING-BGP-5-ADJCHANGE : neighbor {end.peer_address} {change} {about}"


def _prefix_limit(event: Event) -> Iterator[Line]:
    if end := event.neighbor:
        yield (
            RP,
            "bgp",
            f"%ROUTING-BGP-3-MAXPFXEXCEED : No. of IPv4 Unicast prefixes received from {end.peer_address}: "
            f"{event.value:.0f} exceed limit {end.prefix_limit}",
        )


def _bfd(event: Event) -> Iterator[Line]:
    if end := event.neighbor:
        about = f"BFD session to neighbor {end.peer_address} on interface {end.port.name}"
        if event.kind == "bfd_up":
            yield LC, "bfd_agent", f"%L2-BFD-6-SESSION_STATE_UP : {about} is up"
        else:
            reason = "Reason: Control timer expired"
            yield LC, "bfd_agent", f"%L2-BFD-6-SESSION_STATE_DOWN : {about} has gone down. {reason}"


def _config(event: Event) -> Iterator[Line]:
    yield (
        RP,
        "config",
        f"%MGBL-CONFIG-6-DB_COMMIT : Configuration committed by user '{event.subject}'. "
        "Use 'show configuration commit changes last 1' to view the changes.",
    )
    yield RP, "config", f"%MGBL-SYS-5-CONFIG_I : Configured from console by {event.subject} on vty0"


def _ospf(event: Event) -> Iterator[Line]:
    port = event.port
    far = port.far if port else None
    if port and far:
        change = (
            "from LOADING to FULL, Loading Done"
            if event.kind == "ospf_up"
            else "from FULL to DOWN, Neighbor Down: interface down or detached"
        )
        about = f"Process 1, Nbr {far.device.router_id} on {port.name} in area 0 {change}"
        yield RP, "ospf", f"%ROUTING-OSPF-5-ADJCHG : {about}, vrf default vrfid 0x60000000"


def _isis(event: Event) -> Iterator[Line]:
    if port := event.port:
        change = "Up, New adjacency" if event.kind == "isis_up" else "Down, Interface state down"
        yield (
            RP,
            "isis",
            f"%ROUTING-ISIS-5-ADJCHANGE : Adjacency to {event.subject} ({port.name}) (L2) {change}",
        )


def _alarm(event: Event) -> Iterator[Line]:
    what = {
        "temperature_hot": "Temperature Sensor over its Minor limit",
        "temperature_critical": "Temperature Sensor over its Critical limit",
        "fan_failed": "Fan failure",
        "power_failed": "Power Module Error",
    }[event.kind]
    yield (
        ADMIN,
        "envmon",
        f"%PKT_INFRA-FM-3-FAULT_MAJOR : ALARM_MAJOR :{what} :DECLARE :{event.subject}:",
    )


_WORDS: dict[str, Callable[[Event], Iterator[Line]]] = {
    "link_up": _link,
    "link_down": _link,
    "bgp_up": _bgp,
    "bgp_down": _bgp,
    "prefix_limit": _prefix_limit,
    "bfd_up": _bfd,
    "bfd_down": _bfd,
    "config_change": _config,
    "ospf_up": _ospf,
    "ospf_down": _ospf,
    "isis_up": _isis,
    "isis_down": _isis,
    "temperature_hot": _alarm,
    "temperature_critical": _alarm,
    "fan_failed": _alarm,
    "power_failed": _alarm,
}
