"""EVPN: Ethernet segments, instances, and MAC addresses with their ports or next hops (RFC 7432)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from netdoctor.model.events import Note
from netdoctor.model.facts import EthernetSegment, EvpnInstance, Fact, MacEntry, Neighbor
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_xr.dialect import normalise_interface
from netdoctor.platforms.cisco_xr.reading import each_block, found_in, none_said, on_request, said
from netdoctor.platforms.text import Block, Read, blocks, each, first
from netdoctor.platforms.values import count, is_ip, mac_address

_SEGMENT = re.compile(
    r"^ *(?P<esi>(?:[0-9a-f]{4}\.){4}[0-9a-f]{4}|[0-9a-f]{2}(?:[.:][0-9a-f]{2}){9}|N/A) +"
    r"(?P<interface>[A-Za-z][\w/.:-]*\d|PW:\S+) +(?P<hop>[0-9A-Fa-f:.]{3,45}|-)?\*? *$",
    re.M | re.I,
)
_NAME = re.compile(r"^ *Interface name *: *(\S+)", re.M)
_STATE = re.compile(r"^ *State *: *(\S+)", re.M)
_CONFIGURED = re.compile(r"^ *Configured *: *(\S[^\n]*)", re.M)
_HOPS = re.compile(r"^ {20,}([0-9A-Fa-f:.]{3,45})\*? *$", re.M)
_PEERING = re.compile(r"^ *Peering Details *:(?P<peers>[^\n]*(?:\n +[0-9A-Fa-f:.]+ ?\[[^\n]*)*)", re.M)
_PEER = re.compile(r"([0-9A-Fa-f:.]{3,45}?) ?\[")
_CARVING = re.compile(r"^ *Elected *: *(\d+)\s+^ *Not Elected *: *(\d+)", re.M)


@command(
    "show evpn ethernet-segment detail",
    area="overlay",
    gives=(EthernetSegment,),
    aliases=(
        "show evpn ethernet-segment",
        "show evpn ethernet-segment private",
        "show evpn ethernet-segment carving detail",
        "show evpn ethernet-segment {more*}",
    ),
)
def segments(output: str) -> Read:
    yield from each_block(output, _SEGMENT, _segment)
    if re.search(r"^ *Ethernet Segment Id +Interface", output, re.M) and not _SEGMENT.search(output):
        yield EMPTY


def _segment(block: Block) -> Read:
    """A segment without an identifier is a port with one home: it is none."""
    head, text = block.head, block.text
    if head["esi"] == "N/A":
        return
    mode = (first(_CONFIGURED, text) or "").lower()
    state = first(_STATE, text)
    carving = _CARVING.search(text)
    elected, others = (int(carving[1]), int(carving[2])) if carving else (0, 0)
    yield EthernetSegment(
        esi=head["esi"],
        interface=normalise_interface(first(_NAME, text) or head["interface"]),
        state=None if state is None else "up" if state.lower() in {"up", "standby"} else "down",
        redundancy_mode="all_active"
        if mode.startswith(("all", "a/a"))
        else "single_active"
        if mode.startswith(("single", "s/a", "port"))
        else None,
        designated_forwarder=None if not carving or bool(elected) == bool(others) else bool(elected),
        peers=tuple(dict.fromkeys(_peers(head, text))) or None,
    )


def _peers(head: re.Match[str], text: str) -> Iterator[str]:
    """All the routers on the segment, this one among them."""
    peering = _PEERING.search(text)
    if peering and (found := _PEER.findall(peering["peers"])):
        yield from (peer for peer in found if is_ip(peer))
        return
    if head["hop"] and is_ip(head["hop"]):
        yield head["hop"]
    yield from (hop for hop in _HOPS.findall(text[:400]) if is_ip(hop))


_MAC = re.compile(
    r"^ *(?P<evi>\d+|N/A) +(?P<encap>\S+) +(?P<mac>(?:[0-9a-f]{4}\.){2}[0-9a-f]{4}) +"
    r"(?P<address>[0-9A-Fa-f:.]+) +(?P<hop>\S+) +(?P<label>\S+)",
    re.M | re.I,
)
_LOCAL_STATIC = re.compile(r"^ *Local Static *: *(Yes|No)", re.M)
_REMOTE_STATIC = re.compile(r"^ *Remote Static *: *(Yes|No)", re.M)
_MOVES = re.compile(r"^ *(?:Local|Remote) Sequence Number *: *(\d+)", re.M)


@command(
    "show evpn evi mac detail",
    area="overlay",
    gives=(MacEntry,),
    arguments=on_request,
    aliases=(
        "show evpn evi mac",
        "show evpn evi mac private",
        "show evpn evi vpn-id {evi} mac[ detail]",
        "show evpn evi vpn-id {evi} mac {more}",
    ),
)
def macs(output: str) -> Read:
    """The sequence number of MAC mobility (RFC 7432 section 15) counts the moves."""
    yield from each_block(output, _MAC, _mac)
    if re.search(r"^ *(?:VPN-ID|EVI) +Encap", output, re.M) and not _MAC.search(output):
        yield EMPTY


def _mac(block: Block) -> Read:
    head, text = block.head, block.text
    mac = mac_address(head["mac"])
    if mac is None:
        raise ValueError("a row without an address")
    hop = head["hop"]
    remote = is_ip(hop)
    static = first(_REMOTE_STATIC if remote else _LOCAL_STATIC, text) == "Yes"
    moves = [int(number) for number in _MOVES.findall(text)]
    yield MacEntry(
        mac=mac,
        vlan=head["evi"],
        interface=None if remote or hop in {"Local", "N/A"} else normalise_interface(hop),
        remote_vtep=hop if remote else None,
        kind="remote" if remote else "static" if static else "dynamic",
        moves_count=max(moves) if moves else None,
    )


_ROUTED = re.compile(
    r"^ *(?P<topology>\d+) +(?P<mac>(?:[0-9a-f]{4}\.){2}[0-9a-f]{4}) +(?:"
    r"(?P<address>[0-9A-Fa-f:]*[.:][0-9A-Fa-f.:]*) +)?(?P<producer>[A-Za-z]\S*) +(?P<hop>[^\s,]+)",
    re.M | re.I,
)


@command(
    "show l2route evpn mac all",
    area="overlay",
    gives=(MacEntry, Neighbor),
    arguments=on_request,
    aliases=(
        "show l2route evpn mac-ip all",
        "show l2route evpn mac[-ip] {more*}",
        "show l2route evpn mac-ip {more*}",
        "show l2vpn mac-learning {kind} all location[ {location}]",
    ),
)
def l2routes(output: str) -> Read:
    yield from found_in(_l2routes(output), output)
    if re.search(r"^ *Topo ID +Mac Address", output, re.M) and not _ROUTED.search(output):
        yield EMPTY


_LEARNED = re.compile(
    r"^ *(?P<topology>\d+) +(?P<producer>\S+) +(?P<hop>[^\s,]+)(?:, *\S+)?"
    r" +(?P<mac>(?:[0-9a-f]{4}\.){2}[0-9a-f]{4})(?: +(?P<address>[0-9A-Fa-f:]*[.:][0-9A-Fa-f.:]*))?",
    re.M | re.I,
)


def _l2routes(output: str) -> Iterator[Fact | Note]:
    """`172.16.2.89/100001/ME` is a router with its label, `Bundle-Ether1.0` a port."""
    whole = said(output)
    pattern = _ROUTED if _ROUTED.search(whole) else _LEARNED
    for found in pattern.finditer(whole):
        mac = mac_address(found["mac"]) or ""
        hop = found["hop"].partition("/")[0]
        port = found["hop"] if re.match(r"[A-Z][A-Za-z-]+\d", found["hop"]) else None
        yield MacEntry(
            mac=mac,
            vlan=found["topology"],
            interface=normalise_interface(port) if port else None,
            remote_vtep=hop if is_ip(hop) else None,
            kind=_kind(found["producer"], is_ip(hop)),
        )
        if found["address"] and is_ip(found["address"]):
            yield Neighbor(
                address=found["address"], mac=mac, interface=normalise_interface(port) if port else None
            )


def _kind(producer: str, remote: bool) -> Any:
    if remote:
        return "remote"
    return {"static": "static", "l2vpn": None}.get(producer.lower(), "dynamic")


_BRIDGED = re.compile(
    r"^ *(?P<mac>(?:[0-9a-f]{4}\.){2}[0-9a-f]{4}) +"
    r"(?P<type>dynamic|static|routed|BVI|EVPN|PBB-EVPN|protected\w*) +(?P<port>.+?) +"
    r"(?P<location>\d+/\w+/CPU\d+|N/A) +(?P<age>\S[^\n]*)$",
    re.M | re.I,
)


@command(
    "show l2vpn forwarding bridge-domain mac-address location 0/0/CPU0",
    area="l2",
    gives=(MacEntry,),
    arguments=on_request,
    aliases=(
        "show l2vpn forwarding bridge-domain[ {domain}] mac-address location {location}",
        "show l2vpn forwarding bridge-domain mac-address {more*}",
    ),
)
def bridged(output: str, domain: str = "") -> Read:
    found = (_bridged(row, domain) for row in _BRIDGED.finditer(said(output)))
    yield from found_in(found, output)
    if none_said(output) or (
        re.search(r"^ *Mac Address +Type", output, re.M) and not _BRIDGED.search(output)
    ):
        yield EMPTY


def _bridged(row: re.Match[str], domain: str) -> MacEntry:
    port, word = row["port"].strip(), row["type"].lower()
    remote = (
        re.search(r"[0-9A-Fa-f]*[.:][0-9A-Fa-f.:]+", port) if "evpn" in word or port.startswith("(") else None
    )
    return MacEntry(
        mac=mac_address(row["mac"]) or "",
        vlan=domain or None,
        interface=normalise_interface(port) if re.match(r"[A-Z][A-Za-z-]*\d", port) else None,
        remote_vtep=remote[0] if remote and is_ip(remote[0]) else None,
        kind="remote"
        if "evpn" in word
        else "dynamic"
        if word == "dynamic"
        else "static"
        if word == "static"
        else "self",
    )


_EVI = re.compile(
    r"^ *(?P<evi>\d+) +(?P<encap>MPLS|SRv6|VXLAN|PBB|VPWS\S*|N/A) *(?P<domain>\S.*?)? {2,}"
    r"(?P<type>\S[^\n]*)$"
    r"|^ *(?P<old>\d+) +\S+ +(?:PBB|EVPN|BD|VPWS\S*|\w*XC) *$",
    re.M,
)
_RD = re.compile(r"^ *(?:RD Config|Route Distinguisher|RD Auto)[^:\n]*: *(?:\([^)\n]*\) *)?(\d\S*)", re.M)
_TARGET = re.compile(r"^ *(?P<target>\S+:\d+) +(?P<way>Import|Export|Both)", re.M)


@command(
    "show evpn evi detail",
    area="overlay",
    gives=(EvpnInstance,),
    aliases=("show evpn evi", "show evpn evi vpn-id {evi}[ detail]"),
)
def instances(output: str) -> Read:
    yield from found_in(each(blocks(said(output), _EVI), _instance), output)
    if re.search(r"^ *(?:VPN-ID|EVI) +(?:Encap|Bridge)", output, re.M) and not _EVI.search(output):
        yield EMPTY


def _instance(block: Block) -> Read:
    targets = [(found["target"], found["way"]) for found in _TARGET.finditer(block.text)]
    yield EvpnInstance(
        name=block.head["evi"] or block.head["old"],
        vni=count(block.head["evi"]) if block.head["encap"] == "VXLAN" else None,
        route_distinguisher=first(_RD, block.text),
        import_targets=tuple(target for target, way in targets if way != "Export") or None,
        export_targets=tuple(target for target, way in targets if way != "Import") or None,
    )
