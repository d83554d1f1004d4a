"""Interfaces as zebra prints them."""

from __future__ import annotations

from typing import Any

from netdoctor.lab.hardware import Port
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.linux.interfaces import flags
from netdoctor.lab.render.text import address_of, as_json, utc


@answers('vtysh -c "show interface vrf all json"', 'vtysh -c "show interface json"')
def zebra(view: View) -> str:
    return as_json({port.name: _zebra(port, view) for port in view.device.ports.values()}, indent=2)


def _zebra(port: Port, view: View) -> dict[str, Any]:
    moments: dict[str, float] = {}
    for event in view.device.events:
        if event.port is port:
            moments[event.kind] = max(event.at, moments.get(event.kind, 0.0))
    told = {
        key: f"{utc(moments[kind] + view.device.clock_offset_s):%Y/%m/%d %H:%M:%S}.00"
        for kind, key in (("link_up", "lastLinkUp"), ("link_down", "lastLinkDown"))
        if kind in moments
    }
    found = address_of(port)
    return {
        "administrativeStatus": "up" if port.admin_up else "down",
        "operationalStatus": "up" if port.oper_up else "down",
        "linkDetection": True,
        "linkUps": (port.carrier_transitions_count + 1) // 2,
        "linkDowns": port.carrier_transitions_count // 2,
        **told,
        "vrfName": "default",
        "mplsEnabled": False,
        "linkDown": not port.oper_up,
        "linkDownV6": not port.oper_up,
        "mcForwardingV4": False,
        "mcForwardingV6": False,
        "pseudoInterface": False,
        "index": port.index + 1,
        "metric": 0,
        "mtu": port.mtu_bytes,
        "speed": port.speed_bps // 1_000_000,
        "flags": "<" + ",".join(flags(port)) + ">",
        "type": "Ethernet",
        "description": port.description,
        "hardwareAddress": port.mac,
        "interfaceType": "Other",
        "protodown": "on" if port.disabled_reason else "off",
        "ipAddresses": [{"address": f"{found[0]}/{found[1]}", "secondary": False}] if found else [],
    }
