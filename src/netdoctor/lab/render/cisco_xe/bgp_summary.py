"""BGP's summary and its table."""

from __future__ import annotations

from collections.abc import Iterator

from netdoctor.lab.bgp import Neighbor
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.cisco_xe.bgp import NOT_ACTIVE, STATES, neighbors_of
from netdoctor.lab.render.cisco_xe.texts import age
from netdoctor.lab.render.text import NO_ADDRESS
from netdoctor.lab.routes import Path, advertised

PATH_HEAD = "     Network          Next Hop            Metric LocPrf Weight Path\n"
CODES = """Status codes: s suppressed, d damped, h history, * valid, > best, i - internal,
              r RIB-failure, S Stale, m multipath, b backup-path, f RT-Filter,
              x best-external, a additional-path, c RIB-compressed,
              t secondary path, L long-lived-stale,
Origin codes: i - IGP, e - EGP, ? - incomplete
RPKI validation codes: V valid, I invalid, N Not found

"""


@answers("show ip bgp summary", "show bgp ipv4 unicast summary")
def summary(view: View) -> str:
    return "".join(_summary(view)) if view.device.bgp_running else NOT_ACTIVE


@answers("show bgp all summary")
def all_summary(view: View) -> str:
    if not view.device.bgp_running:
        return NOT_ACTIVE
    return "For address family: IPv4 Unicast\n" + "".join(_summary(view))


def _summary(view: View) -> Iterator[str]:
    device = view.device
    prefixes = len(device.best)
    paths = sum(map(len, device.best.values()))
    version = prefixes + 1
    yield f"BGP router identifier {device.router_id}, local AS number {device.asn}\n"
    yield f"BGP table version is {version}, main routing table version {version}\n"
    yield f"{prefixes} network entries using {prefixes * 248} bytes of memory\n"
    yield f"{paths} path entries using {paths * 136} bytes of memory\n"
    yield f"{paths}/{prefixes} BGP path/bestpath attribute entries using {paths * 288} bytes of memory\n"
    yield "0 BGP route-map cache entries using 0 bytes of memory\n"
    yield "0 BGP filter-list cache entries using 0 bytes of memory\n"
    yield f"BGP using {prefixes * 248 + paths * 424} total bytes of memory\n"
    yield f"BGP activity {prefixes}/0 prefixes, {paths}/0 paths, scan interval 60 secs\n\n"
    yield "Neighbor        V           AS MsgRcvd MsgSent   TblVer  InQ OutQ Up/Down  State/PfxRcd\n"
    yield from (_row(end, view, version) for end in neighbors_of(view))


def _row(end: Neighbor, view: View, version: int) -> str:
    if end.established:
        alive = int((view.at - end.since) / end.keepalive_s) + 3
        numbers, told = f"{alive:>7} {alive:>7} {version:>8}", f"{len(end.accepted):>9}"
    else:
        numbers, told = f"{0:>7} {0:>7} {1:>8}", _word(end)
    since = age(view.at - end.since) if end.established or end.last_reset else "never"
    return f"{end.peer_address:<15} 4 {end.remote_as:>12} {numbers}    0    0 {since:<8} {told}\n"


def _word(end: Neighbor) -> str:
    if end.shutdown:
        return "Idle (Admin)"
    return "Idle (PfxCt)" if end.limit_exceeded else STATES[end.state]


@answers("show ip bgp", "show bgp ipv4 unicast")
def table(view: View) -> str:
    if not view.device.bgp_running:
        return NOT_ACTIVE
    lines = [
        _path(prefix if n == 0 else "", path, view, ">" if n == 0 else "m")
        for prefix, paths in sorted(view.device.best.items())
        for n, path in enumerate(paths)
    ]
    return _head(view) + CODES + PATH_HEAD + "".join(lines)


def _head(view: View) -> str:
    return f"BGP table version is {len(view.device.best) + 1}, local router ID is {view.device.router_id}\n"


def _path(prefix: str, path: Path, view: View, mark: str) -> str:
    source = path.learned_from
    own = source is None or source.device is not view.device
    hop, weight = (NO_ADDRESS, 32768) if own or source is None else (source.peer_address, 0)
    way = " ".join([*map(str, path.as_path), "i"])
    return f" *{mark}  {prefix:<16} {hop:<19}{0:>7} {'':>6} {weight:>6} {way}\n"


@answers("show ip bgp neighbors {peer} received-routes")
def received(view: View, peer: str) -> str:
    end = view.device.neighbors.get(peer)
    return _routes(view, end.received if end else {})


@answers("show ip bgp neighbors {peer} routes")
def accepted(view: View, peer: str) -> str:
    end = view.device.neighbors.get(peer)
    return _routes(view, end.accepted if end else {})


@answers("show ip bgp neighbors {peer} advertised-routes")
def sent(view: View, peer: str) -> str:
    end = view.device.neighbors.get(peer)
    return _routes(view, advertised(end, end.remote_as) if end and end.established else {})


def _routes(view: View, paths: dict[str, Path]) -> str:
    if not view.device.bgp_running:
        return NOT_ACTIVE
    lines = [_path(prefix, path, view, ">") for prefix, path in sorted(paths.items())]
    total = f"\nTotal number of prefixes {len(paths)} \n"
    return (_head(view) + CODES + PATH_HEAD if lines else "") + "".join(lines) + total


@answers("show ip bgp {prefix}", "show bgp ipv4 unicast {prefix}")
def route(view: View, prefix: str) -> str:
    if not view.device.bgp_running:
        return NOT_ACTIVE
    paths = view.device.best.get(prefix)
    return (
        "".join(f"{line}\n" for line in _entry(prefix, paths, view)) if paths else "% Network not in table\n"
    )


def _entry(prefix: str, paths: list[Path], view: View) -> Iterator[str]:
    yield f"BGP routing table entry for {prefix}, version {len(view.device.best) + 1}"
    yield f"Paths: ({len(paths)} available, best #1, table default)"
    yield "  Not advertised to any peer"
    for number, path in enumerate(paths):
        source = path.learned_from
        yield f"  Refresh Epoch 1\n  {' '.join(map(str, path.as_path)) or 'Local'}"
        hop = source.peer_address if source else NO_ADDRESS
        origin = view.world.far_end(source).device.router_id if source else view.device.router_id
        yield f"    {hop} from {hop} ({origin})"
        best = ", best" if number == 0 else ", multipath"
        yield f"      Origin IGP, localpref 100, valid, {'external' if source else 'sourced, local'}{best}"
        yield "      rx pathid: 0, tx pathid: 0x0"
