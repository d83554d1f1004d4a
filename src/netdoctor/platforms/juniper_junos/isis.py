"""IS-IS: adjacencies, interfaces, processes (ISO 10589)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from netdoctor.model.facts import Fact, IsisAdjacency, IsisInstance, IsisInterface, RoutingProcess
from netdoctor.platforms.base import NotUnderstood
from netdoctor.platforms.juniper_junos.naming import vrf_of
from netdoctor.platforms.juniper_junos.reading import (
    NO_ROUTING,
    Node,
    Read,
    each,
    leaf,
    leaves,
    nodes,
    not_running,
    or_empty,
    query,
    roots,
    seconds,
    sections,
    told,
    told_in,
    tree,
    whole,
)
from netdoctor.platforms.values import duration_s, number

Level = Literal["1", "2", "1-2"]
_LEVELS: dict[str, Level] = {"1": "1", "2": "2", "3": "1-2"}
_STATES: dict[str, Literal["down", "init", "up"]] = {
    "up": "up",
    "down": "down",
    "initializing": "init",
    "one-way": "init",
    "new": "init",
    "rejected": "down",
}
_NOT_RUNNING = re.compile(
    rf"IS-?IS (?:instance|is) (?:is )?not running|{NO_ROUTING}", re.IGNORECASE | re.MULTILINE
)


@query(
    "show isis adjacency detail",
    also=("show isis adjacency[ {rest*}]", "get-isis-adjacency-information[ {rest*}]"),
    area="isis",
    gives=(IsisAdjacency, RoutingProcess),
)
def adjacencies(output: str) -> Read:
    """Every adjacency. Level 3 is Junos's word for both."""
    if _NOT_RUNNING.search(output[:2000]):
        yield not_running("isis", output)
        return
    found = tree(output)
    if found is None:
        known = re.search(r"^\s*Interface +System +L\b|^\s*IS-IS instance", output, re.M) is not None
        yield from or_empty(each(_in_text(output), _adjacency), known)
        return
    known_roots = roots(found, "isis-adjacency-information")
    if not known_roots:
        raise NotUnderstood("no 'isis-adjacency-information'")
    yield from or_empty(
        each((one for _, root in known_roots for one in nodes(root, "isis-adjacency")), _adjacency),
        known=True,
    )


def _adjacency(found: Node) -> Iterator[Fact]:
    interface, neighbor = leaf(found, "interface-name"), leaf(found, "system-name")
    if not interface or not neighbor:
        raise ValueError("an adjacency without an interface or a neighbour")
    state = _STATES.get((leaf(found, "adjacency-state") or "").lower())
    since_s = seconds(found, "last-transition-time")
    if since_s is None:
        since_s = duration_s(leaf(found, "last-transition-time"))
    addresses = [
        *leaves(found, "ip-address"),
        *leaves(found, "ipv6-address"),
        *leaves(found, "global-ipv6-address"),
    ]
    yield IsisAdjacency(
        vrf=vrf_of(leaf(found, "instance-name")),
        interface=interface,
        neighbor=neighbor,
        level=_LEVELS.get(leaf(found, "level") or ""),
        adjacency_state=state,
        up_for_s=since_s if state == "up" else None,
        area=leaf(found, "area-address"),
        system_id=leaf(found, "system-id"),
        hold_time_s=number(leaf(found, "holdtime")),
        addresses=tuple(one.strip() for said in addresses for one in said.split(",")) or None,
    )


_ROW = re.compile(
    r"^[ \t]*(?P<interface>[a-z][\w/:-]*(?:\.\d+)?) +(?P<system>\S+) +(?P<level>[123]) +(?P<state>Up|"
    r"Down|Initializing|One-way|New|Rejected)\b *(?P<hold>\d+)?[^\n]*",
    re.MULTILINE,
)
_DETAIL = re.compile(
    r"^(?P<system>[ \t]*\S+)[ \t]*\n[ \t]*Interface: (?P<interface>[^,\s]+), Level: (?P<level>\d), "
    r"State: (?P<state>[\w-]+)(?:, Expires in (?P<hold>\d+))?",
    re.MULTILINE,
)
_FIELDS = {
    "last-transition-time": re.compile(r"\bLast transition: ([^\n]+?)(?: ago)?$", re.M),
    "ip-address": re.compile(r"\bIP addresses: ([^\n]+)"),
    "ipv6-address": re.compile(r"\bIPv6 addresses: ([^\n]+)"),
    "area-address": re.compile(r"\bArea (?:Address|addresses)[^:\n]*: ([\da-fA-F.]+)", re.I),
}


def _in_text(output: str) -> Iterator[Node]:
    for row in _ROW.finditer(output):
        yield _named(row)
    for head, body in sections(output, _DETAIL):
        yield _named(head) | told_in(body, _FIELDS)


def _named(row: re.Match[str]) -> Node:
    return {
        "interface-name": row["interface"],
        "system-name": row["system"].strip(),
        "level": row["level"],
        "adjacency-state": row["state"],
        "holdtime": row["hold"] or "",
    }


@query(
    "show isis interface",
    also=("show isis interface {rest*}", "get-isis-interface-information[ {rest*}]"),
    area="isis",
    gives=(IsisInterface, RoutingProcess),
)
def interfaces(output: str) -> Read:
    """Every interface with IS-IS on it."""
    if _NOT_RUNNING.search(output[:2000]):
        yield not_running("isis", output)
        return
    found = tree(output)
    if found is None:
        known = re.search(r"^\s*(?:IS-IS interface database|Interface +L +CirID)", output, re.M) is not None
        yield from or_empty(each(_interfaces_in(output), _interface), known)
        return
    known_roots = roots(found, "isis-interface-information")
    if not known_roots:
        raise NotUnderstood("no 'isis-interface-information'")
    yield from or_empty(
        each((one for _, root in known_roots for one in nodes(root, "isis-interface")), _interface),
        known=True,
    )


def _interface(found: Node) -> Iterator[Fact]:
    name = leaf(found, "interface-name")
    if not name:
        raise ValueError("an interface without a name")
    words = [(leaf(found, f"isis-interface-state-{level}") or "").lower() for level in ("one", "two")]
    level = _LEVELS.get(leaf(found, "circuit-type") or "")
    passive = "passive" in words
    metrics = [whole(found, f"metric-{one}") for one in ("one", "two")]
    point = any(word.startswith("point to point") for word in words)
    yield IsisInterface(
        interface=name,
        level=level,
        network_type="point_to_point" if point else None if passive else "broadcast" if any(words) else None,
        passive=passive,
        oper_up=False if "down" in words else None,
        metric=metrics[0]
        if level == "1"
        else next((one for one in reversed(metrics) if one is not None), None),
    )


_INTERFACE = re.compile(
    r"^[ \t]*(?P<name>[a-z][\w/:-]*(?:\.\d+)?) +(?P<level>[0-3]) +(?P<circuit>0x[\da-fA-F]+) +"
    r"(?P<one>Point to Point|\S+) +(?P<two>Point to Point|\S+) +(?P<m1>\d+)/(?P<m2>\d+)",
    re.MULTILINE,
)


def _interfaces_in(output: str) -> Iterator[Node]:
    for row in _INTERFACE.finditer(output):
        yield {
            "interface-name": row["name"],
            "circuit-type": row["level"],
            "isis-interface-state-one": row["one"],
            "isis-interface-state-two": row["two"],
            "metric-one": row["m1"],
            "metric-two": row["m2"],
        }


@query(
    "show isis overview",
    also=("show isis overview {rest*}", "get-isis-overview-information[ {rest*}]"),
    area="isis",
    gives=(IsisInstance, RoutingProcess),
)
def overview(output: str) -> Read:
    """The processes, and whether they are drained."""
    if _NOT_RUNNING.search(output[:2000]):
        yield not_running("isis", output)
        return
    found = tree(output)
    if found is None:
        yield from each(
            (told_in(output[head.start() :], _OVERVIEW) for head in _INSTANCE.finditer(output)), _overview
        )
        return
    known = roots(found, "isis-overview-information")
    if not known:
        raise NotUnderstood("no 'isis-overview-information'")
    yield from or_empty(
        each((one for _, root in known for one in nodes(root, "isis-overview")), _overview), known=True
    )


_INSTANCE = re.compile(r"^[ \t]*Instance: *\S+", re.MULTILINE)
_OVERVIEW = {
    "instance-name": re.compile(r"\bInstance: *(\S+)"),
    "isis-router-sysid": re.compile(r"\bSys ?id: *(\S+)", re.I),
    "isis-router-areaid": re.compile(r"\bArea ?id: *(\S+)", re.I),
    "isis-overload-enabled": re.compile(r"^\s*(Overload bit is set|Overload bit: set)", re.M | re.I),
}


def _overview(found: Node) -> Iterator[Fact]:
    system = leaf(found, "isis-router-sysid")
    area = leaf(found, "isis-router-areaid")
    yield IsisInstance(
        vrf=vrf_of(leaf(found, "instance-name")),
        system_id=system,
        areas=(area,) if area else None,
        overload=True if told(found, "isis-overload-enabled") else None,
    )
