"""The BGP table: prefixes with their paths, as a list or one prefix in full."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from netdoctor.model.entities import DEFAULT_VRF
from netdoctor.model.events import Note
from netdoctor.model.facts import BgpInstance, BgpRoute
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_xr.reading import found_in, none_said, on_request, said
from netdoctor.platforms.text import Block, Read, blocks, each, first
from netdoctor.platforms.values import UNSPECIFIED, as_number, count, is_ip

HEADER = re.compile(r"^ *Network +(?P<hop>Next Hop) +Metric +LocPrf +Weight +(?P<path>Path)", re.M)
_VRF = re.compile(r"^ *BGP VRF (?P<vrf>\S+?),|\(default for vrf (?P<of>[^)\s]+)\)", re.M)
_PATH = re.compile(r"^ ?(?P<status>[sdhrSNx*][ *>=dhrsSNx|#]{0,3}i?|[*>]>?i?) *(?P<rest>.*)$")
_UNUSABLE = re.compile(r"^(?P<status>  [ i])(?P<rest>[0-9A-Fa-f:.]+/\d{1,3}\b.*)$")
_PREFIX = re.compile(r"(?:[0-9A-Za-z]*[.:][0-9A-Za-z:.]*/\d{1,3}|\[\d+\]\[\S+/\d{1,3})$")
_WRAPPED = re.compile(r" {10,}[\dA-Fa-f:.]")
_LIMIT = 20_000


_ADVERTISED_HEADER = re.compile(r"^ *Network +Next Hop +From +AS Path", re.M)
_ADVERTISED = re.compile(
    r"^ *(?P<prefix>\S+/\d{1,3})\s+(?P<hop>[0-9A-Fa-f.:]{2,45})\s+(?P<from>Local|[0-9A-Fa-f.:]{2,45})\s+"
    r"(?P<path>[\d{}()., ]{0,400}?) ?[ie?][ \t]*$"
    r"|\(default for vrf (?P<vrf>[^)\s]+)\)|^ *VRF: *(?P<of>\S+)",
    re.M,
)


def _advertised(output: str, vrf: str) -> Iterator[BgpRoute]:
    """What one neighbour is sent: its next hop, and whom the route is from."""
    for found in _ADVERTISED.finditer(output):
        if not found["prefix"]:
            vrf = found["vrf"] or found["of"]
            continue
        yield BgpRoute(
            vrf=vrf,
            prefix=found["prefix"],
            locally_originated=found["from"] == "Local",
            next_hops=(found["hop"],),
            as_path=found["path"].strip(),
        )


@dataclass
class _Prefix:
    prefix: str
    vrf: str
    paths: list[_Path] = field(default_factory=list)


@dataclass
class _Path:
    status: str
    words: list[str]
    as_path: str = ""


def paths(output: str, vrf: str = "") -> Read:
    """One fact a prefix; a long prefix or next hop is wrapped onto the next line."""
    if _ADVERTISED_HEADER.search(output):
        yield from _advertised(said(output), DEFAULT_VRF if vrf in {"", "all"} else vrf)
        return
    yield from _instance(output, vrf)
    found = 0
    for prefix in _prefixes(said(output).splitlines(), vrf):
        found += 1
        if found > _LIMIT:
            yield Note(text=f"more than {_LIMIT} prefixes: the rest was not read")
            return
        yield _route(prefix)
    if not found and (none_said(output) or HEADER.search(output)):
        yield EMPTY


_LOCAL = re.compile(r"^ *BGP router identifier ([\d.]+), local AS number ([\d.]+)", re.M)


def _instance(output: str, vrf: str) -> Iterator[BgpInstance]:
    if local := _LOCAL.search(output):
        named = _VRF.search(output[: local.start()])
        here = (named["vrf"] or named["of"]) if named else DEFAULT_VRF if vrf in {"", "all"} else vrf
        router_id = None if local[1] == "0.0.0.0" else local[1]  # noqa: S104 - not a bind address
        yield BgpInstance(vrf=here, local_as=as_number(local[2].rstrip(".")), router_id=router_id)


def _prefixes(rows: list[str], vrf: str) -> Iterator[_Prefix]:
    table = _Table(DEFAULT_VRF if vrf in {"", "all"} else vrf)
    for row in rows:
        if done := table.read(row):
            yield done
    if table.prefix:
        yield table.prefix


class _Table:
    """Where in a table a row stands, and the prefix that is being read."""

    def __init__(self, vrf: str) -> None:
        self._asked = self._vrf = vrf
        self._path_column: int | None = None
        self.prefix: _Prefix | None = None

    def read(self, row: str) -> _Prefix | None:
        """The prefix that this row ends, if it does."""
        if header := HEADER.match(row):
            self._path_column = header.start("path")
        elif found := _VRF.search(row):
            self._vrf = found["vrf"] or found["of"]
        elif row.startswith(("Route Distinguisher:", "Address Family:")):
            self._vrf = self._asked
        elif row.startswith("Processed"):
            self._path_column = None
        elif self._path_column is not None and row.strip():
            return self._row(row, self._path_column)
        return None

    def _row(self, row: str, column: int) -> _Prefix | None:
        done = None
        if found := _PATH.match(row) or _UNUSABLE.match(row):
            words = found["rest"].split()
            if words and _PREFIX.match(words[0]):
                done, self.prefix = self.prefix, _Prefix(words.pop(0), self._vrf)
            if self.prefix:
                self.prefix.paths.append(_Path(found["status"], words, row[column:]))
        elif self.prefix and self.prefix.paths and _WRAPPED.match(row):
            self.prefix.paths[-1].words += row.split()
            self.prefix.paths[-1].as_path = row[column:]
        return done


def _route(found: _Prefix) -> BgpRoute:
    best = [path for path in found.paths if ">" in path.status]
    chosen = best or found.paths
    hops = [path.words[0] for path in chosen if path.words and is_ip(path.words[0])]
    return BgpRoute(
        vrf=found.vrf,
        prefix=found.prefix,
        locally_originated=hops[0] in UNSPECIFIED if hops else None,
        valid=any("*" in path.status for path in found.paths),
        best=bool(best),
        paths_count=len(found.paths),
        next_hops=tuple(dict.fromkeys(hops)) or None,
        as_path=re.sub(r" *[ie?]$", "", chosen[0].as_path.strip()),
    )


_ENTRY = re.compile(
    r"^ *BGP routing table entry for (?P<prefix>[^\s,]+)(?:, Route Distinguisher: *(?P<rd>\S+))?", re.M
)
_PATHS = re.compile(r"Paths: \((\d+) available(?:, (best #\d+|no best path))?")
_ONE_PATH = re.compile(r"^ *Path #\d+:", re.M)
_HOP = re.compile(
    r"^ +(?P<path>Local|[\d{(][\d. {}(),]{0,400}?)(?:, [^\n]*|, ?\([^\n]*)?\n +(?P<hop>[0-9A-Fa-f:.]+)"
    r"(?: \([^)\n]*\)){0,3} from (?P<from>\S+)",
    re.M,
)
_COMMUNITY = re.compile(r"^ *Community: *(\S[^\n]*)", re.M)


@command(
    "show bgp ipv4 unicast", area="bgp", gives=(BgpRoute, BgpInstance), timeout_s=40.0, targets_only=True
)
@command(
    "show bgp {prefix} detail",
    area="bgp",
    gives=(BgpRoute, BgpInstance),
    arguments=on_request,
    aliases=(
        "show bgp {prefix}",
        "show bgp vrf {vrf} {prefix}[ detail]",
        "show bgp vrf {vrf} {afi} {safi} {prefix}[ detail]",
        "show bgp {afi} {safi} {prefix}[ detail]",
        "show bgp {afi} {safi} rd {rd} {prefix}[ detail]",
        "show bgp {afi} {safi}",
        "show bgp",
    ),
)
def entry(output: str, vrf: str = "") -> Read:
    """One prefix in full; the whole table is read too."""
    if HEADER.search(output):
        yield from paths(output, vrf)
        return
    here = DEFAULT_VRF if vrf in {"", "all"} else vrf
    found = each(blocks(said(output), _ENTRY), lambda block: _entry(block, here))
    yield from found_in(found, output)


def _entry(block: Block, vrf: str) -> Read:
    parts = _ONE_PATH.split(block.text)
    told = parts[1:]
    available = _PATHS.search(parts[0])
    best = next((part for part in told if re.search(r"\bvalid\b[^\n]*\bbest\b", part)), None)
    chosen = best or (told[0] if told else "")
    hop = _HOP.search(chosen)
    path = hop["path"].strip() if hop else None
    communities = first(_COMMUNITY, chosen)
    yield BgpRoute(
        vrf=vrf,
        prefix=block.head["prefix"],
        locally_originated=hop["hop"] in UNSPECIFIED if hop else None,
        valid=bool(re.search(r"\bvalid\b", chosen)) if told else None,
        best=best is not None if available else None,
        paths_count=count(available[1]) if available else None,
        next_hops=(hop["hop"],) if hop else None,
        as_path="" if path == "Local" else path,
        communities=tuple(communities.split()) if communities else None,
    )
