"""Spanning tree, as EOS prints it in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from netdoctor.model.facts import Fact, StpInstance, StpPort
from netdoctor.platforms.arista_eos.bridging import PROTOCOLS, STATES
from netdoctor.platforms.arista_eos.dialect import normalise_interface
from netdoctor.platforms.arista_eos.reading import Read, on_request
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.text import Block, blocks, each, first
from netdoctor.platforms.values import count, mac_address

_INSTANCE = re.compile(r"^ *(?P<instance>MST\d+|VL\d+|RST|CIST|Bck\d*)\s*$", re.MULTILINE)
_PROTOCOL = re.compile(r"enabled protocol (\S+)")
_ROOT = re.compile(
    r"Root ID +Priority +(?P<priority>\d+)\s+Address +(?P<mac>\S+)(?P<rest>(?:\n(?! *$).*)*)", re.M
)
_BRIDGE = re.compile(r"Bridge ID +Priority +(?P<priority>\d+).*\s+Address +(?P<mac>\S+)")
_ROOT_PORT = re.compile(r"Port +\d+ \(([^)]+)\)")
_ROW = re.compile(
    r"^ *(?P<port>(?:PeerE|E|P)[a-z]\S*\d) +(?P<role>[a-z]+) +(?P<state>[a-z]+) +(?P<cost>\d+) +\d+\.\d+",
    re.MULTILINE,
)
_ROLES: dict[str, Any] = {
    word: word for word in ("root", "designated", "alternate", "backup", "master", "disabled")
}


@command(
    "show spanning-tree",
    area="l2",
    gives=(StpInstance, StpPort),
    arguments=on_request,
    aliases=("show spanning-tree {options*}",),
)
def instances(output: str) -> Read:
    """The root of every instance, and the role and state of its ports."""
    yield from each(blocks(output, _INSTANCE), _instance)
    if re.search(r"no (?:spanning tree|stp) instance", output, re.IGNORECASE):
        yield EMPTY


def _instance(block: Block) -> Iterator[Fact]:
    name, said = block.head["instance"], block.text
    root, bridge = _ROOT.search(said), _BRIDGE.search(said)
    yield StpInstance(
        instance=name,
        protocol=PROTOCOLS.get(first(_PROTOCOL, said) or ""),
        root_mac=mac_address(root["mac"]) if root else None,
        root_priority=count(root["priority"]) if root else None,
        root_port=first(_ROOT_PORT, root["rest"]) if root else None,
        is_root="This bridge is the root" in said if root else None,
        bridge_mac=mac_address(bridge["mac"]) if bridge else None,
        bridge_priority=count(bridge["priority"]) if bridge else None,
    )
    for row in _ROW.finditer(said):
        yield StpPort(
            instance=name,
            interface=normalise_interface(row["port"]),
            role=_ROLES.get(row["role"]),
            state=STATES.get(row["state"]),
            cost=count(row["cost"]),
        )
