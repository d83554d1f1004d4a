"""BGP and BFD."""

from __future__ import annotations

from typing import Any

from netdoctor.lab.bgp import Neighbor, Reset
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.text import NO_ADDRESS, NOTIFICATION_NAMES, as_json
from netdoctor.lab.routes import Path, advertised

DEFAULT_LIMIT = 12000
DEFAULT_MAX_HOPS = 255
STATES = {"idle": "Idle", "active": "Active", "connect": "Connect", "established": "Established"}
BFD_DIAGNOSTICS = {0: "diagNone", 1: "diagDetectTimeExp"}
"""RFC 5880 §4.1 in EOS's words."""


def neighbors_of(view: View) -> list[Neighbor]:
    return [end for end in view.device.neighbors.values() if end.configured]


def _vrf(view: View, content: Any) -> str:
    return as_json({"vrfs": {"default": content}})


@answers("show bgp neighbors vrf all | json", "show ip bgp neighbors vrf all | json")
def neighbors(view: View) -> str:
    return _vrf(view, {"peerList": [_neighbor(end, view) for end in neighbors_of(view)]})


@answers("show bgp neighbors {peer} vrf all | json", "show bgp neighbors {peer} | json")
def neighbor(view: View, peer: str) -> str:
    chosen = [end for end in neighbors_of(view) if end.peer_address == peer]
    return _vrf(view, {"peerList": [_neighbor(end, view) for end in chosen]})


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
    return _vrf(
        view,
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


@answers("show bgp neighbors {peer} received-routes | json")
def received_routes(view: View, peer: str) -> str:
    return _table(view, peer, view.device.neighbors[peer].received if peer in view.device.neighbors else {})


@answers("show bgp neighbors {peer} advertised-routes | json")
def advertised_routes(view: View, peer: str) -> str:
    end = view.device.neighbors.get(peer)
    told = advertised(end, end.remote_as) if end and end.established else {}
    return _table(view, peer, told)


def _table(view: View, peer: str, paths: dict[str, Path]) -> str:
    entries = {prefix: {"bgpRoutePaths": _paths([path], view)} for prefix, path in sorted(paths.items())}
    return _vrf(view, {"vrf": "default", "bgpRouteEntries": entries})


@answers("show ip bgp | json", "show ip bgp vrf all | json", "show ip bgp detail vrf all | json")
def table(view: View) -> str:
    return _vrf(view, _best(view, None))


@answers("show ip bgp {prefix} detail vrf all | json", "show ip bgp {prefix} | json")
def route(view: View, prefix: str) -> str:
    return _vrf(view, _best(view, prefix))


def _best(view: View, wanted: str | None) -> dict[str, Any]:
    entries = {
        prefix: {
            "address": prefix.partition("/")[0],
            "maskLength": int(prefix.partition("/")[2]),
            "totalPaths": len(paths),
            "totalAdvertisements": len(paths),
            "bgpRoutePaths": _paths(paths, view),
        }
        for prefix, paths in sorted(view.device.best.items())
        if wanted in (None, prefix)
    }
    return {
        "vrf": "default",
        "routerId": view.device.loopback,
        "asn": str(view.device.asn),
        "bgpRouteEntries": entries,
    }


def _paths(paths: list[Path], view: View) -> list[dict[str, Any]]:
    """All paths of a prefix, the active one first; equal ones share the traffic."""
    return [_path(path, view, active=n == 0, ecmp=len(paths) > 1) for n, path in enumerate(paths)]


def _path(path: Path, view: View, *, active: bool, ecmp: bool) -> dict[str, Any]:
    source = path.learned_from
    return {
        "nextHop": source.peer_address if source and source.device is view.device else "",
        "asPathEntry": {
            "asPath": " ".join([*map(str, path.as_path), "i"]),
            "asPathType": "External" if path.as_path else "Local",
        },
        "med": 0,
        "localPreference": 100,
        "weight": 0,
        "reasonNotBestpath": "noReason" if active else "bestAsPathLengthEcmp",
        "routeType": {
            "valid": True,
            "active": active,
            "origin": "Igp",
            "ecmpHead": ecmp and active,
            "ecmp": ecmp,
            "ecmpContributor": ecmp,
        },
        "routeDetail": {"origin": "Igp", "communityList": [], "peerEntry": {}},
    }


@answers("show bfd peers detail | json", "show bfd peers | json")
def bfd(view: View) -> str:
    return _bfd(view, None)


@answers("show bfd peers {peer} detail | json")
def bfd_peer(view: View, peer: str) -> str:
    return _bfd(view, peer)


def _bfd(view: View, peer: str | None) -> str:
    ends = [
        end for end in neighbors_of(view) if end.bfd and not end.shutdown and peer in (None, end.peer_address)
    ]
    found = {end.peer_address: {"peerStats": {end.port.name: _bfd_peer(end, view)}} for end in ends}
    return _vrf(view, {"ipv4Neighbors": found, "ipv6Neighbors": {}})


def _bfd_peer(end: Neighbor, view: View) -> dict[str, Any]:
    changed_at = end.bfd_since + view.device.clock_offset_s
    return {
        "status": "up" if end.bfd_up else "down",
        "sessType": "sessionTypeNormal",
        "localDisc": 2_000_000_000 + end.port.index * 7919,
        "remoteDisc": 1_000_000_000 + end.port.index * 6101 if end.bfd_up else 0,
        "lastUp": changed_at if end.bfd_up else 0.0,
        "lastDown": 0.0 if end.bfd_up else changed_at,
        "lastDiag": BFD_DIAGNOSTICS[end.bfd_diagnostic],
        "authType": "None",
        "l3intf": end.port.name,
        "peerStatsDetail": {
            "role": "active",
            "apps": ["bgp"],
            "localIpAddr": end.local_address,
            "operTxInterval": 300000,
            "operRxInterval": 300000,
            "detectMult": 3,
            "detectTime": 900000,
        },
    }
