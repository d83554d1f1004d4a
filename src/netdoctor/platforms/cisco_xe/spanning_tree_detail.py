"""Spanning tree in detail: topology changes, and the BPDUs of each port."""

from __future__ import annotations

import re
from collections.abc import Iterator

from netdoctor.model.facts import StpInstance, StpPort
from netdoctor.platforms.cisco_xe.names import normalise_interface
from netdoctor.platforms.cisco_xe.spanning_tree_words import guard, instance_name, protocol, role, state
from netdoctor.platforms.text import Block, Read, blocks, each, first
from netdoctor.platforms.values import duration_s, mac_address

_INSTANCE = r"(?:\w+:)?(?:VLAN|MST)\d+|Bridge group \d+"
_PART = re.compile(
    rf"^[ \t]*(?:(?P<running>{_INSTANCE}) is executing the (?P<protocol>\S+)"
    r"|#+ (?P<mst>MST\d+)\b"
    r"|(?:Port \d+ \((?P<port>[^)\n]+)\)|(?P<name>[A-Z][\w/.-]*\d))"
    rf" of (?P<of>{_INSTANCE}) is (?P<now>[^\n]+?)[ \t]*$)",
    re.M,
)
_BRIDGE = re.compile(
    r"Bridge Identifier has priority (\d+),(?: sysid \d+,)? address (\S+)"
    r"|^ *Bridge +address (\S+) +priority +(\d+)",
    re.M,
)
_ROOT = re.compile(
    r"Current root has priority (\d+), address (\S+)|^ *Root +address (\S+) +priority +(\d+)", re.M
)
_ROOT_PORT = re.compile(r"Root port is \d+ \(([^)]+)\)|^ *port +([A-Za-z]\S*\d) +(?:cost|path)", re.M)
_CHANGES = re.compile(r"Number of topology changes (\d+)(?: last change occurred (\S+) ago)?")
_FROM = re.compile(r"ago\s+from (\S+)")
_COST = re.compile(r"(?:Port path cost|priority +\d+ +cost) +(\d+)")
_BPDUS = re.compile(r"(?:BPDU: sent|Bpdus \(MRecords\) sent) +(\d+), +received +(\d+)", re.I)


def detail(output: str) -> Read:
    """Every instance, and every port under it."""
    yield from each(blocks(output, _PART), _part)


def _part(block: Block) -> Iterator[StpInstance | StpPort]:
    if block.head["of"]:
        yield _port(block)
    else:
        yield _instance(block)


def _instance(block: Block) -> StpInstance:
    said = block.text
    name = instance_name(block.head["running"] or block.head["mst"])
    bridge, root, changes = _BRIDGE.search(said), _ROOT.search(said), _CHANGES.search(said)
    own = "We are the root" in said or re.search(r"\bthis switch for", said) is not None
    port = _ROOT_PORT.search(said)
    source = first(_FROM, said)
    return StpInstance(
        instance=name,
        protocol=protocol(block.head["protocol"] or "mstp", name),
        bridge_priority=int(bridge[1] or bridge[4]) if bridge else None,
        bridge_mac=mac_address(bridge[2] or bridge[3]) if bridge else None,
        root_priority=int(root[1] or root[4]) if root else None,
        root_mac=mac_address(root[2] or root[3]) if root else None,
        is_root=True if own else False if port or root else None,
        root_port=normalise_interface(port[1] or port[2]) if port else None,
        topology_changes_count=int(changes[1]) if changes else None,
        last_change_s=duration_s(changes[2]) if changes else None,
        last_change_interface=normalise_interface(source) if source else None,
    )


def _port(block: Block) -> StpPort:
    """`is designated forwarding`, `is broken (Root Inconsistent)`; old releases give no role."""
    said, head = block.text, block.head
    words = re.findall(r"[a-z]+", head["now"].lower().partition("(")[0])
    bpdus = _BPDUS.search(said)
    cost = first(_COST, said)
    return StpPort(
        instance=instance_name(head["of"]),
        interface=normalise_interface(head["port"] or head["name"]),
        role=next(filter(None, map(role, words[:-1])), None),
        state=state(words[-1]) if words else None,
        inconsistency=guard(head["now"]),
        cost=int(cost) if cost else None,
        bpdus_sent_count=int(bpdus[1]) if bpdus else None,
        bpdus_received_count=int(bpdus[2]) if bpdus else None,
    )
