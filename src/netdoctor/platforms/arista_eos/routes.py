"""The routing table, and whether the device routes at all."""

from __future__ import annotations

from collections.abc import Iterator

from netdoctor.model.entities import DEFAULT_VRF
from netdoctor.model.facts import DeviceInfo, Route, TableUse
from netdoctor.platforms.arista_eos.reading import (
    Object,
    Read,
    bounded,
    document,
    each,
    each_vrf,
    inner,
    listed,
    objects,
    on_request,
)
from netdoctor.platforms.base import command
from netdoctor.platforms.values import count, flag, text

_PROTOCOLS = (
    ("bgpaggregate", "aggregate"),
    ("ebgp", "bgp"),
    ("ibgp", "bgp"),
    ("bgp", "bgp"),
    ("ospf", "ospf"),
    ("isis", "isis"),
    ("rip", "rip"),
    ("drop", "static"),
    ("static", "static"),
)
"""By how EOS's word begins. A static route to Null0 is called a drop route."""


@command(
    "show ip route vrf all | json",
    area="forwarding",
    gives=(Route, DeviceInfo),
    timeout_s=30.0,
    aliases=(
        "show ip route vrf {vrf} | json",
        "show ip route vrf {vrf} {prefix} bgp detail | json",
        "show ip route vrf {vrf} {prefix} longer-prefixes bgp detail | json",
        "show ipv6 route vrf all | json",
    ),
)
def routes(output: str, vrf: str = "", prefix: str = "") -> Read:
    """Every active route. `programmed` is what EOS says of the hardware."""
    yield from bounded(each_vrf(document(output), ("routes",), _table), "routes")


def _table(vrf: str, entry: Object) -> Iterator[Route | DeviceInfo]:
    disabled = flag(entry.get("routingDisabled"))
    if vrf == DEFAULT_VRF and disabled is not None:
        yield DeviceInfo(forwarding_enabled=not disabled)
    for prefix, found in objects(entry.get("routes")):
        yield _route(vrf, prefix, found)


def _route(vrf: str, prefix: str, found: Object) -> Route:
    vias = [inner(via) for via in listed(found.get("vias"))]
    hops = filter(None, (text(via.get("nexthopAddr")) for via in vias))
    interfaces = tuple(dict.fromkeys(filter(None, (text(via.get("interface")) for via in vias))))
    action = text(found.get("routeAction"))
    return Route(
        vrf=vrf,
        prefix=prefix,
        protocol=_protocol(text(found.get("routeType")) or ""),
        next_hops=tuple(dict.fromkeys(hops)),
        out_interfaces=interfaces,
        discard="Null0" in interfaces or action in {"drop", "discard"},
        distance=count(found.get("preference")),
        metric=count(found.get("metric")),
        active=True,
        programmed=flag(found.get("hardwareProgrammed")),
    )


def _protocol(word: str) -> str:
    lower = word.lower().replace(" ", "")
    return next((ours for start, ours in _PROTOCOLS if lower.startswith(start)), lower or "other")


@command(
    "show ip route vrf all summary | json",
    area="forwarding",
    gives=(TableUse,),
    arguments=on_request,
    aliases=("show {family} route[ vrf {vrf}] summary | json",),
)
def summary(output: str, family: str = "ip") -> Read:
    """How many routes each VRF has."""
    version = "ipv6" if family == "ipv6" else "ipv4"
    yield from each(document(output), "vrfs", lambda vrf, entry: _total(f"{version} routes {vrf}", entry))


def _total(table: str, entry: Object) -> Iterator[TableUse]:
    routes_count = count(entry.get("totalRoutes"))
    if routes_count is None:
        raise ValueError("no 'totalRoutes'")
    yield TableUse(table=table, used_count=routes_count)
