"""OSPF neighbours (RFC 2328, RFC 5340): the table and each in full, of every process and VRF."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from netdoctor.model.entities import DEFAULT_VRF
from netdoctor.model.facts import OspfNeighbor, RoutingProcess
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_xr.dialect import normalise_interface
from netdoctor.platforms.cisco_xr.reading import none_said, on_request, said
from netdoctor.platforms.text import Block, Line, Read, blocks, each, first, lines
from netdoctor.platforms.values import area_id, duration_s, is_ip

STATES: dict[str, Any] = {
    "down": "down",
    "attempt": "attempt",
    "init": "init",
    "2way": "two_way",
    "two_way": "two_way",
    "exstart": "exstart",
    "exchange": "exchange",
    "loading": "loading",
    "full": "full",
}
VRF = re.compile(
    r"^ *(?:Neighbors|Interfaces) for OSPF(?:v3)? (?P<process>[^\s,]+)(?:, VRF (?P<vrf>\S+))?", re.M
)
_INACTIVE = re.compile(
    r"^ *% ?OSPF(?:v3)?\b[^\n]*not (?:running|active|configured|enabled)|^ *% ?No OSPF", re.M | re.I
)
_NEIGHBOR = re.compile(
    r"^ *Neighbor (?P<id>\d+\.\d+\.\d+\.\d+)(?:, +interface address (?P<address>[0-9A-Fa-f:.]+))?", re.M
)
_AREA = re.compile(r"In the area (\S+) via (?:OSPF )?interface (\S+)")
_STATE = re.compile(r"State is (\w+)")
_UP = re.compile(r"Neighbor is up for (\S+)")
_LINK_LOCAL = re.compile(r"link-local address (\S+)")


def process_missing(output: str) -> bool:
    """True when XR says that OSPF does not run."""
    return _INACTIVE.search(output) is not None


def vrfs(output: str, default: str = "") -> list[tuple[int, str]]:
    """Where the part of each VRF begins: `Neighbors for OSPF 1, VRF red`."""
    first_vrf = default if default not in {"", "all", "all-inclusive"} else DEFAULT_VRF
    return [(0, first_vrf)] + [(found.start(), found["vrf"] or DEFAULT_VRF) for found in VRF.finditer(output)]


@command(
    "show ospf vrf all-inclusive neighbor detail",
    area="ospf",
    gives=(OspfNeighbor, RoutingProcess),
    aliases=(
        "show ospf[ vrf {vrf}] neighbor[ {interface}] detail",
        "show ospf {process}[ vrf {vrf}] neighbor[ {interface}] detail",
        "show ospf[ vrf {vrf}] neighbor detail",
    ),
)
@command(
    "show ospfv3 neighbor detail",
    area="ospf",
    gives=(OspfNeighbor, RoutingProcess),
    aliases=(
        "show ospfv3[ vrf {vrf}] neighbor[ {interface}] detail",
        "show ospfv3 {process}[ vrf {vrf}] neighbor[ {interface}] detail",
    ),
)
def neighbors(output: str, vrf: str = "") -> Read:
    whole = said(output)
    if not _NEIGHBOR.search(whole):
        yield from table(output, vrf)
        return
    starts = vrfs(whole, vrf)
    for (start, name), end in zip(starts, [*(start for start, _ in starts[1:]), len(whole)], strict=True):
        lead = whole.count("\n", 0, start)
        part = "\n" * lead + whole[start:end]
        yield from each(blocks(part, _NEIGHBOR), partial(_neighbor, vrf=name))


def _neighbor(block: Block, vrf: str) -> Read:
    text, head = block.text, block.head
    where, state = _AREA.search(text), first(_STATE, text)
    yield OspfNeighbor(
        vrf=vrf,
        neighbor_router_id=head["id"],
        address=head["address"] or first(_LINK_LOCAL, text),
        interface=normalise_interface(where[2].rstrip(",")) if where else None,
        adjacency_state=STATES.get((state or "").lower()),
        area=area_id(where[1]) if where else None,
        up_for_s=duration_s(first(_UP, text)),
    )


_ROW = re.compile(
    r"^[*# ]*(?P<id>\d+\.\d+\.\d+\.\d+)[*#]? +(?P<priority>\d+) +(?P<state>[A-Za-z0-9_]+)/ *(?P<role>\w+|-) +"
    r"(?P<dead>\S+) +(?P<address>\S+) +(?P<interface>\S+(?: \d[\w/.]*)?)"
)
_UP_ROW = re.compile(r"^ *Neighbor is up for (\S+)")
_TOTAL = re.compile(r"Total neighbor count: 0\b")


@command(
    "show ospf vrf all neighbor",
    area="ospf",
    gives=(OspfNeighbor, RoutingProcess),
    arguments=on_request,
    aliases=(
        "show ospf[ vrf {vrf}] neighbor[ {interface}]",
        "show ospf {process}[ vrf {vrf}] neighbor[ {interface}]",
        "show ospfv3[ vrf {vrf}] neighbor[ {interface}]",
        "show ospfv3 {process}[ vrf {vrf}] neighbor[ {interface}]",
    ),
)
def table(output: str, vrf: str = "") -> Read:
    """One row a neighbour; how long it has been up stands under it."""
    if _NEIGHBOR.search(output):
        yield from neighbors(output, vrf)
        return
    nothing = True
    for neighbor in _rows(output, vrfs("", vrf)[0][1]):
        nothing = False
        yield neighbor
    if nothing and process_missing(output):
        yield RoutingProcess(protocol="ospf", running=False)
    elif nothing and (none_said(output) or _TOTAL.search(output) or VRF.search(output)):
        yield EMPTY


def _rows(output: str, vrf: str) -> Iterator[OspfNeighbor]:
    row: re.Match[str] | None = None
    for line in lines(said(output)):
        up, found = _UP_ROW.match(line.text), _ROW.match(line.text)
        if row and (up or found or _is_head(line)):
            yield _of_row(row, vrf, up[1] if up else None)
            row = None
        if found:
            row = found
        elif head := VRF.match(line.text):
            vrf = head["vrf"] or DEFAULT_VRF
    if row:
        yield _of_row(row, vrf, None)


def _is_head(line: Line) -> bool:
    return line.text.lstrip().startswith(("Total", "Neighbors"))


def _of_row(found: re.Match[str], vrf: str, age: str | None) -> OspfNeighbor:
    """OSPFv3 prints the interface's number where OSPFv2 prints the address."""
    address = found["address"]
    return OspfNeighbor(
        vrf=vrf,
        neighbor_router_id=found["id"],
        address=address if is_ip(address) and not address.isdigit() else None,
        interface=normalise_interface(found["interface"]),
        adjacency_state=STATES.get(found["state"].lower()),
        up_for_s=duration_s(age),
    )
