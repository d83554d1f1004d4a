"""Neighbours by LLDP. CDP hears nobody here."""

from __future__ import annotations

from netdoctor.lab.hardware import Port
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.cisco_nxos.words import Row, chosen, document, short, table
from netdoctor.lab.render.text import hardware_address, system_description


@answers("show lldp neighbors detail | json", "show lldp neighbors interface {interface} detail | json")
def lldp(view: View, interface: str | None = None) -> str:
    rows = [row for port in chosen(view, interface) if (row := _heard(port, view))]
    return document({"neigh_hdr": "neigh_hdr"}, table("nbor_detail", rows), {"neigh_count": str(len(rows))})


def _heard(port: Port, view: View) -> Row | None:
    far = port.far
    if far is None or not port.oper_up or not far.device.powered:
        return None
    return {
        "chassis_type": "Mac Address",
        "chassis_id": hardware_address(far.device.mac),
        "port_type": "Interface Name",
        "port_id": far.name,
        "l_port_id": short(port.name),
        "port_desc": far.description,
        "sys_name": far.device.name,
        "sys_desc": system_description(far.device),
        "ttl": int(120 - (view.at - port.last_change_at) % 30),
        "system_capability": "B, R",
        "enabled_capability": "B, R",
        "mgmt_addr_type": "IPV4",
        "mgmt_addr": far.device.management_address,
        "mgmt_addr_ipv6_type": "IPV6",
        "mgmt_addr_ipv6": "not advertised",
        "vlan_id": "not advertised",
    }


@answers("show cdp neighbors detail | json")
def cdp(view: View) -> str:
    return document({"neigh_count": "0"})
