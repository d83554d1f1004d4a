"""EOS's words for BGP, shared by the neighbours and the summary."""

from __future__ import annotations

import re
from typing import Any, get_args

from netdoctor.model.facts import RoutingProcess
from netdoctor.model.facts.routing import BgpState
from netdoctor.platforms.arista_eos.dialect import normalise_interface
from netdoctor.platforms.arista_eos.reading import Read
from netdoctor.platforms.values import text

_STATES: frozenset[str] = frozenset(get_args(BgpState))
_PREFIX_LIMIT = ("maxpath", "maxroute", "maximumroute", "prefix", "pfx")


def no_bgp() -> Read:
    """BGP does not run: it is not configured, or its agent is dead."""
    yield RoutingProcess(protocol="bgp", running=False)


def peer_name(address: str) -> str:
    """How a neighbour is named: by its address, an unnumbered one by the interface in its scope."""
    link_local, _, scope = address.partition("%")
    return normalise_interface(scope) if scope and link_local.lower().startswith("fe80:") else address


def session_state(value: Any) -> Any:
    """EOS's state as ours; None for one that is not of RFC 4271."""
    word = (text(value) or "").lower()
    return {"estab": "established"}.get(word, word if word in _STATES else None)


def router_id(value: Any) -> str | None:
    """EOS prints zeros until the neighbour has told its own."""
    found = text(value)
    return None if found == "0.0.0.0" else found  # noqa: S104 - not a bind address


def down(reason: Any, state: str | None) -> dict[str, Any]:
    """What the reason for Idle says: `Admin` is shut down by configuration, `MaxPath` the prefix limit.

    Idle without a reason leaves open whether the session is shut down.
    """
    word = re.sub(r"[^a-z]", "", (text(reason) or "").lower())
    unsaid = None if state in {None, "idle"} else True
    return {
        "admin_up": not word.startswith("admin") if word else unsaid,
        "prefix_limit_exceeded": any(part in word for part in _PREFIX_LIMIT) or None,
    }


def afi_safi(name: str) -> str:
    """`ipv4Unicast` as `IPV4_UNICAST`, `l2VpnEvpn` as `L2VPN_EVPN`."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).upper()
    return words.replace("L2_VPN", "L2VPN")
