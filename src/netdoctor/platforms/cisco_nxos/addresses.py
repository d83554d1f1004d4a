"""Addresses, VRFs and MTUs of layer 3 interfaces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from netdoctor.model.facts import Interface
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_nxos.interfaces import kind_of
from netdoctor.platforms.cisco_nxos.reading import (
    J,
    Object,
    Read,
    document,
    named,
    on_one,
    on_request,
    over,
    rows,
    said,
    structured,
    table,
    without_json,
)
from netdoctor.platforms.text import Block, Line, blocks, each, lines
from netdoctor.platforms.values import count, is_ip

_IP = "show ip interface"
_IPV6 = "show ipv6 interface"


@command(
    "show ip interface vrf all | json",
    area="mtu",
    gives=(Interface,),
    aliases=(_IP + "[ vrf {vrf}]" + J, *on_one(_IP, "[ vrf {vrf}]" + J)),
)
@command(
    "show ipv6 interface vrf all | json",
    area="mtu",
    gives=(Interface,),
    aliases=(_IPV6 + "[ vrf {vrf}]" + J, *on_one(_IPV6, "[ vrf {vrf}]" + J)),
)
def addressed(output: str, vrf: str = "", interface: str = "") -> Read:
    """Every layer 3 interface: VRF, addresses, MTU."""
    found = document(output)
    if not output.strip():
        return
    vrfs = rows(found, "vrf")
    yield from over(rows(found, "intf"), lambda row: [_row(row, vrfs)], found, "intf")


def _row(row: Object, vrfs: list[Object]) -> Interface:
    name = named(row.get("intf-name"))
    only = {said(one.get("vrf-name-out")) for one in vrfs}
    vrf = said(row.get("vrf-name-out")) or (only.pop() if len(only) == 1 else None)
    return Interface(
        interface=name,
        kind=kind_of(name),
        vrf=vrf,
        admin_up=_is_up(row.get("admin-state")),
        oper_up=_is_up(row.get("proto-state")),
        mtu_bytes=count(row.get("mtu")),
        addresses=_addresses(row) or None,
    )


def _is_up(word: Any) -> bool | None:
    found = said(word)
    return found.lower() == "up" if found else None


def _addresses(row: Object) -> tuple[str, ...]:
    """IPv4 as address and length apart, secondaries in a table of their own; IPv6 as one word.

    An IPv6 interface without a global address names its link-local one, which is no news.
    """
    found: list[str] = []
    if (prefix := said(row.get("prefix"))) and (length := said(row.get("masklen"))):
        found.append(f"{prefix}/{length}")
    found.extend(
        f"{prefix}/{length}"
        for one in rows(row, "secondary_address")
        if (prefix := said(one.get("prefix1"))) and (length := said(one.get("masklen1")))
    )
    told = row.get("addr")
    six = told if isinstance(told, list) else [told]
    six += [one.get("addr") for one in rows(row, "addr")]
    found.extend(
        address
        for address in map(said, six)
        if address and "/" in address and is_ip(address.partition("/")[0])
    )
    return tuple(dict.fromkeys(found))


_VRF = re.compile(r"IP(?:v6)? Interface Status for VRF \"?([^\s\"(]+)")
_HEAD = re.compile(
    r"^ *(?P<name>[A-Za-z][\w/.:-]*), Interface status: protocol-"
    r"(?P<protocol>\w+)/link-\w+/admin-(?P<admin>\w+)",
    re.M,
)
_IPV4_ADDRESS = re.compile(r"IP address: (\S+?), IP subnet: \S+/(\d+)")
_IPV6_ADDRESS = re.compile(r"^ *([0-9A-Fa-f:]*:[0-9A-Fa-f:.]*/\d{1,3}) \[", re.M)
_MTU = re.compile(r"IP(?:v6)? MTU: (\d+)")


@command(
    "show ip interface vrf all",
    area="mtu",
    gives=(Interface,),
    arguments=without_json,
    aliases=(_IP + "[ vrf {vrf}]", *on_one(_IP, "[ vrf {vrf}]")),
)
@command(
    "show ipv6 interface vrf all",
    area="mtu",
    gives=(Interface,),
    arguments=without_json,
    aliases=(_IPV6 + "[ vrf {vrf}]", *on_one(_IPV6, "[ vrf {vrf}]")),
)
def addressed_in_text(output: str, vrf: str = "", interface: str = "") -> Read:
    """The same in text, VRF by VRF."""
    if structured(output):
        yield from addressed(output)
        return
    vrfs = [(found.start(), found[1]) for found in _VRF.finditer(output)]
    nothing = True
    for item in each(blocks(output, _HEAD), lambda block: [_block(block, vrfs)]):
        nothing = False
        yield item
    if nothing and vrfs:
        yield EMPTY


def _block(block: Block, vrfs: list[tuple[int, str]]) -> Interface:
    start = block.head.start()
    text = block.text
    name = named(block.head["name"])
    addresses = [
        f"{address}/{length}" for address, length in _IPV4_ADDRESS.findall(text)
    ] + _IPV6_ADDRESS.findall(text)
    mtu = _MTU.search(text)
    return Interface(
        interface=name,
        kind=kind_of(name),
        vrf=next((vrf for place, vrf in reversed(vrfs) if place < start), None),
        admin_up=block.head["admin"] == "up",
        oper_up=block.head["protocol"] == "up",
        mtu_bytes=count(mtu[1]) if mtu else None,
        addresses=tuple(dict.fromkeys(addresses)) or None,
    )


_BRIEF = re.compile(
    r"^ *(?P<name>[A-Za-z][\w/.:-]*\d)\s+"
    r"(?P<address>\d+\.\d+\.\d+\.\d+|\S*unnumbered\S*|forward\S*|[0-9a-fA-F:]+:\S*|none)"
    r"(?:\s+protocol-(?P<protocol>\w+)/link-\w+/admin-(?P<admin>\w+))?"
)


@command(
    "show ip interface brief vrf all",
    area="mtu",
    gives=(Interface,),
    arguments=on_request,
    aliases=(
        "show ip interface brief[ vrf {vrf}]",
        "show ipv6 interface brief[ vrf {vrf}]",
        "show ip interface brief[ vrf {vrf}]" + J,
        "show ip interface brief include-secondary[ vrf {vrf}]",
    ),
)
def brief(output: str, vrf: str = "") -> Read:
    """One line an interface: which VRF, and whether it is up. Addresses have no length here."""
    if structured(output):
        yield from table(output, "intf", lambda row: [_row(row, [])])
        return
    yield from _brief(output)


def _brief(output: str) -> Iterator[Any]:
    vrf: str | None = None

    def read(line: Line) -> Read:
        nonlocal vrf
        if found := _VRF.search(line.text):
            vrf = found[1]
        elif found := _BRIEF.match(line.text):
            name = named(found["name"])
            yield Interface(
                interface=name,
                kind=kind_of(name),
                vrf=vrf,
                admin_up=found["admin"] == "up" if found["admin"] else None,
                oper_up=found["protocol"] == "up" if found["protocol"] else None,
            )

    yield from each(lines(output), read)
