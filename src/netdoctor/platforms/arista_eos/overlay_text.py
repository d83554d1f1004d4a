"""VXLAN, as EOS prints it in words."""

from __future__ import annotations

import re
from typing import Literal

from netdoctor.model.facts import MacEntry, Vni, Vtep
from netdoctor.platforms.arista_eos.dialect import normalise_interface
from netdoctor.platforms.arista_eos.reading import Read, on_request
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.text import lines
from netdoctor.platforms.values import count, mac_address

_TUNNEL = re.compile(r"\bfor (Vxlan\d+)")
_ADDRESS = r"(?P<address>[0-9a-fA-F]*[.:][0-9a-fA-F.:]+)"
_VTEP = re.compile(rf"^\s*{_ADDRESS}(?:\s+(?P<rest>\S.*))?$")


@command(
    "show vxlan vtep",
    area="overlay",
    gives=(Vtep,),
    arguments=on_request,
    aliases=("show vxlan vtep detail",),
)
def vteps(output: str) -> Read:
    """The remote tunnel endpoints that are known."""
    for line in lines(output):
        if found := _VTEP.match(line.text):
            words = (found["rest"] or "").replace(",", " ").split()
            source = next((word for word in words if word in {"EVPN", "static", "datapath"}), None)
            yield Vtep(address=found["address"], source=source.lower() if source else None)
    if "Remote VTEP" in output:
        yield EMPTY


_L2 = re.compile(r"^\s*(?P<vni>\d+)\*?\s+(?P<vlan>\d+)\*?\s+(?P<source>\w+)(?:\s+[A-Z]\S*\d\s.*|\s*)$")
_L3 = re.compile(r"^\s*(?P<vni>\d+)\*?\s+(?P<vlan>\d+)\*?\s+(?P<vrf>\S+)\s+(?P<source>[A-Za-z]+)\s*$")


@command("show vxlan vni", area="overlay", gives=(Vni,), arguments=on_request)
def vnis(output: str) -> Read:
    """The network identifiers with their VLAN, and in the table of dynamic VLANs with their VRF."""
    interface, kind = None, "l2"
    for line in lines(output):
        if tunnel := _TUNNEL.search(line.text):
            interface = tunnel[1]
        if line.text.lstrip().startswith("VNI") and "VLAN" in line.text:
            kind = "l3" if "dynamic" in line.text or " VRF" in line.text else "l2"
        elif found := (_L3 if kind == "l3" else _L2).match(line.text):
            yield _vni(found, interface, "l3" if kind == "l3" else "l2")
    if "VNI to" in output:
        yield EMPTY


def _vni(found: re.Match[str], interface: str | None, kind: Literal["l2", "l3"]) -> Vni:
    return Vni(
        vni=int(found["vni"]),
        kind=kind,
        vlan=count(found["vlan"]),
        vrf=found["vrf"] if kind == "l3" else None,
        interface=interface,
        source=found["source"],
    )


_MAC = re.compile(
    rf"^\s*(?P<vlan>\d+)\s+(?P<mac>[0-9a-fA-F.:]{{14,17}})\s+(?P<type>\S+)\s+(?P<port>\S+)\s+{_ADDRESS}"
    r"(?:\s+(?P<moves>\d+))?"
)


@command("show vxlan address-table", area="overlay", gives=(MacEntry,), arguments=on_request)
def addresses(output: str) -> Read:
    """The addresses that are known behind remote tunnel endpoints."""
    for line in lines(output):
        if found := _MAC.match(line.text):
            yield MacEntry(
                mac=mac_address(found["mac"]) or found["mac"],
                vlan=found["vlan"],
                interface=normalise_interface(found["port"]),
                moves_count=count(found["moves"]),
            )
    if "Address Table" in output:
        yield EMPTY
