"""NX-OS's words for BGP, shared by the neighbours and the summary."""

from __future__ import annotations

import re
from typing import Any, get_args

from netdoctor.model.facts import RoutingProcess
from netdoctor.model.facts.routing import BgpState
from netdoctor.platforms.cisco_nxos.reading import port, said
from netdoctor.platforms.values import is_ip

_STATES: frozenset[str] = frozenset(get_args(BgpState))
_OURS = {
    "open": "opensent",
    "closing": "idle",
    "shut": "idle",
    "admin": "idle",
    "pfxct": "idle",
    "idl": "idle",
}
_HOLD_TIMER_EXPIRED = 4
_HIGHEST_CODE = 8
"""NX-OS puts codes of its own, from 100 up, where no NOTIFICATION was exchanged (RFC 4271 section 4.5)."""


_STOPPED = re.compile(r"^ *Note: +process currently not running", re.M | re.I)


def stopped(output: str) -> tuple[RoutingProcess, ...]:
    """That BGP does not run, where an answer says so: it is not configured, or its process is dead."""
    if "{" in output or not _STOPPED.search(output):
        return ()
    return (RoutingProcess(protocol="bgp", running=False),)


def peer_name(word: str) -> str:
    """How a neighbour is named: by its address, an unnumbered one by its interface."""
    found = word.strip().rstrip(",")
    return found if is_ip(found.partition("%")[0]) else port(found) or found


def state_of(word: Any) -> dict[str, Any]:
    """State, and whether it is shut down: `Idle (Admin)`, `Shut (Admin)`, `Admin (Shut)`, `Idle (PfxCt)`."""
    found = (said(word) or "").lower()
    first = re.sub(r"[^a-z]", "", found.split("(")[0].split(",")[0])
    state = first if first in _STATES else _OURS.get(first)
    over = re.search(r"pfx|prefix|maxpath", found) is not None
    shut = "admin" in found or ("shut" in found and not over)
    return {
        "session_state": state,
        "admin_up": False if shut else True if state else None,
        "prefix_limit_exceeded": True if over else None,
    }


def afi_safi(name: str) -> str:
    """`IPv4 Unicast` as `IPV4_UNICAST`, `L2VPN EVPN` as `L2VPN_EVPN`, `Link-State` as `LINK_STATE`."""
    return re.sub(r"[^A-Z0-9]+", "_", name.strip().upper())


def router_id(value: Any) -> str | None:
    """NX-OS prints zeros until the neighbour has told its own."""
    found = said(value)
    return None if found == "0.0.0.0" else found  # noqa: S104 - not a bind address


def last_reset(
    by_us: tuple[float | None, str | None, int | None, int | None],
    by_peer: tuple[float | None, str | None, int | None, int | None],
) -> dict[str, Any]:
    """The newer of the last resets, each as age, reason, and the NOTIFICATION's code and subcode."""
    told = [
        (age_s, reason, code, subcode, sent)
        for (age_s, reason, code, subcode), sent in ((by_us, True), (by_peer, False))
        if reason and reason.lower() != "no error"
    ]
    if not told:
        return {}
    age_s, reason, code, subcode, sent = min(told, key=lambda one: (one[0] is None, one[0] or 0.0))
    if not code and reason and re.search(r"hold ?timer expired", reason, re.I):
        code, subcode = _HOLD_TIMER_EXPIRED, 0
    known = code is not None and 0 < code <= _HIGHEST_CODE
    return {
        "last_reset_reason": reason,
        "last_reset_s": age_s,
        "last_notification_code": code if known else None,
        "last_notification_subcode": subcode if known else None,
        "last_notification_sent": sent if known else None,
    }
