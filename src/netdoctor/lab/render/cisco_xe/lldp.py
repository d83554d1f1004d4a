"""Neighbours by LLDP, and by CDP where the neighbour is Cisco's too."""

from __future__ import annotations

from collections.abc import Iterator

from netdoctor.lab.hardware import Port
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.cisco_xe.texts import front, short
from netdoctor.lab.render.text import hardware_address, system_description

SPEAKS_CDP = frozenset({"cisco_xe", "cisco_nxos", "cisco_xr"})


def _heard(view: View, interface: str | None) -> Iterator[tuple[Port, Port]]:
    for port in front(view, interface):
        if port.far and port.oper_up and port.far.device.powered:
            yield port, port.far


@answers("show lldp neighbors detail", "show lldp neighbors {interface} detail")
def lldp(view: View, interface: str | None = None) -> str:
    found = list(_heard(view, interface))
    blocks = [f"{'-' * 48}\n" + "".join(f"{line}\n" for line in _lldp(*pair)) for pair in found]
    return "".join(blocks) + f"\nTotal entries displayed: {len(found)}\n"


def _lldp(port: Port, far: Port) -> Iterator[str]:
    """Devices of this platform give their ports' names short."""
    name = short(far.name) if far.device.platform == "cisco_xe" else far.name
    yield f"Local Intf: {short(port.name)}"
    yield "Local Intf service instance: -"
    yield f"Chassis id: {hardware_address(far.device.mac)}"
    yield f"Port id: {name}"
    yield f"Port Description: {far.description or far.name}"
    yield f"System Name: {far.device.name}"
    yield "\nSystem Description: "
    yield system_description(far.device)
    yield "\nTime remaining: 104 seconds"
    yield "System Capabilities: B,R"
    yield "Enabled Capabilities: B,R"
    yield "Management Addresses:"
    yield f"    IP: {far.device.management_address}"
    yield "Auto Negotiation - not supported"
    yield "Physical media capabilities - not advertised"
    yield "Media Attachment Unit type - not advertised"
    yield "Vlan ID: - not advertised"
    yield f"Peer Source MAC: {hardware_address(far.mac)}"
    yield ""


@answers("show cdp neighbors detail", "show cdp neighbors {interface} detail")
def cdp(view: View, interface: str | None = None) -> str:
    found = [pair for pair in _heard(view, interface) if pair[1].device.platform in SPEAKS_CDP]
    blocks = [f"{'-' * 25}\n" + "".join(f"{line}\n" for line in _cdp(*pair)) for pair in found]
    return "".join(blocks) + f"\nTotal cdp entries displayed : {len(found)}\n"


def _cdp(port: Port, far: Port) -> Iterator[str]:
    yield f"Device ID: {far.device.name}"
    yield "Entry address(es): "
    yield f"  IP address: {(far.address or '').partition('/')[0]}"
    yield f"Platform: cisco {far.device.model},  Capabilities: Router Switch IGMP "
    yield f"Interface: {port.name},  Port ID (outgoing port): {far.name}"
    yield "Holdtime : 150 sec\n"
    yield "Version :"
    yield system_description(far.device)
    yield "\nadvertisement version: 2"
    yield "Duplex: full"
    yield "Management address(es): "
    yield f"  IP address: {far.device.management_address}\n"
