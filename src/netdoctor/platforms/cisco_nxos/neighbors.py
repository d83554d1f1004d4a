"""ARP, neighbour discovery and MAC addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from netdoctor.model.entities import DEFAULT_VRF
from netdoctor.model.events import Note
from netdoctor.model.facts import DropCounter, Fact, MacEntry, Neighbor
from netdoctor.platforms.base import EMPTY, NotUnderstood, command
from netdoctor.platforms.cisco_nxos.reading import (
    J,
    Object,
    Read,
    bounded,
    document,
    on_request,
    over,
    port,
    rows,
    said,
    says_none,
    structured,
    table,
    without_json,
)
from netdoctor.platforms.text import Line, each, lines
from netdoctor.platforms.values import count, duration_s, is_ip, mac_address, number

_ARP = (
    "show ip arp[ {address}][ detail][ vrf {vrf}]",
    "show ip arp vrf {vrf} {words*}",
    "show ip arp {words*}",
)
_ND = (
    "show ipv6 neighbor[s][ {address}][ detail][ vrf {vrf}]",
    "show ipv6 nd neighbor[s][ vrf {vrf}]",
    "show ipv6 neighbor[s] {words*}",
)


_DROPPED = re.compile(r"Dropped:? *(\d+)")


@command(
    "show ip arp statistics vrf all",
    area="forwarding",
    gives=(DropCounter,),
    arguments=on_request,
    aliases=("show ip arp statistics[ vrf {vrf}]",),
)
def statistics(output: str, vrf: str = "") -> Read:
    """ARP packets that were dropped, sent and received."""
    parts = re.split(r"(?m)^ *(Sent|Received) *:", output)
    nothing = True
    for way, text in zip(parts[1::2], parts[2::2], strict=False):
        if found := _DROPPED.search(text):
            nothing = False
            yield DropCounter(kind="copp", name=f"ARP {way.lower()}", dropped_pkts=count(found[1]))
    if nothing and output.strip():
        raise NotUnderstood("no 'Dropped'")


@command(
    "show ip arp vrf all | json", area="forwarding", gives=(Neighbor,), aliases=tuple(a + J for a in _ARP)
)
@command(
    "show ipv6 neighbor vrf all | json",
    area="forwarding",
    gives=(Neighbor,),
    aliases=tuple(a + J for a in _ND),
)
def neighbors(output: str, vrf: str = "", address: str = "", words: str = "") -> Read:
    """Every neighbour, by ARP or by neighbour discovery."""
    found = document(output)
    if output.strip():
        asked = vrf if vrf and vrf != "all" else DEFAULT_VRF
        yield from bounded(_all(found, asked), "neighbours")


def _all(found: Object, asked: str) -> Iterator[Fact | Note]:
    here = [
        {"vrf": _vrf(context, asked), "row": row}
        for context in rows(found, "vrf") or [found]
        for family in [context, *rows(context, "afi"), *rows(context, "addrf")]
        for row in rows(family, "adj")
    ]
    yield from over(here, lambda one: _adjacency(one["vrf"], one["row"]), found, "vrf")


def _vrf(context: Object, asked: str) -> str:
    """In an answer about all VRFs NX-OS names none of them, but says `all`."""
    name = said(context.get("vrf-name-out"))
    return asked if name in {None, "all"} else str(name)


def _adjacency(vrf: str, row: Object) -> Iterator[Neighbor]:
    address = said(row.get("ip-addr-out") or row.get("ipv6-addr") or row.get("ip-addr"))
    if not address or not is_ip(address):
        raise ValueError("a neighbour without an address")
    incomplete = said(row.get("incomplete"))
    mac = mac_address(row.get("mac"))
    age = row.get("time-stamp") or row.get("age")
    yield Neighbor(
        vrf=vrf,
        address=address,
        mac=mac,
        interface=port(row.get("intf-out") or row.get("interface") or row.get("phy-intf")),
        state="incomplete"
        if incomplete == "true" or (mac is None and row.get("mac") != "")
        else _reachable(row, mac),
        age_s=duration_s(age) if duration_s(age) is not None else number(age),
    )


def _reachable(row: Object, mac: str | None) -> Any:
    return "incomplete" if mac is None else None


_TABLE = re.compile(
    r"(?:IP ARP|IPv6 Adjacency) Table for (?:context |VRF )?\"?(?P<vrf>[\w.:-]+(?: contexts)?)\"?"
)
_ARP_ROW = re.compile(
    r"^ *(?P<address>\d+\.\d+\.\d+\.\d+) +(?P<age>\S+) +"
    r"(?P<mac>[0-9a-fA-F]{4}\.[0-9a-fA-F]{4}\.[0-9a-fA-F]{4}|INCOMPLETE|N/A)"
    r"(?: +(?P<interface>[A-Za-z][\w/.:-]*|-))?"
)
_ND_ROW = re.compile(
    r"^ *(?P<address>[0-9A-Fa-f]*:[0-9A-Fa-f:.]*(?:%\S+)?)(?: +(?P<age>\S+) +"
    r"(?P<mac>[0-9a-fA-F]{4}\.[0-9a-fA-F]{4}\.[0-9a-fA-F]{4}|INCOMPLETE|N/A) +"
    r"(?P<preference>\d+) +(?P<source>\S+) +"
    r"(?P<interface>[A-Za-z][\w/.:-]*))? *$"
)
_ND_REST = re.compile(
    r"^ +(?P<age>\S+) +(?P<mac>[0-9a-fA-F]{4}\.[0-9a-fA-F]{4}\.[0-9a-fA-F]{4}|INCOMPLETE|N/A) +"
    r"(?P<preference>\d+) +"
    r"(?P<source>\S+) +(?P<interface>[A-Za-z][\w/.:-]*)"
)


@command("show ip arp vrf all", area="forwarding", gives=(Neighbor,), arguments=without_json, aliases=_ARP)
@command(
    "show ipv6 neighbor vrf all", area="forwarding", gives=(Neighbor,), arguments=without_json, aliases=_ND
)
def neighbors_in_text(output: str, vrf: str = "", address: str = "", words: str = "") -> Read:
    """The same in text. A long IPv6 address stands on a line of its own."""
    if structured(output):
        yield from neighbors(output, vrf)
        return
    context = asked = vrf if vrf and vrf != "all" else DEFAULT_VRF
    waiting = ""
    nothing, well_formed = True, False

    def read(line: Line) -> Read:
        nonlocal context, waiting, well_formed
        if found := _TABLE.search(line.text):
            well_formed = True
            context = asked if found["vrf"].endswith("contexts") or found["vrf"] == "all" else found["vrf"]
        elif found := _ARP_ROW.match(line.text):
            yield _row(context, found["address"], found)
        elif found := _ND_ROW.match(line.text):
            if found["mac"]:
                yield _row(context, found["address"], found)
            else:
                waiting = found["address"]
        elif waiting and (found := _ND_REST.match(line.text)):
            yield _row(context, waiting, found)
            waiting = ""

    for item in each(lines(output), read):
        nothing = False
        yield item
    if nothing and (well_formed or says_none(output)):
        yield EMPTY


def _row(vrf: str, address: str, found: re.Match[str]) -> Neighbor:
    mac = mac_address(found["mac"])
    return Neighbor(
        vrf=vrf,
        address=address,
        mac=mac,
        interface=port(found["interface"]),
        state=None if mac else "incomplete",
        age_s=duration_s(found["age"])
        if ":" in found["age"] or found["age"][-1:].isalpha()
        else number(found["age"]),
    )


_MACS = "show mac address-table[ {words*}]"
_KINDS = {"dynamic": "dynamic", "static": "static", "*": "dynamic", "secure": "static"}


@command(
    "show mac address-table | json",
    area="l2",
    gives=(MacEntry,),
    targets_only=True,
    timeout_s=30.0,
    aliases=(_MACS + J,),
)
def macs(output: str, words: str = "") -> Read:
    """The MAC address table."""
    yield from bounded(table(output, "mac_address", _mac), "addresses")


def _mac(row: Object) -> Iterator[MacEntry]:
    mac = mac_address(row.get("disp_mac_addr"))
    if mac is None:
        raise ValueError("no 'disp_mac_addr'")
    static = said(row.get("disp_is_static"))
    mark = str(row.get("disp_type") or "").strip()
    kind = (
        "static" if static == "enabled" else "dynamic" if static == "disabled" else _KINDS.get(mark.lower())
    )
    yield _entry(
        mac, said(row.get("disp_vlan")), said(row.get("disp_port")), kind, mark, number(row.get("disp_age"))
    )


def _entry(
    mac: str, vlan: str | None, place: str | None, kind: str | None, mark: str, age_s: float | None
) -> MacEntry:
    """`G` marks the device's own address; `nve1(192.0.2.1)` and `vPC Peer-Link(R)` name what is behind."""
    remote = re.fullmatch(r"(nve\d+)\(([0-9A-Fa-f.:]+)(?: [^)]*)?\)", place or "")
    own: Any = "self" if "G" in mark else "remote" if remote else kind
    return MacEntry(
        mac=mac,
        vlan=vlan,
        interface=remote[1] if remote else port(re.sub(r"\(R\)$", "", place)) if place else None,
        remote_vtep=remote[2] if remote else None,
        kind=own,
        age_s=age_s,
    )


_MAC_ROW = re.compile(
    r"^ *(?P<mark>[*+GCOERL~ ]{0,4}?) *(?P<vlan>\d{1,4}|-) +"
    r"(?P<mac>[0-9a-fA-F]{4}\.[0-9a-fA-F]{4}\.[0-9a-fA-F]{4}) +(?P<kind>\w+) +"
    r"(?P<age>\S+) +(?P<secure>\S+) +(?P<notify>\S+) +(?P<port>\S.*?) *$"
)


def _rows_of(found: re.Match[str], ports: str) -> Iterator[MacEntry]:
    """An entry for each port; `vPC Peer-Link` is one."""
    names = ports.split()
    several = all(re.fullmatch(r"[A-Za-z]+\d[\d/.]*", name) for name in names)
    for place in names if several else [ports]:
        yield _entry(
            str(mac_address(found["mac"])),
            None if found["vlan"] == "-" else found["vlan"],
            said(place),
            _KINDS.get(found["kind"].lower()),
            found["mark"],
            number(found["age"]),
        )


_MORE_PORTS = re.compile(r"^ {20,}(?:[A-Za-z]+\d[\w/.]*(?: +|$))+")


@command(
    "show mac address-table",
    area="l2",
    gives=(MacEntry,),
    targets_only=True,
    timeout_s=30.0,
    arguments=without_json,
    aliases=(_MACS,),
)
def macs_in_text(output: str, words: str = "") -> Read:
    """The same in text. A group's address has several ports, which may go on in the next lines."""
    if structured(output):
        yield from macs(output)
        return
    nothing = True
    last: re.Match[str] | None = None

    def read(line: Line) -> Read:
        nonlocal last
        if found := _MAC_ROW.match(line.text):
            last = found
            yield from _rows_of(found, found["port"])
        elif last and _MORE_PORTS.match(line.text):
            yield from _rows_of(last, line.text)

    for item in bounded(each(lines(output), read), "addresses"):
        nothing = False
        yield item
    if nothing and "MAC Address" in output:
        yield EMPTY
