"""BGP in summary: one row a neighbour and family; a long address stands on a line of its own."""

from __future__ import annotations

import re
from typing import Any

from netdoctor.model.entities import DEFAULT_VRF
from netdoctor.model.events import Note
from netdoctor.model.facts import BgpAfi, BgpInstance, BgpRoute, BgpSession, RoutingProcess
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_xr import bgp_table
from netdoctor.platforms.cisco_xr.bgp_words import afi_safi, session_state
from netdoctor.platforms.cisco_xr.reading import none_said, said
from netdoctor.platforms.text import Line, Read, lines
from netdoctor.platforms.values import as_number, count, duration_s, is_ip

_ROW = re.compile(
    r"^ *(?P<peer>[0-9A-Fa-f:.]{3,45})? +(?P<speaker>\d{1,3}) +(?P<asn>\d[\d.]*) +(?P<received>\d+)"
    r" +(?P<sent>\d+) +"
    r"(?P<version>\d+) +(?P<inq>\d+) +(?P<outq>\d+) +(?P<age>[\w:]+) +(?P<state>\S.*?)\s*$"
)
_ALONE = re.compile(r"^ *([0-9A-Fa-f:.]{3,45}) *$")
_VRF = re.compile(r"^ *(?:VRF: (\S+)|BGP VRF (\S+?),)")
_FAMILY = re.compile(r"^ *Address Family: *([\w -]+?)\s*$")
_UNFILTERED = re.compile(r"configured for (IPv[46] \w+)")
_ECHO = re.compile(
    r"show (?:ip )?bgp (?:instance \S+ )?(?:vrf (?P<vrf>\S+) )?"
    r"(?:(?P<family>(?:ipv[46]|vpnv[46]|l2vpn|link-state) [\w-]+) )?summ"
)
_LOCAL = re.compile(r"BGP router identifier ([\d.]+), local AS number ([\d.]+)")
_TABLE = re.compile(r"^ *Table ID: 0xe(0|08)\d")
_INACTIVE = re.compile(
    r"^ *% ?BGP instance \S+ not active|^ *% ?BGP (?:is )?not (?:active|running|configured)", re.M
)


@command(
    "show bgp vrf all summary", area="bgp", gives=(BgpSession, BgpAfi, BgpInstance, RoutingProcess, BgpRoute)
)
@command(
    "show bgp all all summary",
    area="bgp",
    gives=(BgpSession, BgpAfi, BgpInstance, RoutingProcess, BgpRoute),
    aliases=(
        "show bgp summary",
        "show ip bgp summary",
        "show bgp instance {instance} all all summary",
        "show bgp instance {instance} summary",
        "show bgp instance {instance} vrf {vrf} {afi} {safi} summary",
        "show bgp vrf {vrf} {afi} {safi} summary",
        "show bgp vrf {vrf} summary",
        "show bgp vrf {vrf} {afi} {safi}",
        "show bgp {afi} {safi} summary",
    ),
)
def summary(output: str, vrf: str = "", afi: str = "", safi: str = "") -> Read:
    if bgp_table.HEADER.search(output):
        yield from bgp_table.paths(output, vrf)
        return
    reader = _Summary(vrf, f"{afi} {safi}" if afi not in {"", "all"} else "")
    nothing = True
    for line in lines(said(output)):
        for fact in reader.read(line):
            nothing = nothing and isinstance(fact, Note)
            yield fact
    if nothing and _INACTIVE.search(output):
        yield RoutingProcess(protocol="bgp", name="bgp", running=False)
    elif nothing and none_said(output):
        yield EMPTY


class _Summary:
    """Where in an answer of several VRFs and families a row stands."""

    def __init__(self, vrf: str, family: str) -> None:
        self._vrf = DEFAULT_VRF if vrf in {"", "all"} else vrf
        self._family = afi_safi(family) if family else ""
        self._asked = bool(family)
        self._peer: str | None = None
        self._known: set[str] = set()
        self._local: dict[str, Any] = {}

    def read(self, line: Line) -> Read:
        row = _ROW.match(line.text)
        if row and (peer := row["peer"] or self._peer):
            self._peer = None
            yield from self._neighbor(line, peer, row)
        elif alone := _ALONE.match(line.text):
            self._peer = alone[1] if is_ip(alone[1]) else None
        elif local := _LOCAL.search(line.text):
            yield from self._instance(local)
        else:
            self._context(line.text)

    def _context(self, text: str) -> None:
        if found := _VRF.match(text):
            self._vrf = found[1] or found[2]
        elif found := _FAMILY.match(text) or _UNFILTERED.search(text):
            self._family, self._asked = afi_safi(found[1]), True
        elif found := _ECHO.search(text):
            self._vrf = found["vrf"] if found["vrf"] not in {None, "all"} else self._vrf
            if found["family"]:
                self._family, self._asked = afi_safi(found["family"]), True
        elif not self._asked and (found := _TABLE.match(text)):
            self._family = "IPV6_UNICAST" if found[1] == "08" else "IPV4_UNICAST"

    def _instance(self, found: re.Match[str]) -> Read:
        router_id = None if found[1] == "0.0.0.0" else found[1]  # noqa: S104 - not a bind address
        self._local = {"local_as": as_number(found[2].rstrip(".")), "router_id": router_id}
        if not self._known:
            yield RoutingProcess(protocol="bgp", name="bgp", running=True)
        if self._vrf not in self._known:
            self._known.add(self._vrf)
            yield BgpInstance(vrf=self._vrf, **self._local)

    def _neighbor(self, line: Line, peer: str, row: re.Match[str]) -> Read:
        if not is_ip(peer):
            yield Note(text=line.text[:200], line=line.number)
            return
        word = row["state"].rstrip("!").strip()
        up = word.isdigit()
        state: Any = "established" if up else session_state(word)
        admin = "admin" in word.lower()
        age = duration_s(row["age"])
        yield BgpSession(
            vrf=self._vrf,
            peer=peer,
            peer_as=as_number(row["asn"]),
            session_state=state,
            admin_up=False if admin else None if word.lower() == "idle" or state is None else True,
            up_for_s=age if up else None,
            down_for_s=None if up else age or None,
            prefix_limit_exceeded=True if re.search(r"pfx|prefix", word, re.I) else None,
            **self._local,
        )
        yield BgpAfi(
            vrf=self._vrf,
            peer=peer,
            afi_safi=self._family or "IPV4_UNICAST",
            prefixes_received_count=count(word) if up else None,
        )
