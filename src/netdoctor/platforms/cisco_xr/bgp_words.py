"""IOS-XR's words for BGP: states, address families, NOTIFICATION errors (RFC 4271 §4.5, RFC 4486)."""

from __future__ import annotations

import re
from typing import Any, get_args

from netdoctor.model.facts.routing import BgpState

_STATES: frozenset[str] = frozenset(get_args(BgpState))
_FAMILIES = {
    "VPNV4_UNICAST": "L3VPN_IPV4_UNICAST",
    "VPNV6_UNICAST": "L3VPN_IPV6_UNICAST",
    "VPNV4_MULTICAST": "L3VPN_IPV4_MULTICAST",
    "VPNV6_MULTICAST": "L3VPN_IPV6_MULTICAST",
    "L2VPN_VPLS_VPWS": "L2VPN_VPLS",
}
"""OpenConfig's names, where they are not the device's own in capitals."""


def afi_safi(name: str) -> str:
    """`IPv4 Unicast` as `IPV4_UNICAST`, `VPNv4 Unicast` as `L3VPN_IPV4_UNICAST`."""
    word = re.sub(r"[^A-Z0-9]+", "_", name.strip().upper()).strip("_")
    return _FAMILIES.get(word, word)


def session_state(word: str) -> Any:
    """The state of RFC 4271 in `Idle (Admin)`, `OpenSent`, `Active!`; None for another word."""
    found = re.match(r"[A-Za-z]+", word)
    state = found[0].lower() if found else ""
    state = {"opensen": "opensent", "openconf": "openconfirm", "estab": "established"}.get(state, state)
    return state if state in _STATES else None


_ERRORS: tuple[tuple[str, int, int | None], ...] = (
    (r"hold tim\w* expired", 4, 0),
    (r"prefix(?:es)?\b.*(?:reached|exceed|limit)|max\w* .*prefix", 6, 1),
    (r"administrative(?:ly)? shut ?down", 6, 2),
    (r"peer (?:unconfigured|de-?configured)", 6, 3),
    (r"administrative(?:ly)? reset", 6, 4),
    (r"connection rejected", 6, 5),
    (r"other configuration change|configuration change", 6, 6),
    (r"collision", 6, 7),
    (r"out of resources?", 6, 8),
    (r"hard reset", 6, 9),
    (r"bfd down", 6, 10),
    (r"unsupported version", 2, 1),
    (r"wrong AS|bad (?:peer )?AS", 2, 2),
    (r"(?:bad|wrong) BGP id", 2, 3),
    (r"authentication", 2, 5),
    (r"(?:unacceptable|bad) hold ?time", 2, 6),
    (r"capability|AFI/SAFI", 2, 7),
    (r"cease", 6, None),
    (r"finite state|FSM", 5, None),
    (r"attribute|next ?hop|AS.?path|update", 3, None),
    (r"message (?:header|length|type)|marker|synchroni[sz]ed", 1, None),
    (r"open message", 2, None),
)
_PATTERNS = [(re.compile(pattern, re.I), code, subcode) for pattern, code, subcode in _ERRORS]


def error_of(words: str) -> tuple[int | None, int | None]:
    """The code and subcode of an error that XR writes in words; None where they are not known."""
    return next(
        ((code, sub) for pattern, code, sub in _PATTERNS if pattern.search(words[:200])), (None, None)
    )
