"""BGP and BFD as FRR's vtysh prints them."""

from __future__ import annotations

from typing import Any

from netdoctor.lab.bgp import Neighbor
from netdoctor.lab.hardware import BGP_PORT
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.text import NO_ADDRESS, NOTIFICATION_NAMES, as_json, clock_text
from netdoctor.lab.routes import advertised

STATES = {"idle": "Idle", "active": "Active", "connect": "Connect", "established": "Established"}
SENT, RECEIVED = "BGP Notification send", "BGP Notification received"
RESET_CODES = {SENT: 14, RECEIVED: 13, "Interface down": 18, "Waiting for peer OPEN": 32}
TROUBLE_WORDS = {"link": "Interface down", "wire": "BFD down received"}


def neighbors_of(view: View) -> list[Neighbor]:
    return [end for end in view.device.neighbors.values() if end.configured]


@answers('vtysh -c "show bgp vrf all neighbors json"')
def neighbors(view: View) -> str:
    found: dict[str, Any] = {end.peer_address: _neighbor(end, view) for end in neighbors_of(view)}
    return as_json({"default": {"vrfId": 0, "vrfName": "default", **found}}, indent=2)


@answers('vtysh -c "show bgp neighbors {peer} json"')
def neighbor(view: View, peer: str) -> str:
    found: dict[str, Any] = {
        end.peer_address: _neighbor(end, view) for end in neighbors_of(view) if end.peer_address == peer
    }
    unknown: dict[str, Any] = {"bgpNoSuchNeighbor": True}
    return as_json(found or unknown, indent=2)


def _neighbor(end: Neighbor, view: View) -> dict[str, Any]:
    far = view.world.far_end(end)
    up = end.established
    since_ms = _ms(view.at - end.since)
    return {
        "remoteAs": end.remote_as,
        "localAs": view.device.asn,
        "nbrExternalLink": True,
        "localRole": "undefined",
        "remoteRole": "undefined",
        "nbrDesc": end.description,
        **({"hostname": far.device.name} if up else {}),
        **({"adminShutDown": True} if end.shutdown else {}),
        "bgpVersion": 4,
        "remoteRouterId": far.device.loopback if up else NO_ADDRESS,
        "localRouterId": view.device.loopback,
        "bgpState": STATES[end.state],
        **(_uptime(end, view) if up else {}),
        **_timers(end, view),
        "extendedOptionalParametersLength": False,
        **(_capabilities(view, far) if up else {}),
        "messageStats": messages(end, view),
        "minBtwnAdvertisementRunsTimerMsecs": 0,
        "addressFamilyInfo": {"ipv4Unicast": _family(end)},
        "connectionsEstablished": end.established_transitions_count,
        "connectionsDropped": end.established_transitions_count - (1 if up else 0),
        **_last_reset(end, view),
        **({"prefixesConfigExceedMax": True} if end.limit_exceeded else {}),
        "externalBgpNbrMaxHopsAway": end.gtsm_hops or 1,
        **_transport(end),
        "connectRetryTimer": 10,
        **({} if up or end.shutdown else {"nextConnectTimerDueInMsecs": 10000 - since_ms % 10000}),
        **({"authenticationEnabled": 1} if end.password else {}),
        "readThread": "on" if up else "off",
        "writeThread": "on" if up else "off",
        **({"peerBfdInfo": _bfd_info(end, view)} if end.bfd else {}),
    }


def _ms(seconds: float) -> int:
    return int(seconds * 1000)


def _timers(end: Neighbor, view: View) -> dict[str, int]:
    hold_ms, keepalive_ms = _ms(end.hold_time_s), _ms(end.keepalive_s)
    quiet_ms = _ms(view.at - end.since)
    last_ms = quiet_ms % keepalive_ms if end.established else quiet_ms
    return {
        "bgpTimerLastRead": last_ms,
        "bgpTimerLastWrite": last_ms,
        "bgpTimerConfiguredHoldTimeMsecs": hold_ms,
        "bgpTimerConfiguredKeepAliveIntervalMsecs": keepalive_ms,
        "bgpTimerHoldTimeMsecs": hold_ms,
        "bgpTimerKeepAliveIntervalMsecs": keepalive_ms,
    }


def _transport(end: Neighbor) -> dict[str, Any]:
    if not end.established:
        return {"hostLocal": "Unknown", "portLocal": -1, "hostForeign": "Unknown", "portForeign": -1}
    return {
        "hostLocal": end.local_address,
        "portLocal": BGP_PORT,
        "hostForeign": end.peer_address,
        "portForeign": 42000 + end.port.index,
        "nexthop": end.local_address,
        "bgpConnection": "sharedNetwork",
    }


def _uptime(end: Neighbor, view: View) -> dict[str, Any]:
    up_s = view.at - end.since
    return {
        "bgpTimerUpMsec": int(up_s) * 1000,
        "bgpTimerUpString": clock_text(up_s),
        "bgpTimerUpEstablishedEpoch": int(end.since + view.device.clock_offset_s),
    }


def _capabilities(view: View, far: Neighbor) -> dict[str, Any]:
    both = "advertisedAndReceived"
    return {
        "neighborCapabilities": {
            "4byteAs": both,
            "extendedMessage": both,
            "routeRefresh": "advertisedAndReceivedOldNew",
            "multiprotocolExtensions": {"ipv4Unicast": {"advertisedAndReceived": True}},
            "hostName": {"advHostName": view.device.name, "rcvHostName": far.device.name},
            "gracefulRestart": both,
        }
    }


def messages(end: Neighbor, view: View) -> dict[str, int]:
    opens = end.established_transitions_count
    ended = 0 if end.last_reset is None or end.last_reset.code is None else 1
    sent = bool(ended and end.last_reset and end.last_reset.sent)
    keepalives = int((view.at - end.since) / end.keepalive_s) if end.established else 0
    return {
        "depthInq": 0,
        "depthOutq": 0,
        "opensSent": opens,
        "opensRecv": opens,
        "notificationsSent": int(sent),
        "notificationsRecv": ended - int(sent),
        "updatesSent": opens * 4,
        "updatesRecv": opens * 4,
        "keepalivesSent": keepalives,
        "keepalivesRecv": keepalives,
        "routeRefreshSent": 0,
        "routeRefreshRecv": 0,
        "capabilitySent": 0,
        "capabilityRecv": 0,
        "totalSent": opens * 5 + keepalives,
        "totalRecv": opens * 5 + keepalives,
    }


def _family(end: Neighbor) -> dict[str, Any]:
    if not end.established:
        return {"commAttriSentToNbr": "extendedAndStandard", **_policies(end), "acceptedPrefixCounter": 0}
    return {
        "updateGroupId": 1,
        "subGroupId": 1,
        "packetQueueLength": 0,
        "commAttriSentToNbr": "extendedAndStandard",
        **_policies(end),
        "acceptedPrefixCounter": len(end.accepted),
        "sentPrefixCounter": len(advertised(end, end.remote_as)),
    }


def _policies(end: Neighbor) -> dict[str, Any]:
    limit = {"prefixAllowedMax": end.prefix_limit, "prefixAllowedWarningThresh": 75}
    return {
        "inboundPathPolicyConfig": True,
        "outboundPathPolicyConfig": True,
        "routeMapForIncomingAdvertisements": end.import_policy.name,
        "routeMapForOutgoingAdvertisements": end.export_policy.name,
        **(limit if end.prefix_limit else {}),
    }


def _last_reset(end: Neighbor, view: View) -> dict[str, Any]:
    """Why the session was lost last; before that, what bgpd says of one that never was."""
    reset = end.last_reset
    told: dict[str, Any] = {}
    if reset is None:
        why, at = "Waiting for peer OPEN", end.since
    elif reset.code is None:
        why, at = TROUBLE_WORDS.get(reset.trouble, "Peer closed the session"), reset.at
    else:
        why, at = SENT if reset.sent else RECEIVED, reset.at
        code, subcode = reset.code, reset.subcode or 0
        told = {
            "lastErrorCodeSubcode": f"{code:02X}{subcode:02X}",
            "lastNotificationReason": notification_name(code, subcode),
            "lastNotificationHardReset": False,
        }
    return {
        "lastResetTimerMsecs": int(view.at - at) * 1000,
        **told,
        "lastResetDueTo": why,
        "lastResetCode": RESET_CODES.get(why, 32),
    }


def notification_name(code: int, subcode: int) -> str:
    """`Cease/Administrative Shutdown`, as FRR writes it in answers and logs."""
    return "/".join(filter(None, NOTIFICATION_NAMES[code, subcode]))


def _bfd_info(end: Neighbor, view: View) -> dict[str, Any]:
    return {
        "type": "single hop",
        "detectMultiplier": 3,
        "rxMinInterval": 300,
        "txMinInterval": 300,
        "status": "Up" if end.bfd_up else "Down",
        "lastUpdate": _days(view.at - end.bfd_since),
    }


def _days(seconds: float) -> str:
    days, rest = divmod(int(seconds), 86400)
    return f"{days}:{rest // 3600:02d}:{rest % 3600 // 60:02d}:{rest % 60:02d}"
