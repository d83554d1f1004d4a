"""What is programmed to forward: Cisco Express Forwarding; and how full the routing tables are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from netdoctor.model.entities import DEFAULT_VRF
from netdoctor.model.facts import DeviceInfo, Route, TableUse
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_xe.names import normalise_interface
from netdoctor.platforms.cisco_xe.reading import on_request
from netdoctor.platforms.text import Block, Read, blocks, each
from netdoctor.platforms.values import is_ip

_PREFIX = re.compile(
    r"^ *(?P<prefix>(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f]*:[0-9A-Fa-f:.]*)/\d+)(?P<rest>[ \t,].*)?$", re.M
)
_HOP = re.compile(r"\bnexthop (\S+)(?: (?:via )?([A-Za-z]\S*\d))?")
_ATTACHED = re.compile(r"\battached to ([A-Za-z]\S*\d)")
_ROW = re.compile(
    r"^ *(?:\S+/\d+)? +(?P<hop>attached|receive|drop|no route|[\d.]+|[0-9A-Fa-f]*:\S*)"
    r"(?: +(?P<interface>[A-Za-z]\S*))?"
)
_WAYS = re.compile(r"^ +(?:Special source: \w+ *\n +)?(drop|discard|null|receive|no route|attached)\b", re.M)


@command(
    "show ip cef {prefix} detail",
    area="forwarding",
    gives=(Route,),
    arguments=on_request,
    aliases=(
        "show ip cef[ vrf {vrf}| detail| internal]",
        "show ip cef vrf {vrf} {prefix*}",
        "show ip cef {prefix*}",
        "show ipv6 cef[ vrf {vrf}| detail| internal]",
        "show ipv6 cef vrf {vrf} {prefix*}",
        "show ipv6 cef {prefix*}",
    ),
)
def forwarding(output: str, vrf: str = DEFAULT_VRF) -> Read:
    """The entries of the forwarding table; its routes have the protocol `fib`."""
    if not _PREFIX.search(output) and re.search(r"^ *(?:%|Prefix +Next Hop|IPv[46] CEF is)", output, re.M):
        yield EMPTY
    yield from each(blocks(output, _PREFIX), lambda block: _entry(block, vrf))


def _entry(block: Block, vrf: str) -> Iterator[Route]:
    """In full (`epoch`, then `nexthop …` lines), or as the rows of the table."""
    said = block.text
    ways = list(_rows(said) if _is_row(block.head["rest"] or "") else _detailed(said))
    hops = tuple(dict.fromkeys(hop for hop, _ in ways if is_ip(hop)))
    names = tuple(dict.fromkeys(normalise_interface(out) for _, out in ways if out))
    words = {hop for hop, _ in ways if not is_ip(hop)}
    routed = "no route" not in words
    yield Route(
        vrf=vrf,
        prefix=block.head["prefix"],
        protocol="fib",
        next_hops=hops,
        out_interfaces=names,
        discard=bool(words & {"drop", "discard", "null"}) or "Null0" in names,
        active=routed,
        programmed=True if routed else None,
    )


def _is_row(rest: str) -> bool:
    """A row of the table goes on with its next hop; an entry in full stands alone, or with its epoch."""
    return bool(rest.strip()) and "epoch" not in rest


def _detailed(said: str) -> Iterator[tuple[str, str | None]]:
    for line in said.splitlines():
        if "repair:" in line or "recursive via" in line:
            continue
        if hop := _HOP.search(line):
            yield hop[1], hop[2]
        elif attached := _ATTACHED.search(line):
            yield "attached", attached[1]
    if word := _WAYS.search(said):
        yield word[1], None


def _rows(said: str) -> Iterator[tuple[str, str | None]]:
    for line in said.splitlines():
        if row := _ROW.match(line):
            yield row["hop"], row["interface"]


_NAME = re.compile(r"^ *IP(?:v6)? routing table name is (?P<name>\S+)", re.M)
_TOTAL = re.compile(r"^ *Total +(\d+)(?: +(\d+))?", re.M)


@command(
    "show ip route summary",
    area="forwarding",
    gives=(TableUse, DeviceInfo),
    arguments=on_request,
    aliases=("show ip route vrf {vrf} summary",),
)
def numbers(output: str) -> Read:
    """How many routes each table has, and that the device routes at all."""
    for block in blocks(output, _NAME):
        if total := _TOTAL.search(block.text):
            name = block.head["name"].lower()
            where = DEFAULT_VRF if name == "default" else block.head["name"]
            yield TableUse(table=f"ip route {where}", used_count=int(total[1]) + int(total[2] or 0))
            yield DeviceInfo(forwarding_enabled=True)
    if "Default gateway is" in output:
        yield DeviceInfo(forwarding_enabled=False)
