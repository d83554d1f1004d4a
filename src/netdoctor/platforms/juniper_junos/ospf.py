"""OSPF and OSPFv3: neighbours, interfaces, processes (RFC 2328, RFC 5340)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final, Literal, get_args

from netdoctor.model.facts import Fact, OspfInstance, OspfInterface, OspfNeighbor, RoutingProcess
from netdoctor.model.facts.routing import OspfNetworkType
from netdoctor.platforms.base import EMPTY, NotUnderstood
from netdoctor.platforms.juniper_junos.naming import vrf_of
from netdoctor.platforms.juniper_junos.ospf_text import interfaces_in, neighbors_in, overviews_in
from netdoctor.platforms.juniper_junos.reading import (
    NO_ROUTING,
    Node,
    Read,
    each,
    leaf,
    nodes,
    not_running,
    on_request,
    or_empty,
    query,
    roots,
    seconds,
    told,
    tree,
    whole,
)
from netdoctor.platforms.values import area_id, count, duration_s, number

Adjacency = Literal["down", "attempt", "init", "two_way", "exstart", "exchange", "loading", "full"]
_ADJACENCIES: Final = {word.replace("_", ""): word for word in get_args(Adjacency)} | {"2way": "two_way"}
_TYPES: Final[dict[str, OspfNetworkType]] = {
    "lan": "broadcast",
    "p2p": "point_to_point",
    "p2mp": "point_to_multipoint",
    "nbma": "non_broadcast",
    "loopback": "loopback",
}
_NOT_RUNNING = re.compile(
    rf"OSPF3? (?:instance )?(?:is )?not running|{NO_ROUTING}", re.IGNORECASE | re.MULTILINE
)


_Entries = Callable[[str], Iterable[Node]]


def _read(output: str, version: str, name: str, in_text: _Entries, read: Callable[[Node], Read]) -> Read:
    """What `read` makes of the neighbours or interfaces of all instances."""
    if _NOT_RUNNING.search(output[:2000]):
        # Of the two versions, it is the older one that most routers run.
        yield not_running("ospf", output) if version == "ospf" else EMPTY
        return
    found = tree(output)
    if found is None:
        known = re.search(r"^\s*(?:Address|ID|Interface|Instance:?) ", output, re.M) is not None
        yield from or_empty(each(in_text(output), read), known)
        return
    outer = [f"{word}-{name}-information{end}" for word in (version, "ospf") for end in ("", "-all")]
    known_roots = roots(found, *outer)
    if not known_roots:
        raise NotUnderstood(f"no {outer[0]!r}")
    entries = (one for _, root in known_roots for one in _entries(root, version, name))
    yield from or_empty(each(entries, read), known=True)


def _entries(root: Node, version: str, name: str) -> Iterator[Node]:
    """The entries of every instance with its VRF; those of OSPFv3 may stand under a realm."""
    tables = nodes(root, f"{version}-instance-{name}") or nodes(root, f"ospf-instance-{name}") or [root]
    for table in tables:
        vrf = vrf_of(leaf(table, "ospf-instance-name") or leaf(table, "ospf3-instance-name"))
        for place in [table, *nodes(table, f"{version}-realm-{name}")]:
            for tag in dict.fromkeys((f"{version}-{name}", f"ospf-{name}")):
                yield from (one | {"vrf": vrf} for one in nodes(place, tag))


@query(
    "show ospf neighbor instance all detail",
    also=("show ospf neighbor[ {rest*}]", "get-ospf-neighbor-information[ {rest*}]"),
    area="ospf",
    gives=(OspfNeighbor, RoutingProcess),
)
def neighbors(output: str) -> Read:
    """Every neighbour of OSPFv2."""
    yield from _read(output, "ospf", "neighbor", neighbors_in, _neighbor)


@query(
    "show ospf3 neighbor instance all detail",
    also=("show ospf3 neighbor[ {rest*}]", "get-ospf3-neighbor-information[ {rest*}]"),
    area="ospf",
    gives=(OspfNeighbor, RoutingProcess),
)
def neighbors3(output: str) -> Read:
    """Every neighbour of OSPFv3."""
    yield from _read(output, "ospf3", "neighbor", neighbors_in, _neighbor)


def _neighbor(found: Node) -> Iterator[Fact]:
    router = leaf(found, "neighbor-id")
    if not router:
        raise ValueError("a neighbour without a router id")
    word = (leaf(found, "ospf-neighbor-state") or "").lower().replace("-", "").replace(" ", "")
    up_s = seconds(found, "neighbor-adjacency-time")
    yield OspfNeighbor(
        vrf=leaf(found, "vrf") or "default",
        neighbor_router_id=router,
        address=leaf(found, "neighbor-address"),
        interface=leaf(found, "interface-name"),
        adjacency_state=_ADJACENCIES.get(word),
        area=area_id(leaf(found, "ospf-area")),
        up_for_s=duration_s(leaf(found, "neighbor-adjacency-time")) if up_s is None else up_s,
    )


@query(
    "show ospf interface instance all detail",
    also=("show ospf interface[ {rest*}]", "get-ospf-interface-information[ {rest*}]"),
    area="ospf",
    gives=(OspfInterface, RoutingProcess),
)
def interfaces(output: str) -> Read:
    """Every interface of OSPFv2."""
    yield from _read(output, "ospf", "interface", interfaces_in, _interface)


@query(
    "show ospf3 interface instance all detail",
    also=("show ospf3 interface[ {rest*}]", "get-ospf3-interface-information[ {rest*}]"),
    area="ospf",
    gives=(OspfInterface, RoutingProcess),
    arguments=on_request,
)
def interfaces3(output: str) -> Read:
    """Every interface of OSPFv3."""
    yield from _read(output, "ospf3", "interface", interfaces_in, _interface)


def _interface(found: Node) -> Iterator[Fact]:
    name = leaf(found, "interface-name")
    if not name:
        raise ValueError("an interface without a name")
    state = (leaf(found, "ospf-interface-state") or "").lower()
    passive = leaf(found, "passive")
    yield OspfInterface(
        vrf=leaf(found, "vrf") or "default",
        interface=name,
        area=area_id(leaf(found, "ospf-area")),
        hello_interval_s=number(leaf(found, "hello-interval")),
        dead_interval_s=number(leaf(found, "dead-interval")),
        network_type=_network(leaf(found, "interface-type"), state),
        mtu_bytes=whole(found, "mtu"),
        auth_type=(
            leaf(found, "authentication-type") or leaf(found, "ospf-interface-authentication") or ""
        ).lower()
        or None,
        passive=True
        if told(found, "passive") and passive != "no"
        else False
        if "hello-interval" in found
        else None,
        cost=whole(found, "interface-cost"),
        oper_up=state != "down" if state else None,
        neighbors_count=whole(found, "neighbor-count"),
        adjacent_count=count(leaf(found, "adj-count")),
    )


def _network(said: str | None, state: str) -> OspfNetworkType | None:
    if said:
        return _TYPES.get(said.lower())
    return (
        "point_to_point" if state == "pttopt" else "broadcast" if state in {"dr", "bdr", "drother"} else None
    )


@query(
    "show ospf overview instance all",
    also=(
        "show ospf overview[ {rest*}]",
        "show ospf3 overview[ {rest*}]",
        "get-ospf-overview-information[ {rest*}]",
    ),
    area="ospf",
    gives=(OspfInstance, RoutingProcess),
)
def overview(output: str) -> Read:
    """The processes' router ids, and whether they are drained (overload is RFC 6987's max-metric)."""
    if _NOT_RUNNING.search(output[:2000]):
        yield not_running("ospf", output)
        return
    found = tree(output)
    if found is None:
        entries = list(overviews_in(output))
    else:
        known = roots(
            found, "ospf-overview-information", "ospf3-overview-information", "ospf-overview-information-all"
        )
        if not known:
            raise NotUnderstood("no 'ospf-overview-information'")
        entries = [
            one
            for _, root in known
            for one in (nodes(root, "ospf-overview") or nodes(root, "ospf3-overview"))
        ]
    yield from or_empty(each(entries, _overview), known=found is not None)


def _overview(found: Node) -> Iterator[Fact]:
    yield OspfInstance(
        vrf=vrf_of(leaf(found, "instance-name") or leaf(found, "ospf-instance-name")),
        router_id=leaf(found, "ospf-router-id") or leaf(found, "router-id"),
        max_metric=any("overload" in key for key in found) or None,
    )
