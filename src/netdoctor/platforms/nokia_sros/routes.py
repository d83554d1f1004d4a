"""The routing table and the forwarding table."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from typing import Final

from netdoctor.model.events import Note
from netdoctor.model.facts import Fact, Route
from netdoctor.platforms.base import command
from netdoctor.platforms.nokia_sros.reading import Read, titled, unless_none
from netdoctor.platforms.nokia_sros.route_summary import when_small
from netdoctor.platforms.values import clean, count, duration_s, is_ip

_LIMIT: Final = 20_000
_ROUTE = re.compile(
    r"^(?P<prefix>[0-9A-Fa-f:.]+/\d{1,3})(?P<flags>(?: ?\[[\w ]*\])?)\*?(?:[ ]*\n)? +(?P<type>Local|"
    r"Remote|Blackh\S*|\S+) +"
    r"(?P<proto>[A-Z]\S*(?: VPN| Label| Leak| Mgmt)?) +(?P<age>(?:\d+[a-z])+|\d\S*) +(?P<pref>\d+) *"
    r"(?P<hops>(?:\n {3,}\S.*)*)",
    re.M,
)
_HOP = re.compile(r"^ {3,}(?P<hop>\S.*?)(?: {2,}(?P<metric>\d+|-))? *$", re.M)
_PROTOCOLS: Final = {
    "local": "connected", "host": "local", "bgp vpn": "bgp", "bgp": "bgp", "isis": "isis", "ospf": "ospf",
    "ospf3": "ospf", "static": "static", "aggr": "aggregate", "blackh*": "static", "arp-nd": "arp",
    "bgp-labl": "bgp", "bgp_labe*": "bgp", "bgp vpn*": "bgp", "rip": "rip", "evpn-if*": "evpn",
    "evpn-ifl": "evpn",
    "bgp_label": "bgp", "ldp": "ldp", "periodic": "periodic", "bgp-vpn": "bgp", "bgp-label": "bgp",
    "bgp_vpn": "bgp",
    "evpn-iff": "evpn", "evpn-ifl-host": "evpn", "ospfv3": "ospf", "direct": "connected",
    "dhcp-client": "dhcp", "dhcp-clnt": "dhcp",
}  # fmt: skip


def protocol(word: str) -> str:
    """SR OS's word for where a route is from, in common words: `Local` routes are the connected ones."""
    found = " ".join(word.lower().split())
    return _PROTOCOLS.get(found) or _PROTOCOLS.get(found.rstrip("*")) or found.rstrip("*")


@command('show router "management" route-table', area="forwarding", gives=(Route,))
def management(output: str) -> Read:
    """The routes out of band."""
    yield from unless_none(output, _table(output, "management"))


@command("show router route-table", area="forwarding", gives=(Route,), arguments=when_small)
@command(
    "show router route-table {prefix}",
    area="forwarding",
    gives=(Route,),
    arguments=lambda facts: (),
    aliases=(
        "show router[ {router}] route-table[ {which*}]",
        'show router "{router}" route-table[ {which*}]',
    ),
)
def routes(output: str, router: str = "", which: str = "", prefix: str = "") -> Read:
    """Every route, with all its next hops; of `extensive` too. What stands in the table is active."""
    found = (
        _extensive(output, router)
        if "\nDest Prefix           :" in output or "Dest Prefix  " in output
        else _table(output, router)
    )
    yield from unless_none(output, itertools.islice(found, _LIMIT))
    if next(found, None) is not None:
        yield Note(text=f"more than {_LIMIT} routes: the rest was not read")


def _table(output: str, router: str) -> Iterator[Fact | Note]:
    """A prefix stands again for each of its next hops: they become one route."""
    for _, vrf, text in titled(output, router):
        rows: dict[tuple[str, str], list[re.Match[str]]] = {}
        for found in itertools.islice(_ROUTE.finditer(text), _LIMIT):
            rows.setdefault((found["prefix"], protocol(found["proto"])), []).append(found)
        for (prefix, source), same in rows.items():
            yield _route(vrf, prefix, source, same)


def _route(vrf: str, prefix: str, source: str, same: list[re.Match[str]]) -> Route:
    hops = [hop for row in same for hop in _HOP.finditer(row["hops"])]
    words = [clean(hop["hop"]).strip() for hop in hops]
    metric = next((hop["metric"] for hop in hops if hop["metric"]), None)
    ways = [_way(word) for word in words]
    return Route(
        vrf=vrf,
        prefix=prefix,
        protocol=source,
        next_hops=_distinct(address for address, _ in ways),
        out_interfaces=_distinct(name for _, name in ways),
        discard=True if any(map(_is_drop, words)) or same[0]["type"].startswith("Blackh") else None,
        distance=count(same[0]["pref"]),
        metric=count(metric),
        age_s=duration_s(same[0]["age"]),
        active=True,
    )


_ON_LINK = re.compile(r'(?P<address>[0-9A-Fa-f:.]+)-"(?P<name>[^"]+)"?')
_LEAKED = re.compile(r"Local VRF \[[^:\]]*:(?P<name>[^\]]+)\]")


def _way(hop: str) -> tuple[str | None, str | None]:
    """The address and the interface that a next hop names.

    `192.0.2.1 (tunneled:RSVP:1)`, `fe80::1-"to-pe2"`, `to-pe2`, `Local VRF [100:to-pe2]`.
    """
    if found := _ON_LINK.match(hop) or _LEAKED.match(hop):
        return found.groupdict().get("address"), found["name"].rstrip("*")
    word = hop.split(" ")[0]
    if is_ip(word.partition("%")[0]):
        return word, None
    return None, None if _is_drop(hop) else hop.split(" (")[0].rstrip("*")


def _distinct(words: Iterable[str | None]) -> tuple[str, ...] | None:
    return tuple(dict.fromkeys(word for word in words if word)) or None


def _is_drop(name: str) -> bool:
    return name.lower().startswith(("black hole", "blackhole"))


_DEST = re.compile(r"^Dest Prefix *: (?P<prefix>\S+)", re.M)


def _extensive(output: str, router: str) -> Iterator[Fact | Note]:
    """`show router route-table PREFIX extensive`: a block a route, its next hops indented."""
    for _, vrf, text in titled(output, router):
        heads = list(_DEST.finditer(text))
        for head, following in zip(heads, [*heads[1:], None], strict=False):
            part = text[head.start() : following.start() if following else len(text)]
            hops = re.findall(r"^ *(?:Next-Hop|Next Hop|Indirect Next-Hop) *: (\S+)", part, re.M)
            through = re.findall(r"^ *Interface *: (\S.*?) *$", part, re.M)
            source = re.search(r"\bProtocol *: (\S.*?)(?: {2,}|$)", part, re.M)
            value = {name: re.search(rf"\b{name} *: (\S+)", part) for name in ("Age", "Preference", "Metric")}
            yield Route(
                vrf=vrf,
                prefix=head["prefix"],
                protocol=protocol(source[1]) if source else "unknown",
                next_hops=tuple(dict.fromkeys(hop for hop in hops if is_ip(hop))) or None,
                out_interfaces=tuple(dict.fromkeys(map(clean, through))) or None,
                distance=count(value["Preference"][1]) if value["Preference"] else None,
                metric=count(value["Metric"][1]) if value["Metric"] else None,
                age_s=duration_s(value["Age"][1]) if value["Age"] else None,
                active=True,
            )


_FIB = re.compile(
    r"^(?P<prefix>[0-9A-Fa-f:.]+/\d{1,3})(?P<flags>(?: ?\[[\w ]*\])?) +(?P<proto>[A-Z]\S*(?: VPN)?) *(?"
    r"P<hops>(?:\n {2,}\S.*)*)",
    re.M,
)
_TUNNEL: Final = re.compile(r"\b(?:Label|Transport):")


@command(
    "show router fib 1 {prefix}",
    area="forwarding",
    gives=(Route,),
    arguments=lambda facts: (),
    aliases=("show router[ {router}] fib {slot}[ {which*}]", 'show router "{router}" fib {slot}[ {which*}]'),
)
def fib(output: str, router: str = "", slot: str = "", which: str = "", prefix: str = "") -> Read:
    """What a line card forwards by: every entry is programmed."""
    yield from unless_none(output, _fib(output, router))


def _fib(output: str, router: str) -> Iterator[Fact | Note]:
    """In parentheses stands the interface, or the tunnel with its labels."""
    for _, vrf, text in titled(output, router):
        for found in itertools.islice(_FIB.finditer(text), _LIMIT):
            hops = [clean(hop).strip() for hop in found["hops"].splitlines() if hop.strip()]
            ways = [re.fullmatch(r"(\S+) \((.+)\)", hop) for hop in hops]
            addresses = [way[1] for way in ways if way and is_ip(way[1])]
            yield Route(
                vrf=vrf,
                prefix=found["prefix"],
                protocol=protocol(found["proto"]),
                next_hops=tuple(dict.fromkeys(addresses)) or None,
                out_interfaces=_distinct(way[2] for way in ways if way and not _TUNNEL.search(way[2])),
                discard=True if any(map(_is_drop, hops)) else None,
                programmed=True,
            )
