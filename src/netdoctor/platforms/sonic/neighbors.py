"""ARP and ND entries as `show arp` and `show ndp` lay them out."""

from __future__ import annotations

import re
from typing import Final, Literal

from netdoctor.model.facts import Neighbor
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.sonic.reading import Read, Row, cell, on_request, read_table
from netdoctor.platforms.values import is_ip, mac_address

_STATES: Final[
    dict[str, Literal["reachable", "stale", "delay", "probe", "incomplete", "failed", "permanent"]]
] = {
    "reachable": "reachable",
    "stale": "stale",
    "delay": "delay",
    "probe": "probe",
    "incomplete": "incomplete",
    "failed": "failed",
    "permanent": "permanent",
}


@command(
    "show arp",
    area="forwarding",
    gives=(Neighbor,),
    arguments=on_request,
    aliases=("show arp {options*}", "show chassis system-neighbors[ {options*}]"),
)
@command(
    "show ndp", area="forwarding", gives=(Neighbor,), arguments=on_request, aliases=("show ndp {options*}",)
)
def entries(output: str) -> Read:
    """The port behind which a neighbour is; in a VLAN that is the port that its address was learned on."""
    yield from read_table(output, _entry)
    if re.search(r"Address +MacAddress|Neighbor +MAC|Total number of entries", output):
        yield EMPTY


def _entry(row: Row) -> Read:
    address = cell(row, "address", "neighbor")
    if address is None or not is_ip(address):
        raise ValueError("no address")
    yield Neighbor(
        address=address,
        mac=mac_address(cell(row, "macaddress", "mac")),
        interface=cell(row, "iface", "system port interface"),
        state=_STATES.get((cell(row, "status") or "").lower()),
    )
