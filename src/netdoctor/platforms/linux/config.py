"""What FRR's running configuration adds to what its daemons tell: keys set or not, policies, limits.

Read line by line, with the block that a line stands in. Every fact here is partial, and completes the one
that the daemon's own answer gives; a daemon that is dead has no lines here.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterable
from functools import partial

from netdoctor.model.facts import (
    BgpAfi,
    BgpInstance,
    BgpSession,
    IsisInterface,
    OspfInstance,
    OspfInterface,
    Route,
    RoutingProcess,
)
from netdoctor.platforms.base import EMPTY, NotUnderstood, command
from netdoctor.platforms.linux.config_bgp import BgpBlock
from netdoctor.platforms.linux.config_isis import IsisBlocks
from netdoctor.platforms.linux.config_ospf import OspfBlocks
from netdoctor.platforms.linux.reading import Read
from netdoctor.platforms.linux.vtysh import also, vtysh
from netdoctor.platforms.values import clean, count

Words = list[str]

_FRR = re.compile(r"^(?:frr (?:version|defaults) |Current configuration:|router \w+|ip route )", re.MULTILINE)
_DISCARD = {"null0", "blackhole", "reject"}
_MAX_WORDS = 64


@command(
    vtysh("show running-config"),
    area="device",
    gives=(
        BgpInstance,
        BgpSession,
        BgpAfi,
        OspfInstance,
        OspfInterface,
        IsisInterface,
        Route,
        RoutingProcess,
    ),
    privileged=True,
    aliases=(*also("show running-config"), "cat /etc/frr/frr.conf"),
)
def running_config(output: str) -> Read:
    if not output.strip():
        return
    if not _FRR.search(output):
        raise NotUnderstood("not an FRR configuration")
    found = Configuration()
    for line in output.splitlines():
        found.take(line)
    facts = list(found.facts())
    yield from facts or [EMPTY]


class Configuration:
    """The blocks of a configuration, filled line by line."""

    def __init__(self) -> None:
        self._bgp: dict[str, BgpBlock] = {}
        self._ospf = OspfBlocks()
        self._isis = IsisBlocks()
        self._routes: dict[tuple[str, str], Route] = {}
        self._block: Callable[[Words], None] = self._nothing

    def take(self, line: str) -> None:
        """Reads one line: flush left it opens a block or stands alone, indented it is of the open block."""
        words = clean(line).split()[:_MAX_WORDS]
        if not words or words[0].startswith("!"):
            return
        if line[0].isspace():
            self._block(words)
        else:
            self._block = self._open(words)

    def facts(self) -> Read:
        for block in self._bgp.values():
            yield from block.facts()
        yield from self._ospf.facts()
        yield from self._isis.facts()
        yield from self._routes.values()

    def _open(self, words: Words) -> Callable[[Words], None]:
        match words:
            case ["router", "bgp", local_as, *rest]:
                vrf = _vrf(rest)
                return self._bgp.setdefault(vrf, BgpBlock(vrf, count(local_as))).take
            case ["router", "ospf", *rest]:
                return self._ospf.process(_vrf(rest))
            case ["interface", name, *rest]:
                takers = (self._ospf.interface(name, _vrf(rest)), self._isis.interface(name, _vrf(rest)))
                return partial(_all, takers)
            case ["vrf", name, *_]:
                return lambda inner: self._route(name, inner)
            case ["ip" | "ipv6", "route", *_]:
                self._route("default", words)
        return self._nothing

    def _route(self, vrf: str, words: Words) -> None:
        """A static route into nothing: to Null0, blackhole or reject."""
        match words:
            case ["ip" | "ipv6", "route", prefix, *rest] if _is_prefix(prefix):
                if any(word.lower() in _DISCARD for word in rest[:3]):
                    place = _vrf(rest) if "vrf" in rest else vrf
                    route = Route(vrf=place, prefix=prefix, protocol="static", discard=True)
                    self._routes[place, prefix] = route

    def _nothing(self, words: Words) -> None:
        """Lines of blocks that tell nothing here."""


def _all(takers: Iterable[Callable[[Words], None]], words: Words) -> None:
    for take in takers:
        take(words)


def _vrf(words: Words) -> str:
    """The VRF that a line names behind `vrf`."""
    return words[words.index("vrf") + 1] if "vrf" in words[:-1] else "default"


def _is_prefix(word: str) -> bool:
    try:
        ipaddress.ip_network(word)
    except ValueError:
        return False
    return True
