"""OSPF: Genie and ntc-templates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from netdoctor.model.facts import OspfInstance, OspfInterface, OspfNeighbor
from netdoctor.platforms.values import area_id, duration_s
from tests.corpus.corpus import Record
from tests.corpus.goldens import Expected, Golden, Place, SkipValue, Table

_STATES = {"2way": "two_way"}
_TYPES = {"point-to-point", "broadcast", "loopback", "non-broadcast", "point-to-multipoint"}


def state(said: str) -> str:
    """`FULL/  -` and `full`: what stands before the slash."""
    word = said.partition("/")[0].strip().lower()
    return _STATES.get(word, word)


def _type(said: str) -> str:
    word = said.lower().replace("_", "-")
    if word not in _TYPES:
        raise SkipValue
    return word.replace("-", "_")


def _area(said: Any) -> str | None:
    return area_id(str(said))


def _up(said: str) -> bool:
    return said == "up"


LINK_STATE = "no check needs it: counters and timers of flooding and of the database"
NAME = "the row's name again"
SETTING = "no check or fact needs it: a setting of the process"

_INTERFACE = "address_family.*.instance.*.areas.*.interfaces.*"

_INTERFACES = Golden(
    tables=(
        Table(
            OspfInterface,
            _INTERFACE,
            {"interface": "*3", "area": "*2"},
            {
                "cost": "cost",
                "hello_interval": "hello_interval_s",
                "dead_interval": "dead_interval_s",
                "interface_type": ("network_type", _type),
                "router_id": "router_id",
                "passive": "passive",
                "statistics.nbr_count": "neighbors_count",
                "statistics.adj_nbr_count": "adjacent_count",
                "authentication.auth_trailer_key.crypto_algorithm": (
                    "auth_type",
                    lambda said: "simple" if said == "simple" else "message-digest",
                ),
            },
            unless=lambda place: "cost" not in place.row,
        ),
        Table(
            OspfInterface,
            _INTERFACE,
            {"interface": "*3"},
            {"enable": "oper_up"},
            unless=lambda place: not place.row.get("line_protocol"),
        ),
    ),
    reasons={_INTERFACE: LINK_STATE},
)


def _v3_interfaces(record: Record) -> Iterator[Expected]:
    for name, found in record.golden["interfaces"].items():
        yield Expected(
            OspfInterface,
            {"interface": name, "area": area_id(str(found["area"]))},
            {
                "cost": found["cost"],
                "router_id": found["router_id"],
                "oper_up": found["int_status"] == "up" and found["line_protocol"] == "up",
            }
            | (
                {"hello_interval_s": found["hello"], "dead_interval_s": found["dead"]}
                if "hello" in found
                else {}
            )
            | (
                {"neighbors_count": found["neighbor_count"], "adjacent_count": found["adj_neighbor_count"]}
                if "neighbor_count" in found
                else {}
            ),
        )


_DETAIL = "address-family.*.areas.*.interfaces.*.neighbors.*"


def _neighbor_area(place: Place) -> str | None:
    return area_id(place.names[1])


_NEIGHBORS_DETAIL = Golden(
    tables=(
        Table(
            OspfNeighbor,
            _DETAIL,
            {"interface": "*2", "neighbor_router_id": "*3"},
            {
                "address": "address",
                "state": ("adjacency_state", state),
                "uptime": ("up_for_s", duration_s),
            },
        ),
        Table(OspfNeighbor, _DETAIL, {"interface": "*2", "neighbor_router_id": "*3", "area": _neighbor_area}),
    ),
    reasons={_DETAIL: LINK_STATE},
)

_V3_NEIGHBOR = "router_id.*.process_id.*.neighbor.*"

_NUMBERS = Golden(
    tables=(
        Table(
            OspfInstance,
            "",
            {"vrf": lambda place: "default"},
            {"total_count": "neighbors_count", "full": "adjacent_count"},
        ),
    ),
    reasons=dict.fromkeys(
        (
            "down",
            "attempt",
            "init",
            "2way",
            "exstart",
            "exchange",
            "loading",
            "undergoing_nsf",
            "undergoing_gr",
        ),
        "neighbours by state: only all and the full ones are of use",
    ),
)

_PROCESS = "vrf.*.address_family.*.instance.*"

GOLDENS = {
    "ShowIpOspf": Golden(
        tables=(
            Table(
                OspfInstance,
                _PROCESS,
                {"router_id": "router_id"},
                {"stub_router.always.always": "max_metric"},
            ),
        ),
        reasons={_PROCESS: SETTING},
    ),
    "ShowIpOspfInterface2": _INTERFACES,
    "ShowOspfv3Interface": Golden(
        also=_v3_interfaces,
        also_reads=tuple(
            f"interfaces.*.{name}"
            for name in (
                "area",
                "cost",
                "router_id",
                "int_status",
                "line_protocol",
                "hello",
                "dead",
                "neighbor_count",
                "adj_neighbor_count",
            )
        ),
        reasons={"interfaces.*": LINK_STATE},
    ),
    "ShowIpOspfNeighbor": Golden(
        tables=(
            Table(
                OspfNeighbor,
                "interfaces.*.neighbors.*",
                {"interface": "*0", "neighbor_router_id": "*1"},
                {"address": "address", "state": ("adjacency_state", state)},
            ),
        ),
        reasons={"interfaces.*.neighbors.*": LINK_STATE},
    ),
    "ShowIpOspfNeighborDetail2": _NEIGHBORS_DETAIL,
    "ShowIpOspfNeighborSummary": _NUMBERS,
    "ShowIpv6OspfNeighborSummary": _NUMBERS,
    "ShowIpv6OspfNeighborDetail": Golden(
        tables=(
            Table(
                OspfNeighbor,
                _V3_NEIGHBOR,
                {"neighbor_router_id": "*2", "interface": "interface"},
                {
                    "area": ("area", _area),
                    "link_local_address": "address",
                    "state": ("adjacency_state", state),
                    "neighbor_up_time": ("up_for_s", duration_s),
                },
            ),
        ),
        reasons={_V3_NEIGHBOR: LINK_STATE},
    ),
    "show_ip_ospf_neighbor": Golden(
        tables=(
            Table(
                OspfNeighbor,
                "parsed_sample.*",
                {"neighbor_router_id": "neighbor_id", "interface": "interface"},
                {"ip_address": "address", "state": ("adjacency_state", state)},
            ),
        ),
        reasons={"parsed_sample.*.dead_time": LINK_STATE, "parsed_sample.*.priority": SETTING},
    ),
    "show_ip_ospf_neighbor_detail": Golden(
        tables=(
            Table(
                OspfNeighbor,
                "parsed_sample.*",
                {"neighbor_router_id": "neighbor_id", "interface": "interface"},
                {
                    "address": "address",
                    "area": ("area", _area),
                    "state": ("adjacency_state", state),
                    "up_time": ("up_for_s", duration_s),
                },
            ),
        ),
        reasons={"parsed_sample.*": LINK_STATE},
    ),
}
