"""Addresses, and the neighbours that they resolve to, as iproute2 tells them."""

from __future__ import annotations

from netdoctor.model.facts import Interface, Neighbor
from netdoctor.platforms.base import command
from netdoctor.platforms.linux.reading import Object, Read, each, listed, rows
from netdoctor.platforms.values import clean, count, text


@command(
    "ip -j address show",
    area="interface",
    gives=(Interface,),
    aliases=("ip -j addr show", "ip -j addr", "ip -j address", "ip -j -d address show"),
)
def addresses(output: str) -> Read:
    if output.strip():
        yield from each(rows(output), _addresses)


def _addresses(row: Object) -> Read:
    found = [
        f"{address}/{length}"
        for entry in listed(row.get("addr_info"))
        if isinstance(entry, dict)
        and (address := text(entry.get("local")))
        and (length := count(entry.get("prefixlen"))) is not None
    ]
    yield Interface(interface=clean(row["ifname"]), addresses=tuple(found))


@command(
    "ip -j neigh show",
    area="forwarding",
    gives=(Neighbor,),
    aliases=("ip -j neighbor show", "ip -j neigh", "ip -j -s neigh show"),
)
def neighbours(output: str) -> Read:
    """ARP and ND entries; what needs no resolution (multicast, loopback) is left out."""
    if output.strip():
        yield from each(rows(output), _neighbour)


def _neighbour(row: Object) -> Read:
    states = {str(state).lower() for state in listed(row.get("state"))}
    known = ("reachable", "stale", "delay", "probe", "incomplete", "failed", "permanent")
    state = next((word for word in known if word in states), None)
    if state is None and "noarp" in states and ("offload" in row or "extern_learn" in row):
        state = "permanent"
    if state is not None:
        yield Neighbor(
            address=clean(row["dst"]),
            interface=text(row.get("dev")),
            mac=text(row.get("lladdr")),
            state=state,  # type: ignore[arg-type]  # one of the words above
        )
