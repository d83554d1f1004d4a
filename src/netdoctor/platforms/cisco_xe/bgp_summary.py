"""The BGP summary: one line a neighbour, under each address family."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from netdoctor.model.entities import DEFAULT_VRF
from netdoctor.model.facts import BgpAfi, BgpInstance, BgpSession, RoutingProcess, TableUse
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_xe.bgp_words import (
    NOBODY,
    NOT_ACTIVE,
    family,
    family_in,
    session_state,
    vrf_in,
)
from netdoctor.platforms.text import Line, Read, each, lines
from netdoctor.platforms.values import as_number, count, duration_s

_HEADING = re.compile(r"^\s*For address family: *(.*\S)")
_INSTANCE = re.compile(r"BGP router identifier (\S+), local AS number ([\d.]+)")
_TABLE = re.compile(r"^\s*(\d+) network entries")
_ALONE = re.compile(r"^\s*(\*?[0-9A-Fa-f.:]*[.:][0-9A-Fa-f.:]*(?:%\S+)?)\s*$")
_ROW = re.compile(
    r"^\s*(?P<dynamic>\*?)(?P<peer>(?:[0-9A-Fa-f]*[.:]\S+)?)\s+4\s+(?P<remote_as>\d+(?:\.\d+)?)"
    r"(?:\s+\d+){5}\s+(?P<age>\S+)(?:\s+(?P<state>\S.*?))?\s*$"
)


@command(
    "show ip bgp summary",
    area="bgp",
    gives=(BgpSession, BgpAfi, BgpInstance, RoutingProcess, TableUse),
    aliases=("show[ ip] bgp[ {scope*}] summary",),
)
def summary(output: str, scope: str = "") -> Read:
    """The neighbours of each family. In an answer about all VPNs IOS does not tell a neighbour's VRF.

    Only the families without VRFs are asked in a run: `show bgp all neighbors` tells the VRFs.
    """
    if NOT_ACTIVE.search(output):
        yield RoutingProcess(protocol="bgp", name="BGP Router", running=False)
        return
    nothing = True
    for item in each(lines(output), _Summary(scope).read):
        nothing = False
        yield item
    if nothing and (NOBODY.search(output) or _HEADING.search(output)):
        yield EMPTY


class _Summary:
    """The state of reading: under which family a line stands, and a neighbour whose row is wrapped."""

    def __init__(self, scope: str) -> None:
        self._vrf = vrf_in(scope)
        self._scope = scope
        self._family: str | None = None
        self._peer = ""
        self._told = set[str]()

    def read(self, line: Line) -> Iterator[BgpSession | BgpAfi | BgpInstance | TableUse]:
        if row := _ROW.match(line.text):
            yield from self._row(row)
            self._peer = ""
        elif alone := _ALONE.match(line.text):
            self._peer = alone[1]
        elif heading := _HEADING.match(line.text):
            self._family = family(heading[1], self._vrf)
        elif instance := _INSTANCE.search(line.text):
            yield from self._instance(instance[1], instance[2])
        elif table := _TABLE.match(line.text):
            name = self._family or self._own()
            where = "bgp" if self._vrf == DEFAULT_VRF else f"bgp {self._vrf}"
            yield TableUse(table=f"{where} {name.lower()}", used_count=count(table[1]))

    def _own(self, peer: str = "") -> str:
        return family_in(self._scope, self._vrf, peer)

    def _instance(self, router_id: str, local_as: str) -> Iterator[BgpInstance]:
        if router_id not in self._told:
            self._told.add(router_id)
            yield BgpInstance(vrf=self._vrf, local_as=as_number(local_as), router_id=router_id)

    def _row(self, row: re.Match[str]) -> Iterator[BgpSession | BgpAfi]:
        peer = (row["peer"] or self._peer).lstrip("*")
        if not peer:
            raise ValueError("a row without a neighbour")
        dynamic = bool(row["dynamic"]) or self._peer.startswith("*")
        said = row["state"] or ""
        received = count(said)
        negotiated = False if "noneg" in said.lower() else True if received is not None else None
        yield BgpSession(
            vrf=self._vrf,
            peer=peer,
            peer_as=as_number(row["remote_as"]),
            **_state(said, row["age"]),
            dynamic=dynamic or None,
        )
        yield BgpAfi(
            vrf=self._vrf,
            peer=peer,
            afi_safi=self._family or self._own(peer),
            negotiated=negotiated,
            prefixes_received_count=received,
            prefixes_accepted_count=received,
        )


def _state(said: str, age: str) -> dict[str, Any]:
    """What stands under `State/PfxRcd`: a number of prefixes, or a state and its reason."""
    words = said.lower()
    if count(said) is not None or "noneg" in words:
        return {"session_state": "established", "admin_up": True, "up_for_s": duration_s(age)}
    return {
        "session_state": session_state(said.split()[0]) if said else None,
        "admin_up": "admin" not in words if said else None,
        "down_for_s": duration_s(age),
        "prefix_limit_exceeded": True if "pfxct" in words else None,
    }
