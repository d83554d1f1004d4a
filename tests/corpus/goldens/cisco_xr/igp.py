"""OSPF and IS-IS."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from netdoctor.model.facts import (
    IsisAdjacency,
    IsisInstance,
    IsisInterface,
    OspfInterface,
    OspfNeighbor,
)
from tests.corpus.corpus import Record
from tests.corpus.goldens import Expected, Golden, Place, SkipValue, Table
from tests.corpus.goldens.cisco_xr.words import NO_FACT, OWN_NAME, area, interface, is_up, seconds, whole

_LEVELS = {"level-1": "1", "level-1-only": "1", "level-2-only": "2", "level-2": "2", "level-1-2": "1-2"}
_PLACES = {"L1": "1", "L2": "2", "L1L2": "1-2"}
_OSPF = {"FULL": "full", "EXSTART": "exstart", "INIT": "init", "2WAY": "two_way", "DOWN": "down"}


def _ospf_neighbors(record: Record) -> Iterator[Expected]:
    """Two neighbours of the same router id stand in a list."""
    for vrf, told in record.golden["vrfs"].items():
        for router, found in told["neighbors"].items():
            for row in found if isinstance(found, list) else [found]:
                key = {"vrf": vrf, "neighbor_router_id": router, "interface": row["interface"]}
                fields = {
                    "adjacency_state": _OSPF[row["state"].partition("/")[0]],
                    "address": row["address"],
                    "up_for_s": seconds(row["up_time"]),
                }
                yield Expected(OspfNeighbor, key, fields)


def _ospf_detail(record: Record) -> Iterator[Expected]:
    for told in record.golden["instance"].values():
        for number, one in told["area"].items():
            for name, row in one["interfaces"].items():
                fields = {
                    "address": told["interface_address"],
                    "area": area(number),
                    "adjacency_state": _OSPF[row["neighbors"]["state"]],
                    "up_for_s": seconds(row["neighbors"]["neighbor_uptime"]),
                }
                key = {"neighbor_router_id": told["neighbor"], "interface": name}
                yield Expected(OspfNeighbor, key, fields)


def _network(text: str) -> str:
    word = text.strip().lower().replace("-", "_")
    if word not in {"point_to_point", "broadcast", "non_broadcast", "loopback", "point_to_multipoint"}:
        raise SkipValue
    return word


def _ratio(text: str) -> int:
    return int(text.partition("/")[0])


_OSPF_FIELDS: dict[str, Any] = {
    "cost": ("cost", whole),
    "dead_interval": "dead_interval_s",
    "hello_interval": "hello_interval_s",
    "router_id": "router_id",
}


_ISIS_INTERFACE = "instance.*.interface.*"


def _isis_metric(record: Record) -> Iterator[Expected]:
    """Adjacencies of both levels together, as the circuit has them."""
    for told in record.golden["instance"].values():
        for name, row in told["interface"].items():
            counts = [
                one["adjacency_count"] for one in row.get("level", {}).values() if "adjacency_count" in one
            ]
            key = {"interface": interface(name)}
            yield Expected(IsisInterface, key, {"adjacent_count": sum(counts)} if counts else key)


def _isis_instances(record: Record) -> Iterator[Expected]:
    for name, told in record.golden["instance"].items():
        for vrf, row in told["vrf"].items():
            system = row["system_id"].split()[0]
            fields = {"system_id": system, "level": _LEVELS[row["is_levels"]]}
            if row.get("routing_area_address"):
                fields["areas"] = tuple(row["routing_area_address"])
            yield Expected(IsisInstance, {"vrf": vrf, "name": name}, fields)


_ISIS = Golden(
    also=_isis_instances,
    also_reads=(
        *(
            "instance.*.vrf.*.system_id",
            "instance.*.vrf.*.is_levels",
            "instance.*.vrf.*.routing_area_address",
        ),
    ),
    reasons={
        "instance.*.process_id": OWN_NAME,
        "instance.*.instance": OWN_NAME,
        "instance.*.vrf.*": "settings of the process: no fact has them",
    },
)


def _isis_adjacency(place: Place) -> str:
    return place.names[2].removeprefix("Level-")


def _skip() -> Any:
    raise SkipValue


GOLDENS = {
    "ShowOspfNeighbor": Golden(
        also=_ospf_neighbors,
        also_reads=("vrfs.*.neighbors",),
        reasons={"process_name": NO_FACT, "vrfs.*.total_neighbor_count": OWN_NAME},
    ),
    "show_ospf_vrf_all_neighbor": Golden(
        tables=(
            Table(
                OspfNeighbor,
                "parsed_sample.*",
                {"vrf": "vrf", "neighbor_router_id": "neighbor_id", "interface": "interface"},
                {
                    "ip_address": "address",
                    "neighbor_uptime": ("up_for_s", seconds),
                    "state": ("adjacency_state", lambda word: _OSPF[word.partition("/")[0]]),
                },
            ),
        ),
        reasons={f"parsed_sample.*.{key}": NO_FACT for key in ("dead_time", "priority", "process")},
    ),
    "ShowOspfNeighborInterfaceDetail": Golden(
        also=_ospf_detail,
        also_reads=(
            *("instance.*.neighbor", "instance.*.interface_address"),
            *(
                "instance.*.area.*.interfaces.*.neighbors.state",
                "instance.*.area.*.interfaces.*.neighbors.neighbor_uptime",
            ),
        ),
        reasons={"instance.*.area.*.interfaces.*.neighbors": "timers and queues: no fact has them"},
    ),
    "ShowOspfInterface": Golden(
        tables=(
            Table(
                OspfInterface,
                "vrf.*.address_family.ipv4.instance.*.interfaces.*",
                {"vrf": "*0", "interface": "*2"},
                {
                    **_OSPF_FIELDS,
                    "area": ("area", area),
                    "interface_type": ("network_type", _network),
                    "mtu": ("mtu_bytes", lambda size: size or _skip()),
                    "passive": "passive",
                    "line_protocol": ("oper_up", lambda up: up is True or up == "up"),
                    "statistics.nbr_count": "neighbors_count",
                    "statistics.adj_nbr_count": "adjacent_count",
                },
            ),
        ),
        reasons={"vrf.*.address_family.ipv4.instance.*.interfaces.*": "queues, labels and settings"},
    ),
    "ShowOspfProcessIdVrfName": Golden(
        tables=(
            Table(
                OspfInterface,
                "interface.*",
                {"vrf": "vrf_name", "interface": "*0"},
                {
                    **_OSPF_FIELDS,
                    "area": ("area", area),
                    "network_type": ("network_type", _network),
                    "mtu": ("mtu_bytes", whole),
                    "line_protocol_status": ("oper_up", is_up),
                    "neighbor_count": "neighbors_count",
                    "adjacnt_neighbor_count": "adjacent_count",
                },
            ),
        ),
        reasons={"interface.*": "queues, labels and settings: no fact has them"},
    ),
    "ShowOspfv3Interface": Golden(
        tables=(
            Table(
                OspfInterface,
                "vrf.*.address_family.ipv6.instance.*.instance_id.*.areas.*.interfaces.*",
                {"vrf": "*0", "interface": "*4", "area": ("*3", area)},
                {
                    **_OSPF_FIELDS,
                    "network_type": ("network_type", _network),
                    "adjacent_neighbors.nbr_count": "neighbors_count",
                    "adjacent_neighbors.adj_nbr_count": "adjacent_count",
                },
            ),
        ),
        reasons={
            "vrf.*.address_family.ipv6.instance.*.instance_id.*.areas.*.interfaces.*": "queues and settings"
        },
    ),
    "ShowOspfInterfaceBrief": Golden(
        tables=(
            Table(
                OspfInterface,
                "instance.*.areas.*.interfaces.*",
                {"interface": ("*2", interface), "area": ("*1", area)},
                {"cost": "cost", "nbrs_f": "adjacent_count", "nbrs_count": "neighbors_count"},
            ),
        ),
        reasons={"instance.*.areas.*.interfaces.*": "names again, and the address, which the interface has"},
    ),
    "show_ospf_vrf_all_interface_brief": Golden(
        tables=(
            Table(
                OspfInterface,
                "parsed_sample.*",
                {"vrf": "vrf", "interface": ("interface", interface)},
                {"area": ("area", area), "cost": ("cost", whole), "neighbors": ("adjacent_count", _ratio)},
            ),
        ),
        reasons={
            f"parsed_sample.*.{key}": NO_FACT for key in ("ip_address", "prefix_length", "process", "state")
        },
    ),
    "ShowIsis": _ISIS,
    "ShowIsisProtocol": _ISIS,
    "ShowIsisAdjacency": Golden(
        tables=(
            Table(
                IsisAdjacency,
                "isis.*.vrf.*.level.*.interfaces.*.system_id.*",
                {"vrf": "*1", "level": _isis_adjacency, "interface": ("*3", interface), "neighbor": "*4"},
                {
                    "state": ("adjacency_state", str.lower),
                    "hold": ("hold_time_s", float),
                    "changed": ("up_for_s", seconds),
                },
            ),
        ),
        reasons={
            "isis.*.vrf.*.level.*.total_adjacency_count": OWN_NAME,
            **{
                f"isis.*.vrf.*.level.*.interfaces.*.system_id.*.{key}": NO_FACT
                for key in ("bfd", "nsf", "snpa")
            },
            "isis.*.vrf.*.level.*.interfaces.*.system_id.*.interface": "a POS link, for Genie a port-channel",
        },
    ),
    "ShowIsisNeighbors": Golden(
        tables=(
            Table(
                IsisAdjacency,
                "isis.*.vrf.*.interfaces.*.neighbors.*",
                {"vrf": "*1", "interface": ("*2", interface), "neighbor": "*3"},
                {
                    "state": ("adjacency_state", str.lower),
                    "holdtime": ("hold_time_s", float),
                    "type": ("level", _PLACES.__getitem__),
                },
            ),
        ),
        reasons={
            "isis.*.vrf.*.total_neighbor_count": OWN_NAME,
            "isis.*.vrf.*.interfaces.*.neighbors.*.ietf_nsf": NO_FACT,
            "isis.*.vrf.*.interfaces.*.neighbors.*.snpa": NO_FACT,
        },
    ),
    "show_isis_neighbors": Golden(
        tables=(
            Table(
                IsisAdjacency,
                "parsed_sample.*",
                {"interface": ("interface", interface), "neighbor": "system_id"},
                {
                    "state": ("adjacency_state", str.lower),
                    "hold_time": ("hold_time_s", float),
                    "type": ("level", _PLACES.__getitem__),
                },
            ),
        ),
        reasons={"parsed_sample.*.ietf_nsf": NO_FACT, "parsed_sample.*.snpa": NO_FACT},
    ),
    "ShowIsisInterface": Golden(
        tables=(
            Table(
                IsisInterface,
                _ISIS_INTERFACE,
                {"interface": ("*1", interface)},
                {
                    "circuit_type": ("level", lambda word: _LEVELS[word.split()[0]]),
                    "media_type": (
                        "network_type",
                        lambda word: {"P2P": "point_to_point", "LAN": "broadcast"}.get(word),
                    ),
                    "clns_io.mtu": ("mtu_bytes", lambda size: size if size > 0 else _skip()),
                    "clns_io.protocol_state": ("oper_up", is_up),
                },
            ),
        ),
        also=_isis_metric,
        also_reads=(f"{_ISIS_INTERFACE}.level.*.adjacency_count",),
        reasons={_ISIS_INTERFACE: "timers, topologies and settings: no fact has them"},
    ),
    "ShowIsisInterfaceBrief": Golden(
        tables=(
            Table(
                IsisInterface,
                "isis.*.interface.*",
                {"interface": ("*1", interface)},
                {"clns": ("oper_up", is_up), "mtu_value": ("mtu_bytes", whole)},
            ),
        ),
        reasons={
            "isis.*.process_id": OWN_NAME,
            "isis.*.interface.*": "topologies and priorities: no fact has them",
        },
    ),
}
