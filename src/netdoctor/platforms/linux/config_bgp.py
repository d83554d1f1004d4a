"""A `router bgp` block of FRR's configuration."""

from __future__ import annotations

from typing import Any, Final

from netdoctor.model.facts import BgpAfi, BgpInstance, BgpSession, RoutingProcess
from netdoctor.platforms.linux.reading import Read
from netdoctor.platforms.values import count

Words = list[str]

_FAMILIES: Final = {
    ("ipv4", "unicast"): "IPV4_UNICAST",
    ("ipv6", "unicast"): "IPV6_UNICAST",
    ("ipv4", "multicast"): "IPV4_MULTICAST",
    ("ipv6", "multicast"): "IPV6_MULTICAST",
    ("ipv4", "labeled-unicast"): "IPV4_LABELED_UNICAST",
    ("ipv6", "labeled-unicast"): "IPV6_LABELED_UNICAST",
    ("ipv4", "vpn"): "L3VPN_IPV4_UNICAST",
    ("ipv6", "vpn"): "L3VPN_IPV6_UNICAST",
    ("l2vpn", "evpn"): "L2VPN_EVPN",
}
_POLICIES = {"route-map", "prefix-list", "filter-list", "distribute-list"}
_WAYS = {"in": "import_policy", "out": "export_policy"}
_MAX_HOPS = 255
"""What `ebgp-multihop` without a number means."""


class _Peer:
    """What is configured for a neighbour or a peer group."""

    def __init__(self) -> None:
        self.group: str | None = None
        self.is_group = False
        self.session: dict[str, Any] = {}
        self.families: dict[str, dict[str, Any]] = {}


class BgpBlock:
    """One BGP instance, filled line by line."""

    def __init__(self, vrf: str, local_as: int | None) -> None:
        self._vrf = vrf
        self._instance: dict[str, Any] = {"local_as": local_as, "graceful_shutdown": False}
        self._shut = False
        self._family: str | None = None
        self._peers: dict[str, _Peer] = {}

    def take(self, words: Words) -> None:
        match words:
            case ["address-family", afi, *safi]:
                self._family = _FAMILIES.get((afi, safi[0] if safi else "unicast"), "")
            case ["exit-address-family"]:
                self._family = None
            case ["neighbor", name, *setting] if self._family is None:
                self._configure(self._peers.setdefault(name, _Peer()), setting)
            case ["neighbor", name, *setting] if self._family:
                limits = self._peers.setdefault(name, _Peer()).families.setdefault(self._family, {})
                _limit(limits, setting)
            case ["bgp", "router-id", address, *_]:
                self._instance["router_id"] = address
            case ["bgp", "graceful-shutdown"]:
                self._instance["graceful_shutdown"] = True
            case ["bgp", "shutdown", *_]:
                self._shut = True

    def facts(self) -> Read:
        yield RoutingProcess(protocol="bgp", name="bgpd", configured=True)
        yield BgpInstance(vrf=self._vrf, **self._instance)
        for name, peer in self._peers.items():
            if not peer.is_group:
                yield from self._peer_facts(name, peer)

    def _configure(self, peer: _Peer, setting: Words) -> None:
        match setting:
            case ["peer-group"]:
                peer.is_group = True
            case ["peer-group", group, *_]:
                peer.group = group
            case ["interface", *rest]:
                rest = rest[1:] if rest[:1] == ["v6only"] else rest
                if rest:
                    self._configure(peer, rest)
            case _:
                peer.session |= _session(setting)

    def _peer_facts(self, name: str, peer: _Peer) -> Read:
        """What is set for a neighbour goes before what is set for its group."""
        group = self._peers.get(peer.group or "", _Peer())
        settings = {"admin_up": True, **_UNSET, **group.session, **peer.session}
        if self._shut:
            settings["admin_up"] = False
        yield BgpSession(vrf=self._vrf, peer=name, **settings)
        for family in sorted({*group.families, *peer.families}):
            limits = {**group.families.get(family, {}), **peer.families.get(family, {})}
            if limits:
                yield BgpAfi(vrf=self._vrf, peer=name, afi_safi=family, **limits)


_UNSET = {"auth_configured": False, "gtsm_enabled": False, "bfd_enabled": False}
"""What a neighbour has not, while no line gives it."""


def _session(setting: Words) -> dict[str, Any]:
    """The fields of BgpSession that one `neighbor X …` line sets."""
    match setting:
        case ["remote-as", number, *_]:
            return {"peer_as": count(number)}
        case ["password", *_]:
            return {"auth_configured": True}
        case ["ttl-security", "hops", hops, *_]:
            return {"gtsm_enabled": True, "ttl_security_hops": count(hops)}
        case ["ebgp-multihop", *hops]:
            return {"ttl": count(hops[0]) if hops else _MAX_HOPS}
        case ["shutdown", *_]:
            return {"admin_up": False}
        case ["update-source", source, *_]:
            return {"update_source": source}
        case ["bfd", *_]:
            return {"bfd_enabled": True}
        case ["description", *words]:
            return {"description": " ".join(words) or None}
    return {}


def _limit(limits: dict[str, Any], setting: Words) -> None:
    """The fields of BgpAfi that one `neighbor X …` line of an address family sets."""
    match setting:
        case ["maximum-prefix", limit, *_]:
            limits["prefix_limit_count"] = count(limit)
        case [kind, name, ("in" | "out") as way] if kind in _POLICIES:
            # A route map has the last word; it is named before the lists that go with it.
            if kind == "route-map" or _WAYS[way] not in limits:
                limits[_WAYS[way]] = name
