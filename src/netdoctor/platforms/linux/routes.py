"""Routing tables: FRR's RIB with what it put into the kernel, and BGP's own table.

The tables can be large, so they are read prefix by prefix, up to a limit; what an answer that was cut off
still holds is read too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from netdoctor.model.events import Note
from netdoctor.model.facts import BgpRoute, Route, RoutingProcess
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.linux.reading import Object, Read, age_s, documents, listed, storable
from netdoctor.platforms.linux.vtysh import also, not_running, vtysh
from netdoctor.platforms.values import clean, count, flag, text

MAX_PREFIXES: Final = 20_000

_DECODER = json.JSONDecoder()
_PLACE = re.compile(
    r'"vrfName"\s*:\s*"(?P<vrf>[^"\\\n]{1,64})"'
    r'|"(?P<prefix>[0-9a-fA-F.:]{2,45}\\{0,2}/\d{1,3})"\s*:\s*(?=\[)',
)
_DISCARDS = ("blackhole", "reject", "admin-prohibited")
_UNSPECIFIED = {"0.0.0.0", "::"}  # noqa: S104 - RFC 4291's unspecified address, not one to listen on


def _prefixes(output: str) -> Iterator[tuple[str, str, list[Any]] | Note]:
    """VRF, prefix and entries, in the order written; a Note where reading stopped early."""
    output = storable(output)
    vrf, place, seen = "default", 0, 0
    while found := _PLACE.search(output, place):
        place = found.end()
        if found["vrf"]:
            vrf = clean(found["vrf"])
            continue
        if seen == MAX_PREFIXES:
            yield Note(text=f"only the first {MAX_PREFIXES} prefixes were read")
            return
        try:
            entries, place = _DECODER.raw_decode(output, place)
        except (ValueError, RecursionError):
            yield Note(text=f"cut off at {found['prefix']}")
            return
        seen += 1
        yield vrf, found["prefix"].replace("\\", ""), entries


def _table(output: str, read: Callable[[str, str, list[Object]], Read]) -> Read:
    if dead := list(not_running(output)):
        yield from dead
        return
    nothing = True
    for item in _prefixes(output):
        nothing = False
        if isinstance(item, Note):
            yield item
            continue
        vrf, prefix, entries = item
        yield from read(vrf, prefix, [entry for entry in entries if isinstance(entry, dict)])
    if nothing and documents(output):
        yield EMPTY


@command(
    vtysh("show ip route vrf all json"),
    area="forwarding",
    gives=(Route, RoutingProcess),
    privileged=True,
    aliases=also(
        "show ip route vrf all json",
        "show ip route json",
        "show ip route[ vrf {vrf}] {prefix} json",
        "show ip route vrf {vrf} json",
    ),
)
@command(
    vtysh("show ipv6 route vrf all json"),
    area="forwarding",
    gives=(Route, RoutingProcess),
    privileged=True,
    aliases=also(
        "show ipv6 route vrf all json",
        "show ipv6 route json",
        "show ipv6 route[ vrf {vrf}] {prefix} json",
        "show ipv6 route vrf {vrf} json",
    ),
)
def routes(output: str) -> Read:
    """Every route of every protocol, also those that another protocol's better one keeps out."""
    yield from _table(output, _routes)


def _routes(vrf: str, prefix: str, entries: list[Object]) -> Read:
    known: set[tuple[str, str]] = set()
    # The selected one first: of two routes of one protocol it is the one to keep.
    for entry in sorted(entries, key=lambda found: not found.get("selected")):
        route = _route(vrf, prefix, entry)
        if (route.vrf, route.protocol) not in known:
            known.add((route.vrf, route.protocol))
            yield route


def _route(vrf: str, prefix: str, entry: Object) -> Route:
    hops = [hop for hop in listed(entry.get("nexthops")) if isinstance(hop, dict)]
    selected = bool(entry.get("selected"))
    return Route(
        vrf=text(entry.get("vrfName")) or vrf,
        prefix=prefix,
        protocol=text(entry.get("protocol")) or "unknown",
        next_hops=tuple(address for hop in hops if (address := text(hop.get("ip")))),
        out_interfaces=tuple(name for hop in hops if (name := text(hop.get("interfaceName")))),
        discard=bool(hops) and all(any(hop.get(word) for word in _DISCARDS) for hop in hops),
        distance=count(entry.get("distance")),
        metric=count(entry.get("metric")),
        age_s=age_s(entry.get("uptime")),
        active=selected,
        programmed=_programmed(entry, hops) if selected else None,
    )


def _programmed(entry: Object, hops: list[Object]) -> bool | None:
    """True when the kernel took the route: zebra's word of the route, else of its next hops."""
    if "installed" in entry:
        return flag(entry["installed"])
    if entry.get("queued") or entry.get("failed"):
        return False
    return any(hop.get("fib") for hop in hops) if hops else None


@command(
    vtysh("show bgp vrf all ipv4 unicast json"),
    area="bgp",
    gives=(BgpRoute, RoutingProcess),
    privileged=True,
    aliases=also(
        "show bgp vrf all ipv4 unicast json",
        "show bgp ipv4 unicast json",
        "show ip bgp json",
        "show bgp json",
    ),
)
@command(
    vtysh("show bgp vrf all ipv6 unicast json"),
    area="bgp",
    gives=(BgpRoute, RoutingProcess),
    privileged=True,
    aliases=also("show bgp vrf all ipv6 unicast json", "show bgp ipv6 unicast json"),
)
def bgp_table(output: str) -> Read:
    """Every prefix, as its best path shows it."""
    yield from _table(output, _bgp_route)


def _bgp_route(vrf: str, prefix: str, paths: list[Object]) -> Read:
    if not paths:
        return
    best = next((path for path in paths if path.get("bestpath")), None)
    shown = best or next((path for path in paths if path.get("valid")), paths[0])
    community = shown.get("community")
    words = text(community.get("string")) if isinstance(community, dict) else text(community)
    yield BgpRoute(
        vrf=vrf,
        prefix=prefix,
        locally_originated=any(_own(path) for path in paths),
        valid=any(bool(path.get("valid")) for path in paths),
        best=best is not None,
        paths_count=len(paths),
        next_hops=tuple(dict.fromkeys(_next_hops(shown))),
        as_path=clean(path) if isinstance(path := shown.get("path", shown.get("aspath")), str) else None,
        communities=tuple(words.split()) if words else None,
    )


def _own(path: Object) -> bool:
    """True for a path that came from no peer: a network or aggregate of this router, or redistributed."""
    return path.get("peerId") == "(unspec)" or path.get("sourced") is True


def _next_hops(path: Object) -> Iterator[str]:
    """The next hops' addresses: none for a prefix of this router's own."""
    for hop in listed(path.get("nexthops")):
        address = text(hop.get("ip")) if isinstance(hop, dict) else None
        if address and address not in _UNSPECIFIED:
            yield address
