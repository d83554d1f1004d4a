"""BGP's table as FRR prints it, and what neighbours are told and tell."""

from __future__ import annotations

from typing import Any

from netdoctor.lab.render import View, answers
from netdoctor.lab.render.text import NO_ADDRESS, as_json
from netdoctor.lab.routes import Path, advertised


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
