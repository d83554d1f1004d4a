"""OSPF and IS-IS, as EOS prints them in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal

from netdoctor.model.entities import DEFAULT_VRF
from netdoctor.model.facts import Fact, IsisAdjacency, OspfInstance, OspfInterface, OspfNeighbor
from netdoctor.platforms.arista_eos.dialect import normalise_interface
from netdoctor.platforms.arista_eos.reading import Read, on_request
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.text import Block, blocks, each, first
from netdoctor.platforms.values import area_id, count, duration_s, number

_INTERFACE = re.compile(r"^(?P<name>[A-Z]\S*) is (?P<state>up|down)", re.MULTILINE)
_PLACE = re.compile(
    r"Interface Address (?P<address>\S+), (?:instance \S+, )?VRF (?P<vrf>[^\s,]+), Area (?P<area>\S+)"
)
_NETWORK = re.compile(r"Network Type (?P<type>[\w -]+?), Cost:? (?P<cost>\d+)")
_TIMERS = re.compile(r"Hello (?P<hello>\d+), Dead (?P<dead>\d+)")
_NEIGHBORS = re.compile(r"Neighbor Count is (\d+)")
_AUTH = re.compile(
    r"^ +(?P<none>No authentication)|^ +(?P<kind>Message[- ]digest|Simple|Clear ?text)", re.MULTILINE | re.I
)
_TYPES: dict[str, Any] = {
    "broadcast": "broadcast",
    "point-to-point": "point_to_point",
    "point to point": "point_to_point",
    "point-to-multipoint": "point_to_multipoint",
    "non-broadcast": "non_broadcast",
    "nbma": "non_broadcast",
    "loopback": "loopback",
}


@command(
    "show ip ospf interface",
    area="ospf",
    gives=(OspfInterface,),
    arguments=on_request,
    aliases=("show ip ospf interface vrf {vrf}",),
)
def ospf_interfaces(output: str) -> Read:
    """OSPF on every interface."""
    yield from each(blocks(output, _INTERFACE), _interface)


def _interface(block: Block) -> Iterator[Fact]:
    said = block.text
    place, network, timers = _PLACE.search(said), _NETWORK.search(said), _TIMERS.search(said)
    auth = _AUTH.search(said)
    yield OspfInterface(
        vrf=place["vrf"] if place else "default",
        interface=normalise_interface(block.head["name"]),
        area=area_id(place["area"]) if place else None,
        hello_interval_s=number(timers["hello"]) if timers else None,
        dead_interval_s=number(timers["dead"]) if timers else None,
        network_type=_TYPES.get(network["type"].lower()) if network else None,
        cost=count(network["cost"]) if network else None,
        passive="Passive Interface" in said,
        oper_up=block.head["state"] == "up",
        neighbors_count=count(first(_NEIGHBORS, said)),
        auth_type=("none" if auth["none"] else auth["kind"].lower().replace(" ", "-")) if auth else None,
    )


_BRIEF = re.compile(
    r"^\s*(?P<name>[A-Z][a-z]\S*)\s+\S+\s+(?P<vrf>\S+)\s+(?P<area>\d\S*)\s+(?P<address>\S+)\s+(?P<cost>\d+)\s+"
    r"(?P<state>\S+(?: \S+)?)\s+(?P<neighbors>\d+)\s*$",
    re.MULTILINE,
)


@command("show ip ospf interface brief", area="ospf", gives=(OspfInterface,), arguments=on_request)
def ospf_brief(output: str) -> Read:
    """OSPF on every interface, in a line."""
    for found in _BRIEF.finditer(output):
        yield OspfInterface(
            vrf=found["vrf"],
            interface=normalise_interface(found["name"]),
            area=area_id(found["area"]),
            cost=int(found["cost"]),
            network_type="point_to_point" if found["state"] == "P2P" else None,
            oper_up=found["state"].lower() != "down",
            neighbors_count=int(found["neighbors"]),
        )
    if "Nbrs" in output:
        yield EMPTY


_NEIGHBOR = re.compile(
    r"^ *(?P<id>\d+(?:\.\d+){3}) +(?:\d+ +)?(?P<vrf>\S+) +\d+ +"
    r"(?P<state>[A-Z0-9][\w-]*(?: [A-Z]\w*)?)(?:/ *\S+)? +\S+ +"
    r"(?P<address>\d+(?:\.\d+){3}) +(?P<interface>\S+)",
    re.MULTILINE,
)
_STATES: dict[str, Any] = {
    "down": "down",
    "attempt": "attempt",
    "init": "init",
    "2way": "two_way",
    "2ways": "two_way",
    "exstart": "exstart",
    "exchstart": "exstart",
    "exchange": "exchange",
    "loading": "loading",
    "full": "full",
}
"""Without blanks and hyphens: releases write `2 WAYS` and `2-Way`."""


@command(
    "show ip ospf neighbor",
    area="ospf",
    gives=(OspfNeighbor,),
    arguments=on_request,
    aliases=("show ip ospf neighbor vrf {vrf}",),
)
def ospf_neighbors(output: str) -> Read:
    """Every neighbour in a line."""
    for found in _NEIGHBOR.finditer(output):
        yield OspfNeighbor(
            vrf=found["vrf"],
            neighbor_router_id=found["id"],
            address=found["address"],
            interface=normalise_interface(found["interface"]),
            adjacency_state=_STATES.get(re.sub("[ -]", "", found["state"]).lower()),
        )
    if "Dead Time" in output:
        yield EMPTY


_DETAIL = re.compile(
    r"^ *Neighbor (?P<id>[\d.]+)(?:, instance \S+)?(?:, VRF (?P<vrf>[^\s,]+))?,"
    r" interface address (?P<address>\S+)",
    re.MULTILINE,
)
_IN_AREA = re.compile(r"In area (?P<area>\S+) interface (?P<interface>\S+)")
_STATE = re.compile(r"State is ([\w -]+?)\s*(?:,|$)", re.MULTILINE)
_ESTABLISHED = re.compile(r"Adjacency was established (\S+(?: days?, \S+)?) ago")


@command(
    "show ip ospf neighbor detail",
    area="ospf",
    gives=(OspfNeighbor,),
    arguments=on_request,
    aliases=("show ip ospf neighbor detail vrf {vrf}", "show ip ospf neighbor {name} detail"),
)
def ospf_neighbors_in_full(output: str) -> Read:
    """Every neighbour in full."""
    yield from each(blocks(output, _DETAIL), _neighbor_in_full)


def _neighbor_in_full(block: Block) -> Iterator[Fact]:
    place, state = _IN_AREA.search(block.text), first(_STATE, block.text)
    yield OspfNeighbor(
        vrf=block.head["vrf"] or DEFAULT_VRF,
        neighbor_router_id=block.head["id"],
        address=block.head["address"],
        interface=normalise_interface(place["interface"]) if place else None,
        area=area_id(place["area"]) if place else None,
        adjacency_state=_STATES.get(re.sub("[ -]", "", state or "").lower()),
        up_for_s=duration_s(first(_ESTABLISHED, block.text)),
    )


_INSTANCE = re.compile(r"^OSPF instance \S+ with ID (?P<id>[\d.]+), VRF (?P<vrf>[^\s,]+)", re.MULTILINE)


_AREA = re.compile(r"^ *\d+(?:\.\d+){3} +\w+ +\d+ +(\d+) +\( *(\d+) *\)", re.MULTILINE)


@command("show ip ospf summary", area="ospf", gives=(OspfInstance,), arguments=on_request)
def ospf_summary(output: str) -> Read:
    """The router id of every instance, and the neighbours of all its areas."""
    for block in blocks(output, _INSTANCE):
        areas = [tuple(map(int, counts)) for counts in _AREA.findall(block.text)]
        yield OspfInstance(
            vrf=block.head["vrf"],
            router_id=block.head["id"],
            neighbors_count=sum(neighbors for neighbors, _ in areas) if areas else None,
            adjacent_count=sum(full for _, full in areas) if areas else None,
        )


_ADJACENCY = re.compile(
    r"^\S+\s+(?P<vrf>\S+)\s+(?P<neighbor>\S+)\s+L(?P<level>1/?L?2?|2)\s+(?P<interface>\S+)\s+(?P<snpa>\S+)\s+(?P<state>[A-Z]+)"
    r"\s+(?P<hold>\d+)",
    re.MULTILINE,
)
_SYSTEM_ID = re.compile(r"[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}", re.IGNORECASE)
_LEVELS: dict[str, Literal["1", "2", "1-2"]] = {"1": "1", "2": "2"}
_UP: dict[str, Literal["up", "init", "down"]] = {"UP": "up", "INIT": "init", "DOWN": "down"}


@command(
    "show isis neighbors",
    area="isis",
    gives=(IsisAdjacency,),
    arguments=on_request,
    aliases=("show isis neighbors vrf {vrf}",),
)
def isis_neighbors(output: str) -> Read:
    """Every adjacency in a line."""
    for found in _ADJACENCY.finditer(output):
        yield IsisAdjacency(
            vrf=found["vrf"],
            interface=normalise_interface(found["interface"]),
            neighbor=found["neighbor"],
            level=_LEVELS.get(found["level"], "1-2"),
            adjacency_state=_UP.get(found["state"]),
            system_id=found["neighbor"].lower() if _SYSTEM_ID.fullmatch(found["neighbor"]) else None,
            hold_time_s=float(found["hold"]),
        )
    if "Hold time" in output:
        yield EMPTY
