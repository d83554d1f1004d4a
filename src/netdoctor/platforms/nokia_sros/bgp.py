"""BGP neighbours in full."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from netdoctor.model.facts import BgpAfi, BgpSession, Fact
from netdoctor.platforms.base import command
from netdoctor.platforms.nokia_sros.bgp_words import admin_up, afi_safi, last_error, session_state
from netdoctor.platforms.nokia_sros.reading import (
    Read,
    each,
    number_of,
    pairs,
    said,
    unless_none,
    vrf_name,
    yes,
)
from netdoctor.platforms.text import Block, blocks
from netdoctor.platforms.values import as_number, clean, count, duration_s, is_ip

_PEER = re.compile(r"^Peer +: (?P<peer>\S+).*$", re.M)
_COUNTED: Final = re.compile(
    r"(?<![\w-])(?P<family>(?:lbl-?|label-?|vpn-?|mvpn-?|mcast-?|flow-?)?ipv[46]|evpn|l2-?vpn) "
    r"(?P<what>recd\. (?:prefixes|pfxs)|received|rejected|advertised|sent|active (?:prefixes|pfxs)) *: "
    r"(?P<count>\d+)"
)
"""Sought in lines in lower case."""
_LIMIT: Final = re.compile(
    r"^(?P<family>[a-z][\w-]+) +(?P<limit>\d+) +(?:forever|\d+|N/A|disabled)\b", re.M | re.I
)


def services(facts: Sequence[Fact]) -> Iterable[dict[str, str]]:
    """The services (VPRN) in which the summary shows neighbours."""
    found = {fact.vrf for fact in facts if isinstance(fact, BgpSession) and fact.vrf.isdigit()}
    return ({"router": name} for name in sorted(found)[:8])


@command(
    "show router bgp neighbor",
    area="bgp",
    gives=(BgpSession, BgpAfi),
    aliases=(
        "show router bgp neighbor[ {peer}][ detail]",
        'show router "{router}" bgp neighbor[ {peer}][ detail]',
    ),
)
@command(
    "show router {router} bgp neighbor",
    area="bgp",
    gives=(BgpSession, BgpAfi),
    arguments=services,
    aliases=("show router {router} bgp neighbor[ {peer}][ detail]",),
)
def neighbors(output: str, router: str = "", peer: str = "") -> Read:
    """Every neighbour of one router instance, with what each family received and sent."""
    vrf = vrf_name(router)
    yield from unless_none(output, iter(each(blocks(output, _PEER), lambda block: _neighbor(vrf, block))))


def _neighbor(vrf: str, block: Block) -> Read:
    peer = block.head["peer"].strip('"')
    if not is_ip(peer):
        raise ValueError("no address of a peer")
    found = pairs(block.text)
    yield BgpSession(
        vrf=vrf,
        peer=peer,
        peer_as=as_number(found.get("peer as")) or None,
        local_as=as_number(found.get("local as")) or None,
        peer_router_id=_router_id(found.get("peer identifier")),
        **_state(found),
        **last_error(found.get("last error"), session_state(found.get("state"))),
        hold_time_s=_timer(found, "active hold time", "hold time"),
        keepalive_s=_timer(found, "active keep alive", "keep alive"),
        description=said(found.get("description")),
        local_address=_router_id(found.get("local address")),
        **_hops(found),
        auth_configured=_auth(found),
        bfd_enabled=yes(found.get("bfd enabled")),
        dynamic=yes(found.get("dynamic peer")),
    )
    yield from _families(vrf, peer, found, block.text)


def _router_id(value: str | None) -> str | None:
    """SR OS prints zeros until there is one."""
    found = said(value)
    return None if found in {"0.0.0.0", "::"} else found  # noqa: S104 - not a bind address


def _state(found: dict[str, str]) -> dict[str, Any]:
    word = found.get("state")
    state = session_state(word)
    age = duration_s(found.get("fsm est. time"))
    return {
        "session_state": state,
        "admin_up": admin_up(word) if state else None,
        "up_for_s": age if state == "established" else None,
        "down_for_s": None if state == "established" else age,
        "established_transitions_count": count(found.get("fsm est. trans")),
    }


def _timer(found: dict[str, str], *names: str) -> float | None:
    """What is in force, else what is configured: SR OS prints 0 while no session stands."""
    return next((float(value) for name in names if (value := number_of(found.get(name)))), None)


def _hops(found: dict[str, str]) -> dict[str, Any]:
    """`Min TTL Value` is the smallest that GTSM lets pass: 254 lets one router lie between."""
    hops = number_of(found.get("multihop"))
    secured = yes(found.get("ttl security"))
    least = number_of(found.get("min ttl value"))
    return {
        "ttl": hops if hops else 1 if hops == 0 and found.get("peer type") == "External" else None,
        "gtsm_enabled": secured,
        "ttl_security_hops": 256 - least if secured and least else None,
    }


def _auth(found: dict[str, str]) -> bool | None:
    """MD5 is told under `Authentication`, which not all releases print; a keychain by its name."""
    nothing = {"none", "n/a", "disabled", "not specified", ""}
    if found.get("auth key chain", "").lower() not in nothing:
        return True
    word = found.get("authentication")
    return None if word is None else word.lower() not in nothing


_COUNTS: Final = {
    "recd. prefixes": "received",
    "recd. pfxs": "received",
    "received": "received",
    "rejected": "rejected",
    "sent": "sent",
    "advertised": "sent",
}


def _families(vrf: str, peer: str, found: dict[str, str], text: str) -> Iterator[BgpAfi]:
    """The families offered and those that have prefixes. Policies and limits are the session's."""
    offered = _names(found.get("local family"))
    negotiated = offered & _names(found.get("remote family"))
    counts: dict[str, dict[str, int]] = {}
    of_families = "\n".join(line for line in text.lower().splitlines() if "ipv" in line or "vpn" in line)
    for row in _COUNTED.finditer(of_families):
        if what := _COUNTS.get(row["what"]):
            counts.setdefault(afi_safi(row["family"]), {}).setdefault(what, int(row["count"]))
    limits = {afi_safi(row["family"]): int(row["limit"]) for row in _LIMIT.finditer(text)}
    up = (found.get("state") or "").lower() == "established"
    used = {name for name, known in counts.items() if any(known.values())}
    for name in sorted(offered | used):
        known = counts.get(name, {})
        received = known.get("received")
        yield BgpAfi(
            vrf=vrf,
            peer=peer,
            afi_safi=name,
            negotiated=name in negotiated if offered and up else None,
            prefixes_received_count=received,
            prefixes_accepted_count=received - known["rejected"]
            if received is not None and received >= known.get("rejected", received + 1)
            else None,
            prefixes_sent_count=known.get("sent"),
            prefix_limit_count=limits.get(name),
            import_policy=_policy(found.get("import policy")),
            export_policy=_policy(found.get("export policy")),
        )


def _names(value: str | None) -> frozenset[str]:
    found = said(value)
    return frozenset(afi_safi(word) for word in re.split(r"[ ,]+", found) if word) if found else frozenset()


def _policy(value: str | None) -> str | None:
    found = said(value)
    return clean(found) if found and not found.lower().startswith("none") else None
