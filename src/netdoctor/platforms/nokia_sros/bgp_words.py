"""SR OS's words for BGP, shared by the summary, the neighbours and the state tree."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final, get_args

from netdoctor.model.facts.routing import BgpState

_STATES: Final = frozenset(get_args(BgpState))
_FAMILIES: Final = {
    "ipv4": "IPV4_UNICAST",
    "ipv6": "IPV6_UNICAST",
    "vpn-ipv4": "L3VPN_IPV4_UNICAST",
    "vpn-ipv6": "L3VPN_IPV6_UNICAST",
    "vpnipv4": "L3VPN_IPV4_UNICAST",
    "vpnipv6": "L3VPN_IPV6_UNICAST",
    "label-ipv4": "IPV4_LABELED_UNICAST",
    "label-ipv6": "IPV6_LABELED_UNICAST",
    "lbl-ipv4": "IPV4_LABELED_UNICAST",
    "lbl-ipv6": "IPV6_LABELED_UNICAST",
    "lblipv4": "IPV4_LABELED_UNICAST",
    "lblipv6": "IPV6_LABELED_UNICAST",
    "mcast-ipv4": "IPV4_MULTICAST",
    "mcast-ipv6": "IPV6_MULTICAST",
    "mvpn-ipv4": "L3VPN_IPV4_MULTICAST",
    "mvpn-ipv6": "L3VPN_IPV6_MULTICAST",
    "l2-vpn": "L2VPN_VPLS",
    "l2vpn": "L2VPN_VPLS",
    "evpn": "L2VPN_EVPN",
    "flow-ipv4": "IPV4_FLOWSPEC",
    "flow-ipv6": "IPV6_FLOWSPEC",
    "route-target": "ROUTE_TARGET",
    "rt-constrnt": "ROUTE_TARGET",
    "bgp-ls": "LINKSTATE",
}
"""SR OS's families by the names of OpenConfig, where it has one."""

_CODES: Final = (
    (1, r"(?:msg|message) ?(?:hdr|header)"),
    (2, r"open m"),
    (3, r"update"),
    (4, r"hold"),
    (5, r"fsm|finite|state machine"),
    (6, r"cease"),
)
_SUBCODES: Final = {
    2: (
        (1, "version"),
        (2, "peer as"),
        (3, "bgp id"),
        (4, "optional"),
        (5, "auth"),
        (6, "hold"),
        (7, "capab"),
    ),
    6: (
        (1, "prefix"),
        (2, "shut"),
        (3, "de-?config|unconfig"),
        (4, "admin.* reset"),
        (5, "reject"),
        (6, "other"),
        (7, "collision"),
        (8, "resource"),
        (9, "hard"),
        (10, "bfd"),
    ),
}


def session_state(word: str | None) -> Any:
    """SR OS's state as ours; a session that is shut down is `Disabled`."""
    found = re.sub(r"[^a-z]", "", (word or "").lower())
    if found in {"disabled", "shutdown"}:
        return "idle"
    return found if found in _STATES else None


def admin_up(word: str | None) -> bool | None:
    """False for `Disabled`; any state but that is of a session that is meant to be up."""
    if not (word or "").strip():
        return None
    return re.sub(r"[^a-z]", "", (word or "").lower()) not in {"disabled", "shutdown"}


@lru_cache(maxsize=256)
def afi_safi(name: str) -> str:
    """`VpnIPv4`, `VPN-IPv4` and `vpn-ipv4` as `L3VPN_IPV4_UNICAST`."""
    word = name.strip().lower()
    return _FAMILIES.get(word) or re.sub(r"[^a-z0-9]+", "_", word).upper()


_CEASE, _MAX_PREFIXES = 6, 1
"""RFC 4486 section 4."""


def last_error(said: str | None, state: str | None = None) -> dict[str, Any]:
    """`Cease (Connection Collision Resolution)` with its code and subcode (RFC 4271, RFC 4486).

    SR OS says `Unrecognized Error` where there was none. Who sent it is not told; but only the end whose
    prefix limit was exceeded is held in Idle, while the other one calls again.
    """
    word = (said or "").strip()
    if word.lower() in {"", "unrecognized error", "none", "n/a"}:
        return {}
    head, _, inner = word.lower().partition("(")
    code = next((number for number, pattern in _CODES if re.match(pattern, head)), None)
    subcodes = _SUBCODES.get(code or 0, ())
    subcode = next((number for number, pattern in subcodes if re.search(pattern, inner)), None)
    return {
        "last_reset_reason": word,
        "last_notification_code": code,
        "last_notification_subcode": subcode,
        "prefix_limit_exceeded": True if (code, subcode, state) == (_CEASE, _MAX_PREFIXES, "idle") else None,
    }
