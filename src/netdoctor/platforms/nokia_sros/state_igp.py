"""OSPF and IS-IS in the state tree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from netdoctor.model.facts import (
    Fact,
    IsisAdjacency,
    IsisInstance,
    IsisInterface,
    OspfInstance,
    OspfInterface,
    OspfNeighbor,
)
from netdoctor.platforms.nokia_sros.isis import adjacency_state, level
from netdoctor.platforms.nokia_sros.ospf import interface_up, neighbor_state, network_type
from netdoctor.platforms.nokia_sros.reading import yes
from netdoctor.platforms.nokia_sros.yang import Object, inner, rows
from netdoctor.platforms.values import UNSPECIFIED, area_id, count, number, text


def ospf(vrf: str, entry: Object) -> Iterator[Fact]:
    """One process: its interfaces and their neighbours. Up-times are in hundredths of a second."""
    router_id = text(entry.get("oper-router-id"))
    overload = text(entry.get("overload-state"))
    if router_id:
        yield OspfInstance(
            vrf=vrf, router_id=router_id, max_metric=overload != "no-overload" if overload else None
        )
    for area in rows(entry, "area"):
        number_ = area_id(area.get("area-id"))
        for interface in rows(area, "interface"):
            yield from _ospf_interface(vrf, number_, interface, router_id)


def _ospf_interface(vrf: str, area: str | None, entry: Object, router_id: str | None) -> Iterator[Fact]:
    name = text(entry.get("interface-name"))
    if not name:
        return
    neighbors = list(rows(entry, "neighbor-state"))
    states = [neighbor_state(text(one.get("oper-state")) or "") for one in neighbors]
    yield OspfInterface(
        vrf=vrf,
        interface=name,
        area=area,
        router_id=router_id,
        network_type=network_type(text(entry.get("type"))),
        mtu_bytes=count(entry.get("oper-mtu")),
        cost=count(entry.get("oper-metric")),
        oper_up=interface_up(text(entry.get("oper-state"))),
        neighbors_count=count(entry.get("neighbor-count")),
        adjacent_count=states.count("full") if neighbors or entry.get("neighbor-count") == 0 else None,
    )
    for one, state in zip(neighbors, states, strict=True):
        if identifier := text(one.get("router-id")):
            yield OspfNeighbor(
                vrf=vrf,
                interface=name,
                neighbor_router_id=identifier,
                address=text(one.get("address")),
                adjacency_state=state,
                area=area,
                up_for_s=_hundredths(one.get("up-time")) if state == "full" else None,
            )


def _hundredths(value: Any) -> float | None:
    found = number(value)
    return None if found is None or found < 0 else found / 100.0


def isis(vrf: str, entry: Object) -> Iterator[Fact]:
    """One process: its interfaces and their adjacencies. Up-times are in seconds."""
    overloads = [text(inner(one, "overload").get("status")) for one in rows(entry, "level")]
    used = "".join(str(one) for one in (1, 2) if entry.get(f"l{one}-state") == "on")
    if system := text(entry.get("oper-system-id")):
        yield IsisInstance(
            vrf=vrf,
            name=str(entry.get("isis-instance", 0)),
            system_id=system.lower(),
            level=level(used),
            overload=any(word != "not-in-overload" for word in overloads if word) if any(overloads) else None,
        )
    for interface in rows(entry, "interface"):
        yield from _isis_interface(vrf, interface, used)


def _isis_interface(vrf: str, entry: Object, used: str) -> Iterator[Fact]:
    name = text(entry.get("interface-name"))
    if not name:
        return
    levels = {str(one.get("level-number")): one for one in rows(entry, "level")}
    metrics = [count(inner(levels.get(one), "oper-metric").get("ipv4-unicast")) for one in used]
    counts = [count(inner(one).get("adjacencies-number")) for one in levels.values()]
    kind = text(entry.get("oper-type"))
    yield IsisInterface(
        vrf=vrf,
        interface=name,
        level=level(used),
        network_type="point_to_point"
        if kind == "point-to-point"
        else "broadcast"
        if kind == "broadcast"
        else None,
        oper_up=yes(text(entry.get("oper-state"))),
        metric=next((metric for metric in metrics if metric is not None), None),
        mtu_bytes=count(entry.get("mtu")),
        adjacent_count=sum(one for one in counts if one is not None) if counts else None,
    )
    for adjacency in rows(entry, "adjacency"):
        yield _adjacency(vrf, name, adjacency)


def _adjacency(vrf: str, interface: str, entry: Object) -> IsisAdjacency:
    found = inner(entry, "neighbor")
    system = _system_id(text(found.get("system-id")))
    state = adjacency_state(text(entry.get("oper-state")))
    told = (text(found.get("ipv4")), text(found.get("ipv6")))
    return IsisAdjacency(
        vrf=vrf,
        interface=interface,
        neighbor=text(found.get("hostname")) or system or "unknown",
        level=level(text(entry.get("level"))),
        adjacency_state=state,
        up_for_s=number(entry.get("uptime")) if state == "up" else None,
        area=next((text(one.get("area-address")) for one in rows(entry, "area-address")), None),
        system_id=system,
        hold_time_s=number(entry.get("expires-in")),
        addresses=tuple(one for one in told if one and one not in UNSPECIFIED) or None,
    )


def _system_id(value: str | None) -> str | None:
    """`0x010010000003` as `0100.1000.0003`."""
    digits = (value or "").lower().removeprefix("0x")
    return ".".join(digits[at : at + 4] for at in (0, 4, 8)) if len(digits) == 12 else value
