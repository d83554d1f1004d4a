"""What `show` prints of BGP: the table of neighbours, one in detail, the summary, EVPN routes."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any, Final

from netdoctor.model.facts import BgpAfi, BgpInstance, BgpRoute, BgpSession, Fact
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.nokia_srl.bgp_words import afi_safi, limit, notification, session_state
from netdoctor.platforms.nokia_srl.one_cell import one_cell
from netdoctor.platforms.nokia_srl.reading import (
    Read,
    Row,
    boxed,
    each,
    fields,
    number_of,
    on_request,
    said,
    vrf_name,
)
from netdoctor.platforms.text import Block, blocks
from netdoctor.platforms.values import UNSPECIFIED, as_number, clean, count, duration_s, is_ip

_PEER: Final = re.compile(
    r"^Peer *: (?P<peer>[^,\s]+)(?:, *remote AS: (?P<remote>\S+?))?(?:, *local AS: (?P<local>\S+?))?(?"
    r":, *peer-type *: (?P<type>\S+))? *$",
    re.M,
)
_NAMED: Final = re.compile(r"network-instance \"(?P<name>[^\"\n]+)\"")
_COUNTS: Final = re.compile(r"\[(\d+)/(\d+)/(\d+)\]")
_FAMILY: Final = re.compile(
    r"(?:ipv[46]-(?:unicast|labeled-unicast)|l3vpn-ipv[46]-unicast|evpn|route-target)"
)


@command(
    "show network-instance * protocols bgp neighbor",
    area="bgp",
    gives=(BgpSession, BgpAfi),
    arguments=on_request,
    aliases=(
        "show[ /| / ]network-instance {vrf} protocols bgp neighbor[ {peer}][ detail]",
        "show network-instance {vrf} protocols bgp neighbor[ {peer}][ detail]",
    ),
)
def neighbors(output: str, vrf: str = "", peer: str = "") -> Read:
    """Every neighbour in a table, a line a family; or one in detail."""
    known = vrf_name("" if vrf == "*" else vrf)
    if _PEER.search(output):
        yield from each(blocks(output, _PEER), lambda block: _detail(known, block))
    else:
        yield from each(boxed(output), _row)


def _row(row: Row) -> Read:
    cells = row.cells
    peer, scope, interface = cells["peer"].replace(" ", "").partition("%")
    if not is_ip(peer):
        raise ValueError("no address of a peer")
    vrf, flags = vrf_name(cells.get("netinst")), cells.get("flags", "")
    state = session_state(cells.get("state"))
    uptime = said(cells.get("uptime"))
    yield BgpSession(
        vrf=vrf,
        peer=peer,
        interface=interface if scope else None,
        peer_as=as_number(cells.get("peeras", "").replace(" ", "")),
        session_state=state,
        admin_up="-" not in flags if flags else None,
        up_for_s=duration_s(uptime.replace(" ", "")) if uptime and state == "established" else None,
        bfd_enabled=True if "B" in flags else None,
        dynamic=True if set(flags) & {"D", "L"} else False if "S" in flags else None,
    )
    names = _FAMILY.findall(cells.get("afisafi", "").replace(" ", ""))
    counts = _COUNTS.findall(cells.get("rxactivetx", "").replace(" ", ""))
    for name, (received, _, sent) in zip(names, counts, strict=False):
        yield BgpAfi(
            vrf=vrf,
            peer=peer,
            afi_safi=afi_safi(name),
            prefixes_received_count=count(received),
            prefixes_sent_count=count(sent),
        )


_STATE: Final = re.compile(
    r"Admin-state is (?P<admin>\w+), session-state is (?P<state>\w+)(?:, (?:up|down) for (?P<age>\S+))?"
)
_TCP: Final = re.compile(r"TCP connection is (?P<local>\S+) \[\d+\] -> (?P<remote>\S+)")
_NOTIFIED: Final = re.compile(
    r"Last (?P<side>received|sent) Notification was Error: (?P<code>.+?) SubError: (?P<sub>.+?) *$",
    re.M | re.I,
)
_TIMER: Final = re.compile(
    r"^(?P<name>keepalive-interval|hold-time) +(?P<configured>\d+) +(?P<used>\d+|-)", re.M
)


def _detail(vrf: str, block: Block) -> Read:
    head, text = block.head, block.text
    peer, scope, interface = head["peer"].partition("%")
    state_ = _STATE.search(text)
    state = session_state(state_["state"]) if state_ else None
    tcp, age = _TCP.search(text), duration_s(state_["age"]) if state_ and state_["age"] else None
    timers = {
        row["name"]: float(row["used"] if row["used"].isdigit() else row["configured"])
        for row in _TIMER.finditer(text)
    }
    md5 = re.search(r"TCP-MD5 authentication is (\w+)", text)
    bfd = re.search(r"BFD is (\w+)", text)
    flaps = re.search(r"(\d+) peer-flaps", text)
    yield BgpSession(
        vrf=vrf,
        peer=peer,
        interface=interface if scope else None,
        peer_as=as_number(head["remote"]),
        local_as=as_number(head["local"]),
        session_state=state,
        admin_up=state_["admin"] == "enable" if state_ else None,
        up_for_s=age if state == "established" else None,
        down_for_s=None if state == "established" else age,
        established_transitions_count=count(flaps[1]) if flaps else None,
        **_notification(text),
        hold_time_s=timers.get("hold-time"),
        keepalive_s=timers.get("keepalive-interval"),
        description=_named(text, "Description"),
        local_address=tcp["local"] if tcp else None,
        auth_configured=md5[1] == "enabled" if md5 else None,
        bfd_enabled=bfd[1] == "True" if bfd else None,
        dynamic={"static": False, "dynamic": True}.get(_named(text, "Type") or ""),
    )
    yield from _families(vrf, peer, text)


def _named(text: str, name: str) -> str | None:
    found = re.search(rf"^{name} *: (.*)$", text, re.M)
    return said(clean(found[1])) if found else None


def _notification(text: str) -> dict[str, Any]:
    told = {row["side"].lower(): row for row in _NOTIFIED.finditer(text)}
    for side, sent in (("received", False), ("sent", True)):
        if side in told and (known := notification(told[side]["code"], told[side]["sub"], sent)):
            return known
    return {}


_PART: Final = re.compile(r"^(?P<name>[\w-]+) AFI/SAFI *$", re.M)


def _families(vrf: str, peer: str, text: str) -> Iterator[BgpAfi]:
    policies = {way: _named(text, f"{way} policies") for way in ("Import", "Export")}
    for part in blocks(text, _PART):
        values = {
            name: _named(part.text, f" *{name}")
            for name in (
                "Received routes",
                "Rejected routes",
                "Active routes",
                "Advertised routes",
                "Prefix-limit",
            )
        }
        received, sent = number_of(values["Received routes"]), number_of(values["Advertised routes"])
        rejected = number_of(values["Rejected routes"])
        if received is None and sent is None and "End of RIB                     : N/A" in part.text:
            continue
        yield BgpAfi(
            vrf=vrf,
            peer=peer,
            afi_safi=afi_safi(part.head["name"]),
            prefixes_received_count=received or 0,
            prefixes_accepted_count=max((received or 0) - (rejected or 0), 0),
            prefixes_sent_count=sent or 0,
            prefix_limit_count=limit(number_of(values["Prefix-limit"])),
            import_policy=policies["Import"],
            export_policy=policies["Export"],
        )


@command(
    "show network-instance {vrf} protocols bgp summary",
    area="bgp",
    gives=(BgpInstance,),
    arguments=on_request,
)
def summary(output: str, vrf: str = "") -> Read:
    """AS number and router id of the process."""
    named, found = _NAMED.search(output), re.search(r"Global AS number *: (\S+)", output)
    router_id = re.search(r"BGP identifier *: (\S+)", output)
    if found or router_id:
        yield BgpInstance(
            vrf=vrf_name(named["name"] if named else vrf),
            local_as=as_number(found[1]) if found else None,
            router_id=said(router_id[1]) if router_id else None,
        )


@command(
    "show network-instance * protocols bgp routes ipv4 summary",
    area="bgp",
    gives=(BgpRoute,),
    targets_only=True,
    timeout_s=30.0,
)
def tables(output: str) -> Read:
    """The IPv4 tables of every network instance."""
    heads = list(_NAMED.finditer(output))
    for head, following in zip(heads, [*heads[1:], None], strict=False):
        text = output[head.end() : following.start() if following else len(output)]
        yield from _routes(text, vrf_name(head["name"]))
    if re.search(r"^ *0 received BGP routes", output, re.M):
        yield EMPTY


@command(
    "show network-instance {vrf} protocols bgp routes {family} summary",
    area="bgp",
    gives=(BgpRoute,),
    arguments=on_request,
    aliases=("show network-instance {vrf} protocols bgp routes {family}[ {which*}]",),
)
def routes(output: str, vrf: str = "", family: str = "", which: str = "") -> Read:
    """Each prefix of the table once, with its paths. EVPN routes are named by type and content."""
    yield from _routes(output, vrf_name(vrf))


def _routes(output: str, known: str) -> Read:
    yield from each(blocks(output, _DISTINGUISHER), lambda block: _evpn_detail(known, block))
    paths: dict[str, list[Row]] = {}
    for row in itertools.chain(boxed(output), one_cell(output)):
        if name := _route_name(row.cells):
            paths.setdefault(name, []).append(row)
    for name, same in paths.items():
        yield _route(known, name, [row.cells for row in same])


@command(
    "show network-instance {vrf} protocols bgp neighbor {peer} received-routes ipv4",
    area="bgp",
    gives=(BgpRoute,),
    arguments=on_request,
    aliases=(
        "show network-instance {vrf} protocols bgp neighbor {peer} received-routes {family}",
        "show network-instance {vrf} protocols bgp neighbor {peer} advertised-routes {family}",
    ),
)
def of_neighbor(output: str, vrf: str = "", peer: str = "", family: str = "") -> Read:
    """The prefixes that one neighbour sent, or was sent."""
    yield from _routes(output, vrf_name(vrf))
    if re.search(r"^ *0 (?:received|advertised) BGP routes", output, re.M):
        yield EMPTY


_DISTINGUISHER: Final = re.compile(r"^Route Distinguisher *: (?P<rd>\S+)", re.M)
_PATH: Final = re.compile(r"^ *Path \d+ *: <(?P<flags>[^>]*)>?", re.M)
_NAMING: Final = ("esi", "mac address", "ip address", "ip-prefix", "originating router", "tag-id")


def _evpn_detail(vrf: str, block: Block) -> Read:
    """An EVPN route in full, with all its paths."""
    found = fields(block.text)
    named = [found[name] for name in _NAMING if found.get(name)]
    flags = [row["flags"] for row in _PATH.finditer(block.text)]
    hops = re.findall(r"BGP next-hop *: (\S+)", block.text)
    yield BgpRoute(
        vrf=vrf,
        prefix=" ".join([block.head["rd"], *named]),
        valid=any("Valid" in word for word in flags),
        best=any("Best" in word for word in flags),
        paths_count=max(len(flags), 1),
        next_hops=tuple(dict.fromkeys(hop for hop in hops if is_ip(hop))) or None,
        as_path=_as_path(found.get("as path")),
        communities=_communities(found.get("communities")),
    )


def _as_path(value: str | None) -> str | None:
    """`[65003, 65001] i` as `65003 65001`; a path of one's own AS is empty."""
    return None if value is None else " ".join(re.findall(r"\d+", value.replace(" ", ",")))


def _communities(value: str | None) -> tuple[str, ...] | None:
    return tuple(re.findall(r"[^\s,\[\]]+", value)) or None if said(value) and value else None


def _route_name(cells: dict[str, str]) -> str | None:
    """The prefix; of an EVPN route the distinguisher and what it tells of."""
    if network := said(cells.get("network") or cells.get("prefix")):
        return network.replace(" ", "")
    parts = [
        cells.get(name, "").replace(" ", "")
        for name in (
            "routedistinguisher",
            "esi",
            "macaddress",
            "ipaddress",
            "originatorip",
            "originatingip",
            "originatingrouter",
            "ipprefix",
            "tagid",
        )
    ]
    known = [part for part in parts if part and part != "-"]
    return " ".join(known) if cells.get("routedistinguisher") else None


def _route(vrf: str, name: str, same: list[dict[str, str]]) -> Fact:
    hops = [cells.get("nexthop", "").replace(" ", "") for cells in same]
    status = [cells["status"] for cells in same if "status" in cells]
    best = next((cells for cells in same if ">" in cells.get("status", "")), same[0])
    own = best.get("nexthop", "").replace(" ", "") in UNSPECIFIED
    return BgpRoute(
        vrf=vrf,
        prefix=name,
        locally_originated=own if status and "routedistinguisher" not in best else None,
        valid=any("*" in word for word in status) if status else None,
        best=any(">" in word for word in status) if status else None,
        paths_count=len(same),
        next_hops=tuple(dict.fromkeys(hop for hop in hops if is_ip(hop))) or None,
        as_path=_as_path(best.get("aspath", best.get("pathval", best.get("path")))),
    )
