"""Dropped packets by access lists, control-plane policing and rate limiters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from netdoctor.model.facts import DropCounter
from netdoctor.platforms.base import EMPTY, NotUnderstood, command
from netdoctor.platforms.cisco_nxos.reading import Read, on_request, says_none
from netdoctor.platforms.text import Block, Line, blocks, each, lines
from netdoctor.platforms.values import count, is_ip

_SUMMARY = re.compile(r"^ *(?P<family>IPV4|IPV6|MAC) ACL (?P<name>\S+)", re.M)


@command(
    "show access-lists summary",
    area="acl",
    gives=(DropCounter,),
    arguments=on_request,
)
def access_list_summary(output: str) -> Read:
    """Which lists there are, without counters; one that is active on an interface names the first."""
    nothing = True
    for block in blocks(output, _SUMMARY):
        nothing = False
        active = block.text.partition("Active on interfaces:")[2].split()
        yield DropCounter(kind="acl", name=block.head["name"], interface=active[0] if active else None)
    if nothing and output.strip():
        raise NotUnderstood("no access lists")


_LIST = re.compile(r"^ *(?:IP|IPv4|IPv6|IPV4|IPV6|MAC) (?:access list|ACL) (?P<name>\S+)")
_RULE = re.compile(
    r"^ *(?P<number>\d+) +(?P<action>permit|deny) +(?P<rest>\S.*?)(?: *\[match=(?P<matches>\d+)\])? *$"
)
_PORT = re.compile(r"\beq (\S+)")
_NAMED_PORTS = {"bgp": 179, "www": 80, "http": 80, "domain": 53, "telnet": 23, "ssh": 22}


@command(
    "show access-lists",
    area="acl",
    gives=(DropCounter,),
    sampled=True,
    targets_only=True,
    aliases=("show[ ip| ipv6| mac] access-lists[ {name}][ expanded]",),
)
def access_lists(output: str, name: str = "") -> Read:
    """Each rule, with what it has matched. NX-OS counts where `statistics per-entry` is set."""
    of = ""
    nothing = True

    def read(line: Line) -> Iterator[DropCounter]:
        nonlocal of
        if found := _LIST.match(line.text):
            of = found["name"]
        elif of and (found := _RULE.match(line.text)):
            yield _rule(of, found)

    for item in each(lines(output), read):
        nothing = False
        yield item
    if nothing and (of or says_none(output)):
        yield EMPTY


def _rule(of: str, found: re.Match[str]) -> DropCounter:
    matches = count(found["matches"])
    denies = found["action"] == "deny"
    words = found["rest"].split()
    tcp = denies and words[:1] == ["tcp"] and _PORT.search(found["rest"])
    hosts = [word.removesuffix("/32") for word in words[1:] if is_ip(word.removesuffix("/32"))]
    return DropCounter(
        kind="acl",
        name=f"{of} {found['number']}",
        tcp_port=(count(tcp[1]) or _NAMED_PORTS.get(tcp[1])) if tcp else None,
        peer=hosts[0] if hosts else None,
        dropped_pkts=matches if denies else None,
        conformed_pkts=None if denies else matches,
    )


_CLASS = re.compile(r"^ *class-map:? +(?P<name>\S+)", re.M | re.I)
_PACKETS = re.compile(
    r"\b(?P<word>transmitted|conformed|conform|dropped|drop|violated|violate"
    r"|HW Matched Packets|SW Matched Packets)\b:? +"
    r"(?P<amount>\d+)(?: +(?P<unit>packets?|bytes?|peak-rate))?",
    re.I,
)
_DROPPED = ("dropped", "drop", "violated", "violate")


@command(
    "show policy-map interface control-plane",
    area="copp",
    gives=(DropCounter,),
    sampled=True,
    aliases=("show policy-map interface control-plane {words*}",),
)
def policing(output: str, words: str = "") -> Read:
    """Each class, all modules together. Some chips count bytes, not packets; any count tells of drops."""
    nothing = True
    for item in each(blocks(output, _CLASS), _class):
        nothing = False
        yield item
    if nothing and "Control Plane" in output:
        yield EMPTY


def _class(block: Block) -> Iterator[DropCounter]:
    """Where both packets and bytes are told, packets count; on the Nexus 3500 what the chip matched and the
    processor did not get was dropped."""
    told: dict[tuple[str, str], int] = {}
    for found in _PACKETS.finditer(block.text):
        unit = (found["unit"] or "packets").lower()[:4]
        if unit != "peak":
            key = (found["word"].lower(), unit)
            told[key] = told.get(key, 0) + int(found["amount"][:19])
    matched, heard = told.get(("hw matched packets", "pack")), told.get(("sw matched packets", "pack"))
    if matched is not None and heard is not None:
        yield DropCounter(
            kind="copp",
            name=block.head["name"],
            dropped_pkts=max(matched - heard, 0),
            conformed_pkts=count(heard),
        )
        return
    dropped = _pick(told, _DROPPED)
    conformed = _pick(told, ("transmitted", "conformed", "conform"))
    if dropped is not None or conformed is not None:
        yield DropCounter(
            kind="copp", name=block.head["name"], dropped_pkts=count(dropped), conformed_pkts=count(conformed)
        )


def _pick(told: dict[tuple[str, str], int], words: tuple[str, ...]) -> int | None:
    return next(
        (told[word, unit] for unit in ("pack", "byte") for word in words if (word, unit) in told), None
    )


_COUNTED = re.compile(r"(Allowed|Dropped) *: *(\d+)")


@command("show hardware rate-limiter", area="copp", gives=(DropCounter,), sampled=True, targets_only=True)
def rate_limiters(output: str) -> Read:
    """Limits on what line cards send to the processor; all modules together."""
    totals: dict[str, dict[str, int]] = {}
    name = ""
    for line in lines(output):
        if found := re.match(r"^ *([A-Za-z][\w -]{1,40}?) +(?:Config +:|\d+ +\d+ +\d+ +\d+ *$)", line.text):
            name = found[1].strip()
            totals.setdefault(name, {})
        if name:
            columns = re.match(rf"^ *{re.escape(name)} +\d+ +(\d+) +(\d+) +\d+ *$", line.text)
            counted = (
                [("Allowed", columns[1]), ("Dropped", columns[2])] if columns else _COUNTED.findall(line.text)
            )
            for word, amount in counted:
                totals[name][word] = totals[name].get(word, 0) + int(amount[:19])
    for limiter, told in totals.items():
        yield DropCounter(
            kind="copp",
            name=f"rate-limiter {limiter}",
            dropped_pkts=count(told.get("Dropped")),
            conformed_pkts=count(told.get("Allowed")),
        )
    if not totals and output.strip():
        raise NotUnderstood("no rate limiters")
