"""Neighbours as lldpd prints them."""

from __future__ import annotations

from typing import Any

from netdoctor.lab.hardware import Port
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.text import as_json, clock_text, system_description


@answers(
    "lldpcli -f json show neighbors",
    "lldpcli -f json show neighbors details",
    "lldpcli -f json show neighbors ports {interface}",
)
def lldp(view: View, interface: str | None = None) -> str:
    ports = [port for port in view.device.ports.values() if interface in (None, port.name)]
    heard = [entry for port in ports if (entry := _heard(port, view))]
    return as_json({"lldp": {"interface": heard} if heard else {}}, indent=2)


def _heard(port: Port, view: View) -> dict[str, Any] | None:
    far = port.far
    if far is None or not port.oper_up or not far.device.powered:
        return None
    age_s = view.at - port.last_change_at
    chassis = {
        "id": {"type": "mac", "value": far.device.mac},
        "descr": system_description(far.device),
        "mgmt-ip": far.device.management_address,
        "mgmt-iface": "999001",
        "capability": [{"type": "Bridge", "enabled": True}, {"type": "Router", "enabled": True}],
    }
    there = {
        "id": {"type": "ifname", "value": far.name},
        "descr": far.description or far.name,
        "ttl": "120",
    }
    days, rest = divmod(int(age_s), 86400)
    return {
        port.name: {
            "via": "LLDP",
            "rid": str(port.index),
            "age": f"{days} day{'' if days == 1 else 's'}, {clock_text(rest)}",
            "chassis": {far.device.name: chassis},
            "port": there,
        }
    }
