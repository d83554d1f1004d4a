"""BFD."""

from __future__ import annotations

from typing import Any

from netdoctor.lab.bgp import Neighbor
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.arista_eos.bgp import in_default_vrf, neighbors_of

BFD_DIAGNOSTICS = {0: "diagNone", 1: "diagDetectTimeExp"}
"""RFC 5880 §4.1 in EOS's words."""


@answers("show bfd peers detail | json", "show bfd peers | json")
def bfd(view: View) -> str:
    return _bfd(view, None)


@answers("show bfd peers {peer} detail | json")
def bfd_peer(view: View, peer: str) -> str:
    return _bfd(view, peer)


def _bfd(view: View, peer: str | None) -> str:
    ends = [
        end for end in neighbors_of(view) if end.bfd and not end.shutdown and peer in (None, end.peer_address)
    ]
    found = {end.peer_address: {"peerStats": {end.port.name: _bfd_peer(end, view)}} for end in ends}
    return in_default_vrf({"ipv4Neighbors": found, "ipv6Neighbors": {}})


def _bfd_peer(end: Neighbor, view: View) -> dict[str, Any]:
    changed_at = end.bfd_since + view.device.clock_offset_s
    return {
        "status": "up" if end.bfd_up else "down",
        "remoteDisc": 1_000_000_000 + end.port.index * 6101 if end.bfd_up else 0,
        "lastUp": changed_at if end.bfd_up else 0.0,
        "lastDown": 0.0 if end.bfd_up else changed_at,
        "lastDiag": BFD_DIAGNOSTICS[end.bfd_diagnostic],
        "l3intf": end.port.name,
        "peerStatsDetail": {
            "role": "active",
            "apps": ["bgp"],
            "operTxInterval": 300000,
            "operRxInterval": 300000,
            "detectMult": 3,
        },
    }
