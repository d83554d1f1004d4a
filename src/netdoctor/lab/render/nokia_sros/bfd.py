"""BFD sessions."""

from __future__ import annotations

from collections.abc import Iterator

from netdoctor.lab.bgp import Neighbor
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.nokia_sros.bgp import neighbors_of
from netdoctor.lab.render.nokia_sros.words import LINE, NONE_FOUND, RULE, day_clock, interface_of, shown

INTERVAL_MS = 300
LEGEND = (
    "Legend:",
    "  Session Id = Interface Name | LSP Name | Prefix | RSVP Sess Name | Service Id",
    "  wp = Working path   pp = Protecting path",
)
HEAD = (
    "Session Id                                        State      Tx Pkts    Rx Pkts",
    "  Rem Addr/Info/SdpId:VcId                      Multipl     Tx Intvl   Rx Intvl",
    "  Protocols                                        Type     LAG Port     LAG ID",
    "  Loc Addr                                                             LAG name",
)
DIAGNOSTICS = {0: "noDiagnostic", 1: "controlDetectionTimeExpired"}
"""RFC 5880 section 4.1."""


def _sessions(view: View) -> list[Neighbor]:
    return [end for end in neighbors_of(view) if end.bfd and not end.shutdown]


@answers("show router bfd session")
def sessions(view: View) -> str:
    found = _sessions(view)
    rows = [line for end in found for line in _row(end, view)] or [NONE_FOUND]
    count = f"No. of BFD sessions: {len(found)}"
    return shown(["", RULE, *LEGEND, RULE, "BFD Session", RULE, *HEAD, LINE, *rows, LINE, count, RULE])


def _packets(end: Neighbor, view: View) -> int:
    return int((view.at - end.bfd_since) * 1000 / INTERVAL_MS) if end.bfd_up else 0


def _row(end: Neighbor, view: View) -> Iterator[str]:
    packets = _packets(end, view)
    word = "Up" if end.bfd_up else "Down"
    yield f"{interface_of(end.port):<50}{word:>5}{packets:>13}{packets:>11}"
    yield f"  {end.peer_address:<50}{3:>3}{INTERVAL_MS:>13}{INTERVAL_MS:>11}"
    yield f"  {'bgp':<50}iom          N/A        N/A"
    yield f"  {end.local_address}"


@answers("show router bfd session detail")
def details(view: View) -> str:
    lines = [line for end in _sessions(view) for line in _detail(end, view)] or [NONE_FOUND]
    return shown(["", RULE, "BFD Session", RULE, *lines, RULE])


def _detail(end: Neighbor, view: View) -> Iterator[str]:
    since = day_clock(view.at - end.bfd_since)
    up = end.bfd_up
    yield f"Remote Address : {end.peer_address}"
    yield f"{'Admin State    : Up':<49}Oper State       : {'Up' if up else 'Down'}"
    yield "Protocols      : bgp"
    yield f"{f'Rx Interval    : {INTERVAL_MS}':<49}Tx Interval      : {INTERVAL_MS}"
    yield f"{'Multiplier     : 3':<49}Echo Interval    : 0"
    yield f"{f'Up Time        : {since if up else None}':<49}Down Time        : {None if up else since}"
    yield f"Local Diag     : {DIAGNOSTICS[end.bfd_diagnostic]}"
