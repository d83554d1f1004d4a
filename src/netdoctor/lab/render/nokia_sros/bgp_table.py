"""BGP's table: routes with their attributes, and what neighbours tell and are told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from netdoctor.lab.bgp import Neighbor
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.nokia_sros.bgp import head, neighbors_of
from netdoctor.lab.render.nokia_sros.words import LINE, NONE_FOUND, RULE, shown
from netdoctor.lab.render.text import NO_ADDRESS, as_json
from netdoctor.lab.routes import Path, advertised

LEGEND = (
    " Legend -",
    " Status codes  : u - used, s - suppressed, h - history, d - decayed, * - valid",
    "                 l - leaked, x - stale, > - best, b - backup, p - purge,",
    "                 w - unused-weight-only",
    " Origin codes  : i - IGP, e - EGP, ? - incomplete",
)
COLUMNS = (
    "Flag  Network                                            LocalPref   MED",
    "      Nexthop (Router)                                   Path-Id     IGP Cost",
    "      As-Path                                                        Label",
)
GRACEFUL_SHUTDOWN = "65535:0"
"""RFC 8326."""
Row = tuple[str, str, Path]
"""Flags, prefix and path."""


def learned(view: View) -> list[tuple[str, Neighbor, Path]]:
    """What the neighbours tell and policies let in."""
    found = [(p, end, path) for end in neighbors_of(view) for p, path in end.accepted.items()]
    return sorted(found, key=lambda one: (one[0], one[1].peer_address))


def _flags(view: View, prefix: str, path: Path) -> str:
    best = view.device.best.get(prefix, [])
    if path not in best:
        return "*i"
    return "u*>i" if path is best[0] or path == best[0] else "u*i"


@answers("show router bgp routes")
def table(view: View) -> str:
    return _table(view, [(_flags(view, p, path), p, path) for p, _, path in learned(view)])


@answers("show router bgp routes {prefix}")
def route(view: View, prefix: str) -> str:
    return _table(view, [(_flags(view, p, path), p, path) for p, _, path in learned(view) if p == prefix])


@answers("show router bgp neighbor {peer} received-routes")
def received(view: View, peer: str) -> str:
    end = view.device.neighbors.get(peer)
    paths = end.received if end else {}
    kept = end.accepted if end else {}
    return _table(view, [("u*>i" if p in kept else "i", p, path) for p, path in sorted(paths.items())])


@answers("show router bgp neighbor {peer} advertised-routes")
def told(view: View, peer: str) -> str:
    end = view.device.neighbors.get(peer)
    paths = advertised(end, end.remote_as) if end and end.established else {}
    own = view.device.asn
    return _table(
        view, [("i", p, Path((own, *path.as_path), path.learned_from)) for p, path in sorted(paths.items())]
    )


def _table(view: View, rows: list[Row]) -> str:
    lines = [line for row in rows for line in _row(row)] or [NONE_FOUND]
    body = [*COLUMNS, LINE, *lines, LINE, f"Routes : {len(rows)}", RULE]
    return shown([*head(view), *LEGEND, "", RULE, "BGP IPv4 Routes", RULE, *body])


def _hop(path: Path) -> str:
    return path.learned_from.peer_address if path.learned_from else NO_ADDRESS


def _as_path(path: Path) -> str:
    return " ".join(map(str, path.as_path)) or "No As-Path"


def _row(row: Row) -> Iterator[str]:
    flags, prefix, path = row
    yield f"{flags:<6}{prefix:<51}{'None':<12}None"
    yield f"      {_hop(path):<51}{'None':<12}0"
    yield f"      {_as_path(path):<63}-"


@answers("show router bgp routes {prefix} detail")
def detail(view: View, prefix: str) -> str:
    found = [(end, path) for p, end, path in learned(view) if p == prefix]
    lines = [line for end, path in found for line in _detail(view, prefix, end, path)] or [NONE_FOUND]
    return shown([*head(view), *LEGEND, "", RULE, "BGP IPv4 Routes", RULE, *lines, LINE, RULE])


def _detail(view: View, prefix: str, end: Neighbor, path: Path) -> Iterator[str]:
    best = "  Best" if ">" in _flags(view, prefix, path) else ""
    yield from ("Original Attributes", "")
    for name, value in (
        ("Network", prefix),
        ("Nexthop", end.peer_address),
        ("Path Id", "None"),
        ("From", end.peer_address),
        ("Community", GRACEFUL_SHUTDOWN if path.draining else "No Community Members"),
        ("Flags", f"Used  Valid{best}  IGP"),
        ("AS-Path", _as_path(path)),
    ):
        yield f"{name:<15}: {value}"
    yield ""


@answers('info json /state router "Base" bgp rib')
def rib(view: View) -> str:
    """Routes name their attributes by an index."""
    if not neighbors_of(view):
        return "{\n}\n"
    attributes: list[dict[str, Any]] = []
    local = [_learned(view, one, attributes) for one in learned(view)]
    local += [_own(prefix, attributes) for prefix in view.device.routes if prefix not in _heard(view)]
    content = {"local-rib": {"routes": local}, "rib-in-out": {"rib-out-post": {"routes": _sent(view)}}}
    attributes.append(_told_attributes(view))
    parts = {"ipv4-unicast": content, "attr-sets": {"attr-set": attributes}}
    return as_json({f"nokia-state:{name}": value for name, value in parts.items()})


def _heard(view: View) -> set[str]:
    return {prefix for prefix, _, _ in learned(view)}


def _learned(view: View, one: tuple[str, Neighbor, Path], attributes: list[dict[str, Any]]) -> dict[str, Any]:
    prefix, end, path = one
    flags = _flags(view, prefix, path)
    return {
        "prefix": prefix,
        "neighbor": end.peer_address,
        "owner": "bgp",
        "attr-id": _attribute(end.peer_address, path, attributes),
        "peer-router-id": view.world.far_end(end).device.router_id,
        "used-route": "u" in flags,
        "valid-route": True,
        "best-route": ">" in flags,
    }


def _own(prefix: str, attributes: list[dict[str, Any]]) -> dict[str, Any]:
    """What the routing table holds from elsewhere stands here too, announced or not."""
    return {
        "prefix": prefix,
        "neighbor": NO_ADDRESS,
        "owner": "local",
        "attr-id": _attribute(NO_ADDRESS, Path(), attributes),
        "peer-router-id": NO_ADDRESS,
        "used-route": True,
        "valid-route": True,
        "best-route": True,
    }


def _attribute(hop: str, path: Path, attributes: list[dict[str, Any]]) -> str:
    index = str(len(attributes) + 8)
    numbers = [{"as-number-index": n, "as-number": asn} for n, asn in enumerate(path.as_path, 1)]
    segment = {"segment-index": 1, "type": "as-sequence", "as-numbers": numbers}
    found: dict[str, Any] = {"route-type": "rib-in", "index": index, "origin": "igp", "next-hop": hop}
    attributes.append(found | ({"as-path": {"segment": [segment]}} if numbers else {}))
    return index


TOLD = "7"
"""The index of the attributes that all announced routes have in common."""


def _told_attributes(view: View) -> dict[str, Any]:
    community = [{"community-index": 1, "community-value": GRACEFUL_SHUTDOWN}]
    marked = {"communities": {"community": community}} if view.device.draining else {}
    return {"route-type": "rib-out", "index": TOLD, "origin": "igp", **marked}


def _sent(view: View) -> list[dict[str, str]]:
    return [
        {"prefix": prefix, "neighbor": end.peer_address, "attr-id": TOLD, "next-hop": end.local_address}
        for end in neighbors_of(view)
        if end.established
        for prefix in advertised(end, end.remote_as)
    ]
