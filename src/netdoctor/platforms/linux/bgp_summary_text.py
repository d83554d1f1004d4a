"""BGP's table of neighbours in words, as bgpd prints it, and as SONiC lays it out anew.

The columns behind `State/PfxRcd` differ between releases; a row's words come in the header's order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from netdoctor.model.events import Note
from netdoctor.model.facts import BgpAfi, BgpInstance, BgpSession, Fact, RoutingProcess
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.linux.bgp import afi_safi, bgp_state, said
from netdoctor.platforms.linux.reading import Read, age_s, lines, on_request
from netdoctor.platforms.linux.vtysh import also, not_running, vtysh
from netdoctor.platforms.values import as_number, clean, count

_FAMILY: Final = re.compile(r"^\s*(IPv[46] \S+(?: \S+)?|L2VPN EVPN|IPv[46] VPN) Summary(?: \(VRF (\S+)\))?:?")
_VRF: Final = re.compile(r"^\s*(?:Instance|VRF) (\S+?):?\s*$")
_ROUTER: Final = re.compile(r"BGP router identifier ([\d.]+), local AS number ([\d.]+)")
_ROW: Final = re.compile(
    r"^\s*(?P<dynamic>\*)?(?:(?P<hostname>[^\s()]+)\()?(?P<peer>[^\s()]+)\)?\s+4\s+(?P<asn>[\d.]+)\s+\d+\s+\d+\s+\d+\s+\d+\s+\d+"
    r"\s+(?P<age>never|[\w:]+)\s+(?P<state>\w+|\(Policy\))(?: \((?P<why>[^)]*)\))?(?P<rest>.*)$"
)
_ODD: Final = re.compile(r"^\s*\S+\s+4\s+[\d.]+\s+\d")
_ALONE: Final = re.compile(r"^\s*\*?[\w.:%-]+(?:\([^)]*\))?\s*$")
_NONE: Final = re.compile(
    r"No (?:BGP|IPv\d|L2VPN)[^\n]* neighbor|No BGP process is configured|BGP instance not"
)


@command(
    vtysh("show bgp vrf all summary"),
    area="bgp",
    gives=(BgpInstance, BgpSession, BgpAfi, RoutingProcess),
    arguments=on_request,
    aliases=also(
        "show bgp vrf all summary",
        "show bgp[ vrf {vrf}][ {afi}][ unicast| vpn| evpn] summary[ established| failed| wide]",
        "show {afi} bgp[ vrf {vrf}][ ipv4| ipv6][ unicast] summary[ established| failed| wide]",
    ),
)
def summary(output: str, vrf: str | None = None, afi: str = "ip") -> Read:
    """A row a neighbour under each family's heading; a prefix count stands for «established»."""
    if dead := list(not_running(output)):
        yield from dead
        return
    told: set[Fact | Note] = set()
    family = {"ipv6": "IPV6_UNICAST", "l2vpn": "L2VPN_EVPN"}.get(afi, "IPV4_UNICAST")
    for item in _rows(output, vrf if vrf and vrf != "all" else "default", family):
        if item is EMPTY or item not in told:
            yield item
        told.add(item)


def _rows(output: str, vrf: str, family: str) -> Iterator[Fact | Note]:
    """The rows; `family` is that of an answer without headings."""
    sends, wrapped = False, ""
    if _NONE.search(output):
        yield EMPTY
    for number, line in lines(clean(output)):
        if named := _FAMILY.match(line):
            family, vrf = afi_safi(named[1]), named[2] or vrf
        elif placed := _VRF.match(line):
            vrf = placed[1]
        elif router := _ROUTER.search(line):
            yield BgpInstance(vrf=vrf, local_as=as_number(router[2]), router_id=said(router[1]))
        elif "State/PfxRcd" in line:
            sends = "PfxSnt" in line
        elif row := _ROW.match(wrapped + line):
            yield from _neighbor(vrf, family, row, sends)
        elif _ODD.match(line):
            yield Note(text=line.strip()[:120], line=number)
        wrapped = f"{line.strip()} " if _ALONE.match(line) else ""


def _neighbor(vrf: str, family: str, row: re.Match[str], sends: bool) -> Read:
    word, why, rest = row["state"], row["why"] or "", row["rest"].split()
    up = word.isdigit() or word in {"NoNeg", "(Policy)"}
    sent = count(rest.pop(0)) if sends and rest else None
    name = " ".join(rest)
    yield BgpSession(
        vrf=vrf,
        peer=row["peer"],
        peer_as=as_number(row["asn"]) or None,
        peer_hostname=row["hostname"],
        session_state="established" if up else bgp_state(word),
        admin_up=why != "Admin",
        up_for_s=age_s(row["age"]) if up else None,
        down_for_s=None if up else age_s(row["age"]),
        description=None if name in {"", "N/A", "NotAvailable"} else name,
        prefix_limit_exceeded=why == "PfxCt",
        dynamic=True if row["dynamic"] else None,
    )
    if word.isdigit() and family:
        yield BgpAfi(
            vrf=vrf,
            peer=row["peer"],
            afi_safi=family,
            prefixes_accepted_count=count(word),
            prefixes_sent_count=sent,
        )
