"""BGP neighbours in full, and their address families."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from netdoctor.model.entities import DEFAULT_VRF
from netdoctor.model.facts import BgpAfi, BgpInstance, BgpRoute, BgpSession, RoutingProcess
from netdoctor.platforms.base import command
from netdoctor.platforms.cisco_xr import bgp_table
from netdoctor.platforms.cisco_xr.bgp_words import afi_safi, error_of, session_state
from netdoctor.platforms.cisco_xr.reading import each_marked, on_request
from netdoctor.platforms.text import Block, Read, first
from netdoctor.platforms.values import UNSPECIFIED, as_number, count, duration_s, is_ip, number

_HEAD = re.compile(r"^ *BGP neighbor is (?P<peer>[0-9A-Fa-f:.]+)(?:, vrf (?P<vrf>\S+))?", re.M)
_INACTIVE = re.compile(
    r"^ *% ?BGP instance \S+ not active|^ *% ?BGP (?:is )?not (?:active|running|configured)", re.M
)
_AS = re.compile(r"Remote AS ([\d.]+)(?:[^\n]{0,60}?local AS ([\d.]+))?")
_DESCRIPTION = re.compile(r"\n *Description: *(\S[^\n]*)")
_ROUTER_ID = re.compile(r"Remote router ID ([\d.]+)")
_STATE = re.compile(
    r"BGP state = (?P<state>\w+)(?: \((?P<why>[^)\n]*)\))?(?:, (?P<way>up|down) for (?P<age>\S+))?"
)
_TIMERS = re.compile(r"Hold time is (\d+), keepalive interval is (\d+)")
_CONNECTIONS = re.compile(r"Connections established (\d+)")
_LOCAL = re.compile(r"Local host: ([0-9A-Fa-f:.]+)")
_RESET = re.compile(r"Last reset (?P<age>[\w:]+)(?:, due to (?P<why>[^\n]+))?")
_PEER_RESET = re.compile(r"Peer reset reason: *(\S[^\n]*)")
_NOTICE = re.compile(
    r"Time since last notification (?P<way>sent|received)[^:\n]*: *(?P<age>[\w:]+)\s+Error Code: *"
    r"(?P<error>[^\n]+)"
)
_HOPS = re.compile(r"neighbor may be up to (\d+) hops? away")
_SHUT = re.compile(r"Administratively shut ?down")
_AUTH = ("MD5", "TCP-AO", "eychain", "assword")
_BFD = re.compile(r"BFD (enabled|disabled|configured|not configured)")
_CAPABILITY = re.compile(
    r"Address family ([\w -]+?): *(advertised[^\n]*|received[^\n]*|(?:Yes|No) +(?:Yes|No))(?= *$)", re.M
)
_BOTH = re.compile(r"advertised and received|Yes +Yes")
_FAMILY = re.compile(r"For Address Family: *(?P<name>[\w -]*\w)")
_ACCEPTED = re.compile(r"\n *(\d+) accepted prefixes")
_DENIED = re.compile(r"Exact no\. of prefixes denied *: *(\d+)")
_SENT = re.compile(r"Prefix advertised (\d+)")
_LIMIT = re.compile(r"Maximum prefixes allowed (\d+)")
_IMPORT = re.compile(r"Policy for incoming advertisements is (\S+)")
_EXPORT = re.compile(r"Policy for outgoing advertisements is (\S+)")


@command("show bgp vrf all neighbors", area="bgp", gives=(BgpSession, BgpAfi, RoutingProcess), timeout_s=30.0)
@command(
    "show bgp neighbors",
    area="bgp",
    gives=(BgpSession, BgpAfi, RoutingProcess),
    timeout_s=30.0,
    aliases=(
        "show bgp neighbors {peer}",
        "show bgp neighbor[ {peer}]",
        "show [ip ]bgp neighbors[ {peer}]",
        "show bgp all all neighbors[ {peer}]",
        "show bgp {afi} {safi} neighbors[ {peer}]",
        "show bgp vrf {vrf} neighbors[ {peer}]",
        "show bgp vrf {vrf} {afi} {safi} neighbors[ {peer}]",
        "show bgp instance {instance} all all neighbors[ {peer}| detail]",
        "show bgp instance {instance} vrf {vrf} neighbors[ {peer}| detail]",
    ),
)
def neighbors(output: str) -> Read:
    if not _HEAD.search(output) and _INACTIVE.search(output):
        yield RoutingProcess(protocol="bgp", running=False)
        return
    yield from each_marked(output, "BGP neighbor is ", _HEAD, _neighbor)


@command(
    "show bgp neighbors {peer} received routes",
    area="bgp",
    gives=(BgpRoute, BgpInstance, BgpSession, BgpAfi),
    arguments=on_request,
    aliases=(
        "show bgp neighbors {peer} routes",
        "show bgp neighbors {peer} advertised-routes",
        "show bgp vrf {vrf} neighbors {peer} received routes",
        "show bgp vrf {vrf} neighbors {peer} routes",
        "show bgp vrf {vrf} neighbors {peer} advertised-routes",
        "show bgp vrf {vrf} {afi} {safi} neighbors {peer} advertised-routes",
        "show bgp {afi} {safi} neighbors {peer} advertised-routes",
        "show bgp vrf {vrf} neighbors advertised-routes",
        "show bgp vrf {vrf} {afi} {safi} neighbors {peer} received routes",
        "show bgp vrf {vrf} {afi} {safi} neighbors {peer} routes",
        "show bgp {afi} {safi} neighbors {peer} routes",
        "show bgp {afi} {safi} neighbors {peer} received routes",
        "show bgp instance {instance} all all neighbors {peer} {kind}",
        "show bgp instance {instance} all all neighbors {peer} received routes",
        "show bgp instance {instance} vrf {vrf} {afi} {safi} neighbors {peer} {kind*}",
    ),
)
def neighbor_routes(output: str, vrf: str = "") -> Read:
    """What a neighbour sent, or is sent; some tools name so the neighbour itself."""
    yield from neighbors(output) if _HEAD.search(output) else bgp_table.paths(output, vrf)


def _neighbor(block: Block) -> Read:
    # What is the session's stands before the families, and after them.
    said, peer = block.text, block.head["peer"]
    if not is_ip(peer):
        raise ValueError("a neighbour without an address")
    vrf = block.head["vrf"] or DEFAULT_VRF
    numbers = _AS.search(said)
    yield BgpSession(
        vrf=vrf,
        peer=peer,
        peer_as=as_number(numbers[1].rstrip(".")) if numbers else None,
        local_as=as_number(numbers[2].rstrip(".")) if numbers and numbers[2] else None,
        peer_router_id=_known(first(_ROUTER_ID, said)),
        established_transitions_count=count(first(_CONNECTIONS, said)),
        description=first(_DESCRIPTION, said),
        local_address=_known(first(_LOCAL, said)),
        auth_configured=True if any(word in said for word in _AUTH) else None,
        **_state(said),
        **_timers(said),
        **_last_reset(said),
        **_protection(said),
    )
    yield from _families(vrf, peer, said)


def _known(address: str | None) -> str | None:
    """XR prints zeros for an address that it does not know."""
    return None if address in UNSPECIFIED or not is_ip(address or "") else address


def _state(said: str) -> dict[str, Any]:
    found = _STATE.search(said)
    if not found:
        return {}
    state, why = session_state(found["state"]), found["why"] or ""
    shut = "admin" in why.lower() or bool(_SHUT.search(said))
    age = duration_s(found["age"])
    return {
        "session_state": state,
        "admin_up": False if shut else None if state == "idle" and not why else True,
        "up_for_s": age if state == "established" else None,
        "down_for_s": age if found["way"] == "down" else None,
        "prefix_limit_exceeded": True if re.search(r"prefix|pfx", why, re.I) else None,
    }


def _timers(said: str) -> dict[str, Any]:
    found = _TIMERS.search(said)
    return {"hold_time_s": number(found[1]), "keepalive_s": number(found[2])} if found else {}


def _protection(said: str) -> dict[str, Any]:
    """GTSM is told only where it is configured, and so is the number of hops."""
    hops = count(first(_HOPS, said))
    bfd = first(_BFD, said)
    return {
        "ttl": hops,
        "gtsm_enabled": True if "TTL security is" in said else False if "Foreign host" in said else None,
        "bfd_enabled": bfd.lower() in {"enabled", "configured"} if bfd else None,
    }


def _last_reset(said: str) -> dict[str, Any]:
    """The last reset, and the newer of the last NOTIFICATIONs sent and received."""
    told: dict[str, Any] = {}
    if found := _RESET.search(said):
        age = duration_s(found["age"])
        why = (found["why"] or "").strip() or first(_PEER_RESET, said)
        told = {"last_reset_s": age or None, "last_reset_reason": why}
    notices = list(_NOTICE.finditer(said))
    if notices:
        newest = min(notices, key=lambda one: duration_s(one["age"]) or 0.0)
        told["last_notification_code"], told["last_notification_subcode"] = error_of(newest["error"])
        told["last_notification_sent"] = newest["way"] == "sent"
    return told


def _families(vrf: str, peer: str, said: str) -> Iterator[BgpAfi]:
    """The families configured, and those that only one side offered."""
    offered = {afi_safi(name): _BOTH.match(how) is not None for name, how in _CAPABILITY.findall(said)}
    heads = list(_FAMILY.finditer(said))
    for head, following in zip(heads, [*heads[1:], None], strict=False):
        told = said[head.end() : following.start() if following else len(said)]
        name = afi_safi(head["name"])
        accepted, denied = count(first(_ACCEPTED, told)), count(first(_DENIED, told))
        yield BgpAfi(
            vrf=vrf,
            peer=peer,
            afi_safi=name,
            negotiated=offered.pop(name, False if offered else None),
            prefixes_received_count=None if accepted is None or denied is None else accepted + denied,
            prefixes_accepted_count=accepted,
            prefixes_sent_count=count(first(_SENT, told)),
            prefix_limit_count=count(first(_LIMIT, told)),
            import_policy=first(_IMPORT, told),
            export_policy=first(_EXPORT, told),
        )
    for name, both in offered.items():
        yield BgpAfi(vrf=vrf, peer=peer, afi_safi=name, negotiated=both)
