"""EVPN and VXLAN as FRR tells them (RFC 7432, RFC 8365)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, Literal

from netdoctor.model.facts import EthernetSegment, MacEntry, RoutingProcess, Vni, Vtep
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.linux.reading import Object, Read, documents, each, inner, listed, on_request
from netdoctor.platforms.linux.vtysh import also, not_running, vtysh
from netdoctor.platforms.text import Block, blocks, fields
from netdoctor.platforms.values import clean, count, is_ip, mac_address, text

_STATES: Final[dict[str, Literal["up", "down"]]] = {"up": "up", "down": "down"}


@command(
    vtysh("show evpn vni detail json"),
    area="overlay",
    gives=(Vni, Vtep, RoutingProcess),
    privileged=True,
    aliases=also("show evpn vni detail json", "show evpn vni json", "show evpn vni {vni} json"),
)
def vnis(output: str) -> Read:
    """Every VNI and the tunnel endpoints behind it, from the short table or in full."""
    if dead := list(not_running(output)):
        yield from dead
    elif output.strip():
        found = list(_entries(output))
        yield from each(found, _vni)
        yield from _vteps(found)


def _entries(output: str) -> Iterator[Object]:
    """Objects one after the other, in a list, or by VNI."""
    for document in documents(output):
        for part in listed(document):
            several = part.values() if isinstance(part, dict) and "vni" not in part else [part]
            yield from (entry for entry in several if isinstance(entry, dict) and "vni" in entry)


def _vni(entry: Object) -> Read:
    number = count(entry["vni"])
    if number is None:
        raise ValueError("no number")
    kind = str(entry.get("type")).lower()
    remote = entry.get("numRemoteVteps", entry.get("remoteVteps"))
    yield Vni(
        vni=number,
        kind=kind if kind in {"l2", "l3"} else None,  # type: ignore[arg-type]  # one of the two
        vlan=count(entry.get("vlan")),
        vrf=_name(entry.get("vrf", entry.get("tenantVrf"))),
        state=_STATES.get(str(entry.get("state")).lower()),
        interface=_name(entry.get("vxlanInterface", entry.get("vxlanIntf", entry.get("vxlanIf")))),
        remote_vteps_count=len(remote) if isinstance(remote, list) else count(remote),
        macs_count=count(entry.get("numMacs")),
    )


def _name(value: Any) -> str | None:
    found = text(value)
    return None if found in {"None", "unknown"} else found


def _vteps(entries: list[Object]) -> Iterator[Vtep]:
    """The endpoints that any VNI names, with the number of VNIs that do."""
    counts: dict[str, int] = {}
    for entry in entries:
        for remote in listed(entry.get("numRemoteVteps")) + listed(entry.get("remoteVteps")):
            address = text(remote.get("ip")) if isinstance(remote, dict) else text(remote)
            if address and is_ip(address):
                counts[address] = counts.get(address, 0) + 1
    for address, number in counts.items():
        yield Vtep(address=address, source="evpn", vnis_count=number)


_HEAD: Final = re.compile(r"^VNI +Type +VxLAN IF", re.MULTILINE)
_ROW: Final = re.compile(
    r"^(?P<vni>\d+) +(?P<type>L[23]) +(?P<interface>\S+) +(?P<macs>\S+) +(?P<arps>\S+) +(?P<vteps>\S+)"
    r" +(?P<vrf>\S+)(?: +(?P<vlan>\d+))?(?: +(?P<bridge>\S+))? *$",
    re.MULTILINE,
)
_BLOCK: Final = re.compile(r"^VNI: (?P<vni>\d+)", re.MULTILINE)


@command(
    vtysh("show evpn vni detail"),
    area="overlay",
    gives=(Vni, Vtep, RoutingProcess),
    arguments=on_request,
    aliases=also("show evpn vni detail", "show evpn vni[ {vni}]"),
)
def vnis_text(output: str) -> Read:
    """The table, or a block a VNI."""
    yield from not_running(output)
    rows, found = list(_ROW.finditer(clean(output))), list(blocks(output, _BLOCK))
    for row in rows:
        yield from _vni(
            {
                "vni": row["vni"],
                "type": row["type"],
                "vxlanInterface": row["interface"],
                "numMacs": row["macs"],
                "numRemoteVteps": row["vteps"],
                "vrf": row["vrf"],
                "vlan": row["vlan"],
            }
        )
    entries = [_described(block) for block in found]
    for entry in entries:
        yield from _vni(entry)
    yield from _vteps(entries)
    if _HEAD.search(output) and not rows:
        yield EMPTY


def _described(block: Block) -> Object:
    said = fields(block.text)
    remote = re.findall(r"^ +(\S+) flood:", clean(block.text), re.MULTILINE)
    return {
        "vni": block.head["vni"],
        "type": said.get("type"),
        "vlan": said.get("vlan"),
        "vrf": said.get("tenant vrf"),
        "state": said.get("state"),
        "vxlanInterface": said.get("vxlan interface", said.get("vxlan intf", said.get("vxlan-intf"))),
        "numMacs": said.get("number of macs (local and remote) known for this vni"),
        "numRemoteVteps": remote
        if remote or "no remote vteps known for this vni" in block.text.lower()
        else None,
    }


@command(
    vtysh("show evpn mac vni all json"),
    area="overlay",
    gives=(MacEntry, RoutingProcess),
    arguments=on_request,
    aliases=also("show evpn mac vni all json", "show evpn mac vni {vni} json"),
)
def macs(output: str) -> Read:
    """The addresses that FRR tells EVPN of, or has from it; a VNI stands for the VLAN where none is told."""
    if dead := list(not_running(output)):
        yield from dead
    elif output.strip():
        yield from each(_macs(output), _mac)


def _macs(output: str) -> Iterator[tuple[str | None, str, Object]]:
    for document in documents(output):
        tables = document if isinstance(document, dict) else {}
        tables = {"": tables} if "macs" in tables else tables
        for vni in tables:
            for mac, entry in inner(tables, vni, "macs").items():
                if isinstance(entry, dict):
                    yield vni or None, mac, entry


def _mac(vni: str | None, mac: str, entry: Object) -> Read:
    address = mac_address(mac)
    if address is None:
        raise ValueError("no address")
    vlan, remote = count(entry.get("vlan")), text(entry.get("remoteVtep"))
    yield MacEntry(
        mac=address,
        vlan=str(vlan) if vlan else clean(vni) if vni else None,
        interface=text(entry.get("intf")),
        remote_vtep=remote,
        kind="remote" if remote or entry.get("type") == "remote" else "dynamic",
    )


@command(
    vtysh("show evpn es json"),
    area="overlay",
    gives=(EthernetSegment, RoutingProcess),
    arguments=on_request,
    aliases=also("show evpn es json", "show evpn es detail json"),
)
def segments(output: str) -> Read:
    """The Ethernet segments that this router knows."""
    yield from not_running(output)
    found = (entry for document in documents(output) for entry in listed(document) if isinstance(entry, dict))
    yield from each((entry for entry in found if "esi" in entry), _segment)


def _segment(entry: Object) -> Read:
    flags = {str(flag) for flag in listed(entry.get("flags"))}
    peers = [
        address
        for remote in listed(entry.get("vteps"))
        if (address := text(remote.get("vtep")) if isinstance(remote, dict) else text(remote))
    ]
    df = None if not flags else "nonDF" not in flags
    yield EthernetSegment(
        esi=clean(str(entry["esi"])),
        interface=text(entry.get("accessPort")),
        state="up" if "operUp" in flags else None,
        designated_forwarder=df if "local" in flags else None,
        peers=tuple(peers) or None,
    )
