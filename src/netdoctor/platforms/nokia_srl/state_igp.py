"""OSPF and IS-IS in the state tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from netdoctor.model.facts import (
    Fact,
    IsisAdjacency,
    IsisInstance,
    IsisInterface,
    OspfInstance,
    OspfInterface,
    OspfNeighbor,
)
from netdoctor.platforms.nokia_srl.reading import Object, bare, inner, rows, said, since_s, up
from netdoctor.platforms.values import UNSPECIFIED, area_id, count, number

_STATES: Final[dict[str, Any]] = {
    "down": "down", "attempt": "attempt", "init": "init", "twoway": "two_way", "exstart": "exstart",
    "exchangestart": "exstart", "exchange": "exchange", "loading": "loading", "full": "full",
}  # fmt: skip
_TYPES: Final[dict[str, Any]] = {"point-to-point": "point_to_point", "broadcast": "broadcast"}


def ospf_state(word: str | None) -> Any:
    """SR Linux's state of an adjacency in the words of RFC 2328."""
    return _STATES.get(re.sub(r"[^a-z]", "", (word or "").lower()))


def ospf(vrf: str, entry: Object) -> Iterator[Fact]:
    """One process: its interfaces and their neighbours."""
    router_id = said(entry.get("router-id")) or said(entry.get("oper-router-id"))
    overload = inner(entry, "overload")
    if router_id:
        state = said(overload.get("overload-state") or overload.get("status"))
        active = entry.get("overload-state") if isinstance(entry.get("overload-state"), bool) else None
        yield OspfInstance(
            vrf=vrf, router_id=router_id, max_metric=active if state is None else "not" not in state
        )
    for area in rows(entry, "area"):
        number_ = area_id(area.get("area-id"))
        for interface in rows(area, "interface"):
            yield from _ospf_interface(vrf, number_, router_id, interface)


def _ospf_interface(vrf: str, area: str | None, router_id: str | None, entry: Object) -> Iterator[Fact]:
    name = said(entry.get("interface-name") or entry.get("name"))
    if not name:
        return
    neighbors = list(rows(entry, "neighbor"))
    states = [ospf_state(said(one.get("adjacency-state"))) for one in neighbors]
    auth = said(entry.get("authentication-type") or inner(entry, "authentication").get("keychain"))
    yield OspfInterface(
        vrf=vrf,
        interface=name,
        area=area,
        router_id=router_id,
        hello_interval_s=number(entry.get("hello-interval")),
        dead_interval_s=number(entry.get("dead-interval")),
        network_type=_TYPES.get(said(entry.get("interface-type")) or ""),
        mtu_bytes=count(entry.get("oper-mtu") or entry.get("mtu")),
        auth_type=auth,
        passive=up(entry.get("passive")),
        cost=count(entry.get("oper-metric") or entry.get("metric")),
        oper_up=_oper_up(said(entry.get("oper-state") or entry.get("state"))),
        neighbors_count=len(neighbors),
        adjacent_count=states.count("full"),
    )
    for one, state in zip(neighbors, states, strict=True):
        if identifier := said(one.get("router-id")):
            yield OspfNeighbor(
                vrf=vrf,
                interface=name,
                neighbor_router_id=identifier,
                address=said(one.get("address") or one.get("neighbor-address")),
                adjacency_state=state,
                area=area,
                up_for_s=number(one.get("up-time")) if state == "full" else None,
            )


def _oper_up(word: str | None) -> bool | None:
    return None if word is None else word.lower() != "down"


def level(word: Any) -> Any:
    """`L1L2`, `level-2` and 2 as `1-2`, `2`."""
    digits = "".join(sorted(set(re.findall(r"[12]", str(word or "")))))
    return {"1": "1", "2": "2", "12": "1-2"}.get(digits)


def isis(vrf: str, entry: Object, now: datetime | None) -> Iterator[Fact]:
    """One process: its interfaces and their adjacencies."""
    nets = entry.get("oper-area-id") or entry.get("area-id")
    areas = tuple(str(one) for one in nets) if isinstance(nets, list) else (str(nets),) if nets else None
    system = said(entry.get("oper-system-id") or entry.get("system-id"))
    capability = said(entry.get("level-capability"))
    overload = inner(entry, "overload").get("current-status")
    if system:
        yield IsisInstance(
            vrf=vrf,
            name=said(entry.get("name")),
            system_id=system.lower(),
            areas=areas,
            level=level(capability),
            overload=None if overload is None else "not" not in str(overload),
        )
    for interface in rows(entry, "interface"):
        yield from _isis_interface(vrf, interface, now)


def _isis_interface(vrf: str, entry: Object, now: datetime | None) -> Iterator[Fact]:
    name = said(entry.get("interface-name") or entry.get("name"))
    if not name:
        return
    levels = list(rows(entry, "level"))
    adjacencies = list(rows(entry, "adjacency"))
    kind = bare(entry.get("circuit-type") or entry.get("interface-type"))
    yield IsisInterface(
        vrf=vrf,
        interface=name,
        level=level("".join(str(one.get("level-number", "")) for one in levels)) if levels else None,
        network_type=_TYPES.get(kind or ""),
        passive=up(entry.get("passive")),
        oper_up=up(entry.get("oper-state")),
        metric=next((found for one in levels if (found := count(one.get("metric"))) is not None), None),
        adjacent_count=sum(str(one.get("state", "")).lower() == "up" for one in adjacencies),
    )
    for one in adjacencies:
        yield _adjacency(vrf, name, one, now)


def _adjacency(vrf: str, interface: str, entry: Object, now: datetime | None) -> IsisAdjacency:
    system = said(entry.get("neighbor-system-id"))
    state = (said(entry.get("state")) or "").lower()
    told = (
        said(entry.get("neighbor-ipv4-address") or entry.get("neighbor-ip-address")),
        said(entry.get("neighbor-ipv6-address")),
    )
    up_ = state == "up"
    return IsisAdjacency(
        vrf=vrf,
        interface=interface,
        neighbor=said(entry.get("neighbor-hostname")) or system or "unknown",
        level=level(entry.get("adjacency-level")),
        adjacency_state=state
        if state in {"up", "down", "init"}
        else "init"
        if state.startswith("init")
        else None,  # type: ignore[arg-type]  # a word of the level
        up_for_s=since_s(entry.get("up-timestamp") or entry.get("last-transition"), now) if up_ else None,
        system_id=system,
        hold_time_s=number(entry.get("remaining-holdtime")),
        addresses=tuple(one for one in told if one and one not in UNSPECIFIED) or None,
    )
