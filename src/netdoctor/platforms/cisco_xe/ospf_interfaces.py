"""OSPF as it runs on each interface, versions 2 and 3."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from netdoctor.model.entities import DEFAULT_VRF
from netdoctor.model.facts import OspfInterface
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_xe.names import normalise_interface
from netdoctor.platforms.cisco_xe.ospf_words import NOT_RUNNING
from netdoctor.platforms.text import Block, Line, Read, blocks, each, first, lines
from netdoctor.platforms.values import area_id, count

_INTERFACE = re.compile(
    r"^ *(?P<interface>[A-Za-z]\S*) is (?P<admin>(?:administratively )?\w+), line protocol is (?P<oper>\w+)",
    re.M,
)
_AREA = re.compile(r"Area (?:[\w-]+\()?(\d[\d.]*)")
_ROUTER_ID = re.compile(r"Router ID ([\d.]+)")
_TYPE = re.compile(r"Network Type ([A-Z_]+)")
_COST = re.compile(r"Cost: (\d+)")
_TIMERS = re.compile(r"Hello (\d+)( msec)?, Dead (\d+)")
_COUNTS = re.compile(r"Neighbor Count is (\d+), Adjacent neighbor count is (\d+)")
_AUTH = re.compile(r"(Simple password|IPsec|NULL|NO)\b", re.I)
_TYPES: dict[str, Any] = {
    "POINT_TO_POINT": "point_to_point",
    "BROADCAST": "broadcast",
    "NON_BROADCAST": "non_broadcast",
    "POINT_TO_MULTIPOINT": "point_to_multipoint",
    "LOOPBACK": "loopback",
}
_AUTH_TYPES = {"simple password": "simple", "no": "none", "null": "none", "ipsec": "ipsec"}
_BRIEF = re.compile(r"^ *Interface +PID", re.M)


@command(
    "show ip ospf interface",
    area="ospf",
    gives=(OspfInterface,),
    aliases=(
        "show ip ospf[ {process}] interface[ {name*}]",
        "show ipv6 ospf[ {process}] interface[ {name*}]",
        "show ospfv3[ {scope*}] interface[ {name*}]",
    ),
)
def interfaces(output: str) -> Read:
    """Every interface that OSPF runs on, in full or from the brief table."""
    if _INTERFACE.search(output):
        yield from each(blocks(output, _INTERFACE), _interface)
        return
    rows = list(each(lines(output), _row))
    if not rows and (_BRIEF.search(output) or NOT_RUNNING.search(output)):
        yield EMPTY
    yield from rows


def _interface(block: Block) -> Iterator[OspfInterface]:
    said = block.text
    if "Process ID" not in said and "Area" not in said:
        return
    kind = first(_TYPE, said)
    counts = _COUNTS.search(said)
    yield OspfInterface(
        interface=normalise_interface(block.head["interface"]),
        area=area_id(first(_AREA, said)),
        router_id=first(_ROUTER_ID, said),
        **_timers(said),
        network_type=_TYPES.get(kind or ""),
        auth_type=_auth(said, bool(counts)),
        cost=count(first(_COST, said)),
        oper_up=block.head["admin"] == "up" and block.head["oper"] == "up",
        neighbors_count=int(counts[1]) if counts else None,
        adjacent_count=int(counts[2]) if counts else None,
    )


def _timers(said: str) -> dict[str, Any]:
    """The intervals, and whether hellos are sent: an interface without timers does not say."""
    found = _TIMERS.search(said)
    if not found:
        return {}
    return {
        "hello_interval_s": int(found[1]) / (1000 if found[2] else 1),
        "dead_interval_s": float(found[3]),
        "passive": "Passive interface" in said,
    }


def _auth(said: str, complete: bool) -> str | None:
    """IOS tells of authentication only where it is on; what is no plain password is a keyed digest."""
    place = said.find("uthentication")
    if place < 0:
        return "none" if complete else None
    line = said[said.rfind("\n", 0, place) + 1 : place]
    found = _AUTH.search(line)
    return _AUTH_TYPES[found[1].lower()] if found else "message-digest"


_ROW = re.compile(
    r"^ *(?P<interface>[A-Za-z]\S*) +\S+ +(?P<area>[\d.]+) +(?P<where>\S.*?) +(?P<cost>\d+)"
    r" +(?P<state>[A-Z0-9]+) +(?P<full>\d+)/(?P<all>\d+) *$"
)
_BRIEF_TYPES: dict[str, Any] = {"P2P": "point_to_point", "LOOP": "loopback", "P2MP": "point_to_multipoint"}


def _row(line: Line) -> Iterator[OspfInterface]:
    """`Gi1  1  0  192.0.2.1/31  1  P2P  1/1`: the last are the full neighbours and all of them."""
    found = _ROW.match(line.text)
    if not found:
        return
    state = found["state"]
    yield OspfInterface(
        vrf=DEFAULT_VRF,
        interface=normalise_interface(found["interface"]),
        area=area_id(found["area"]),
        network_type=_BRIEF_TYPES.get(state),
        cost=int(found["cost"]),
        oper_up=state != "DOWN",
        neighbors_count=int(found["all"]),
        adjacent_count=int(found["full"]),
    )
