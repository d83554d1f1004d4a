"""VLANs of bridge ports, as bridge(8) shows them."""

from __future__ import annotations

import re
from typing import Final

from netdoctor.model.facts import VlanMember
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.linux.reading import Read, lines, on_request
from netdoctor.platforms.values import clean

_ROW: Final = re.compile(
    r"^(?P<port>\S+)?\s+(?P<first>\d{1,4})(?:-(?P<last>\d{1,4}))?"
    r"(?P<flags>(?: +(?:PVID|Egress|Untagged))*)\s*$"
)


@command(
    "bridge vlan show",
    area="l2",
    gives=(VlanMember,),
    arguments=on_request,
    aliases=("bridge vlan", "/sbin/bridge vlan[ show]", "bridge vlan show dev {interface}"),
)
def members(output: str) -> Read:
    """The VLANs of every port; a row without a port is another one of the port above it."""
    port = ""
    for _, line in lines(output):
        found = _ROW.match(clean(line).expandtabs())
        port = found["port"] or port if found else port
        if found and port:
            first, last = int(found["first"]), int(found["last"] or found["first"])
            for vlan in range(first, min(last, 4094) + 1):
                yield VlanMember(interface=port, vlan=vlan, tagged="Untagged" not in found["flags"])
    if output.lstrip().startswith("port"):
        yield EMPTY
