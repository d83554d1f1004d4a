"""BGP neighbours as bgpd prints them in words (`show bgp neighbors` without `json`)."""

from __future__ import annotations

import re
from typing import Any, Final

from netdoctor.model.facts import BgpAfi, BgpSession, RoutingProcess
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.linux.bgp import NO_FAMILY, afi_safi, bgp_state, said
from netdoctor.platforms.linux.reading import Read, age_s, on_request
from netdoctor.platforms.linux.vtysh import also, not_running, vtysh
from netdoctor.platforms.text import Block, blocks, each, first
from netdoctor.platforms.values import as_number, clean, count, number

_START: Final = re.compile(
    r"^ *(?:(?:Instance|VRF) (?P<vrf>\S+?):? *$"
    r"|BGP neighbor (?:is|on) \*?(?P<peer>[^\s,:]+(?::[^\s,]*)?)(?: (?P<linklocal>\([^)]*\)))?[,:])",
    re.MULTILINE,
)
_NONE: Final = re.compile(r"No such neighbor|No BGP neighbors? (?:configured|found)|BGP instance not found")
_AS: Final = re.compile(r"remote AS ([\d.]+|\(unspecified\)), local AS ([\d.]+)")
_STATE: Final = re.compile(r"BGP state = (\w+)[^,\n]*(?:, up for ([\w:]+))?")
_RESET: Final = re.compile(r"Last reset ([\w:]+), +(?:due to )?(.+)")
_NOTIFIED: Final = re.compile(r"NOTIFICATION (?:sent|received)|BGP Notification (?:send|received)", re.I)
_WORDS: Final = re.compile(r"\(([^/()]+)/([^()]*)\)")
_HOPS: Final = re.compile(r"(?:External|Internal) BGP neighbor may be up to (\d+) hops away")
_TIMES: Final = re.compile(r"^ *Hold time is (\d+)[^,]*, keepalive interval is (\d+)", re.MULTILINE)
_FAMILY: Final = re.compile(r"^ *For address family: (?P<name>[^\n]+)$", re.MULTILINE)
_CAPABILITY: Final = re.compile(r"^ *Address Family ([^:\n]+): *(.*)$", re.MULTILINE)
_ROUTE_MAP: Final = re.compile(r"Route map for (incoming|outgoing) advertisements is \*?(\S+)")

CODES: Final = {
    "message header error": 1,
    "open message error": 2,
    "update message error": 3,
    "hold timer expired": 4,
    "neighbor events error": 5,
    "cease": 6,
}
_CEASE: Final = (
    "maximum number of prefixes reached",
    "administrative shutdown",
    "peer de-configured",
    "administrative reset",
    "connection rejected",
    "other configuration change",
    "connection collision resolution",
    "out of resource",
)
"""The subcodes of Cease, from 1 (RFC 4486), in bgpd's words."""


@command(
    vtysh("show bgp vrf all neighbors"),
    area="bgp",
    gives=(BgpSession, BgpAfi, RoutingProcess),
    arguments=on_request,
    aliases=also(
        "show bgp vrf all neighbors",
        "show [ip |ipv6 ]bgp[ vrf {vrf}][ ipv4| ipv6][ unicast] neighbors[ {peer}]",
        "show [ip |ipv6 ]bgp[ vrf {vrf}][ ipv4| ipv6][ unicast] neighbor[ {peer}]",
    ),
)
def neighbors(output: str, vrf: str | None = None) -> Read:
    """Every neighbour in words; `Instance …:` says which VRF the following are of."""
    if dead := list(not_running(output)):
        yield from dead
        return
    if _NONE.search(output):
        yield EMPTY
    place = vrf if vrf and vrf != "all" else "default"
    found = []
    for block in blocks(output, _START):
        if block.head["vrf"]:
            place = clean(block.head["vrf"])
        else:
            found.append((place, block))
    by_line = {block.line: name for name, block in found}
    yield from each((block for _, block in found), lambda one: _neighbor(by_line[one.line], one))


def _neighbor(vrf: str, block: Block) -> Read:
    peer = clean(block.head["peer"])
    families = list(_FAMILY.finditer(block.text))
    head = block.text[: families[0].start()] if families else block.text
    state = _STATE.search(head)
    up = state is not None and bgp_state(state[1]) == "established"
    yield _session(vrf, peer, block.text, state)
    capabilities = dict(_CAPABILITY.findall(head))
    ends = [*(family.start() for family in families), len(block.text)][1:]
    for family, end in zip(families, ends, strict=True):
        name = family["name"].strip()
        yield _family(vrf, peer, name, block.text[family.end() : end], _negotiated(name, capabilities, up))


def _session(vrf: str, peer: str, text: str, state: re.Match[str] | None) -> BgpSession:
    numbers = _AS.search(text)
    times = _TIMES.search(text)
    word = bgp_state(state[1]) if state else None
    hops = _HOPS.search(text)
    reset = _RESET.search(text)
    reset_s = age_s(reset[1]) if reset else None
    up = word == "established"
    complete = "Read thread:" in text

    def shows(words: str) -> bool | None:
        """Whether the answer has a line that stands there only where it holds."""
        return True if re.search(words, text, re.M | re.I) else False if complete else None

    return BgpSession(
        vrf=vrf,
        peer=peer,
        peer_as=as_number(numbers[1]) if numbers else None,
        local_as=as_number(numbers[2]) if numbers else None,
        router_id=said(first(re.compile(r"local router ID ([\d.]+)"), text)),
        peer_router_id=said(first(re.compile(r"remote router ID ([\d.]+)"), text)),
        peer_hostname=said(first(re.compile(r"^ *Hostname: (\S+)", re.M), text)),
        session_state=word,
        admin_up="Administratively shut down" not in text if word else None,
        up_for_s=age_s(state[2]) if state and up else None,
        down_for_s=None if up or word is None else reset_s,
        established_transitions_count=count(first(re.compile(r"Connections established (\d+)"), text)),
        last_reset_s=reset_s,
        **_last_reset(reset, _FAMILY.search(text) is not None),
        hold_time_s=number(times[1]) if times else None,
        keepalive_s=number(times[2]) if times else None,
        description=said(first(re.compile(r"^ *Description: (.+)$", re.M), text)),
        local_address=said(first(re.compile(r"Local host: ([^\s,]+)"), text)),
        interface=peer if "BGP neighbor on" in text[:40] else None,
        ttl=count(hops[1]) if hops else None,
        auth_configured=shows("Peer Authentication Enabled"),
        bfd_enabled=shows(r"^ *BFD: |peer is BFD"),
        prefix_limit_exceeded=shows("exceeded the maximum number of prefix"),
        dynamic=shows("Belongs to the subnet range group"),
    )


def _last_reset(reset: re.Match[str] | None, has_families: bool) -> dict[str, Any]:
    """Why the session last ended, with the NOTIFICATION (RFC 4271 §4.5) where one ended it.

    bgpd says of a new neighbour that it has no family before it reads which ones are: its list of them has
    the last word.
    """
    if reset is None:
        return {}
    why = clean(reset[2].strip())
    if why == NO_FAMILY and has_families:
        return {}
    found: dict[str, Any] = {"last_reset_reason": why}
    if _NOTIFIED.search(why):
        found["last_notification_sent"] = "sen" in why.lower()
    if words := _WORDS.search(why):
        code = CODES.get(words[1].strip().lower())
        found["last_notification_code"] = code
        if code == CODES["cease"] and words[2].strip().lower() in _CEASE:
            found["last_notification_subcode"] = _CEASE.index(words[2].strip().lower()) + 1
    return found


def _negotiated(name: str, capabilities: dict[str, str], up: bool) -> bool | None:
    """True when both ends announced the family; None while the session is down."""
    if not up:
        return None
    if not capabilities:
        return afi_safi(name) == "IPV4_UNICAST"
    return "advertised and received" in capabilities.get(name, "")


def _family(vrf: str, peer: str, name: str, text: str, negotiated: bool | None) -> BgpAfi:
    policies = dict(_ROUTE_MAP.findall(text))
    accepted = re.search(r"^ *(\d+) accepted prefixes(?:, (\d+) sent prefixes)?", text, re.M)
    limit = re.search(r"Maximum prefixes allowed (\d+)", text)
    return BgpAfi(
        vrf=vrf,
        peer=peer,
        afi_safi=afi_safi(name),
        negotiated=negotiated,
        prefixes_accepted_count=count(accepted[1]) if accepted and negotiated else None,
        prefixes_sent_count=count(accepted[2]) if accepted and accepted[2] and negotiated else None,
        prefix_limit_count=count(limit[1]) if limit else None,
        import_policy=policies.get("incoming") or _rejects("Inbound", text),
        export_policy=policies.get("outgoing") or _rejects("Outbound", text),
    )


def _rejects(way: str, text: str) -> str | None:
    """RFC 8212's default, which rejects all without a policy."""
    told = re.search(rf"{way} updates discarded due to missing policy", text)
    return "default reject (RFC 8212)" if told else None
