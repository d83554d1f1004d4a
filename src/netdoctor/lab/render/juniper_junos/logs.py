"""`/var/log/messages` in Junos's words."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from netdoctor.lab.bgp import Neighbor
from netdoctor.lab.hardware import Event
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.juniper_junos.bgp import ERRORS
from netdoctor.lab.render.juniper_junos.interfaces import SNMP_INDEX, unit
from netdoctor.lab.render.text import NOTIFICATION_NAMES, utc

PIDS = {"rpd": 10391, "mib2d": 10402, "bfdd": 10377, "mgd": 41799, "chassisd": 9977, "l2cpd": 10415}


@answers("show log messages | last {lines} | no-more", "show log messages | last {lines}")
def last(view: View, lines: str) -> str:
    told = _told(view)
    return "".join(told[-int(lines) :] if lines.isdigit() else told)


@answers("show log messages | no-more", "show log messages")
def messages(view: View) -> str:
    return "".join(_told(view))


def _told(view: View) -> list[str]:
    events = sorted(view.device.events, key=lambda event: event.at)
    return [line for event in events for line in _lines(event, view)]


def _lines(event: Event, view: View) -> Iterator[str]:
    tell = _WORDS.get(event.kind)
    when = utc(event.at + view.device.clock_offset_s)
    for process, message in tell(event) if tell else ():
        name = f"{process}[{PIDS[process]}]"
        yield f"{when:%b} {when.day:2d} {when:%H:%M:%S}  {view.device.name} {name}: {message}\n"


Told = Iterator[tuple[str, str]]


def _link(event: Event) -> Told:
    port = event.port
    if port is None:
        return
    up = event.kind == "link_up"
    admin = "up(1)" if port.admin_up or up else "down(2)"
    yield (
        "mib2d",
        f"SNMP_TRAP_LINK_{'UP' if up else 'DOWN'}: ifIndex {SNMP_INDEX + port.index}, ifAdminStatus {admin}, "
        f"ifOperStatus {'up(1)' if up else 'down(2)'}, ifName {port.name}",
    )


def _err_disabled(event: Event) -> Told:
    if event.port:
        yield "l2cpd", f"ESWD_BPDU_BLOCK_ERROR_DISABLED: {unit(event.port)}: bpdu-block disabled port"


def _peer(end: Neighbor) -> str:
    return f"{end.peer_address} (External AS {end.remote_as})"


def _bgp_down(event: Event) -> Told:
    end, reset = event.neighbor, event.reset
    if end is None or reset is None:
        return
    cause = "TransportError"
    if reset.code is not None:
        way = "sent to" if reset.sent else "received from"
        subcode = NOTIFICATION_NAMES[reset.code, reset.subcode or 0][1]
        detail = f" subcode {reset.subcode} ({subcode})" if subcode else ""
        yield (
            "rpd",
            f"bgp_notification: NOTIFICATION {way} {_peer(end)}: code {reset.code} ({ERRORS[reset.code]})"
            f"{detail}",
        )
        cause = ("HoldTime" if reset.code == 4 else "Stop") if reset.sent else "RecvNotify"
    yield "rpd", _changed(end, "Established", "Idle", cause)


def _bgp_up(event: Event) -> Told:
    if end := event.neighbor:
        yield "rpd", _changed(end, "OpenConfirm", "Established", "RecvKeepAlive")


def _changed(end: Neighbor, before: str, after: str, cause: str) -> str:
    return (
        f"RPD_BGP_NEIGHBOR_STATE_CHANGED: BGP peer {_peer(end)} changed state from {before} to {after} "
        f"(event {cause}) (instance master)"
    )


def _prefix_limit(event: Event) -> Told:
    if end := event.neighbor:
        yield (
            "rpd",
            f"BGP_CEASE_PREFIX_LIMIT_EXCEEDED: {_peer(end)}: Shutting down peer due to exceeding configured "
            f"maximum prefix-limit({end.prefix_limit}) for inet-unicast nlri: {int(event.value)} "
            "(instance master)",
        )


def _bfd(event: Event) -> Told:
    end = event.neighbor
    if end is None:
        return
    up = event.kind == "bfd_up"
    yield (
        "bfdd",
        f"BFDD_TRAP_SHOP_STATE_{'UP' if up else 'DOWN'}: local discriminator: {16 + end.port.index}, "
        f"new state: {'up' if up else 'down'}, interface: {unit(end.port)}, peer addr: {end.peer_address}",
    )


def _ospf(event: Event) -> Told:
    if event.port is None:
        return
    up = event.kind == "ospf_up"
    change = "Loading to Full due to LoadDone" if up else "Full to Down due to InActiveTimer"
    far = event.port.far
    address = (far.address or "").partition("/")[0] if far else ""
    yield (
        "rpd",
        f"RPD_OSPF_NBR{'UP' if up else 'DOWN'}: OSPF neighbor {address} (realm ospf-v2 {unit(event.port)} "
        f"area 0.0.0.0) state changed from {change}",
    )


def _isis(event: Event) -> Told:
    if event.port is None:
        return
    place = f"L2 adjacency to {event.subject} on {unit(event.port)}"
    if event.kind == "isis_up":
        yield "rpd", f"RPD_ISIS_ADJUP: IS-IS new {place}"
    else:
        yield "rpd", f"RPD_ISIS_ADJDOWN: IS-IS lost {place}, reason: Aged Out"


def _config(event: Event) -> Told:
    yield "mgd", f"UI_COMMIT: User '{event.subject}' requested 'commit' operation (comment: none)"


def _hot(event: Event) -> Told:
    level = "Warm" if event.kind == "temperature_hot" else "Hot"
    yield (
        "chassisd",
        f"CHASSISD_SNMP_TRAP6: SNMP trap generated: Over Temperature! ({event.subject}, {event.value:.0f} "
        f"degrees C, {level})",
    )


def _fan(event: Event) -> Told:
    yield "chassisd", f"CHASSISD_SNMP_TRAP6: SNMP trap generated: Fan/Blower Failed ({event.subject})"


def _supply(event: Event) -> Told:
    yield "chassisd", f"CHASSISD_SNMP_TRAP6: SNMP trap generated: Power Supply failed ({event.subject})"


_WORDS: dict[str, Callable[[Event], Told]] = {
    "link_up": _link,
    "link_down": _link,
    "err_disabled": _err_disabled,
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
