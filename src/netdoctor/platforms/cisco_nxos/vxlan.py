"""VXLAN and EVPN: tunnel endpoints, network identifiers, what is learnt through them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from netdoctor.model.events import Note
from netdoctor.model.facts import EthernetSegment, Fact, Interface, MacEntry, Neighbor, Vni, Vtep
from netdoctor.platforms.base import EMPTY, NotUnderstood, command
from netdoctor.platforms.cisco_nxos.reading import (
    J,
    Object,
    Read,
    document,
    named,
    on_request,
    over,
    port,
    rows,
    said,
    says_none,
    structured,
    table,
    without_json,
)
from netdoctor.platforms.text import Block, Line, blocks, each, fields, first, lines
from netdoctor.platforms.values import count, duration_s, is_ip, mac_address

_PEERS = "show nve peers[ detail| control-plane| interface nve1]"
_LEARNT = {"cp": "evpn", "dp": "flood"}


@command("show nve peers | json", area="overlay", gives=(Vtep,), aliases=(_PEERS + J,))
def peers(output: str) -> Read:
    """Every remote tunnel endpoint."""
    yield from table(output, "nve_peers", _peer)


def _peer(row: Object) -> Read:
    address = said(row.get("peer-ip"))
    if not address:
        raise ValueError("no 'peer-ip'")
    vnis = said(row.get("config-vnis")) or said(row.get("cp-vni"))
    yield _vtep(
        address, said(row.get("peer-state")), said(row.get("learn-type")), said(row.get("uptime")), vnis
    )


def _vtep(address: str, state: str | None, learnt: str | None, age: str | None, vnis: str | None) -> Vtep:
    word: Any = {"up": "up", "down": "down"}.get((state or "").lower())
    return Vtep(
        address=address,
        state=word,
        source=_LEARNT.get((learnt or "").lower(), learnt.lower() if learnt else None),
        vnis_count=_how_many(vnis),
        up_for_s=duration_s(age) if word == "up" else None,
    )


def _how_many(vnis: str | None) -> int | None:
    """How many numbers there are in `999,1001-1003`."""
    parts = re.findall(r"(\d{1,8})(?:-(\d{1,8}))?", vnis or "")
    return sum(max(int(end or start) - int(start) + 1, 1) for start, end in parts) or None


_PEER_ROW = re.compile(
    r"^ *nve\d+ +(?P<address>[0-9A-Fa-f]*[.:][0-9A-Fa-f.:]+) +(?P<state>Up|Down) +"
    r"(?P<learnt>\w+)(?: +(?P<age>[\w:.]+))?",
    re.I,
)
_PEER_BLOCK = re.compile(r"^ *Peer-Ip: *(?P<address>\S+)", re.M | re.I)


@command("show nve peers", area="overlay", gives=(Vtep,), arguments=without_json, aliases=(_PEERS,))
def peers_in_text(output: str) -> Read:
    """The same in text: a row an endpoint, or a block."""
    if structured(output):
        yield from peers(output)
        return
    nothing = True
    for line in lines(output):
        if found := _PEER_ROW.match(line.text):
            nothing = False
            yield _vtep(found["address"], found["state"], found["learnt"], found["age"], None)
    for block in blocks(output, _PEER_BLOCK):
        nothing = False
        told = fields(block.text)
        yield _vtep(
            block.head["address"],
            said(told.get("peer-state") or told.get("peer state")),
            said(told.get("learn-type")),
            said(told.get("peer uptime") or told.get("uptime")),
            said(told.get("configured vnis") or told.get("configured-vnis")),
        )
    if nothing and ("Peer-IP" in output or says_none(output)):
        yield EMPTY


_VNIS = "show nve vni[ {vni}][ interface nve[ ]{nve}][ detail]"


@command("show nve vni | json", area="overlay", gives=(Vni,), aliases=(_VNIS + J, "show nve vni detail" + J))
def vnis(output: str, vni: str = "", nve: str = "") -> Read:
    """Every network identifier."""
    yield from table(output, "nve_vni", _vni)


def _vni(row: Object) -> Read:
    yield _network(
        row.get("vni"),
        said(row.get("vni-state")),
        said(row.get("type")),
        said(row.get("mcast")),
        said(row.get("if-name")),
        count(row.get("vlan-bd")),
    )


_TYPE = re.compile(r"L(?P<layer>[23]) *\[(?P<what>[^\]]*)\]")


def _network(
    vni: Any,
    state: str | None,
    kind: str | None,
    group: str | None,
    interface: str | None,
    vlan: int | None = None,
) -> Vni:
    """`L2 [10]` is bound to VLAN 10, `L3 [RED]` to a VRF; `UC` is not configured."""
    number = count(vni)
    if number is None:
        raise ValueError("no VNI")
    found = _TYPE.search(kind or "")
    layer: Any = f"l{found['layer']}" if found else None
    what = said(found["what"]) if found else None
    told: Any = {"up": "up", "down": "down"}.get((state or "").lower())
    return Vni(
        vni=number,
        kind=layer,
        vlan=(count(what) if layer == "l2" else None) or vlan or None,
        vrf=what if layer == "l3" else None,
        state=told,
        interface=interface,
        source=group,
        reason="not configured" if what == "UC" else None,
    )


_VNI_ROW = re.compile(
    r"^ *(?P<interface>nve\d+) +(?P<vni>\d+) +(?P<group>\S+) +(?P<state>\w+) +"
    r"(?P<mode>\w+) +(?P<type>L[23] *\[[^\]]*\])"
)
_VNI_BLOCK = re.compile(r"^ *VNI: *(?P<vni>\d+)", re.M)


@command(
    "show nve vni",
    area="overlay",
    gives=(Vni,),
    arguments=without_json,
    aliases=(_VNIS, "show nve vni detail"),
)
def vnis_in_text(output: str, vni: str = "", nve: str = "") -> Read:
    """The same in text: a row a VNI, or a block."""
    if structured(output):
        yield from vnis(output)
        return
    nothing = True

    def read(line: Line) -> Read:
        if found := _VNI_ROW.match(line.text):
            yield _network(
                found["vni"], found["state"], found["type"], said(found["group"]), found["interface"]
            )

    for item in each(lines(output), read):
        nothing = False
        yield item
    for item in each(blocks(output, _VNI_BLOCK), _vni_block):
        nothing = False
        yield item
    if nothing and ("Multicast-group" in output or says_none(output)):
        yield EMPTY


def _vni_block(block: Block) -> Iterator[Vni]:
    told = fields(block.text)
    yield _network(
        block.head["vni"],
        told.get("vni state"),
        told.get("vni type"),
        said(told.get("mcast-addr")),
        said(told.get("nve-interface")),
        count(told.get("vlan-bd")),
    )


_ESI = re.compile(r"^ *ESI: *(?P<esi>\S+)", re.M)


@command(
    "show nve ethernet-segment",
    area="overlay",
    gives=(EthernetSegment,),
    arguments=on_request,
    aliases=("show nve ethernet-segment[ summary][ esi {esi}]",),
)
def segments(output: str, esi: str = "") -> Read:
    """Multihomed segments; who forwards differs by VLAN."""
    nothing = True
    for block in blocks(output, _ESI):
        nothing = False
        told = fields(block.text)
        state: Any = {"up": "up", "down": "down"}.get((told.get("es state") or "").lower())
        yield EthernetSegment(
            esi=block.head["esi"],
            interface=port(told.get("parent interface")),
            state=state,
            peers=tuple(word for word in (told.get("df list") or "").split() if is_ip(word)) or None,
        )
    if nothing and says_none(output):
        yield EMPTY


_NVE = re.compile(r"^ *Interface: *(?P<name>nve\d+), *State: *(?P<state>\w+)", re.M)
_SOURCE = re.compile(r"Source-Interface: *(\S+) *\(primary: *([^,\s)]+)")


@command(
    "show nve interface nve 1 detail",
    area="overlay",
    gives=(Interface,),
    arguments=on_request,
    aliases=("show nve interface[ nve[ ]{nve}][ detail]",),
)
def tunnel(output: str, nve: str = "") -> Read:
    """The tunnel's own end, and the loopback that its packets bear."""
    for block in blocks(output, _NVE):
        yield Interface(
            interface=block.head["name"], kind="tunnel", oper_up=block.head["state"].lower() == "up"
        )
        if source := _SOURCE.search(block.text):
            state = first(re.compile(r"Source Interface State: *(\w+)"), block.text)
            yield Interface(
                interface=named(source[1]), kind="loopback", oper_up=state.lower() == "up" if state else None
            )


_L2ROUTE = re.compile(
    r"^ *(?P<topology>\d+) +(?P<mac>[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}) +"
    r"(?P<source>[A-Za-z]\w*) +(?P<flags>\S+) +"
    r"(?P<sequence>\d+) +(?P<rest>\S.*?) *$"
)
_MAC_IP = re.compile(r"^(?P<address>[0-9A-Fa-f]*[.:][0-9A-Fa-f.:/]+) +(?P<hop>[^\s(].*)$")


@command(
    "show l2route evpn mac all",
    area="overlay",
    gives=(MacEntry, Neighbor),
    arguments=on_request,
    aliases=(
        "show l2route[ evpn] mac[-ip][ all][ detail]",
        "show l2route[ evpn] mac[-ip] {words*}",
    ),
)
def l2routes(output: str, words: str = "") -> Read:
    """MAC addresses by topology (VLAN or VNI); the sequence number counts moves (RFC 7432 section 15)."""
    if structured(output):
        yield from _l2routes_json(output)
        return
    nothing = True
    for line in lines(output):
        if not (found := _L2ROUTE.match(line.text)):
            continue
        nothing = False
        both = _MAC_IP.match(found["rest"])
        hop = both["hop"] if both else found["rest"]
        if both and is_ip(both["address"].partition("/")[0]):
            yield Neighbor(address=both["address"].partition("/")[0], mac=mac_address(found["mac"]))
        yield _learnt(found["mac"], found["topology"], hop, found["sequence"])
    if nothing and "Mac Address" in output:
        yield EMPTY


def _learnt(mac: Any, topology: str | None, hop: str | None, sequence: Any) -> MacEntry:
    behind = (hop or "").split()[0].split("(")[0] if hop else ""
    remote = behind if is_ip(behind) else None
    return MacEntry(
        mac=str(mac_address(mac)),
        vlan=topology,
        interface=None if remote or behind.lower() in {"", "local"} else port(behind),
        remote_vtep=remote,
        kind="remote" if remote else None,
        moves_count=count(sequence),
    )


def _l2routes_json(output: str) -> Iterator[Fact | Note]:
    found = document(output)
    here = [
        row for name in ("l2route_mac_all", "l2route_mac_ip_all", "l2route_mac") for row in rows(found, name)
    ]
    if not here and found:
        raise NotUnderstood("no table of addresses")

    def read(row: Object) -> Read:
        hop = said(row.get("next-hop1") or row.get("next-hop"))
        if mac_address(row.get("mac-addr")) is None:
            raise ValueError("no 'mac-addr'")
        yield _learnt(row.get("mac-addr"), said(row.get("topo-id")), hop, row.get("seq-num"))

    yield from over(here, read, found, "l2route")
