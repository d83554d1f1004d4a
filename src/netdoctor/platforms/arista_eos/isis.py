"""IS-IS: adjacencies and interfaces (ISO 10589)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any, Literal

from netdoctor.model.facts import IsisAdjacency, IsisInstance, IsisInterface, RoutingProcess
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
from netdoctor.platforms.values import count, flag, text

_STATES: dict[str, Literal["down", "init", "up"]] = {"down": "down", "init": "init", "up": "up"}
_LEVELS: dict[str, Literal["1", "2", "1-2"]] = {
    "1": "1",
    "2": "2",
    "level-1": "1",
    "level-2": "2",
    "level-1-2": "1-2",
    "level-1-and-2": "1-2",
}


@command(
    "show isis neighbors detail vrf all | json",
    area="isis",
    gives=(IsisAdjacency, RoutingProcess),
    aliases=("show isis neighbors[ detail][ vrf {vrf}] | json",),
)
def neighbors(output: str, at: datetime | None = None) -> Read:
    """Every adjacency of every instance."""
    found = document(output)
    if inactive(found):
        yield RoutingProcess(protocol="isis", running=False)
        return
    yield from each_vrf(found, ("isisInstances",), lambda vrf, entry: _neighbors(vrf, entry, seconds(at)))


def _neighbors(vrf: str, entry: Object, now_s: float | None) -> Read:
    for _, instance in objects(entry.get("isisInstances")):
        for system_id, neighbor in objects(instance.get("neighbors")):
            known = listed(neighbor.get("adjacencies"))
            yield from over(known, partial(_adjacency, vrf, system_id, now_s))


def _adjacency(vrf: str, system_id: str, now_s: float | None, _: str, found: Object) -> Read:
    interface = text(found.get("interfaceName"))
    if interface is None:
        raise ValueError("an adjacency without an interface")
    state = _STATES.get(text(found.get("state")) or "")
    details = inner(found, "details")
    areas = listed(details.get("areaIds"))
    address = text(details.get("ip4Address")) or text(found.get("routerIdV4"))
    yield IsisAdjacency(
        vrf=vrf,
        interface=interface,
        neighbor=text(found.get("hostname")) or system_id,
        level=_level(found.get("level")),
        adjacency_state=state,
        up_for_s=age_s(details.get("stateChanged"), now_s) if state == "up" else None,
        area=text(areas[0]) if areas else text(details.get("areaId")),
        system_id=system_id,
        hold_time_s=_float(details.get("advertisedHoldTime")),
        addresses=(address,) if address else None,
    )


def _level(value: Any) -> Literal["1", "2", "1-2"] | None:
    return _LEVELS.get((text(value) or "").lower())


def _float(value: Any) -> float | None:
    found = count(value)
    return None if found is None else float(found)


@command(
    "show isis interface brief vrf all | json",
    area="isis",
    gives=(IsisInterface,),
    aliases=("show isis interface[ brief][ vrf {vrf}] | json",),
)
def interfaces(output: str) -> Read:
    """IS-IS on every interface of every instance; the levels of one together."""
    found = document(output)
    if not inactive(found):
        yield from each_vrf(found, ("isisInstances",), _interfaces)


def _interfaces(vrf: str, entry: Object) -> Iterator[IsisInterface]:
    for _, instance in objects(entry.get("isisInstances")):
        for name, found in objects(instance.get("interfaces")):
            yield _interface(vrf, name, found)


def _interface(vrf: str, name: str, found: Object) -> IsisInterface:
    levels = dict(objects(found.get("intfLevels")))
    first: Object = next(iter(levels.values()), {})
    adjacent = [number for one in levels.values() if (number := count(one.get("numAdjacencies"))) is not None]
    kind = (text(found.get("interfaceType")) or "").lower()
    return IsisInterface(
        vrf=vrf,
        interface=name,
        level=_LEVELS.get("-".join(["level", *sorted(levels)])) if levels else None,
        network_type="point_to_point" if "point" in kind else "broadcast" if "broadcast" in kind else None,
        passive=flag(first.get("passive")),
        oper_up=flag(found.get("enabled")),
        auth_type=str(first["authenticationMode"] or "none").lower()
        if "authenticationMode" in first
        else None,
        metric=count(first.get("ipv4Metric")),
        mtu_bytes=count(found.get("mtu")) or None,
        adjacent_count=sum(adjacent) if adjacent else None,
    )


@command(
    "show isis summary vrf all | json",
    area="isis",
    gives=(IsisInstance,),
    aliases=("show isis summary | json",),
)
def instances(output: str) -> Read:
    """The system id of every instance, and whether the overload bit is set."""
    found = document(output)
    if not inactive(found):
        yield from each_vrf(found, ("isisInstances",), _instances)


def _instances(vrf: str, entry: Object) -> Iterator[IsisInstance]:
    for name, found in objects(entry.get("isisInstances")):
        overload = inner(found, "setOverloadBit") or inner(found, "overload")
        yield IsisInstance(
            vrf=vrf,
            name=name,
            system_id=text(found.get("systemId")),
            areas=tuple(filter(None, map(text, listed(found.get("areaAddresses"))))) or None,
            level=_level(found.get("isType")),
            overload=flag(overload.get("set")) if overload else flag(found.get("setOverloadBit")),
        )
