"""What `show` prints of routes, neighbours, MAC addresses and filters."""

from __future__ import annotations

import re
from datetime import datetime
from functools import partial
from typing import Any, Final

from netdoctor.model.facts import (
    DropCounter,
    Fact,
    MacEntry,
    Neighbor,
    Route,
    TableUse,
)
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.nokia_srl.reading import (
    Read,
    Row,
    boxed,
    each,
    fields,
    number_of,
    on_request,
    said,
    since_s,
    vrf_name,
)
from netdoctor.platforms.nokia_srl.state_instances import PROTOCOLS, destination
from netdoctor.platforms.text import Block, blocks
from netdoctor.platforms.values import clean, count, is_ip, mac_address


@command(
    "show arpnd arp-entries",
    area="l2",
    gives=(Neighbor,),
    arguments=on_request,
    aliases=("show arpnd {kind}[ {which*}]",),
)
def arpnd(output: str, kind: str = "", which: str = "") -> Read:
    """Every ARP or ND entry."""
    yield from each(boxed(output), _neighbor)
    if re.search(r"Total entries *: 0\b", output):
        yield EMPTY


_ND: Final[dict[str, Any]] = {
    "reachable": "reachable",
    "stale": "stale",
    "delay": "delay",
    "probe": "probe",
    "incomplete": "incomplete",
}


def _neighbor(row: Row) -> Read:
    cells = {name: cell.replace(" ", "") for name, cell in row.cells.items()}
    if not is_ip(cells.get("neighbor", "")):
        raise ValueError("no address of a neighbour")
    origin, state = cells.get("origin", ""), cells.get("currentstate", cells.get("state", ""))
    yield Neighbor(
        address=cells["neighbor"],
        mac=mac_address(cells.get("linklayeraddress", "")),
        interface=f"{cells['interface']}.{cells['subinterface']}"
        if cells.get("subinterface")
        else cells["interface"],
        state=_ND.get(state) or ("permanent" if origin == "static" else "reachable" if origin else None),
    )


_TABLE_OF: Final = re.compile(
    r"(?:Mac-table of network instance|route table of network instance) (?P<vrf>\S+)", re.I
)
_MAC_KINDS: Final[dict[str, Any]] = {
    "learnt": "dynamic",
    "static": "static",
    "evpn": "remote",
    "evpn-static": "remote",
}


@command(
    "show network-instance {vrf} bridge-table mac-table all",
    area="l2",
    gives=(MacEntry, TableUse),
    arguments=on_request,
    aliases=("show network-instance {vrf} bridge-table mac-table[ {which*}]",),
)
def macs(output: str, vrf: str = "", which: str = "", at: datetime | None = None) -> Read:
    """MAC addresses of one MAC-VRF or all: in a table, or one in full."""
    heads = list(_TABLE_OF.finditer(output))
    for head, following in zip(heads, [*heads[1:], None], strict=False):
        text = output[head.end() : following.start() if following else len(output)]
        name = vrf_name(clean(head["vrf"]))
        yield from each(boxed(text), partial(_mac_row, name, at))
        found = fields(text)
        if mac := found.get("mac"):
            cells = {
                "address": mac,
                "destination": found.get("destination", ""),
                "type": found.get("type", ""),
                "lastupdate": found.get("last update", ""),
            }
            yield from _mac(name, cells, at)
    yield from each(blocks(output, _SUMMARY_OF), _mac_use)
    if re.search(r"^Total Macs *: +0 Total", output, re.M):
        yield EMPTY


_SUMMARY_OF: Final = re.compile(r"^Network Instance *: (?P<vrf>\S+) *$", re.M)


def _mac_use(block: Block) -> Read:
    """How many addresses a network instance holds, and may hold."""
    found = fields(block.text)
    used = number_of(found.get("total macs"))
    if used is not None:
        limit = number_of(found.get("maximum entries"))
        yield TableUse(table=f"mac addresses {clean(block.head['vrf'])}", used_count=used, limit_count=limit)


def _mac_row(vrf: str, at: datetime | None, row: Row) -> Read:
    yield from _mac(vrf, row.cells, at)


def _mac(vrf: str, cells: dict[str, str], at: datetime | None) -> Read:
    mac = mac_address(cells.get("address", "").replace(" ", ""))
    if not mac:
        raise ValueError("no MAC address")
    place, vtep = destination(cells.get("destination"))
    word = cells.get("type", "").replace(" ", "")
    yield MacEntry(
        mac=mac,
        vlan=vrf,
        interface=place,
        remote_vtep=vtep,
        kind=_MAC_KINDS.get(word) or ("self" if word.startswith("irb") or word == "reserved" else None),
        age_s=since_s(cells.get("lastupdate", "").replace(" ", ""), at),
    )


_HOP: Final = re.compile(r"([0-9A-Fa-f.:]*[.:][0-9A-Fa-f.:]*)(?:/\d+)? ?\(")
_DETAIL: Final = re.compile(r"^Destination *: (?P<prefix>\S+)", re.M)
_ACTIVE: Final = re.compile(r"^(?P<family>IPv[46]) Active routes +: (?P<count>\d+)", re.M)


@command(
    "show network-instance {vrf} route-table all",
    area="forwarding",
    gives=(Route, TableUse),
    arguments=on_request,
    aliases=(
        "show network-instance {vrf} route-table[ ipv4-unicast| ipv6-unicast][ summary]",
        "show network-instance {vrf} route-table[ ipv4-unicast| ipv6-unicast] {how} {prefix}[ detail]",
    ),
)
def routes(output: str, vrf: str = "", how: str = "", prefix: str = "", at: datetime | None = None) -> Read:
    """Routes of one network instance or all, or how many there are."""
    heads = list(_TABLE_OF.finditer(output))
    for head, following in zip(heads, [*heads[1:], None], strict=False):
        text = output[head.end() : following.start() if following else len(output)]
        name = vrf_name(clean(head["vrf"]))
        yield from each(boxed(text), partial(_route, name))
        yield from each(blocks(text, _DETAIL), partial(_route_detail, name, at))
    for row in _ACTIVE.finditer(output):
        yield TableUse(table=f"{row['family'].lower()} routes {vrf_name(vrf)}", used_count=int(row["count"]))
    if re.search(r"^IPv[46] routes total *: 0\b", output, re.M):
        yield EMPTY


def _route(vrf: str, row: Row) -> Read:
    cells = row.cells
    prefix = cells["prefix"].replace(" ", "")
    kind = cells.get("routetype", "").replace(" ", "")
    hops_cell, active = _hops_and_active(cells)
    told = (active or "").replace(" ", "").split("/")
    through = cells.get("nexthopinterface", "").replace(" ", "")
    metric, pref = _numbers(cells)
    yield Route(
        vrf=vrf,
        prefix=prefix,
        protocol=PROTOCOLS.get(kind, kind or "unknown"),
        next_hops=tuple(dict.fromkeys(hop for hop in _HOP.findall(hops_cell) if is_ip(hop))) or None,
        out_interfaces=None if said(through) is None else (through,),
        discard=True if "blackhole" in hops_cell else None,
        distance=pref,
        metric=metric,
        active={"True": True, "False": False}.get(told[0]),
        programmed=told[1].startswith("success") if len(told) > 1 else None,
    )


def _hops_and_active(cells: dict[str, str]) -> tuple[str, str | None]:
    hops = next(
        (cell for name, cell in cells.items() if name.startswith("nexthop") and name != "nexthopinterface"),
        "",
    )
    if not _HOP.search(hops):
        # A table too narrow for its header has one name too few: the next hop stands under `pref`.
        hops = next((cell for cell in cells.values() if _HOP.search(cell)), hops)
    return hops, cells.get("active") or next(
        (cell for name, cell in cells.items() if name.startswith("best")), None
    )


def _numbers(cells: dict[str, str]) -> tuple[int | None, int | None]:
    return count(cells.get("metric")), count(cells.get("pref"))


def _route_detail(vrf: str, at: datetime | None, block: Block) -> Read:
    found = fields(block.text)
    kind = found.get("route type", "")
    ways = re.findall(r"^(\S+) \((?:direct|indirect|extract|broadcast)\)", block.text, re.M)
    through = re.findall(r"via \[?([a-z][\w/.-]*\d)\]?", block.text)
    active = found.get("active", "").lower()
    yield Route(
        vrf=vrf,
        prefix=block.head["prefix"],
        protocol=PROTOCOLS.get(kind, kind or "unknown"),
        next_hops=tuple(dict.fromkeys(way for way in ways if is_ip(way))) or None,
        out_interfaces=tuple(dict.fromkeys(through)) or None,
        distance=number_of(found.get("preference")),
        metric=number_of(found.get("metric")),
        age_s=since_s(found.get("last change"), at),
        active={"true": True, "false": False}.get(active),
    )


_FILTER: Final = re.compile(r"^Filter *: (?P<name>\S.*?) *$", re.M)
_ENTRY: Final = re.compile(r"^ *Entry (?P<entry>\d+) *$", re.M)


@command(
    "show acl cpm-filter ipv4-filter",
    area="copp",
    gives=(DropCounter,),
    arguments=on_request,
    aliases=("show acl {what*}", "show acl cpm-filter ipv6-filter"),
)
def filters(output: str, what: str = "") -> Read:
    """What each entry matched: dropped where its action is to drop. A summary has filters and no entries."""
    heads = list(_FILTER.finditer(output))
    nothing = True
    for head, following in zip(heads, [*heads[1:], None], strict=False):
        text = output[head.end() : following.start() if following else len(output)]
        name = clean(head["name"])
        for block in blocks(text, _ENTRY):
            nothing = False
            yield _entry(name, block)
    if nothing and (heads or "Filter ACLs" in output):
        yield EMPTY


def _entry(name: str, block: Block) -> Fact:
    found = fields(block.text)
    matched = [
        number_of(found.get(key))
        for key in ("matched packets", "input match packets", "output match packets")
    ]
    known = [value for value in matched if value is not None]
    drops = "drop" in found.get("action", "") or "deny" in found.get("action", "")
    port = re.search(r"any\(\*\)->\S*?\((\d+)\)", found.get("match", ""))
    return DropCounter(
        kind="copp" if name.lower().startswith("cpm") else "acl",
        name=f"{name.lower()} entry {block.head['entry']}",
        tcp_port=int(port[1]) if port and "protocol=tcp" in found.get("match", "") else None,
        dropped_pkts=sum(known) if known and drops else None,
        conformed_pkts=sum(known) if known and not drops else None,
    )
