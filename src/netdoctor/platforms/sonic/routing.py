"""FRRouting behind vtysh, as on Linux: the same commands, read by the same parsers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from netdoctor.platforms.base import Command, Parser, Understood
from netdoctor.platforms.linux import (
    bfd,
    bfd_text,
    bgp,
    bgp_summary,
    bgp_summary_text,
    bgp_text,
    config,
    evpn,
    isis,
    isis_text,
    ospf,
    ospf6,
    ospf_text,
    route_summary,
    routes,
    routes_text,
)


def ours(parser: Parser, own: Callable[[Command], Command] = lambda command: command) -> Parser:
    """A parser of Linux's for this platform: the same commands, each as `own` makes it."""

    @wraps(parser)
    def read(output: str, **arguments: Any) -> Understood:
        return parser(output, **arguments)

    found: tuple[Command, ...] = tuple(vars(parser)["commands"])
    read.__module__ = __name__
    vars(read)["commands"] = [own(replace(command, parse=read)) for command in found]
    return read


def also(*aliases: str) -> Callable[[Command], Command]:
    """Further ways to write a command, with the options of SONiC's own `show`."""
    return lambda command: replace(command, aliases=(*command.aliases, *aliases))


bfd_peers = ours(bfd.peers)
bfd_peers_text = ours(bfd_text.peers)
bgp_neighbors = ours(bgp.neighbors)
bgp_neighbors_text = ours(bgp_text.neighbors, also("show ip[v6] bgp neighbors {options*}"))
bgp_neighbors_summary = ours(bgp_summary.summary)
bgp_neighbors_summary_text = ours(bgp_summary_text.summary, also("show {afi} bgp summary {options*}"))
bgp_table = ours(routes.bgp_table)
evpn_macs = ours(evpn.macs)
evpn_segments = ours(evpn.segments)
evpn_vnis = ours(evpn.vnis)
evpn_vnis_text = ours(evpn.vnis_text)
isis_interfaces = ours(isis.interfaces)
isis_interfaces_text = ours(isis_text.interfaces)
isis_neighbors = ours(isis.neighbors)
isis_neighbors_text = ours(isis_text.neighbors)
isis_summary = ours(isis.summary)
isis_summary_text = ours(isis_text.summary)
ospf6_neighbors = ours(ospf6.neighbors)
ospf6_neighbors_text = ours(ospf6.table)
ospf_instances = ours(ospf.instances)
ospf_interfaces = ours(ospf.interfaces)
ospf_interfaces_text = ours(ospf_text.interfaces)
ospf_neighbors = ours(ospf.neighbors)
ospf_neighbors_detail_text = ours(ospf_text.detail)
ospf_neighbors_text = ours(ospf_text.table)
route_counts = ours(route_summary.summary)
route_counts_text = ours(route_summary.summary_text)
route_table = ours(routes.routes)
route_table_text = ours(routes_text.table, also("show ip[v6] route {options*}"))
running_config = ours(config.running_config)
