"""BGP and BFD."""

from __future__ import annotations

from typing import Any

from netdoctor.lab.bgp import Neighbor, Reset
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.text import NO_ADDRESS, NOTIFICATION_NAMES, as_json
from netdoctor.lab.routes import advertised

DEFAULT_LIMIT = 12000
DEFAULT_MAX_HOPS = 255
STATES = {"idle": "Idle", "active": "Active", "connect": "Connect", "established": "Established"}


def neighbors_of(view: View) -> list[Neighbor]:
    """What the agent of BGP knows: nothing when it is dead, though the configuration stays."""
    ends = view.device.neighbors.values() if view.device.bgp_running else ()
    return [end for end in ends if end.configured]


def in_default_vrf(content: Any) -> str:
    return as_json({"vrfs": {"default": content}})


@answers("show bgp neighbors vrf all | json", "show ip bgp neighbors vrf all | json")
def neighbors(view: View) -> str:
    return in_default_vrf({"peerList": [_neighbor(end, view) for end in neighbors_of(view)]})


@answers("show bgp neighbors {peer} vrf all | json", "show bgp neighbors {peer} | json")
def neighbor(view: View, peer: str) -> str:
    chosen = [end for end in neighbors_of(view) if end.peer_address == peer]
    return in_default_vrf({"peerList": [_neighbor(end, view) for end in chosen]})


def _neighbor(end: Neighbor, view: View) -> dict[str, Any]:
    far = view.world.far_end(end)
    sent = advertised(end, far.device.asn) if end.established else {}
    return {
        "peerAddress": end.peer_address,
        "description": end.description,
        "asn": str(end.remote_as),
        "linkType": "external",
        "routerId": far.device.loopback if end.established else NO_ADDRESS,
        "vrf": "default",
        "version": 4,
        "holdTime": int(end.hold_time_s) if end.established else 0,
        "keepaliveTime": int(end.keepalive_s) if end.established else 0,
        "configHoldTime": int(end.hold_time_s),
        "configKeepaliveTime": int(end.keepalive_s),
        "state": STATES[end.state],
        "establishedTransitions": end.established_transitions_count,
        **({"establishedTime": int(view.at - end.since)} if end.established else _idle(end)),
        **_resets(end, view),
        "neighborCapabilities": _capabilities(end),
        "prefixesSent": len(sent),
        "prefixesReceived": len(end.received),
        "v6PrefixesSent": 0,
        "v6PrefixesReceived": 0,
        "maxTotalRoutes": end.prefix_limit or DEFAULT_LIMIT,
        "routeMapInbound": end.import_policy.name,
        "routeMapOutbound": end.export_policy.name,
        "bfdState": ("up" if end.bfd_up else "down") if end.bfd else "disabled",
        "localAsn": str(view.device.asn),
        "localRouterId": view.device.loopback,
        "ttl": 1,
        "maxTtlHops": end.gtsm_hops or DEFAULT_MAX_HOPS,
        **({"md5AuthEnabled": True} if end.password else {}),
        "updateSource": end.local_address,
        "ifName": end.port.name,
        **({"localPort": 179, "remotePort": 42000 + end.port.index} if end.established else {}),
    }


def _capabilities(end: Neighbor) -> dict[str, Any]:
    told = {"advertised": True, "received": end.established, "enabled": end.established}
    return {"multiprotocolCaps": {"ipv4Unicast": told}, "fourOctetAsnCap": told, "routeRefreshCap": told}


def _idle(end: Neighbor) -> dict[str, str]:
    """Why a session is held in Idle."""
    if end.shutdown:
        return {"idleReason": "Admin"}
    return {"idleReason": "MaxPath"} if end.limit_exceeded else {}


def _resets(end: Neighbor, view: View) -> dict[str, Any]:
    reset = end.last_reset
    if reset is None or reset.code is None:
        return {}
    side = "lastError" if reset.sent else "lastErrorRcvd"
    code, subcode = words(reset)
    told: dict[str, Any] = {f"{side}Code": code, f"{side}TimeInfo": {"time": int(view.at - reset.at)}}
    return {**told, f"{side}Subcode": subcode} if subcode else told


def words(reset: Reset) -> tuple[str, str]:
    """A NOTIFICATION as EOS words it."""
    code, subcode = NOTIFICATION_NAMES[reset.code or 0, reset.subcode or 0]
    return code, subcode.lower()


@answers("show bgp summary vrf all | json", "show ip bgp summary vrf all | json")
def summary(view: View) -> str:
    peers = {end.peer_address: _row(end, view) for end in neighbors_of(view)}
    return in_default_vrf(
        {"vrf": "default", "routerId": view.device.loopback, "asn": str(view.device.asn), "peers": peers},
    )


def _row(end: Neighbor, view: View) -> dict[str, Any]:
    reason = _idle(end).get("idleReason") if not end.established else None
    return {
        "description": end.description,
        "peerState": STATES[end.state],
        **({"peerStateIdleReason": reason} if reason else {}),
        "peerAsn": str(end.remote_as),
        "ipv4Unicast": {
            "afiSafiState": "negotiated" if end.established else "advertised",
            "nlrisReceived": len(end.received),
            "nlrisAccepted": len(end.accepted),
        },
        "upDownTime": end.since + view.device.clock_offset_s,
        "underMaintenance": view.device.draining,
    }
