"""BGP neighbours and their address families."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, get_args

from netdoctor.model.entities import DEFAULT_VRF
from netdoctor.model.facts import BgpAfi, BgpSession, Fact, RoutingProcess
from netdoctor.model.facts.routing import BgpState
from netdoctor.platforms.base import NotUnderstood
from netdoctor.platforms.juniper_junos.bgp_text import peers_in
from netdoctor.platforms.juniper_junos.naming import NLRI, peer_address, table_of, vrf_of
from netdoctor.platforms.juniper_junos.reading import (
    NO_ROUTING,
    Node,
    Read,
    each,
    inner,
    leaf,
    leaves,
    nodes,
    not_running,
    or_empty,
    query,
    roots,
    seconds,
    tree,
    whole,
)
from netdoctor.platforms.values import as_number, duration_s, number, text

_STATES = frozenset(get_args(BgpState))
_NOT_RUNNING = re.compile(
    rf"BGP is not running|bgp subsystem not running|{NO_ROUTING}", re.IGNORECASE | re.MULTILINE
)
_CODES = {"message": 1, "open": 2, "update": 3, "hold": 4, "finite": 5, "fsm": 5, "cease": 6, "route": 7}
"""NOTIFICATION codes (RFC 4271 section 4.5) by the first word of the error's name."""


@query(
    "show bgp neighbor",
    area="bgp",
    gives=(BgpSession, BgpAfi, RoutingProcess),
    timeout_s=30.0,
    also=("show bgp neighbor[ {rest*}]", "get-bgp-neighbor-information[ {rest*}]"),
)
@query(
    "show bgp summary",
    area="bgp",
    gives=(BgpSession, BgpAfi, RoutingProcess),
    also=("show bgp summary[ {rest*}]", "get-bgp-summary-information[ {rest*}]"),
)
def neighbors(output: str) -> Read:
    """Every neighbour; in full, or in short with the time since its state changed."""
    if _NOT_RUNNING.search(output[:2000]):
        yield not_running("bgp", output)
        return
    found = tree(output)
    if found is None:
        table = peers_in(output)
        yield from or_empty(
            each(table, _peer), known=re.search(r"^\s*Groups: \d+ +Peers: \d+", output, re.M) is not None
        )
        return
    known = roots(found, "bgp-information")
    if not known:
        raise NotUnderstood("no 'bgp-information'")
    for _, root in known:
        instance = leaf(root, "instance-name") or leaf(root, "bgp-instance-name")
        peers = (peer | {"instance": instance or ""} for peer in nodes(root, "bgp-peer"))
        yield from or_empty(each(peers, _peer), known=True)


def _peer(found: Node) -> Iterator[Fact]:
    address = leaf(found, "peer-address")
    if not address:
        raise ValueError("a neighbour without an address")
    peer = peer_address(address)
    options = inner(found, "bgp-option-information")
    ribs = {name: rib for rib in nodes(found, "bgp-rib") if (name := leaf(rib, "name"))}
    told_vrf = leaf(found, "peer-cfg-rti") or leaf(found, "instance")
    vrf = vrf_of(told_vrf) if told_vrf else _vrf_of_tables(ribs)
    state = _state(leaf(found, "peer-state"))
    elapsed_s = seconds(found, "elapsed-time")
    if elapsed_s is None:
        elapsed_s = duration_s(leaf(found, "elapsed-time"))
    words = _words(options, "bgp-options", "bgp-options2", "bgp-options-extended")
    yield BgpSession(
        vrf=vrf,
        peer=peer,
        peer_as=as_number(leaf(found, "peer-as")),
        local_as=as_number(leaf(found, "local-as")),
        router_id=leaf(found, "local-id"),
        peer_router_id=_router_id(leaf(found, "peer-id")),
        session_state=state,  # type: ignore[arg-type]  # one of _STATES
        admin_up=_admin_up(found, state),
        up_for_s=elapsed_s if state == "established" else None,
        down_for_s=elapsed_s if state not in {None, "established"} else None,
        established_transitions_count=whole(found, "flap-count"),
        **_last_reset(found),
        hold_time_s=number(leaf(found, "active-holdtime")) or number(leaf(options, "holdtime")),
        keepalive_s=number(leaf(found, "keepalive-interval")),
        description=leaf(found, "description"),
        local_address=_local_address(found, options),
        interface=leaf(found, "local-interface-name"),
        ttl=1 if leaf(found, "peer-type") == "External" and words and "Multihop" not in words else None,
        auth_configured=any(word.startswith("Auth") for word in words) or "authentication" in found
        if words
        else None,
        bfd_enabled=_enabled(leaf(found, "bgp-bfd", "bfd-configuration-state"), words),
    )
    yield from _families(vrf, peer, found, options, ribs, state)


def _words(options: Node, *names: str) -> set[str]:
    return {word for name in names for said in leaves(options, name) for word in said.strip("<>").split()}


def _state(said: str | None) -> str | None:
    """`Established`, cut short to `Establ` in the table; there prefix counts stand for it (`2/2/2/0`)."""
    word = (said or "").split("(")[0].strip().lower()
    if word.startswith("estab") or "/" in word:
        return "established"
    return word if word in _STATES else None


def _admin_up(found: Node, state: str | None) -> bool | None:
    """A neighbour that is shut down is idle; Junos may say so, and idle alone leaves it open."""
    said = " ".join(filter(None, (leaf(found, name) for name in ("peer-state", "peer-flags", "last-error"))))
    if re.search(r"shut ?down|admin", said, re.IGNORECASE) and state == "idle":
        return False
    return None if state in {None, "idle"} else True


def _router_id(said: str | None) -> str | None:
    return None if said == "0.0.0.0" else said  # noqa: S104 - what is shown for none, no bind address


def _local_address(found: Node, options: Node) -> str | None:
    said = leaf(found, "local-address") or leaf(options, "local-address")
    return None if not said or said.startswith("unspecified") else peer_address(said)


def _enabled(said: str | None, words: set[str]) -> bool | None:
    if said:
        return said.lower() == "enabled"
    return True if "BfdEnabled" in words else None


def _last_reset(found: Node) -> dict[str, Any]:
    """The last error's name and code, and who sent it, as the flap's event or the counters tell."""
    error, event = leaf(found, "last-error"), text(leaf(found, "last-flap-event"))
    error = None if error in {"None", "none"} else error
    if error is None:
        return {"last_reset_reason": event} if event else {}
    code = _CODES.get(error.split()[0].lower())
    return {
        "last_reset_reason": f"{error} ({event})" if event else error,
        "last_notification_code": code,
        "last_notification_sent": _sent(found, error, event),
        "prefix_limit_exceeded": True if "prefix" in error.lower() else None,
    }


def _sent(found: Node, error: str, event: str | None) -> bool | None:
    """Who sent it. The counters and the last flap may tell of different times: then it is not known."""
    by_event = {"RecvNotify": False, "HoldTime": True, "Stop": True}.get(event or "")
    for one in nodes(found, "bgp-error"):
        if leaf(one, "name") == error:
            sent, received = whole(one, "send-count"), whole(one, "receive-count")
            if sent is not None and received is not None and (sent == 0) != (received == 0):
                return sent > 0 if by_event in {None, sent > 0} else None
    return by_event


def _vrf_of_tables(ribs: dict[str, Node]) -> str:
    """The VRF that a neighbour's own routing table is of: one in which IP routes are, and no other."""
    places = {table_of(name) for name in ribs}
    vrfs = {
        vrf for vrf, family in places if family in {"IPV4_UNICAST", "IPV6_UNICAST", "IPV4_LABELED_UNICAST"}
    }
    own = any(name.startswith("bgp.") or vrf == DEFAULT_VRF for name in ribs for vrf in [table_of(name)[0]])
    return next(iter(vrfs)) if len(vrfs) == 1 and not own else DEFAULT_VRF


def _families(
    vrf: str, peer: str, found: Node, options: Node, ribs: dict[str, Node], state: str | None
) -> Iterator[BgpAfi]:
    """A family's counts stand with the table its routes go into first; further tables hold copies."""
    session = {family: True for name in _nlri(found, "nlri-type-session") if (family := NLRI.get(name))}
    tables: dict[str, Node] = {}
    for name in sorted(ribs, key=lambda one: not one.startswith("bgp.")):
        place, family = table_of(name)
        if family and (place == vrf or name.startswith("bgp.") or family in {"L2VPN_EVPN", "L2VPN_VPLS"}):
            tables.setdefault(family, ribs[name])
    negotiated = {**{family: session.get(family) for family in tables}, **session}
    if state == "established" and session:
        wanted = {NLRI.get(name) for name in _nlri(options, "address-families")}
        negotiated |= {family: False for family in wanted - session.keys() if family}
    for family, agreed in negotiated.items():
        rib = tables.get(family, {})
        yield BgpAfi(
            vrf=vrf,
            peer=peer,
            afi_safi=family,
            negotiated=agreed if agreed is not None else True if state == "established" else None,
            prefixes_received_count=whole(rib, "received-prefix-count"),
            prefixes_accepted_count=whole(rib, "accepted-prefix-count"),
            prefixes_sent_count=whole(rib, "advertised-prefix-count"),
            import_policy=leaf(options, "import-policy"),
            export_policy=leaf(options, "export-policy"),
        )


def _nlri(node: Node, name: str) -> list[str]:
    return [word for said in leaves(node, name) for word in said.split()]
