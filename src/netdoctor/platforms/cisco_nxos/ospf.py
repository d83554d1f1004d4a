"""OSPF, versions 2 and 3 (RFC 2328, RFC 5340): neighbours, interfaces, processes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from netdoctor.model.entities import DEFAULT_VRF
from netdoctor.model.events import Note
from netdoctor.model.facts import Fact, OspfInstance, OspfInterface, OspfNeighbor
from netdoctor.platforms.base import EMPTY, NotUnderstood, command
from netdoctor.platforms.cisco_nxos.reading import (
    J,
    Object,
    Read,
    document,
    named,
    on_request,
    over,
    port,
    rows,
    said,
    says_none,
    structured,
    without_json,
)
from netdoctor.platforms.text import Block, Line, blocks, each, first, lines
from netdoctor.platforms.values import area_id, clean, count, duration_s, flag, is_ip, number

_ADJACENCY = {
    "down": "down",
    "attempt": "attempt",
    "init": "init",
    "2way": "two_way",
    "twoway": "two_way",
    "exstart": "exstart",
    "exchange": "exchange",
    "loading": "loading",
    "full": "full",
}
_TYPES = {
    "p2p": "point_to_point",
    "pointtopoint": "point_to_point",
    "broadcast": "broadcast",
    "nbma": "non_broadcast",
    "nonbroadcast": "non_broadcast",
    "p2mp": "point_to_multipoint",
    "pointtomultipoint": "point_to_multipoint",
    "loopback": "loopback",
}


def _adjacency(word: Any) -> Any:
    return _ADJACENCY.get(re.sub(r"[^a-z0-9]", "", str(word or "").split("/")[0].lower()))


def _type(word: Any) -> Any:
    return _TYPES.get(re.sub(r"[^a-z0-9]", "", str(word or "").lower()))


def _contexts(output: str, inner: str, read: Callable[[str, Object], Read]) -> Iterator[Fact | Note]:
    """What `read` makes of each row of a table in each VRF (`TABLE_ctx`)."""
    found = document(output)
    if not output.strip():
        return
    here: list[tuple[str, Object]] = [
        (said(context.get("cname")) or DEFAULT_VRF, row)
        for context in rows(found, "ctx")
        for row in rows(context, inner)
    ]
    numbered = [{"vrf": vrf, "row": row} for vrf, row in here]
    yield from over(numbered, lambda one: read(one["vrf"], one["row"]), found, "ctx")


_NEIGHBORS = "show ip ospf neighbor[s][ {interface}][ detail][ vrf {vrf}]"
_NEIGHBORS_3 = "show[ ipv6] ospfv3 neighbor[s][ {interface}][ detail][ vrf {vrf}]"


@command(
    "show ip ospf neighbors detail vrf all | json",
    area="ospf",
    gives=(OspfNeighbor,),
    aliases=(_NEIGHBORS + J,),
)
@command(
    "show ospfv3 neighbors detail vrf all | json",
    area="ospf",
    gives=(OspfNeighbor,),
    aliases=(_NEIGHBORS_3 + J,),
)
def neighbors(output: str, vrf: str = "", interface: str = "") -> Read:
    """Every neighbour."""
    yield from _contexts(output, "nbr", _neighbor)


def _neighbor(vrf: str, row: Object) -> Iterator[OspfNeighbor]:
    rid = said(row.get("rid"))
    if not rid:
        raise ValueError("a neighbour without a router id")
    yield OspfNeighbor(
        vrf=vrf,
        neighbor_router_id=rid,
        address=said(row.get("addr")),
        interface=port(row.get("intf")),
        adjacency_state=_adjacency(row.get("state")),
        area=area_id(row.get("area")),
        up_for_s=_since(row, _adjacency(row.get("state"))),
    )


def _since(row: Object, state: str | None) -> float | None:
    return duration_s(row.get("lastchange") or row.get("uptime")) if state == "full" else None


_NEIGHBOR = re.compile(
    r"^ *Neighbor (?P<rid>\d+\.\d+\.\d+\.\d+), interface(?: address| id)? (?P<address>\S+)", re.M
)
_PLACE = re.compile(r"VRF (?P<vrf>\S+?), in area (?P<area>\S+) via interface (?P<interface>\S+)")
_STATE = re.compile(
    r"State is (?P<state>[\w-]+)(?:/\S+)?, (?P<changes>\d+) state changes, last change (?P<age>\S+)"
)
_CONTEXT = re.compile(r"OSPF(?:v3)? Process ID (?P<process>\S+) (?:context |VRF )(?P<vrf>\S+)")
_ROW = re.compile(
    r"^ *(?P<rid>\d+\.\d+\.\d+\.\d+) +(?P<priority>\d+) +(?P<state>[A-Z0-9-]+) *(?:/ *"
    r"(?P<role>\S+))? +(?P<age>\S+) +"
    r"(?P<address>\S+) +(?P<interface>[A-Za-z]\S+)"
)


@command(
    "show ip ospf neighbors detail vrf all",
    area="ospf",
    gives=(OspfNeighbor,),
    arguments=without_json,
    aliases=(_NEIGHBORS, _NEIGHBORS_3, "show ip ospf neighbor[s] vrf {vrf} detail"),
)
def neighbors_in_text(output: str, vrf: str = "", interface: str = "") -> Read:
    """The same in text: a block a neighbour, or a row under its process."""
    if structured(output):
        yield from neighbors(output)
        return
    nothing = True
    for item in each(blocks(output, _NEIGHBOR), _neighbor_block):
        nothing = False
        yield item
    if not nothing:
        return
    for item in _neighbor_rows(output):
        nothing = False
        yield item
    if nothing and (says_none(output) or _CONTEXT.search(output)):
        yield EMPTY


def _neighbor_block(block: Block) -> Read:
    place, state = _PLACE.search(block.text), _STATE.search(block.text)
    told = _adjacency(state["state"]) if state else None
    yield OspfNeighbor(
        vrf=place["vrf"] if place else DEFAULT_VRF,
        neighbor_router_id=block.head["rid"],
        address=block.head["address"],
        interface=port(place["interface"]) if place else None,
        adjacency_state=told,
        area=area_id(place["area"]) if place else None,
        up_for_s=duration_s(state["age"]) if state and told == "full" else None,
    )


_ADDRESS_BELOW = re.compile(r"^ *Neighbor address (\S+)")


def _neighbor_rows(output: str) -> Read:
    """Rows under their process. Of version 3 the row has an interface id, and the address stands below it."""
    vrf = DEFAULT_VRF
    told = list(lines(output))
    below = {line.number: _ADDRESS_BELOW.match(after.text) for line, after in pairwise(told)}

    def read(line: Line) -> Read:
        nonlocal vrf
        if found := _CONTEXT.search(line.text):
            vrf = found["vrf"]
        elif found := _ROW.match(line.text):
            state, address = _adjacency(found["state"]), below.get(line.number)
            yield OspfNeighbor(
                vrf=vrf,
                neighbor_router_id=found["rid"],
                address=address[1] if address else found["address"] if is_ip(found["address"]) else None,
                interface=port(found["interface"]),
                adjacency_state=state,
                up_for_s=duration_s(found["age"]) if state == "full" else None,
            )

    yield from each(told, read)


_INTERFACES = "show ip ospf interface[ {interface}][ vrf {vrf}]"
_INTERFACES_3 = "show[ ipv6] ospfv3 interface[ {interface}][ vrf {vrf}]"


@command(
    "show ip ospf interface vrf all | json",
    area="ospf",
    gives=(OspfInterface,),
    aliases=(_INTERFACES + J, _INTERFACES_3 + J, "show ip ospf interface brief[ vrf {vrf}]" + J),
)
def interfaces(output: str, vrf: str = "", interface: str = "") -> Read:
    """OSPF on every interface."""
    yield from _contexts(output, "intf", _interface)


def _interface(vrf: str, row: Object) -> Iterator[OspfInterface]:
    hello_s = number(row.get("hello_interval"))
    # A passive interface says no hellos, and tells no timers.
    passive = flag(row.get("passive")) if "passive" in row or hello_s is None else False
    yield OspfInterface(
        vrf=vrf,
        interface=named(row.get("ifname")),
        area=area_id(row.get("area")),
        hello_interval_s=hello_s,
        dead_interval_s=number(row.get("dead_interval")),
        network_type=_type(row.get("type_str")),
        auth_type=_auth(row.get("auth_type")),
        passive=passive,
        cost=count(row.get("cost")),
        oper_up=_is_up(said(row.get("proto_status"))),
        neighbors_count=count(row.get("nbr_total")),
        adjacent_count=count(row.get("nbr_adjs")),
    )


def _auth(word: Any) -> str | None:
    return clean(word).strip().lower() or None if isinstance(word, str) else None


def _is_up(word: str | None) -> bool | None:
    return word.lower() == "up" if word else None


_INTERFACE = re.compile(
    r"^ *(?P<name>[A-Za-z][\w/.:-]*) is (?P<state>up|down|administratively down), line protocol is "
    r"(?P<protocol>\w+)",
    re.M,
)
_FIELDS = {
    "vrf": re.compile(r"Process ID \S+ (?:VRF|context) (\S+?),"),
    "area": re.compile(r"area (\d[\d.]*)"),
    "type": re.compile(r"Network type ([\w-]+)", re.I),
    "cost": re.compile(r"[Cc]ost (\d+)"),
    "hello": re.compile(r"Hello (\d+)"),
    "dead": re.compile(r"Dead (\d+)"),
    "neighbors": re.compile(r"(\d+) Neighbors,"),
    "adjacent": re.compile(r"adjacent with (\d+)"),
    "auth": re.compile(r"(No|Simple|Message-digest|Cryptographic|Null|\w+) authentication", re.I),
    "passive": re.compile(r"(Passive interface)", re.I),
    "mtu": re.compile(r"\bMTU (\d+)"),
}
_BRIEF = re.compile(
    r"^ *(?P<name>[A-Za-z][\w/.:-]*\d) +(?P<id>\d+) +(?P<area>\d[\d.]*) +(?P<cost>\d+) +"
    r"(?P<state>\S+) +(?P<neighbors>\d+) +(?P<status>\w+)"
)


@command(
    "show ip ospf interface vrf all",
    area="ospf",
    gives=(OspfInterface,),
    arguments=without_json,
    aliases=(_INTERFACES, _INTERFACES_3, "show[ ip| ipv6] ospf[v3] interface brief[ vrf {vrf}]"),
)
def interfaces_in_text(output: str, vrf: str = "", interface: str = "") -> Read:
    """The same in text: a block an interface, or a row under its process."""
    if structured(output):
        yield from interfaces(output)
        return
    nothing = True
    for item in each(blocks(output, _INTERFACE), _interface_block):
        nothing = False
        yield item
    for item in _brief(output):
        nothing = False
        yield item
    if nothing and (says_none(output) or _CONTEXT.search(output)):
        yield EMPTY


def _interface_block(block: Block) -> Read:
    told = {name: first(pattern, block.text) for name, pattern in _FIELDS.items()}
    auth = (told["auth"] or "").lower()
    yield OspfInterface(
        vrf=told["vrf"] or DEFAULT_VRF,
        interface=named(block.head["name"]),
        area=area_id(told["area"]),
        hello_interval_s=number(told["hello"]),
        dead_interval_s=number(told["dead"]),
        network_type=_type(told["type"]),
        mtu_bytes=count(told["mtu"]),
        auth_type="none" if auth == "no" else auth or None,
        passive=bool(told["passive"]),
        cost=count(told["cost"]),
        oper_up=block.head["protocol"] == "up",
        neighbors_count=count(told["neighbors"]),
        adjacent_count=count(told["adjacent"]),
    )


def _brief(output: str) -> Read:
    vrf = DEFAULT_VRF

    def read(line: Line) -> Read:
        nonlocal vrf
        if found := _CONTEXT.search(line.text):
            vrf = found["vrf"]
        elif found := _BRIEF.match(line.text):
            yield OspfInterface(
                vrf=vrf,
                interface=named(found["name"]),
                area=area_id(found["area"]),
                network_type=_type(found["state"]),
                cost=count(found["cost"]),
                oper_up=found["status"] == "up",
                neighbors_count=count(found["neighbors"]),
            )

    yield from each(lines(output), read)


_PROCESS = re.compile(
    r"^ *Routing Process \"?(?P<process>\S+?)\"? with ID (?P<rid>\S+) (?:VRF|context) (?P<vrf>\S+)", re.M
)
_STUB = re.compile(r"Originating router LSA with maximum metric|Router is (?:stub|not full)", re.I)


@command(
    "show ip ospf vrf all",
    area="ospf",
    gives=(OspfInstance,),
    aliases=(
        "show ip ospf[ vrf {vrf}]",
        "show ip ospf {process}[ vrf {vrf}]",
        "show[ ipv6] ospfv3[ vrf {vrf}]",
    ),
)
def instances(output: str, vrf: str = "", process: str = "") -> Read:
    """Every process: its router id, and whether it advertises itself as a stub."""
    nothing = True
    for block in blocks(output, _PROCESS):
        nothing = False
        yield OspfInstance(
            vrf=block.head["vrf"],
            router_id=block.head["rid"],
            max_metric=bool(_STUB.search(block.text)),
        )
    if nothing and says_none(output):
        yield EMPTY


@command(
    "show ip ospf vrf all | json",
    area="ospf",
    gives=(OspfInstance,),
    arguments=on_request,
    aliases=("show ip ospf[ vrf {vrf}]" + J,),
)
def instances_json(output: str, vrf: str = "") -> Read:
    """The same as an object."""
    found = document(output)
    here = rows(found, "ctx")
    if output.strip() and not found:
        yield EMPTY
    elif found and not here:
        raise NotUnderstood("no 'TABLE_ctx'")
    for row in here:
        yield OspfInstance(
            vrf=said(row.get("cname")) or DEFAULT_VRF,
            router_id=said(row.get("rid")),
            max_metric=flag(row.get("max_metric_mode")),
        )
