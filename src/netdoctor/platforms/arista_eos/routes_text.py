"""The routing table, as EOS prints it in words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from netdoctor.model.entities import DEFAULT_VRF
from netdoctor.model.facts import Fact, Route, TableUse
from netdoctor.platforms.arista_eos.dialect import normalise_interface
from netdoctor.platforms.arista_eos.reading import Read, bounded, on_request
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.text import lines
from netdoctor.platforms.values import is_ip

_VRF = re.compile(r"^\s*VRF(?: name)?: *(\S+)\s*$")
_PREFIX = re.compile(
    r"^\s*(?P<code>[A-Z][A-Z0-9]?(?: [A-Z][A-Z0-9]?)?)(?P<marks>[ *>%#+]*)\s"
    r"(?P<prefix>[0-9a-fA-F]*[.:][0-9a-fA-F.:]*/\d{1,3})(?P<rest>\s.*)?$"
)
_WEIGHT = re.compile(r"\[(\d+)/(\d+)\]")
_VIA = re.compile(r"\bvia (?:VTEP )?(?P<hop>[^\s,]+)(?:, (?!directly)(?P<interface>[^\s,]+))?")
_CONNECTED = re.compile(r"directly connected, (?P<interface>[^\s,]+)")
_LOCAL = re.compile(r"local-interface (?P<interface>[^\s,]+)")
_ENDS = re.compile(r"^\s*(?:Codes:|Gateway of last resort|WARNING|Routing entry)")
_PROTOCOLS = {
    "C": "connected",
    "S": "static",
    "K": "kernel",
    "O": "ospf",
    "O3": "ospf",
    "B": "bgp",
    "R": "rip",
    "I": "isis",
    "A B": "aggregate",
    "A O": "ospf",
    "NG": "static",
    "V": "vxlan",
    "DH": "dhcp",
}
"""By a route's code, or the first word of it (`O E1`, `B I`)."""


_SUMMARY_VRF = re.compile(r"^\s*VRF(?: name)?: *(\S+)")
_TOTAL = re.compile(r"^\s*Total Routes\s+(\d+)")


@command(
    "show ip route summary",
    area="forwarding",
    gives=(TableUse,),
    arguments=on_request,
    aliases=("show {family} route[ vrf {vrf}] summary",),
)
def summary(output: str, vrf: str = DEFAULT_VRF, family: str = "ip") -> Read:
    """How many routes each VRF has."""
    vrf = DEFAULT_VRF if vrf == "all" else vrf
    for line in lines(output):
        if named := _SUMMARY_VRF.match(line.text):
            vrf = named[1]
        elif total := _TOTAL.match(line.text):
            version = "ipv6" if family == "ipv6" else "ipv4"
            yield TableUse(table=f"{version} routes {vrf}", used_count=int(total[1]))


@command(
    "show ip route",
    area="forwarding",
    gives=(Route,),
    arguments=on_request,
    aliases=(
        "show [ip|ipv6] route[ vrf {vrf}]",
        "show [ip|ipv6] route[ vrf {vrf}] {prefix}[ detail]",
        "show [ip|ipv6] route[ vrf {vrf}] {prefix} longer-prefixes",
    ),
)
def routes(output: str, vrf: str = DEFAULT_VRF, prefix: str = "") -> Read:
    """Every active route. A route marked `%` is not programmed."""
    yield from bounded(_routes(output, DEFAULT_VRF if vrf == "all" else vrf), "routes")
    if "Codes:" in output:
        yield EMPTY


def _routes(output: str, vrf: str) -> Iterator[Fact]:
    head: re.Match[str] | None = None
    said = ""
    for line in lines(output):
        if found := _PREFIX.match(line.text):
            if head:
                yield _route(vrf, head, said)
            head, said = found, found["rest"] or ""
        elif named := _VRF.match(line.text):
            if head:
                yield _route(vrf, head, said)
            head, vrf = None, named[1]
        elif head and not _ENDS.match(line.text):
            said += "\n" + line.text
    if head:
        yield _route(vrf, head, said)


def _route(vrf: str, head: re.Match[str], said: str) -> Route:
    code = " ".join(head["code"].split())
    vias = list(_VIA.finditer(said))
    hops = dict.fromkeys(via["hop"] for via in vias if is_ip(via["hop"]))
    names = [via["interface"] or via["hop"] for via in vias if via["interface"] or not is_ip(via["hop"])]
    names += [found["interface"] for found in (*_CONNECTED.finditer(said), *_LOCAL.finditer(said))]
    interfaces = tuple(dict.fromkeys(map(normalise_interface, names)))
    weight = _WEIGHT.search(said)
    return Route(
        vrf=vrf,
        prefix=head["prefix"],
        protocol=_PROTOCOLS.get(code) or _PROTOCOLS.get(code.split()[0], code.lower()),
        next_hops=tuple(hops),
        out_interfaces=interfaces,
        discard="Null0" in interfaces,
        distance=int(weight[1]) if weight else None,
        metric=int(weight[2]) if weight else None,
        active=True,
        programmed=False if "%" in head["marks"] else None,
    )
