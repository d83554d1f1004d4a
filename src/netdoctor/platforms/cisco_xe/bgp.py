"""BGP neighbours and their address families."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator
from typing import Any

from netdoctor.model.events import Note
from netdoctor.model.facts import BgpAfi, BgpSession, Fact, RoutingProcess
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_xe.bgp_words import (
    NOBODY,
    NOT_ACTIVE,
    family,
    family_in,
    reset,
    session_state,
    vrf_in,
)
from netdoctor.platforms.text import Block, Read, blocks, each, first
from netdoctor.platforms.values import as_number, count, duration_s, text

_NEIGHBOR = re.compile(r"^ *BGP neighbor is (?P<dynamic>\*?)(?P<peer>[^\s,]+)(?P<rest>.*)$", re.M)
_HEADING = re.compile(r"^[ \t]*For address family: *(?P<name>.*?)[ \t]*$", re.M)

_VRF = re.compile(r"\bvrf (\S+?),")
_REMOTE_AS = re.compile(r"\bremote AS ([\d.]+)")
_LOCAL_AS = re.compile(r"\blocal AS ([\d.]+)")
_DESCRIPTION = re.compile(r"^ *Description: *(.*?) *$", re.M)
_STATE = re.compile(r"(?:BGP|Session) state = (\w+)(?:, (up|down) for (\S+))?")
_TIMERS = (
    re.compile(r"Last read [^\n]*hold ?time is (\d+), keepalive interval is (\d+)"),
    re.compile(r"Configured hold ?time is (\d+), keepalive interval is (\d+)"),
)
"""What was agreed, else what is configured."""
_ROUTER_ID = re.compile(r"remote router ID (\S+)")
_TRANSITIONS = re.compile(r"Connections established (\d+)")
_RESET = re.compile(r"Last reset ([^\s,]+)(?:, due to ([^\n]*\S))?")
_LOCAL = re.compile(r"Local host: ([^\s,]+)")
_TTL = re.compile(r"Min\w+ incoming TTL (\d+), Outgoing TTL (\d+)")
_OPTIONS = re.compile(r"Option Flags: ([^\n]*)")
_HOPS = re.compile(r"External BGP neighbor (?:may be up to (\d+) hops? away|not directly connected)")
_SINGLE_HOP = re.compile(r"External BGP neighbor configured for connected checks \(single-hop")
_INTERFACE = re.compile(r"Interface associated: (?!\(none\))(\S+)")
_BFD = re.compile(r"Using BFD|BFD is configured")
_LIMIT = re.compile(r"Maximum prefixes allowed (\d+)")
_CURRENT = re.compile(r"Prefixes Current: +(\S+) +(\S+)")
_DENIED = re.compile(r"Local Policy Denied Prefixes:[^\n]*\n(?:(?! *Total:) [^\n]*\n)* *Total: +\d+ +(\d+)")
_CAPABILITY = re.compile(r"^ *Address family ([^:\n]+): *(advertised|received)( and received)?", re.M)
_POLICIES = {
    "import_policy": (
        re.compile(r"[Rr]oute map for incoming advertisements is \*?(\S+)"),
        re.compile(r"Incoming update (?:prefix|network|AS path) filter list is \*?(\S+)"),
    ),
    "export_policy": (
        re.compile(r"[Rr]oute map for outgoing advertisements is \*?(\S+)"),
        re.compile(r"Outgoing update (?:prefix|network|AS path) filter list is \*?(\S+)"),
    ),
}


@command(
    "show bgp all neighbors",
    area="bgp",
    gives=(BgpSession, BgpAfi, RoutingProcess),
    timeout_s=30.0,
    aliases=("show[ ip] bgp[ {scope*}] neighbors[ {peer}]",),
)
def neighbors(output: str, scope: str = "") -> Read:
    """Every neighbour in full, in all VRFs; one that stands under several families is told once."""
    if NOT_ACTIVE.search(output):
        yield RoutingProcess(protocol="bgp", name="BGP Router", running=False)
        return
    headings = [(found.start(), found[1]) for found in _HEADING.finditer(output)]
    starts = [start for start, _ in headings]

    def read(block: Block) -> Read:
        above = bisect(starts, block.head.start())
        return _neighbor(block, headings[above - 1][1] if above else "", scope)

    if not _NEIGHBOR.search(output) and (headings or NOBODY.search(output)):
        yield EMPTY
    yield from _once(each(blocks(output, _NEIGHBOR), read))


def _once(found: Read) -> Iterator[Fact | Note]:
    """Each session by the first family it stands under."""
    told = set[tuple[str, str]]()
    for item in found:
        if isinstance(item, BgpSession):
            if item.key in told:
                continue
            told.add((item.vrf, item.peer))
        yield item


def _neighbor(block: Block, above: str, scope: str) -> Iterator[BgpSession | BgpAfi]:
    """One neighbour: what is told of the session, then of each family."""
    rest = block.head["rest"]
    vrf = first(_VRF, rest) or vrf_in(scope)
    peer = block.head["peer"]
    said = block.text
    state = _STATE.search(said)
    if state is None and "remote AS" not in rest:
        raise ValueError("a neighbour without a state")
    word = session_state(state[1]) if state else None
    yield BgpSession(
        vrf=vrf,
        peer=peer,
        **_systems(rest),
        peer_router_id=_router_id(said),
        session_state=word,
        admin_up="Administratively shut down" not in said,
        **_age(state),
        established_transitions_count=count(first(_TRANSITIONS, said)),
        **_last_reset(said),
        **_timers(said),
        description=text(first(_DESCRIPTION, said)),
        local_address=first(_LOCAL, said),
        interface=first(_INTERFACE, said),
        **_ttl(said),
        auth_configured=_auth(said),
        bfd_enabled=_BFD.search(said) is not None,
        prefix_limit_exceeded=True if "had exceeded the max. no. of prefixes" in said else None,
        dynamic=True if block.head["dynamic"] or "Belongs to the subnet range" in said else None,
    )
    yield from _families(vrf, peer, said, above or scope, word == "established")


def _systems(rest: str) -> dict[str, Any]:
    """The AS at either end: of an internal neighbour it is the same one."""
    peer_as = as_number(first(_REMOTE_AS, rest))
    local_as = as_number(first(_LOCAL_AS, rest))
    if local_as is None and "internal link" in rest:
        local_as = peer_as
    return {"peer_as": peer_as, "local_as": local_as}


def _router_id(said: str) -> str | None:
    """IOS prints zeros until the neighbour has told its own."""
    found = first(_ROUTER_ID, said)
    return None if found == "0.0.0.0" else found  # noqa: S104 - not a bind address


def _age(state: re.Match[str] | None) -> dict[str, Any]:
    return {f"{state[2]}_for_s": duration_s(state[3])} if state and state[2] else {}


def _last_reset(said: str) -> dict[str, Any]:
    found = _RESET.search(said)
    return reset(text(found[2]), duration_s(found[1])) if found else {}


def _timers(said: str) -> dict[str, Any]:
    found = next(filter(None, (pattern.search(said) for pattern in _TIMERS)), None)
    return {"hold_time_s": float(found[1]), "keepalive_s": float(found[2])} if found else {}


def _ttl(said: str) -> dict[str, Any]:
    """Of the connection; of the configuration where there is none, which does not tell GTSM from multihop."""
    if found := _TTL.search(said):
        least = int(found[1])
        secured = 0 < least < 256
        return {
            "ttl": int(found[2]),
            "gtsm_enabled": secured,
            "ttl_security_hops": 255 - least if secured else None,
        }
    if hops := _HOPS.search(said):
        return {"ttl": count(hops[1]) or 255}
    return {"ttl": 1} if _SINGLE_HOP.search(said) else {}


def _auth(said: str) -> bool | None:
    """The options of the TCP connection; without a connection nothing is known."""
    found = first(_OPTIONS, said)
    if found is None:
        return None
    return bool({"md5", "ao", "tcp-ao"} & {word.strip().lower() for word in found.split(",")})


def _families(vrf: str, peer: str, said: str, above: str, established: bool) -> Iterator[BgpAfi]:
    """The families offered and those that the answer has a part about, each once."""
    parts = _parts(vrf, said, above)
    offered = {
        family(found[1], vrf): bool(found[3]) if established else None for found in _CAPABILITY.finditer(said)
    }
    for name in dict.fromkeys([*offered, *parts]):
        part = parts.get(name, "")
        current = _CURRENT.search(part)
        accepted = count(current[2]) if current else None
        yield BgpAfi(
            vrf=vrf,
            peer=peer,
            afi_safi=name,
            negotiated=offered.get(name),
            prefixes_received_count=_received(part, accepted),
            prefixes_accepted_count=accepted,
            prefixes_sent_count=count(current[1]) if current else None,
            prefix_limit_count=count(first(_LIMIT, part)),
            **_policies(part),
        )


def _received(part: str, accepted: int | None) -> int | None:
    """IOS keeps what its policy let in. Where that is nothing, what the policy denied tells what came."""
    denied = _DENIED.search(part)
    return count(denied[1]) if denied and accepted == 0 else accepted


def _parts(vrf: str, said: str, above: str) -> dict[str, str]:
    """What stands under each family; old releases have no heading inside the neighbour."""
    found = {
        family(block.head["name"], vrf): block.text
        for block in blocks(said, _HEADING)
        if "Prefixes Current:" in block.text or "BGP table version" in block.text
    }
    if not found and "Prefixes Current:" in said:
        found = {family_in(above, vrf): said}
    return found


def _policies(part: str) -> dict[str, str | None]:
    """A route map, or the list that filters where there is no map."""
    return {
        name: next((found for pattern in patterns if (found := first(pattern, part))), None)
        for name, patterns in _POLICIES.items()
    }
