"""ARP, and what a router tells of layer 2 and overlays that it does not have."""

from __future__ import annotations

from collections.abc import Iterator

from netdoctor.lab.hardware import Port
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.juniper_junos.interfaces import unit
from netdoctor.lab.render.juniper_junos.shape import Tree, root, shown

NO_STP = "Spanning-tree is not enabled at global level.\n"
NO_LACP = "warning: lacp subsystem not running - not needed by configuration.\n"


@shown("show arp no-resolve", "show arp hostname {address} no-resolve")
def arp(view: View, address: str | None = None) -> Tree:
    entries = [entry for entry in _entries(view) if address in (None, entry["ip-address"])]
    return root(
        "arp-table-information",
        {"arp-table-entry": entries, "arp-entry-count": len(entries)},
        style="no-resolve",
        module="arp",
    )


def _entries(view: View) -> Iterator[Tree]:
    for port in view.device.ports.values():
        if port.oper_up and (found := _neighbor(port)):
            yield {
                "mac-address": found[1],
                "ip-address": found[0],
                "interface-name": unit(port),
                "arp-table-entry-flags": {"none": None},
            }


def _neighbor(port: Port) -> tuple[str, str] | None:
    if port.host:
        return (port.host.address, port.host.mac) if port.host.answers else None
    far = port.far
    return (far.address.partition("/")[0], far.mac) if far and far.address else None


@shown("show ipv6 neighbors")
def ipv6_neighbors(view: View) -> Tree:
    return root("ipv6-nd-information", {"ipv6-nd-total": 0}, module="routing")


@shown("show ethernet-switching table")
def macs(view: View) -> Tree:
    return root("l2ng-l2ald-rtb-macdb", {}, module="l2ald")


@shown("show evpn instance extensive")
def evpn(view: View) -> Tree:
    return root("evpn-instance-information", {}, style="extensive")


@shown("show evpn l3-context extensive")
def contexts(view: View) -> Tree:
    return root("evpn-l3-context-information", {}, style="extensive")


@shown("show ethernet-switching vxlan-tunnel-end-point remote")
def vteps(view: View) -> Tree:
    return root("vxlan-source-vtep-information", {}, module="l2ald")


def _ways(command: str) -> tuple[str, ...]:
    return (f"{command} | display json | no-more", f"{command} | display json", command)


@answers(*_ways("show spanning-tree interface"), *_ways("show spanning-tree bridge"))
def spanning_tree(view: View) -> str:
    return NO_STP


@answers(*_ways("show lacp interfaces"), *_ways("show lacp interfaces {interface}"))
def lacp(view: View, interface: str = "") -> str:
    return NO_LACP


@shown("show dhcp relay statistics")
def dhcp(view: View) -> Tree:
    """No interface relays anything."""
    received = [{"message-name": name, "message-count": 0} for name in ("BOOTREQUEST", "DHCPDISCOVER")]
    sent = [{"message-name": name, "message-count": 0} for name in ("BOOTREPLY", "DHCPOFFER")]
    content = {
        "dropped-packet-table": {"dropped-packet-total": 0},
        "message-table": [{"message": received}, {"message": sent}],
    }
    return root("dhcp-relay-statistics-information", content, style="dhcpv4", module="jdhcpd")
