"""Layer 2 and overlays, as a router tells them that bridges nothing."""

from __future__ import annotations

from netdoctor.lab.render import View, answers
from netdoctor.lab.render.text import as_json


@answers('vtysh -c "show evpn vni detail json"')
def vnis(view: View) -> str:
    return "{\n}\n"


@answers("bridge -j fdb show")
def fdb(view: View) -> str:
    """The multicast addresses that every port listens to."""
    ports = [port for port in view.device.ports.values() if port.oper_up]
    entries = [
        {"mac": "33:33:00:00:00:01", "ifname": p.name, "flags": ["self"], "state": "permanent"} for p in ports
    ]
    return as_json(entries)
