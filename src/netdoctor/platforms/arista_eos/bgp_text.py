"""BGP, as EOS prints it in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from netdoctor.model.entities import DEFAULT_VRF
from netdoctor.model.facts import BgpAfi, BgpInstance, BgpSession, Fact, RoutingProcess
from netdoctor.model.facts.routing import BgpState
from netdoctor.platforms.arista_eos.bgp_words import down, no_bgp, peer_name, session_state
from netdoctor.platforms.arista_eos.reading import Read, on_request
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.text import Block, blocks, each, first, lines
from netdoctor.platforms.values import as_number, count, duration_s, is_ipv6, number, text

_VRF = re.compile(r"BGP summary information for VRF (\S+)")
_ROUTER = re.compile(r"[Rr]outer identifier (\S+), local AS number (\S+)")
_PEER = r"(?P<peer>[0-9a-fA-F]*[.:][0-9a-fA-F.:]*(?:%\S+)?|[A-Z][a-z]+\d\S*)"
_ROW = re.compile(
    rf"^(?:m )?\s*(?P<description>\S.*?\s{{1,}})?{_PEER}\s+4\s+(?P<asn>\d[\d.]*)\s+"
    r"\d+\s+\d+\s+\d+\s+\d+\s+(?P<age>\S+)(?:\s+(?P<state>[A-Z]\w+)(?:\((?P<reason>[^)]*)\))?)?"
    r"(?:\s+(?P<received>\d+))?(?:\s+(?P<accepted>\d+))?\s*(?:\d+\s*)?$"
)


@command(
    "show ip bgp summary",
    area="bgp",
    gives=(BgpInstance, BgpSession, BgpAfi, RoutingProcess),
    arguments=on_request,
    aliases=("show {family} bgp summary[ vrf {vrf}]", "show bgp summary[ vrf {vrf}]"),
)
def summary(output: str, family: str = "ip") -> Read:
    """Every neighbour in short, by the family that the command names, or that its row does."""
    yield from _summary(output, "IPV6_UNICAST" if family == "ipv6" else "IPV4_UNICAST")


@command(
    "show bgp evpn summary",
    area="bgp",
    gives=(BgpInstance, BgpSession, BgpAfi, RoutingProcess),
    arguments=on_request,
    aliases=("show bgp evpn summary vrf {vrf}",),
)
def evpn_summary(output: str) -> Read:
    """The same of EVPN."""
    yield from _summary(output, "L2VPN_EVPN")


def _summary(output: str, family: str) -> Read:
    vrf, local = DEFAULT_VRF, dict[str, Any]()
    for line in lines(output):
        if found := _VRF.search(line.text):
            vrf = found[1]
        elif found := _ROUTER.search(line.text):
            local = {"local_as": as_number(found[2]), "router_id": found[1]}
            yield BgpInstance(vrf=vrf, **local)
        elif found := _ROW.match(line.text):
            yield from _row(vrf, found, local, family)
        elif found := _FAMILY_ROW.match(line.text):
            yield from _family_row(vrf, found, local)
    if output.lstrip().startswith("%") and "inactive" in output:
        yield from no_bgp()


def _family_row(vrf: str, found: re.Match[str], local: dict[str, Any]) -> Iterator[Fact]:
    """A row of `show bgp summary`, which has one for each family of a neighbour."""
    peer, state = peer_name(found["peer"].lower()), session_state(found["state"])
    reason = text(found["reason"])
    yield BgpSession(
        vrf=vrf,
        peer=peer,
        peer_as=as_number(found["asn"]),
        **local,
        session_state=state,
        **(down(reason, state) if reason else {"admin_up": True if state else None}),
        description=text(found["description"]),
    )
    if found["family"]:
        yield BgpAfi(
            vrf=vrf,
            peer=peer,
            afi_safi=found["family"].upper().replace(" ", "_"),
            negotiated=found["said"] == "Negotiated",
            prefixes_received_count=int(found["received"]),
            prefixes_accepted_count=int(found["accepted"]),
        )


def _row(vrf: str, found: re.Match[str], local: dict[str, Any], family: str) -> Iterator[Fact]:
    # The oldest releases print the prefixes of a session in place of its state.
    state: BgpState | None = session_state(found["state"] or "Established")
    age_s, reason = duration_s(found["age"]), text(found["reason"])
    yield BgpSession(
        vrf=vrf,
        peer=peer_name(found["peer"].lower()),
        peer_as=as_number(found["asn"]),
        **local,
        session_state=state,
        **(down(reason, state) if reason else {"admin_up": True if state else None}),
        up_for_s=age_s if state == "established" else None,
        down_for_s=age_s if state not in {None, "established"} else None,
        description=text((found["description"] or "").strip()),
    )
    if found["received"]:
        yield BgpAfi(
            vrf=vrf,
            peer=peer_name(found["peer"].lower()),
            afi_safi=family,
            prefixes_received_count=int(found["received"]),
            prefixes_accepted_count=count(found["accepted"]),
        )


_FAMILY_ROW = re.compile(
    rf"^(?:m )?\s*(?P<description>\S.*?\s+)?{_PEER}\s+(?P<asn>\d[\d.]*)\s+(?P<state>[A-Z]\w+)"
    r"(?:\((?P<reason>[^)]*)\))?(?:\s+(?P<family>(?:IPv4|IPv6|L2VPN)[\w -]*?)\s+"
    r"(?P<said>Negotiated|Advertised|Received|Configured)"
    r"\s+(?P<received>\d+)\s+(?P<accepted>\d+))?\s*$"
)


_NEIGHBOR = re.compile(
    r"^BGP neighbor is (?P<peer>[^\s,]+),(?:\s+vrf (?P<vrf>[^\s,]+),)? remote AS (?P<asn>[\d.]+)",
    re.MULTILINE,
)
_IN_VRF = re.compile(r"VRF (\S+)")
_PEER_ID = re.compile(r"remote router ID ([\d.]+)")
_STATE = re.compile(r"BGP state is (?P<state>\w+)(?:, (?:up|down) for (?P<age>\S+))?")
_IDLE = re.compile(r"BGP state is Idle,? ?\(?(?!down for)([^\n(),]+)")
_TRANSITIONS = re.compile(r"Number of transitions to established: (\d+)")
_TIMERS = re.compile(r"^ +Hold time is (?P<hold>\d+), keepalive interval is (?P<keepalive>\d+)", re.MULTILINE)
_DESCRIPTION = re.compile(r"^ +Description: ([^\n]*)", re.MULTILINE)
_RESET = re.compile(
    r"Last (?P<way>sent|rcvd|received) notification:(?P<text>[^,\n]*(?:\([^)\n]*\))?)"
    r"(?:, Last time (?P<age>\S+))?"
)
_LOCAL_AS = re.compile(r"Local AS is ([\d.]+)")
_ROUTER_ID = re.compile(r"local router ID ([\d.]+)")
_LOCAL = re.compile(r"Local TCP address is ([^\s,]+)")
_TTL = re.compile(r"TTL is (\d+)")
_BFD = re.compile(r"^ *B(?:fd|FD) is enabled", re.MULTILINE)
_AUTH = re.compile(r"^ *(?:MD5|TCP-AO|TCP MD5) authentication is enabled", re.MULTILINE)
_POLICY_IN = re.compile(r"^ +Inbound route map is (\S+)", re.MULTILINE)
_POLICY_OUT = re.compile(r"^ +Outbound route map is (\S+)", re.MULTILINE)
_LIMIT = re.compile(r"Configured maximum total number of routes is (\d+)")
_FAMILY = re.compile(
    r"^ +Multiprotocol (?P<family>[\w ]+?): (?P<said>advertised[\w ]*|received)", re.MULTILINE
)
_PREFIXES = re.compile(
    r"^ +(?P<family>(?:IPv4|IPv6|L2VPN) [\w ]+?): +(?P<sent>\d+|-) +(?P<received>\d+|-)(?: +(?P<best>\d+))?",
    re.MULTILINE,
)


@command(
    "show ip bgp neighbors vrf all",
    area="bgp",
    gives=(BgpSession, BgpAfi),
    arguments=on_request,
    aliases=("show [ip |ipv6 ]bgp [neighbors|peers][ {peer}][ vrf {vrf}]",),
)
def neighbors(output: str, peer: str = "", vrf: str = "") -> Read:
    """Every neighbour in full, with its address families."""
    yield from each(blocks(output, _NEIGHBOR), _neighbor)
    if output.lstrip().startswith("%") and "inactive" in output:
        yield EMPTY


def _neighbor(block: Block) -> Iterator[Fact]:
    head, said = block.head, block.text
    vrf = head["vrf"] or first(_IN_VRF, said) or DEFAULT_VRF
    peer = head["peer"].lower()
    found, timers, reset = _STATE.search(said), _TIMERS.search(said), _RESET.search(said)
    state = session_state(found["state"]) if found else None
    age_s = duration_s(found["age"]) if found and found["age"] else None
    idle = text(first(_IDLE, said)) if state == "idle" else None
    yield BgpSession(
        vrf=vrf,
        peer=peer,
        peer_as=as_number(head["asn"]),
        local_as=as_number(first(_LOCAL_AS, said)),
        router_id=first(_ROUTER_ID, said),
        peer_router_id=None if (peer_id := first(_PEER_ID, said)) == "0.0.0.0" else peer_id,  # noqa: S104 - none
        session_state=state,
        **(down(idle, state) if idle else {"admin_up": True if state else None}),
        up_for_s=age_s if state == "established" else None,
        down_for_s=age_s if state not in {None, "established"} else None,
        established_transitions_count=count(first(_TRANSITIONS, said)),
        hold_time_s=number(timers["hold"]) if timers else None,
        keepalive_s=number(timers["keepalive"]) if timers else None,
        description=text(first(_DESCRIPTION, said)),
        local_address=first(_LOCAL, said),
        ttl=count(first(_TTL, said)),
        bfd_enabled=True if _BFD.search(said) else None,
        auth_configured=True if _AUTH.search(said) else None,
        last_reset_reason=text(reset["text"]) if reset else None,
        last_notification_sent=reset["way"] == "sent" if reset else None,
    )
    yield from _families(vrf, peer, said)


def _families(vrf: str, peer: str, said: str) -> Iterator[Fact]:
    """The families offered, those that have prefixes, and that of the session itself.

    EOS knows one route limit and one route map a direction for all of them.
    """
    negotiated = {found["family"]: "negotiated" in found["said"] for found in _FAMILY.finditer(said)}
    counted = {found["family"]: found for found in _PREFIXES.finditer(said)}
    used = {family for family, row in counted.items() if count(row["sent"]) or count(row["received"])}
    own = {"IPv6 Unicast" if is_ipv6(peer) else "IPv4 Unicast"} & counted.keys()
    for family in dict.fromkeys((*negotiated, *sorted(used | own))):
        row = counted.get(family)
        yield BgpAfi(
            vrf=vrf,
            peer=peer,
            afi_safi=family.upper().replace(" ", "_"),
            negotiated=negotiated.get(family),
            prefixes_sent_count=count(row["sent"]) if row else None,
            prefixes_received_count=count(row["received"]) if row else None,
            prefix_limit_count=count(first(_LIMIT, said)) or None,
            import_policy=first(_POLICY_IN, said),
            export_policy=first(_POLICY_OUT, said),
        )
