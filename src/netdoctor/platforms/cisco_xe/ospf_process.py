"""The OSPF processes, versions 2 and 3."""

from __future__ import annotations

import re
from collections.abc import Iterator

from netdoctor.model.entities import DEFAULT_VRF
from netdoctor.model.facts import OspfInstance
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_xe.ospf_words import NOT_RUNNING
from netdoctor.platforms.text import Block, Read, blocks, each, first

_PROCESS = re.compile(
    r"^ *(?:Routing Process \"ospf(?:v3)? [^\"]+\" with ID|OSPF(?:v3)? Router with ID)"
    r" \(?(?P<router_id>[\d.]+)",
    re.M,
)
_VRF = re.compile(r"\bVRF (\S+)")


@command(
    "show ip ospf",
    area="ospf",
    gives=(OspfInstance,),
    aliases=("show ip ospf {process}", "show ip ospf vrf {vrf}", "show ospfv3[ {process}]", "show ipv6 ospf"),
)
def processes(output: str) -> Read:
    """The processes, and whether one advertises itself as a stub (RFC 6987)."""
    if not _PROCESS.search(output) and NOT_RUNNING.search(output):
        yield EMPTY
    yield from each(blocks(output, _PROCESS), _process)


def _process(block: Block) -> Iterator[OspfInstance]:
    said = block.text
    denied = "not originating router-LSAs with maximum metric" in said
    originating = "Originating router-LSAs with maximum metric" in said
    yield OspfInstance(
        vrf=(first(_VRF, said) or DEFAULT_VRF).rstrip(",."),
        router_id=block.head["router_id"],
        max_metric=False if denied else True if originating else None,
    )
