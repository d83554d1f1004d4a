"""The log buffer in the words of IOS."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from netdoctor.lab.hardware import Event
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.cisco_xe.bgp import words
from netdoctor.lab.render.text import utc

HEADER = """
Syslog logging: enabled (0 messages dropped, 2 messages rate-limited, 0 flushes, 0 overruns, xml disabled,\
 filtering disabled)

No Active Message Discriminator.


No Inactive Message Discriminator.


    Console logging: disabled
    Monitor logging: level debugging, 0 messages logged, xml disabled,
                     filtering disabled
    Buffer logging:  level debugging, {count} messages logged, xml disabled,
                    filtering disabled
    Exception Logging: size (4096 bytes)
    Count and timestamp logging messages: disabled
    Persistent logging: disabled

No active filter modules.

    Trap logging: level informational, {count} message lines logged
        Logging to 192.0.2.240  (udp port 514, audit disabled,
              link up),
              {count} message lines logged,
              0 message lines rate-limited,
              0 message lines dropped-by-MD,
              xml disabled, sequence number disabled
              filtering disabled
        Logging Source-Interface:       VRF Name:

Log Buffer (102400 bytes):

"""


@answers("show logging", "show logging last {lines}")
def logging(view: View, lines: str = "100000") -> str:
    events = sorted(view.device.events, key=lambda event: event.at)
    told = [line for event in events for line in _lines(event, view)][-int(lines) :]
    return HEADER.format(count=len(told)) + "".join(f"{line}\n" for line in told)


def _lines(event: Event, view: View) -> Iterator[str]:
    tell = _WORDS.get(event.kind)
    when = utc(event.at + view.device.clock_offset_s)
    stamp = f"{when:%b} {when.day:2d} {when:%H:%M:%S}.{when.microsecond // 1000:03d} UTC"
    for message in tell(event, view) if tell else ():
        yield f"{stamp}: %{message}"


def _link(event: Event, view: View) -> Iterator[str]:
    if port := event.port:
        state = event.kind.removeprefix("link_")
        protocol = f"LINEPROTO-5-UPDOWN: Line protocol on Interface {port.name}, changed state to {state}"
        link = f"LINK-3-UPDOWN: Interface {port.name}, changed state to {state}"
        yield from (link, protocol) if state == "up" else (protocol, link)


def _err_disabled(event: Event, view: View) -> Iterator[str]:
    if port := event.port:
        yield (
            f"PM-4-ERR_DISABLE: {event.subject} error detected on {port.name}, "
            f"putting {port.name} in err-disable state"
        )


def _bgp_down(event: Event, view: View) -> Iterator[str]:
    end, reset = event.neighbor, event.reset
    if end is None or reset is None:
        return
    why = "Interface flap"
    if reset.code is not None:
        way = "sent to" if reset.sent else "received from"
        yield (
            f"BGP-3-NOTIFICATION: {way} neighbor {end.peer_address} {reset.code}/{reset.subcode or 0} "
            f"({words(reset)}) 0 bytes "
        )
        why = f"BGP Notification {'sent' if reset.sent else 'received'}"
    yield f"BGP-5-NBR_RESET: Neighbor {end.peer_address} reset ({why})"
    yield f"BGP-5-ADJCHANGE: neighbor {end.peer_address} Down {why}"
    yield (
        f"BGP_SESSION-5-ADJCHANGE: neighbor {end.peer_address} IPv4 Unicast topology base removed "
        f"from session  {why}"
    )


def _bgp_up(event: Event, view: View) -> Iterator[str]:
    if end := event.neighbor:
        yield f"BGP-5-ADJCHANGE: neighbor {end.peer_address} Up "


def _limit(event: Event, view: View) -> Iterator[str]:
    if end := event.neighbor:
        yield (
            f"BGP-3-MAXPFXEXCEED: Number of prefixes received from {end.peer_address} (afi 0): "
            f"{int(event.value)} exceeds limit {end.prefix_limit}"
        )


def _bfd(event: Event, view: View) -> Iterator[str]:
    if end := event.neighbor:
        number = f"ld:{4096 + end.port.index} handle:{end.port.index}"
        if event.kind == "bfd_up":
            yield f"BFDFSM-6-BFD_SESS_UP: BFD-SYSLOG: BFD session {number} is going UP"
        else:
            yield (
                f"BFDFSM-6-BFD_SESS_DOWN: BFD-SYSLOG: BFD session {number},is going Down "
                "Reason: DETECT TIMER EXPIRED"
            )


def _ospf(event: Event, view: View) -> Iterator[str]:
    if port := event.port:
        far = view.world.devices[event.subject].router_id
        change = (
            "LOADING to FULL, Loading Done"
            if event.kind == "ospf_up"
            else "FULL to DOWN, Neighbor Down: Dead timer expired"
        )
        yield f"OSPF-5-ADJCHG: Process 1, Nbr {far} on {port.name} from {change}"


def _isis(event: Event, view: View) -> Iterator[str]:
    if port := event.port:
        change = "Up, new adjacency" if event.kind == "isis_up" else "Down, hold time expired"
        yield f"CLNS-5-ADJCHANGE: ISIS: Adjacency to {event.subject} ({port.name}) {change}"


def _config(event: Event, view: View) -> Iterator[str]:
    yield f"SYS-5-CONFIG_I: Configured from console by {event.subject} on vty0 (192.0.2.200)"


def _hot(event: Event, view: View) -> Iterator[str]:
    state = "Major" if event.kind == "temperature_hot" else "Critical"
    yield (
        f"ENVIRONMENTAL-1-ALERT: {event.subject}, Location: R0, State: {state}, "
        f"Reading: {event.value:.0f} Celsius"
    )


def _fan(event: Event, view: View) -> Iterator[str]:
    yield f"IOSXE_PEM-3-FANFAIL: The fan in slot {event.subject}/0 is encountering a failure condition"


def _supply(event: Event, view: View) -> Iterator[str]:
    yield (
        f"IOSXE_PEM-3-PEMFAIL: The PEM in slot {event.subject} is switched off or encountering a failure "
        "condition."
    )


_WORDS: dict[str, Callable[[Event, View], Iterator[str]]] = {
    "link_up": _link,
    "link_down": _link,
    "err_disabled": _err_disabled,
    "bgp_up": _bgp_up,
    "bgp_down": _bgp_down,
    "prefix_limit": _limit,
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
