"""ARP, ND and the forwarding database of the services."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final, Literal

from netdoctor.model.events import Note
from netdoctor.model.facts import Fact, MacEntry, Neighbor
from netdoctor.platforms.base import command
from netdoctor.platforms.nokia_sros.reading import Read, since_s, titled, unless_none
from netdoctor.platforms.values import clean, is_ip, mac_address

_ARP = re.compile(
    r"^(?P<address>\d+\.\d+\.\d+\.\d+)(?:[ ]*\n)? +(?P<mac>[0-9A-Fa-f:]{17}|\S*) +(?P<expiry>(?:\d+"
    r"[dhms])+|-|N/A|\S+) +"
    r"(?P<type>\S+) +(?P<interface>\S.*?) *$",
    re.M,
)


@command(
    "show router arp",
    area="l2",
    gives=(Neighbor,),
    aliases=("show router[ {router}] arp[ {what*}]", 'show router "{router}" arp[ {what*}]', "show arp"),
)
def arp(output: str, router: str = "", what: str = "") -> Read:
    """Every ARP entry; SR OS tells when one expires, not how old it is."""
    yield from unless_none(output, _arp(output))


def _arp(output: str) -> Iterator[Fact | Note]:
    for _, vrf, text in titled(output):
        for found in _ARP.finditer(text):
            mac = mac_address(found["mac"])
            yield Neighbor(
                vrf=vrf,
                address=found["address"],
                mac=None if mac == "00:00:00:00:00:00" else mac,
                interface=clean(found["interface"]).rstrip("*"),
                state=_arp_state(found["type"], mac),
            )


def _arp_state(word: str, mac: str | None) -> Literal["reachable", "permanent", "incomplete"] | None:
    """`Dyn[I]` is learned, `Oth[I]` the router's own, `Sta[I]` configured; `[E]` is not (yet) in use."""
    if mac is None or mac == "00:00:00:00:00:00":
        return "incomplete"
    if word.startswith(("Oth", "Sta", "Man")):
        return "permanent"
    return "reachable" if word.startswith("Dyn") else None


_STATES: Final[dict[str, Literal["reachable", "stale", "delay", "probe", "incomplete"]]] = {
    "reachable": "reachable",
    "stale": "stale",
    "delay": "delay",
    "probe": "probe",
    "incomplete": "incomplete",
}
_ND = re.compile(
    r"^(?P<address>[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]+) +(?P<interface>\S.*?) *\n"
    r" +(?P<mac>[0-9A-Fa-f:]{17}|-|N/A) +(?P<state>[A-Z_]+) +(?P<expiry>\S+) +(?P<type>\S+)",
    re.M,
)


@command(
    "show router neighbor",
    area="l2",
    gives=(Neighbor,),
    aliases=("show router[ {router}] neighbor[ {what*}]", 'show router "{router}" neighbor[ {what*}]'),
)
def nd(output: str, router: str = "", what: str = "") -> Read:
    """Every ND entry: address and interface, then MAC address and state in the line below."""
    yield from unless_none(output, _nd(output))


def _nd(output: str) -> Iterator[Fact | Note]:
    for _, vrf, text in titled(output):
        for found in _ND.finditer(text):
            if is_ip(found["address"]):
                yield Neighbor(
                    vrf=vrf,
                    address=found["address"],
                    mac=mac_address(found["mac"]),
                    interface=clean(found["interface"]).rstrip("*"),
                    state=_STATES.get(found["state"].lower()),
                )


_FDB = re.compile(
    r"^ ?(?P<service>\d+|\S+) +(?P<mac>[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){5}) +(?P<source>\S+) +"
    r"(?P<type>[A-Z]\S*) +(?P<changed>\d\d/\d\d/\d\d(?:\d\d)? \d\d:\d\d:\d\d)?(?P<more>(?:\n {4,}\S.*)*)",
    re.M,
)


@command(
    "show service fdb-mac",
    area="l2",
    gives=(MacEntry,),
    aliases=(
        "show service id {service} fdb[ detail]",
        "show service fdb-mac {mac}",
        'show service id "{service}" fdb[ detail]',
    ),
)
def macs(output: str, service: str = "", mac: str = "", at: datetime | None = None) -> Read:
    """Every MAC address of the services: behind a SAP (`sap:1/1/c1/1:10`), a spoke, or a VXLAN tunnel."""
    yield from unless_none(output, _macs(output, at))


def _macs(output: str, at: datetime | None) -> Iterator[Fact | Note]:
    for found in _FDB.finditer(output):
        source = clean(found["source"])
        yield MacEntry(
            mac=mac_address(found["mac"]) or "",
            vlan=clean(found["service"]),
            interface=source.removeprefix("sap:").rstrip("*:"),
            remote_vtep=_vtep(source + found["more"]),
            kind=_kind(found["type"], source),
            age_s=since_s(found["changed"], at),
        )


def _vtep(source: str) -> str | None:
    found = re.search(
        r"\b(?:vxlan(?:-\d+)?:|vxlan-\d+: *\n? *|mpls-?\w*:)\s*([0-9A-Fa-f.:]*[.:][0-9A-Fa-f.:]*[0-9A-Fa-f])",
        source,
    )
    address = (
        found[1].rpartition(":")[0]
        if found and found[1].count(".") == 3 and ":" in found[1]
        else found and found[1]
    )
    return address if address and is_ip(address) else None


def _kind(word: str, source: str) -> Literal["dynamic", "static", "self", "remote"] | None:
    """`L/0` is learned, `Evpn` from another router, `Intf` the router's own, `S` or `CStatic` configured."""
    if word.startswith("Intf") or source == "cpm":
        return "self"
    if word.startswith("Evpn"):
        return "remote"
    if word.startswith(("S", "CS", "P")):
        return "static"
    return "dynamic" if word.startswith("L") else None
