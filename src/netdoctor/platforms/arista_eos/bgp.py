"""BGP neighbours and their address families."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from netdoctor.model.events import Note
from netdoctor.model.facts import BgpAfi, BgpSession, Fact, RoutingProcess
from netdoctor.platforms.arista_eos.bgp_notifications import code_of, subcode_of
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
    document,
    each_vrf,
    inactive,
    inner,
    objects,
    over,
)
from netdoctor.platforms.base import command
from netdoctor.platforms.values import as_number, count, flag, is_ipv6, number, text

_DEFAULT_MAX_HOPS = 255
_PREFIXES = {
    "ipv4Unicast": ("prefixesReceived", "prefixesSent"),
    "ipv6Unicast": ("v6PrefixesReceived", "v6PrefixesSent"),
    "ipv4LabeledUnicast": ("v4LabeledUnicastPrefixesReceived", "v4LabeledUnicastPrefixesSent"),
    "ipv6LabeledUnicast": ("v6LabeledUnicastPrefixesReceived", "v6LabeledUnicastPrefixesSent"),
    "l2VpnEvpn": ("evpnReceived", "evpnSent"),
}
"""Which keys count the prefixes of a family, received and sent."""


@command(
    "show bgp neighbors vrf all | json",
    area="bgp",
    gives=(BgpSession, BgpAfi, RoutingProcess),
    aliases=(
        "show ip bgp neighbors vrf all | json",
        "show ipv6 bgp peers vrf all | json",
    ),
)
def neighbors(output: str) -> Read:
    """Every neighbour in full."""
    found = document(output)
    if inactive(found):
        yield from no_bgp()
        return
    yield from each_vrf(found, ("peerList",), _neighbors)


def _neighbors(vrf: str, entry: Object) -> Read:
    yield from over(entry.get("peerList"), lambda _, peer: _neighbor(vrf, peer))


def _neighbor(vrf: str, found: Object) -> Iterator[Fact | Note]:
    peer = peer_name(text(found.get("peerAddress")) or text(found.get("ifName")) or "")
    if not peer:
        raise ValueError("a neighbour without an address")
    state = session_state(found.get("state"))
    yield BgpSession(
        vrf=vrf,
        peer=peer,
        peer_as=as_number(found.get("asn")),
        local_as=as_number(found.get("localAsn")),
        router_id=text(found.get("localRouterId")),
        peer_router_id=router_id(found.get("routerId")),
        session_state=state,
        **down(found.get("idleReason"), state),
        up_for_s=number(found.get("establishedTime")) if state == "established" else None,
        established_transitions_count=count(found.get("establishedTransitions")),
        **_last_reset(found),
        hold_time_s=number(found.get("holdTime")) or number(found.get("configHoldTime")),
        keepalive_s=number(found.get("keepaliveTime")) or number(found.get("configKeepaliveTime")),
        description=text(found.get("description")),
        local_address=text(found.get("updateSource")),
        interface=text(found.get("ifName")),
        **_ttl(found),
        auth_configured=_auth(found),
        bfd_enabled=_bfd(found),
        dynamic=flag(found.get("dynamic")),
    )
    yield from _families(vrf, peer, found)


def _last_reset(found: Object) -> dict[str, Any]:
    """The newer of the last NOTIFICATION sent and the last one received; EOS gives their ages."""
    told = [
        (number(inner(found, f"{side}TimeInfo").get("time")), side, sent)
        for side, sent in (("lastError", True), ("lastErrorRcvd", False))
        if text(found.get(f"{side}Code"))
    ]
    if not told:
        hint = text(found.get("idleReason")) or text(found.get("establishFailHint"))
        return {"last_reset_reason": hint} if hint else {}
    age, side, sent = min(told, key=lambda one: (one[0] is None, one[0] or 0.0))
    code = code_of(found[f"{side}Code"])
    names = [text(found.get(f"{side}{part}")) for part in ("Code", "Subcode")]
    return {
        "last_reset_reason": f"{'sent' if sent else 'received'} {'/'.join(filter(None, names))}",
        "last_reset_s": age,
        "last_notification_code": code,
        "last_notification_subcode": subcode_of(code, found.get(f"{side}Subcode")),
        "last_notification_sent": sent,
    }


def _ttl(found: Object) -> dict[str, Any]:
    """`ttl` is what is sent and, without GTSM, how far a neighbour may be; `maxTtlHops` is GTSM's limit."""
    hops = count(found.get("maxTtlHops"))
    secured = None if hops is None else 0 < hops < _DEFAULT_MAX_HOPS
    return {
        "ttl": count(found.get("ttl")),
        "gtsm_enabled": secured,
        "ttl_security_hops": hops if secured else None,
    }


def _auth(found: Object) -> bool | None:
    """EOS tells of authentication only where it is on; other answers that have a TTL are complete."""
    told = flag(found.get("md5AuthEnabled"))
    if told is None and text(found.get("authType")):
        return True
    return False if told is None and "ttl" in found else told


def _bfd(found: Object) -> bool | None:
    state = text(found.get("bfdState"))
    return state.lower() != "disabled" if state else None


def _families(vrf: str, peer: str, found: Object) -> Iterator[BgpAfi]:
    """The families offered, those that have prefixes, and that of the session itself.

    EOS knows one route limit and one route map a direction for all of them.
    """
    capabilities = dict(objects(inner(found, "neighborCapabilities").get("multiprotocolCaps")))
    own = "ipv6Unicast" if is_ipv6(text(found.get("peerAddress")) or "") else "ipv4Unicast"
    used = {key for key, names in _PREFIXES.items() if any(count(found.get(name)) for name in names)}
    for key in sorted(capabilities.keys() | used | ({own} if "prefixesReceived" in found else set())):
        received, sent = _PREFIXES.get(key, ("", ""))
        yield BgpAfi(
            vrf=vrf,
            peer=peer,
            afi_safi=afi_safi(key),
            negotiated=flag(capabilities[key].get("enabled")) if key in capabilities else None,
            prefixes_received_count=count(found.get(received)),
            prefixes_sent_count=count(found.get(sent)),
            prefix_limit_count=count(found.get("maxTotalRoutes")) or None,
            import_policy=text(found.get("routeMapInbound")),
            export_policy=text(found.get("routeMapOutbound")),
        )
