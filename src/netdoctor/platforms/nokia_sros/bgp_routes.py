"""The BGP table, and one prefix of it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from netdoctor.model.events import Note
from netdoctor.model.facts import BgpRoute, Fact
from netdoctor.platforms.base import command
from netdoctor.platforms.nokia_sros.reading import Read, on_request, pairs, said, unless_none, vrf_name
from netdoctor.platforms.text import blocks
from netdoctor.platforms.values import clean, is_ip

_LIMIT = 20_000
_ROW = re.compile(
    r"^(?P<flags>[usihdlxbp*>?ie ]{1,6}?)[ ]{1,6}(?P<prefix>(?:\d[\d.]*:\d+:)?[0-9A-Fa-f.:]+/\d{1,3})(?"
    r"P<rest>(?: .*)?)\n"
    r"(?P<more>(?: {4,}\S.*\n?){1,4})",
    re.M,
)
_NETWORK = re.compile(r"^Network +: (?P<prefix>\S+)", re.M)


@command(
    "show router bgp routes",
    area="bgp",
    gives=(BgpRoute,),
    arguments=on_request,
    aliases=("show router[ {router}] bgp routes[ {which*}]", 'show router "{router}" bgp routes[ {which*}]'),
)
def routes(output: str, router: str = "", which: str = "") -> Read:
    """Each prefix of the table once, with its paths; of `detail` and `hunt` each path in a block."""
    vrf = vrf_name(router)
    found = _detailed(vrf, output) if _NETWORK.search(output) else _rows(vrf, output)
    bounded = itertools.islice(found, _LIMIT)
    yield from unless_none(output, bounded)
    if next(found, None) is not None:
        yield Note(text=f"more than {_LIMIT} routes: the rest was not read")


class _Paths:
    """The paths of one prefix, gathered."""

    def __init__(self) -> None:
        self.next_hops: list[str] = []
        self.valid = self.best = False
        self.as_path: str | None = None
        self.communities: tuple[str, ...] | None = None

    def add(self, next_hop: str | None, valid: bool, best: bool, as_path: str | None) -> None:
        if next_hop:
            self.next_hops.append(next_hop)
        self.valid |= valid
        if best or self.as_path is None:
            self.as_path = as_path
        self.best |= best

    def route(self, vrf: str, prefix: str) -> BgpRoute:
        return BgpRoute(
            vrf=vrf,
            prefix=prefix,
            valid=self.valid,
            best=self.best,
            paths_count=max(len(self.next_hops), 1),
            next_hops=tuple(dict.fromkeys(self.next_hops)) or None,
            as_path=self.as_path,
            communities=self.communities,
        )


def _rows(vrf: str, output: str) -> Iterator[Fact | Note]:
    gathered: dict[str, _Paths] = {}
    for found in _ROW.finditer(output + "\n"):
        lines = [line.strip() for line in found["more"].splitlines() if line.strip()]
        hop = lines[0].split()[0] if lines else ""
        path = lines[-1] if len(lines) > 1 else None
        flags = found["flags"]
        gathered.setdefault(found["prefix"], _Paths()).add(
            hop if is_ip(hop) else None, "*" in flags, ">" in flags, _as_path(path)
        )
    for prefix, paths in gathered.items():
        yield paths.route(vrf, clean(prefix))


def _detailed(vrf: str, output: str) -> Iterator[Fact | Note]:
    """A path stands twice where policies change it: as it came, and as it was modified. The latter counts."""
    gathered: dict[str, _Paths] = {}
    modified_too = "Modified Attributes" in output
    for block in blocks(output, _NETWORK):
        before = output.rfind("Attributes", 0, output.find(block.text))
        if modified_too and output[max(before - 9, 0) : before].strip() != "Modified":
            continue
        found = pairs(block.text)
        flags = found.get("flags", "").split()
        paths = gathered.setdefault(block.head["prefix"], _Paths())
        paths.add(
            said(found.get("nexthop")), "Valid" in flags, "Best" in flags, _as_path(found.get("as-path"))
        )
        told = said(found.get("community"))
        if told and not told.startswith("No "):
            paths.communities = tuple(told.split())
    for prefix, paths in gathered.items():
        yield paths.route(vrf, clean(prefix))


def _as_path(value: str | None) -> str | None:
    """The AS path; behind it may stand a label."""
    found = re.split(r" {2,}", (value or "").strip())[0]
    return "" if found.lower() == "no as-path" else clean(found) or None
