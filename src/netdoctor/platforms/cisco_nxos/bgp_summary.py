"""BGP in short: the process of each VRF, and its neighbours' states and prefixes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from netdoctor.model.entities import DEFAULT_VRF
from netdoctor.model.facts import BgpAfi, BgpInstance, BgpSession, Fact, RoutingProcess
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_nxos.bgp_words import afi_safi, peer_name, router_id, state_of, stopped
from netdoctor.platforms.cisco_nxos.reading import (
    J,
    Object,
    Read,
    document,
    on_request,
    over,
    rows,
    said,
    says_none,
    structured,
    without_json,
)
from netdoctor.platforms.text import Line, each, lines
from netdoctor.platforms.values import as_number, count, duration_s, is_ip, is_ipv6

_ALIASES = (
    "show bgp vrf {vrf} {afi*} summary",
    "show bgp {afi*} summary[ vrf {vrf}]",
    "show ip bgp[ {afi*}] summary[ vrf {vrf}]",
    "show ip bgp summary vrf",
    "show ipv6 bgp[ {afi*}] summary[ vrf {vrf}]",
)


@command(
    "show bgp all summary vrf all | json",
    area="bgp",
    gives=(BgpInstance, BgpSession, BgpAfi, RoutingProcess),
    aliases=tuple(alias + J for alias in _ALIASES),
)
def summary(output: str, vrf: str = "", afi: str = "") -> Read:
    """Every VRF, every family, every neighbour; a VRF stands once for each of its families."""
    found = document(output)
    if not output.strip():
        return
    yield from stopped(output) or over(rows(found, "vrf"), _vrf, found, "vrf")


def _vrf(row: Object) -> Iterator[Fact]:
    instance = BgpInstance(
        vrf=said(row.get("vrf-name-out")) or DEFAULT_VRF,
        local_as=as_number(row.get("vrf-local-as")),
        router_id=router_id(row.get("vrf-router-id")),
    )
    yield instance
    for family in rows(row, "af"):
        for saf in rows(family, "saf"):
            name = said(saf.get("af-name"))
            for neighbor in rows(saf, "neighbor"):
                yield from _facts(
                    instance,
                    name,
                    str(neighbor.get("neighborid") or ""),
                    neighbor.get("neighboras"),
                    said(neighbor.get("time")),
                    said(neighbor.get("state")) or "",
                    count(neighbor.get("prefixreceived")),
                )


def _facts(
    instance: BgpInstance,
    family: str | None,
    peer: str,
    peer_as: object,
    age: str | None,
    state: str,
    prefixes: int | None,
) -> Iterator[Fact]:
    peer = peer_name(peer)
    if not peer:
        return
    told = state_of(state)
    up = told["session_state"] == "established"
    age_s = duration_s(age)
    yield BgpSession(
        vrf=instance.vrf,
        peer=peer,
        peer_as=as_number(peer_as) or None,
        local_as=instance.local_as,
        router_id=instance.router_id,
        **told,
        up_for_s=age_s if up else None,
        down_for_s=None if up else age_s,
    )
    if up and family:
        yield BgpAfi(
            vrf=instance.vrf,
            peer=peer,
            afi_safi=afi_safi(family),
            negotiated="no cap" not in state.lower(),
            prefixes_received_count=prefixes,
        )


_SECTION = re.compile(
    r"BGP summary information for VRF (?P<vrf>[^,\s]+), address family (?P<family>[\w -]+?)\s*$"
)
_ROUTER = re.compile(r"BGP router identifier (\S+?), local AS number ([\d.]+)")
_ROW = re.compile(
    r"^(?P<peer>\S+)\s+[34]\s+(?P<as>[\d.]+)\s+\d+\s+\d+\s+\d+\s+\d+\s+\d+\s+(?P<age>\S+)\s+(?P<state>\S.*?)\s*$"
)


@command(
    "show bgp all summary vrf all",
    area="bgp",
    gives=(BgpInstance, BgpSession, BgpAfi, RoutingProcess),
    arguments=without_json,
    aliases=_ALIASES,
)
def summary_in_text(output: str, vrf: str = "", afi: str = "") -> Read:
    """The same in text. A long address or AS number stands alone, and its row goes on below."""
    if structured(output):
        yield from summary(output)
        return
    yield from stopped(output)
    asked = vrf if vrf and vrf != "all" else DEFAULT_VRF
    family = _family_asked(afi)
    instance = BgpInstance(vrf=asked)
    nothing = True

    def read(line: Line) -> Read:
        nonlocal instance, family, nothing
        if section := _SECTION.search(line.text):
            instance, family, nothing = BgpInstance(vrf=section["vrf"]), section["family"], False
        elif router := _ROUTER.search(line.text):
            nothing = False
            instance = BgpInstance(
                vrf=instance.vrf, router_id=router_id(router[1]), local_as=as_number(router[2])
            )
            yield instance
        elif row := _ROW.match(line.text):
            yield from _read_row(instance, family, row)

    found_any = False
    for item in each(_joined(output, _COLUMNS), read):
        found_any = True
        yield item
    if not found_any and (not nothing or says_none(output)):
        yield EMPTY


def _family_asked(words: str) -> str | None:
    return words if re.fullmatch(r"(?:ip|vpn)v[46] \w+|l2vpn evpn", words, re.I) else None


def _read_row(instance: BgpInstance, family: str | None, row: re.Match[str]) -> Iterator[Fact]:
    number = re.match(r"\d+", row["state"])
    state = f"established {row['state']}" if number else row["state"]
    default = "IPv6 Unicast" if is_ipv6(row["peer"]) else "IPv4 Unicast"
    yield from _facts(
        instance,
        family or default,
        row["peer"],
        row["as"],
        row["age"],
        state,
        count(number[0]) if number else None,
    )


_COLUMNS = 10
_SESSION_COLUMNS = 7


def _joined(output: str, columns: int) -> Iterator[Line]:
    """The lines; a row that has not all its columns yet goes on with the next line."""
    pending: Line | None = None
    for line in lines(output):
        if pending and line.text[:1] == " " and not is_ip(line.text.split()[0]):
            line = Line(pending.number, f"{pending.text} {line.text.strip()}")
        elif pending:
            yield pending
        pending = None
        words = line.text.split()
        if is_ip(words[0].partition("%")[0]) and len(words) < columns:
            pending = Line(line.number, line.text.strip())
            continue
        yield Line(line.number, line.text.strip() if is_ip(words[0]) else line.text)
    if pending:
        yield pending


_IN_VRF = re.compile(r"^ *VRF (?P<vrf>\S+?), local ASN (?P<as>[\d.]+)")
_PEERS = re.compile(r"local router-id (\S+)")
_SESSION = re.compile(
    r"^ *(?P<peer>\S+?)\s+(?P<as>[\d.]+)\s+(?P<flaps>\d+)\s+"
    r"(?P<age>[^|\s]+)\s*\|\s*[^|]+?\|\s*\S+\s+(?P<state>[A-Z])\s"
    r"+(?P<ports>\d+/\d+)"
)
_LETTERS = {
    "I": "idle",
    "A": "active",
    "O": "opensent",
    "E": "established",
    "C": "closing",
    "S": "shut (admin)",
}


@command(
    "show bgp sessions vrf all",
    area="bgp",
    gives=(BgpInstance, BgpSession),
    arguments=on_request,
    aliases=("show bgp sessions[ vrf {vrf}]",),
)
def sessions(output: str, vrf: str = "") -> Read:
    """One line a session; its state is a letter."""
    instance = BgpInstance(vrf=DEFAULT_VRF)
    nothing = True

    def read(line: Line) -> Read:
        nonlocal instance, nothing
        if found := _IN_VRF.match(line.text):
            instance, nothing = BgpInstance(vrf=found["vrf"], local_as=as_number(found["as"])), False
        elif found := _PEERS.search(line.text):
            instance = BgpInstance(
                vrf=instance.vrf, local_as=instance.local_as, router_id=router_id(found[1])
            )
            yield instance
        elif found := _SESSION.match(line.text):
            state = _LETTERS.get(found["state"], "")
            yield from _facts(instance, None, found["peer"], found["as"], found["age"], state, None)

    yield from each(_joined(output, _SESSION_COLUMNS), read)
    if not nothing:
        yield EMPTY
