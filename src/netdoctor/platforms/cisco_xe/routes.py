"""The routing tables of IPv4 and IPv6, whole or one entry."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

import msgspec

from netdoctor.model.entities import DEFAULT_VRF
from netdoctor.model.events import Note
from netdoctor.model.facts import DeviceInfo, Fact, Route
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_xe.names import normalise_interface
from netdoctor.platforms.cisco_xe.reading import by_vrf
from netdoctor.platforms.text import Block, Read, blocks, each, first
from netdoctor.platforms.values import duration_s, is_ip

_LIMIT = 20_000
_NOTHING = re.compile(
    r"% ?(?:(?:Sub)?net(?:work)? not in table|Route not found|No (?:matching )?routes?\b)", re.I
)
_NO_ROUTING = re.compile(r"^ *(?:Default gateway is |IP routing (?:is )?not enabled)", re.M | re.I)
_ROUTING = re.compile(r"^ *Gateway of last resort is", re.M)
_TABLE = re.compile(r"^\s*(?:Routing Table: (\S+)|IPv6 Routing Table(?: - (\S+))? - \d+ entries)")
_SUBNETTED = re.compile(r"^\s*(\d[\d.]+)(/\d+) is (variably )?subnetted")
_ROUTE = re.compile(
    r"^\s*(?P<code>[A-Za-z][\w*+%&! ]{0,9}?)\s+"
    r"(?:(?P<v4>\d+(?:\.\d+){3})(?P<length>/\d+)?|(?P<v6>[0-9A-Fa-f]*:[0-9A-Fa-f:.]*/\d+))(?P<rest>[\s,].*)?$"
)
_METRICS = re.compile(r"\[(\d+)/(\d+)\]")
_VIA = re.compile(r"\bvia ([^\s,(%]+)(?:%[^\s,]+)?(?: \(\S+\))?")
_AGE = re.compile(r"^(?:\d+:\d\d:\d\d|(?:\d+[ywdh]){1,2}|never)$")
_CONTINUED = re.compile(r"^\s*(?:\[\d+/\d+\]|via |is directly connected)")

_PROTOCOLS = {
    "L": "local",
    "LC": "local",
    "C": "connected",
    "S": "static",
    "U": "static",
    "P": "static",
    "R": "rip",
    "M": "mobile",
    "B": "bgp",
    "D": "eigrp",
    "EX": "eigrp",
    "E": "egp",
    "O": "ospf",
    "OI": "ospf",
    "i": "isis",
    "I": "isis",
    "I1": "isis",
    "I2": "isis",
    "IA": "isis",
    "IS": "isis",
    "o": "odr",
    "H": "nhrp",
    "l": "lisp",
    "a": "application",
    "ND": "nd",
    "NDp": "nd",
    "NDr": "nd",
    "HA": "mobile",
    "MR": "mobile",
    "RL": "rpl",
    "m": "omp",
    "n": "nat",
    "g": "nat",
    "K": "kernel",
}


def protocol_of(code: str) -> str:
    """`O E2` and `O*E2` are OSPF, `i L2` is IS-IS, `B` is BGP."""
    word = re.split(r"[*+%&! ]", code.strip(), maxsplit=1)[0]
    if word in _PROTOCOLS:
        return _PROTOCOLS[word]
    return {"O": "ospf", "I": "isis", "l": "lisp"}.get(word[:1], word.lower())


class _Open(msgspec.Struct):
    """A route whose lines are being read."""

    prefix: str
    protocol: str
    hops: list[str]
    interfaces: list[str]
    distance: int | None = None
    metric: int | None = None
    age_s: float | None = None
    receive: bool = False

    def add(self, said: str) -> None:
        """What one line says of one way."""
        if self.distance is None and (metrics := _METRICS.search(said)):
            self.distance, self.metric = int(metrics[1]), int(metrics[2])
        via = _VIA.search(said)
        parts = [part.strip().partition("%")[0] for part in said.split(",")]
        if via and is_ip(via[1]):
            self.hops.append(via[1])
        elif via:
            self.interfaces.append(normalise_interface(via[1]))
        for part in parts[1:]:
            if _AGE.match(part):
                self.age_s = duration_s(part) if self.age_s is None else self.age_s
            elif re.fullmatch(r"[A-Za-z][\w-]*\d\S*", part):
                self.interfaces.append(normalise_interface(part))

    def route(self, vrf: str) -> Route:
        return Route(
            vrf=vrf,
            prefix=self.prefix,
            protocol=self.protocol,
            next_hops=tuple(dict.fromkeys(self.hops)),
            out_interfaces=tuple(dict.fromkeys(self.interfaces)),
            discard="Null0" in self.interfaces and self.protocol != "local",
            distance=self.distance,
            metric=self.metric,
            age_s=self.age_s,
            active=True,
        )


@command(
    "show ip route vrf {vrf}", area="forwarding", gives=(Route, DeviceInfo), timeout_s=30.0, arguments=by_vrf
)
@command(
    "show ip route",
    area="forwarding",
    gives=(Route, DeviceInfo),
    timeout_s=30.0,
    aliases=(
        "show ip route[ bgp| ospf| isis| static| connected]",
        "show ip route {prefix*}",
        "show ip route vrf {vrf} {prefix*}",
        "show ipv6 route vrf {vrf}",
        "show ipv6 route {prefix*}",
        "show ipv6 route vrf {vrf} {prefix*}",
    ),
)
@command("show ipv6 route", area="forwarding", gives=(Route, DeviceInfo), timeout_s=30.0)
def routes(output: str, vrf: str = DEFAULT_VRF) -> Read:
    """Every route of the tables, or the one that was asked about; at most 20,000."""
    if _NO_ROUTING.search(output):
        yield DeviceInfo(forwarding_enabled=False)
        return
    if _ENTRY.search(output):
        table = first(_NAMED, output) or ("" if vrf == "*" else vrf) or DEFAULT_VRF
        yield from each(blocks(output, _ENTRY), lambda block: _entry(block, table))
        return
    if _ROUTING.search(output):
        yield DeviceInfo(forwarding_enabled=True)
    found = _table(output, DEFAULT_VRF if vrf == "*" else vrf)
    nothing = True
    for item in itertools.islice(found, _LIMIT):
        nothing = False
        yield item
    if next(found, None) is not None:
        yield Note(text=f"more than {_LIMIT} routes: the rest was not read")
    if nothing and (_NOTHING.search(output) or "Gateway of last resort" in output or "0 entries" in output):
        yield EMPTY


def _table(output: str, vrf: str) -> Iterator[Fact | Note]:
    """The routes, each with the lines that go on about it; `length` is the mask of a subnetted network."""
    length: str | None = None
    current: _Open | None = None
    for line in output.splitlines():
        if current and _CONTINUED.match(line):
            current.add(line)
            continue
        if found := _ROUTE.match(line):
            if current:
                yield current.route(vrf)
            current = _opened(found, length)
            continue
        if named := _TABLE.match(line):
            if current:
                yield current.route(vrf)
            current, length = None, None
            name = named[1] or named[2] or DEFAULT_VRF
            vrf = DEFAULT_VRF if name == "default" else name
        elif subnetted := _SUBNETTED.match(line):
            length = None if subnetted[3] else subnetted[2]
    if current:
        yield current.route(vrf)


def _opened(found: re.Match[str], length: str | None) -> _Open:
    if found["v6"]:
        prefix = found["v6"]
    else:
        prefix = found["v4"] + (found["length"] or length or _classful(found["v4"]))
    one = _Open(prefix, protocol_of(found["code"]), [], [])
    if found["rest"]:
        one.add(found["rest"])
    return one


def _classful(address: str) -> str:
    """The length of a network that IOS prints without one."""
    head = int(address.partition(".")[0])
    return "/8" if head < 128 else "/16" if head < 192 else "/24"


_NAMED = re.compile(r"^ *Routing Table: (\S+)", re.M)
_ENTRY = re.compile(r"^ *Routing entry for (?P<prefix>\S+?)(?:, .*)?$", re.M)
_KNOWN = re.compile(r'Known via "(\w+)[^"]*"(?:, distance (\d+))?(?:, metric (\d+))?')
_PATH = re.compile(
    r"^[ *]+(?:(?P<hop>(?:\d+\.){3}\d+|[0-9A-Fa-f]*:[0-9A-Fa-f:.]+)(?:%\S+)?(?: \(\S+\))?|directly connected)"
    r"(?P<rest>[^\n]*)$",
    re.M,
)
_OUT = re.compile(r"(?:\bvia |, )([A-Za-z][\w-]*\d[\d/.:]*)(?=[\s,%]|$)")
_AGO = re.compile(r"(?:, |Last updated )(\S+) ago")


def _entry(block: Block, vrf: str) -> Iterator[Route]:
    """`show ip route PREFIX`: where it is known from, and its ways."""
    said = block.text
    known = _KNOWN.search(said)
    if not known:
        raise ValueError("not said where it is known from")
    paths = list(_PATH.finditer(said))
    interfaces = [out[1] for path in paths if (out := _OUT.search(path["rest"]))]
    names = tuple(dict.fromkeys(map(normalise_interface, interfaces)))
    yield Route(
        vrf=vrf,
        prefix=block.head["prefix"],
        protocol=known[1].lower(),
        next_hops=tuple(dict.fromkeys(path["hop"] for path in paths if path["hop"])),
        out_interfaces=names,
        discard="Null0" in names,
        distance=int(known[2]) if known[2] else None,
        metric=int(known[3]) if known[3] else None,
        age_s=duration_s(first(_AGO, said)),
        active=True,
    )
