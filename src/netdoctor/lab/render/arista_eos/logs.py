"""The log buffer in EOS's words."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from netdoctor.lab.hardware import Event
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.arista_eos.bgp import words
from netdoctor.lab.render.text import utc

HEADER = """Syslog logging: enabled
    Buffer logging: level debugging
    Console logging: level errors
    Persistent logging: disabled
    Monitor logging: level errors
    Synchronous logging: disabled
    Trap logging: level informational
        Logging to '192.0.2.240' port 514 in VRF MGMT via udp
    Sequence numbers: disabled
    Syslog facility: local4
    Hostname format: Hostname only

Log Buffer:
"""


@answers("show logging", "show logging {lines}", "show logging threshold warnings {lines}")
def logging(view: View, lines: str = "1000") -> str:
    events = sorted(view.device.events, key=lambda event: event.at)
    told = [line for event in events for line in _lines(event, view)]
    kept = told[-int(lines) :] if lines.isdigit() else told
    return HEADER + "".join(f"{line}\n" for line in kept)


def _lines(event: Event, view: View) -> Iterator[str]:
    tell = _WORDS.get(event.kind)
    when = utc(event.at + view.device.clock_offset_s)
    for message in tell(event) if tell else ():
        yield f"{when:%b} {when.day:2d} {when:%H:%M:%S} {view.device.name} {message}"


def _link(event: Event) -> Iterator[str]:
    port, state = event.port, event.kind.removeprefix("link_")
    if port:
        label = f" ({port.description})" if port.description else ""
        what = f"Line protocol on Interface {port.name}{label}"
        yield f"Ebra: %LINEPROTO-5-UPDOWN: {what}, changed state to {state}"


def _err_disabled(event: Event) -> Iterator[str]:
    if port := event.port:
        yield f"Ebra: %ETH-4-ERRDISABLE: {event.subject} error detected on {port.name}."


def _bgp_down(event: Event) -> Iterator[str]:
    end, reset = event.neighbor, event.reset
    if end is None or reset is None:
        return
    peer = f"{end.peer_address} (VRF default AS {end.remote_as})"
    cause = "Stop"
    if reset.code is not None:
        way = "sent to" if reset.sent else "received from"
        name = "/".join(filter(None, words(reset)))
        yield (
            f"Bgp: %BGP-3-NOTIFICATION: {way} neighbor {peer} {reset.code}/{reset.subcode} ({name}) 0 bytes"
        )
        cause = ("HoldTime" if reset.code == 4 else "Stop") if reset.sent else "RecvNotify"
    yield f"Bgp: %BGP-5-ADJCHANGE: peer {peer} old state Established event {cause} new state Idle"


def _bgp_up(event: Event) -> Iterator[str]:
    if end := event.neighbor:
        yield (
            f"Bgp: %BGP-5-ADJCHANGE: peer {end.peer_address} (VRF default AS {end.remote_as}) "
            "old state OpenConfirm event RecvKeepAlive new state Established"
        )


def _bfd(event: Event) -> Iterator[str]:
    end = event.neighbor
    if end is None:
        return
    change = "Down to Up diag None" if event.kind == "bfd_up" else "Up to Down diag DetectTimeExp"
    yield (
        f"Bfd: %BFD-5-STATE_CHANGE: peer (vrf:default, ip:{end.peer_address}, intf:{end.port.name}, "
        f"srcIp:{end.local_address}, type:normal) changed state from {change}"
    )


def _config(event: Event) -> Iterator[str]:
    yield f"ConfigAgent: %SYS-5-CONFIG_I: Configured from console by {event.subject} on vty4 (192.0.2.200)"


def _hot(event: Event) -> Iterator[str]:
    yield (
        f"Thermostat: %ENVMON-3-TEMP_HIGH: Temperature of {event.subject} is {event.value:.1f} C, "
        "above its overheat threshold"
    )


def _fan(event: Event) -> Iterator[str]:
    yield f"FanDetector: %ENVMON-3-FAN_FAILED: {event.subject} does not turn"


def _supply(event: Event) -> Iterator[str]:
    yield f"PowerManager: %ENVMON-3-POWER_LOST: {event.subject} gives no power"


def _ospf(event: Event) -> Iterator[str]:
    port, end = event.port, _igp_end(event)
    if port is None or end is None:
        return
    place = f"interface {(port.address or '').partition('/')[0]}"
    if event.kind == "ospf_up":
        yield f"Ospf: %OSPF-4-OSPF_ADJACENCY_ESTABLISHED: NGB {end}, {place} adjacency established"
    else:
        yield (
            f"Ospf: %OSPF-4-OSPF_ADJACENCY_TEARDOWN: NGB {end}, {place} adjacency dropped: "
            "inactivity timer expired, state was: FULL"
        )


def _isis(event: Event) -> Iterator[str]:
    port, end = event.port, _igp_end(event)
    if port and end:
        level = port.device.igp[port.name].level.rpartition("-")[2]
        state = "UP" if event.kind == "isis_up" else "DOWN: hold timer expired"
        yield (
            f"Isis: %ISIS-4-ISIS_ADJCHG: L{level} Neighbor State Change for SystemID {end} "
            f"on {port.name} to {state}"
        )


def _igp_end(event: Event) -> str | None:
    """Who a link-state neighbour is: its address for OSPF, its name for IS-IS."""
    port = event.port
    if event.kind.startswith("isis") or port is None:
        return event.subject or None
    return port.far.address.partition("/")[0] if port.far and port.far.address else None


_WORDS: dict[str, Callable[[Event], Iterator[str]]] = {
    "link_up": _link,
    "err_disabled": _err_disabled,
    "link_down": _link,
    "bgp_up": _bgp_up,
    "bgp_down": _bgp_down,
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
