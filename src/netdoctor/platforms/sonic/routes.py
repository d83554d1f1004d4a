"""The routes that FRR handed to the ASIC (`show ip fib`)."""

from __future__ import annotations

import re

from netdoctor.model.facts import Route
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.sonic.reading import Read, Row, cell, on_request, read_table


@command(
    "show ip fib",
    area="forwarding",
    gives=(Route,),
    arguments=on_request,
    aliases=("show ip[v6] fib[ {prefix}]", "fibshow[ {options*}]"),
)
def fib(output: str) -> Read:
    """A line a route; which protocol it came from is not told."""
    yield from read_table(output, _route)
    if re.search(r"Vrf +Route|Total number of entries", output):
        yield EMPTY


def _route(row: Row) -> Read:
    prefix = cell(row, "route")
    if prefix is None:
        raise ValueError("no route")
    hops, ports = (
        tuple(word for word in (cell(row, name) or "").split(",") if word not in {"", "blackhole"})
        for name in ("nexthop", "ifname")
    )
    yield Route(
        vrf=cell(row, "vrf") or "default",
        prefix=prefix if "/" in prefix else f"{prefix}/{128 if ':' in prefix else 32}",
        protocol="unknown",
        next_hops=hops,
        out_interfaces=ports,
        discard="blackhole" in (cell(row, "nexthop") or ""),
        active=True,
        programmed=True,
    )
