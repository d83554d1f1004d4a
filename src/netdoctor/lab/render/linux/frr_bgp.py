"""BGP and BFD as FRR's vtysh prints them."""

from __future__ import annotations

from typing import Any

from netdoctor.lab.bgp import Neighbor
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.text import NO_ADDRESS, NOTIFICATION_NAMES, as_json, clock_text
from netdoctor.lab.routes import Path, advertised

STATES = {"idle": "Idle", "active": "Active", "connect": "Connect", "established": "Established"}
BFD_DIAGNOSTICS = {0: "ok", 1: "control detection time expired"}
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
        "bgpTimerLastRead": since_ms % int(end.keepalive_s * 1000) if up else since_ms,
        "bgpTimerLastWrite": since_ms % int(end.keepalive_s * 1000) if up else since_ms,
        "bgpTimerConfiguredHoldTimeMsecs": _ms(end.hold_time_s),
        "bgpTimerConfiguredKeepAliveIntervalMsecs": _ms(end.keepalive_s),
        "bgpTimerHoldTimeMsecs": _ms(end.hold_time_s),
        "bgpTimerKeepAliveIntervalMsecs": _ms(end.keepalive_s),
        "extendedOptionalParametersLength": False,
        **(_capabilities(view, far) if up else {}),
        "messageStats": _messages(end, view),
        "minBtwnAdvertisementRunsTimerMsecs": 0,
        "addressFamilyInfo": {"ipv4Unicast": _family(end)},
        "connectionsEstablished": end.established_transitions_count,
        "connectionsDropped": end.established_transitions_count - (1 if up else 0),
        **_last_reset(end, view),
        **({"prefixesConfigExceedMax": True} if end.limit_exceeded else {}),
        "externalBgpNbrMaxHopsAway": end.gtsm_hops or 1,
        "hostLocal": end.local_address if up else "Unknown",
        "portLocal": 179 if up else -1,
        "hostForeign": end.peer_address if up else "Unknown",
        "portForeign": 42000 + end.port.index if up else -1,
        **({"nexthop": end.local_address, "bgpConnection": "sharedNetwork"} if up else {}),
        "connectRetryTimer": 10,
        **({} if up or end.shutdown else {"nextConnectTimerDueInMsecs": 10000 - since_ms % 10000}),
        **({"authenticationEnabled": 1} if end.password else {}),
        "readThread": "on" if up else "off",
        "writeThread": "on" if up else "off",
        **({"peerBfdInfo": _bfd_info(end, view)} if end.bfd else {}),
    }


def _ms(seconds: float) -> int:
    return int(seconds * 1000)


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


def _messages(end: Neighbor, view: View) -> dict[str, int]:
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


@answers('vtysh -c "show bgp vrf all summary json"')
def summary(view: View) -> str:
    ends = neighbors_of(view)
    table = {
        "routerId": view.device.loopback,
        "as": view.device.asn,
        "vrfId": 0,
        "vrfName": "default",
        "tableVersion": len(view.device.best),
        "ribCount": len(view.device.best),
        "ribMemory": 192 * len(view.device.best),
        "peerCount": len(ends),
        "peerMemory": 741_000 * len(ends),
        "peers": {end.peer_address: _row(end, view) for end in ends},
        "failedPeers": sum(not end.established for end in ends),
        "displayedPeers": len(ends),
        "totalPeers": len(ends),
        "dynamicPeers": 0,
        "bestPath": {"multiPathRelax": "true"},
    }
    return as_json({"default": {"ipv4Unicast": table}}, indent=2)


def _row(end: Neighbor, view: View) -> dict[str, Any]:
    state, peer_state = STATES[end.state], "OK"
    if end.shutdown:
        state, peer_state = "Idle (Admin)", "Admin"
    elif end.limit_exceeded:
        state, peer_state = "Idle (PfxCt)", "PfxCt"
    since_s = view.at - end.since
    return {
        **({"hostname": end.description} if end.established else {}),
        "remoteAs": end.remote_as,
        "localAs": view.device.asn,
        "version": 4,
        "msgRcvd": _messages(end, view)["totalRecv"],
        "msgSent": _messages(end, view)["totalSent"],
        "tableVersion": 0,
        "outq": 0,
        "inq": 0,
        "peerUptime": clock_text(since_s),
        "peerUptimeMsec": int(since_s) * 1000,
        "peerUptimeEstablishedEpoch": int(end.since + view.device.clock_offset_s),
        "pfxRcd": len(end.accepted),
        "pfxSnt": len(advertised(end, end.remote_as)) if end.established else 0,
        "state": state,
        "peerState": peer_state,
        "connectionsEstablished": end.established_transitions_count,
        "connectionsDropped": end.established_transitions_count - (1 if end.established else 0),
        "desc": end.description,
        "idType": "ipv4",
    }


@answers('vtysh -c "show bgp vrf all ipv4 unicast json"')
def table(view: View) -> str:
    routes = {prefix: _paths(prefix, paths, view) for prefix, paths in sorted(view.device.best.items())}
    content = {
        "vrfId": 0,
        "vrfName": "default",
        "tableVersion": len(routes),
        "routerId": view.device.loopback,
        "defaultLocPrf": 100,
        "localAS": view.device.asn,
        "routes": routes,
    }
    return as_json({"default": content}, indent=1)


def _paths(prefix: str, paths: list[Path], view: View) -> list[dict[str, Any]]:
    return [_path(prefix, path, view, best=n == 0, many=len(paths) > 1) for n, path in enumerate(paths)]


def _path(prefix: str, path: Path, view: View, *, best: bool, many: bool) -> dict[str, Any]:
    address, _, length = prefix.partition("/")
    source = path.learned_from
    hop = source.peer_address if source else NO_ADDRESS
    name = source.description if source else view.device.name
    return {
        "valid": True,
        **({"bestpath": True, "selectionReason": "First path received"} if best else {}),
        **({"multipath": True} if many else {}),
        "pathFrom": "external",
        "prefix": address,
        "prefixLen": int(length),
        "network": prefix,
        "version": 3,
        "metric": 0,
        "weight": 0 if source else 32768,
        "peerId": source.peer_address if source else "(unspec)",
        "path": " ".join(map(str, path.as_path)),
        "origin": "IGP",
        "nexthops": [{"ip": hop, "hostname": name, "afi": "ipv4", "used": True}],
    }


@answers('vtysh -c "show bgp {prefix} json"')
def route(view: View, prefix: str) -> str:
    paths = view.device.best.get(prefix)
    return as_json({"prefix": prefix, "paths": _paths(prefix, paths, view)} if paths else {}, indent=2)


@answers('vtysh -c "show bgp vrf all summary"')
def summary_text(view: View) -> str:
    ends = neighbors_of(view)
    head = (
        f"IPv4 Unicast Summary (VRF default):\nBGP router identifier {view.device.loopback}, "
        f"local AS number {view.device.asn} vrf-id 0\n\n"
        "Neighbor        V         AS   MsgRcvd   MsgSent   Up/Down State/PfxRcd   PfxSnt Desc\n"
    )
    return head + "".join(_text_row(end, view) for end in ends) + f"\nTotal number of neighbors {len(ends)}\n"


def _text_row(end: Neighbor, view: View) -> str:
    row = _row(end, view)
    told = row["pfxRcd"] if end.established else row["state"]
    return (
        f"{end.peer_address:<15} 4 {end.remote_as:10d} {row['msgRcvd']:9d} {row['msgSent']:9d} "
        f"{row['peerUptime']:>9} {told!s:>12} {row['pfxSnt']:8d} {end.description}\n"
    )


@answers('vtysh -c "show bgp neighbors {peer} advertised-routes json"')
def advertised_routes(view: View, peer: str) -> str:
    end = view.device.neighbors.get(peer)
    told = advertised(end, end.remote_as) if end and end.established else {}
    return as_json(
        {"advertisedRoutes": {p: _paths(p, [path], view)[0] for p, path in told.items()}}, indent=2
    )


@answers('vtysh -c "show bgp neighbors {peer} routes json"')
def received_routes(view: View, peer: str) -> str:
    end = view.device.neighbors.get(peer)
    return as_json(
        {"routes": {p: _paths(p, [path], view) for p, path in (end.accepted if end else {}).items()}},
        indent=2,
    )


@answers('vtysh -c "show bfd peers json"', 'vtysh -c "show bfd vrf all peers json"')
def bfd(view: View) -> str:
    return as_json([_bfd_peer(end, view) for end in neighbors_of(view) if end.bfd], indent=2)


@answers('vtysh -c "show bfd peer {peer} json"')
def bfd_peer(view: View, peer: str) -> str:
    found = [end for end in neighbors_of(view) if end.bfd and end.peer_address == peer]
    return as_json(_bfd_peer(found[0], view), indent=2) if found else "{}\n"


def _bfd_peer(end: Neighbor, view: View) -> dict[str, Any]:
    up = end.bfd_up
    return {
        "multihop": False,
        "peer": end.peer_address,
        "local": end.local_address,
        "vrf": "default",
        "interface": end.port.name,
        "id": 1_500_000_000 + end.port.index * 7919,
        "remote-id": 2_000_000_000 + end.port.index * 6101 if up else 0,
        "passive-mode": False,
        "status": "up" if up else "down",
        "uptime" if up else "downtime": int(view.at - end.bfd_since),
        "diagnostic": BFD_DIAGNOSTICS[end.bfd_diagnostic],
        "remote-diagnostic": "ok",
        "receive-interval": 300,
        "transmit-interval": 300,
        "echo-receive-interval": 50,
        "echo-transmit-interval": 0,
        "detect-multiplier": 3,
        "remote-receive-interval": 300,
        "remote-transmit-interval": 300,
        "remote-echo-receive-interval": 50,
        "remote-detect-multiplier": 3,
    }
