"""BGP's table, and what neighbours tell and are told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from netdoctor.lab.render import View, answers
from netdoctor.lab.render.cisco_xr.bgp import INACTIVE, head
from netdoctor.lab.render.cisco_xr.words import stamped
from netdoctor.lab.render.text import NO_ADDRESS
from netdoctor.lab.routes import Path, advertised

_LEGEND = (
    "",
    "Status codes: s suppressed, d damped, h history, * valid, > best",
    "              i - internal, r RIB-failure, S stale, N Nexthop-discard",
    "Origin codes: i - IGP, e - EGP, ? - incomplete",
    "   Network            Next Hop            Metric LocPrf Weight Path",
)


@answers("show bgp ipv4 unicast", "show bgp")
def table(view: View) -> str:
    return _told(view, view.device.best)


@answers("show bgp neighbors {peer} received routes")
def received(view: View, peer: str) -> str:
    end = view.device.neighbors.get(peer)
    return _told(view, {prefix: [path] for prefix, path in end.received.items()} if end else {})


def _told(view: View, found: Mapping[str, list[Path]]) -> str:
    if not view.device.bgp_running:
        return stamped(view, [INACTIVE])
    paths = sum(map(len, found.values()))
    return stamped(
        view,
        [
            *head(view),
            *_LEGEND,
            *(row for prefix in sorted(found) for row in _rows(prefix, found[prefix])),
            "",
            f"Processed {len(found)} prefixes, {paths} paths",
        ],
    )


def _rows(prefix: str, paths: list[Path]) -> Iterator[str]:
    for number, path in enumerate(paths):
        status = "*>" if number == 0 else "* "
        source = path.learned_from
        hop = source.peer_address if source else NO_ADDRESS
        weight = 0 if source else 32768
        yield (
            f"{status} {prefix if number == 0 else '':<18} {hop:<19} {0 if not source else '':>6} "
            f"{'':>6} {weight:6d} {' '.join([*map(str, path.as_path), 'i'])}"
        )


@answers("show bgp neighbors {peer} advertised-routes")
def told(view: View, peer: str) -> str:
    end = view.device.neighbors.get(peer)
    paths = advertised(end, end.remote_as) if end and end.established else {}
    rows = ["Network            Next Hop        From            AS Path"] if paths else []
    for prefix, path in sorted(paths.items()):
        source = path.learned_from.peer_address if path.learned_from else "Local"
        local = end.local_address if end else ""
        rows.append(f"{prefix:<18} {local:<15} {source:<15} {' '.join(map(str, path.as_path))}i")
    return stamped(view, [*rows, "", f"Processed {len(paths)} prefixes, {len(paths)} paths"] if paths else [])


@answers("show bgp {prefix} detail", "show bgp {prefix}")
def entry(view: View, prefix: str) -> str:
    paths = view.device.best.get(prefix)
    return stamped(view, _entry(prefix, paths, view) if paths else ["% Network not in table"])


def _entry(prefix: str, paths: list[Path], view: View) -> Iterator[str]:
    yield f"BGP routing table entry for {prefix}"
    yield "Versions:"
    yield "  Process           bRIB/RIB  SendTblVer"
    yield f"  Speaker           {len(view.device.best):8d}    {len(view.device.best):8d}"
    yield f"Paths: ({len(paths)} available, best #1)"
    yield "  Not advertised to any peer"
    for number, path in enumerate(paths, 1):
        yield f"  Path #{number}: Received by speaker 0"
        yield "  Not advertised to any peer"
        yield f"  {' '.join(map(str, path.as_path)) or 'Local'}"
        source = path.learned_from
        hop = source.peer_address if source else NO_ADDRESS
        whom = view.world.far_end(source).device.router_id if source else view.device.router_id
        yield f"    {hop} from {hop} ({whom})"
        kind = "external" if source else "local"
        best = ", best, group-best" if number == 1 else ", multipath"
        yield f"      Origin IGP, metric 0, localpref 100, valid, {kind}{best}"
        yield f"      Received Path ID 0, Local Path ID 0, version {len(view.device.best)}"
