"""EVPN (RFC 7432): instances, Ethernet segments, and the peers of a multihomed pair."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from netdoctor.model.facts import BgpInstance, BgpSession, EthernetSegment, EvpnInstance, Vtep
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_xe.bgp_words import session_state
from netdoctor.platforms.cisco_xe.names import normalise_interface
from netdoctor.platforms.cisco_xe.reading import on_request
from netdoctor.platforms.text import Block, Line, Read, blocks, each, first, lines
from netdoctor.platforms.values import as_number, count, duration_s

_INSTANCE = re.compile(r"^ *EVPN instance: +(?P<name>\S+)", re.M | re.I)
_RD = re.compile(r"^ *RD: +(\S+)", re.M)
_TARGETS = r"^ *{}-RTs: +([^\n]*(?:\n {{12,}}[\d.:]+:\d[^\n:]*)*)"
_IMPORT = re.compile(_TARGETS.format("Import"), re.M)
_EXPORT = re.compile(_TARGETS.format("Export"), re.M)
_STATE = re.compile(r"^ *State: +(\w+(?: \w+)*)", re.M)
_VLAN = re.compile(r"^ *Vlan: +(\d+)", re.M | re.I)
_VNI = re.compile(r"^ *L2 VNI: +(\d+)", re.M)
_PEERS = re.compile(r"^ *Peers:[^\n]*\n(?P<peers>(?: +\S[^\n]*\n?)+)", re.M)
_PEER = re.compile(r"^ +((?:\d+\.){3}\d+|[0-9A-Fa-f]*:[0-9A-Fa-f:]+) *$", re.M)
_ROW = re.compile(r"^ *(?P<name>\d+) +(?P<vlan>\d+|N/A) +\d+ +(?P<vni>\d+|N/A) +\S+ +\S")
_HEADING = re.compile(r"^ *EVI +VLAN|^ *EVI +BD", re.M)


@command(
    "show l2vpn evpn evi detail",
    area="overlay",
    gives=(EvpnInstance,),
    arguments=on_request,
    aliases=("show l2vpn evpn evi", "show l2vpn evpn evi {scope*}"),
)
def instances(output: str) -> Read:
    """The instances, in full or as rows."""
    if _INSTANCE.search(output):
        yield from each(blocks(output, _INSTANCE), _instance)
        return
    rows = list(each(lines(output), _row))
    if not rows and _HEADING.search(output):
        yield EMPTY
    yield from rows


def _instance(block: Block) -> Iterator[EvpnInstance]:
    said = block.text
    state = (first(_STATE, said) or "").lower()
    peers = _PEERS.search(said)
    yield EvpnInstance(
        name=block.head["name"],
        vni=count(first(_VNI, said)) or None,
        vlan=count(first(_VLAN, said)),
        route_distinguisher=first(_RD, said),
        import_targets=_targets(first(_IMPORT, said)),
        export_targets=_targets(first(_EXPORT, said)),
        remote_vteps_count=len(set(_PEER.findall(peers["peers"]))) if peers else None,
        state="up" if state == "established" else "down" if state else None,
    )


def _targets(said: str | None) -> tuple[str, ...] | None:
    return tuple(said.split()) if said else None


def _row(line: Line) -> Iterator[EvpnInstance]:
    if found := _ROW.match(line.text):
        yield EvpnInstance(name=found["name"], vlan=count(found["vlan"]), vni=count(found["vni"]))


_VTEP = re.compile(
    r"^ *(?P<interface>nve\d+) +(?P<vni>\d+) +(?P<address>[\dA-Fa-f.:]+) +\d+ +\S+ +(?P<age>\S+) *$",
    re.M,
)


@command(
    "show l2vpn evpn peers vxlan",
    area="overlay",
    gives=(Vtep,),
    arguments=on_request,
    aliases=("show l2vpn evpn peers vxlan {scope*}",),
)
def peers(output: str) -> Read:
    """The remote endpoints that routes came from."""
    rows = [row.groupdict() for row in _VTEP.finditer(output)]
    if not rows and "Peer-IP" in output:
        yield EMPTY
    for address in dict.fromkeys(row["address"] for row in rows):
        own = [row for row in rows if row["address"] == address]
        ages = [age for row in own if (age := duration_s(row["age"])) is not None]
        yield Vtep(
            address=address,
            state="up",
            source="evpn",
            vnis_count=len({row["vni"] for row in own}),
            up_for_s=max(ages, default=None),
        )


_ESI = r"[0-9A-Fa-f]{4}(?:\.[0-9A-Fa-f]{4}){4}"
_SEGMENT = re.compile(rf"^ *EVPN Ethernet Segment ID: +(?P<esi>{_ESI})", re.M | re.I)
_SEGMENT_ROW = re.compile(rf"^ *(?P<esi>{_ESI}) +(?P<port>\S+) +(?P<mode>(?:single|all)-active)\b")
_PAIR_ROW = re.compile(rf"^ *(?P<port>[A-Za-z]\S*\d) +(?P<esi>{_ESI}) +(?P<state>\w+)")
_INTERFACE = re.compile(r"^ *Interface: +([A-Za-z]\S*)", re.M)
_MODE = re.compile(r"^ *Redundancy mode: +(\S+)", re.M | re.I)
_FORWARDERS = re.compile(r"^ *Forwarder List: +([^\n]*(?:\n {12,}[\d.]+[^\n:]*)*)", re.M)
_MODES: dict[str, Any] = {"single-active": "single_active", "all-active": "all_active"}
_STATES: dict[str, Any] = {
    "ready": "up",
    "up": "up",
    "down": "down",
    "incomplete": "down",
    "global incomplete": "down",
    "interface incomplete": "down",
}


@command(
    "show l2vpn evpn ethernet-segment detail",
    area="overlay",
    gives=(EthernetSegment,),
    arguments=on_request,
    aliases=("show l2vpn evpn ethernet-segment", "show l2vpn evpn ethernet-segment {scope*}"),
)
def segments(output: str) -> Read:
    """The multihomed segments, in full or as rows."""
    if _SEGMENT.search(output):
        yield from each(blocks(output, _SEGMENT), _segment)
        return
    rows = list(each(lines(output), _segment_row))
    if not rows and re.search(r"^ *ESI +Port", output, re.M):
        yield EMPTY
    yield from rows


def _segment(block: Block) -> Iterator[EthernetSegment]:
    said = block.text
    port = first(_INTERFACE, said)
    forwarders = first(_FORWARDERS, said)
    yield EthernetSegment(
        esi=block.head["esi"],
        interface=normalise_interface(port) if port else None,
        state=_STATES.get((first(_STATE, said) or "").lower()),
        redundancy_mode=_MODES.get((first(_MODE, said) or "").lower()),
        peers=tuple(forwarders.split()) if forwarders else None,
    )


def _segment_row(line: Line) -> Iterator[EthernetSegment]:
    if found := _SEGMENT_ROW.match(line.text):
        yield EthernetSegment(
            esi=found["esi"],
            interface=normalise_interface(found["port"]),
            redundancy_mode=_MODES[found["mode"]],
        )
    elif found := _PAIR_ROW.match(line.text):
        yield EthernetSegment(
            esi=found["esi"],
            interface=normalise_interface(found["port"]),
            state=_STATES.get(found["state"].lower()),
        )


_LOCAL = re.compile(r"Local BGP RouterID : *(\S+), *ASN : *([\d.]+)")
_NEIGHBOR = re.compile(r"Neighbor IP : *(\S+), *Up/Down : *(\S+), *State/PfxRcd : *(\S+),")


@command(
    "show l2vpn evpn all-active-mh summary",
    area="overlay",
    gives=(BgpInstance, BgpSession, EthernetSegment),
    arguments=on_request,
    aliases=("show l2vpn evpn all-active-mh",),
)
def pair(output: str) -> Read:
    """The session between the two switches of a pair, and the segments they share."""
    if own := _LOCAL.search(output):
        yield BgpInstance(router_id=own[1], local_as=as_number(own[2]))
    for peer, age, said in _NEIGHBOR.findall(output):
        up = said.isdigit()
        yield BgpSession(
            peer=peer,
            session_state="established" if up else session_state(said),
            up_for_s=duration_s(age) if up else None,
            down_for_s=None if up else duration_s(age),
        )
    yield from each(lines(output), _segment_row)
