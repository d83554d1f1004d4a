"""BFD sessions (RFC 5880)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from netdoctor.model.entities import DEFAULT_VRF
from netdoctor.model.facts import BfdSession
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_nxos.reading import Read, port, said, says_none
from netdoctor.platforms.text import Block, blocks, each, first
from netdoctor.platforms.values import count, duration_s, number

_ADDRESS = r"[0-9A-Fa-f]*[.:][0-9A-Fa-f.:%]*"
_ROW = re.compile(
    rf"^ *\*?(?P<ours>{_ADDRESS})\s+(?P<peer>{_ADDRESS})\s+(?P<ld>\d+)/(?P<rd>\d+)\s+(?P<rhrs>\w+)\s+"
    r"(?P<holdown>[\d.]+|N/A)\((?P<multiplier>\d+)\)\s+(?P<state>\w+)\s+(?P<interface>[A-Za-z]\S*|N/A|--)"
    r"(?:\s+(?P<vrf>\S+)\s+(?P<type>[A-Z]{2,3}\b))?",
    re.M,
)
_STATES = {"up": "up", "down": "down", "init": "init", "admindown": "admin_down"}
_FIELDS = {
    "local": re.compile(r"Local Diag: *(\d+)"),
    "remote": re.compile(r"Last packet:.*?Diagnostic: *(\d+)"),
    "tx_us": re.compile(r"MinTxInt: *(\d+) us"),
    "rx_us": re.compile(r"MinRxInt: *(\d+) us"),
    "multiplier": re.compile(r"MinRxInt: *\d+ us, Multiplier: *(\d+)"),
    "clients": re.compile(r"Registered protocols: *(\S[^\n]*)"),
    "up": re.compile(r"^ *Uptime: *(\S[^\n]*)", re.M),
    "down": re.compile(r"^ *Downtime: *(\S[^\n]*)", re.M),
}
_DIAGNOSTICS = (
    "No Diagnostic",
    "Control Detection Time Expired",
    "Echo Function Failed",
    "Neighbor Signaled Session Down",
    "Forwarding Plane Reset",
    "Path Down",
    "Concatenated Path Down",
    "Administratively Down",
    "Reverse Concatenated Path Down",
)
"""By their number (RFC 5880 section 4.1)."""


@command(
    "show bfd neighbors details",
    area="bfd",
    gives=(BfdSession,),
    aliases=(
        "show bfd neighbor[s][ vrf {vrf}][ detail| details]",
        "show bfd neighbor[s] {rest*}",
        "show bfd ipv4 neighbors[ {rest*}]",
        "show bfd ipv6 neighbors[ {rest*}]",
    ),
)
def neighbors(output: str, vrf: str = "", rest: str = "") -> Read:
    """Every session: a row, and in the detailed answer what stands below it.

    IPv6 addresses are too long for a row: they stand on a line of their own before it.
    """
    nothing = True
    for item in each(blocks(output, _ROW), lambda block: _session(block, vrf)):
        nothing = False
        yield item
    if nothing and (says_none(output) or "NeighAddr" in output):
        yield EMPTY


def _session(block: Block, asked: str) -> Iterator[BfdSession]:
    head = block.head
    told: dict[str, Any] = {name: first(pattern, block.text) for name, pattern in _FIELDS.items()}
    state: Any = _STATES.get(head["state"].lower())
    tx, rx = number(told["tx_us"]), number(told["rx_us"])
    clients = told["clients"]
    yield BfdSession(
        vrf=head["vrf"] or (asked if asked and asked != "all" else DEFAULT_VRF),
        peer=head["peer"],
        interface=port(head["interface"]),
        session_state=state,
        diagnostic=_diagnostic(told["local"]),
        remote_diagnostic=_diagnostic(told["remote"]),
        up_for_s=duration_s(told["up"]) if state == "up" else None,
        down_for_s=duration_s(told["down"]) if state != "up" else None,
        tx_interval_ms=None if tx is None else tx / 1000.0,
        rx_interval_ms=None if rx is None else rx / 1000.0,
        multiplier=count(told["multiplier"]) or count(head["multiplier"]),
        clients=tuple(re.split(r"[ ,]+", clients.strip())) if said(clients) else None,
    )


def _diagnostic(code: str | None) -> str | None:
    if code is None:
        return None
    return _DIAGNOSTICS[int(code)] if len(code) < 3 and int(code) < len(_DIAGNOSTICS) else code
