"""IS-IS as FRR's isisd tells it (ISO 10589)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, Literal

from netdoctor.model.facts import IsisAdjacency, IsisInstance, IsisInterface, RoutingProcess
from netdoctor.platforms.base import command
from netdoctor.platforms.linux.reading import Object, Read, age_s, documents, each, inner, listed
from netdoctor.platforms.linux.vtysh import also, not_running, vtysh
from netdoctor.platforms.values import clean, count, duration_s, number, text

Level = Literal["1", "2", "1-2"]
State = Literal["down", "init", "up"]
_STATES: Final[dict[str, State]] = {"up": "up", "down": "down", "initializing": "init", "init": "init"}
_LEVELS: Final[dict[str, Level]] = {
    **dict.fromkeys(("1", "l1", "level-1", "is-level-1"), "1"),
    **dict.fromkeys(("2", "l2", "level-2", "is-level-2"), "2"),
    **dict.fromkeys(("3", "l1l2", "l1-l2", "level-1-2", "1-2"), "1-2"),
}


def level(value: Any) -> Level | None:
    """The level in isisd's words: `L1`, `2`, `L1L2`, 3 for both."""
    return _LEVELS.get(str(value).strip().lower())


def state(value: Any) -> State | None:
    """The state of an adjacency (RFC 5303): `Initializing` is `init`."""
    return _STATES.get(str(value).strip().lower())


def network_type(value: Any) -> Literal["point_to_point", "broadcast"] | None:
    """The type of a circuit: `p2p`, `Point-to-Point`, `lan`, `broadcast`."""
    word = str(value).strip().lower().replace("-", "")
    if word in {"p2p", "pointtopoint"}:
        return "point_to_point"
    return "broadcast" if word in {"lan", "broadcast"} else None


@command(
    vtysh("show isis vrf all neighbor detail json"),
    area="isis",
    gives=(IsisAdjacency, RoutingProcess),
    privileged=True,
    aliases=also(
        "show isis vrf all neighbor detail json",
        "show isis[ vrf {vrf}] neighbor[ {name}] json",
        "show isis[ vrf {vrf}] neighbor detail json",
        "show yang operational-data /frr-interface:lib isisd",
    ),
)
def neighbors(output: str, vrf: str | None = None) -> Read:
    """Every adjacency of every area, from the short table or in full."""
    if dead := list(not_running(output)):
        yield from dead
    elif output.strip():
        found = documents(output)
        if any("frr-interface:lib" in inner({"": document}, "") for document in found):
            yield from each(_yang(found), _yang_adjacency)
        else:
            yield from each(_circuits(found, vrf), _adjacency)


def _circuits(found: list[Any], vrf: str | None) -> Iterator[tuple[str, Object]]:
    """VRF and circuit. A circuit that has no adjacency tells only its number."""
    for document in found:
        for place, entry in _areas(document, vrf):
            for circuit in listed(entry.get("circuits")):
                if isinstance(circuit, dict) and "adj" in circuit:
                    yield place, circuit


def _areas(document: Any, vrf: str | None) -> Iterator[tuple[str, Object]]:
    """The areas with their VRFs: alone, in a list, or by VRF."""
    default = vrf if vrf and vrf != "all" else "default"
    for part in listed(document):
        tables = listed(part.get("vrfs")) or [part] if isinstance(part, dict) else []
        for table in (one for one in tables if isinstance(one, dict)):
            place = text(table.get("vrf")) or default
            for area in listed(table.get("areas")):
                if isinstance(area, dict):
                    yield clean(place), area


def _adjacency(vrf: str, circuit: Object) -> Read:
    """The short table has `adj` as a name, the full one as the neighbour's system id beside an object."""
    found = inner(circuit, "interface") or circuit
    name = found.get("name") if isinstance(circuit.get("interface"), dict) else circuit.get("interface")
    said = {**found, **{key: value for key, value in circuit.items() if key != "interface"}}
    up = state(said.get("state"))
    yield IsisAdjacency(
        vrf=vrf,
        interface=clean(str(name)),
        neighbor=clean(str(circuit["adj"])),
        level=level(said.get("adj-level", said.get("level"))),
        adjacency_state=up,
        up_for_s=age(said.get("last-ago")) if up == "up" else None,
        area=_area(said),
        system_id=system_id(circuit["adj"]),
        hold_time_s=_expires_s(said.get("expires-in")),
        addresses=_addresses(said),
    )


def age(value: Any) -> float | None:
    """Seconds in isisd's `1d2h`, `11m5s`, `00:03:12`."""
    return age_s(value) if isinstance(value, str) and age_s(value) is not None else duration_s(value)


def _expires_s(value: Any) -> float | None:
    return number(value.rstrip("s")) if isinstance(value, str) else number(value)


def _area(said: Object) -> str | None:
    found = inner(said, "area-address")
    return text(found.get("isonet")) or text(said.get("area-address"))


def system_id(value: Any) -> str | None:
    """A system id, `0000.0000.0001`; None for what is a host name (RFC 5301)."""
    found = text(value)
    return found if found and re.fullmatch(r"[0-9a-fA-F]{4}(?:\.[0-9a-fA-F]{4}){2}", found) else None


def _addresses(said: Object) -> tuple[str, ...] | None:
    found = [
        address
        for key, name in (("ipv4-address", "ipv4"), ("ipv6-link-local", "ipv6"), ("ipv6-global", "ipv6"))
        if (address := text(inner(said, key).get(name)))
    ]
    return tuple(found) or None


@command(
    vtysh("show isis vrf all interface detail json"),
    area="isis",
    gives=(IsisInterface, RoutingProcess),
    privileged=True,
    aliases=also(
        "show isis vrf all interface detail json",
        "show isis[ vrf {vrf}] interface detail json",
        "show isis[ vrf {vrf}] interface[ {interface}] json",
    ),
)
def interfaces(output: str, vrf: str | None = None) -> Read:
    """Every circuit, with its levels."""
    if dead := list(not_running(output)):
        yield from dead
    elif output.strip():
        found = (
            (place, inner(circuit, "interface") or circuit)
            for document in documents(output)
            for place, area in _areas(document, vrf)
            for circuit in listed(area.get("circuits"))
            if isinstance(circuit, dict)
        )
        yield from each(found, _interface)


def _interface(vrf: str, entry: Object) -> Read:
    levels = [one for one in listed(entry.get("levels")) if isinstance(one, dict)]
    first_level = levels[0] if levels else {}
    name = text(entry.get("name")) or text(entry.get("interface"))
    if name is None:
        return
    passive = text(entry.get("is-passive"))
    yield IsisInterface(
        vrf=vrf,
        interface=name,
        level=level(entry.get("level")),
        network_type=network_type(entry.get("type")),
        passive=True if passive == "passive" else None if passive is None else False,
        oper_up=None if "state" not in entry else str(entry["state"]).lower() == "up",
        metric=count(first_level.get("metric")),
        adjacent_count=count(first_level.get("active-neighbors")),
    )


@command(
    vtysh("show isis vrf all summary json"),
    area="isis",
    gives=(IsisInstance, RoutingProcess),
    privileged=True,
    aliases=also("show isis vrf all summary json", "show isis[ vrf {vrf}] summary json"),
)
def summary(output: str, vrf: str | None = None) -> Read:
    """The process in each VRF."""
    if dead := list(not_running(output)):
        yield from dead
    elif output.strip():
        found = (
            (text(entry.get("vrf")) or vrf or "default", entry)
            for document in documents(output)
            for part in listed(document)
            if isinstance(part, dict)
            for entry in listed(part.get("vrfs")) or [part]
            if isinstance(entry, dict)
        )
        yield from each(found, _instance)


def _instance(vrf: str, entry: Object) -> Read:
    areas = [one for one in listed(entry.get("areas")) if isinstance(one, dict)]
    first_area = areas[0] if areas else {}
    yield IsisInstance(
        vrf=vrf,
        name=text(first_area.get("area")),
        system_id=system_id(entry.get("system-id")),
        areas=tuple(found for one in areas if (found := text(one.get("net")))) or None,
        level=level(first_area.get("is-type", first_area.get("level-type"))),
        overload=any("overload" in str(one.get("overload-status", "")) for one in areas) or None,
    )


def _yang(found: list[Any]) -> Iterator[tuple[Object, Object]]:
    """Interface and adjacency in FRR's own YANG model (frr-isisd)."""
    for document in found:
        for port in listed(inner(document, "frr-interface:lib").get("interface")):
            for adjacency in listed(inner(port, "state", "frr-isisd:isis", "adjacencies").get("adjacency")):
                if isinstance(port, dict) and isinstance(adjacency, dict):
                    yield port, adjacency


def _yang_adjacency(port: Object, entry: Object) -> Read:
    neighbor = clean(str(entry["neighbor-sysid"]))
    yield IsisAdjacency(
        vrf=text(port.get("vrf")) or "default",
        interface=clean(str(port["name"])),
        neighbor=neighbor,
        level=level(entry.get("adjacency-type")),
        adjacency_state=state(entry.get("state")),
        system_id=system_id(neighbor),
        hold_time_s=number(entry.get("hold-timer")),
    )
