"""The BGP table: one fact a prefix, as its best path shows it."""

from __future__ import annotations

from typing import Any

from netdoctor.model.facts import BgpRoute
from netdoctor.platforms.arista_eos.reading import (
    Object,
    Read,
    bounded,
    document,
    each_vrf,
    inner,
    listed,
    over,
)
from netdoctor.platforms.base import command
from netdoctor.platforms.values import count, flag, text

_OWN = frozenset({None, "-", "0.0.0.0", "::"})  # noqa: S104 - what EOS prints for no next hop


@command("show ip bgp vrf all | json", area="bgp", gives=(BgpRoute,), targets_only=True, timeout_s=30.0)
def table(output: str) -> Read:
    """Every prefix that BGP knows."""
    yield from bounded(each_vrf(document(output), ("bgpRouteEntries",), _prefixes), "BGP prefixes")


def _prefixes(vrf: str, entry: Object) -> Read:
    yield from over(entry.get("bgpRouteEntries"), lambda prefix, found: [_prefix(vrf, prefix, found)])


def _prefix(vrf: str, prefix: str, found: Object) -> BgpRoute:
    paths = [path for path in map(inner, listed(found.get("bgpRoutePaths"))) if path]
    usable = [flag(inner(path, "routeType").get("valid")) for path in paths]
    best = next((path for path in paths if inner(path, "routeType").get("active") is True), None)
    shown = best or (paths[0] if paths else {})
    hops = {text(path.get("nextHop")) for path in paths if path is best or _ecmp(path)} - _OWN
    return BgpRoute(
        vrf=vrf,
        prefix=prefix,
        locally_originated=text(shown.get("nextHop")) in _OWN if shown else None,
        valid=any(usable) if None not in usable else None,
        best=best is not None,
        paths_count=count(found.get("totalPaths")) or len(paths),
        next_hops=tuple(sorted(filter(None, hops))),
        as_path=_as_path(shown),
        communities=_communities(shown),
    )


def _ecmp(path: Object) -> bool:
    return inner(path, "routeType").get("ecmp") is True


def _as_path(path: Object) -> str | None:
    """The AS path without the origin code that EOS prints behind it."""
    shown = text(inner(path, "asPathEntry").get("asPath"))
    return shown.removesuffix(" i").removesuffix(" e").removesuffix(" ?").strip("ie?") if shown else None


def _communities(path: Object) -> tuple[str, ...] | None:
    found: Any = inner(path, "routeDetail").get("communityList")
    return tuple(filter(None, map(text, found))) if isinstance(found, list) else None
