"""BGP's table, and what neighbours are told and tell."""

from __future__ import annotations

from typing import Any

from netdoctor.lab.render import View, answers
from netdoctor.lab.render.arista_eos.bgp import in_default_vrf
from netdoctor.lab.routes import Path, advertised


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
    return in_default_vrf({"vrf": "default", "bgpRouteEntries": entries})


@answers("show ip bgp | json", "show ip bgp vrf all | json", "show ip bgp detail vrf all | json")
def table(view: View) -> str:
    return in_default_vrf(_best(view, None))


@answers("show ip bgp {prefix} detail vrf all | json", "show ip bgp {prefix} | json")
def route(view: View, prefix: str) -> str:
    return in_default_vrf(_best(view, prefix))


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
