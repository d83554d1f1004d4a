"""LACP: the members of aggregates (IEEE 802.1AX)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from netdoctor.model.facts import LagMember
from netdoctor.platforms.base import NotUnderstood
from netdoctor.platforms.juniper_junos.reading import (
    Node,
    Read,
    each,
    leaf,
    nodes,
    or_empty,
    query,
    roots,
    sections,
    tree,
)
from netdoctor.platforms.values import mac_address

State = Literal["bundled", "suspended", "individual", "down"]


@query(
    "show lacp interfaces",
    also=("show lacp interfaces {rest*}", "get-lacp-interface-information[ {rest*}]"),
    area="lag",
    gives=(LagMember,),
)
def members(output: str) -> Read:
    """Every member, bundled while it collects and distributes."""
    found = tree(output)
    if found is None:
        known = re.search(
            r"^\s*(?:Aggregated interface|LACP state):|lacp subsystem not running", output, re.M | re.I
        )
        yield from or_empty(each(_in_text(output), _aggregate), known is not None)
        return
    known_roots = roots(found, "lacp-interface-information-list", "lacp-interface-information")
    if not known_roots:
        raise NotUnderstood("no 'lacp-interface-information-list'")
    aggregates = [
        one
        for _, root in known_roots
        for one in (
            nodes(root, "lacp-interface-information") or ([root] if "lag-lacp-header" in root else [])
        )
    ]
    yield from or_empty(each(aggregates, _aggregate), known=True)


def _aggregate(found: Node) -> Iterator[LagMember]:
    lag = leaf(found, "lag-lacp-header", "aggregate-name")
    if not lag:
        raise ValueError("an aggregate without a name")
    members = dict.fromkeys(
        name
        for part in ("lag-lacp-state", "lag-lacp-protocol")
        for one in nodes(found, part)
        if (name := leaf(one, "name"))
    )
    for name in members:
        yield _member(lag, name, found)


def _member(lag: str, name: str, found: Node) -> LagMember:
    """What both ends say of one member. `Port disabled` is a member whose link is down."""
    states = {
        leaf(one, "lacp-role"): one for one in nodes(found, "lag-lacp-state") if leaf(one, "name") == name
    }
    protocol = next((one for one in nodes(found, "lag-lacp-protocol") if leaf(one, "name") == name), {})
    partner = next(
        (
            one
            for one in nodes(found, "lag-lacp-info")
            if leaf(one, "name") == name and leaf(one, "lacp-role") == "Partner"
        ),
        {},
    )
    received, mux = leaf(protocol, "lacp-receive-state"), leaf(protocol, "lacp-mux-state")
    state = _state(states.get("Actor", {}), received, mux)
    told = ", ".join(filter(None, (received, mux)))
    key = leaf(partner, "lacp-port-key")
    return LagMember(
        lag=lag,
        interface=name,
        state=state,
        partner_system=mac_address(leaf(partner, "lacp-system-id")),
        partner_key=key,
        reason=told or None if state not in {None, "bundled"} else None,
    )


def _state(actor: Node, received: str | None, mux: str | None) -> State | None:
    if received and received.lower() == "port disabled":
        return "down"
    both = [leaf(actor, name) for name in ("lacp-collecting", "lacp-distributing")]
    if mux is None and None in both:
        return None
    if mux is not None and mux.lower().startswith("collecting distributing"):
        return "bundled"
    if mux is None and both == ["Yes", "Yes"]:
        return "bundled"
    return "suspended"


_LAG = re.compile(r"^[ \t]*Aggregated interface: *(?P<lag>[\w./:-]+)[^\n]*", re.MULTILINE)
_ROLE = re.compile(
    r"^[ \t]*(?P<name>[\w/:.-]+)(?:\([^)]*\))?(?: +FUP)? +(?P<role>Actor|Partner) +(?P<cells>(?:Yes|No)(?: +"
    r"(?:Yes|No)){5}) +(?P<timeout>\w+) +(?P<activity>\w+)",
    re.MULTILINE,
)
_CELLS = (
    "lacp-expired",
    "lacp-defaulted",
    "lacp-distributing",
    "lacp-collecting",
    "lacp-synchronization",
    "lacp-aggregation",
)
_RECEIVE = r"Current|Expired|Defaulted|Port disabled|LACP disabled|Initialize"
_TRANSMIT = r"Slow periodic|Fast periodic|No periodic"
_PROTOCOL = re.compile(
    rf"^[ \t]*(?P<name>[\w/:.-]+)(?:\([^)]*\))?(?: +FUP)? +(?P<receive>{_RECEIVE}) +"
    rf"(?P<transmit>{_TRANSMIT}) +(?P<mux>[A-Z][a-z]+(?: [a-z]+)?)",
    re.MULTILINE,
)
_INFO = re.compile(
    r"^[ \t]*(?P<name>[\w/:.-]+)(?:\([^)]*\))?(?: +FUP)? +(?P<role>Actor|Partner) +(?P<priority>\d+) +"
    r"(?P<system>[\da-fA-F:]{11,17}) +\d+ +\d+ +(?P<key>\d+)",
    re.MULTILINE,
)


def _in_text(output: str) -> Iterator[Node]:
    for head, body in sections(output, _LAG):
        yield {
            "lag-lacp-header": [{"aggregate-name": head["lag"]}],
            "lag-lacp-state": [
                {
                    "name": row["name"],
                    "lacp-role": row["role"],
                    **dict(zip(_CELLS, row["cells"].split(), strict=True)),
                }
                for row in _ROLE.finditer(body)
            ],
            "lag-lacp-protocol": [
                {"name": row["name"], "lacp-receive-state": row["receive"], "lacp-mux-state": row["mux"]}
                for row in _PROTOCOL.finditer(body)
            ],
            "lag-lacp-info": [
                {
                    "name": row["name"],
                    "lacp-role": row["role"],
                    "lacp-system-id": row["system"],
                    "lacp-port-key": row["key"],
                }
                for row in _INFO.finditer(body)
            ],
        }
