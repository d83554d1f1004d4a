"""OSPF version 3 as FRR's ospf6d tells it (RFC 5340)."""

from __future__ import annotations

import re
from typing import Any, Final

from netdoctor.model.facts import OspfNeighbor
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.linux.isis import age
from netdoctor.platforms.linux.ospf import adjacency
from netdoctor.platforms.linux.reading import Object, Read, documents, each, inner, listed, on_request
from netdoctor.platforms.linux.vtysh import also, vtysh
from netdoctor.platforms.values import clean, text


@command(
    vtysh("show ipv6 ospf6 vrf all neighbor json"),
    area="ospf",
    gives=(OspfNeighbor,),
    arguments=on_request,
    aliases=also(
        "show ipv6 ospf6 vrf all neighbor json", "show ipv6 ospf6[ vrf {vrf}] neighbor[ detail] json"
    ),
)
def neighbors(output: str, vrf: str | None = None) -> Read:
    """Every neighbour, of one VRF or by VRF."""
    default = vrf if vrf and vrf != "all" else "default"
    for document in documents(output):
        tables = {default: document} if "neighbors" in inner({"": document}, "") else document
        found = (
            (clean(name), entry)
            for name in inner({"": tables}, "")
            for entry in _listed(inner(tables, name).get("neighbors"))
        )
        yield from each(found, _neighbor)


def _listed(found: Any) -> list[Object]:
    rows = list(found.values()) if isinstance(found, dict) else listed(found)
    return [row for row in rows if isinstance(row, dict)]


def _neighbor(vrf: str, entry: Object) -> Read:
    state = adjacency(entry.get("state", entry.get("neighborState")))
    name = text(entry.get("interfaceName")) or text(entry.get("interface"))
    yield OspfNeighbor(
        vrf=vrf,
        neighbor_router_id=clean(str(entry["neighborId"])),
        interface=name,
        adjacency_state=state,
        up_for_s=age(entry.get("duration")) if state == "full" else None,
    )


_ROW: Final = re.compile(
    r"^ *(?P<id>\d+(?:\.\d+){3}) +\d+ +(?P<dead>[\d:]+) +(?P<state>[\w-]+) ?/ ?[\w-]+ +(?P<age>[\w:]+) +"
    r"(?P<interface>[^\s\[]+)\[",
    re.MULTILINE,
)


@command(
    vtysh("show ipv6 ospf6 vrf all neighbor"),
    area="ospf",
    gives=(OspfNeighbor,),
    arguments=on_request,
    aliases=also("show ipv6 ospf6 vrf all neighbor", "show ipv6 ospf6[ vrf {vrf}] neighbor"),
)
def table(output: str, vrf: str | None = None) -> Read:
    """A line a neighbour: state and role, for how long, on which interface."""
    found = list(_ROW.finditer(clean(output)))
    for row in found:
        state = adjacency(row["state"])
        yield OspfNeighbor(
            vrf=vrf if vrf and vrf != "all" else "default",
            neighbor_router_id=row["id"],
            interface=row["interface"],
            adjacency_state=state,
            up_for_s=age(row["age"]) if state == "full" else None,
        )
    if not found and "Neighbor ID" in output:
        yield EMPTY
