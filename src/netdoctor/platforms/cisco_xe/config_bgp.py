"""BGP as it is configured: what a session that is down does not tell, such as whether it has a password."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from netdoctor.model.entities import DEFAULT_VRF
from netdoctor.model.facts import BgpAfi, BgpInstance, BgpSession, Fact, RoutingProcess
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_xe.bgp_words import family
from netdoctor.platforms.text import Read
from netdoctor.platforms.values import as_number, count, is_ip

Words = list[str]

_ROUTER = re.compile(r"^ *router bgp (?P<as>[\d.]+)(?P<body>(?:\n(?: +.*|!.*|$))*)", re.M)
_TEMPLATE = re.compile(r"^ *template peer-session (\S+)")
_FAMILY = re.compile(
    r"^ *address-family (\S+)(?: (unicast|multicast|evpn|vpls|mdt))?(?: .*?)?(?:\bvrf (\S+))? *$"
)
_NEIGHBOR = re.compile(r"^ *neighbor (\S+) (\S.*)$")
_MAX_HOPS = 255
_POLICIES = {"in": "import_policy", "out": "export_policy"}


class _Peer:
    """What is configured for a neighbour, a peer group or a template, and from whom it inherits."""

    def __init__(self) -> None:
        self.is_group = False
        self.parents: list[str] = []
        self.session: dict[str, Any] = {}
        self.families: dict[str, dict[str, Any]] = {}


class _Router:
    """A `router bgp` block, filled line by line."""

    def __init__(self, local_as: int | None) -> None:
        self._instance: dict[str, Any] = {"local_as": local_as, "graceful_shutdown": False}
        self._vrf = DEFAULT_VRF
        self._family: str | None = None
        self._template: _Peer | None = None
        self._peers: dict[tuple[str, str], _Peer] = {}

    def take(self, line: str) -> None:
        words = line.split()
        if found := _TEMPLATE.match(line):
            self._template = self._peer(DEFAULT_VRF, found[1])
            self._template.is_group = True
        elif found := _FAMILY.match(line):
            self._vrf = found[3] or DEFAULT_VRF
            self._family = family(f"{found[1]} {found[2] or 'unicast'}", self._vrf)
        elif words[:1] in (["exit-address-family"], ["exit-peer-session"]):
            self._vrf, self._family, self._template = DEFAULT_VRF, None, None
        elif self._template:
            _session(self._template, words)
        elif found := _NEIGHBOR.match(line):
            self._neighbor(found[1], found[2].split())
        elif words[:2] == ["bgp", "router-id"]:
            self._instance["router_id"] = words[-1] if is_ip(words[-1]) else None
        elif words[:2] == ["bgp", "graceful-shutdown"]:
            self._instance["graceful_shutdown"] = True

    def _peer(self, vrf: str, name: str) -> _Peer:
        return self._peers.setdefault((vrf, name), _Peer())

    def _neighbor(self, name: str, words: Words) -> None:
        peer = self._peer(self._vrf, name)
        if self._family:
            _policy(peer.families.setdefault(self._family, {}), words)
        _session(peer, words)

    def facts(self) -> Iterator[Fact]:
        yield RoutingProcess(protocol="bgp", name="BGP Router", configured=True)
        yield BgpInstance(**self._instance)
        for (vrf, name), peer in self._peers.items():
            if not peer.is_group and is_ip(name):
                yield self._fact(vrf, name, peer)
                for afi, told in peer.families.items():
                    yield BgpAfi(vrf=vrf, peer=name, afi_safi=afi, **told)

    def _fact(self, vrf: str, name: str, peer: _Peer) -> BgpSession:
        told = self._inherited(vrf, peer, 0)
        own_as = told.get("local_as") or self._instance["local_as"]
        ttl = told.pop("ttl", None)
        if ttl is None and "peer_as" in told and told["peer_as"] != own_as:
            ttl = None if "ttl_security_hops" in told else 1
        defaults = {"admin_up": True, "auth_configured": False, "bfd_enabled": False, "gtsm_enabled": False}
        return BgpSession(vrf=vrf, peer=name, ttl=ttl, **{**defaults, **told})

    def _inherited(self, vrf: str, peer: _Peer, depth: int) -> dict[str, Any]:
        """A neighbour's own settings over those of its group and templates, which may inherit too."""
        told: dict[str, Any] = {}
        for parent in peer.parents if depth < 8 else ():
            found = self._peers.get((vrf, parent)) or self._peers.get((DEFAULT_VRF, parent))
            told |= self._inherited(vrf, found, depth + 1) if found else {}
        return told | peer.session


def _session(peer: _Peer, words: Words) -> None:
    """One setting of a session: who it is with, and what it inherits."""
    match words:
        case ["peer-group"]:
            peer.is_group = True
        case ["peer-group", name] | ["inherit", "peer-session", name]:
            peer.parents.append(name)
        case ["remote-as", number, *_]:
            peer.session["peer_as"] = as_number(number)
        case ["local-as", number, *_]:
            peer.session["local_as"] = as_number(number)
        case ["description", *text]:
            peer.session["description"] = " ".join(text)
        case _:
            _protection(peer.session, words)


def _protection(told: dict[str, Any], words: Words) -> None:
    """One setting of what keeps a session up, or others out."""
    match words:
        case ["shutdown", *_]:
            told["admin_up"] = False
        case ["password", *_] | ["ao", *_]:
            told["auth_configured"] = True
        case ["fall-over", "bfd", *_]:
            told["bfd_enabled"] = True
        case ["ebgp-multihop", *hops]:
            told["ttl"] = count(hops[0]) if hops else _MAX_HOPS
        case ["ttl-security", "hops", hops]:
            told |= {"ttl_security_hops": count(hops), "gtsm_enabled": True}


def _policy(told: dict[str, Any], words: Words) -> None:
    """One setting of a family."""
    match words:
        case ["route-map", name, way] if way in _POLICIES:
            told[_POLICIES[way]] = name
        case ["prefix-list" | "filter-list" | "distribute-list", name, way] if way in _POLICIES:
            told.setdefault(_POLICIES[way], name)
        case ["maximum-prefix", number, *_]:
            told["prefix_limit_count"] = count(number)


@command(
    "show running-config | section router bgp",
    area="bgp",
    gives=(RoutingProcess, BgpInstance, BgpSession, BgpAfi),
    privileged=True,
    timeout_s=30.0,
    aliases=("show running-config", "show running-config | section bgp", "show startup-config"),
)
def configured(output: str) -> Read:
    """The neighbours of the configuration, with what they inherit from groups and session templates."""
    if (found := _ROUTER.search(output)) is None:
        if re.search(r"^(?:version \d|hostname \S|interface \S|end\b)", output, re.M):
            yield EMPTY
        return
    router = _Router(as_number(found["as"]))
    for line in found["body"].splitlines():
        router.take(line)
    yield from router.facts()
