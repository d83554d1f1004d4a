"""OSPF (RFC 2328): interfaces, neighbours, instances."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from netdoctor.model.facts import Fact, OspfInstance, OspfInterface, OspfNeighbor, RoutingProcess
from netdoctor.model.facts.routing import OspfNetworkType
from netdoctor.platforms.arista_eos.reading import (
    Object,
    Read,
    age_s,
    document,
    each_vrf,
    inactive,
    inner,
    listed,
    objects,
    over,
    seconds,
)
from netdoctor.platforms.base import command
from netdoctor.platforms.values import count, flag, number, text

_ADJACENCY = {
    "down": "down",
    "attempt": "attempt",
    "init": "init",
    "2ways": "two_way",
    "2way": "two_way",
    "twoway": "two_way",
    "exstart": "exstart",
    "exchstart": "exstart",
    "exchange": "exchange",
    "loading": "loading",
    "full": "full",
}
_NETWORK_TYPES: dict[str, OspfNetworkType] = {
    "p2p": "point_to_point",
    "pointtopoint": "point_to_point",
    "broadcast": "broadcast",
    "nonbroadcast": "non_broadcast",
    "nbma": "non_broadcast",
    "pointtomultipoint": "point_to_multipoint",
    "loopback": "loopback",
}


def _key(value: Any) -> str:
    return "".join(filter(str.isalnum, (text(value) or "").lower()))


def _area(value: Any) -> str | None:
    """An area as a dotted quad, however EOS writes it."""
    number_ = count(value)
    return str(ipaddress.IPv4Address(number_)) if number_ is not None and number_ < 2**32 else text(value)


@command(
    "show ip ospf neighbor detail vrf all | json",
    area="ospf",
    gives=(OspfNeighbor, RoutingProcess),
    aliases=("show ip ospf neighbor | json",),
)
def neighbors(output: str, at: datetime | None = None) -> Read:
    """Every neighbour of every instance."""
    found = document(output)
    if inactive(found):
        yield RoutingProcess(protocol="ospf", running=False)
        return
    yield from each_vrf(found, ("instList",), lambda vrf, entry: _neighbors(vrf, entry, seconds(at)))


def _neighbors(vrf: str, entry: Object, now_s: float | None) -> Read:
    for _, instance in objects(entry.get("instList")):
        yield from over(
            listed(instance.get("ospfNeighborEntries")),
            lambda _, found: [_neighbor(vrf, found, now_s)],
        )


def _neighbor(vrf: str, found: Object, now_s: float | None) -> Fact:
    details = inner(found, "details")
    state: Any = _ADJACENCY.get(_key(found.get("adjacencyState")))
    router_id = text(found.get("routerId"))
    if router_id is None:
        raise ValueError("a neighbour without a router id")
    return OspfNeighbor(
        vrf=vrf,
        neighbor_router_id=router_id,
        address=text(found.get("interfaceAddress")),
        interface=text(found.get("interfaceName")),
        adjacency_state=state,
        area=_area(details.get("areaId")),
        up_for_s=age_s(details.get("stateTime"), now_s) if state == "full" else None,
    )


@command(
    "show ip ospf interface vrf all | json",
    area="ospf",
    gives=(OspfInterface,),
    aliases=("show ip ospf interface | json",),
)
def interfaces(output: str) -> Read:
    """OSPF on every interface of every instance."""
    found = document(output)
    if not inactive(found):
        yield from each_vrf(found, ("instList",), _interfaces)


def _interfaces(vrf: str, entry: Object) -> Iterator[OspfInterface]:
    for _, instance in objects(entry.get("instList")):
        for name, found in objects(instance.get("interfaces")):
            yield _interface(vrf, name, found)


def _interface(vrf: str, name: str, found: Object) -> OspfInterface:
    state = _key(found.get("state"))
    return OspfInterface(
        vrf=vrf,
        interface=name,
        area=_area(found.get("area")),
        router_id=text(found.get("routerId")),
        hello_interval_s=number(found.get("helloInterval")),
        dead_interval_s=number(found.get("deadInterval")),
        network_type=_NETWORK_TYPES.get(_key(found.get("interfaceType"))),
        mtu_bytes=count(found.get("mtu")) or None,
        auth_type=_auth_type(found.get("authType", found.get("authenticationType"))),
        passive=flag(found.get("passive")),
        cost=count(found.get("cost")),
        oper_up=state != "down" if state else None,
        neighbors_count=count(found.get("neighborCount")),
    )


def _auth_type(value: Any) -> str | None:
    """`none`, `simple` or `message-digest` (RFC 2328 appendix D); others as EOS writes them."""
    word = _key(value)
    if not word:
        return "none" if value == "none" else None
    if word in {"none", "noauthentication", "null"}:
        return "none"
    return "message-digest" if "digest" in word else "simple" if "simple" in word else text(value)


@command("show ip ospf vrf all | json", area="ospf", gives=(OspfInstance,), aliases=("show ip ospf | json",))
def instances(output: str) -> Read:
    """The router id of every instance, and whether it advertises itself as a stub (RFC 6987)."""
    found = document(output)
    if not inactive(found):
        yield from each_vrf(found, ("instList",), _instances)


def _instances(vrf: str, entry: Object) -> Iterator[OspfInstance]:
    for _, found in objects(entry.get("instList")):
        yield OspfInstance(vrf=vrf, router_id=text(found.get("routerId")), max_metric=_max_metric(found))


def _max_metric(found: Object) -> bool | None:
    """Whether a key that speaks of the maximum metric is set. Its name is not settled among versions."""
    told = [value for key, value in found.items() if key.lower().startswith(("maxmetric", "stubrouter"))]
    if not told:
        return None
    return any(value is True or (isinstance(value, dict) and bool(value)) for value in told)
