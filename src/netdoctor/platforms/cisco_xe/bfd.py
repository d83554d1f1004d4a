"""BFD sessions (RFC 5880)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from netdoctor.model.entities import DEFAULT_VRF
from netdoctor.model.facts import BfdSession
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_xe.names import normalise_interface
from netdoctor.platforms.text import Block, Read, blocks, each, first
from netdoctor.platforms.values import duration_s

_STATE = r"(?P<state>Up|Down|Init|Admin ?Down|Fail(?:ing)?)\b\S*"
_SESSION = re.compile(
    r"^[ \t]*(?:(?P<own>[\d.]{7,15}|[0-9A-Fa-f]*:\S+)\s+)?(?P<peer>[\d.]{7,15}|[0-9A-Fa-f]*:[^\s\[]+)"
    r"(?:\[(?P<vrf>[^\]\s]+)\])?\s+\d+/\d+\s+\S+(?:\s*\(\w+\))?(?:\s+\d+\s*\(\d+\s*\))?\s+"
    rf"{_STATE}(?:[ \t]+(?P<interface>[A-Za-z]\S*))?[ \t]*$",
    re.M | re.I,
)
_HEADING = re.compile(r"\bNeighAddr\b|\bBFD (?:session|neighbor)", re.I)
_NOBODY = re.compile(r"(?:No|not) (?:BFD )?(?:session|neighbor|matching)", re.I)
_INTERVALS = re.compile(r"MinTxInt: *(\d+), MinRxInt: *(\d+), Multiplier: *(\d+)")
_LOCAL = re.compile(r"Local Diag: *(\d+)")
_REMOTE = re.compile(r"- Diagnostic: *(\d+)")
_CLIENTS = re.compile(r"Registered protocols: *([^\n]*\S)")
_UP = re.compile(r"^[ \t]*(?:Last )?Up ?time: *(\S+)", re.M | re.I)
_DOWN = re.compile(r"^[ \t]*(?:Last )?Down ?time: *(\S+)", re.M | re.I)

_STATES: dict[str, Any] = {
    "up": "up",
    "down": "down",
    "init": "init",
    "admindown": "admin_down",
    "fail": "down",
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


@command(
    "show bfd neighbors details",
    area="bfd",
    gives=(BfdSession,),
    aliases=("show bfd neighbors[ {scope*}]", "show bfd internal"),
)
def sessions(output: str, scope: str = "") -> Read:
    """Every session, with its timers where the details are there. The old table tells our address too."""
    if not _SESSION.search(output) and (_HEADING.search(output) or _NOBODY.search(output)):
        yield EMPTY
    vrf = first(re.compile(r"\bvrf (\S+)", re.I), scope) or DEFAULT_VRF
    yield from each(blocks(output, _SESSION), lambda block: _session(block, vrf))


def _session(block: Block, vrf: str) -> Iterator[BfdSession]:
    found, said = block.head, block.text
    interface = found["interface"]
    clients = first(_CLIENTS, said)
    yield BfdSession(
        vrf=found["vrf"] or vrf,
        peer=found["peer"],
        interface=normalise_interface(interface) if interface else None,
        session_state=_STATES.get(found["state"].lower().replace(" ", "")),
        diagnostic=_diagnostic(first(_LOCAL, said)),
        remote_diagnostic=_diagnostic(first(_REMOTE, said)),
        up_for_s=duration_s(first(_UP, said)),
        down_for_s=duration_s(first(_DOWN, said)),
        **_timers(said),
        clients=tuple(clients.split()) if clients else None,
    )


def _timers(said: str) -> dict[str, Any]:
    """What this end is set to, from microseconds."""
    found = _INTERVALS.search(said)
    if not found:
        return {}
    return {
        "tx_interval_ms": int(found[1]) / 1000,
        "rx_interval_ms": int(found[2]) / 1000,
        "multiplier": int(found[3]),
    }


def _diagnostic(code: str | None) -> str | None:
    """The words of RFC 5880 section 4.1."""
    if code is None:
        return None
    return _DIAGNOSTICS[int(code)] if int(code) < len(_DIAGNOSTICS) else code
