"""BGP: neighbours, their address families, and the process of each VRF."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, get_args

from netdoctor.model.events import Note
from netdoctor.model.facts import BgpAfi, BgpInstance, BgpSession, Fact, RoutingProcess
from netdoctor.model.facts.routing import BgpState
from netdoctor.platforms.arista_eos.bgp_notifications import code_of, subcode_of
from netdoctor.platforms.arista_eos.dialect import normalise_interface
from netdoctor.platforms.arista_eos.reading import (
    Object,
    Read,
    age_s,
    as_number,
    count,
    document,
    each_vrf,
    flag,
    inactive,
    inner,
    is_ipv6,
    number,
    objects,
    on_request,
    over,
    seconds,
    text,
)
from netdoctor.platforms.base import EMPTY, command

_STATES: frozenset[str] = frozenset(get_args(BgpState))
_PREFIX_LIMIT = ("maxpath", "maxroute", "prefix", "pfx", "maximum-routes")
_DEFAULT_MAX_HOPS = 255
_PREFIXES = {
    "ipv4Unicast": ("prefixesReceived", "prefixesSent"),
    "ipv6Unicast": ("v6PrefixesReceived", "v6PrefixesSent"),
    "ipv4LabeledUnicast": ("v4LabeledUnicastPrefixesReceived", "v4LabeledUnicastPrefixesSent"),
    "ipv6LabeledUnicast": ("v6LabeledUnicastPrefixesReceived", "v6LabeledUnicastPrefixesSent"),
    "l2VpnEvpn": ("evpnReceived", "evpnSent"),
}
"""Which keys count the prefixes of a family, received and sent."""


@command("show bgp neighbors vrf all | json", area="bgp", gives=(BgpSession, BgpAfi, RoutingProcess))
@command(
    "show ip bgp neighbors vrf all | json",
    area="bgp",
    gives=(BgpSession, BgpAfi, RoutingProcess),
    arguments=on_request,
)
@command(
    "show ipv6 bgp peers vrf all | json",
    area="bgp",
    gives=(BgpSession, BgpAfi, RoutingProcess),
    arguments=on_request,
)
def neighbors(output: str) -> Read:
    """Every neighbour in full."""
    found = document(output)
    if inactive(found):
        yield from _no_bgp()
        return
    yield from each_vrf(found, _neighbors)


def _no_bgp() -> Read:
    yield RoutingProcess(protocol="bgp", running=False)


def _neighbors(vrf: str, entry: Object) -> Read:
    yield from over(entry.get("peerList"), lambda _, peer: _neighbor(vrf, peer))


def _neighbor(vrf: str, found: Object) -> Iterator[Fact | Note]:
    peer = _name(text(found.get("peerAddress")) or text(found.get("ifName")) or "")
    if not peer:
        raise ValueError("a neighbour without an address")
    state = _state(found.get("state"))
    yield BgpSession(
        vrf=vrf,
        peer=peer,
        peer_as=as_number(found.get("asn")),
        local_as=as_number(found.get("localAsn")),
        router_id=text(found.get("localRouterId")),
        peer_router_id=_router_id(found.get("routerId")),
        session_state=state,
        **_down(found.get("idleReason"), state),
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


def _name(address: str) -> str:
    """How a neighbour is named: by its address, an unnumbered one by the interface in its scope."""
    link_local, _, scope = address.partition("%")
    return normalise_interface(scope) if scope and link_local.lower().startswith("fe80:") else address


def _state(value: Any) -> Any:
    word = (text(value) or "").lower()
    return {"estab": "established"}.get(word, word if word in _STATES else None)


def _router_id(value: Any) -> str | None:
    """EOS prints zeros until the neighbour has told its own."""
    found = text(value)
    return None if found == "0.0.0.0" else found  # noqa: S104 - not a bind address


def _down(reason: Any, state: str | None) -> dict[str, Any]:
    """What the reason for Idle says: `Admin` is shut down by configuration, `MaxPath` the prefix limit."""
    word = (text(reason) or "").lower()
    return {
        "admin_up": not word.startswith("admin") if word or state else None,
        "prefix_limit_exceeded": any(part in word for part in _PREFIX_LIMIT) or None,
    }


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
    told = flag(found.get("md5AuthEnabled")), text(found.get("authType")) or text(found.get("tcpAoKeychain"))
    if told[0] is not None:
        return told[0]
    if told[1]:
        return told[1].lower() != "none"
    return False if "ttl" in found else None


def _bfd(found: Object) -> bool | None:
    state = text(found.get("bfdState")) or text(inner(found, "bfdInfo").get("state"))
    return state.lower() not in {"disabled", "none"} if state else flag(found.get("bfdEnabled"))


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


def afi_safi(name: str) -> str:
    """`ipv4Unicast` as `IPV4_UNICAST`, `l2VpnEvpn` as `L2VPN_EVPN`."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).upper()
    return words.replace("L2_VPN", "L2VPN")


@command(
    "show bgp summary vrf all | json", area="bgp", gives=(BgpInstance, BgpSession, BgpAfi, RoutingProcess)
)
@command(
    "show ip bgp summary vrf all | json",
    area="bgp",
    gives=(BgpInstance, BgpSession, BgpAfi, RoutingProcess),
    arguments=on_request,
)
@command(
    "show ipv6 bgp summary vrf all | json",
    area="bgp",
    gives=(BgpInstance, BgpSession, BgpAfi, RoutingProcess),
    arguments=on_request,
)
def summary(output: str, at: datetime | None = None) -> Read:
    """Every neighbour in short: what `neighbors` lacks are accepted prefixes, ages and maintenance."""
    found = document(output)
    if inactive(found):
        yield from _no_bgp()
        return
    yield from each_vrf(found, lambda vrf, entry: _summary(vrf, entry, seconds(at)))


def _summary(vrf: str, entry: Object, now_s: float | None) -> Read:
    peers = dict(objects(entry.get("peers")))
    if not peers and "asn" not in entry:
        yield EMPTY
        return
    maintained = [flag(peer.get("underMaintenance")) for peer in peers.values()]
    yield BgpInstance(
        vrf=vrf,
        local_as=as_number(entry.get("asn")),
        router_id=_router_id(entry.get("routerId")),
        graceful_shutdown=all(maintained) if maintained and None not in maintained else None,
    )
    local = {"local_as": as_number(entry.get("asn")), "router_id": _router_id(entry.get("routerId"))}
    yield from over(entry.get("peers"), lambda peer, row: _row(vrf, peer, row, local, now_s))


def _row(vrf: str, peer: str, row: Object, local: dict[str, Any], now_s: float | None) -> Read:
    ipv6, peer = is_ipv6(peer), _name(peer)
    state = _state(row.get("peerState"))
    reason = text(row.get("peerStateIdleReason"))
    changed_s = age_s(row.get("upDownTime"), now_s)
    yield BgpSession(
        vrf=vrf,
        peer=peer,
        peer_as=as_number(row.get("asn") or row.get("peerAsn")),
        **local,
        session_state=state,
        **_down(reason, state),
        up_for_s=changed_s if state == "established" else None,
        down_for_s=changed_s if state not in {None, "established"} else None,
        description=text(row.get("description")),
    )
    families = [(key, found) for key, found in objects(row) if "afiSafiState" in found]
    if not families and "prefixReceived" in row:
        key = "ipv6Unicast" if ipv6 else "ipv4Unicast"
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
