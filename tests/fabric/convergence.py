"""When a router has all that it is drawn with: sessions or adjacencies, BFD, LLDP and the hosts' routes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from .topology import LEAVES, host_prefix, links_of, neighbors_of

if TYPE_CHECKING:
    from .fabric import Fabric


def converged(fabric: Fabric, node: str) -> bool:
    """True when nothing is missing on `node`. What comes last is asked first, since this is polled."""
    return (
        _bfd_up(fabric, node)
        and _routing_up(fabric, node)
        and _lldp_heard(fabric, node)
        and all(fabric.reaches(node, host_prefix(leaf.name)) for leaf in LEAVES)
    )


def _bfd_up(fabric: Fabric, node: str) -> bool:
    peers = fabric.show(node, "show bfd peers")
    return len(peers) == len(neighbors_of(node)) and all(peer["status"] == "up" for peer in peers)


def _routing_up(fabric: Fabric, node: str) -> bool:
    if fabric.variant == "ospf":
        return all(fabric.adjacent(node, peer) for peer in neighbors_of(node))
    peers = fabric.show(node, "show bgp ipv4 unicast summary").get("peers", {}).values()
    return bool(peers) and all(
        peer["state"] == "Established" and peer["pfxRcd"] and peer["pfxSnt"] for peer in peers
    )


def _lldp_heard(fabric: Fabric, node: str) -> bool:
    answer = fabric.run(node, ["lldpcli", "-f", "json0", "show", "neighbors"], check=False)
    interfaces = json.loads(answer or "{}").get("lldp", [{}])[0].get("interface", [])
    return {entry["name"] for entry in interfaces} >= {item.end(node).interface for item in links_of(node)}
