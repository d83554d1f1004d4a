"""Port-channels, their LACP partners, and vPC."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from netdoctor.model.facts import Interface, LagMember, MlagDomain
from netdoctor.platforms.base import EMPTY, NotUnderstood, command
from netdoctor.platforms.cisco_nxos.reading import (
    J,
    Object,
    Read,
    document,
    named,
    on_request,
    over,
    port,
    rows,
    said,
    says_none,
    structured,
    table,
    without_json,
)
from netdoctor.platforms.text import Block, Line, blocks, each, fields, lines
from netdoctor.platforms.values import mac_address

_STATES = {
    "P": ("bundled", None),
    "I": ("individual", None),
    "s": ("suspended", None),
    "H": ("suspended", "hot standby"),
    "D": ("down", None),
    "r": ("down", "module removed"),
    "p": ("suspended", "delayed"),
    "w": ("suspended", "waiting for aggregation"),
    "b": ("suspended", "BFD wait"),
    "M": ("suspended", "below min-links"),
    "G": ("down", None),
}
"""The flags of a member, the telling ones first; others, such as `S` for a short timeout, tell no state."""


def _state(flags: str) -> dict[str, Any]:
    for flag, (state, reason) in _STATES.items():
        if flag in flags:
            return {"state": state, "reason": reason}
    return {"state": None, "reason": None}


def _oper_up(flags: str) -> bool | None:
    """`U` is up; `D` down, `M` below its minimum of links."""
    return True if "U" in flags else False if set(flags) & {"D", "M"} else None


_SUMMARY = "show port-channel summary[ interface {interface*}]"


@command(
    "show port-channel summary | json", area="lag", gives=(LagMember, Interface), aliases=(_SUMMARY + J,)
)
def channels(output: str, interface: str = "") -> Read:
    """Every bundle with its members."""
    yield from table(output, "channel", _channel)


def _channel(row: Object) -> Read:
    lag = named(row.get("port-channel"))
    status = said(row.get("status"))
    yield Interface(interface=lag, kind="lag", oper_up=_oper_up(status) if status else None)
    for member in rows(row, "member"):
        name = port(member.get("port"))
        if name:
            yield LagMember(lag=lag, interface=name, **_state(str(member.get("port-status") or "")))


_CHANNEL = re.compile(
    r"^ *(?:\d+\s+)?(?P<lag>(?:Po|port-channel|san-port-channel )\d[\d/]*)\((?P<flags>\w+)\)\s+(?P<rest>.*)$",
    re.I,
)
_MEMBER = re.compile(r"(?<![\w(])([A-Za-z][\w-]*\d[\d/]*)\(([^\s()]+)\)")


@command(
    "show port-channel summary",
    area="lag",
    gives=(LagMember, Interface),
    arguments=without_json,
    aliases=(_SUMMARY,),
)
def channels_in_text(output: str, interface: str = "") -> Read:
    """The same in text; members that do not fit go on below."""
    if structured(output):
        yield from channels(output)
        return
    lag: str | None = None
    for line in lines(output):
        rest = line.text
        if found := _CHANNEL.match(line.text):
            lag, rest = named(found["lag"]), found["rest"]
            yield Interface(interface=lag, kind="lag", oper_up=_oper_up(found["flags"]))
        if lag:
            for name, flags in _MEMBER.findall(rest):
                yield LagMember(lag=lag, interface=named(name), **_state(flags))
    if lag is None and (says_none(output) or re.search(r"Group +Port-", output)):
        yield EMPTY


_LAG = re.compile(r"^ *(?P<lag>(?:port-channel|Po)\d[\d/.]*) neighbors", re.M | re.I)
_PARTNER = re.compile(
    r"^ *(?P<port>(?:Eth|Ethernet)[\d/]+)\s+(?P<priority>\d+), ?"
    r"(?P<system>[0-9a-fA-F.:-]+)\s+(?P<number>\S+)\s+"
    r"(?P<age>\S+)\s+(?P<flags>\S+)",
    re.M,
)
_KEY = re.compile(r"^ *(?P<priority>(?:0x)?\w+)\s+(?P<key>0x[0-9a-fA-F]+)\s+(?P<state>0x[0-9a-fA-F]+)", re.M)
_UNKNOWN = "00:00:00:00:00:00"


@command(
    "show lacp neighbor",
    area="lag",
    gives=(LagMember,),
    aliases=("show lacp neighbor interface {interface*}",),
)
def partners(output: str, interface: str = "") -> Read:
    """The system, key and port that each member hears (IEEE 802.1AX)."""
    nothing = True
    for item in each(blocks(output, _LAG), _lag):
        nothing = False
        yield item
    if nothing and says_none(output):
        yield EMPTY


def _lag(block: Block) -> Read:
    lag = named(block.head["lag"])
    for one in blocks(block.text, _PARTNER):
        key = _KEY.search(one.text, one.head.end() - one.head.start())
        system = mac_address(one.head["system"])
        yield LagMember(
            lag=lag,
            interface=named(one.head["port"]),
            partner_system=None if system == _UNKNOWN else system,
            partner_key=str(int(key["key"], 16)) if key and system != _UNKNOWN else None,
            partner_interface=_number(one.head["number"]),
        )


def _number(word: str) -> str | None:
    """The far port's number; zero means that none is heard."""
    found = int(word, 16) if word.lower().startswith("0x") else int(word) if word.isdigit() else 0
    return str(found) if found else None


_VPC = "show vpc[ brief]"
_GOOD = frozenset({"success", "consistent", "no", "none"})


@command("show vpc | json", area="lag", gives=(MlagDomain, Interface), aliases=(_VPC + J,))
def vpc(output: str) -> Read:
    """The vPC domain: peer, peer link, keepalive, consistency; and each vPC's state."""
    found = document(output)
    if not found:
        return
    domain = said(found.get("vpc-domain-id"))
    if domain is None:
        raise NotUnderstood("no 'vpc-domain-id'")
    if "not configured" in domain.lower():
        yield EMPTY
        return
    peer_link = next(iter(rows(found, "peerlink")), {})
    consistent = _consistent(found.get("vpc-peer-consistency"), found.get("vpc-type-2-consistency"))
    yield MlagDomain(
        domain=domain,
        peer_up=_is(found.get("vpc-peer-status"), "ok"),
        peer_link=port(peer_link.get("peerlink-ifindex")),
        peer_link_up=_is_one(peer_link.get("peer-link-port-state")),
        keepalive_up=_is(found.get("vpc-peer-keepalive-status"), "alive"),
        consistent=consistent,
        reason=_reason(found),
        role=_role(found.get("vpc-role")),
    )
    yield from over(rows(found, "vpc"), _member, {}, "vpc") if rows(found, "vpc") else ()


def _member(row: Object) -> Read:
    reason = said(row.get("vpc-consistency-status"))
    up = _is_one(row.get("vpc-port-state"))
    wrong = None if up or not reason or reason.lower() in _GOOD else reason
    name = port(row.get("vpc-ifindex"))
    if name:
        yield Interface(interface=name, oper_up=up, oper_reason=wrong)


def _is(word: Any, good: str) -> bool | None:
    found = said(word)
    return good in re.split(r"[ -]", found.lower()) and "not" not in found.lower() if found else None


def _is_one(word: Any) -> bool | None:
    found = said(word)
    return found.lower().rstrip("*") in {"1", "up"} if found else None


def _consistent(*words: Any) -> bool | None:
    told = [found.lower() for word in words if (found := said(word))]
    return all(word in {"consistent", "success"} for word in told) if told else None


def _reason(found: Object) -> str | None:
    """Why the pair is not well: the first word that does not say so."""
    keys = ("vpc-peer-status-reason", "vpc-peer-consistency-status", "vpc-type-2-consistency-status")
    told = (said(found.get(key)) for key in keys)
    return next((word for word in told if word and word.lower() not in _GOOD), None)


def _role(word: Any) -> Any:
    """The role that is played, also where it is not the configured one (`secondary, operational primary`)."""
    found = (said(word) or "").lower()
    told = found.rpartition("operational")[2] or found
    return next((role for role in ("primary", "secondary") if role in told), None)


_PEER_LINK = re.compile(r"^ *1 +(Po\S+) +(up|down)\b", re.M | re.I)
_VPCS = re.compile(
    r"^ *\d+ +(?P<port>Po\d+) +(?P<state>up|down)\*? +(?P<consistent>success|failed|\S+) +"
    r"(?P<reason>.*?)(?: {2,}.*)?$",
    re.M | re.I,
)


@command("show vpc", area="lag", gives=(MlagDomain, Interface), arguments=without_json, aliases=(_VPC,))
def vpc_in_text(output: str) -> Read:
    """The same in text."""
    if structured(output):
        yield from vpc(output)
        return
    if not output.strip():
        return
    told = fields(output)
    domain = said(told.get("vpc domain id"))
    if domain is None:
        raise NotUnderstood("no 'vPC domain id'")
    if "not configured" in domain.lower():
        yield EMPTY
        return
    link = _PEER_LINK.search(output.partition("link status")[2] or output)
    reasons = (told.get(f"{word} reason") for word in _REASONS)
    yield MlagDomain(
        domain=domain,
        peer_up=_is(told.get("peer status"), "ok"),
        peer_link=port(link[1]) if link else None,
        peer_link_up=link[2].lower() == "up" if link else None,
        keepalive_up=_is(told.get("vpc keep-alive status"), "alive"),
        consistent=_consistent(
            told.get("configuration consistency status"), told.get("type-2 consistency status")
        ),
        reason=next(
            (reason for one in reasons if (reason := said(one)) and reason.lower() not in _GOOD), None
        ),
        role=_role(told.get("vpc role")),
    )
    for found in _VPCS.finditer(re.split(r"(?m)^ *vPC status", output)[-1]):
        up = found["state"].lower() == "up"
        yield Interface(interface=named(found["port"]), oper_up=up)


_REASONS = (
    "configuration consistency",
    "configuration inconsistency",
    "type-2 consistency",
    "type-2 inconsistency",
)


@command(
    "show vpc role | json",
    area="lag",
    gives=(MlagDomain,),
    arguments=on_request,
    aliases=("show vpc role" + J, "show vpc peer-keepalive" + J),
)
def vpc_part(output: str) -> Read:
    """The role alone, or the keepalive. They do not tell the domain's number."""
    found = document(output)
    if not found:
        return
    if not any(key.startswith("vpc-") for key in found):
        raise NotUnderstood("no vPC")
    yield MlagDomain(
        domain=said(found.get("vpc-domain-id")) or "",
        peer_up=_is(found.get("vpc-peer-status"), "ok"),
        keepalive_up=_is(found.get("vpc-peer-keepalive-status"), "alive"),
        peer_address=said(found.get("vpc-keepalive-dest")),
        role=_role(found.get("vpc-current-role")),
    )


@command(
    "show vpc role",
    area="lag",
    gives=(MlagDomain,),
    arguments=on_request,
    aliases=("show vpc peer-keepalive",),
)
def vpc_part_in_text(output: str) -> Read:
    """The same in text."""
    if structured(output):
        yield from vpc_part(output)
        return
    if not output.strip():
        return
    told = {name.lstrip("-"): value for name, value in fields(output).items()}
    if not any(name.startswith("vpc") for name in told):
        raise NotUnderstood("no vPC")
    yield MlagDomain(
        domain="",
        keepalive_up=_is(told.get("vpc keep-alive status"), "alive"),
        peer_address=said(told.get("destination")),
        role=_role(next((line.text for line in _roles(output)), told.get("vpc role"))),
    )


def _roles(output: str) -> Iterator[Line]:
    """The line under `vPC Role status`."""
    found = list(lines(output))
    for index, line in enumerate(found):
        if re.match(r" *vPC role\s*:", line.text, re.I):
            yield Line(line.number, line.text.partition(":")[2])
        elif re.match(r" *vPC Role status", line.text, re.I):
            yield from found[index + 2 : index + 3]
