"""OSPF: neighbours, interfaces and processes, versions 2 and 3."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from netdoctor.model.entities import DEFAULT_VRF
from netdoctor.model.facts import OspfInstance, OspfNeighbor
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_xe.names import normalise_interface
from netdoctor.platforms.cisco_xe.ospf_words import NOT_RUNNING
from netdoctor.platforms.cisco_xe.reading import on_request
from netdoctor.platforms.text import Block, Line, Read, blocks, each, first, lines
from netdoctor.platforms.values import area_id, count, duration_s, is_ip

_STATES: dict[str, Any] = {
    "DOWN": "down",
    "ATTEMPT": "attempt",
    "INIT": "init",
    "2WAY": "two_way",
    "EXSTART": "exstart",
    "EXCHANGE": "exchange",
    "LOADING": "loading",
    "FULL": "full",
}
_HEADING = re.compile(r"Neighbor ID +Pri|OSPF(?:v3)? \S* ?.*Router with ID", re.I)

_NEIGHBOR = re.compile(
    r"^[ \t]*Neighbor (?P<id>\d+\.\d+\.\d+\.\d+)(?:, interface address (?P<address>[^\s,]+))?[^\n:]*$", re.M
)
_WHERE = re.compile(r"In the area ([^\s,]+) via interface ([^\s,]+)")
_STATE = re.compile(r"State is (\w+)")
_UP = re.compile(r"Neighbor is up for (\S+)")
_LINK_LOCAL = re.compile(r"link-local address ([0-9A-Fa-f:.]+)")
_ADDRESS_FAMILY = re.compile(r"^ *OSPFv3 \S+ address-family \S+(?: vrf (\S+))?", re.M)
_VRF = re.compile(r"\bvrf (\S+)", re.I)


@command(
    "show ip ospf neighbor summary",
    area="ospf",
    gives=(OspfInstance,),
    arguments=on_request,
    aliases=("show ip ospf {process} neighbor summary", "show ipv6 ospf[ {process}] neighbor summary"),
)
def numbers(output: str) -> Read:
    """How many neighbours there are, and how many are full."""
    counted = dict(re.findall(r"^ *(FULL|Total count) +(\d+)", output, re.M))
    if counted:
        yield OspfInstance(
            neighbors_count=count(counted.get("Total count")), adjacent_count=count(counted.get("FULL"))
        )


@command("show ipv6 ospf neighbor detail", area="ospf", gives=(OspfNeighbor,))
@command(
    "show ip ospf neighbor detail",
    area="ospf",
    gives=(OspfNeighbor,),
    aliases=(
        "show ip ospf[ {process}] neighbor[ {scope*}]",
        "show ospfv3[ {scope*}] neighbor[ {interface*}]",
        "show ipv6 ospf[ {process}] neighbor[ {scope*}]",
    ),
)
def neighbors(output: str, scope: str = "") -> Read:
    """Every neighbour, from the details or the table."""
    vrf = first(_VRF, scope) or _only_vrf(output) or DEFAULT_VRF
    detailed = _NEIGHBOR.search(output)
    if detailed:
        yield from each(blocks(output, _NEIGHBOR), lambda block: _neighbor(block, vrf))
        return
    rows = list(each(lines(output), lambda line: _row(line, vrf)))
    if not rows and (NOT_RUNNING.search(output) or _HEADING.search(output)):
        yield EMPTY
    yield from rows


def _only_vrf(output: str) -> str | None:
    """The VRF that an answer of OSPFv3 is about, where it is about one."""
    found = set(_ADDRESS_FAMILY.findall(output))
    return (found.pop() or None) if len(found) == 1 else None


def _neighbor(block: Block, vrf: str) -> Iterator[OspfNeighbor]:
    said = block.text
    where = _WHERE.search(said)
    if where is None:
        raise ValueError("no interface")
    state = _STATES.get((first(_STATE, said) or "").upper())
    yield OspfNeighbor(
        vrf=vrf,
        neighbor_router_id=block.head["id"],
        address=block.head["address"] or first(_LINK_LOCAL, said),
        interface=normalise_interface(where[2]),
        adjacency_state=state,
        area=area_id(where[1]),
        up_for_s=duration_s(first(_UP, said)),
    )


_ROW = re.compile(
    r"^\s*(?P<id>\d+\.\d+\.\d+\.\d+)\s+(?:\d+|N/A)\s+(?P<state>\w+)\s*/\s*\S+\s+"
    r"(?P<dead>[\d.]+ m?secs?|\S+)\s+(?P<address>\S+)"
    r"\s+(?P<interface>[A-Za-z]\S*)\s*$"
)


def _row(line: Line, vrf: str) -> Iterator[OspfNeighbor]:
    """`10.0.0.1  1  FULL/DR  00:00:32  10.0.1.1  Gi1`; version 3 has no address there."""
    found = _ROW.match(line.text)
    if found and found["state"].upper() in _STATES:
        yield OspfNeighbor(
            vrf=vrf,
            neighbor_router_id=found["id"],
            address=found["address"] if is_ip(found["address"]) else None,
            interface=normalise_interface(found["interface"]),
            adjacency_state=_STATES[found["state"].upper()],
        )
