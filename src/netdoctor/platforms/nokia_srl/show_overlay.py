"""What `show` prints of VXLAN."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from netdoctor.model.facts import EthernetSegment, EvpnInstance, Fact, MacEntry, Vni, Vtep
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.nokia_srl.reading import Read, Row, boxed, each, fields, on_request, said, since_s
from netdoctor.platforms.text import Block, blocks
from netdoctor.platforms.values import count, is_ip, mac_address


@command(
    "show tunnel-interface vxlan-interface brief",
    area="overlay",
    gives=(Vni, Vtep, EthernetSegment, MacEntry),
    arguments=on_request,
    aliases=(
        "show tunnel-interface {tunnel}[ vxlan-interface {index}][ {what*}]",
        "show tunnel vxlan-tunnel[ {what*}]",
    ),
)
def vxlan(output: str, tunnel: str = "", index: str = "", what: str = "", at: datetime | None = None) -> Read:
    """VXLAN interfaces, the endpoints and segments behind them, the MAC addresses learned over them."""
    named = re.search(r"vxlan-interface (?P<name>[\w.-]+)", output)
    yield from each(boxed(output), lambda row: _vxlan(row, named["name"] if named else None, at))
    if re.search(
        r"^ *0 (?:unicast-destinations|multicast-destinations|vxlan-tunnels|tunnel-interfaces)", output, re.M
    ):
        yield EMPTY


def _vxlan(row: Row, name: str | None, at: datetime | None) -> Iterator[Fact]:
    cells = row.cells
    if vni := count(cells.get("ingressvni")):
        kind = cells.get("type")
        yield Vni(
            vni=vni,
            interface=said(cells.get("vxlaninterface")),
            kind="l3" if kind == "routed" else "l2" if kind == "bridged" else None,
        )
    elif address := said(cells.get("vtepaddress")):
        changed = cells.get("lastchange", "").replace(" ", "")
        yield Vtep(address=address, source="evpn", up_for_s=since_s(changed, at))
    elif esi := said(cells.get("esi")):
        peers = re.findall(r"[0-9A-Fa-f.:]+", cells.get("vteps", ""))
        yield EthernetSegment(esi=esi.replace(" ", "").lower(), peers=tuple(peers) or None)
    elif mac := mac_address(cells.get("address", "").replace(" ", "")):
        places = re.findall(r"[0-9A-Fa-f.:]{7,}", cells.get("destination", ""))
        vnis = re.findall(r"\d+", cells.get("vni", ""))
        yield MacEntry(
            mac=mac,
            vlan=vnis[0] if vnis else None,
            interface=name,
            remote_vtep=places[0] if places else None,
            kind="remote" if "evpn" in cells.get("type", "") else None,
            age_s=since_s(cells.get("lastupdate", "").replace(" ", ""), at),
        )


@command(
    "show network-instance {vrf} tunnel-table all",
    area="overlay",
    gives=(Vtep,),
    arguments=on_request,
    aliases=("show network-instance {vrf} tunnel-table[ {which*}]",),
)
def tunnel_table(output: str, vrf: str = "", which: str = "", at: datetime | None = None) -> Read:
    """The endpoints of VXLAN tunnels; those of labels are no facts of ours."""
    yield from each(boxed(output), lambda row: _tunnel(row, at))


def _tunnel(row: Row, at: datetime | None) -> Iterator[Fact]:
    cells = {name: cell.replace(" ", "") for name, cell in row.cells.items()}
    address = (cells.get("ipv4prefix") or cells.get("ipv6prefix") or "").partition("/")[0]
    kind, fib = cells.get("tunneltype", cells.get("type")), cells.get("fib", cells.get("fibprog", ""))
    if kind == "vxlan" and is_ip(address):
        held = {"Y": "up", "N": "down"}.get(fib)
        yield Vtep(address=address, state=held, up_for_s=since_s(cells.get("lastupdate"), at))  # type: ignore[arg-type]  # one of its two words


_VPN: Final = re.compile(r"^Net Instance *: (?P<vrf>\S+)", re.M)


@command(
    "show network-instance {vrf} protocols bgp-vpn bgp-instance {number}",
    area="overlay",
    gives=(EvpnInstance,),
    arguments=on_request,
    aliases=("show network-instance {vrf} protocols bgp-vpn[ {which*}]",),
)
def vpns(output: str, vrf: str = "", number: str = "", which: str = "") -> Read:
    """Route distinguisher and targets of every instance."""
    yield from each(blocks(output, _VPN), _vpn)


def _vpn(block: Block) -> Read:
    found = {name: value.partition(",")[0] for name, value in fields(block.text).items()}
    targets = {way: said(found.get(f"{way}-route-target")) for way in ("import", "export")}
    kept = {way: (told.removeprefix("target:"),) if told else None for way, told in targets.items()}
    yield EvpnInstance(
        name=block.head["vrf"],
        route_distinguisher=said(found.get("route-distinguisher")),
        import_targets=kept["import"],
        export_targets=kept["export"],
    )
