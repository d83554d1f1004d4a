"""Spanning tree: MST and PVRST trees with their ports, and the access gateways (PVSTAG, MSTAG)."""

from __future__ import annotations

import re
from typing import Any, Literal

from netdoctor.model.facts import StpInstance, StpPort
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_xr.dialect import normalise_interface
from netdoctor.platforms.cisco_xr.reading import each_block, found_in, none_said, on_request, said
from netdoctor.platforms.text import Block, Read, blocks, each, first
from netdoctor.platforms.values import count, mac_address

_INSTANCE = re.compile(r"^ *(?:MSTI (?P<mst>\d+)(?: \(CIST\))?|VLAN (?P<vlan>\d+)) *:", re.M)
_ROOT = re.compile(
    r"^ *(?P<what>CIST Root|Root ID) +Priority +(?P<priority>\d+)\s+Address +(?P<mac>[0-9a-f.]{14})",
    re.M | re.I,
)
_BRIDGE = re.compile(
    r"^ *Bridge ID +Priority +(?P<priority>\d+)[^\n]*\n\s*Address +(?P<mac>[0-9a-f.]{14})", re.M | re.I
)
_PORT = re.compile(
    r"^ *(?P<name>[A-Z][A-Za-z-]*\d[\w/.]*) +(?P<id>\d+\.\d+) +(?P<cost>\d+) +"
    r"(?P<role>ROOT|DSGN|ALT|BKP|MSTR|-+|DSBL?) +"
    r"(?P<state>FWD|LRN|BLK|DLY|LIS|DWN|DIS|-+)\b",
    re.M,
)
_ROLES: dict[str, Any] = {
    "ROOT": "root",
    "DSGN": "designated",
    "ALT": "alternate",
    "BKP": "backup",
    "MSTR": "master",
    "DSB": "disabled",
    "DSBL": "disabled",
}
_STATES: dict[str, Any] = {
    "FWD": "forwarding",
    "LRN": "learning",
    "LIS": "listening",
    "BLK": "discarding",
    "DLY": "discarding",
    "DWN": "disabled",
    "DIS": "disabled",
}


@command(
    "show spanning-tree mst",
    area="l2",
    gives=(StpInstance, StpPort),
    arguments=on_request,
    aliases=(
        "show spanning-tree mst {name}",
        "show spanning-tree mst {name} interface {interface*}",
        "show spanning-tree mst {name} instance {instance}",
        "show spanning-tree mst {name} blocked-ports",
        "show spanning-tree mst blocked-ports",
        "show spanning-tree pvrst {name}",
        "show spanning-tree pvrst {name} blocked-ports",
        "show spanning-tree pvrst {name} vlan {vlan}",
    ),
)
def trees(output: str) -> Read:
    """`blocked-ports` gives the same table without the tree's own lines."""
    whole = said(output)
    yield from found_in(each(blocks(whole, _INSTANCE), _tree), output)
    if _INSTANCE.search(whole) and not _PORT.search(whole):
        yield EMPTY


def _tree(block: Block) -> Read:
    instance = f"MST{block.head['mst']}" if block.head["mst"] else f"VLAN{int(block.head['vlan']):04d}"
    roots = {found["what"]: found for found in _ROOT.finditer(block.text)}
    bridge = _BRIDGE.search(block.text)
    ports = list(_PORT.finditer(block.text))
    # `Root ID` of the CIST is the root of the region.
    root = roots.get("CIST Root") or roots.get("Root ID")
    if root or bridge:
        here = mac_address(root["mac"]) if root else None
        own = mac_address(bridge["mac"]) if bridge else None
        yield StpInstance(
            instance=instance,
            protocol="mstp" if block.head["mst"] else "pvst",
            root_mac=here,
            root_priority=count(root["priority"]) if root else None,
            bridge_mac=own,
            bridge_priority=count(bridge["priority"]) if bridge else None,
            is_root=here == own if here and own else None,
            root_port=next(
                (normalise_interface(port["name"]) for port in ports if port["role"] == "ROOT"), None
            ),
        )
    for port in ports:
        yield StpPort(
            instance=instance,
            interface=normalise_interface(port["name"]),
            role=_ROLES.get(port["role"]),
            state=_STATES.get(port["state"]),
            cost=count(port["cost"]),
        )


_GATE_PORT = re.compile(r"^ *(?P<name>(?:[A-Z][A-Za-z-]*(?:GigE|Ethernet|Ether)|BVI)\d[\w/.]*) *$", re.M)
_GATE_TREE = re.compile(r"^ *(?:VLAN (?P<vlan>\d+)|(?:MSTI|Instance) (?P<mst>\d+)) *:?", re.M)
_ACTIVE = re.compile(r"^ *Active: *(Yes|No)", re.M | re.I)
_ROLE = re.compile(r"^ *Role: *(\w+)", re.M)
_SUB = re.compile(r"^ *Sub-interface: *(\S+)(?: *\((\w+)\))?", re.M)
_COST = re.compile(r"^ *(?:Root )?Cost: *(\d+)", re.M)
_SENT = re.compile(r"^ *BPDUs sent: *(\d+)", re.M)
_CHANGES = re.compile(r"^ *Topology Changes: *(\d+)", re.M)

State = Literal["forwarding", "disabled"]
_GATE_ROLES: dict[str, Any] = {word: word for word in ("root", "designated", "alternate", "backup", "master")}


@command(
    "show spanning-tree pvrstag",
    area="l2",
    gives=(StpPort,),
    arguments=on_request,
    aliases=(
        "show spanning-tree pvrstag {name}",
        "show spanning-tree pvrstag {name} interface {interface*}",
        "show spanning-tree pvstag {name}",
        "show spanning-tree mstag {name}",
        "show spanning-tree repag {name}",
    ),
)
def gateways(output: str) -> Read:
    """An access gateway sends fixed BPDUs as if it were the root; its ports always forward."""
    yield from each_block(output, _GATE_PORT, _gateway)
    if none_said(output):
        yield EMPTY


def _gateway(block: Block) -> Read:
    """An MST gateway says of the port what the others say of each VLAN."""
    interface = normalise_interface(block.head["name"])
    for tree in blocks(block.text, _GATE_TREE):
        head, text = tree.head, tree.text
        active, sub = first(_ACTIVE, text) or first(_ACTIVE, block.text), _SUB.search(text)
        state: State | None = None if not active else "forwarding" if active.lower() == "yes" else "disabled"
        yield StpPort(
            instance=f"VLAN{int(head['vlan']):04d}" if head["vlan"] else f"MST{head['mst']}",
            interface=interface,
            role=_GATE_ROLES.get((first(_ROLE, text) or "").lower()),
            state="disabled" if sub and sub[2] == "Down" else state,
            cost=count(first(_COST, text)),
            topology_changes_count=count(first(_CHANGES, text)),
            bpdus_sent_count=count(first(_SENT, text) or first(_SENT, block.text)),
        )
