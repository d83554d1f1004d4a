"""OSPF out of text, under the names that the tree gives its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from netdoctor.platforms.juniper_junos.naming import vrf_of
from netdoctor.platforms.juniper_junos.reading import Node, sections, told_in

_STATE = r"Full|Loading|Exchange|ExStart|2Way|Init|Attempt|Down|TwoWay|2-Way"
_NAME = r"[a-z][\w/:-]*(?:\.\d+)?"
_INSTANCE = re.compile(r"^[ \t]*Instance: *(\S+)", re.MULTILINE)
_NEIGHBOR = re.compile(
    rf"^[ \t]*(?P<first>[\da-fA-F.:]+) +(?P<interface>{_NAME}) +(?P<state>{_STATE})\b +(?:"
    r"(?P<router>\d+\.\d+\.\d+\.\d+) +)?(?P<priority>\d+) +(?P<dead>\d+)[^\n]*",
    re.MULTILINE | re.IGNORECASE,
)
_NEIGHBOR_FIELDS = {
    "ospf-area": re.compile(r"\bArea (\d[\d.]*)"),
    "neighbor-up-time": re.compile(r"\bUp ([^\n,]+)"),
    "neighbor-adjacency-time": re.compile(r"\badjacent ([^\n,]+)"),
}
_ADDRESS = re.compile(r"\bNeighbor-address (\S+)")


def _vrf_at(output: str) -> Iterator[tuple[str, str]]:
    """The parts of an answer by instance; all of it is the default one where none is named."""
    first = _INSTANCE.search(output)
    if first is None:
        yield "default", output
        return
    yield "default", output[: first.start()]
    for head, body in sections(output, _INSTANCE):
        yield vrf_of(head[1]), body


def neighbors_in(output: str) -> Iterator[Node]:
    """OSPFv2 begins a row with the address, OSPFv3 with the router id and has the address on the next."""
    for vrf, part in _vrf_at(output):
        for row, body in sections(part, _NEIGHBOR):
            address = _ADDRESS.search(body)
            yield told_in(body, _NEIGHBOR_FIELDS) | {
                "vrf": vrf,
                "neighbor-id": row["router"] or row["first"],
                "neighbor-address": row["first"] if row["router"] else address[1] if address else "",
                "interface-name": row["interface"],
                "ospf-neighbor-state": row["state"],
            }


_INTERFACE = re.compile(
    rf"^[ \t]*(?P<interface>{_NAME}) +(?P<state>PtToPt|DRother|DR|BDR|Down|Loop|Waiting|PtToMP) +"
    r"(?P<area>\d[\d.]*) +[\d.]+ +[\d.]+ +(?P<neighbors>\d+)[^\n]*",
    re.MULTILINE | re.IGNORECASE,
)
_INTERFACE_FIELDS = {
    "interface-type": re.compile(r"\bType:? +([\w]+)"),
    "mtu": re.compile(r"\bMTU:? +(\d+)"),
    "interface-cost": re.compile(r"\bCost:? +(\d+)"),
    "adj-count": re.compile(r"\bAdj count:? +(\d+)"),
    "hello-interval": re.compile(r"\bHello:? +(\d+)"),
    "dead-interval": re.compile(r"\bDead:? +(\d+)"),
    "authentication-type": re.compile(r"\bAuth type:? +([\w-]+)"),
    "passive": re.compile(r"\b(Passive)\b"),
}


def interfaces_in(output: str) -> Iterator[Node]:
    for vrf, part in _vrf_at(output):
        for row, body in sections(part, _INTERFACE):
            yield told_in(body, _INTERFACE_FIELDS) | {
                "vrf": vrf,
                "interface-name": row["interface"],
                "ospf-interface-state": row["state"],
                "ospf-area": row["area"],
                "neighbor-count": row["neighbors"],
            }


_ROUTER = re.compile(r"^[ \t]*Router ID: *(\S+)", re.MULTILINE)


def overviews_in(output: str) -> Iterator[Node]:
    for vrf, part in _vrf_at(output):
        if found := _ROUTER.search(part):
            entry: Node = {"instance-name": vrf, "ospf-router-id": found[1]}
            if re.search(r"^\s*(?:Configured |Router is in )?overload", part, re.M | re.I):
                entry["overload"] = "set"
            yield entry
