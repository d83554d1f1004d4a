"""BGP neighbours as FRR's bgpd tells them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, get_args

from netdoctor.model.facts import BgpAfi, BgpSession, RoutingProcess
from netdoctor.model.facts.routing import BgpState
from netdoctor.platforms.base import command
from netdoctor.platforms.linux.reading import Object, Read, documents, each, inner
from netdoctor.platforms.linux.vtysh import also, not_running, vtysh
from netdoctor.platforms.values import clean, count, is_ip, seconds, text

_STATES: Final = frozenset(get_args(BgpState))
_FAMILIES = {
    "ipv4vpn": "L3VPN_IPV4_UNICAST",
    "ipv6vpn": "L3VPN_IPV6_UNICAST",
    "l2vpnevpn": "L2VPN_EVPN",
}
_FAMILY = re.compile(r"(ipv[46])(.+)")
_KNOWN = frozenset({"bgpState", "remoteAs", "nbrDesc", "addressFamilyInfo", "bgpNeighborAddr"})
"""What stands in a neighbour's object, not in a VRF's."""
_SENT = "BGP Notification send"
_RECEIVED = "BGP Notification received"
NO_FAMILY = "No AFI/SAFI activated for peer"
_UNSAID = {"0.0.0.0", "Unknown", "never"}  # noqa: S104 - what bgpd prints for «not known yet»


@command(
    vtysh("show bgp vrf all neighbors json"),
    area="bgp",
    gives=(BgpSession, BgpAfi, RoutingProcess),
    privileged=True,
    aliases=(
        *also(
            "show bgp vrf all neighbors json",
            "show [ip |ipv6 ]bgp[ vrf {vrf}][ ipv4| ipv6][ unicast] neighbor[s][ {peer}] json",
        ),
        "net show bgp vrf all neighbor json",
        'vtysh -c "show bgp neighbors {peer} json"',
    ),
)
def neighbors(output: str, peer: str | None = None) -> Read:
    """Every neighbour of every VRF, or the one asked for, with its address families."""
    if dead := list(not_running(output)):
        yield from dead
    elif output.strip():
        yield from each(_peers(output), _neighbor)


def _peers(output: str) -> Iterator[tuple[str, str, Object]]:
    """VRF, neighbour and what is said of it. Without `vrf all` the neighbours stand at the top."""
    for document in documents(output):
        tables = document if isinstance(document, dict) else {}
        if any(is_ip(key) or not _KNOWN.isdisjoint(inner(tables, key)) for key in tables):
            tables = {"default": tables}
        for vrf, peers in tables.items():
            for peer, entry in inner({vrf: peers}, vrf).items():
                if isinstance(entry, dict):
                    yield clean(vrf), clean(peer), entry


def _neighbor(vrf: str, peer: str, entry: Object) -> Read:
    state = bgp_state(entry.get("bgpState"))
    yield _session(vrf, peer, entry, state)
    capabilities = inner(entry, "neighborCapabilities", "multiprotocolExtensions")
    for name, family in inner(entry, "addressFamilyInfo").items():
        if isinstance(family, dict):
            negotiated = _negotiated(name, capabilities) if state == "established" else None
            yield _family(vrf, peer, name, family, negotiated)


def _session(vrf: str, peer: str, entry: Object, state: BgpState | None) -> BgpSession:
    up = state == "established"
    complete = "connectRetryTimer" in entry or "readThread" in entry
    reset_s = seconds(entry.get("lastResetTimerMsecs"))
    return BgpSession(
        vrf=vrf,
        peer=peer,
        peer_as=count(entry.get("remoteAs")) or None,
        local_as=count(entry.get("localAs")) or None,
        router_id=said(entry.get("localRouterId")),
        peer_router_id=said(entry.get("remoteRouterId")),
        peer_hostname=text(entry.get("hostname")),
        session_state=state,
        admin_up=not entry.get("adminShutDown") if state else None,
        up_for_s=seconds(entry.get("bgpTimerUpMsec", entry.get("bgpTimerUp"))) if up else None,
        down_for_s=None if up or state is None else reset_s,
        established_transitions_count=count(entry.get("connectionsEstablished")),
        last_reset_s=reset_s,
        **_last_reset(entry, up),
        hold_time_s=seconds(entry.get("bgpTimerHoldTimeMsecs")),
        keepalive_s=seconds(entry.get("bgpTimerKeepAliveIntervalMsecs")),
        description=text(entry.get("nbrDesc")),
        local_address=said(entry.get("hostLocal")),
        update_source=text(entry.get("updateSource")),
        interface=peer if "bgpNeighborAddr" in entry else None,
        ttl=count(entry.get("externalBgpNbrMaxHopsAway", entry.get("internalBgpNbrMaxHopsAway"))),
        auth_configured=bool(entry.get("authenticationEnabled")) if complete else None,
        bfd_enabled="peerBfdInfo" in entry if complete else None,
        prefix_limit_exceeded=bool(entry.get("prefixesConfigExceedMax")) if complete else None,
        dynamic="peerSubnetRangeGroup" in entry if complete else None,
    )


def _last_reset(entry: Object, up: bool) -> dict[str, Any]:
    """Why the session last ended, and the NOTIFICATION (RFC 4271 §4.5) that ended it.

    bgpd gives a new neighbour the reason that no family is activated before it reads which ones are, and
    forgets the reason over a later NOTIFICATION; so its list of the neighbour's families has the last word.
    """
    found = _told_reset(entry)
    families = entry.get("addressFamilyInfo")
    if families == {} and not up:
        return {**found, "last_reset_reason": NO_FAMILY}
    if families and found["last_reset_reason"] == NO_FAMILY:
        return {}
    return found


def _told_reset(entry: Object) -> dict[str, Any]:
    why = said(entry.get("lastResetDueTo"))
    code = entry.get("lastErrorCodeSubcode")
    if (
        why not in {_SENT, _RECEIVED}
        or not isinstance(code, str)
        or not re.fullmatch(r"[0-9A-Fa-f]{4}", code)
    ):
        return {"last_reset_reason": why}
    return {
        "last_reset_reason": text(entry.get("lastNotificationReason")) or why,
        "last_notification_code": int(code[:2], 16),
        "last_notification_subcode": int(code[2:], 16),
        "last_notification_sent": why == _SENT,
    }


def _family(vrf: str, peer: str, name: str, family: Object, negotiated: bool | None) -> BgpAfi:
    up = negotiated is True
    return BgpAfi(
        vrf=vrf,
        peer=peer,
        afi_safi=afi_safi(name),
        negotiated=negotiated,
        prefixes_accepted_count=count(family.get("acceptedPrefixCounter")) if up else None,
        prefixes_sent_count=count(family.get("sentPrefixCounter")) if up else None,
        prefix_limit_count=count(family.get("prefixAllowedMax")),
        import_policy=_policy(family, "Incoming", "inboundEbgpRequiresPolicy"),
        export_policy=_policy(family, "Outgoing", "outboundEbgpRequiresPolicy"),
    )


def _policy(family: Object, way: str, missing: str) -> str | None:
    """The first policy in one direction; with none, RFC 8212's default that rejects all, where it is on."""
    named = (
        text(family.get(f"routeMapFor{way}Advertisements"))
        or text(family.get(f"{way.lower()}UpdatePrefixFilterList"))
        or text(family.get(f"{way.lower()}UpdateAsPathFilterList"))
        or text(family.get(f"{way.lower()}NetworkFilterList"))
    )
    return named.lstrip("*") if named else ("default reject (RFC 8212)" if missing in family else None)


def _negotiated(name: str, capabilities: Object) -> bool:
    """True when both ends announced the family; without any announcement IPv4 unicast is meant (RFC 4760)."""
    if not capabilities:
        return afi_safi(name) == "IPV4_UNICAST"
    return bool(inner(capabilities, name).get("advertisedAndReceived"))


def afi_safi(name: str) -> str:
    """OpenConfig's name of an address family: `ipv4Unicast` and `IPv4 Unicast` are IPV4_UNICAST."""
    plain = clean(name).replace(" ", "").replace("_", "").lower()
    if plain in _FAMILIES:
        return _FAMILIES[plain]
    parts = _FAMILY.fullmatch(plain)
    if parts is None:
        return plain.upper()
    return f"{parts[1]}_{parts[2].replace('labeledunicast', 'labeled_unicast')}".upper()


def bgp_state(value: Any) -> BgpState | None:
    """The state of RFC 4271 §8.2.2. `Idle (Admin)` is idle; so are bgpd's own Clearing and Deleted."""
    word = str(value).partition(" ")[0].lower()
    if word in {"clearing", "deleted"}:
        return "idle"
    return word if word in _STATES else None  # type: ignore[return-value]  # checked against the type's words


def said(value: Any) -> str | None:
    """Text, but for what bgpd prints where it knows nothing yet."""
    found = text(value)
    return None if found in _UNSAID else found
