"""OSPF as ospfd prints it in words (RFC 2328)."""

from __future__ import annotations

import re
from typing import Final

from netdoctor.model.events import Note
from netdoctor.model.facts import OspfInterface, OspfNeighbor, RoutingProcess
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.linux.ospf import adjacency, network_type
from netdoctor.platforms.linux.reading import Read, age_s, on_request
from netdoctor.platforms.linux.vtysh import also, not_running, vtysh
from netdoctor.platforms.text import Block, Line, blocks, each, first, lines
from netdoctor.platforms.values import area_id, clean, count, number

_VRF: Final = re.compile(r"^ *(?:VRF Name|VRF|Instance):? *([^\s:]+)", re.MULTILINE)
_ROW: Final = re.compile(
    r"^ *(?P<id>\d+(?:\.\d+){3}) +\d+ +(?P<state>[\w-]+/ ?[\w-]+|[\w-]+)(?P<middle>(?: +[\w.:]+){1,2}?)"
    r" +(?P<address>\d+(?:\.\d+){3}) +(?P<interface>[^\s:]+)(?::\S+)?"
)
_NEIGHBOR: Final = re.compile(
    r"^ *(?:(?:VRF Name:|VRF|Instance:?) *(?P<vrf>[^\s:]+)|Neighbor (?P<id>\d+(?:\.\d+){3}),)", re.MULTILINE
)
_INTERFACE: Final = re.compile(
    r"^(?:(?:VRF Name:|VRF|Instance:?) *(?P<vrf>[^\s:]+)| *(?P<name>[\w.@/-]+) is (?P<state>up|down)\b.*)$",
    re.MULTILINE,
)
_NOTHING: Final = re.compile(r"OSPF (?:instance not found|is not enabled|not enabled)|No OSPF", re.I)
_TYPE: Final = re.compile(r"Network Type (\w+), Cost: (\d+)")
_TIMERS: Final = re.compile(r"Hello (\d+(?:\.\d+)?)(?:s|ms)?, Dead (\d+)")
_COUNTS: Final = re.compile(r"Neighbor Count is (\d+), Adjacent neighbor count is (\d+)")


def _dead_or_none(output: str) -> Read:
    yield from not_running(output)
    if _NOTHING.search(output):
        yield EMPTY


@command(
    vtysh("show ip ospf vrf all neighbor detail"),
    area="ospf",
    gives=(OspfNeighbor, RoutingProcess),
    arguments=on_request,
    aliases=also(
        "show ip ospf vrf all neighbor detail",
        "show ip ospf[ vrf {vrf}] neighbor detail[ all]",
        "show ip ospf[ vrf {vrf}] neighbor {interface} detail",
    ),
)
def detail(output: str, vrf: str | None = None) -> Read:
    """A block a neighbour."""
    yield from _dead_or_none(output)
    place = vrf if vrf and vrf != "all" else "default"
    for block in blocks(output, _NEIGHBOR):
        if block.head["vrf"]:
            place = clean(block.head["vrf"])
        else:
            yield _neighbor(place, block)


_AREA: Final = re.compile(r"In the area (\S+) (?:\[[^\]]*\] )?via interface ([^\s,]+)")
_PROGRESS: Final = re.compile(r"Progressive change (\S+) ago")


def _neighbor(vrf: str, block: Block) -> OspfNeighbor:
    area = _AREA.search(block.text)
    state = adjacency(first(re.compile(r"State is ([\w-]+)"), block.text))
    changed = age_s(first(_PROGRESS, block.text))
    return OspfNeighbor(
        vrf=vrf,
        neighbor_router_id=block.head["id"],
        address=first(re.compile(r"interface address (\d+(?:\.\d+){3})"), block.text),
        interface=clean(area[2]) if area else None,
        adjacency_state=state,
        area=area_id(area[1].rstrip(",")) if area else None,
        up_for_s=changed if state == "full" else None,
    )


@command(
    vtysh("show ip ospf vrf all neighbor"),
    area="ospf",
    gives=(OspfNeighbor, RoutingProcess),
    arguments=on_request,
    aliases=also("show ip ospf vrf all neighbor", "show ip ospf[ vrf {vrf}] neighbor[ all| {interface}]"),
)
def table(output: str, vrf: str | None = None) -> Read:
    """A line a neighbour; newer releases have a column `Up Time` before `Dead Time`."""
    yield from _dead_or_none(output)
    uptime = "Up Time" in output
    place = vrf if vrf and vrf != "all" else "default"
    heads = False

    def read(line: Line) -> Read:
        nonlocal place
        if named := _VRF.match(line.text):
            place = clean(named[1])
        elif row := _ROW.match(line.text):
            yield _row(place, row, uptime)

    for line in lines(output):
        heads = heads or "Neighbor ID" in line.text
    found = list(each(lines(output), read))
    yield from found
    if heads and not any(not isinstance(item, Note) for item in found):
        yield EMPTY


def _row(vrf: str, row: re.Match[str], uptime: bool) -> OspfNeighbor:
    state = adjacency(row["state"])
    age = row["middle"].split()[0] if uptime else None
    return OspfNeighbor(
        vrf=vrf,
        neighbor_router_id=row["id"],
        address=row["address"],
        interface=clean(row["interface"]),
        adjacency_state=state,
        up_for_s=age_s(age) if state == "full" else None,
    )


@command(
    vtysh("show ip ospf vrf all interface"),
    area="ospf",
    gives=(OspfInterface, RoutingProcess),
    arguments=on_request,
    aliases=also("show ip ospf vrf all interface", "show ip ospf[ vrf {vrf}] interface[ {interface}]"),
)
def interfaces(output: str, vrf: str | None = None) -> Read:
    """A block an interface; one that runs no OSPF is left out."""
    yield from _dead_or_none(output)
    place = vrf if vrf and vrf != "all" else "default"
    found = list(blocks(output, _INTERFACE))
    for block in found:
        if block.head["vrf"]:
            place = clean(block.head["vrf"])
        elif "Area " in block.text:
            yield _interface(place, block)
    if found and not any("Area " in block.text for block in found):
        yield EMPTY


def _interface(vrf: str, block: Block) -> OspfInterface:
    said = block.text
    kind, timers, counts = _TYPE.search(said), _TIMERS.search(said), _COUNTS.search(said)
    return OspfInterface(
        vrf=vrf,
        interface=clean(block.head["name"]),
        oper_up=block.head["state"] == "up",
        area=area_id(first(re.compile(r"Area (\S+)"), said)),
        router_id=first(re.compile(r"Router ID (\d+(?:\.\d+){3})"), said),
        hello_interval_s=number(timers[1]) if timers else None,
        dead_interval_s=number(timers[2]) if timers else None,
        network_type=network_type(kind[1]) if kind else None,
        mtu_bytes=count(first(re.compile(r"MTU (\d+) bytes"), said)),
        passive="Passive interface" in said,
        cost=count(kind[2]) if kind else None,
        neighbors_count=count(counts[1]) if counts else None,
        adjacent_count=count(counts[2]) if counts else None,
    )
