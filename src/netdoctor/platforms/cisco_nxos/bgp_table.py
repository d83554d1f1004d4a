"""The BGP table: one fact a prefix, as its best path shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from netdoctor.model.entities import DEFAULT_VRF
from netdoctor.model.events import Note
from netdoctor.model.facts import BgpRoute, Fact
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_nxos.bgp import neighbors_in_text
from netdoctor.platforms.cisco_nxos.bgp_summary import summary_in_text
from netdoctor.platforms.cisco_nxos.reading import Read, bounded, says_none
from netdoctor.platforms.text import Block, blocks, each, first
from netdoctor.platforms.values import is_ip

_OWN = frozenset({"0.0.0.0", "0::", "::"})  # noqa: S104 - what NX-OS prints for no next hop
_VRF = re.compile(r"(?:information for VRF|[Rr]outes for VRF) (?P<vrf>[^,\s]+)")
_NETWORK = r"\[\d+\]:\S+|(?=[0-9A-Fa-f]*[.:])[0-9A-Fa-f][0-9A-Fa-f.:]*/\d{1,3}|0::/\d+"
_ROW = re.compile(
    rf"^ {{0,6}}?(?P<valid>[*sSxdh ])(?P<best>[>|& 2])(?P<kind>[iecalrI])"
    rf"(?: ?(?P<network>{_NETWORK}))?(?P<rest> .*)?$"
)
_HOP = re.compile(r"^ {8,}[0-9A-Fa-f.:]*[.:][0-9A-Fa-f.:]*(?: |$)")
_HEAD = re.compile(r"^ *Network +Next Hop")
_LAST = re.compile(r".* {2}\d+(?: (?P<path>\S.*?))? [ie?]\s*$")


class _Prefix(msgspec.Struct):
    """A prefix whose paths are being read."""

    network: str
    valid: bool = False
    best: bool = False
    own: bool = False
    paths: int = 0
    hops: list[str] = msgspec.field(default_factory=list)
    as_path: str | None = None
    flags: str = ""

    def path(self, flags: str) -> None:
        """A path begins, of which its flags are told."""
        self.flags = flags
        self.paths += 1
        self.valid = self.valid or flags[0] == "*"

    def hop(self, text: str) -> None:
        """The next hop of the path just begun, and what stands behind it."""
        address, last = text.split()[0], _LAST.search(text)
        if self.flags[1] == ">":
            self.best, self.own = True, address in _OWN or self.flags[2] in "lra"
            self.as_path = (last["path"] or "").strip() if last else None
            self.hops.insert(0, address)
        elif self.flags[1] == "|":
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


@command(
    "show bgp ipv4 unicast vrf all",
    area="bgp",
    gives=(BgpRoute,),
    targets_only=True,
    timeout_s=30.0,
    aliases=("show bgp {scope*}", "show ip bgp[ {scope*}]", "show ipv6 bgp[ {scope*}]"),
)
def table(output: str, scope: str = "") -> Read:
    """Every prefix of a table, or all paths of the one asked about.

    `sum` and `neigh` are short for answers of other kinds.
    """
    if "BGP neighbor is" in output:
        yield from neighbors_in_text(output)
    elif "State/PfxRcd" in output:
        yield from summary_in_text(output)
    elif _ENTRY.search(output):
        yield from _entries(output)
    else:
        yield from bounded(_rows(output), "BGP prefixes")
        if _VRF.search(output) or _HEAD.search(output) or says_none(output):
            yield EMPTY


def _rows(output: str) -> Iterator[Fact | Note]:
    """A long prefix has its next hop on the following line."""
    vrf, current, in_table = DEFAULT_VRF, None, False
    for line in output.splitlines():
        if head := _VRF.search(line):
            if current:
                yield current.route(vrf)
            vrf, current, in_table = head["vrf"], None, False
        elif _HEAD.match(line):
            in_table = True
        elif in_table and (row := _ROW.match(line)) and (row["network"] or current):
            if row["network"]:
                if current:
                    yield current.route(vrf)
                current = _Prefix(network=row["network"])
            _path(current, row)
        elif current and current.flags and _HOP.match(line):
            current.hop(line.strip())
    if current:
        yield current.route(vrf)


def _path(current: _Prefix | None, row: re.Match[str]) -> None:
    rest = (row["rest"] or "").strip()
    if current is None or (rest and not is_ip(rest.split()[0])):
        return
    current.path(row["valid"] + row["best"] + row["kind"])
    if rest:
        current.hop(rest)


_ENTRY = re.compile(r"^ *BGP routing table entry for (?P<prefix>[^,\s]+)", re.M)
_ENTRY_PATH = re.compile(
    r"^ *Path type: (?P<kind>[\w-]+)(?P<words>[^\n]*(?:\n(?! *AS-Path)[^\n]*)?)\n"
    r" *AS-Path: (?P<path>[^,\n]*)[^\n]*\n *(?P<hop>\S+)",
    re.M,
)
_COMMUNITIES = re.compile(r"^ *Community: ([^\n]+)", re.M)


def _entries(output: str) -> Iterator[Fact | Note]:
    places = [(found.start(), found["vrf"]) for found in _VRF.finditer(output)]

    def read(block: Block) -> Iterator[BgpRoute]:
        start = block.head.start()
        vrf = next((name for place, name in reversed(places) if place < start), DEFAULT_VRF)
        yield _entry(vrf, block)

    yield from each(blocks(output, _ENTRY), read)


def _entry(vrf: str, block: Block) -> BgpRoute:
    paths = list(_ENTRY_PATH.finditer(block.text))
    best = next((path for path in paths if "is best path" in path["words"]), None)
    used = [path for path in paths if path is best or re.search(r"(?<!not )\bmultipath\b", path["words"])]
    shown = best["path"].strip() if best else None
    communities = first(_COMMUNITIES, block.text[best.start() :]) if best else None
    return BgpRoute(
        vrf=vrf,
        prefix=block.head["prefix"],
        locally_originated="locally originated" in best[0] or best["hop"] in _OWN if best else None,
        valid=any("path is valid" in path["words"] for path in paths),
        best=best is not None,
        paths_count=len(paths),
        next_hops=tuple(dict.fromkeys(path["hop"] for path in used if path["hop"] not in _OWN)),
        as_path="" if shown == "NONE" else shown,
        communities=tuple(communities.split()) if communities else None,
    )
