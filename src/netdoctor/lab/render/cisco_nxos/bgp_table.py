"""BGP's table, and what neighbours are told and tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from netdoctor.lab.render import View, answers
from netdoctor.lab.render.cisco_nxos.words import NOT_RUNNING
from netdoctor.lab.render.text import NO_ADDRESS
from netdoctor.lab.routes import Path, advertised

LEGEND = (
    "Status: s-suppressed, x-deleted, S-stale, d-dampened, h-history, *-valid, >-best\n"
    "Path type: i-internal, e-external, c-confed, l-local, a-aggregate, r-redist, I-injected\n"
    "Origin codes: i - IGP, e - EGP, ? - incomplete, | - multipath, & - backup, 2 - best2\n\n"
    "   Network            Next Hop            Metric     LocPrf     Weight Path\n"
)
OWN_WEIGHT = 32768


@answers("show bgp ipv4 unicast vrf all")
def table(view: View) -> str:
    if not view.device.bgp_running:
        return NOT_RUNNING
    title = "BGP routing table information for VRF default, address family IPv4 Unicast\n"
    return title + _listed(view, view.device.best)


@answers("show bgp ipv4 unicast neighbors {peer} received-routes")
def received(view: View, peer: str) -> str:
    end = view.device.neighbors.get(peer)
    told = {prefix: [path] for prefix, path in end.received.items()} if end else {}
    return f"\nPeer {peer} routes for address family IPv4 Unicast:\n" + _listed(view, told)


@answers("show bgp ipv4 unicast neighbors {peer} advertised-routes")
def sent(view: View, peer: str) -> str:
    end = view.device.neighbors.get(peer)
    paths = advertised(end, end.remote_as) if end and end.established else {}
    told = {prefix: [path] for prefix, path in paths.items()}
    return f"\nPeer {peer} routes for address family IPv4 Unicast:\n" + _listed(view, told)


def _listed(view: View, entries: Mapping[str, list[Path]]) -> str:
    head = f"BGP table version is {10 + len(entries)}, Local Router ID is {view.device.router_id}\n"
    rows = (row for prefix, paths in sorted(entries.items()) for row in _rows(prefix, paths))
    return head + LEGEND + "".join(rows)


def _rows(prefix: str, paths: list[Path]) -> Iterable[str]:
    for number, path in enumerate(paths):
        network = prefix if number == 0 else ""
        mark = ">" if number == 0 else "|"
        if path.learned_from is None:
            yield f"*{mark}l{network:<18} {NO_ADDRESS:<15}{100:>18}{OWN_WEIGHT:>11} i\n"
        else:
            way = " ".join(map(str, path.as_path))
            yield f"*{mark}e{network:<18} {path.learned_from.peer_address:<15}{0:>29} {way} i\n"


@answers("show bgp all {prefix} vrf all")
def route(view: View, prefix: str) -> str:
    if not view.device.bgp_running:
        return NOT_RUNNING
    paths = view.device.best.get(prefix, [])
    if not paths:
        return "% Network not in table\n"
    head = (
        "BGP routing table information for VRF default, address family IPv4 Unicast\n"
        f"BGP routing table entry for {prefix}, version {10 + len(view.device.best)}\n"
        f"Paths: ({len(paths)} available, best #1)\n"
        "Flags: (0x08001a) (high32 00000000) on xmit-list, is in urib, is best urib route\n"
    )
    return head + "".join(_path(number, path, view) for number, path in enumerate(paths))


def _path(number: int, path: Path, view: View) -> str:
    end = path.learned_from
    kind = "external" if end else "local"
    rank = "is best path" if number == 0 else "not best reason: newer EBGP path, multipath"
    way = " ".join(map(str, path.as_path)) or "NONE"
    source = "path sourced external to AS" if end else "path locally originated"
    hop = end.peer_address if end else NO_ADDRESS
    router_id = view.world.far_end(end).device.router_id if end else view.device.router_id
    return (
        f"\n  Path type: {kind}, path is valid, {rank}, no labeled nexthop, in rib\n"
        f"  AS-Path: {way} , {source}\n"
        f"    {hop} (metric 0) from {hop} ({router_id})\n"
        "      Origin IGP, MED not set, localpref 100, weight 0\n"
    )
