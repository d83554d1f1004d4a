"""Neighbours by LLDP."""

from __future__ import annotations

from netdoctor.lab.hardware import Port
from netdoctor.lab.render import View
from netdoctor.lab.render.juniper_junos.interfaces import SNMP_INDEX, chosen
from netdoctor.lab.render.juniper_junos.shape import Tree, root, shown
from netdoctor.lab.render.text import system_description, utc

TTL_S = 120


@shown("show lldp neighbors")
def neighbors(view: View) -> Tree:
    return _all(view, None, full=False)


@shown(
    "show lldp neighbors detail",
    "show lldp neighbors interface {interface}",
    "show lldp neighbors interface {interface} detail",
)
def detail(view: View, interface: str | None = None) -> Tree:
    return _all(view, interface, full=True)


def _all(view: View, interface: str | None, *, full: bool) -> Tree:
    heard = [
        _neighbor(port, far, view, full=full)
        for port in chosen(view, interface)
        if port.oper_up and (far := port.far) and far.device.powered
    ]
    style = "detail" if full else "brief"
    return root(
        "lldp-neighbors-information", {"lldp-neighbor-information": heard}, style=style, module="lldp"
    )


def _neighbor(port: Port, far: Port, view: View, *, full: bool) -> Tree:
    base = {
        "lldp-local-interface" if full else "lldp-local-port-id": port.name,
        "lldp-local-parent-interface-name": "-",
        "lldp-remote-chassis-id-subtype": "Mac address",
        "lldp-remote-chassis-id": far.device.mac,
        "lldp-remote-port-id-subtype": "Interface name",
        "lldp-remote-port-id": far.name,
        "lldp-remote-system-name": far.device.name,
    }
    return {**base, **(_more(port, far, view) if full else {})}


def _more(port: Port, far: Port, view: View) -> Tree:
    heard_at = port.last_change_at + 6.0 + view.device.clock_offset_s
    return {
        "lldp-index": port.index,
        "lldp-ttl": TTL_S,
        "lldp-timemark": f"{utc(heard_at):%a %b %d %H:%M:%S %Y}",
        "lldp-age": int(view.at - port.last_change_at) % 30,
        "lldp-local-port-id": SNMP_INDEX + port.index,
        "lldp-local-port-ageout-count": 0,
        "lldp-remote-port-description": far.description,
        "lldp-system-description": {"lldp-remote-system-description": system_description(far.device)},
        "lldp-remote-system-capabilities-supported": "Bridge Router ",
        "lldp-remote-system-capabilities-enabled": "Bridge Router ",
        "lldp-remote-management-address-type": "IPv4(1)",
        "lldp-remote-management-address": far.device.management_address,
        "lldp-remote-management-address-port-id": 1,
        "lldp-remote-management-address-interface-subtype": "ifIndex(2)",
    }
