"""BGP neighbours and their address families."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from netdoctor.model.entities import DEFAULT_VRF
from netdoctor.model.facts import BgpAfi, BgpInstance, BgpSession, Fact, RoutingProcess
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_nxos.bgp_words import (
    afi_safi,
    last_reset,
    peer_name,
    router_id,
    state_of,
    stopped,
)
from netdoctor.platforms.cisco_nxos.reading import (
    J,
    Object,
    Read,
    document,
    port,
    rows,
    said,
    says_none,
    structured,
    table,
    without_json,
)
from netdoctor.platforms.text import Block, blocks, each, first
from netdoctor.platforms.values import as_number, count, duration_s, flag, number

_ALIASES = (
    "show bgp vrf {vrf} {afi*} neighbors[ {peer}]",
    "show bgp {afi*} neighbors[ {peer}][ vrf {vrf}]",
    "show ip bgp[ {afi*}] neighbor[s][ {peer}][ vrf {vrf}]",
    "show ipv6 bgp[ {afi*}] neighbor[s][ {peer}][ vrf {vrf}]",
    "show bgp neighbors[ vrf {vrf}]",
)


@command(
    "show bgp all neighbors vrf all | json",
    area="bgp",
    gives=(BgpSession, BgpAfi, BgpInstance, RoutingProcess),
    timeout_s=30.0,
    aliases=tuple(alias + J for alias in _ALIASES),
)
def neighbors(output: str, vrf: str = "") -> Read:
    """Every neighbour in full."""
    yield from stopped(output) or table(output, "neighbor", lambda row: _neighbor(row, _vrf(vrf)))
    if "gshut-activate" in output:
        yield from _drained(document(output), _vrf(vrf))


def _drained(found: Object, asked: str) -> Iterator[BgpInstance]:
    """A router that asks all its neighbours to use other paths (RFC 8326) is being drained."""
    told: dict[str, list[bool | None]] = {}
    for row in rows(found, "neighbor"):
        told.setdefault(said(row.get("vrf")) or asked, []).append(flag(row.get("gshut-activate")))
    for vrf, marks in told.items():
        if None not in marks:
            yield BgpInstance(vrf=vrf, graceful_shutdown=all(marks))


def _vrf(asked: str) -> str:
    return asked if asked and asked != "all" else DEFAULT_VRF


def _neighbor(row: Object, asked: str) -> Iterator[Fact]:
    get = row.get
    peer = peer_name(str(get("neighbor") or get("neighbor-id") or ""))
    if not peer:
        raise ValueError("a neighbour without an address")
    vrf = said(get("vrf")) or asked
    state = state_of(get("state"))
    up = state["session_state"] == "established"
    age_s = duration_s(get("elapsedtime"))
    yield BgpSession(
        vrf=vrf,
        peer=peer,
        peer_as=as_number(get("remoteas")),
        local_as=as_number(get("localas")),
        peer_router_id=router_id(get("remote-id")),
        **state,
        up_for_s=age_s if up else None,
        down_for_s=None if up else age_s,
        established_transitions_count=count(get("connsestablished")),
        **last_reset(
            (
                duration_s(get("resettime")),
                said(get("resetreason")),
                count(get("rstmajsnt")),
                count(get("rstminsnt")),
            ),
            (
                duration_s(get("peerresettime")),
                said(get("peerresetreason")),
                count(get("rstmajrcvd")),
                count(get("rstminrcvd")),
            ),
        ),
        hold_time_s=number(get("holdtime")),
        keepalive_s=number(get("keepalivetime")),
        description=said(get("desc")) or said(get("description")),
        local_address=said(get("localaddr")),
        interface=port(get("connectedif") or get("sourceif")),
        ttl=1 if get("connectedif") and said(get("link")) == "ebgp" else count(get("ebgpmultihop")),
        gtsm_enabled=flag(get("ttlsecurity")),
        auth_configured=flag(get("tcpmd5auth")),
        bfd_enabled=flag(get("bfd")),
    )
    for outer in rows(row, "peraf"):
        for family in rows(outer, "persaf"):
            yield from _family(vrf, peer, family, row)


def _family(vrf: str, peer: str, family: Object, row: Object) -> Iterator[BgpAfi]:
    name = said(family.get("per-af-name"))
    if not name:
        return
    offered = [
        flag(saf.get("af-recvd")) and flag(saf.get("af-advertised"))
        for outer in rows(row, "af")
        for saf in rows(outer, "saf")
        if said(saf.get("af-name")) == name
    ]
    policies = {
        said(one.get("inpolicyname") or one.get("outpolicyname")): one
        for kind in ("inpolicy", "outpolicy")
        for one in rows(family, kind)
    }
    yield BgpAfi(
        vrf=vrf,
        peer=peer,
        afi_safi=afi_safi(name),
        negotiated=bool(offered[0]) if offered and offered[0] is not None else None,
        prefixes_accepted_count=count(family.get("pfxrecvd")),
        prefixes_sent_count=count(family.get("pfxsent")),
        prefix_limit_count=count(family.get("maxpfx")),
        import_policy=next((name for name, one in policies.items() if "inpolicyname" in one), None),
        export_policy=next((name for name, one in policies.items() if "outpolicyname" in one), None),
    )


_HEAD = re.compile(
    r"^ *BGP neighbor is (?P<peer>[^,\s]+),\s*(?:vrf (?P<vrf>\S+),\s*)?remote AS (?P<remote>[\d.]+)"
    r"(?:, *local AS (?P<local>[\d.]+))?,?\s*(?P<link>\w+) link",
    re.M,
)
_IN_VRF = re.compile(r"^ *(?:BGP (?:neighbor )?information for )VRF (\S+?),", re.M)
_STATE = re.compile(
    r"BGP state = (?P<state>[^,\n]+?)(?:, (?P<way>up|down) for (?P<age>[^,\n]+))?(?:,|$)", re.M
)
_FIELDS = {
    "description": re.compile(r"^ *Description: (\S.*)$", re.M),
    "remote_id": re.compile(r"remote router ID (\S+)"),
    "attached": re.compile(r"directly attached, interface (\S+)"),
    "source": re.compile(r"Using (\S+) as update source"),
    "hops": re.compile(r"(?:might be upto|within|up to) (\d+) hops"),
    "ttl_security": re.compile(r"(TTL security|ttl-security|TTL Security)", re.I),
    "md5": re.compile(r"TCP (?:MD5|AO) authentication is (\w+)"),
    "bfd": re.compile(r"(BFD live-detection is configured)"),
    "hold": re.compile(r"hold time = (\d+)"),
    "keepalive": re.compile(r"keepalive interval is (\d+)"),
    "established": re.compile(r"Connections established (\d+)"),
    "local_host": re.compile(r"Local host: ([^,\s]+)"),
}
_RESET = re.compile(r"Last reset by (us|peer) ([^,\n]+), due to ([^\n]+)")
_AFI = re.compile(r"^ *For address family: (?P<name>[\w -]+?) *$", re.M)
_OFFERED = re.compile(r"^ *Address family ([\w -]+): (.*)$", re.M)
_AFI_FIELDS = {
    "accepted": re.compile(r"(\d+) accepted (?:paths|prefixes)"),
    "sent": re.compile(r"(\d+) sent (?:paths|prefixes)"),
    "limit": re.compile(r"Maximum prefixes allowed (\d+)"),
    "import": re.compile(r"Inbound (?:route-map|prefix-list|filter-list|policy)\w* configured is ([^,\s]+)"),
    "export": re.compile(r"Outbound (?:route-map|prefix-list|filter-list|policy)\w* configured is ([^,\s]+)"),
}


@command(
    "show bgp all neighbors vrf all",
    area="bgp",
    gives=(BgpSession, BgpAfi, BgpInstance, RoutingProcess),
    timeout_s=30.0,
    arguments=without_json,
    aliases=_ALIASES,
)
def neighbors_in_text(output: str, vrf: str = "") -> Read:
    """The same in text. It does not tell a neighbour's VRF, unless one was asked about."""
    if structured(output):
        yield from neighbors(output, vrf)
        return
    yield from stopped(output)
    places = [(found.start(), found[1]) for found in _IN_VRF.finditer(output)]

    def read(block: Block) -> Read:
        start = block.head.start()
        told = next((name for place, name in reversed(places) if place < start), None)
        yield from _block(block, block.head["vrf"] or told or _vrf(vrf))

    nothing = True
    for item in each(blocks(output, _HEAD), read):
        nothing = False
        yield item
    if nothing and says_none(output):
        yield EMPTY


def _block(block: Block, vrf: str) -> Iterator[Fact]:
    head, peer = block.head, peer_name(block.head["peer"])
    families = list(blocks(block.text, _AFI))
    about = block.text[: families[0].head.start()] if families else block.text
    told = {name: first(pattern, about) for name, pattern in _FIELDS.items()}
    told["local_host"] = first(_FIELDS["local_host"], block.text)
    found = _STATE.search(about)
    state = state_of(found["state"] if found else None)
    age_s = duration_s(found["age"]) if found and found["age"] else None
    up = state["session_state"] == "established"
    yield BgpSession(
        vrf=vrf,
        peer=peer,
        peer_as=as_number(head["remote"]) or None,
        local_as=as_number(head["local"]),
        peer_router_id=router_id(told["remote_id"]),
        **state,
        up_for_s=age_s if up else None,
        down_for_s=None if up else age_s,
        established_transitions_count=count(told["established"]),
        **_resets(about),
        hold_time_s=number(told["hold"]),
        keepalive_s=number(told["keepalive"]),
        description=told["description"],
        local_address=told["local_host"],
        interface=port(told["attached"] or told["source"]),
        ttl=count(told["hops"]) or (1 if told["attached"] and head["link"] == "ebgp" else None),
        gtsm_enabled=True if told["ttl_security"] else False if told["hold"] else None,
        ttl_security_hops=count(told["hops"]) if told["ttl_security"] else None,
        auth_configured=told["md5"] == "enabled" if told["md5"] else False if told["hold"] else None,
        bfd_enabled=bool(told["bfd"]) if told["hold"] else None,
    )
    offered = {afi_safi(name): words for name, words in _OFFERED.findall(about)}
    for family in families:
        yield _afi(vrf, peer, family, offered, up)


def _resets(about: str) -> dict[str, Any]:
    told = {who: (duration_s(age), reason.strip(), None, None) for who, age, reason in _RESET.findall(about)}
    never = (None, None, None, None)
    return last_reset(told.get("us", never), told.get("peer", never))


def _afi(vrf: str, peer: str, block: Block, offered: dict[str, str], up: bool) -> BgpAfi:
    name = afi_safi(block.head["name"])
    told = {key: first(pattern, block.text) for key, pattern in _AFI_FIELDS.items()}
    words = offered.get(name)
    return BgpAfi(
        vrf=vrf,
        peer=peer,
        afi_safi=name,
        negotiated="advertised" in words and "received" in words
        if words is not None
        else False
        if up
        else None,
        prefixes_accepted_count=count(told["accepted"]),
        prefixes_sent_count=count(told["sent"]),
        prefix_limit_count=count(told["limit"]),
        import_policy=told["import"],
        export_policy=told["export"],
    )
