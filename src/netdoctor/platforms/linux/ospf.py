"""OSPF as FRR's ospfd tells it (RFC 2328)."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from typing import Any, Final, Literal, get_args

from netdoctor.model.facts import OspfInstance, OspfInterface, OspfNeighbor, RoutingProcess
from netdoctor.model.facts.routing import OspfNetworkType
from netdoctor.platforms.base import command
from netdoctor.platforms.linux.reading import Object, Read, age_s, documents, each, inner, listed, vrfs
from netdoctor.platforms.linux.vtysh import also, not_running, vtysh
from netdoctor.platforms.values import clean, count, flag, seconds, text

Adjacency = Literal["down", "attempt", "init", "two_way", "exstart", "exchange", "loading", "full"]
_ADJACENCIES: Final = frozenset(get_args(Adjacency))
_NETWORK_TYPES: Final[dict[str, OspfNetworkType]] = {
    "pointopoint": "point_to_point",
    "pointtopoint": "point_to_point",
    "broadcast": "broadcast",
    "nbma": "non_broadcast",
    "nonbroadcast": "non_broadcast",
    "pointomultipoint": "point_to_multipoint",
    "pointtomultipoint": "point_to_multipoint",
    "loopback": "loopback",
}
_AUTH_TYPES = {
    "authenticationNone": "none",
    "authenticationSimplePassword": "simple",
    "authenticationMessageDigest": "message-digest",
}


def _answer(output: str, mark: str, read: Callable[[str, Object], Read]) -> Read:
    """What `read` makes of every VRF; a document without VRFs is known by `mark`."""
    if dead := list(not_running(output)):
        yield from dead
    elif output.strip():
        tables = (_named(document, mark) for document in documents(output))
        yield from each((place for table in tables for place in vrfs(table, mark)), read)


def _named(document: Any, mark: str) -> Any:
    """Older FRR leaves out the word in front of its lists of neighbours."""
    bare = isinstance(document, dict) and any(isinstance(value, list) for value in document.values())
    return {mark: document} if bare else document


@command(
    vtysh("show ip ospf vrf all neighbor json"),
    area="ospf",
    gives=(OspfNeighbor, RoutingProcess),
    privileged=True,
    aliases=also(
        "show ip ospf vrf all neighbor json",
        "show ip ospf neighbor json",
        "show ip ospf neighbor all json",
        "show ip ospf neighbor detail json",
        "show ip ospf vrf all neighbor detail json",
    ),
)
def neighbors(output: str) -> Read:
    yield from _answer(output, "neighbors", _neighbors)


def _neighbors(vrf: str, table: Object) -> Read:
    found = (
        (vrf, clean(router_id), entry)
        for router_id, several in inner(table, "neighbors").items()
        for entry in listed(several)
        if isinstance(entry, dict)
    )
    yield from each(found, _neighbor)


def _neighbor(vrf: str, router_id: str, entry: Object) -> Read:
    state = adjacency(entry.get("nbrState", entry.get("state")))
    name = text(entry.get("ifaceName"))
    up_s = seconds(entry.get("upTimeInMsec"))
    yield OspfNeighbor(
        vrf=vrf,
        neighbor_router_id=router_id,
        address=text(entry.get("ifaceAddress", entry.get("address"))),
        interface=name.partition(":")[0] if name else None,
        adjacency_state=state,
        area=area(entry.get("areaId")),
        up_for_s=(age_s(entry.get("upTime")) if up_s is None else up_s) if state == "full" else None,
    )


def adjacency(value: Any) -> Adjacency | None:
    """The state of RFC 2328 §10.1, in front of the neighbour's role: `Full/DR`, `2-Way/DROther`."""
    word = str(value).partition("/")[0].rstrip("\\").lower().replace("-", "")
    word = "two_way" if word in {"2way", "twoway"} else word
    return word if word in _ADJACENCIES else None  # type: ignore[return-value]  # one of the type's words


def network_type(value: Any) -> OspfNetworkType | None:
    """A type of RFC 2328 §9: `POINTOPOINT`, `BROADCAST`, `NBMA`, …"""
    return _NETWORK_TYPES.get(str(value).lower().replace("-", "").replace("_", ""))


def area(value: Any) -> str | None:
    """An area as a dotted quad: `0`, `0.0.0.0` and `0.0.0.0 [Stub]` are the backbone."""
    found = re.match(r"\d+(?:\.\d+){3}|\d+", str(value), re.ASCII)
    if found is None:
        return None
    try:
        return str(ipaddress.IPv4Address(int(found[0]) if found[0].isdecimal() else found[0]))
    except ValueError:
        return None


@command(
    vtysh("show ip ospf vrf all interface json"),
    area="ospf",
    gives=(OspfInterface, RoutingProcess),
    privileged=True,
    aliases=also("show ip ospf vrf all interface json", "show ip ospf interface json"),
)
def interfaces(output: str) -> Read:
    yield from _answer(output, "interfaces", _interfaces)


def _interfaces(vrf: str, table: Object) -> Read:
    """The interfaces of a VRF. Where none is in an area, FRR leaves the table out or empty.

    Older FRR leaves out the word `interfaces`: the interfaces stand beside the VRF's name.
    """
    found = inner(table, "interfaces")
    if not found and "ospfEnabled" in table:
        found, vrf = {vrf: table}, "default"
    elif "interfaces" not in table:
        found = {name: entry for name, entry in table.items() if "ospfEnabled" in inner(table, name)}
    yield from each(((vrf, clean(name), entry) for name, entry in found.items()), _interface)


def _interface(vrf: str, name: str, entry: Object) -> Read:
    if entry.get("ospfEnabled") is False:
        return
    yield OspfInterface(
        vrf=vrf,
        interface=name,
        area=area(entry.get("area")),
        router_id=text(entry.get("routerId")),
        hello_interval_s=seconds(entry.get("timerMsecs")),
        dead_interval_s=_dead_s(entry),
        network_type=network_type(entry.get("networkType")),
        mtu_bytes=count(entry.get("mtuBytes")),
        auth_type=_AUTH_TYPES.get(str(entry.get("authentication"))),
        passive=bool(entry.get("timerPassiveIface")),
        cost=count(entry.get("cost")),
        oper_up=flag(entry.get("ifUp")),
        neighbors_count=count(entry.get("nbrCount")),
        adjacent_count=count(entry.get("nbrAdjacentCount")),
    )


def _dead_s(entry: Object) -> float | None:
    whole = count(entry.get("timerDeadSecs"))
    return seconds(entry.get("timerDeadMsecs")) if whole is None else float(whole)


@command(
    vtysh("show ip ospf vrf all json"),
    area="ospf",
    gives=(OspfInstance, RoutingProcess),
    privileged=True,
    aliases=also("show ip ospf vrf all json", "show ip ospf json"),
)
def instances(output: str) -> Read:
    """Every OSPF process; one that says it is a stub router to any area (RFC 6987) has its maximum metric."""
    yield from _answer(output, "routerId", _instance)


def _instance(vrf: str, table: Object) -> Read:
    if "routerId" not in table:
        return
    areas = inner(table, "areas").values()
    yield OspfInstance(
        vrf=vrf,
        router_id=text(table.get("routerId")),
        max_metric=any(bool(inner(entry).get("originStubMaxDistRouterLsa")) for entry in areas),
    )
