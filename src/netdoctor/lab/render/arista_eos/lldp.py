"""Neighbours by LLDP."""

from __future__ import annotations

from typing import Any

from netdoctor.lab.hardware import Port
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.arista_eos.interfaces import chosen
from netdoctor.lab.render.text import as_json, hardware_address, system_description


@answers("show lldp neighbors detail | json", "show lldp neighbors {interface} detail | json")
def lldp(view: View, interface: str | None = None) -> str:
    return as_json(
        {
            "lldpNeighbors": {
                port.name: {"lldpNeighborInfo": _heard(port, view)} for port in chosen(view, interface)
            }
        }
    )


def _heard(port: Port, view: View) -> list[dict[str, Any]]:
    far = port.far
    if far is None or not port.oper_up or not far.device.powered:
        return []
    return [
        {
            "chassisIdType": "macAddress",
            "chassisId": hardware_address(far.device.mac),
            "systemName": far.device.name,
            "systemDescription": system_description(far.device),
            "systemCapabilities": {"bridge": True, "router": True},
            "managementAddresses": [
                {
                    "address": far.device.management_address,
                    "addressType": "ipv4",
                    "interfaceNum": 999001,
                    "interfaceNumType": "ifIndex",
                    "oidString": "",
                }
            ],
            "neighborInterfaceInfo": {
                "interfaceIdType": "interfaceName",
                "interfaceId": f'"{far.name}"',
                "interfaceId_v2": far.name,
                "interfaceDescription": far.description,
                "maxFrameSize": far.mtu_bytes + 22,
            },
            "neighborDiscoveryTime": port.last_change_at + 6.0,
            "lastContactTime": view.device_time - (view.at - port.last_change_at) % 30.0,
            "lastChangeTime": port.last_change_at + 6.0,
            "ttl": 120,
        }
    ]
