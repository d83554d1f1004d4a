"""Who is where: ARP, IPv6 neighbour discovery and the MAC address table."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any

from netdoctor.model.entities import DEFAULT_VRF
from netdoctor.model.events import Note
from netdoctor.model.facts import Fact, MacEntry, Neighbor
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_xe.names import normalise_interface
from netdoctor.platforms.cisco_xe.reading import by_vrf
from netdoctor.platforms.text import Line, Read, each, lines
from netdoctor.platforms.values import mac_address

_LIMIT = 20_000
_MAC = r"[0-9a-fA-F]{4}\.[0-9a-fA-F]{4}\.[0-9a-fA-F]{4}"

_ARP = re.compile(
    rf"^\s*Internet\s+(?P<address>\d+(?:\.\d+){{3}})\s+(?P<age>\d+|-)\s+(?P<mac>{_MAC}|Incomplete)"
    r"(?:\s+(?P<type>\S+))?(?:\s+(?P<interface>[A-Za-z]\S*))?",
    re.I,
)
_ARP_HEADING = re.compile(r"^[ \t]*Protocol[ \t]+Address", re.M)


@command("show ip arp vrf {vrf}", area="forwarding", gives=(Neighbor,), arguments=by_vrf)
@command(
    "show ip arp",
    area="forwarding",
    gives=(Neighbor,),
    aliases=(
        "show[ ip] arp",
        "show arp vrf {vrf}",
        "show[ ip] arp vrf {vrf} {what*}",
        "show[ ip] arp {what*}",
    ),
)
def arp(output: str, vrf: str = DEFAULT_VRF) -> Read:
    """Every ARP entry. An age of `-` is one of our own addresses, or a static entry."""
    found = each(lines(output), lambda line: _arp(line, vrf))
    yield from _bounded(found, _ARP_HEADING.search(output) is not None)


def _arp(line: Line, vrf: str) -> Iterator[Neighbor]:
    found = _ARP.match(line.text)
    if not found:
        return
    mac = mac_address(found["mac"])
    state: Any = "incomplete" if mac is None else "permanent" if found["age"] == "-" else None
    interface = found["interface"]
    yield Neighbor(
        vrf=vrf,
        address=found["address"],
        mac=mac,
        interface=normalise_interface(interface) if interface else None,
        state=state,
        age_s=_minutes(found["age"]),
    )


def _minutes(said: str) -> float | None:
    return int(said) * 60.0 if said.isdigit() else None


def _bounded(found: Iterator[Fact | Note], headed: bool) -> Iterator[Fact | Note]:
    """The first 20,000; EMPTY where a heading stands over nothing."""
    nothing = True
    for item in itertools.islice(found, _LIMIT):
        nothing = False
        yield item
    if next(found, None) is not None:
        yield Note(text=f"more than {_LIMIT} entries: the rest was not read")
    if nothing and headed:
        yield EMPTY


_ND = re.compile(
    rf"^\s*(?P<address>[0-9A-Fa-f]*:[0-9A-Fa-f:.]+)\s+(?:\d+\s+)?(?P<age>\d+|-)\s+(?P<mac>{_MAC}|-)"
    r"\s+(?P<state>[A-Z]+)\s+(?P<interface>[A-Za-z]\S*)"
)
_ND_HEADING = re.compile(r"^[ \t]*IPv6 Address\s", re.M)
_ND_STATES: dict[str, Any] = {
    "INCMP": "incomplete",
    "REACH": "reachable",
    "STALE": "stale",
    "DELAY": "delay",
    "PROBE": "probe",
}


@command(
    "show ipv6 neighbors",
    area="forwarding",
    gives=(Neighbor,),
    aliases=("show ipv6 neighbors vrf {vrf}[ {what*}]", "show ipv6 neighbors {what*}"),
)
def discovered(output: str, vrf: str = DEFAULT_VRF) -> Read:
    """Every IPv6 neighbour."""
    found = each(lines(output), lambda line: _discovered(line, vrf))
    yield from _bounded(found, _ND_HEADING.search(output) is not None)


def _discovered(line: Line, vrf: str) -> Iterator[Neighbor]:
    found = _ND.match(line.text)
    if found:
        permanent = found["age"] == "-" and found["state"] == "REACH"
        yield Neighbor(
            vrf=vrf,
            address=found["address"],
            mac=mac_address(found["mac"]),
            interface=normalise_interface(found["interface"]),
            state="permanent" if permanent else _ND_STATES.get(found["state"]),
            age_s=_minutes(found["age"]),
        )


_ENTRY = re.compile(
    rf"^(?P<flags>[\s*+RSD#]*?)(?:(?P<vlan>\d{{1,4}}|All|N/A|--+|[A-Z][A-Za-z-]*\d[\d/.]*)\s+)?(?P<mac>{_MAC})\s+(?P<rest>\S.*)$",
    re.I,
)
_ONE_PORT = r"(?:[A-Z][\w/.-]*\d|Switch|Router|CPU)"
_MORE_PORTS = re.compile(rf"^\s{{20,}}(?P<ports>{_ONE_PORT}(?:[ ,]+{_ONE_PORT})*)\s*$", re.I)
_MAC_HEADING = re.compile(
    r"Mac Address|Destination Address|Total Mac Addresses|Displaying entries|No entries", re.I
)
_PORT = re.compile(r"[A-Z][\w-]*\d[\w/.:]*|CPU|Router|Switch", re.I)
"""`Drop` is no port, nor are the words of a private VLAN (`pv 21`)."""
_KINDS: dict[str, Any] = {
    "dynamic": "dynamic",
    "static": "static",
    "secure": "static",
    "system": "self",
    "self": "self",
    "cp_learn": "remote",
    "remote": "remote",
}


@command(
    "show mac address-table",
    area="l2",
    gives=(MacEntry,),
    targets_only=True,
    aliases=("show mac-address-table[ {scope*}]", "show mac address-table {scope*}"),
)
def macs(output: str) -> Read:
    """Every entry, one for each of its ports, in the tables of all the series."""
    found = each(lines(output), _Macs().read)
    yield from _bounded(found, _MAC_HEADING.search(output) is not None)


class _Macs:
    """The state of reading: which columns the heading named, and the entry whose ports may go on."""

    def __init__(self) -> None:
        self._before_ports = 0
        self._aged = False
        self._last: MacEntry | None = None

    def read(self, line: Line) -> Iterator[MacEntry]:
        if found := _ENTRY.match(line.text):
            yield from self._entry(found)
        elif (more := _MORE_PORTS.match(line.text)) and self._last:
            for port in re.split(r"[ ,]+", more["ports"]):
                yield _on(self._last, port)
        elif "mac address" in (low := line.text.lower()) or "destination address" in low:
            self._aged = "learn" in low
            self._before_ports = 2 if self._aged else 1 if "protocols" in low else 0

    def _entry(self, found: re.Match[str]) -> Iterator[MacEntry]:
        kind, *words = found["rest"].split()
        vlan = found["vlan"]
        if vlan is None and words and words[0].isdigit():
            vlan = words.pop(0)
        before, ports = words[: self._before_ports], words[self._before_ports :]
        age = before[1] if self._aged and len(before) > 1 else ""
        entry = MacEntry(
            mac=mac_address(found["mac"]) or found["mac"],
            vlan=vlan if vlan and (vlan.isdigit() or vlan.lower() == "all") else None,
            kind=_KINDS.get(kind.lower()),
            age_s=float(age) if age.isdigit() else None,
        )
        self._last = entry
        names = [name for name in re.split(r"[ ,]+", " ".join(ports)) if _PORT.fullmatch(name)]
        if not names:
            yield entry
        for name in names:
            yield _on(entry, name)


def _on(entry: MacEntry, port: str) -> MacEntry:
    return MacEntry(
        mac=entry.mac,
        vlan=entry.vlan,
        kind=entry.kind,
        age_s=entry.age_s,
        interface=normalise_interface(port),
    )
