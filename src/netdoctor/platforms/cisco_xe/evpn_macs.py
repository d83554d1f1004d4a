"""MAC addresses as EVPN knows them. A sequence number counts the moves (RFC 7432 section 7.7)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any

from netdoctor.model.events import Note
from netdoctor.model.facts import MacEntry
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_xe.names import normalise_interface
from netdoctor.platforms.cisco_xe.reading import on_request
from netdoctor.platforms.text import Line, Read, each, lines
from netdoctor.platforms.values import count, mac_address

_LIMIT = 20_000
_MAC = r"[0-9a-fA-F]{4}\.[0-9a-fA-F]{4}\.[0-9a-fA-F]{4}"
_FIELD = re.compile(r"^ *([A-Z][\w ()/.-]*?): +(\S.*?) *$")
_REMOTE = re.compile(r"(?:^|[ :])((?:\d+\.){3}\d+|[0-9A-Fa-f]*:[0-9A-Fa-f:]*:[0-9A-Fa-f]+)(?:\(\w+\))?$")
_LOCAL = re.compile(r"(?:^| )([A-Z][A-Za-z-]*\d[\d/.]*)(?=[: ]|$)")
_ROUTE = re.compile(rf"^ *(?P<evi>\d+) +\d+ +(?P<producer>BGP|L2VPN|\w+) +(?P<mac>{_MAC}) +(?P<rest>\S.*)$")
_ENTRY = re.compile(
    rf"^ *(?:\S+ +)?(?P<mac>{_MAC}) +(?P<evi>\d+) +(?P<domain>\d+|N/A) +\S+ +\d+ +(?P<rest>\S.*)$"
)
_HOST = re.compile(
    rf"^ *[0-9A-Fa-f.:]{{3,45}} +(?P<evi>\d+) +(?P<domain>\d+|N/A) +(?P<mac>{_MAC}) +(?P<rest>\S.*)$"
)
_HEADING = re.compile(r"^ *(?:EVI +ETag|MAC Address +EVI|IP Address +)", re.M)


@command(
    "show l2vpn evpn mac detail",
    area="overlay",
    gives=(MacEntry,),
    arguments=on_request,
    aliases=(
        "show l2vpn evpn mac",
        "show l2vpn evpn mac {scope*}",
        "show l2route evpn mac",
        "show l2route evpn mac {scope*}",
        "show l2route evpn default-gateway[ detail]",
        "show l2route evpn default-gateway {scope*}",
    ),
)
def macs(output: str) -> Read:
    """Every MAC address by its EVPN instance, from the details or the rows."""
    detailed = re.search(r"^ *EVPN Instance: ", output, re.M) is not None
    found = _records(output) if detailed else each(lines(output), _row)
    nothing = True
    for item in itertools.islice(found, _LIMIT):
        nothing = False
        yield item
    if next(found, None) is not None:
        yield Note(text=f"more than {_LIMIT} addresses: the rest was not read")
    if nothing and _HEADING.search(output):
        yield EMPTY


def _records(output: str) -> Iterator[MacEntry | Note]:
    """Records of `Name: value` lines; one begins where a name comes again. A list goes on below."""
    said: dict[str, str] = {}
    name = ""
    for line in output.splitlines():
        found = _FIELD.match(line)
        if not found:
            if name in said and line[:12].isspace() and line.strip():
                said[name] += f", {line.strip()}"
            continue
        name = found[1].lower()
        if name in said and name in {"evpn instance", "mac address", "ip address"}:
            yield from _record(said)
            said = {}
        said[name] = found[2]
    yield from _record(said)


def _record(said: dict[str, str]) -> Iterator[MacEntry]:
    mac = mac_address(said.get("mac address"))
    if mac:
        yield MacEntry(
            mac=mac,
            vlan=said.get("vlan") or said.get("bridge domain") or said.get("evpn instance"),
            **_hop(said.get("next hop(s)", "")),
            moves_count=count(said.get("sequence number")),
        )


def _hop(said: str) -> dict[str, Any]:
    """`L:17 2.2.2.1` and `V:10101 192.0.2.4` are far, `Et1/0:12` and `Ethernet1/0 service …` here."""
    hops = [hop.strip() for hop in said.split(",") if hop.strip()]
    far = next((found[1] for hop in hops if (found := _REMOTE.search(hop))), None)
    near = next((found[1] for hop in hops if (found := _LOCAL.search(hop)) and hop[:2] != "BD"), None)
    kind = "dynamic" if near else "remote" if far else None
    return {"interface": normalise_interface(near) if near else None, "remote_vtep": far, "kind": kind}


def _row(line: Line) -> Iterator[MacEntry]:
    """A row of routes (`EVI ETag Prod MAC …`) or of addresses (`MAC EVI VLAN …`, `IP EVI VLAN MAC …`)."""
    found = _ROUTE.match(line.text) or _ENTRY.match(line.text) or _HOST.match(line.text)
    if not found:
        return
    words = found["rest"].split()
    moves = count(words[-1]) if len(words) > 1 and "producer" in found.groupdict() else None
    domain = found.groupdict().get("domain")
    yield MacEntry(
        mac=mac_address(found["mac"]) or found["mac"],
        vlan=domain if domain and domain != "N/A" else found["evi"],
        **_hop(" ".join(words[:-1] if moves is not None else words)),
        moves_count=moves,
    )
