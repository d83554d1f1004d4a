"""VXLAN: the tunnel endpoints, and which VNI belongs to which VLAN or VRF (RFC 7348)."""

from __future__ import annotations

import re
from typing import Final, Literal

from netdoctor.model.events import Note
from netdoctor.model.facts import MacEntry, Vni, Vtep
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.sonic.reading import Read, Row, cell, counter, grid, on_request, read_table
from netdoctor.platforms.text import each
from netdoctor.platforms.values import count, is_ip, mac_address

_STATES: Final[dict[str, Literal["up", "down"]]] = {
    "oper_up": "up",
    "oper_down": "down",
    "up": "up",
    "down": "down",
}
_NONE: Final = re.compile(r"Total count *: *0|\| *(?:VLAN|SIP|VRF) +\||\A\s*Total count *: *\d+\s*\Z")
"""A heading without rows, or a total alone, as `count` at a command's end asks for."""


def _none(output: str) -> Read:
    if _NONE.search(output):
        yield EMPTY


@command(
    "show vxlan remotevtep", area="overlay", gives=(Vtep,), aliases=("show vxlan remotevtep {options*}",)
)
def endpoints(output: str) -> Read:
    """The far ends of tunnels, and whether they are up."""
    yield from read_table(output, _endpoint)
    yield from _none(output)


def _endpoint(row: Row) -> Read:
    address = cell(row, "dip")
    if address is None or not is_ip(address):
        raise ValueError("no endpoint")
    source = cell(row, "creation source")
    yield Vtep(
        address=address,
        state=_STATES.get((cell(row, "operstatus") or "").lower()),
        source=source.lower() if source else None,
    )


@command(
    "show vxlan remotevni all",
    area="overlay",
    gives=(Vni, Vtep),
    arguments=on_request,
    aliases=("show vxlan remotevni[ {options*}]", "show vxlan remote-vni[ {options*}]"),
)
def remote_vnis(output: str) -> Read:
    """Which endpoints each VNI is stretched to."""
    found: dict[tuple[int, int | None], list[str]] = {}

    def read(row: Row) -> Read:
        vni, address = counter(row, "vni"), cell(row, "remotevtep")
        if vni is None or address is None:
            raise ValueError("no VNI")
        place = (vni, count((cell(row, "vlan") or "").removeprefix("Vlan")))
        found.setdefault(place, []).append(address)
        return ()

    yield from each(grid(output), read)
    addresses: dict[str, int] = {}
    for (vni, vlan), remote in found.items():
        yield Vni(vni=vni, vlan=vlan, remote_vteps_count=len(remote))
        for address in remote:
            addresses[address] = addresses.get(address, 0) + 1
    for address, vnis in addresses.items():
        yield Vtep(address=address, vnis_count=vnis)
    yield from _none(output)


@command(
    "show vxlan remotemac all",
    area="overlay",
    gives=(MacEntry,),
    arguments=on_request,
    aliases=("show vxlan remotemac[ {options*}]",),
)
def remote_macs(output: str) -> Read:
    """Addresses behind tunnels."""
    yield from read_table(output, _remote_mac)
    yield from _none(output)


def _remote_mac(row: Row) -> Read:
    mac = mac_address(cell(row, "mac"))
    if mac is None:
        raise ValueError("no address")
    yield MacEntry(
        mac=mac,
        vlan=(cell(row, "vlan") or "").removeprefix("Vlan") or None,
        remote_vtep=cell(row, "remotevtep"),
        kind="remote",
    )


@command(
    "show vxlan vlanvnimap",
    area="overlay",
    gives=(Vni,),
    arguments=on_request,
    aliases=("show vxlan vlanvnimap {options*}",),
)
@command(
    "show vxlan vrfvnimap",
    area="overlay",
    gives=(Vni,),
    arguments=on_request,
    aliases=("show vxlan vrfvnimap {options*}",),
)
def maps(output: str) -> Read:
    """Which VLAN, or which VRF, each VNI stands for."""
    yield from read_table(output, _map)
    yield from _none(output)


def _map(row: Row) -> Read:
    vni, vlan, vrf = counter(row, "vni"), cell(row, "vlan"), cell(row, "vrf")
    if vni is None:
        raise ValueError("no VNI")
    yield Vni(
        vni=vni,
        vlan=count(vlan.removeprefix("Vlan")) if vlan else None,
        vrf=vrf,
        kind="l3" if vrf and not vlan else "l2" if vlan else None,
    )


_MAPPING: Final = re.compile(r"(\d+) *-> *(?:Vlan)?(\d+)")


@command(
    "show vxlan tunnel",
    area="overlay",
    gives=(Vtep, Vni),
    arguments=on_request,
    aliases=("show vxlan tunnel {options*}", "show vxlan name {name}"),
)
def tunnels(output: str) -> Read:
    """The configured tunnels with their maps of VNI to VLAN; one without a far end is EVPN's own."""
    yield from read_table(output, _tunnel)
    yield from _none(output)
    if "vxlan tunnel name" in output:
        yield EMPTY


def _tunnel(row: Row) -> Read:
    if "dip" in row.cells:
        yield from _endpoint(row)
        return
    address = cell(row, "destination ip")
    mappings = _MAPPING.findall(
        cell(row, "tunnel map mapping(vni -> vlan)", "tunnel map mapping(vni vlan)") or ""
    )
    if address and is_ip(address):
        yield Vtep(address=address, source="static", vnis_count=len(mappings) or None)
    for vni, vlan in mappings:
        yield Vni(vni=int(vni), vlan=int(vlan), kind="l2", source="static")
    if not mappings and not address and cell(row, "source ip") is None:
        yield Note(text="no tunnel", line=row.line)


_MEMBER: Final = re.compile(r"^\s*(?:Vlan|VLAN) ?(\d+) *(?:->|:|,) *(?:VNI ?)?(\d+)", re.MULTILINE)


@command("show vxlan interface", area="overlay", gives=(Vni,), arguments=on_request)
def local(output: str) -> Read:
    """This end of the tunnels, which is no fact of ours, and the VNIs where a release tells them."""
    for vlan, vni in _MEMBER.findall(output):
        yield Vni(vni=int(vni), vlan=int(vlan), kind="l2")
    if "VTEP" in output:
        yield EMPTY
