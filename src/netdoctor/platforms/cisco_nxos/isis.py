"""IS-IS (ISO 10589): adjacencies, interfaces, processes. NX-OS tells of it in text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from netdoctor.model.entities import DEFAULT_VRF
from netdoctor.model.facts import IsisAdjacency, IsisInstance, IsisInterface
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_nxos.reading import Read, named, says_none
from netdoctor.platforms.text import Block, blocks, each, first
from netdoctor.platforms.values import count, duration_s

_PROCESS = re.compile(r"IS-IS process: *(?P<process>\S+) +VRF: *(?P<vrf>\S+)")
_ADJACENCY = re.compile(
    r"^ *(?P<neighbor>\S+) +(?P<snpa>[0-9a-fA-F]{4}(?:\.[0-9a-fA-F]{4}){2}|N/A) +"
    r"(?P<level>1-2|1|2) +(?P<state>[A-Za-z]+) +"
    r"(?P<hold>\S+) +(?P<interface>[A-Za-z]\S+)",
    re.M,
)
_SYSTEM_ID = re.compile(r"[0-9a-fA-F]{4}\.[0-9a-fA-F]{4}\.[0-9a-fA-F]{4}")
_STATES = {"up": "up", "init": "init", "down": "down", "new": "init"}
_UP_FOR = re.compile(r"Up/Down transitions: *\d+, Last transition: *(\S+) ago")
_AREAS = re.compile(r"Area Address\(es\): *(\S+)", re.I)
_ADDRESSES = re.compile(r"IPv[46] Address(?:es|\(es\))?: *([^\n]+)", re.I)


def _vrfs(output: str) -> list[tuple[int, str]]:
    return [(found.start(), found["vrf"]) for found in _PROCESS.finditer(output)]


def _vrf(places: list[tuple[int, str]], start: int) -> str:
    return next((vrf for place, vrf in reversed(places) if place < start), DEFAULT_VRF)


@command(
    "show isis adjacency detail vrf all",
    area="isis",
    gives=(IsisAdjacency,),
    aliases=("show isis adjacency[ detail][ vrf {vrf}]", "show isis adjacency {rest*}"),
)
def adjacencies(output: str, vrf: str = "", rest: str = "") -> Read:
    """Every adjacency: a row, and in the detailed answer what stands below it."""
    places = _vrfs(output)

    def read(block: Block) -> Iterator[IsisAdjacency]:
        head = block.head
        level: Any = head["level"]
        neighbor = head["neighbor"]
        up = first(_UP_FOR, block.text)
        addresses = first(_ADDRESSES, block.text)
        state: Any = _STATES.get(head["state"].lower())
        yield IsisAdjacency(
            vrf=_vrf(places, head.start()),
            interface=named(head["interface"]),
            neighbor=neighbor,
            level=level,
            adjacency_state=state,
            up_for_s=duration_s(up) if state == "up" else None,
            area=first(_AREAS, block.text),
            system_id=neighbor if _SYSTEM_ID.fullmatch(neighbor) else None,
            hold_time_s=duration_s(head["hold"]),
            addresses=tuple(re.findall(r"[0-9A-Fa-f]*[.:][0-9A-Fa-f.:]+", addresses)) or None
            if addresses
            else None,
        )

    nothing = True
    for item in each(blocks(output, _ADJACENCY), read):
        nothing = False
        yield item
    if nothing and (places or says_none(output)):
        yield EMPTY


_INTERFACE = re.compile(
    r"^ *(?P<name>[A-Za-z][\w/.:-]*), Interface status: protocol-(?P<protocol>\w+)/link-\w+/admin-\w+", re.M
)
_FIELDS = {
    "level": re.compile(r"Circuit Type: *L([12-]+)"),
    "mtu": re.compile(r"LSP interval: .*?MTU: *(\d+)"),
    "passive": re.compile(r"Passive level: *level-([12-]+)"),
    "p2p": re.compile(r"P2P Adjs: *\d+, AdjsUp: *(\d+)"),
    "auth": re.compile(r"[Aa]uthentication type(?: is|:)? *(\S+)|auth type (?!set)(?:is )?(\S+)"),
}
_METRICS = re.compile(r"^ *Level +Metric.*\n *([12]) +(\d+)(?:.*\n *([12]) +(\d+))?", re.M)
_TOPOLOGY = re.compile(r"^ *(?P<level>[12]) +0 +(?P<metric>\d+) +(?:no|yes)\b", re.M)
_ADJACENT = re.compile(r"^ *Level +Adjs +AdjsUp.*\n *[12] +\d+ +(\d+)(?:.*\n *[12] +\d+ +(\d+))?", re.M)


@command(
    "show isis interface vrf all",
    area="isis",
    gives=(IsisInterface,),
    aliases=("show isis interface[ {interface}][ vrf {vrf}]",),
)
def interfaces(output: str, vrf: str = "", interface: str = "") -> Read:
    """IS-IS on every interface."""
    places = _vrfs(output)
    nothing = True
    for item in each(blocks(output, _INTERFACE), lambda block: _interface(block, places)):
        nothing = False
        yield item
    if nothing and (places or says_none(output)):
        yield EMPTY


def _interface(block: Block, places: list[tuple[int, str]]) -> Iterator[IsisInterface]:
    text = block.text
    told = {name: first(pattern, text) for name, pattern in _FIELDS.items()}
    level: Any = told["level"]
    adjacent = _ADJACENT.search(text)
    up = told["p2p"] if told["p2p"] else adjacent and max(adjacent[1], adjacent[2] or "0", key=int)
    network: Any = "point_to_point" if told["p2p"] is not None else "broadcast" if adjacent else None
    yield IsisInterface(
        vrf=_vrf(places, block.head.start()),
        interface=named(block.head["name"]),
        level=level if level in {"1", "2", "1-2"} else None,
        network_type=network,
        passive=_passive(level, told["passive"]),
        oper_up=block.head["protocol"] == "up",
        auth_type=told["auth"],
        metric=_metric(level, text),
        mtu_bytes=count(told["mtu"]),
        adjacent_count=count(up),
    )


def _passive(level: str | None, passive: str | None) -> bool:
    """True where no level that the circuit has forms adjacencies."""
    levels = set((level or "1-2").split("-"))
    return bool(passive) and levels <= set(str(passive).split("-"))


def _metric(level: str | None, text: str) -> int | None:
    """Of the circuit's own level; level 2's where it has both."""
    told = {found["level"]: count(found["metric"]) for found in _TOPOLOGY.finditer(text)}
    if not told and (plain := _METRICS.search(text)):
        told = {str(plain[1]): count(plain[2]), str(plain[3]): count(plain[4])}
    return told.get((level or "2")[-1]) if told else None


_INSTANCE = re.compile(r"^ *ISIS process *: *(?P<process>\S+)", re.M)
_OF_PROCESS = {
    "vrf": re.compile(r"^ *VRF: *(\S+)", re.M),
    "system_id": re.compile(r"System ID *: *(\S+)"),
    "level": re.compile(r"IS-Type *: *(\S+)"),
    "overload": re.compile(
        r"(?:Overload bit|overload-bit)[^\n]*?\b(set|configured|on)\b|(Set overload)", re.I
    ),
}
_AREA_LIST = re.compile(r"Area address\(es\) *:((?:\s+\d\d(?:\.[0-9a-fA-F]{2,4})*)+)")


@command(
    "show isis vrf all",
    area="isis",
    gives=(IsisInstance,),
    aliases=("show isis[ vrf {vrf}]", "show isis {process}[ vrf {vrf}]"),
)
def instances(output: str, vrf: str = "", process: str = "") -> Read:
    """Every process, once for each VRF."""
    nothing = True
    for block in blocks(output, _INSTANCE):
        nothing = False
        told = {name: first(pattern, block.text) for name, pattern in _OF_PROCESS.items()}
        level: Any = (told["level"] or "").replace("L", "") or None
        areas = _AREA_LIST.search(block.text)
        yield IsisInstance(
            vrf=told["vrf"] or DEFAULT_VRF,
            name=block.head["process"],
            system_id=told["system_id"],
            areas=tuple(areas[1].split()) if areas else None,
            level=level if level in {"1", "2", "1-2"} else None,
            overload=True if _OF_PROCESS["overload"].search(block.text) else None,
        )
    if nothing and says_none(output):
        yield EMPTY
