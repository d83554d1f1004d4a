"""The routing table, and what of it stands in the hardware."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from netdoctor.model.entities import DEFAULT_VRF
from netdoctor.model.events import Note
from netdoctor.model.facts import Fact, Route, TableUse
from netdoctor.platforms.base import EMPTY, NotUnderstood, command
from netdoctor.platforms.cisco_nxos.names import normalise_interface
from netdoctor.platforms.cisco_nxos.reading import (
    J,
    Object,
    Read,
    bounded,
    document,
    on_request,
    over,
    port,
    rows,
    said,
    says_none,
    structured,
    without_json,
)
from netdoctor.platforms.text import lines
from netdoctor.platforms.values import count, duration_s, flag

_PROTOCOLS = {"direct": "connected", "hmm": "hmm", "am": "am", "local": "local", "static": "static"}
_ALIASES = (
    "show ip route[ {prefix}][ longer-prefixes][ vrf {vrf}]",
    "show ip route vrf {vrf}[ {prefix}]",
    "show ip route {words*}",
    "show routing[ ip| ipv4][ unicast][ {prefix}][ vrf {vrf}]",
)
_ALIASES_6 = (
    "show ipv6 route[ {prefix}][ longer-prefixes][ vrf {vrf}]",
    "show ipv6 route vrf {vrf}[ {prefix}]",
    "show ipv6 route {words*}",
    "show routing ipv6[ unicast][ {prefix}][ vrf {vrf}]",
)


_TABLE = re.compile(r"IP(?:v6)? Rout(?:e|ing) Table for VRF \"(?P<vrf>[^\"]+)\"")
_SUMMARY = re.compile(r"Total number of (?P<what>routes|paths): *(?P<amount>\d+)")


@command(
    "show ip route summary vrf all",
    area="forwarding",
    gives=(TableUse,),
    arguments=on_request,
    aliases=(
        "show ip route summary[ vrf {vrf}]",
        "show ip route vrf {vrf} summary",
        "show ipv6 route summary[ vrf {vrf}]",
        "show ipv6 route vrf {vrf} summary",
        "show routing[ ip| ipv6][ unicast] summary[ vrf {vrf}]",
    ),
)
def summary(output: str, vrf: str = "") -> Read:
    """How many routes each VRF has."""
    name = DEFAULT_VRF
    nothing = True
    for line in lines(output):
        if table := _TABLE.search(line.text):
            name = table["vrf"]
        elif found := _SUMMARY.search(line.text):
            nothing = False
            yield TableUse(table=f"{found['what']} of VRF {name}", used_count=count(found["amount"]))
    if nothing and output.strip():
        raise NotUnderstood("no 'Total number of routes'")


def _protocol(client: str) -> str:
    """`ospf-UNDERLAY` as `ospf`, `direct` as `connected`."""
    word = client.strip().lower().split("-")[0]
    return _PROTOCOLS.get(word, word)


@command(
    "show ip route vrf all | json",
    area="forwarding",
    gives=(Route,),
    targets_only=True,
    timeout_s=60.0,
    aliases=tuple(alias + J for alias in _ALIASES),
)
@command(
    "show ipv6 route vrf all | json",
    area="forwarding",
    gives=(Route,),
    targets_only=True,
    timeout_s=60.0,
    aliases=tuple(alias + J for alias in _ALIASES_6),
)
def routes(output: str, vrf: str = "", prefix: str = "", words: str = "") -> Read:
    """Every route, with its paths together; a prefix of several protocols is several routes."""
    found = document(output)
    if output.strip():
        yield from bounded(over(rows(found, "vrf"), _vrf, found, "vrf"), "routes")


def _vrf(row: Object) -> Iterator[Fact | Note]:
    vrf = said(row.get("vrf-name-out")) or DEFAULT_VRF
    for family in rows(row, "addrf"):
        for entry in rows(family, "prefix"):
            yield from _entry(vrf, entry)


def _entry(vrf: str, entry: Object) -> Iterator[Route]:
    prefix = said(entry.get("ipprefix"))
    if not prefix:
        raise ValueError("a route without a prefix")
    attached = flag(entry.get("attached")) is True
    paths = [
        {
            "protocol": _protocol(said(path.get("clientname")) or ""),
            # On a network of its own, the device names itself.
            "next_hop": None if attached else said(path.get("ipnexthop")),
            "interface": port(path.get("ifname")),
            "distance": count(path.get("pref")),
            "metric": count(path.get("metric")),
            "age_s": duration_s(path.get("uptime")),
            "best": flag(path.get("ubest")) or flag(path.get("mbest")) or False,
        }
        for path in rows(entry, "path")
    ]
    yield from _by_protocol(vrf, prefix, paths)


def _by_protocol(vrf: str, prefix: str, paths: list[dict[str, Any]]) -> Iterator[Route]:
    """One route a protocol, by its best paths where it has any."""
    for protocol in dict.fromkeys(path["protocol"] for path in paths):
        own = [path for path in paths if path["protocol"] == protocol]
        best = [path for path in own if path["best"]]
        told = best or own
        hops = tuple(dict.fromkeys(path["next_hop"] for path in told if path["next_hop"]))
        outs = tuple(dict.fromkeys(path["interface"] for path in told if path["interface"]))
        yield Route(
            vrf=vrf,
            prefix=prefix,
            protocol=protocol,
            next_hops=hops or None,
            out_interfaces=outs or None,
            discard=True if any(name.lower() == "null0" for name in outs) else None,
            distance=told[0]["distance"],
            metric=told[0]["metric"],
            age_s=told[0]["age_s"],
            active=bool(best),
        )


_PREFIX = re.compile(r"^ *(?P<prefix>[0-9A-Fa-f][0-9A-Fa-f.:]*/\d{1,3}),? *(?:ubest/mbest|all-best)")
_PATH = re.compile(
    r"^ *(?P<best>\*{0,2})via (?:vrf \S+, )?(?P<hop>[^\s,]+?)(?:%(?P<in>[^\s,]+))?(?:, "
    r"(?P<interface>[A-Za-z][\w/.-]*\d[\w/.-]*))?, "
    r"\[(?P<distance>\d+)/(?P<metric>\d+)\], (?P<age>[^\s,]+), (?P<client>[\w.-]+)"
)


@command(
    "show ip route vrf all",
    area="forwarding",
    gives=(Route,),
    targets_only=True,
    timeout_s=60.0,
    arguments=without_json,
    aliases=(*_ALIASES, *_ALIASES_6),
)
def routes_in_text(output: str, vrf: str = "", prefix: str = "", words: str = "") -> Read:
    """The same in text, VRF by VRF."""
    if structured(output):
        yield from routes(output)
        return
    yield from bounded(_routes(output), "routes")


def _routes(output: str) -> Iterator[Fact | Note]:
    vrf, prefix, paths, well_formed, told = DEFAULT_VRF, "", list[dict[str, Any]](), False, False
    for line in lines(output):
        if found := _PATH.match(line.text):
            paths.append(_path(found))
            continue
        if not (table := _TABLE.search(line.text)) and not (entry := _PREFIX.match(line.text)):
            continue
        if prefix and paths:
            told = True
            yield from _by_protocol(vrf, prefix, paths)
        paths = []
        if table:
            vrf, prefix, well_formed = table["vrf"], "", True
        elif entry:
            prefix = entry["prefix"]
    if prefix and paths:
        told = True
        yield from _by_protocol(vrf, prefix, paths)
    if not told and (well_formed or says_none(output)):
        yield EMPTY


def _path(found: re.Match[str]) -> dict[str, Any]:
    hop = found["hop"]
    name = found["interface"]
    if hop.lower() == "null0":
        hop, name = "", "Null0"
    return {
        "protocol": _protocol(found["client"]),
        "next_hop": hop or None,
        "interface": normalise_interface(name) if name else None,
        "distance": count(found["distance"]),
        "metric": count(found["metric"]),
        "age_s": duration_s(found["age"]),
        "best": bool(found["best"]),
    }


_FORWARDING_VRF = re.compile(r"IPv[46] routes for table (?P<vrf>\S+?)/")
_FORWARDING = re.compile(
    r"^ *(?P<star>[*$])?(?P<prefix>[0-9A-Fa-f][0-9A-Fa-f.:]*/\d{1,3})? +"
    r"(?P<hop>[0-9A-Fa-f]+[.:][0-9A-Fa-f.:]*|Receive|Drop|Attached|Glean|Null0\S*)"
    r"(?: +(?P<interface>[A-Za-z][\w/.-]*))?"
)


@command(
    "show forwarding ipv4 route vrf all",
    area="forwarding",
    gives=(Route,),
    targets_only=True,
    arguments=on_request,
    aliases=(
        "show forwarding ipv4[ route][ {prefix}][ vrf {vrf}]",
        "show forwarding ipv6[ route][ {prefix}][ vrf {vrf}]",
        "show forwarding[ vrf {vrf}] ipv4 route[ {prefix}]",
    ),
)
def forwarding(output: str, vrf: str = "", prefix: str = "") -> Read:
    """What the forwarding chips hold; the protocol is not known there."""
    yield from bounded(_forwarding(output), "routes")


def _forwarding(output: str) -> Iterator[Fact | Note]:
    vrf, prefix, hops, well_formed = DEFAULT_VRF, "", list[tuple[str, str | None]](), False
    for line in lines(output):
        if table := _FORWARDING_VRF.search(line.text):
            well_formed = True
            yield from _programmed(vrf, prefix, hops)
            vrf, prefix, hops = table["vrf"], "", []
        elif found := _FORWARDING.match(line.text):
            if found["prefix"]:
                yield from _programmed(vrf, prefix, hops)
                prefix, hops = found["prefix"], []
            hops.append((found["hop"], found["interface"]))
    yield from _programmed(vrf, prefix, hops)
    if well_formed and not prefix:
        yield EMPTY


def _programmed(vrf: str, prefix: str, hops: list[tuple[str, str | None]]) -> Iterator[Route]:
    if not prefix or not hops:
        return
    outs = tuple(dict.fromkeys(normalise_interface(name) for _, name in hops if name))
    yield Route(
        vrf=vrf,
        prefix=prefix,
        protocol="fib",
        next_hops=tuple(dict.fromkeys(hop for hop, _ in hops if hop[0].isdigit() or ":" in hop)) or None,
        out_interfaces=outs or None,
        discard=True if hops[0][0] == "Drop" else None,
        programmed=True,
    )
