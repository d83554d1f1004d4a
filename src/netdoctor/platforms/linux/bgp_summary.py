"""BGP's table of neighbours, a line each, as FRR's bgpd prints it."""

from __future__ import annotations

from collections.abc import Iterator

from netdoctor.model.events import Note
from netdoctor.model.facts import BgpAfi, BgpInstance, BgpSession, Fact, RoutingProcess
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.linux.bgp import afi_safi, bgp_state, said
from netdoctor.platforms.linux.reading import Object, Read, age_s, documents, each, inner, on_request
from netdoctor.platforms.linux.vtysh import also, not_running, vtysh
from netdoctor.platforms.values import clean, count, seconds, text


@command(
    vtysh("show bgp vrf all summary json"),
    area="bgp",
    gives=(BgpInstance, BgpSession, BgpAfi, RoutingProcess),
    privileged=True,
    aliases=also(
        "show bgp vrf all summary json",
        "show bgp summary json",
        "show ip bgp summary json",
        "show [ip ]bgp[ vrf {vrf}] summary json",
    ),
)
@command(
    vtysh("show bgp vrf all {family} unicast summary json"),
    area="bgp",
    gives=(BgpInstance, BgpSession, BgpAfi, RoutingProcess),
    arguments=on_request,
    aliases=also(
        "show bgp vrf all {family} unicast summary json",
        "show [ip |ipv6 ]bgp[ vrf {vrf}] {family} {safi} summary json",
        "show [ip ]bgp[ vrf {vrf}] {family} summary json",
    ),
)
def summary(output: str, family: str = "", safi: str = "unicast") -> Read:
    """The table of neighbours: a state a neighbour, a prefix count a family.

    Asked for one family, FRR leaves its name out; older releases put the VRF's name in its place.
    """
    asked = f"{family}{safi}" if family else ""
    if dead := list(not_running(output)):
        yield from dead
    elif output.strip():
        told: set[Fact | Note] = set()
        for item in each(_families(output, asked), _family):
            # A neighbour stands in the table of each of its families.
            if item is EMPTY or item not in told:
                yield item
            told.add(item)


def _families(output: str, asked: str) -> Iterator[tuple[str, str, Object]]:
    """VRF, family and its table, whichever of the two levels an answer leaves out."""
    for document in documents(output):
        tables = document if isinstance(document, dict) else {}
        if "peers" in tables:
            tables = {str(tables.get("vrfName", "default")): {asked: tables}}
        elif any("peers" in inner(tables, key) for key in tables):
            tables = _by_vrf(tables, asked)
        for vrf in tables:
            for family, table in inner(tables, vrf).items():
                if isinstance(table, dict):
                    yield clean(vrf), clean(family), table


def _by_vrf(tables: Object, asked: str) -> Object:
    """Tables under one level of names: those of VRFs, where a table bears the name itself, or of families."""
    if any(name != "default" and inner(tables, name).get("vrfName") == name for name in tables) or (
        "default" in tables
    ):
        return {vrf: {asked: inner(tables, vrf)} for vrf in tables}
    return {"default": tables}


def _family(vrf: str, family: str, table: Object) -> Read:
    local_as = count(table.get("as")) or None
    yield BgpInstance(vrf=vrf, local_as=local_as, router_id=said(table.get("routerId")))
    for peer, entry in inner(table, "peers").items():
        if isinstance(entry, dict):
            yield from _peer(vrf, family, clean(peer), entry)


def _peer(vrf: str, family: str, peer: str, entry: Object) -> Read:
    state = bgp_state(entry.get("state"))
    word = str(entry.get("state"))
    yield BgpSession(
        vrf=vrf,
        peer=peer,
        peer_as=count(entry.get("remoteAs")) or None,
        local_as=count(entry.get("localAs")) or None,
        peer_hostname=text(entry.get("hostname")),
        session_state=state,
        admin_up="(Admin)" not in word if state else None,
        up_for_s=_uptime_s(entry) if state == "established" else None,
        established_transitions_count=count(entry.get("connectionsEstablished")),
        description=text(entry.get("desc")),
        prefix_limit_exceeded="(PfxCt)" in word if state else None,
        dynamic=bool(entry["dynamicPeer"]) if "dynamicPeer" in entry else None,
    )
    if family and state == "established":
        accepted = entry.get("pfxRcd", entry.get("prefixReceivedCount"))
        yield BgpAfi(
            vrf=vrf,
            peer=peer,
            afi_safi=afi_safi(family),
            prefixes_accepted_count=count(accepted),
            prefixes_sent_count=count(entry.get("pfxSnt")),
        )


def _uptime_s(entry: Object) -> float | None:
    return seconds(entry.get("peerUptimeMsec")) or age_s(entry.get("peerUptime"))
