"""BGP in short: the process of each VRF, and what the neighbours in full lack."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from netdoctor.model.facts import BgpAfi, BgpInstance, BgpSession, RoutingProcess
from netdoctor.platforms.arista_eos.bgp_words import (
    afi_safi,
    down,
    no_bgp,
    peer_name,
    router_id,
    session_state,
)
from netdoctor.platforms.arista_eos.reading import (
    Object,
    Read,
    age_s,
    document,
    each_vrf,
    inactive,
    objects,
    on_request,
    over,
    seconds,
)
from netdoctor.platforms.base import command
from netdoctor.platforms.values import as_number, count, flag, is_ipv6, text


@command(
    "show bgp summary vrf all | json",
    area="bgp",
    gives=(BgpInstance, BgpSession, BgpAfi, RoutingProcess),
    aliases=(
        "show {family} bgp summary[ vrf {vrf}] | json",
        "show bgp summary[ vrf {vrf}] | json",
    ),
)
def summary(output: str, at: datetime | None = None, family: str = "") -> Read:
    """Every neighbour in short: what `neighbors` lacks are accepted prefixes, ages and maintenance."""
    yield from _document(output, at, {"ip": "ipv4Unicast", "ipv6": "ipv6Unicast"}.get(family))


@command(
    "show bgp evpn summary | json",
    area="bgp",
    gives=(BgpInstance, BgpSession, BgpAfi, RoutingProcess),
    arguments=on_request,
    aliases=("show bgp evpn summary vrf {vrf} | json",),
)
def evpn_summary(output: str, at: datetime | None = None) -> Read:
    """The same of EVPN."""
    yield from _document(output, at, "l2VpnEvpn")


def _document(output: str, at: datetime | None, family: str | None) -> Read:
    """A row counts prefixes of `family`, where it does not name the families itself."""
    found = document(output)
    if inactive(found):
        yield from no_bgp()
        return
    yield from each_vrf(found, ("peers",), lambda vrf, entry: _summary(vrf, entry, seconds(at), family))


def _summary(vrf: str, entry: Object, now_s: float | None, family: str | None) -> Read:
    peers = dict(objects(entry.get("peers")))
    if not entry:
        return
    maintained = [flag(peer.get("underMaintenance")) for peer in peers.values()]
    yield BgpInstance(
        vrf=vrf,
        local_as=as_number(entry.get("asn")),
        router_id=router_id(entry.get("routerId")),
        graceful_shutdown=all(maintained) if maintained and None not in maintained else None,
    )
    if as_number(entry.get("asn")):
        yield RoutingProcess(protocol="bgp", configured=True)
    local = {"local_as": as_number(entry.get("asn")), "router_id": router_id(entry.get("routerId"))}
    yield from over(entry.get("peers"), lambda peer, row: _row(vrf, peer, row, local, now_s, family))


def _row(
    vrf: str, peer: str, row: Object, local: dict[str, Any], now_s: float | None, family: str | None
) -> Read:
    ipv6, peer = is_ipv6(peer), peer_name(peer)
    state = session_state(row.get("peerState"))
    reason = text(row.get("peerStateIdleReason"))
    changed_s = age_s(row.get("upDownTime"), now_s)
    yield BgpSession(
        vrf=vrf,
        peer=peer,
        peer_as=as_number(row.get("asn") or row.get("peerAsn")),
        **local,
        session_state=state,
        **(down(reason, state) if reason else {"admin_up": True if state else None}),
        up_for_s=changed_s if state == "established" else None,
        down_for_s=changed_s if state not in {None, "established"} else None,
        description=text(row.get("description")),
    )
    families = [(key, found) for key, found in objects(row) if "afiSafiState" in found]
    if not families and "prefixReceived" in row:
        key = family or ("ipv6Unicast" if ipv6 else "ipv4Unicast")
        families = [
            (key, {"nlrisReceived": row["prefixReceived"], "nlrisAccepted": row.get("prefixAccepted")})
        ]
    for key, found in families:
        told = text(found.get("afiSafiState"))
        yield BgpAfi(
            vrf=vrf,
            peer=peer,
            afi_safi=afi_safi(key),
            negotiated=told == "negotiated" if told else None,
            prefixes_received_count=count(found.get("nlrisReceived")),
            prefixes_accepted_count=count(found.get("nlrisAccepted")),
        )
