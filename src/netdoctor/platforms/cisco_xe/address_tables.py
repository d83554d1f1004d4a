"""How full the tables of addresses are."""

from __future__ import annotations

import re

from netdoctor.model.facts import TableUse
from netdoctor.platforms.base import command
from netdoctor.platforms.cisco_xe.reading import on_request
from netdoctor.platforms.text import Read

_ARP_TOTAL = re.compile(r"Total number of entries in the ARP table: *(\d+)")
_MAC_COUNT = re.compile(r"^ *Total Mac Addresses +: *(\d+)", re.M | re.I)
_MAC_SPACE = re.compile(r"Total Mac Address Space Available: *(\d+)", re.I)


@command(
    "show ip arp summary",
    area="forwarding",
    gives=(TableUse,),
    arguments=on_request,
    aliases=("show arp summary",),
)
def arp(output: str) -> Read:
    """The number of ARP entries."""
    if total := _ARP_TOTAL.search(output):
        yield TableUse(table="arp", used_count=int(total[1]))


@command(
    "show mac address-table count",
    area="l2",
    gives=(TableUse,),
    arguments=on_request,
    aliases=("show mac-address-table count",),
)
def macs(output: str) -> Read:
    """The number of MAC addresses of all VLANs, and how many there may be."""
    counts = [int(said) for said in _MAC_COUNT.findall(output)]
    space = _MAC_SPACE.search(output)
    if counts:
        limit = sum(counts) + int(space[1]) if space else None
        yield TableUse(table="mac", used_count=sum(counts), limit_count=limit)
