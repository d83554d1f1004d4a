"""IS-IS as isisd prints it in words (ISO 10589)."""

from __future__ import annotations

import re
from typing import Any, Final

from netdoctor.model.facts import IsisAdjacency, IsisInstance, IsisInterface, RoutingProcess
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.linux.isis import age, level, network_type, state, system_id
from netdoctor.platforms.linux.reading import Read, on_request
from netdoctor.platforms.linux.vtysh import also, not_running, vtysh
from netdoctor.platforms.text import Block, blocks, first
from netdoctor.platforms.values import clean, count, number

_VRF: Final = re.compile(r"^ *(?:IS-IS )?vrf *:? +(\S+?):? *$", re.MULTILINE | re.IGNORECASE)
_HEADS: Final = re.compile(r"^ *(?:Area \S+:|System Id +Interface|Interface +CircId)", re.MULTILINE)
_ROW: Final = re.compile(
    r"^ *(?P<neighbor>\S+) +(?P<interface>\S+?)(?: +|(?<=\S{12}))(?P<level>[123]) +"
    r"(?P<state>Up|Down|Initializing|Init|Unknown)"
    r"(?: +(?P<hold>\d+|Expiring|-))?(?: +(?P<snpa>\S+))? *$",
    re.MULTILINE,
)
_DETAIL: Final = re.compile(
    r"^ (?P<neighbor>[\w.-]+) *\n+ +Interface: (?P<interface>[^\s,]+)(?: circuit)?, Level: (?P<level>\d), "
    r"State: (?P<state>\w+)(?:, Expires in (?P<hold>\w+))?",
    re.MULTILINE,
)
_CIRCUIT: Final = re.compile(
    r"^ +(?P<name>[\w.@/-]+) +0x[\da-f]+ +(?P<state>Up|Down|Init\w*) +(?P<type>\S+) +(?P<level>L\w+) *$", re.M
)
_PORT: Final = re.compile(
    r"^ +Interface: (?P<name>[^\s,]+), State: (?P<state>\w+), (?P<passive>Active|Passive), Circuit Id: \S+",
    re.MULTILINE,
)
_LISTED: Final = re.compile(
    r"^ +(?:Area Address|IPv4 Address|(?:Global )?IPv6 Address)\(es\):\n((?: {6}\S+\n?)+)", re.M
)


@command(
    vtysh("show isis vrf all neighbor detail"),
    area="isis",
    gives=(IsisAdjacency, RoutingProcess),
    arguments=on_request,
    aliases=also(
        "show isis vrf all neighbor detail",
        "show isis[ vrf {vrf}] neighbor[s][ detail]",
        "show isis[ vrf {vrf}] neighbor {name}",
    ),
)
def neighbors(output: str, vrf: str | None = None) -> Read:
    """The table, or a block a neighbour."""
    yield from not_running(output)
    place = _place(output, vrf)
    rows, details = list(_ROW.finditer(output)), list(blocks(output, _DETAIL))
    for row in rows:
        yield IsisAdjacency(**_said(place, row), hold_time_s=number(row["hold"]))
    for block in details:
        yield _neighbor(place, block)
    if not rows and not details and _HEADS.search(output):
        yield EMPTY


def _place(output: str, vrf: str | None) -> str:
    named = _VRF.search(output)
    return clean(named[1]) if named else vrf if vrf and vrf != "all" else "default"


def _said(vrf: str, found: re.Match[str]) -> dict[str, Any]:
    neighbor = clean(found["neighbor"])
    return {
        "vrf": vrf,
        "interface": clean(found["interface"]),
        "neighbor": neighbor,
        "level": level(found["level"]),
        "adjacency_state": state(found["state"]),
        "system_id": system_id(neighbor),
    }


def _neighbor(vrf: str, block: Block) -> IsisAdjacency:
    up = state(block.head["state"]) == "up"
    lists = {found[0].split("(")[0].strip(): found[1].split() for found in _LISTED.finditer(block.text)}
    areas = lists.pop("Area Address", [])
    addresses = tuple(clean(address) for found in lists.values() for address in found)
    return IsisAdjacency(
        **_said(vrf, block.head),
        up_for_s=age(first(re.compile(r"Adjacency flaps: \d+, Last: (\S+) ago"), block.text)) if up else None,
        hold_time_s=age(block.head["hold"]),
        area=areas[0] if areas else None,
        addresses=addresses or None,
    )


@command(
    vtysh("show isis vrf all interface"),
    area="isis",
    gives=(IsisInterface, RoutingProcess),
    arguments=on_request,
    aliases=also(
        "show isis vrf all interface",
        "show isis[ vrf {vrf}] interface[ detail]",
        "show isis[ vrf {vrf}] interface {interface}",
    ),
)
def interfaces(output: str, vrf: str | None = None) -> Read:
    """The table of circuits, or a block each."""
    yield from not_running(output)
    place = _place(output, vrf)
    rows, details = list(_CIRCUIT.finditer(output)), list(blocks(output, _PORT))
    for row in rows:
        yield IsisInterface(
            vrf=place,
            interface=clean(row["name"]),
            level=level(row["level"]),
            network_type=network_type(row["type"]),
            oper_up=row["state"] == "Up",
        )
    for block in details:
        yield _interface(place, block)
    if not rows and not details and _HEADS.search(output):
        yield EMPTY


def _interface(vrf: str, block: Block) -> IsisInterface:
    kind = re.search(r"Type: (\S+), Level: (\w+)", block.text)
    return IsisInterface(
        vrf=vrf,
        interface=clean(block.head["name"]),
        level=level(kind[2]) if kind else None,
        network_type=network_type(kind[1]) if kind else None,
        passive=block.head["passive"] == "Passive",
        oper_up=block.head["state"] == "Up",
        metric=count(first(re.compile(r"Metric: (\d+)"), block.text)),
        adjacent_count=count(first(re.compile(r"Active neighbors: (\d+)"), block.text)),
    )


@command(
    vtysh("show isis vrf all summary"),
    area="isis",
    gives=(IsisInstance, RoutingProcess),
    arguments=on_request,
    aliases=also("show isis vrf all summary", "show isis[ vrf {vrf}] summary"),
)
def summary(output: str, vrf: str | None = None) -> Read:
    """The process: its system id and areas."""
    yield from not_running(output)
    identity = first(re.compile(r"^ *System Id +: (\S+)", re.M), output)
    if identity is None:
        return
    nets = re.findall(r"^ *Net: (\S+)", clean(output), re.M)
    yield IsisInstance(
        vrf=_place(output, vrf),
        name=first(re.compile(r"^Area (\S+?):", re.M), output),
        system_id=system_id(identity),
        areas=tuple(nets) or None,
        overload=True if re.search(r"overload.bit.*(?:set|on)|Overload: .*yes", output, re.I) else None,
    )
