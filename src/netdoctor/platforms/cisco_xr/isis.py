"""IS-IS: adjacencies, interfaces, and whether the router asks not to be used for transit (overload bit)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from netdoctor.model.events import Note
from netdoctor.model.facts import Fact, IsisAdjacency, IsisInstance, IsisInterface, RoutingProcess
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_xr.dialect import normalise_interface
from netdoctor.platforms.cisco_xr.reading import each_block, none_said, on_request, said
from netdoctor.platforms.text import Block, Read, first, lines
from netdoctor.platforms.values import count, duration_s, number

_STATES: dict[str, Any] = {"Up": "up", "Init": "init", "Down": "down"}
_TYPES: dict[str, Any] = {"L1": "1", "L2": "2", "L1L2": "1-2", "L1/L2": "1-2", "L12": "1-2"}
_LEVELS: dict[str, Any] = {
    "level-1": "1",
    "level-1-only": "1",
    "level-2": "2",
    "level-2-only": "2",
    "level-1-2": "1-2",
}
_NO_ISIS = re.compile(
    r"^ *% ?IS-IS\b[^\n]*not (?:running|active|configured|enabled)|^ *% ?No IS-IS", re.M | re.I
)
_HEAD = re.compile(
    r"^ *IS-IS (?P<name>\S+)(?: (?:VRF|vrf) \S+)?(?: Level-(?P<level>[12]))? (?:adjacencies|neighbors):"
)
_ROW = re.compile(
    r"^ *(?P<neighbor>\S+) +(?P<interface>[A-Za-z][\w./-]*\d) +(?P<snpa>\*\S+\*|[0-9a-f.]{14}|\S+)"
    r" +(?P<state>Up|Init|Down) +"
    r"(?P<hold>\d+|-) +(?P<more>\S+)"
)
_DETAIL = re.compile(
    r"^ +(?P<what>Area Address(?:es|\(es\))?|(?:Neighbor )?IPv[46] Address(?:es|\(es\))?|Uptime|System ID): *"
    r"(?P<value>\S[^\n]*)",
    re.I,
)
_TOTAL = re.compile(r"Total (?:adjacency|neighbor) count: 0\b")


@command(
    "show isis adjacency detail",
    area="isis",
    gives=(IsisAdjacency, RoutingProcess),
    aliases=(
        "show isis adjacency",
        "show isis[ instance {instance}] adjacency[ {interface*}]",
        "show isis[ instance {instance}] adjacency detail",
        "show isis[ instance {instance}] neighbors[ {interface*}]",
        "show isis[ instance {instance}] neighbors[ {interface*}] detail",
    ),
)
def adjacencies(output: str) -> Read:
    """Both tables: `adjacency` says since when, `neighbors` at which level."""
    yield from _or_none(_adjacencies(output), output)


def _or_none(found: Iterator[Fact | Note], output: str) -> Iterator[Fact | Note]:
    nothing = True
    for item in found:
        nothing = nothing and isinstance(item, Note)
        yield item
    if nothing and _NO_ISIS.search(output):
        yield RoutingProcess(protocol="isis", running=False)
    elif nothing and (none_said(output) or _TOTAL.search(output)):
        yield EMPTY


def _adjacencies(output: str) -> Iterator[Fact | Note]:
    level: Any = None
    row: re.Match[str] | None = None
    details: list[tuple[str, str]] = []
    for line in lines(said(output)):
        head, found = _HEAD.match(line.text), _ROW.match(line.text)
        if row and (head or found):
            yield _adjacency(row, level, details)
            row, details = None, []
        if head:
            level = head["level"]
        elif found:
            row = found
        elif row and (told := _DETAIL.match(line.text)):
            details.append((told["what"].lower(), told["value"].strip()))
    if row:
        yield _adjacency(row, level, details)


def _adjacency(row: re.Match[str], level: Any, details: list[tuple[str, str]]) -> IsisAdjacency:
    addresses = [
        value.rstrip("*").strip() for what, value in details if "address" in what and "area" not in what
    ]
    told = dict(reversed(details))
    more = row["more"]
    area = next((value for what, value in details if what.startswith("area")), None)
    return IsisAdjacency(
        interface=normalise_interface(row["interface"]),
        neighbor=row["neighbor"],
        level=level or _TYPES.get(more),
        adjacency_state=_STATES[row["state"]],
        up_for_s=_up_for_s(row, told.get("uptime")),
        area=area.split()[0].rstrip(",") if area else None,
        system_id=told.get("system id"),
        hold_time_s=number(row["hold"]),
        addresses=tuple(addresses) or None,
    )


def _up_for_s(row: re.Match[str], uptime: str | None) -> float | None:
    """`Changed` is when the state last did: the age of what is up."""
    if row["state"] != "Up":
        return None
    return duration_s(uptime) if uptime else None if row["more"] in _TYPES else duration_s(row["more"])


_BRIEF = re.compile(r"^ *Interface +All +Adjs", re.M)
_BRIEF_ROW = re.compile(
    r"^ *(?P<name>[A-Za-z][\w./-]*\d) +(?P<ok>Yes|No)(?: +(?P<l1>\d+|-)\*? +(?P<l2>\d+|-)\*? +\S+"
    r" +\S+ +(?P<clns>Up|Down|-) +(?P<mtu>\d+|-))?"
)


@command(
    "show isis interface brief",
    area="isis",
    gives=(IsisInterface,),
    arguments=on_request,
    aliases=("show isis[ instance {instance}] interface brief",),
)
def brief(output: str) -> Read:
    yield from _or_none(_rows(output, _BRIEF_ROW, _brief), output)


def _rows(
    output: str, pattern: re.Pattern[str], read: Callable[[re.Match[str]], Fact]
) -> Iterator[Fact | Note]:
    return (read(found) for line in lines(said(output)) if (found := pattern.match(line.text)))


def _brief(row: re.Match[str]) -> Fact:
    counts = [int(value) for value in (row["l1"], row["l2"]) if value and value != "-"]
    return IsisInterface(
        interface=normalise_interface(row["name"]),
        oper_up=row["clns"] == "Up" if row["clns"] else None,
        mtu_bytes=count(row["mtu"]),
        adjacent_count=sum(counts) if counts else None,
    )


_INTERFACE = re.compile(
    r"^ *(?P<name>[A-Za-z][\w./-]*\d)(?: {2,}| +)(?P<state>Enabled|Disabled|Passive)[^\n]*$", re.M
)
_CIRCUIT = re.compile(r"Circuit Type: *(\S+)")
_MEDIA = re.compile(r"Media Type: *(\S+)")
_ADJACENCIES = re.compile(r"Adjacency Count: *(\d+)")
_MTU = re.compile(r"^ *MTU: *(\d+)", re.M)
_METRIC = re.compile(r"Metric \(L1/L2\): *(\d+|-)/(\d+|-)")
_FORMATION = re.compile(r"^ *Adjacency Formation: *(\S[^\n]*)", re.M)
_PROTOCOL = re.compile(r"CLNS I/O\s+Protocol State: *(\w+)")


@command(
    "show isis interface",
    area="isis",
    gives=(IsisInterface, RoutingProcess),
    aliases=("show isis[ instance {instance}] interface[ {interface*}]",),
)
def interfaces(output: str) -> Read:
    if _BRIEF.search(output):
        yield from brief(output)
        return
    yield from _or_none(iter(each_block(output, _INTERFACE, _interface)), output)


def _interface(block: Block) -> Read:
    text = block.text
    level = _LEVELS.get(first(_CIRCUIT, text) or "")
    media, metric, state = first(_MEDIA, text), _METRIC.search(text), first(_PROTOCOL, text)
    chosen = metric[1] if metric and level == "1" else metric[2] if metric else None
    formation = (first(_FORMATION, text) or "").lower()
    counts = _ADJACENCIES.findall(text)
    yield IsisInterface(
        interface=normalise_interface(block.head["name"]),
        level=level,
        network_type="point_to_point" if media == "P2P" else "broadcast" if media == "LAN" else None,
        passive=True
        if "passive" in formation or block.head["state"] == "Passive"
        else False
        if formation
        else None,
        oper_up=state == "Up" if state else False if block.head["state"] == "Disabled" else None,
        metric=count(chosen),
        mtu_bytes=count(first(_MTU, text)),
        adjacent_count=sum(map(int, counts)) if counts else None,
    )


_ROUTER = re.compile(r"^ *IS-IS Router: *(?P<name>\S+)", re.M)
_SYSTEM = re.compile(r"System Id: *([0-9a-f.]{14})", re.I)
_LEVEL = re.compile(r"IS Levels: *(\S+)")
_AREAS = re.compile(r"Routing for area address\(es\):[ \t]*\n(?P<areas>(?: +\d\d\.[0-9a-fA-F.]+[ \t]*\n)*)")
_MANUAL = re.compile(r"Manual area address\(es\):[ \t]*\n(?P<areas>(?: +\d\d\.[0-9a-fA-F.]+[ \t]*\n)*)")
_OVERLOAD = re.compile(r"Overload Bit: *(\S[^\n]*)", re.I)


@command(
    "show isis protocol",
    area="isis",
    gives=(IsisInstance, RoutingProcess),
    aliases=("show isis", "show isis instance {instance}", "show isis instance {instance} protocol"),
)
def instances(output: str) -> Read:
    if _HEAD.search(output) or re.search(r"^ *System Id +Interface", output, re.M):
        yield from adjacencies(output)
        return
    yield from _or_none(iter(each_block(output, _ROUTER, _instance)), output)


def _instance(block: Block) -> Read:
    areas = _AREAS.search(block.text)
    areas = areas if areas and areas["areas"] else _MANUAL.search(block.text)
    overload = first(_OVERLOAD, block.text)
    yield IsisInstance(
        name=block.head["name"],
        system_id=first(_SYSTEM, block.text),
        areas=tuple(areas["areas"].split()) or None if areas else None,
        level=_LEVELS.get(first(_LEVEL, block.text) or ""),
        overload=None if overload is None else not re.match(r"not |clear|none|inactive", overload, re.I),
    )
