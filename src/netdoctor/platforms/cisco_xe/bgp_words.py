"""IOS's words for BGP, shared by the neighbours and the summary."""

from __future__ import annotations

import re
from typing import Any, get_args

from netdoctor.model.entities import DEFAULT_VRF
from netdoctor.model.facts.routing import BgpState

_STATES: frozenset[str] = frozenset(get_args(BgpState))
_VRF = re.compile(r"\bvrf (\S+)", re.I)
NOT_ACTIVE = re.compile(r"^ *% ?BGP (?:is )?not (?:active|running|enabled)", re.M | re.I)
NOBODY = re.compile(r"^ *% ?(?:No such neighbor|Neighbor not found|No (?:BGP )?neighbors?\b)", re.M | re.I)

_TOLD = re.compile(r"^BGP Notification (sent|received)(?: of session \S+)?,? ?(.*)$", re.I)
_REASONS: tuple[tuple[str, int, int | None], ...] = (
    ("hold time expired", 4, None),
    ("hold timer expired", 4, None),
    ("maximum number of prefixes", 6, 1),
    ("administrative shutdown", 6, 2),
    ("admin. shutdown", 6, 2),
    ("peer de-configured", 6, 3),
    ("peer unconfigured", 6, 3),
    ("administrative reset", 6, 4),
    ("connection rejected", 6, 5),
    ("other configuration change", 6, 6),
    ("collision", 6, 7),
    ("out of resource", 6, 8),
    ("bfd down", 6, 10),
    ("unsupported version", 2, 1),
    ("peer in wrong as", 2, 2),
    ("wrong as", 2, 2),
    ("bad peer as", 2, 2),
    ("bgp identifier wrong", 2, 3),
    ("bad bgp identifier", 2, 3),
    ("unsupported optional parameter", 2, 4),
    ("unacceptable hold time", 2, 6),
    ("unsupported/disjoint capability", 2, 7),
    ("unsupported capability", 2, 7),
    ("no supported afi/safi", 2, 7),
    ("finite state machine", 5, None),
    ("fsm", 5, None),
    ("malformed attribute", 3, 1),
    ("update malformed", 3, None),
)
"""What IOS writes behind `BGP Notification`, with the code and subcode of RFC 4271 and RFC 4486."""


def session_state(word: str) -> Any:
    """IOS's state as ours; None for one that is not of RFC 4271 (`Closing`)."""
    lower = word.lower()
    return lower if lower in _STATES else None


def vrf_in(scope: str) -> str:
    """The VRF that a command asks about (`vpnv4 unicast vrf BLUE`), else the default one."""
    found = _VRF.search(scope)
    return found[1] if found and found[1] != "all" else DEFAULT_VRF


def family(name: str, vrf: str = DEFAULT_VRF) -> str:
    """`IPv4 Unicast` as `IPV4_UNICAST`, `VPNv4 Unicast` as `L3VPN_IPV4_UNICAST` (openconfig-bgp-types).

    Inside a VRF the router translates: what it calls VPNv4 is plain IPv4 on the wire.
    """
    words = name.upper().replace("E-VPN", "EVPN").split()
    if len(words) == 1 and words[0] in {"IPV4", "IPV6", "VPNV4", "VPNV6"}:
        words.append("UNICAST")
    found = "_".join(words)
    return re.sub(r"^VPNV([46])", r"L3VPN_IPV\1" if vrf == DEFAULT_VRF else r"IPV\1", found)


def family_in(scope: str, vrf: str = DEFAULT_VRF, peer: str = "") -> str:
    """The address family that a command's words name; that of the peer where they name none."""
    words = scope.lower().replace("e-vpn", "evpn")
    if found := re.search(r"\b(ipv[46]|vpnv[46]|l2vpn|rtfilter|link-state|nsap|mvpn)\b(?: (\w+))?", words):
        second = found[2] if found[2] in {"unicast", "multicast", "mdt", "flowspec", "evpn", "vpls"} else ""
        return family(f"{found[1]} {second}", vrf)
    return "IPV6_UNICAST" if ":" in peer else "IPV4_UNICAST"


def reset(told: str | None, ago_s: float | None) -> dict[str, Any]:
    """What `Last reset 00:10:02, due to …` says."""
    if not told:
        return {}
    found: dict[str, Any] = {"last_reset_reason": told, "last_reset_s": ago_s}
    if notified := _TOLD.match(told):
        words = notified[2].lower()
        code, subcode = next(((c, s) for text, c, s in _REASONS if text in words), (None, None))
        found |= {
            "last_notification_code": code,
            "last_notification_subcode": subcode,
            "last_notification_sent": notified[1].lower() == "sent",
        }
    return found
