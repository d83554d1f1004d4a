"""What `show` prints of OSPF and IS-IS."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, Final

from netdoctor.model.facts import (
    IsisAdjacency,
    IsisInstance,
    OspfInstance,
    OspfNeighbor,
)
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.nokia_srl.reading import (
    Read,
    Row,
    boxed,
    each,
    fields,
    on_request,
    said,
    since_s,
    vrf_name,
)
from netdoctor.platforms.nokia_srl.state_igp import level, ospf_state
from netdoctor.platforms.values import UNSPECIFIED, is_ip, number

_OSPF: Final = re.compile(
    r"^\|? *(?P<interface>[a-z][\w/.-]*\d) +(?P<id>\d+(?:\.\d+){3}) +(?P<state>[a-zA-Z-]+) +(?P<prio>\d+"
    r") +(?P<retx>\d+) +(?P<dead>\d+)",
    re.M,
)
_TITLE: Final = re.compile(r"Net-Inst (?P<vrf>\S+) OSPFv(?P<version>[23])")


@command(
    "show network-instance {vrf} protocols ospf neighbor",
    area="ospf",
    gives=(OspfNeighbor,),
    arguments=on_request,
    aliases=("show network-instance {vrf} protocols ospf[ instance {name}] neighbor[ {which*}]",),
)
def ospf_neighbors(output: str, vrf: str = "", name: str = "", which: str = "") -> Read:
    """Every neighbour."""
    title = _TITLE.search(output)
    known = vrf_name(title["vrf"] if title else vrf)
    nothing = True
    for found in _OSPF.finditer(output):
        nothing = False
        yield OspfNeighbor(
            vrf=known,
            interface=found["interface"],
            neighbor_router_id=found["id"],
            adjacency_state=ospf_state(found["state"]),
        )
    if nothing and re.search(r"No\. of Neighbors: 0\b", output):
        yield EMPTY


@command(
    "show network-instance {vrf} protocols ospf status",
    area="ospf",
    gives=(OspfInstance,),
    arguments=on_request,
    aliases=("show network-instance {vrf} protocols ospf[ instance {name}] status",),
)
def ospf_status(output: str, vrf: str = "", name: str = "") -> Read:
    """Router id and overload of the process."""
    title, found = _TITLE.search(output), fields(output)
    router_id = said(found.get("ospf oper router id") or found.get("oper router id"))
    if router_id:
        overload = found.get("in overload state")
        yield OspfInstance(
            vrf=vrf_name(title["vrf"] if title else vrf),
            router_id=router_id,
            max_metric=None if overload is None else overload.lower() == "true",
        )


@command(
    "show network-instance {vrf} protocols ospf statistics",
    area="ospf",
    gives=(OspfInstance,),
    arguments=on_request,
)
def ospf_statistics(output: str, vrf: str = "") -> Read:
    """That the process runs: its packet counters are no facts of ours."""
    if title := _TITLE.search(output):
        yield OspfInstance(vrf=vrf_name(title["vrf"]))


_IN: Final = re.compile(r"^Network Instance *: (?P<vrf>\S+)", re.M)


@command(
    "show network-instance {vrf} protocols isis adjacency",
    area="isis",
    gives=(IsisAdjacency,),
    arguments=on_request,
    aliases=(
        "show network-instance {vrf} protocols isis[ instance {name}] adjacency[ {which*}]",
        "show /network-instance {vrf} protocols isis adjacency",
    ),
)
def isis_adjacencies(
    output: str, vrf: str = "", name: str = "", which: str = "", at: datetime | None = None
) -> Read:
    """Every adjacency."""
    named = _IN.search(output)
    known = vrf_name(named["vrf"] if named else vrf)
    yield from each(boxed(output), lambda row: _adjacency(known, row, at))
    if re.search(r"Adjacency Count: 0\b", output):
        yield EMPTY


def _adjacency(vrf: str, row: Row, at: datetime | None) -> Read:
    cells = {name: cell.replace(" ", "") for name, cell in row.cells.items()}
    told = (cells.get("ipaddress"), cells.get("ipv6address"))
    state: Any = cells.get("state", "").lower()
    yield IsisAdjacency(
        vrf=vrf,
        interface=cells["interfacename"],
        neighbor=cells["neighborsystemid"],
        level=level(cells.get("adjacencylevel")),
        adjacency_state=state if state in {"up", "down", "init"} else None,
        up_for_s=since_s(cells.get("lasttransition"), at) if state == "up" else None,
        system_id=cells["neighborsystemid"],
        hold_time_s=number(cells.get("remainingholdtime")),
        addresses=tuple(one for one in told if one and is_ip(one) and one not in UNSPECIFIED) or None,
    )


@command(
    "show network-instance {vrf} protocols isis summary",
    area="isis",
    gives=(IsisInstance,),
    arguments=on_request,
    aliases=("show network-instance {vrf} protocols isis[ instance {name}] summary",),
)
def isis_summary(output: str, vrf: str = "", name: str = "") -> Read:
    """The process: system id, areas, level, overload."""
    found = fields(output)
    title = re.search(r'Network instance "(?P<vrf>[^"\n]+)", isis instance "(?P<name>[^"\n]+)"', output, re.I)
    system = said(found.get("system-id"))
    if not system:
        return
    overload = re.search(r"^Overload\n(?:.*\n)?Current Status *: (.+)$", output, re.M)
    yield IsisInstance(
        vrf=vrf_name(title["vrf"] if title else vrf),
        name=title["name"] if title else None,
        system_id=system,
        areas=tuple(re.findall(r"[\w.]+", found.get("area-id", ""))) or None,
        level=level(found.get("level capability")),
        overload="not" not in overload[1] if overload else None,
    )
