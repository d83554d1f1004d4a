"""What is answered as on Linux: FRR behind vtysh, the kernel's files, and iproute2."""

from __future__ import annotations

from functools import wraps
from typing import Any, cast

from netdoctor.lab.render import Render, Reply, View
from netdoctor.lab.render.linux import (
    bridging,
    frr_bfd,
    frr_bgp,
    frr_bgp_summary,
    frr_bgp_table,
    frr_config,
    frr_isis,
    frr_ospf,
    frr_routes,
    interfaces,
    kernel,
    processes,
    system,
    texts,
)


def ours(render: Render) -> Render:
    """A renderer of Linux's for this platform."""

    @wraps(render)
    def answer(view: View, **arguments: str) -> str | Reply:
        return render(view, **arguments)

    cast(Any, answer).__module__ = __name__
    return answer


bfd_peer = ours(frr_bfd.bfd_peer)
bfd_peers = ours(frr_bfd.bfd)
bgp_advertised = ours(frr_bgp_table.advertised_routes)
bgp_neighbor = ours(frr_bgp.neighbor)
bgp_neighbors = ours(frr_bgp.neighbors)
bgp_received = ours(frr_bgp_table.received_routes)
bgp_route = ours(frr_bgp_table.route)
bgp_summary = ours(frr_bgp_summary.summary)
bgp_summary_text = ours(frr_bgp_summary.summary_text)
bgp_table = ours(frr_bgp_table.table)
configuration = ours(frr_config.running_config)
evpn = ours(bridging.vnis)
ipv6_tables = ours(frr_routes.ipv6)
isis_interface = ours(frr_isis.interface)
isis_interfaces = ours(frr_isis.interfaces)
isis_neighbors = ours(frr_isis.neighbors)
isis_summary = ours(frr_isis.summary)
ospf_instance = ours(frr_ospf.instance)
ospf_interface = ours(frr_ospf.interface)
ospf_interfaces = ours(frr_ospf.interfaces)
ospf_neighbors = ours(frr_ospf.neighbors)
route = ours(frr_routes.route)
route_entry = ours(frr_routes.entry)
route_table = ours(frr_routes.table)

connections = ours(kernel.connections)
date = ours(system.date)
files = ours(system.cat)
kernel_neighbor = ours(texts.neighbour)
kernel_neighbors = ours(interfaces.neighbours)
kernel_route = ours(texts.route_to)
ping = ours(texts.ping)
top_once = ours(processes.top_once)
top_twice = ours(processes.top_twice)
