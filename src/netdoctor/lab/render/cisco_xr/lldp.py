"""Neighbours by LLDP (IEEE 802.1AB)."""

from __future__ import annotations

from collections.abc import Iterator

from netdoctor.lab.hardware import Port
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.cisco_xr.words import chosen, stamped
from netdoctor.lab.render.text import hardware_address, system_description

RULE = "-" * 48
_LEGEND = (
    "Capability codes:",
    "        (R) Router, (B) Bridge, (T) Telephone, (C) DOCSIS Cable Device",
    "        (W) WLAN Access Point, (P) Repeater, (S) Station, (O) Other",
    "",
)


@answers("show lldp neighbors detail", "show lldp neighbors {interface} detail")
def neighbors(view: View, interface: str | None = None) -> str:
    heard = [
        (port, far)
        for port in chosen(view, interface)
        if port.oper_up and (far := port.far) is not None and far.device.powered
    ]
    told = [line for port, far in heard for line in _neighbor(port, far, view)]
    return stamped(view, [*_LEGEND, *told, f"Total entries displayed: {len(heard)}"])


def _neighbor(port: Port, far: Port, view: View) -> Iterator[str]:
    yield RULE
    yield f"Local Interface: {port.name}"
    yield f"Chassis id: {hardware_address(far.device.mac)}"
    yield f"Port id: {far.name}"
    yield f"Port Description: {far.description}" if far.description else "Port Description - not advertised"
    yield f"System Name: {far.device.name}"
    yield ""
    yield "System Description: "
    yield system_description(far.device)
    yield ""
    yield f"Time remaining: {120 - int(view.at - port.last_change_at) % 30} seconds"
    yield "Hold Time: 120 seconds"
    yield "System Capabilities: B,R"
    yield "Enabled Capabilities: R"
    yield "Management Addresses:"
    yield f"  IPv4 address: {far.device.management_address}"
    yield ""
    yield f"Peer MAC Address: {far.mac}"
    yield from ("", "")
