"""The routing table, one route in full, and what the forwarding table has of it (CEF)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from netdoctor.model.entities import DEFAULT_VRF
from netdoctor.model.events import Note
from netdoctor.model.facts import Fact, Route, TableUse
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_xr.dialect import normalise_interface
from netdoctor.platforms.cisco_xr.reading import found_in, none_said, on_request, said
from netdoctor.platforms.text import Block, Read, blocks, each, first, lines
from netdoctor.platforms.values import count, duration_s, is_ip

_VRF = re.compile(r"^ *VRF: *(?P<vrf>\S+)")
_FAMILY = re.compile(r"^ *(?P<family>IPv[46] \w+): *$")
_SOURCE = re.compile(
    r"^ *(?P<source>[A-Za-z][\w ./-]*?) +(?P<routes>\d+) +(?P<backup>\d+) +(?P<deleted>\d+) +\d+ *$"
)


@command(
    "show route summary",
    area="forwarding",
    gives=(TableUse,),
    arguments=on_request,
    aliases=(
        "show route vrf {vrf} summary",
        "show route[ vrf {vrf}] {afi} {safi} summary",
        "show route[ vrf {vrf}] {afi} summary",
    ),
)
def summary(output: str, vrf: str = "") -> Read:
    """How many routes each source has; how many there may be is not said."""
    here = DEFAULT_VRF if vrf in {"", "all"} else vrf
    family, nothing = "IPv4 Unicast", True
    for line in lines(said(output)):
        if head := _FAMILY.match(line.text):
            family = head["family"]
        elif name := _VRF.match(line.text):
            here = name["vrf"]
        elif found := _SOURCE.match(line.text):
            nothing = False
            yield TableUse(
                table=f"rib {here} {family} {found['source'].strip()}", used_count=count(found["routes"])
            )
    if nothing and none_said(output):
        yield EMPTY


_CODES = {
    "C": "connected",
    "L": "local",
    "S": "static",
    "U": "static",
    "B": "bgp",
    "O": "ospf",
    "i": "isis",
    "R": "rip",
    "D": "eigrp",
    "E": "egp",
    "A": "access",
    "a": "application",
    "M": "mobile",
    "r": "rpl",
    "t": "traffic_engineering",
    "l": "lisp",
    "o": "odr",
    "G": "dagr",
}
_ROUTE = re.compile(
    r"^(?P<code>[A-Za-z])(?P<kind>\*?(?: ?(?:E[12]|N[12]|IA|L[12]|ia|su|EX))?\*?)(?: ?\([>!]\))?\*?"
    r" +(?P<prefix>[0-9A-Fa-f:.]+/\d+)(?P<rest>.*)$"
)
_CONTINUES = re.compile(
    r"^ +(?:\[\d+/\d+\] (?:via|is)|is directly|via |is variably|(?:\d+:\d\d:\d\d|\d+[ywd]\w*), [A-Za-z])"
)
_LEGEND = re.compile(r"^Codes:|Gateway of last resort", re.M)
_LIMIT = 20_000


@dataclass
class _Entry:
    vrf: str
    prefix: str
    protocol: str
    paths: list[str] = field(default_factory=list)


@command("show route ipv6", area="forwarding", gives=(Route,), timeout_s=40.0, targets_only=True)
@command("show route vrf all", area="forwarding", gives=(Route,), timeout_s=40.0, targets_only=True)
@command(
    "show route",
    area="forwarding",
    gives=(Route,),
    timeout_s=40.0,
    targets_only=True,
    aliases=(
        "show ip route",
        "show route vrf {vrf}",
        "show route[ vrf {vrf}] {afi}",
        "show route[ vrf {vrf}] {afi} {safi}",
        "show route[ vrf {vrf}] {prefix}",
        "show route[ vrf {vrf}] {afi} {prefix}",
        "show route[ vrf {vrf}] {afi} unicast {prefix}[ detail]",
        "show route[ vrf {vrf}] {prefix} detail",
        "show ip route[ vrf {vrf}][ {prefix}]",
        "show route[ vrf {vrf}] {afi} unicast {protocol}",
        "show route[ vrf {vrf}] next-hop {hop}",
        "show route[ vrf {vrf}] {afi} next-hop {hop}",
        "show route[ vrf {vrf}] {prefix} longer-prefixes",
    ),
)
def routes(output: str, vrf: str = "") -> Read:
    """Active routes; an answer about one prefix is told in full."""
    here = DEFAULT_VRF if vrf in {"", "all"} else vrf
    found = _detailed(output, here) if _DETAIL.search(output) else map(_route, _entries(output, here))
    yield from _bounded(found_in(iter(found), output))
    if not _DETAIL.search(output) and _LEGEND.search(output) and not _has_route(output):
        yield EMPTY


def _has_route(output: str) -> bool:
    return any(_ROUTE.match(line) for line in output.splitlines())


def _bounded(found: Iterator[Fact | Note]) -> Iterator[Fact | Note]:
    yield from itertools.islice(found, _LIMIT)
    if next(found, None) is not None:
        yield Note(text=f"more than {_LIMIT} routes: the rest was not read")


def _entries(output: str, vrf: str) -> Iterator[_Entry]:
    entry: _Entry | None = None
    for line in lines(said(output)):
        if found := _ROUTE.match(line.text):
            if entry:
                yield entry
            entry = _Entry(vrf, found["prefix"], _CODES.get(found["code"], found["code"]), [found["rest"]])
        elif entry and _CONTINUES.match(line.text):
            entry.paths.append(line.text)
        elif head := _VRF.match(line.text):
            vrf = head["vrf"]
    if entry:
        yield entry


def _route(entry: _Entry) -> Route:
    """A path marked `(!)` only stands by for fast reroute."""
    hops, interfaces, ages = list[str](), list[str](), list[float]()
    distance = metric = None
    used = [path for path in entry.paths if not path.rstrip().endswith("(!)")]
    for path in used or entry.paths:
        if found := re.search(r"\[(\d+)/(\d+)\]", path):
            distance, metric = count(found[1]), count(found[2])
        if (hop := re.search(r"via ([0-9A-Fa-f:.]+)", path)) and is_ip(hop[1]):
            hops.append(hop[1])
        if via := re.search(r"(?:^|[, ])((?:[A-Z][A-Za-z-]+|tunnel-\w+)\d[\w/.]*)(?:\s|$)", path):
            interfaces.append(normalise_interface(via[1]))
        if (
            age := re.search(r"(?:^ *|, )((?:\d+:\d\d:\d\d|\d+[ywd]\d*[wdh]?\w*))(?:,|\s|$)", path)
        ) is not None:
            ages.append(duration_s(age[1]) or 0.0)
    return Route(
        vrf=entry.vrf,
        prefix=entry.prefix,
        protocol=entry.protocol,
        next_hops=tuple(dict.fromkeys(hops)) or None,
        out_interfaces=tuple(dict.fromkeys(interfaces)) or None,
        discard="Null0" in interfaces,
        distance=distance,
        metric=metric,
        age_s=min(ages) if ages else None,
        active=True,
    )


_DETAIL = re.compile(r"^ *Routing entry for (?P<prefix>\S+)", re.M)
_KNOWN = re.compile(r'Known via "(?P<protocol>[^"]+)", distance (?P<distance>\d+), metric (?P<metric>\d+)')
_INSTALLED = re.compile(r"^ *Installed .* for (\S+)", re.M)
_PATH = re.compile(
    r"^ {4,}(?P<hop>[0-9A-Fa-f:.]+)?,? ?(?P<way>directly connected, )?(?:from [0-9A-Fa-f:.]+)?(?:,"
    r" )?(?:via (?P<interface>[A-Za-z][\w/.-]*\d))?(?P<backup>[^\n]*\bBackup\b)?",
    re.M,
)


def _detailed(output: str, vrf: str) -> Iterator[Fact | Note]:
    whole = said(output)
    starts = [(0, vrf)] + [(found.start(), found[1]) for found in re.finditer(r"^ *VRF: *(\S+)", whole, re.M)]
    for (start, name), end in zip(starts, [*(start for start, _ in starts[1:]), len(whole)], strict=True):
        part = "\n" * whole.count("\n", 0, start) + whole[start:end]
        yield from each(blocks(part, _DETAIL), partial(_full, vrf=name))


def _full(block: Block, vrf: str) -> Read:
    known = _KNOWN.search(block.text)
    if not known:
        raise ValueError("a route without a protocol")
    paths = [path for path in _PATH.finditer(block.text) if path["hop"] or path["way"] or path["interface"]]
    paths = [path for path in paths if not path["backup"]] or paths
    hops = [path["hop"] for path in paths if path["hop"] and is_ip(path["hop"])]
    interfaces = [normalise_interface(path["interface"]) for path in paths if path["interface"]]
    yield Route(
        vrf=vrf,
        prefix=block.head["prefix"].rstrip(","),
        protocol=known["protocol"].split()[0],
        next_hops=tuple(dict.fromkeys(hops)) or None,
        out_interfaces=tuple(dict.fromkeys(interfaces)) or None,
        discard="Null0" in interfaces,
        distance=count(known["distance"]),
        metric=count(known["metric"]),
        age_s=duration_s(first(_INSTALLED, block.text)),
        active=True,
    )


_CEF = re.compile(r"^ *(?P<prefix>[0-9A-Fa-f:.]+/\d+), version \d+", re.M)
_VIA = re.compile(r"^ *via (?P<hop>[0-9A-Fa-f:.]+)(?:/\d+)?(?:, (?P<interface>[A-Z][\w/.-]*\d))?,", re.M)
_HASH = re.compile(r"^ *\d+ +(?P<ok>[YN]) +(?P<interface>[A-Za-z][\w/.-]*\d) +\S+", re.M)
_DROP = re.compile(r"\bdrop adjacency\b|\bnull adjacency\b|^ *\d+ +Y +\S+ +drop\b|^ *unresolved\b", re.M)


@command(
    "show cef {prefix} detail",
    area="forwarding",
    gives=(Route,),
    arguments=on_request,
    aliases=(
        "show cef {prefix}",
        "show cef {afi} {prefix}[ detail]",
        "show cef vrf {vrf} {prefix}[ detail]",
        "show cef vrf {vrf} {afi} {prefix}[ detail]",
        "show cef[ vrf {vrf}] {afi} {prefix} detail location {location}",
    ),
)
def cef(output: str, vrf: str = "") -> Read:
    """What is programmed: a prefix that is dropped or not resolved is not."""
    here = DEFAULT_VRF if vrf in {"", "all"} else vrf
    yield from found_in(each(blocks(said(output), _CEF), lambda block: [_cef(block, here)]), output)


def _cef(block: Block, vrf: str) -> Route:
    vias = list(_VIA.finditer(block.text))
    interfaces = [via["interface"] for via in vias if via["interface"]]
    interfaces += [row["interface"] for row in _HASH.finditer(block.text)]
    dropped = _DROP.search(block.text) is not None
    return Route(
        vrf=vrf,
        prefix=block.head["prefix"],
        protocol="fib",
        next_hops=tuple(dict.fromkeys(via["hop"] for via in vias)) or None,
        out_interfaces=tuple(dict.fromkeys(map(normalise_interface, interfaces))) or None,
        discard=dropped,
        programmed=not dropped,
    )
