"""What the kernel threw away, and where it counts that: filter rules, TCP's own checks, routing, softnet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, Literal

from netdoctor.model.facts import DropCounter
from netdoctor.platforms.base import EMPTY, NotUnderstood, command
from netdoctor.platforms.linux.reading import Object, Read, documents, each, inner, lines, listed
from netdoctor.platforms.values import clean, count, text

BGP_PORT: Final = 179

Matches = list[tuple[str, str, Any]]
"""Protocol or key, field, and what it is held against, of each equality in a rule."""


@command(
    "nft -j list ruleset",
    area="acl",
    gives=(DropCounter,),
    sampled=True,
    privileged=True,
    aliases=("nft list ruleset -j",),
)
def ruleset(output: str) -> Read:
    """Every rule that drops or rejects. One without a counter is told too, with no number."""
    for document in documents(output):
        objects = [
            entry for entry in listed(inner({"": document}, "").get("nftables")) if isinstance(entry, dict)
        ]
        if not objects:
            raise NotUnderstood("no nftables in it")
        counters = {
            _place(found, "name"): count(found.get("packets"))
            for entry in objects
            if (found := inner(entry, "counter"))
        }
        rules = (rule for entry in objects if (rule := inner(entry, "rule")) and _drops(rule))
        yield from each(((rule["handle"], rule, counters) for rule in rules), _rule)


def _place(found: Object, key: str) -> tuple[str, str, str]:
    return str(found.get("family")), str(found.get("table")), str(found.get(key))


def _drops(rule: Object) -> bool:
    return "handle" in rule and any(
        "drop" in statement or "reject" in statement
        for statement in listed(rule.get("expr"))
        if isinstance(statement, dict)
    )


def _rule(handle: Any, rule: Object, counters: dict[tuple[str, str, str], int | None]) -> Read:
    family, table, chain = _place(rule, "chain")
    matches = list(_matches(rule))
    yield DropCounter(
        kind="acl",
        name=clean(f"{family} {table} {chain} handle {handle}"),
        interface=next(
            (text(held) for key, _, held in matches if key in {"iifname", "iif", "oifname", "oif"}), None
        ),
        tcp_port=next(
            (_port(held) for key, field, held in matches if key in {"tcp", "th"} and field != "flags"), None
        ),
        peer=next(
            (_address(held) for key, field, held in matches if key in {"ip", "ip6"} and "addr" in field), None
        ),
        dropped_pkts=_dropped(rule, family, table, counters),
    )


def _matches(rule: Object) -> Iterator[tuple[str, str, Any]]:
    for statement in listed(rule.get("expr")):
        match = inner(statement, "match")
        if match.get("op") not in {"==", "in"}:
            continue
        payload, meta = inner(match, "left", "payload"), inner(match, "left", "meta")
        if payload:
            yield str(payload.get("protocol")), str(payload.get("field")), match.get("right")
        elif meta:
            yield str(meta.get("key")), "", match.get("right")


def _dropped(
    rule: Object, family: str, table: str, counters: dict[tuple[str, str, str], int | None]
) -> int | None:
    """The packets of the rule's own counter, or of the named one that it counts in."""
    for statement in listed(rule.get("expr")):
        counter = statement.get("counter") if isinstance(statement, dict) else None
        if isinstance(counter, dict):
            return count(counter.get("packets"))
        if isinstance(counter, str):
            return counters.get((family, table, counter))
    return None


def _port(held: Any) -> int | None:
    """The port that a rule names; of several BGP's, else the first."""
    if isinstance(held, dict) and isinstance(span := held.get("range"), list) and len(span) == 2:
        low, high = count(span[0]), count(span[1])
        if low is not None and high is not None:
            return BGP_PORT if low <= BGP_PORT <= high else low
    if isinstance(held, dict):
        ports = [port for one in listed(held.get("set")) if (port := _port(one)) is not None]
        return BGP_PORT if BGP_PORT in ports else next(iter(ports), None)
    return count(held) if not isinstance(held, list) else None


def _address(held: Any) -> str | None:
    """The address or prefix that a rule names; None for a set of them."""
    if isinstance(held, dict):
        prefix = inner(held, "prefix")
        address, length = text(prefix.get("addr")), count(prefix.get("len"))
        return f"{address}/{length}" if address and length is not None else None
    found = text(held)
    return None if found is None or found.startswith("@") else found


DropKind = Literal["tcp_md5", "tcp_ttl", "urpf", "no_route"]
_COUNTERS: Final[dict[str, DropKind]] = {
    "TcpExtTCPMD5NotFound": "tcp_md5",
    "TcpExtTCPMD5Unexpected": "tcp_md5",
    "TcpExtTCPMD5Failure": "tcp_md5",
    "TcpExtTCPAOBad": "tcp_md5",
    "TcpExtTCPAOKeyNotFound": "tcp_md5",
    "TcpExtTCPMinTTLDrop": "tcp_ttl",
    "TcpExtIPReversePathFilter": "urpf",
    "IpExtInNoRoutes": "no_route",
}
"""The kernel's counters by the names that nstat(8) gives them. Not OutNoRoutes: bgpd makes it rise by trying
peers that it has no route to."""
_SOFTNET = re.compile(r"[0-9a-f]{8}(?: [0-9a-f]{8}){8,}", re.ASCII)


@command(
    "cat /proc/net/snmp /proc/net/netstat /proc/net/softnet_stat",
    area="copp",
    gives=(DropCounter,),
    sampled=True,
    aliases=("cat /proc/net/netstat", "cat /proc/net/snmp", "cat /proc/net/softnet_stat"),
)
def kernel_counters(output: str) -> Read:
    """A line of names and one of values for each protocol, then a line of hexadecimals a processor."""
    if not output.strip():
        return
    named: dict[str, int | None] = {}
    heads: dict[str, list[str]] = {}
    softnet: list[list[int]] = []
    for number, line in lines(output):
        prefix, colon, rest = line.partition(": ")
        if colon and prefix in heads:
            named |= {
                prefix + name: count(value)
                for name, value in zip(heads.pop(prefix), rest.split(), strict=False)
            }
        elif colon:
            heads[prefix] = rest.split()
        elif _SOFTNET.fullmatch(line.strip()):
            softnet.append([int(word, 16) for word in line.split()])
        else:
            raise NotUnderstood(f"line {number}: {clean(line[:60])!r}")
    known = {name: kind for name, kind in _COUNTERS.items() if name in named}
    for name, kind in known.items():
        yield DropCounter(kind=kind, name=name, dropped_pkts=named[name])
    if softnet:
        processed, dropped = (sum(row[column] for row in softnet) for column in (0, 1))
        yield DropCounter(kind="softnet", name="softnet", dropped_pkts=dropped, conformed_pkts=processed)
    elif not known:
        yield EMPTY
