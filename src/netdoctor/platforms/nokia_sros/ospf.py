"""OSPF neighbours and interfaces (RFC 2328, RFC 5340)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from netdoctor.model.events import Note
from netdoctor.model.facts import Fact, OspfInstance, OspfInterface, OspfNeighbor
from netdoctor.model.facts.routing import OspfNetworkType
from netdoctor.platforms.base import command
from netdoctor.platforms.nokia_sros.reading import (
    Read,
    each,
    number_of,
    pairs,
    said,
    titled,
    unless_none,
    yes,
)
from netdoctor.platforms.text import Block, blocks
from netdoctor.platforms.values import area_id, clean, duration_s

_STATES: Final[dict[str, Any]] = {
    "down": "down", "attempt": "attempt", "init": "init", "twoway": "two_way", "exchstart": "exstart",
    "exstart": "exstart", "exchange": "exchange", "loading": "loading", "full": "full",
}  # fmt: skip
_NEIGHBOR = re.compile(
    r"^(?P<interface>\S(?:\S| (?! )){0,80}?)(?:[ ]*\n)? +(?P<id>\d+\.\d+\.\d+\.\d+) +(?P<state>[A-Z][A-Za-z "
    r"-]*?) +"
    r"(?P<prio>\d+) +(?P<retx>\d+) +(?P<ttl>-?\d+)[^\n]*(?:\n +(?P<area>\d+(?:\.\d+){0,3})(?= *$))?",
    re.M,
)


def neighbor_state(word: str) -> Any:
    """`Two Way`, `twoWay`, `ExchStart`, `exchange-start` in the words of RFC 2328."""
    found = re.sub(r"[^a-z]", "", word.lower())
    return {"exchangestart": "exstart", "2way": "two_way"}.get(found) or _STATES.get(found)


_DETAILED = re.compile(r"^Neighbor Rtr Id *: (?P<id>\S+) +Interface *: (?P<interface>.+?) *$", re.M)
_ROUTED = re.compile(r"^Neighbor IP Addr *: (?P<address>\S+)", re.M)


@command(
    "show router ospf neighbor detail",
    area="ospf",
    gives=(OspfNeighbor,),
    arguments=lambda facts: (),
    aliases=(
        "show router[ {router}] ospf[ {instance}] neighbor[ {interface}] detail",
        "show router[ {router}] ospf3[ {instance}] neighbor[ {interface}] detail",
    ),
)
def details(output: str, router: str = "", instance: str = "", interface: str = "") -> Read:
    """Every neighbour in full."""
    for _, vrf, text in titled(output):
        yield from each(blocks(text, _DETAILED), partial(_detail, vrf))


def _detail(vrf: str, block: Block) -> Read:
    found = pairs(block.text)
    yield OspfNeighbor(
        vrf=vrf,
        interface=block.head["interface"],
        neighbor_router_id=block.head["id"],
        address=said(found.get("neighbor ip addr")),
        adjacency_state=neighbor_state(found.get("neighbor state", "")),
        area=area_id(found.get("area id", "")),
        up_for_s=duration_s(found.get("up time", "").removesuffix("s") if found.get("up time") else None),
    )


_TYPES: Final[dict[str, OspfNetworkType]] = {
    "ptop": "point_to_point", "pointtopoint": "point_to_point", "broadcast": "broadcast",
    "nbma": "non_broadcast",
    "nonbroadcast": "non_broadcast", "ptomp": "point_to_multipoint", "loopback": "loopback",
    "p2mpnbma": "point_to_multipoint", "pointtomultipoint": "point_to_multipoint",
}  # fmt: skip
_UP: Final = frozenset(
    {
        "dr",
        "bdr",
        "bkupdr",
        "backupdr",
        "otherdr",
        "dother",
        "odr",
        "ptop",
        "ptopoint",
        "up",
        "pointtopoint",
        "loopback",
        "waiting",
        "otherdesignated",
        "designatedrouter",
    }
)
_INTERFACE = re.compile(
    r"^(?P<interface>\S(?:\S| (?! )){0,80}?)(?:[ ]*\n)? +(?P<area>\d+(?:\.\d+){3}) +(?P<dr>\S+) +(?"
    r"P<bdr>\S+) +"
    r"(?P<adm>Up|Dn|Down) +(?P<oper>\S[\S ]*?) *$",
    re.M,
)


def network_type(word: str | None) -> OspfNetworkType | None:
    """`PToP`, `point-to-point` and `Broadcast` in common words."""
    return _TYPES.get(re.sub(r"[^a-z0-9]", "", (word or "").lower()))


def interface_up(word: str | None) -> bool | None:
    """An interface that plays any part (`DR`, `PToP`) is up."""
    found = re.sub(r"[^a-z]", "", (word or "").lower())
    return None if not found else found in _UP


_CONFIGURED = re.compile(r"^Interface(?: Name)? *: (?P<interface>\S.*?)(?: {2,}.*)?$", re.M)


@command(
    "show router ospf interface detail",
    area="ospf",
    gives=(OspfInterface,),
    aliases=(
        "show router[ {router}] ospf[ {instance}] interface[ {interface}] detail",
        "show router[ {router}] ospf3[ {instance}] interface[ {interface}] detail",
    ),
)
def interface_details(output: str, router: str = "", instance: str = "", interface: str = "") -> Read:
    """Every interface in full: timers, authentication, MTU, metric."""
    yield from unless_none(output, _interface_details(output))


def _interface_details(output: str) -> Iterator[Fact | Note]:
    for _, vrf, text in titled(output):
        yield from each(blocks(text, _CONFIGURED), partial(_configured, vrf))


def _configured(vrf: str, block: Block) -> Read:
    found = pairs(block.text)
    name = block.head["interface"]
    if not (found.get("area id") or found.get("oper state")):
        return
    yield OspfInterface(
        vrf=vrf,
        interface=name,
        area=area_id(found.get("area id", "")),
        hello_interval_s=number_of(found.get("hello intrvl") or found.get("hello interval")),
        dead_interval_s=number_of(found.get("rtr dead intrvl") or found.get("dead interval")),
        network_type=network_type(found.get("if type") or found.get("type")),
        mtu_bytes=number_of(found.get("oper mtu")) or number_of(found.get("mtu")),
        auth_type=(said(found.get("auth type")) or "none").lower() if "auth type" in found else None,
        passive=yes(found.get("passive")),
        cost=number_of(found.get("oper metric")),
        oper_up=interface_up(found.get("oper state")),
        neighbors_count=number_of(found.get("nbr count") or found.get("neighbor count")),
    )


@command(
    "show router ospf status",
    area="ospf",
    gives=(OspfInstance,),
    aliases=(
        "show router[ {router}] ospf[ {instance}] status",
        "show router[ {router}] ospf3[ {instance}] status",
    ),
)
def status(output: str, router: str = "", instance: str = "") -> Read:
    """The process: its router id, and whether it advertises itself as a stub (overload)."""
    yield from unless_none(output, _status(output))


def _status(output: str) -> Iterator[Fact | Note]:
    for _, vrf, text in titled(output):
        found = pairs(text)
        if router_id := said(found.get("ospf oper router id") or found.get("oper router id")):
            overload = found.get("in overload state") or found.get("overload status")
            yield OspfInstance(vrf=vrf, router_id=router_id, max_metric=_overload(overload))


def _overload(word: str | None) -> bool | None:
    found = (word or "").lower()
    return None if not found else found not in {"false", "no", "not currently in overload", "no-overload"}


@command(
    "show router ospf neighbor",
    area="ospf",
    gives=(OspfNeighbor,),
    aliases=(
        "show router[ {router}] ospf[ {instance}] neighbor[ {interface}]",
        'show router "{router}" ospf[ {instance}] neighbor',
    ),
)
@command(
    "show router ospf3 neighbor",
    area="ospf",
    gives=(OspfNeighbor,),
    aliases=("show router[ {router}] ospf3[ {instance}] neighbor[ {interface}]",),
)
def neighbors(output: str, router: str = "", instance: str = "", interface: str = "") -> Read:
    """Every neighbour; its area stands in the line below."""
    yield from unless_none(output, _neighbors(output))


def _neighbors(output: str) -> Iterator[Fact | Note]:
    for _, vrf, text in titled(output):
        for found in _NEIGHBOR.finditer(text):
            yield OspfNeighbor(
                vrf=vrf,
                interface=clean(found["interface"]),
                neighbor_router_id=found["id"],
                adjacency_state=neighbor_state(found["state"]),
                area=area_id(found["area"]),
            )


@command(
    "show router ospf interface",
    area="ospf",
    gives=(OspfInterface,),
    aliases=("show router[ {router}] ospf[ {instance}] interface[ {interface}]",),
)
@command(
    "show router ospf3 interface",
    area="ospf",
    gives=(OspfInterface,),
    aliases=("show router[ {router}] ospf3[ {instance}] interface[ {interface}]",),
)
def interfaces(output: str, router: str = "", instance: str = "", interface: str = "") -> Read:
    """Every interface: its state is the part that it plays."""
    yield from unless_none(output, _interfaces(output))


def _interfaces(output: str) -> Iterator[Fact | Note]:
    for _, vrf, text in titled(output):
        for found in _INTERFACE.finditer(text):
            yield OspfInterface(
                vrf=vrf,
                interface=clean(found["interface"]),
                area=area_id(found["area"]),
                oper_up=interface_up(found["oper"]),
                network_type="point_to_point" if found["oper"].lower() == "ptop" else None,
            )
