"""The BGP table, as EOS prints it in words."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any

from netdoctor.model.entities import DEFAULT_VRF
from netdoctor.model.facts import BgpRoute
from netdoctor.platforms.arista_eos.reading import Read, bounded, on_request
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.text import lines
from netdoctor.platforms.values import is_ip

_VRF = re.compile(r"BGP routing table information for VRF (\S+)")
_PREFIX = r"(?P<prefix>[0-9a-fA-F]*[.:][0-9a-fA-F.:]*/\d{1,3})"
_NEXT_HOP = r"(?P<hop>-|[0-9a-fA-F]*[.:][0-9a-fA-F.:]*(?:%\S{1,32})?)"
_PATH = re.compile(
    rf"^ {{0,8}}(?P<marks>[*>#sEeScbL ]{{0,8}}?) {{0,12}}(?:{_PREFIX})? {{1,60}}{_NEXT_HOP} +(?P<words>\S.*)$"
)
_WRAPPED = re.compile(rf"^ {{0,8}}(?P<marks>[*>#sEeScbL ]{{0,8}}?) {{0,12}}{_PREFIX}$")
_ORIGINS = frozenset("ie?")


@command(
    "show ip bgp",
    area="bgp",
    gives=(BgpRoute,),
    arguments=on_request,
    aliases=("show [ip|ipv6] bgp[ vrf {vrf}]",),
)
def table(output: str) -> Read:
    """Every prefix that BGP knows. The path that EOS marks `>` is the best; a mark `*` is a usable one."""
    yield from bounded(_routes(_paths(output)), "BGP prefixes")
    if "Route status codes" in output:
        yield EMPTY


def _paths(output: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """VRF, prefix and path; a path without a prefix is another one of the prefix above it."""
    vrf, prefix, marks, columns = DEFAULT_VRF, "", "", 3
    for line in lines(output):
        if named := _VRF.search(line.text):
            vrf, prefix = named[1], ""
        elif line.text.endswith("Path") and "Next Hop" in line.text:
            columns = len(line.text.partition("Next Hop")[2].split()) - 1
        elif wrapped := _WRAPPED.match(line.text):
            prefix, marks = wrapped["prefix"], wrapped["marks"]
        elif found := _PATH.match(line.text):
            said = found["marks"].strip() or ("" if found["prefix"] else marks)
            prefix, marks = found["prefix"] or prefix, ""
            if prefix:
                yield vrf, prefix, _path(said, found["hop"], _as_path(found["words"].split()[columns:]))


def _as_path(words: list[str]) -> str:
    """The AS path, which ends at its origin code; attributes may follow it."""
    return " ".join(itertools.takewhile(lambda word: word not in _ORIGINS, words))


def _path(marks: str, hop: str, as_path: str) -> dict[str, Any]:
    return {
        "valid": "*" in marks,
        "best": ">" in marks,
        "hop": hop if is_ip(hop) else None,
        "as_path": as_path.strip() or None,
    }


_ENTRY = re.compile(rf"^\s*BGP routing table entry for (?:{_PREFIX}|(?P<host>\S+))")
_FROM = re.compile(rf"^\s*{_NEXT_HOP} (?:\(metric \d+\) )?from (?P<peer>\S+) \(")
_LOCAL_HOP = re.compile(r"^\s*(?P<hop>-) from - \(")
_WORDS = re.compile(r"^\s*Origin \S+,.*?(?P<said>(?:valid|invalid|inactive).*)$")
_COMMUNITY = re.compile(r"^\s*Community: (?P<said>.+)$")
_AS_PATH = re.compile(
    r"^ {1,3}(?P<path>Local|\d[\d. {},]*|\([\d ]+\)[\d ]*)(?: \([A-Za-z].*\)|, \(.*\))?\s*$"
)


@command(
    "show ip bgp detail",
    area="bgp",
    gives=(BgpRoute,),
    arguments=on_request,
    aliases=("show [ip|ipv6] bgp[ vrf {vrf}] detail", "show [ip|ipv6] bgp {prefix}[ vrf {vrf}]"),
)
def detail(output: str) -> Read:
    """The same with every path in full."""
    yield from bounded(_routes(_full_paths(output)), "BGP prefixes")


def _full_paths(output: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    vrf, prefix, as_path = DEFAULT_VRF, "", None
    path: dict[str, Any] = {}
    for line in lines(output):
        named, entry = _VRF.search(line.text), _ENTRY.match(line.text)
        found = _FROM.match(line.text) or _LOCAL_HOP.match(line.text)
        if path and (named or entry or found):
            yield vrf, prefix, path
            path = {}
        if named:
            vrf = named[1]
        elif entry:
            prefix, as_path = entry["prefix"] or _host(entry["host"]), None
        elif found:
            path = _path("", found["hop"], as_path or "")
        elif told := _AS_PATH.match(line.text):
            as_path = None if told["path"] == "Local" else told["path"].strip()
        elif path:
            _attributes(path, line.text)
    if path:
        yield vrf, prefix, path


def _attributes(path: dict[str, Any], line: str) -> None:
    if words := _WORDS.match(line):
        said = words["said"].replace(" ", "").split(",")
        path.update(valid="valid" in said, best="best" in said)
    elif (community := _COMMUNITY.match(line)) and "communities" not in path:
        path["communities"] = tuple(community["said"].split())


def _host(word: str) -> str:
    return f"{word}/{128 if ':' in word else 32}" if is_ip(word) else word


def _routes(paths: Iterator[tuple[str, str, dict[str, Any]]]) -> Iterator[BgpRoute]:
    """One fact a prefix out of all its paths, in the order in which they stand."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for vrf, prefix, path in paths:
        found.setdefault((vrf, prefix), []).append(path)
    for (vrf, prefix), several in found.items():
        shown = next((path for path in several if path["best"]), several[0])
        yield BgpRoute(
            vrf=vrf,
            prefix=prefix,
            locally_originated=shown["hop"] is None,
            valid=any(path["valid"] for path in several),
            best=shown["best"],
            paths_count=len(several),
            next_hops=(shown["hop"],) if shown["hop"] else (),
            as_path=shown["as_path"],
            communities=shown.get("communities"),
        )
