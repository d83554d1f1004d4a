"""Neighbours by LLDP."""

from __future__ import annotations

from typing import Any

from netdoctor.lab.hardware import Port
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.nokia_srl.texts import boxed, chosen, stamp
from netdoctor.lab.render.text import as_json, system_description


@answers(
    "info from state system lldp | as json",
    "info from state system lldp interface {interface} neighbor * | as json",
    "info from state system lldp interface {interface} | as json",
)
def lldp(view: View, interface: str = "*") -> str:
    device = view.device
    ports = [_port(port, view) for port in chosen(view, interface)]
    if interface != "*":
        return as_json({"system": {"lldp": {"interface": ports}}}, indent=2)
    own = {
        "admin-state": "enable",
        "hello-timer": "30",
        "hold-multiplier": 4,
        "system-name": device.name,
        "system-description": system_description(device),
        "chassis-id": device.mac.upper(),
        "chassis-id-type": "MAC_ADDRESS",
    }
    return as_json({"system": {"lldp": {**own, "interface": ports}}}, indent=2)


def _port(port: Port, view: View) -> dict[str, Any]:
    heard = _heard(port, view)
    return {
        "name": port.name,
        "admin-state": "enable",
        "oper-state": "up" if port.oper_up else "down",
        **({"neighbor": heard} if heard else {}),
    }


def _heard(port: Port, view: View) -> list[dict[str, Any]]:
    far = port.far
    if far is None or not port.oper_up or not far.device.powered:
        return []
    since_s = (view.at - port.last_change_at) % 30.0
    return [
        {
            "id": far.device.mac.upper(),
            "first-message": stamp(view.device, port.last_change_at + 6.0),
            "last-update": stamp(view.device, view.at - since_s),
            "system-name": far.device.name,
            "system-description": system_description(far.device),
            "chassis-id": far.device.mac.upper(),
            "chassis-id-type": "MAC_ADDRESS",
            "port-id": far.name,
            "port-id-type": "INTERFACE_NAME",
            "port-description": far.description,
            "management-address": [{"address": far.device.management_address, "type": "IPV4"}],
            "capability": [{"name": "ROUTER", "enabled": True}],
        }
    ]


@answers("show system lldp neighbor")
def table(view: View) -> str:
    heads = (
        "Name", "Neighbor", "Neighbor System Name", "Neighbor Chassis ID", "Neighbor First Message",
        "Neighbor Last Update", "Neighbor Port",
    )  # fmt: skip
    rows = [
        (port.name, one["id"], one["system-name"], one["chassis-id"], one["first-message"],
         one["last-update"], one["port-id"])
        for port in view.device.ports.values()
        for one in _heard(port, view)
    ]  # fmt: skip
    return boxed(heads, rows)
