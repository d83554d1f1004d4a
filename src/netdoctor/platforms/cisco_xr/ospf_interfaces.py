"""OSPF on interfaces: timers, network type, cost, authentication, MTU."""

from __future__ import annotations

import re
from typing import Any

from netdoctor.model.entities import DEFAULT_VRF
from netdoctor.model.facts import OspfInterface, RoutingProcess
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_xr.dialect import normalise_interface
from netdoctor.platforms.cisco_xr.ospf import VRF, process_missing
from netdoctor.platforms.cisco_xr.reading import each_block, none_said, on_request, said
from netdoctor.platforms.text import Block, Read, first, lines
from netdoctor.platforms.values import area_id, count, number

_HEAD = re.compile(
    r"^ *(?P<name>[A-Za-z][\w./-]{0,60}) is (?P<state>[\w -]{2,40}?), line protocol is "
    r"(?P<protocol>[\w ]{2,40}?)(?: \([^\n]*)? *$",
    re.M,
)
_AREA = re.compile(r"\bArea ([\d.]+)")
_VRF = re.compile(r"\bVRF ([^\s,]+)")
_ROUTER = re.compile(r"Router ID ([\d.]+)")
_TYPE = re.compile(r"Network Type ([A-Z_]+)")
_COST = re.compile(r"\bCost: (\d+)")
_MTU = re.compile(r"\bMTU (\d+)")
_TIMERS = re.compile(r"Hello (\d+)(?: msec)?, Dead (\d+)")
_COUNTS = re.compile(r"Neighbor Count is (\d+), Adjacent neighbor count is (\d+)")
_AUTH = re.compile(
    r"(Message digest|Clear text|Simple password|Keychain|IPsec)[\w -]*? ?(?:authentication|based)", re.I
)
_TYPES: dict[str, Any] = {
    "POINT_TO_POINT": "point_to_point",
    "BROADCAST": "broadcast",
    "NON_BROADCAST": "non_broadcast",
    "NBMA": "non_broadcast",
    "POINT_TO_MULTIPOINT": "point_to_multipoint",
    "LOOPBACK": "loopback",
}


_BRIEF_HEAD = re.compile(r"^ *Interface +PID +Area", re.M)
_ROW = re.compile(
    r"^[* ]*(?P<name>[A-Za-z][\w./-]*\d)(?:\*|\(P\))? +(?P<process>\S+) +(?P<area>[\d.]+) +"
    r"(?P<address>\S+/\S+|\S+) +(?P<cost>\d+) +"
    r"(?P<state>[\w()-]+) +(?P<full>\d+)/(?P<neighbors>\d+)"
)
_STATES: dict[str, Any] = {"P2P": "point_to_point", "LOOP": "loopback", "P2MP": "point_to_multipoint"}


@command(
    "show ospf interface brief",
    area="ospf",
    gives=(OspfInterface,),
    arguments=on_request,
    aliases=(
        "show ospf[ vrf {vrf}] interface brief",
        "show ospf {process}[ vrf {vrf}] interface brief",
        "show ospfv3[ vrf {vrf}] interface brief",
    ),
)
def brief(output: str, vrf: str = "") -> Read:
    """One row an interface; DR, BDR and DROTHER are of broadcast networks."""
    here = DEFAULT_VRF if vrf in {"", "all", "all-inclusive"} else vrf
    nothing = True
    for line in lines(said(output)):
        if head := VRF.match(line.text):
            here = head["vrf"] or DEFAULT_VRF
        elif found := _ROW.match(line.text):
            nothing = False
            state = found["state"].upper()
            yield OspfInterface(
                vrf=here,
                interface=normalise_interface(found["name"]),
                area=area_id(found["area"]),
                network_type=_STATES.get(state)
                or ("broadcast" if state in {"DR", "BDR", "DROTH", "DROTHER"} else None),
                cost=count(found["cost"]),
                oper_up=state != "DOWN",
                neighbors_count=count(found["neighbors"]),
                adjacent_count=count(found["full"]),
            )
    if nothing and none_said(output):
        yield EMPTY


@command(
    "show ospf vrf all-inclusive interface",
    area="ospf",
    gives=(OspfInterface, RoutingProcess),
    aliases=(
        "show ospf[ vrf {vrf}] interface[ {interface*}]",
        "show ospf {process}[ vrf {vrf}] interface[ {interface*}]",
    ),
)
@command(
    "show ospfv3 interface",
    area="ospf",
    gives=(OspfInterface, RoutingProcess),
    aliases=(
        "show ospfv3[ vrf {vrf}] interface[ {interface*}]",
        "show ospfv3 {process}[ vrf {vrf}] interface[ {interface*}]",
    ),
)
def interfaces(output: str, vrf: str = "") -> Read:
    if _BRIEF_HEAD.search(output):
        yield from brief(output, vrf)
        return
    if process_missing(output):
        yield RoutingProcess(protocol="ospf", running=False)
        return
    here = DEFAULT_VRF if vrf in {"", "all", "all-inclusive"} else vrf
    yield from each_block(output, _HEAD, lambda block: [_interface(block, here)])


def _interface(block: Block, vrf: str) -> OspfInterface:
    text = block.text
    timers, counts = _TIMERS.search(text), _COUNTS.search(text)
    auth = first(_AUTH, text)
    kind = first(_TYPE, text)
    if first(_AREA, text) is None and kind is None:
        raise ValueError("no area")
    return OspfInterface(
        vrf=first(_VRF, text) or vrf,
        interface=normalise_interface(block.head["name"]),
        area=area_id(first(_AREA, text)),
        router_id=first(_ROUTER, text),
        hello_interval_s=number(timers[1]) if timers else None,
        dead_interval_s=number(timers[2]) if timers else None,
        network_type=_TYPES.get(kind or ""),
        mtu_bytes=count(first(_MTU, text)) or None,
        auth_type=auth.lower().replace(" ", "_") if auth else None,
        passive=True if "Passive interface" in text else False if timers else None,
        cost=count(first(_COST, text)),
        oper_up=block.head["protocol"].strip() == "up",
        neighbors_count=count(counts[1]) if counts else None,
        adjacent_count=count(counts[2]) if counts else None,
    )
