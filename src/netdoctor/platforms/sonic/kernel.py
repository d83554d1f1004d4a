"""What the kernel and the tools of Linux tell beside the ASIC."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from netdoctor.model.events import Note
from netdoctor.model.facts import DropCounter, Fact, Interface, Neighbor, Route
from netdoctor.platforms.base import command
from netdoctor.platforms.linux import addresses, drops, links, links_text, neighbors_text, routes_text
from netdoctor.platforms.linux.reading import Read
from netdoctor.platforms.sonic.reading import on_request

_PORTS = ("Ethernet", "PortChannel")
_MANAGEMENT = frozenset({"eth0", "eth1"})
_CONTAINERS = "docker0"
"""The containers' own network, which stays on the device (240.127.1.0/24)."""


@command("ip -j -d link show", area="interface", gives=(Interface,), aliases=("ip -j link[ show]",))
def interfaces(output: str) -> Read:
    """State, VRF and MAC address. Front-panel ports are the ASIC's: of them only what it does not tell."""
    yield from _without_counters(links.links(output))


@command(
    "ip -d address show",
    area="interface",
    gives=(Interface,),
    arguments=on_request,
    aliases=(
        "ip[ -s][ -d] link[ show][ dev {interface}]",
        "ip[ -d] address[ show]",
        "ip[ -d] addr[ show]",
        "show mgmt-vrf",
    ),
)
def interfaces_text(output: str) -> Read:
    """The same in words, with addresses where they were asked for."""
    yield from _without_counters(links_text.links(output))


def _without_counters(found: Iterable[Fact | Note]) -> Read:
    for item in found:
        if isinstance(item, Interface):
            yield _host_side(item)
        elif isinstance(item, Note):
            yield item


def _host_side(fact: Interface) -> Interface:
    """The counters of a port's host interface are of what the processor sent and got: none of ours."""
    kept = Interface(
        interface=fact.interface,
        mac=fact.mac,
        vrf=fact.vrf,
        kind="management" if fact.interface in _MANAGEMENT else fact.kind,
        addresses=None if fact.interface == _CONTAINERS else fact.addresses,
    )
    if fact.interface.startswith(_PORTS):
        return kept
    return msgspec.structs.replace(
        kept,
        admin_up=fact.admin_up,
        oper_up=fact.oper_up,
        oper_reason=fact.oper_reason,
        mtu_bytes=fact.mtu_bytes,
        virtual=fact.virtual,
    )


@command("ip -j address show", area="interface", gives=(Interface,), aliases=("ip -j addr[ show]",))
def interface_addresses(output: str) -> Read:
    """Addresses of every interface, but for those that only containers see."""
    for item in addresses.addresses(output):
        if not (isinstance(item, Interface) and item.interface == _CONTAINERS):
            yield item


@command("ip -j neigh show", area="forwarding", gives=(Neighbor,), aliases=("ip -j neigh",))
def neighbours(output: str) -> Read:
    """ARP and ND entries."""
    yield from addresses.neighbours(output)


@command(
    "ip neigh show",
    area="forwarding",
    gives=(Neighbor,),
    arguments=on_request,
    aliases=("ip neigh", "ip neigh show to {address}"),
)
def neighbours_text(output: str) -> Read:
    """The same in words."""
    yield from neighbors_text.neigh(output)


@command(
    "ip route show",
    area="forwarding",
    gives=(Route,),
    arguments=on_request,
    aliases=("ip[ -6] route[ show][ table {table}]", "ip route show vrf {vrf}", "ip route get {address}"),
)
def kernel_routes(output: str, vrf: str | None = None) -> Read:
    """The kernel's table."""
    yield from routes_text.kernel(output, vrf)


@command("show mgmt-vrf routes", area="forwarding", gives=(Route,), arguments=on_request)
def management_routes(output: str) -> Read:
    """The kernel's table of the VRF that the management port is in."""
    yield from routes_text.kernel(output.replace("Routes in Management VRF Routing Table:", ""), "mgmt")


@command(
    "cat /proc/net/snmp /proc/net/netstat /proc/net/softnet_stat",
    area="copp",
    gives=(DropCounter,),
    sampled=True,
)
def kernel_counters(output: str) -> Read:
    """What the kernel of the control plane dropped."""
    yield from drops.kernel_counters(output)
