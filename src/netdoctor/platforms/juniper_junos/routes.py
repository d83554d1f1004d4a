"""Routes: the routing tables, and the BGP paths in them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from netdoctor.model.entities import DEFAULT_VRF
from netdoctor.model.events import Note
from netdoctor.model.facts import BgpAfi, BgpRoute, Fact, Route
from netdoctor.platforms.base import NotUnderstood
from netdoctor.platforms.juniper_junos.naming import table_of
from netdoctor.platforms.juniper_junos.reading import (
    NO_ROUTING,
    Node,
    Read,
    each,
    leaf,
    leaves,
    nodes,
    or_empty,
    query,
    roots,
    seconds,
    sections,
    told,
    tree,
)
from netdoctor.platforms.juniper_junos.routes_text import tables_in
from netdoctor.platforms.values import count, duration_s, is_ip, number

_LIMIT = 20_000
_PROTOCOLS = {"direct": "connected", "ospf3": "ospf", "is-is": "isis", "access-internal": "access"}
_DISCARDS = {"discard", "reject", "dscd", "rjct", "bcst"}
_FAMILIES = {"IPV4_UNICAST", "IPV6_UNICAST"}
_SENT_MOST = 5000
"""To a neighbour that is sent more, nobody asks what."""


def _small_peer(facts: Sequence[Fact]) -> list[dict[str, str]]:
    """The neighbour that is sent most of those that are not sent a full table."""
    sent = [
        (count_, one.peer)
        for one in facts
        if isinstance(one, BgpAfi) and (count_ := one.prefixes_sent_count or 0) <= _SENT_MOST
        if one.vrf == DEFAULT_VRF and count_
    ]
    return [{"peer": max(sent)[1]}] if sent else []


@query(
    "show route advertising-protocol bgp {peer}",
    also=("show route advertising-protocol bgp {peer} {rest*}",),
    area="bgp",
    gives=(BgpRoute,),
    arguments=_small_peer,
    timeout_s=30.0,
)
def advertised(output: str, peer: str = "") -> Read:
    """Which of the routes that a neighbour is sent begin here: those whose AS path is empty.

    Junos has no table of BGP's own, only routes of all protocols that its policies export.
    """
    found = tree(output)
    if found is None:
        rows: list[tuple[str, str | None]] = [*_sent_text(output)]
        known = _SENT_HEADER.search(output) is not None or re.match(NO_ROUTING, output) is not None
    else:
        tables = [
            table for _, root in roots(found, "route-information") for table in nodes(root, "route-table")
        ]
        rows = [row for table in tables if _main(table) for row in _sent(table)]
        known = bool(roots(found, "route-information"))
    yield from or_empty(
        (BgpRoute(prefix=prefix, locally_originated=not _as_path(path)) for prefix, path in rows), known
    )


_SENT_HEADER = re.compile(r"^[ \t]*Prefix +Nexthop +MED +Lclpref +(?=AS path)[^\n]*", re.MULTILINE)
_SENT = re.compile(r"^[* ] (?P<prefix>[\da-fA-F.:]+/\d+)\s[^\n]*", re.MULTILINE)


def _sent_text(output: str) -> Iterator[tuple[str, str]]:
    """Prefix and AS path, which stands under its title; a long prefix has a line of its own."""
    for header, body in sections(output, _SENT_HEADER):
        column = header[0].index("AS path")
        for row, rest in sections(body, _SENT):
            line = row[0] if len(row[0].rstrip()) > column else rest.strip("\n").partition("\n")[0]
            yield row["prefix"], line[column:].strip()


def _main(table: Node) -> bool:
    return table_of(leaf(table, "table-name") or "inet.0") in {(DEFAULT_VRF, one) for one in _FAMILIES}


def _sent(table: Node) -> Iterator[tuple[str, str | None]]:
    for entry in nodes(table, "rt"):
        prefix = leaf(entry, "rt-destination")
        length = leaf(entry, "rt-prefix-length")
        if prefix:
            full = f"{prefix}/{length}" if length and "/" not in prefix else prefix
            yield full, leaf(next(iter(nodes(entry, "rt-entry")), {}), "as-path")


@query(
    "show route active-path",
    also=("show route", "show route {rest*}", "get-route-information[ {rest*}]"),
    area="forwarding",
    gives=(Route, BgpRoute),
    timeout_s=30.0,
)
def routes(output: str) -> Read:
    """The routes of IP of every instance, one a protocol; of BGP the best path and how many there are."""
    found = tree(output)
    if found is None:
        tables: Iterable[Node] = tables_in(output)
        known = re.search(rf"^\s*[\w.:-]+: \d+ destinations|{NO_ROUTING}", output, re.M) is not None
    else:
        known_roots = roots(found, "route-information")
        if not known_roots:
            raise NotUnderstood("no 'route-information'")
        tables = [table for _, root in known_roots for table in nodes(root, "route-table")]
        known = True
    yield from or_empty(_bounded(each(tables, _table)), known)


def _bounded(found: Iterator[Fact | Note]) -> Iterator[Fact | Note]:
    yield from itertools.islice(found, _LIMIT)
    if next(found, None) is not None:
        yield Note(text=f"more than {_LIMIT} routes: the rest was not read")


def _table(table: Node) -> Iterator[Fact | Note]:
    vrf, family = table_of(leaf(table, "table-name") or "inet.0")
    if family in _FAMILIES:
        yield from each(nodes(table, "rt"), lambda entry: _route(vrf, entry))


def _route(vrf: str, entry: Node) -> Iterator[Fact]:
    prefix = leaf(entry, "rt-destination")
    if not prefix:
        raise ValueError("a route without a destination")
    length = leaf(entry, "rt-prefix-length")
    if length and "/" not in prefix:
        prefix = f"{prefix}/{length}"
    seen: set[str] = set()
    paths = sorted(nodes(entry, "rt-entry"), key=lambda path: not _is_active(path))
    for path in paths:
        protocol = _protocol(leaf(path, "protocol-name") or "")
        if protocol not in seen:
            seen.add(protocol)
            yield _of_path(vrf, prefix, protocol, path)
    learned = [path for path in paths if _protocol(leaf(path, "protocol-name") or "") == "bgp"]
    if learned and any("as-path" in path for path in learned):
        yield _bgp_route(vrf, prefix, learned)


def _is_active(path: Node) -> bool:
    return (leaf(path, "active-tag") or "") in {"*", "+"} or told(path, "current-active")


def _protocol(said: str) -> str:
    word = said.lower()
    return _PROTOCOLS.get(word, word) or "other"


def _of_path(vrf: str, prefix: str, protocol: str, path: Node) -> Route:
    hops = nodes(path, "nh")
    gateways = [said for one in hops for said in leaves(one, "to") if is_ip(said)]
    interfaces = [
        said for one in hops for name in ("via", "nh-local-interface") for said in leaves(one, name)
    ]
    age_s = seconds(path, "age")
    kind = (leaf(path, "nh-type") or "").lower()
    return Route(
        vrf=vrf,
        prefix=prefix,
        protocol=protocol,
        next_hops=tuple(dict.fromkeys(gateways)),
        out_interfaces=tuple(dict.fromkeys(interfaces)),
        discard=kind in _DISCARDS,
        distance=count(leaf(path, "preference")),
        metric=count(leaf(path, "metric") or leaf(path, "med")),
        age_s=_age(leaf(path, "age")) if age_s is None else age_s,
        active=_is_active(path),
    )


def _age(said: str | None) -> float | None:
    """`3w2d 4:05:06`, or seconds alone in the first minute."""
    return number(said) if said and said.strip().isdigit() else duration_s(said)


def _bgp_route(vrf: str, prefix: str, paths: list[Node]) -> BgpRoute:
    best = paths[0]
    hops = [said for one in nodes(best, "nh") for said in leaves(one, "to")]
    gateway = leaf(best, "gateway") or leaf(best, "protocol-nh", "to")
    states: dict[str, Any] = (
        {"valid": False} if "unusable" in (leaf(best, "inactive-reason") or "").lower() else {}
    )
    return BgpRoute(
        vrf=vrf,
        prefix=prefix,
        best=_is_active(best),
        paths_count=len(paths),
        next_hops=tuple(dict.fromkeys(hops or ([gateway] if gateway else []))) or None,
        as_path=_as_path(leaf(best, "as-path")),
        communities=tuple(leaves(next(iter(nodes(best, "communities")), {}), "community")) or None,
        **states,
    )


def _as_path(said: str | None) -> str | None:
    """`AS path: 64496 64497 I` without its name and its origin."""
    if said is None:
        return None
    words = _REMARK.sub(" ", said.replace("AS path:", " ").split("\n")[0].partition(",")[0]).split()
    return " ".join(word for word in words if word not in {"I", "E", "?", "Recorded"})


_REMARK = re.compile(r"\([A-Z][A-Za-z -]{0,40}\)")
"""`(Originator)`; in brackets of the same kind stand the numbers of a confederation."""
