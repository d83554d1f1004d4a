"""SR Linux's words for BGP."""

from __future__ import annotations

import re
from typing import Any, Final, get_args

from netdoctor.model.facts.routing import BgpState

_STATES: Final = frozenset(get_args(BgpState))
_FAMILIES: Final = {
    "evpn": "L2VPN_EVPN", "evpn-unicast": "L2VPN_EVPN", "route-target": "ROUTE_TARGET",
    "l3vpn-ipv4-unicast": "L3VPN_IPV4_UNICAST", "l3vpn-ipv6-unicast": "L3VPN_IPV6_UNICAST",
    "ipv4-labeled-unicast": "IPV4_LABELED_UNICAST", "ipv6-labeled-unicast": "IPV6_LABELED_UNICAST",
}  # fmt: skip
_CODES: Final = (
    "message header",
    "open message",
    "update message",
    "hold timer",
    "finite state|fsm",
    "cease",
)
_SUBCODES: Final[dict[int, tuple[str, ...]]] = {
    2: ("version", "peer as", "bgp id", "optional", "auth", "hold", "capab"),
    6: ("maximum|prefix", "shutdown", "de-?config|unconfig", "reset", "reject", "other", "collision",
    "resource",
        "hard", "bfd"),
}  # fmt: skip
NO_LIMIT: Final = 2**32 - 1


def session_state(word: str | None) -> Any:
    """SR Linux's state as ours."""
    found = re.sub(r"[^a-z]", "", (word or "").lower())
    return found if found in _STATES else "idle" if found in {"disabled", "none"} else None


def afi_safi(name: str) -> str:
    """`ipv4-unicast` as `IPV4_UNICAST`, `evpn` as `L2VPN_EVPN`."""
    word = name.strip().lower()
    return _FAMILIES.get(word) or re.sub(r"[^a-z0-9]+", "_", word).upper()


def notification(code: str | None, subcode: str | None, sent: bool | None) -> dict[str, Any]:
    """The last NOTIFICATION, by code and subcode (RFC 4271, RFC 4486)."""
    word, detail = (code or "").strip(), (subcode or "").strip()
    if word.lower() in {"", "none"}:
        return {}
    number = next((at for at, one in enumerate(_CODES, 1) if re.match(one, word.lower())), None)
    details = _SUBCODES.get(number or 0, ())
    sub = next((at for at, one in enumerate(details, 1) if re.search(one, detail.lower())), None)
    side = "" if sent is None else "sent " if sent else "received "
    return {
        "last_reset_reason": f"{side}{word}" + (f"/{detail}" if detail and detail.lower() != "none" else ""),
        "last_notification_code": number,
        "last_notification_subcode": sub,
        "last_notification_sent": sent,
    }


def limit(value: int | None) -> int | None:
    """The greatest number says that there is no limit."""
    return None if value is None or value >= NO_LIMIT else value
