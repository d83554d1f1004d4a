"""BFD as FRR prints it."""

from __future__ import annotations

from typing import Any

from netdoctor.lab.bgp import Neighbor
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.linux.frr_bgp import neighbors_of
from netdoctor.lab.render.text import as_json

BFD_DIAGNOSTICS = {0: "ok", 1: "control detection time expired"}


@answers('vtysh -c "show bfd peers json"', 'vtysh -c "show bfd vrf all peers json"')
def bfd(view: View) -> str:
    return as_json([_bfd_peer(end, view) for end in neighbors_of(view) if end.bfd], indent=2)


@answers('vtysh -c "show bfd peer {peer} json"')
def bfd_peer(view: View, peer: str) -> str:
    found = [end for end in neighbors_of(view) if end.bfd and end.peer_address == peer]
    return as_json(_bfd_peer(found[0], view), indent=2) if found else "{}\n"


def _bfd_peer(end: Neighbor, view: View) -> dict[str, Any]:
    up = end.bfd_up
    return {
        "multihop": False,
        "peer": end.peer_address,
        "local": end.local_address,
        "vrf": "default",
        "interface": end.port.name,
        "id": 1_500_000_000 + end.port.index * 7919,
        "remote-id": 2_000_000_000 + end.port.index * 6101 if up else 0,
        "passive-mode": False,
        "status": "up" if up else "down",
        "uptime" if up else "downtime": int(view.at - end.bfd_since),
        "diagnostic": BFD_DIAGNOSTICS[end.bfd_diagnostic],
        "remote-diagnostic": "ok",
        "receive-interval": 300,
        "transmit-interval": 300,
        "echo-receive-interval": 50,
        "echo-transmit-interval": 0,
        "detect-multiplier": 3,
        "remote-receive-interval": 300,
        "remote-transmit-interval": 300,
        "remote-echo-receive-interval": 50,
        "remote-detect-multiplier": 3,
    }
