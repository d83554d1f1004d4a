"""Layer 2 and overlays, as a router tells them that bridges nothing, and runs no MLAG."""

from __future__ import annotations

from netdoctor.lab.hardware import Port
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.text import as_json


@answers("show mlag detail | json")
def mlag(view: View) -> str:
    return as_json({"state": "disabled", "localInterface": "", "peerLink": "", "detail": {"enabled": False}})


@answers("show mac address-table | json")
def mac_table(view: View) -> str:
    return as_json({"unicastTable": {"tableEntries": []}, "multicastTable": {"tableEntries": []}})


@answers("show spanning-tree blockedports | json")
def blocked_ports(view: View) -> str:
    return as_json({"spanningTreeInstances": {}})


@answers("show spanning-tree topology status detail | json")
def topologies(view: View) -> str:
    """Routed ports stand in no instance; the topology without spanning tree holds all that are up."""
    ports = {port.name: _forwarding(port) for port in view.device.ports.values() if port.oper_up}
    return as_json({"unmappedVlans": [], "topologies": {"NoStp": {"interfaces": ports}}})


def _forwarding(port: Port) -> dict[str, object]:
    return {"state": "forwarding", "numChanges": 1, "lastChange": port.last_change_at}


@answers("show spanning-tree root detail | json")
def roots(view: View) -> str:
    return as_json({"instances": {}})


@answers("show vxlan vni | json")
def vnis(view: View) -> str:
    return as_json({"vxlanIntfs": {}})


@answers("show vxlan vtep detail | json")
def vteps(view: View) -> str:
    return as_json({"interfaces": {}})


@answers("show vxlan address-table | json")
def vxlan_addresses(view: View) -> str:
    return as_json({"addresses": []})
