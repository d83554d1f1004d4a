"""ARP and neighbour discovery: who is at which address."""

from __future__ import annotations

import re
from typing import Any

from netdoctor.model.entities import DEFAULT_VRF
from netdoctor.model.facts import Neighbor
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_xr.dialect import normalise_interface
from netdoctor.platforms.cisco_xr.reading import found_in, said
from netdoctor.platforms.text import Read
from netdoctor.platforms.values import duration_s, is_ip, mac_address, number

_ARP = re.compile(
    r"^ *(?P<address>\d+\.\d+\.\d+\.\d+) +(?P<age>\S+) +"
    r"(?P<mac>(?:[0-9a-fA-F]{4}\.){2}[0-9a-fA-F]{4}|-|\S+) +"
    r"(?P<state>[A-Z][A-Za-z/_]*)(?: +(?P<flag>[A-Z][a-z]\w*))? +(?P<type>ARPA|SRP\w?|\w+) +"
    r"(?P<interface>[A-Za-z][\w/.:-]*\d)",
    re.M,
)
_STATES: dict[str, Any] = {
    "dynamic": "reachable",
    "interface": "permanent",
    "static": "permanent",
    "alias": "permanent",
    "standby": "permanent",
    "evpn_sync": "permanent",
    "incomplete": "incomplete",
    "probe": "probe",
}
_ARP_HEAD = re.compile(r"^ *Address +Age +Hardware Addr", re.M)
_PLAIN = re.compile(
    r"^ *Internet +(?P<address>\d+\.\d+\.\d+\.\d+) +(?P<age>\d+|-) +"
    r"(?P<mac>(?:[0-9a-f]{4}\.){2}[0-9a-f]{4}|Incomplete) +\w+(?: +(?P<interface>[A-Za-z][\w/.:-]*\d))? *$",
    re.M | re.I,
)
_PLAIN_HEAD = re.compile(r"^ *Protocol +Address +Age \(min\)", re.M)
_NOBODY = "00:00:00:00:00:00"


@command("show arp vrf all", area="forwarding", gives=(Neighbor,))
@command(
    "show arp",
    area="forwarding",
    gives=(Neighbor,),
    aliases=(
        "show arp detail",
        "show arp[ vrf {vrf}][ location {location}][ detail]",
        "show arp {interface*}",
        "show arp[ vrf {vrf}] {address}",
        "show ip arp",
    ),
)
def arp(output: str, vrf: str = "") -> Read:
    here = DEFAULT_VRF if vrf in {"", "all"} else vrf
    if _PLAIN_HEAD.search(output):
        yield from _plain(said(output), here)
        return
    nothing = True
    for found in _ARP.finditer(said(output)):
        nothing = False
        yield _arp(found, here)
    if nothing:
        yield from found_in(iter(()), output)
        if _ARP_HEAD.search(output):
            yield EMPTY


def _plain(output: str, vrf: str) -> Read:
    """The table of satellites and of old tools: ages in minutes, `-` for the router's own addresses."""
    rows = list(_PLAIN.finditer(output))
    for row in rows:
        mac, age = mac_address(row["mac"]), number(row["age"])
        yield Neighbor(
            vrf=vrf,
            address=row["address"],
            mac=mac,
            interface=normalise_interface(row["interface"]) if row["interface"] else None,
            state="incomplete" if mac is None else "permanent" if age is None else "reachable",
            age_s=None if age is None else age * 60,
        )
    if not rows:
        yield EMPTY


def _arp(found: re.Match[str], vrf: str) -> Neighbor:
    """The router's own addresses stand there too (`Interface`)."""
    mac = mac_address(found["mac"])
    return Neighbor(
        vrf=vrf,
        address=found["address"],
        mac=None if mac == _NOBODY else mac,
        interface=normalise_interface(found["interface"]),
        state=_STATES.get(found["state"].lower()),
        age_s=duration_s(found["age"]),
    )


_ND = re.compile(
    r"^ *(?P<address>[0-9A-Fa-f:.]{3,45}) +(?P<age>\d+|-) +"
    r"(?P<mac>(?:[0-9a-fA-F]{4}\.){2}[0-9a-fA-F]{4}|-) +(?P<state>[A-Z]{4,8}) +"
    r"(?P<interface>[A-Za-z][\w/.-]*\d)",
    re.M,
)
_ND_STATES: dict[str, Any] = {
    "REACH": "reachable",
    "REACHABLE": "reachable",
    "STALE": "stale",
    "DELAY": "delay",
    "PROBE": "probe",
    "INCMP": "incomplete",
    "INCOMP": "incomplete",
    "GLEAN": "incomplete",
    "DELETE": "failed",
}
_ND_HEAD = re.compile(r"^ *IPv6 Address +Age", re.M)


@command(
    "show ipv6 neighbors",
    area="forwarding",
    gives=(Neighbor,),
    aliases=(
        "show ipv6 neighbors detail",
        "show ipv6 neighbors[ vrf {vrf}][ detail]",
        "show ipv6 neighbors {interface*}",
        "show ipv6 vrf {vrf} neighbors[ detail]",
    ),
)
def nd(output: str, vrf: str = "") -> Read:
    """Neighbours by ND; multicast adjacencies are none."""
    here = DEFAULT_VRF if vrf in {"", "all"} else vrf
    nothing = True
    for found in _ND.finditer(said(output)):
        if is_ip(found["address"]):
            nothing = False
            yield _nd(found, here)
    if nothing:
        yield from found_in(iter(()), output)
        if _ND_HEAD.search(output):
            yield EMPTY


def _nd(found: re.Match[str], vrf: str) -> Neighbor:
    mac = mac_address(found["mac"])
    return Neighbor(
        vrf=vrf,
        address=found["address"],
        mac=None if mac == _NOBODY else mac,
        interface=normalise_interface(found["interface"]),
        state=_ND_STATES.get(found["state"]),
        age_s=number(found["age"]),
    )
