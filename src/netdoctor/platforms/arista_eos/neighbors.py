"""ARP and neighbour discovery."""

from __future__ import annotations

from collections.abc import Iterator

from netdoctor.model.facts import Neighbor
from netdoctor.platforms.arista_eos.reading import Object, Read, document, each_vrf, inner, listed
from netdoctor.platforms.base import command
from netdoctor.platforms.values import mac_address, number, text

_FAMILIES = ("ipV4Neighbors", "ipV6Neighbors")
_NO_MAC = frozenset({None, "00:00:00:00:00:00"})


@command(
    "show ip arp vrf all | json",
    area="forwarding",
    gives=(Neighbor,),
    aliases=(
        "show arp vrf all | json",
        "show ip arp | json",
    ),
)
@command("show ipv6 neighbors | json", area="forwarding", gives=(Neighbor,))
def neighbors(output: str) -> Read:
    """Every entry. One without an age was not learnt but configured."""
    yield from each_vrf(document(output), _FAMILIES, _neighbors)


def _neighbors(vrf: str, entry: Object) -> Iterator[Neighbor]:
    for family in _FAMILIES:
        for found in map(inner, listed(entry.get(family))):
            if address := text(found.get("address")):
                yield _neighbor(vrf, address, found)


def _neighbor(vrf: str, address: str, found: Object) -> Neighbor:
    mac, age = mac_address(found.get("hwAddress")), number(found.get("age"))
    if mac in _NO_MAC:
        return Neighbor(vrf=vrf, address=address, interface=_interface(found), state="incomplete")
    return Neighbor(
        vrf=vrf,
        address=address,
        mac=mac,
        interface=_interface(found),
        state="permanent" if age is None else "reachable",
        age_s=age,
    )


def _interface(found: Object) -> str | None:
    """The routed interface; EOS adds the port behind it (`Vlan10, Ethernet1`)."""
    return text((text(found.get("interface")) or "").partition(",")[0])
