"""The routing table, and the forwarding table of a card."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from netdoctor.lab.render import View, answers
from netdoctor.lab.render.nokia_sros.words import (
    BASE,
    LINE,
    MANAGEMENT,
    NONE_FOUND,
    RULE,
    SYSTEM,
    age,
    interface_of,
    shown,
    table,
)
from netdoctor.lab.routes import Route, lookup

PROTOCOLS = {"connected": "Local", "static": "Static", "bgp": "BGP", "ospf": "OSPF", "isis": "ISIS"}
PREFERENCES = {"connected": 0, "static": 5, "bgp": 170, "ospf": 10, "isis": 18}
HEAD = (
    "Dest Prefix[Flags]                            Type    Proto     Age        Pref",
    "      Next Hop[Interface Name]                                    Metric",
)
FLAGS = (
    "Flags: n = Number of times nexthop is repeated",
    "       B = BGP backup route available",
    "       L = LFA nexthop available",
    "       S = Sticky ECMP requested",
)
BLACK_HOLE = "Black Hole"
SUMMARY = ("Aggregate", "ARP-ND", "BGP", "Direct", "Host", "ISIS", "LDP", "OSPF", "RIP", "Static", "VPN Leak")


def of_router(view: View, router: str = BASE) -> list[Route]:
    """The routes of one router instance."""
    wanted = router == MANAGEMENT
    return [route for route in view.device.routes.values() if _managed(route) is wanted]


def _managed(route: Route) -> bool:
    return any(hop.port is not None and hop.port.kind == "management" for hop in route.hops)


@answers("show router route-table")
def routes(view: View) -> str:
    return _table(view, BASE, of_router(view))


@answers('show router "management" route-table')
def management(view: View) -> str:
    return _table(view, MANAGEMENT, of_router(view, MANAGEMENT))


@answers("show router route-table summary")
def summary(view: View) -> str:
    counts = Counter(
        "Direct" if r.protocol == "connected" else PROTOCOLS[r.protocol] for r in of_router(view)
    )
    head = [f"{'':<30}{'Active':<25}Available"]
    rows = [f"{name:<30}{counts[name]:<25}{counts[name]}" for name in SUMMARY]
    total = sum(counts.values())
    return table("Route Table Summary (Router: Base)", head, rows, f"{'Total':<30}{total:<25}{total}")


@answers("show router route-table {prefix}")
def route(view: View, prefix: str) -> str:
    return _table(view, BASE, _match(view, prefix))


def _match(view: View, prefix: str) -> list[Route]:
    """The route of a prefix, or the longest match of an address."""
    found = view.device.routes.get(prefix) or lookup(view.device, prefix.partition("/")[0])
    return [found] if found else []


def _table(view: View, router: str, found: list[Route]) -> str:
    rows = [line for one in found for line in _rows(one, view)] or [NONE_FOUND]
    body = [*HEAD, LINE, *rows, LINE, f"No. of Routes: {len(found)}", *FLAGS]
    return shown(["", RULE, f"Route Table (Router: {router})", RULE, *body, RULE])


def ways(found: Route) -> list[str]:
    """The next hops in SR OS's words: addresses, interfaces, or the black hole."""
    if found.discards:
        return [BLACK_HOLE]
    named = [hop.address or (interface_of(hop.port) if hop.port else "") for hop in found.hops]
    return named or [SYSTEM]


def _rows(found: Route, view: View) -> Iterator[str]:
    """A line for the route and one for its next hop, again for each next hop."""
    kind = "Blackh*" if found.discards else "Local" if found.protocol == "connected" else "Remote"
    metric = 1 if found.protocol == "static" else found.metric
    for way in ways(found):
        yield (
            f"{found.prefix:<46}{kind:<8}{PROTOCOLS[found.protocol]:<10}{age(view.at - found.since):<11}"
            f"{PREFERENCES[found.protocol]}"
        )
        yield f"       {way:<61}{metric}"


@answers("show router route-table {prefix} extensive")
def extensive(view: View, prefix: str) -> str:
    lines = [line for one in _match(view, prefix) for line in _extensive(one, view)]
    count = len(_match(view, prefix))
    body = [*(lines or [NONE_FOUND]), LINE, f"No. of Destinations: {count}"]
    return shown(["", RULE, "Route Table (Router: Base)", RULE, *body, RULE])


def _extensive(found: Route, view: View) -> Iterator[str]:
    yield f"Dest Prefix             : {found.prefix}"
    yield f"  Protocol              : {PROTOCOLS[found.protocol].upper()}"
    yield f"  Age                   : {age(view.at - found.since)}"
    yield f"  Preference            : {PREFERENCES[found.protocol]}"
    for hop in found.hops:
        yield f"  Next-Hop              : {hop.address or 'N/A'}"
        if hop.port:
            yield f"    Interface           : {interface_of(hop.port)}"
        yield "    QoS                 : Priority=n/c, FC=n/c"
        yield f"    Metric              : {found.metric}"
    if found.discards:
        yield f"  Next-Hop              : {BLACK_HOLE}"


@answers("show router fib 1 {prefix}")
def fib(view: View, prefix: str) -> str:
    rows = [line for one in _match(view, prefix) for line in _programmed(one)]
    head = ["Prefix [Flags]                                              Protocol", "    NextHop"]
    total = f"Total Entries : {len(_match(view, prefix))}"
    return table("FIB Display", head, rows or [NONE_FOUND], total)


def _programmed(found: Route) -> Iterator[str]:
    yield f"{found.prefix:<60}{PROTOCOLS[found.protocol].upper()}"
    for hop in found.hops:
        place = interface_of(hop.port) if hop.port else SYSTEM
        yield f"   {hop.address or found.prefix.partition('/')[0]} ({place})"
    if found.discards:
        yield f"   {BLACK_HOLE}"
