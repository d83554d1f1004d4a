"""The BGP table: one fact a prefix, as its best path shows it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

import msgspec

from netdoctor.model.entities import DEFAULT_VRF
from netdoctor.model.events import Note
from netdoctor.model.facts import BgpRoute, Fact
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_xe.bgp import neighbors
from netdoctor.platforms.cisco_xe.bgp_summary import summary
from netdoctor.platforms.cisco_xe.bgp_words import NOT_ACTIVE, vrf_in
from netdoctor.platforms.cisco_xe.reading import on_request
from netdoctor.platforms.text import Block, Read, blocks, each, first

_LIMIT = 20_000
_OWN = frozenset({"0.0.0.0", "::"})  # noqa: S104 - what IOS prints for no next hop
_NOTHING = re.compile(r"% ?(?:Network not in table|No such)|^ *Network +Next Hop", re.M | re.I)

_RD = re.compile(r"^\s*Route Distinguisher: \S+(?: \(default for vrf (\S+?)\))?")
_NETWORK = r"(?:\[\d+\]\[\S+|(?:\d{1,3}\.){3}\d{1,3}(?:/\d+)?|[0-9A-Fa-f]*:[0-9A-Fa-f:.]*/\d+)"
_HOP = r"(?P<hop>\d+(?:\.\d+){3}|[0-9A-Fa-f]*:[0-9A-Fa-f:.]*)"
_PATH = re.compile(
    rf"^ ?(?P<status>[sdh*rSmbfxatcLV>iIN ]{{2,6}}?)\s*(?P<network>{_NETWORK})?(?:\s+{_HOP}(?:\s.*)?)?$"
)
_CONTINUED = re.compile(rf"^\s{{8,}}{_HOP}(?:\s.*)?$")


class _Prefix(msgspec.Struct):
    """A prefix whose paths are being read."""

    network: str
    hops: list[str]
    valid: bool = False
    best: bool = False
    own: bool = False
    as_path: str | None = None
    status: str = ""
    paths: int = 0

    def path(self, status: str) -> None:
        self.status = status
        self.paths += 1
        self.valid = self.valid or bool(set(status) & {"*", "r"})
        self.best = self.best or ">" in status

    def hop(self, address: str, as_path: str | None) -> None:
        """The next hop of the path just begun."""
        if ">" in self.status:
            self.own = address in _OWN
            self.as_path = as_path
            self.hops.insert(0, address)
        elif "m" in self.status:
            self.hops.append(address)

    def route(self, vrf: str) -> BgpRoute:
        return BgpRoute(
            vrf=vrf,
            prefix=self.network,
            locally_originated=self.own if self.best else None,
            valid=self.valid,
            best=self.best,
            paths_count=self.paths,
            next_hops=tuple(dict.fromkeys(hop for hop in self.hops if hop not in _OWN)),
            as_path=self.as_path,
        )


@command("show ip bgp", area="bgp", gives=(BgpRoute,), targets_only=True, timeout_s=30.0)
@command(
    "show ip bgp {prefix}",
    area="bgp",
    gives=(BgpRoute,),
    arguments=on_request,
    aliases=("show bgp {scope*}", "show ip bgp {scope*}"),
)
def table(output: str, scope: str = "", prefix: str = "") -> Read:
    """Every prefix of a table, or all paths of the one asked about; at most 20,000.

    `sum` and `neighbor` are short for answers of other kinds.
    """
    if "BGP neighbor is" in output or "State/PfxRcd" in output:
        yield from neighbors(output, scope) if "BGP neighbor is" in output else summary(output, scope)
        return
    if _ENTRY.search(output):
        yield from each(blocks(output, _ENTRY), _entry)
        return
    found = _Table(vrf_in(scope)).read(output)
    nothing = True
    for item in itertools.islice(found, _LIMIT):
        nothing = False
        yield item
    if next(found, None) is not None:
        yield Note(text=f"more than {_LIMIT} BGP prefixes: the rest was not read")
    if nothing and (_NOTHING.search(output) or NOT_ACTIVE.search(output)):
        yield EMPTY


class _Table:
    """The state of reading: the prefix that the paths are of. A long prefix has its hop on the next line."""

    def __init__(self, vrf: str) -> None:
        self._vrf = vrf
        self._path_column = 0
        self._current: _Prefix | None = None

    def read(self, output: str) -> Iterator[Fact | Note]:
        for line in output.splitlines():
            if "Next Hop" in line:
                self._path_column = max(line.find(" Path") + 1, 0)
            elif self._path_column:
                yield from self._line(line)
        yield from self._close()

    def _close(self) -> Iterator[BgpRoute]:
        if self._current:
            yield self._current.route(self._vrf)
        self._current = None

    def _line(self, line: str) -> Iterator[BgpRoute]:
        if found := _RD.match(line):
            yield from self._close()
            self._vrf = found[1] or self._vrf
        elif more := _CONTINUED.match(line):
            self._hop(more["hop"], line)
        elif path := _PATH.match(line):
            if path["network"]:
                yield from self._close()
                self._current = _Prefix(path["network"], [])
            if self._current:
                self._current.path(path["status"])
            if path["hop"]:
                self._hop(path["hop"], line)

    def _hop(self, address: str, line: str) -> None:
        words = line[self._path_column :].split()
        if self._current:
            self._current.hop(address, " ".join(words[:-1]) if words else None)


_ENTRY = re.compile(r"^ *BGP routing table entry for (?:\S+:\d+:)?(?P<prefix>[^\s,]+)", re.M)
_PATHS = re.compile(r"Paths: \((\d+) available, (?:best #(\d+)|no best path)(?:, table (\S+?))?[,)]")
_WAY = re.compile(
    rf"^ +{_HOP}(?P<about>[^\n]*) from (?P<from>\S+)[^\n]*\n(?P<rest>(?: {{6,}}[^\n]*\n?)*)", re.M
)
_COMMUNITY = re.compile(r"^ *Community: ([^\n]*\S)", re.M)


def _entry(block: Block) -> Iterator[BgpRoute]:
    """`show ip bgp PREFIX`: how many paths, and the best one's next hop and AS path."""
    said = block.text
    paths = _PATHS.search(said)
    hops = list(_WAY.finditer(said))
    best = next((hop for hop in hops if ", best" in hop["rest"]), None)
    usable = [hop for hop in hops if "inaccessible" not in hop["about"]]
    before = said[: best.start()].rstrip().splitlines()[-1].strip() if best else ""
    as_path = re.match(r"[\d {}().,]+(?=$|,)|Local", before)
    communities = first(_COMMUNITY, best["rest"]) if best else None
    table = paths[3] if paths else None
    yield BgpRoute(
        vrf=DEFAULT_VRF if table in (None, "default") or "Routing" in table else table,
        prefix=block.head["prefix"],
        locally_originated=best["hop"] in _OWN if best else None,
        valid=bool(usable),
        best=best is not None,
        paths_count=int(paths[1]) if paths else len(hops),
        next_hops=(best["hop"],) if best and best["hop"] not in _OWN else (),
        as_path=as_path[0].replace("Local", "").strip(" ,") if as_path else None,
        communities=tuple(communities.split()) if communities else None,
    )
