"""VXLAN: the tunnel interface, its peers and network identifiers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from netdoctor.model.facts import Interface, TableUse, Vni, Vtep
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_xe.reading import on_request
from netdoctor.platforms.text import Block, Read, blocks, each
from netdoctor.platforms.values import count, duration_s

_KINDS: dict[str, Any] = {"L2": "l2", "L3": "l3"}
_PEER = re.compile(
    r"^[ \t]*(?P<interface>nve\d+)[ \t]+(?P<vni>\d+)[ \t]+(?P<kind>L[23])(?P<plane>CP|DP)\w*"
    r"[ \t]+(?P<address>[\dA-Fa-f.:]+)(?:[ \t]+\S+)?[ \t]+(?:\d+|N/A)[ \t]+(?P<state>UP|DOWN)\b"
    r"(?:[ \t]+\S+)??(?:[ \t]+(?P<age>\S+))?[ \t]*$",
    re.M | re.I,
)
_PEER_HEADING = re.compile(r"^ *Interface +VNI", re.M)


@command("show nve peers", area="overlay", gives=(Vtep, Vni), aliases=("show nve peers {scope*}",))
def peers(output: str) -> Read:
    """Each remote tunnel endpoint once, and how many stand behind each network."""
    rows = [row.groupdict() for row in _PEER.finditer(output)]
    if not rows and _PEER_HEADING.search(output):
        yield EMPTY
    for address in dict.fromkeys(row["address"] for row in rows):
        own = [row for row in rows if row["address"] == address]
        up = [row for row in own if row["state"].upper() == "UP"]
        yield Vtep(
            address=address,
            state="up" if up else "down",
            source="evpn" if any(row["plane"].upper() == "CP" for row in own) else "static",
            vnis_count=len({row["vni"] for row in own}),
            up_for_s=max((duration_s(row["age"]) or 0.0 for row in up), default=None),
        )
    for vni in dict.fromkeys(row["vni"] for row in rows):
        own = [row for row in rows if row["vni"] == vni and row["state"].upper() == "UP"]
        kind = next(row["kind"] for row in rows if row["vni"] == vni)
        yield Vni(vni=int(vni), kind=_KINDS[kind.upper()], remote_vteps_count=len(own))


_VNI = re.compile(
    r"^[ \t]*(?P<interface>nve\d+)[ \t]+(?P<vni>\d+)[ \t]+\S+[ \t]+(?P<state>\S.*?)[ \t]+(?P<mode>L[23]\w{2})"
    r"[ \t]+(?P<vlan>\d+|N/A)[ \t]+(?P<source>\S+)[ \t]+(?P<vrf>\S+)",
    re.M | re.I,
)
_BRIDGE_DOMAINS = re.compile(r"\bMode +BD\b")
"""Routers have bridge domains where switches have VLANs."""
_WHY = re.compile(r"VNI down reason: *\n((?: *\S[^\n]*\n)+)")


@command(
    "show nve vni",
    area="overlay",
    gives=(Vni,),
    aliases=("show nve vni {scope*}", "show nve vni[ interface {name*}]"),
)
def networks(output: str) -> Read:
    """The network identifiers; the reason of one that is down stands where the details do."""
    if not _VNI.search(output) and _PEER_HEADING.search(output):
        yield EMPTY
    bridged = _BRIDGE_DOMAINS.search(output) is not None
    yield from each(blocks(output, _VNI), lambda block: _network(block, bridged))


def _network(block: Block, bridged: bool) -> Iterator[Vni]:
    found = block.head
    up = found["state"].lower() == "up"
    why = _WHY.search(block.text)
    reasons = [" ".join(line.split()) for line in why[1].splitlines()] if why else []
    vrf = found["vrf"]
    yield Vni(
        vni=int(found["vni"]),
        kind=_KINDS.get(found["mode"][:2].upper()),
        vlan=None if bridged else count(found["vlan"]),
        vrf=None if vrf.upper() in {"N/A", "-"} else vrf,
        state="up" if up else "down",
        interface=found["interface"],
        source="evpn" if found["mode"].upper().endswith("CP") else "static",
        reason=None if up else "; ".join([found["state"], *reasons]),
    )


_TUNNEL = re.compile(
    r"Interface: *(?P<name>nve\d+), *State: *Admin +(?P<admin>\w+), *Oper +(?P<oper>\w+)(?P<rest>[^\n]*)",
    re.I,
)


@command(
    "show nve interface nve 1",
    area="overlay",
    gives=(Interface,),
    arguments=on_request,
    aliases=("show nve interface[ {scope*}]",),
)
def tunnel(output: str) -> Read:
    """Whether the tunnel interface is up."""
    for found in _TUNNEL.finditer(output):
        yield Interface(
            interface=found["name"],
            admin_up=found["admin"].lower() == "up",
            oper_up=found["oper"].lower() == "up",
            kind="tunnel",
            virtual=True,
        )


_EVPN_NUMBERS = {
    "evpn instances": re.compile(r"^ *EVPN Instances[^:\n]*: *(\d+)", re.M),
    "evpn bridge domains": re.compile(r"^ *Bridge Domains: *(\d+)", re.M),
    "evpn macs": re.compile(r"^ *(?:Total )?(?:number of )?MAC(?: addresses| routes)?: *(\d+)", re.M | re.I),
}


@command("show l2vpn evpn summary", area="overlay", gives=(TableUse,), arguments=on_request)
def numbers(output: str) -> Read:
    """How many instances and addresses EVPN holds."""
    for table, pattern in _EVPN_NUMBERS.items():
        if found := pattern.search(output):
            yield TableUse(table=table, used_count=int(found[1]))
