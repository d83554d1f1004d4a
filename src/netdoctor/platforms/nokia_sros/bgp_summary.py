"""BGP in a table: one neighbour in two or more lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from netdoctor.model.facts import BgpAfi, BgpInstance, BgpSession, Fact, RoutingProcess
from netdoctor.platforms.base import command
from netdoctor.platforms.nokia_sros.bgp_words import admin_up, afi_safi, session_state
from netdoctor.platforms.nokia_sros.reading import EMPTY, Read, vrf_name, yes
from netdoctor.platforms.values import as_number, clean, count, duration_s, is_ip

_INSTANCE = re.compile(
    r"BGP Router ID *: ?(?P<id>[\d.]+) +AS *: ?(?P<as>[\d.]+)\*? +Local AS *: ?(?P<local>[\d.]+)"
)
_FAMILY = re.compile(
    r"^ ?BGP (?P<family>(?:Lbl-?|Label-|VPN-?|Mcast-?|MVPN-)?IPv[46]|EVPN|L2-?VPN|Route-?Target)"
    r" Summary",
    re.M | re.I,
)
_NUMBERS = re.compile(
    r"^(?P<service>(?:Def\. Instance|Svc: ?\S+|vprn\S+|\S+:\S+)?) *(?P<as>\d[\d.]*)\*? +\d+\*? +"
    r"(?:\d+\*? +)?\d+\*? +(?:\d+\*? +)?(?P<age>(?:\d+[a-z])+\d*[a-z]?|never|\d\S*|N/A) +(?P<state>\S.*?) *$"
)
_COUNTS = re.compile(r"(\d+)\*?/(\d+)\*?/(\d+)\*?(?: *\(([\w -]+)\))?")


@command(
    "show router bgp summary all",
    area="bgp",
    gives=(BgpSession, BgpAfi, BgpInstance, RoutingProcess),
    aliases=(
        "show router[ {router}] bgp summary[ all][ family][ {family}]",
        'show router "{router}" bgp summary[ all][ family][ {family}]',
    ),
)
def summary(output: str, router: str = "", family: str = "") -> Read:
    """Every neighbour; under one heading those of one family, or of all, each family named in brackets."""
    vrf = vrf_name(router)
    nothing = True
    if found := _INSTANCE.search(output):
        nothing = False
        yield BgpInstance(vrf=vrf, local_as=as_number(found["as"]), router_id=found["id"])
    local_as = as_number(found["local"]) if found else None
    if process := _process(output):
        yield process
    for fact in _neighbors(output, vrf, local_as, family):
        nothing = False
        yield fact
    if nothing and re.search(r"No Matching Entries|BGP is not (?:configured|enabled)", output, re.I):
        yield EMPTY


_ADMIN = re.compile(r"^BGP Admin State *: *(?P<admin>\w+) +BGP Oper State *: *(?P<oper>\w+)", re.M)


def _process(output: str) -> RoutingProcess | None:
    """BGP as it is meant to be, and as it is."""
    found = _ADMIN.search(output)
    if not found:
        return None
    return RoutingProcess(
        protocol="bgp", name="BGP", configured=yes(found["admin"]), running=yes(found["oper"])
    )


def _neighbors(output: str, vrf: str, local_as: int | None, family: str) -> Iterator[Fact]:
    """A neighbour is an address at the start of a line; its numbers follow in the next line but one."""
    peer = description = ""
    peer_vrf, known = vrf, afi_safi(family) if family else ""
    for line in output.splitlines():
        text = line.strip()
        word = text.split(" ")[0] if text else ""
        if heading := _FAMILY.match(line):
            known = afi_safi(heading["family"])
        elif line[:1] not in {"", " "} and is_ip(word.partition("(")[0]):
            peer, description, peer_vrf = word.partition("(")[0], "", vrf
            _, _, rest = text.partition(" ")
            text = rest.strip()
        if not peer or not text:
            continue
        if numbers := _NUMBERS.match(text):
            peer_vrf = vrf_name(numbers["service"]) if numbers["service"] else vrf
            yield _session(peer, peer_vrf, description, numbers, local_as)
        elif (
            text != peer and line[:1] != " " and not re.match(r"[-=]{5}|\*|Legend|Neighbor|BGP|[A-Z]:", text)
        ):
            description = text
        for received, _, sent, name in _COUNTS.findall(text):
            yield BgpAfi(
                vrf=peer_vrf,
                peer=peer,
                afi_safi=afi_safi(name) if name else known or _own(peer),
                prefixes_received_count=count(received),
                prefixes_sent_count=count(sent),
            )


def _own(peer: str) -> str:
    return "IPV6_UNICAST" if ":" in peer else "IPV4_UNICAST"


def _session(peer: str, vrf: str, description: str, row: re.Match[str], local_as: int | None) -> BgpSession:
    counted = _COUNTS.match(row["state"])
    state: Any = "established" if counted else session_state(row["state"])
    age = duration_s(row["age"])
    return BgpSession(
        vrf=vrf,
        peer=peer,
        peer_as=None if _cut(row) else as_number(row["as"]),
        local_as=local_as,
        session_state=state,
        admin_up=admin_up(row["state"]) if state else None,
        up_for_s=age if state == "established" else None,
        down_for_s=None if state == "established" else age,
        description=clean(description) or None,
    )


def _cut(row: re.Match[str]) -> bool:
    """True for an AS number that did not fit its column."""
    return row.string[row.end("as") : row.end("as") + 1] == "*"
