"""Spanning tree: ports and bridges of every instance (STP, RSTP, VSTP, MSTP)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal

from netdoctor.model.facts import Fact, StpInstance, StpPort
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
    told_in,
    tree,
)
from netdoctor.platforms.values import count, duration_s, mac_address

Role = Literal["root", "designated", "alternate", "backup", "master", "disabled"]
State = Literal["forwarding", "learning", "listening", "discarding", "disabled", "broken"]
_ROLES: dict[str, Role] = {
    "root": "root",
    "desg": "designated",
    "desi": "designated",
    "designated": "designated",
    "alt": "alternate",
    "alternate": "alternate",
    "bkup": "backup",
    "back": "backup",
    "backup": "backup",
    "mstr": "master",
    "master": "master",
    "dis": "disabled",
    "disabled": "disabled",
}
_STATES: dict[str, State] = {
    "fwd": "forwarding",
    "lrn": "learning",
    "lis": "listening",
    "blk": "discarding",
    "dis": "disabled",
    "forwarding": "forwarding",
    "blocking": "discarding",
    "learning": "learning",
}
_GUARDS = {
    "root-prev": "root",
    "loop-incon": "loop",
    "bpdu-incon": "bpdu_guard",
    "pvid-incon": "pvid",
    "type-incon": "type",
}
_NOT_RUNNING = re.compile(
    r"(?:spanning[- ]tree|l2cpd|\bstp)[\w -]{0,40} not (?:running|enabled)", re.IGNORECASE
)


@query(
    "show spanning-tree interface",
    also=("show spanning-tree interface {rest*}", "get-stp-interface-information[ {rest*}]"),
    area="l2",
    gives=(StpPort,),
)
def ports(output: str) -> Read:
    """Every port of every instance; a port that a guard holds is broken."""
    found = tree(output)
    if found is None:
        known = re.search(
            r"^\s*(?:Spanning tree interface parameters|Interface +Port ID)", output, re.M
        ) or _NOT_RUNNING.search(output)
        yield from or_empty(each(_ports_in(output), _port), known is not None)
        return
    known_roots = roots(found, "stp-interface-information")
    if not known_roots:
        raise NotUnderstood("no 'stp-interface-information'")
    entries = [
        one | {"instance": _instance(instance)}
        for _, root in known_roots
        for instance in nodes(root, "stp-instance")
        for one in (
            *nodes(instance, "stp-interfaces", "stp-interface-entry"),
            *nodes(instance, "stp-interface-entry"),
        )
    ]
    yield from or_empty(each(entries, _port), known=True)


def _instance(found: Node) -> str:
    vlan = leaf(found, "vlan-id") or leaf(found, "stp-vlan-id")
    return f"VLAN{vlan}" if vlan else leaf(found, "stp-instance-id") or leaf(found, "instance-id") or "0"


def _port(found: Node) -> Iterator[Fact]:
    name = leaf(found, "interface-name")
    if not name:
        raise ValueError("a port without a name")
    words = (leaf(found, name) for name in ("port-role", "port-state", "port-inconsistency"))
    said = " ".join(filter(None, words)).lower()
    guard = next((ours for word, ours in _GUARDS.items() if word in said), None)
    role = (leaf(found, "port-role") or "").split(" ")[0].lower()
    yield StpPort(
        instance=leaf(found, "instance") or "0",
        interface=name,
        role=_ROLES.get(role),
        state="broken" if guard else _STATES.get((leaf(found, "port-state") or "").lower()),
        inconsistency=guard,
        cost=count(leaf(found, "port-cost")),
    )


_HEAD = re.compile(
    r"^[ \t]*Spanning tree interface parameters for (?P<kind>instance|VLAN) (?P<id>\S+)[^\n]*", re.M | re.I
)
_ROW = re.compile(
    r"^[ \t]*(?P<name>[a-z][\w/:-]*(?:\.\d+)?) +\d+:\d+ +\d+:\d+ +\S+ +(?P<cost>\d+) +"
    r"(?P<state>[A-Z]{3}) +(?P<role>[A-Z]{3,4})(?P<rest>[^\n]*)",
    re.MULTILINE,
)


def _ports_in(output: str) -> Iterator[Node]:
    parts = [(head["kind"].lower(), head["id"], body) for head, body in sections(output, _HEAD)]
    for kind, number, body in parts or [("instance", "0", output)]:
        for row in _ROW.finditer(body):
            yield {
                "instance": f"VLAN{number}" if kind == "vlan" else number,
                "interface-name": row["name"],
                "port-cost": row["cost"],
                "port-state": row["state"],
                "port-role": row["role"],
                "port-inconsistency": row["rest"],
            }


@query(
    "show spanning-tree bridge",
    also=("show spanning-tree bridge {rest*}", "get-stp-bridge-information[ {rest*}]"),
    area="l2",
    gives=(StpInstance,),
)
def bridges(output: str) -> Read:
    """Every instance: who is root, and how often the tree changed."""
    found = tree(output)
    if found is None:
        yield from or_empty(each(_bridges_in(output), _bridge), known=_NOT_RUNNING.search(output) is not None)
        return
    known = roots(found, "stp-bridge", "stp-bridge-information")
    if not known:
        raise NotUnderstood("no 'stp-bridge'")
    yield from or_empty(
        each((one for _, root in known for one in _tables(root, leaf(root, "protocol") or "")), _bridge),
        known=True,
    )


def _tables(root: Node, protocol: str) -> Iterator[Node]:
    """The instances' tables, whose names differ by protocol (`vst-bridge-parameters`, `mst-…`, `cist-…`)."""
    protocol = leaf(root, "stp-protocol") or leaf(root, "protocol") or protocol
    if "this-bridge" in root or "root-bridge" in root or "stp-root-bridge-address" in root:
        yield root | {"protocol": protocol}
    for key in root:
        if key.endswith(("bridge-parameters", "stp-instance")):
            for one in nodes(root, key):
                yield from _tables(one, protocol)


_PROTOCOLS: dict[str, Any] = {"stp": "stp", "rstp": "rstp", "vstp": "pvst", "mstp": "mstp"}


def _bridge(found: Node) -> Iterator[Fact]:
    root, own = _identity(found, "root-bridge"), _identity(found, "this-bridge")
    port = leaf(found, "root-port") or leaf(found, "stp-root-port")
    changes = leaf(found, "topology-change-count")
    since = leaf(found, "time-since-last-topology-change") or leaf(found, "topology-change-last-time")
    yield StpInstance(
        instance=leaf(found, "instance") or _instance(found),
        protocol=_PROTOCOLS.get((leaf(found, "protocol") or "").lower()),
        root_mac=root[1],
        root_priority=root[0],
        bridge_mac=own[1],
        bridge_priority=own[0],
        is_root=root == own if root[1] and own[1] else None,
        root_port=port,
        topology_changes_count=count(changes),
        last_change_s=duration_s(f"{since} seconds") if since and since.isdigit() else duration_s(since),
    )


def _identity(found: Node, name: str) -> tuple[int | None, str | None]:
    place = next(iter(nodes(found, name)), {})
    said = leaf(found, f"{name}-id")
    if said and "." in said:
        priority, _, mac = said.partition(".")
        return count(priority), mac_address(mac)
    number = leaf(place, "bridge-priority") or leaf(place, "priority")
    return count(number), mac_address(leaf(place, "bridge-mac") or leaf(place, "mac-address"))


_BRIDGE = re.compile(
    r"^[ \t]*(?:STP bridge parameters(?: for [^\n]*)?|(?:MSTI|VLAN|Vlan) (?:ID )?:? ?\d+[^\n]*)$",
    re.MULTILINE,
)
_FIELDS = {
    "protocol": re.compile(r"^\s*Enabled protocol *: *(\w+)", re.M),
    "root-bridge-id": re.compile(r"^\s*(?:CIST regional root|Root ID|CIST root) *: *(\S+)", re.M),
    "root-port": re.compile(r"^\s*Root port *: *(\S+)", re.M),
    "topology-change-count": re.compile(r"^\s*Number of topology changes *: *(\d+)", re.M),
    "time-since-last-topology-change": re.compile(r"^\s*Time since last topology change *: *([^\n]+)", re.M),
    "this-bridge-id": re.compile(r"^\s*Bridge ID *: *(\S+)", re.M),
}


def _bridges_in(output: str) -> Iterator[Node]:
    protocol = ""
    for head, body in sections(output, _BRIDGE):
        told = told_in(body, _FIELDS)
        protocol = told.get("protocol", protocol)
        number = re.search(r"(MSTI|VLAN)\D*(\d+)", head[0], re.IGNORECASE) or re.search(
            r"^\s*(VLAN|Vlan) ID *: *(\d+)", body, re.M
        )
        if "this-bridge-id" in told or "root-bridge-id" in told:
            prefix = "VLAN" if number and number[1].upper() == "VLAN" else ""
            yield {"instance": f"{prefix}{number[2]}" if number else "0", **told, "protocol": protocol}
