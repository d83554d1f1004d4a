"""IS-IS: adjacencies, interfaces and the process."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from netdoctor.model.facts import IsisAdjacency, IsisInstance, IsisInterface
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_xe.names import normalise_interface
from netdoctor.platforms.cisco_xe.reading import none_said
from netdoctor.platforms.text import Block, Read, blocks, each, first
from netdoctor.platforms.values import count, duration_s

_LEVELS: dict[str, Any] = {"L1": "1", "L2": "2", "L1L2": "1-2"}
_STATES: dict[str, Any] = {"UP": "up", "DOWN": "down", "INIT": "init"}
_SYSTEM_ID = re.compile(r"[0-9A-Fa-f]{4}(?:\.[0-9A-Fa-f]{4}){2}")

_NEIGHBOR = re.compile(
    r"^(?P<name>\S[^\n]*?)(?:[ \t]*\\?[ \t]*\n)?[ \t]+(?P<level>L1L2|L1|L2)[ \t]+(?P<interface>[A-Za-z]\S*)"
    r"(?:[ \t]+(?P<address>[\d.]{7,15}|[0-9A-Fa-f]*:\S*))?[ \t]+(?P<state>UP|DOWN|INIT|NONE)"
    r"[ \t]+(?P<hold>\d+)"
    r"(?P<circuit>[ \t]+\S+)?[ \t]*$",
    re.M,
)
_CLNS_NEIGHBOR = re.compile(
    r"^(?P<name>\S[^\n]*?)(?:[ \t]*\\?[ \t]*\n)?[ \t]+(?P<interface>[A-Za-z]+\d\S*)[ \t]+(?P<snpa>\S+)[ \t]+"
    r"(?P<state>Up|Down|Init|None)[ \t]+(?P<hold>\d+)[ \t]+(?P<level>L1L2|L1|L2)[ \t]+(?P<protocol>\S+)",
    re.M,
)
_SYSTEM = re.compile(
    r"^(?P<name>\S[^\n]*?)(?:[ \t]*\\?[ \t]*\n)?[ \t]+(?P<interface>[A-Za-z]+\d\S*)"
    r"[ \t]+(?P<state>Up|Down|Init|None)[ \t]+(?P<level>L1L2|L1|L2)[ \t]+[\d/]+[ \t]+\S+[ \t]+Phase",
    re.M,
)
_HEADING = re.compile(r"^ *System Id\b|^ *Tag \S+:", re.M)
_AREAS = re.compile(r"Area Address(?:\(es\))?: *(\S+)", re.I)
_CHANGED = re.compile(r"(?:State Changed|Uptime): *(\S+)", re.I)
_ADDRESSES = re.compile(r"IP(?:v6)? (?:Global )?Address(?:\(es\))?: *([^\n]*\S)", re.I)


@command(
    "show isis neighbors detail",
    area="isis",
    gives=(IsisAdjacency,),
    aliases=(
        "show isis[ {tag}] neighbors[ {scope*}]",
        "show clns neighbors[ {scope*}]",
        "show clns is-neighbors[ {scope*}]",
    ),
)
def adjacencies(output: str) -> Read:
    """Every adjacency of every area tag. A long name stands on a line of its own."""
    pattern = next((one for one in (_NEIGHBOR, _CLNS_NEIGHBOR, _SYSTEM) if one.search(output)), None)
    if pattern:
        yield from each(blocks(output, pattern), _adjacency)
    elif _HEADING.search(output):
        yield EMPTY


def _adjacency(block: Block) -> Iterator[IsisAdjacency]:
    found, said = block.head, block.text
    name = found["name"].rstrip(" \\")
    state = _STATES.get(found["state"].upper())
    own, hold = found.groupdict().get("address"), found.groupdict().get("hold")
    told = [word.rstrip("*") for line in _ADDRESSES.finditer(said) for word in line[1].split()]
    addresses = tuple(dict.fromkeys([*([own] if own else []), *told]))
    yield IsisAdjacency(
        interface=normalise_interface(found["interface"]),
        neighbor=name,
        level=_LEVELS[found["level"]],
        adjacency_state=state,
        up_for_s=duration_s(first(_CHANGED, said)) if state == "up" else None,
        area=first(_AREAS, said),
        system_id=name if _SYSTEM_ID.fullmatch(name) else None,
        hold_time_s=float(hold) if hold else None,
        addresses=addresses or None,
    )


_INTERFACE = re.compile(
    r"^(?P<interface>[A-Za-z]\S*) is (?P<admin>[^,\n]+), line protocol is (?P<oper>\w+)", re.M
)
_CIRCUIT = re.compile(r"Circuit Type: level-(\S+)")
_MTU = re.compile(r"\bMTU (\d+)")
_METRIC = re.compile(r"Level-[12] Metric: (\d+)")
_HELLO = re.compile(r"Next IS-IS (?:LAN )?(?:Level-[12] )?(?:Hello|IIH)")
_ADJACENT = re.compile(r"Number of active (level-[12] |)adjacencies: (\d+)")


@command("show clns interface", area="isis", gives=(IsisInterface,), aliases=("show clns interface {name}",))
def interfaces(output: str) -> Read:
    """The interfaces that IS-IS runs on; the others are passed over."""
    if _INTERFACE.search(output) and "IS-IS" not in output:
        yield EMPTY
    yield from each(blocks(output, _INTERFACE), _interface)


def _interface(block: Block) -> Iterator[IsisInterface]:
    said = block.text
    if "IS-IS" not in said:
        return
    adjacent = [int(found[2]) for found in _ADJACENT.finditer(said)]
    yield IsisInterface(
        interface=normalise_interface(block.head["interface"]),
        level=_level(first(_CIRCUIT, said)),
        network_type=_network_type(said),
        oper_up=block.head["admin"] == "up" and block.head["oper"] == "up",
        metric=count(first(_METRIC, said)),
        mtu_bytes=count(first(_MTU, said)),
        adjacent_count=max(adjacent) if adjacent else None,
        passive=_passive(said),
    )


def _passive(said: str) -> bool | None:
    """Told by its name, and by the hellos that a passive interface does not send."""
    if "Passive" in said:
        return True
    return False if _HELLO.search(said) else None


def _level(said: str | None) -> Any:
    """`1-2`, `2` also from `2-only`."""
    word = (said or "").removesuffix("-only")
    return word if word in _LEVELS.values() else None


def _network_type(said: str) -> Any:
    """A LAN has a designated system and hellos by level; a point-to-point circuit has neither."""
    if "IS-IS LAN" in said or "DR ID" in said:
        return "broadcast"
    return "point_to_point" if "Next IS-IS Hello" in said or "Neighbor Extended" in said else None


_PROCESS = re.compile(r"^ *IS-IS Router: *(?P<name><Null Tag>|[^\s(]+)", re.M)
_IDENTITY = re.compile(r"System I[dD]: *([0-9A-Fa-f.]+?)(?:\.00)? +IS-Type: *level-(\S+)")
_MANUAL = re.compile(r"Manual area address\(es\): *\n((?: +[0-9A-Fa-f.]+ *\n)+)")


@command(
    "show clns protocol",
    area="isis",
    gives=(IsisInstance,),
    aliases=("show isis[ {tag}] protocol",),
)
def process(output: str) -> Read:
    """The process: its name, system id, level and areas."""
    if none_said(output, r"^ *% ?(?:IS-IS|CLNS)\b.*\bnot (?:running|enabled|configured)"):
        yield EMPTY
    yield from each(blocks(output, _PROCESS), _instance)


def _instance(block: Block) -> Iterator[IsisInstance]:
    identity = _IDENTITY.search(block.text)
    areas = first(_MANUAL, block.text)
    name = block.head["name"]
    yield IsisInstance(
        name=None if name == "<Null Tag>" else name,
        system_id=identity[1] if identity else None,
        areas=tuple(areas.split()) if areas else None,
        level=_level(identity[2] if identity else None),
    )
