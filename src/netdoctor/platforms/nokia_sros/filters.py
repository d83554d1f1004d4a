"""Filters: what the data plane's and the control plane's rules dropped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Final

from netdoctor.model.events import Note
from netdoctor.model.facts import DropCounter, Fact
from netdoctor.platforms.base import command
from netdoctor.platforms.nokia_sros.reading import Read, each, on_request, pairs, said, unless_none
from netdoctor.platforms.text import Block, blocks
from netdoctor.platforms.values import clean, count, is_ip

_ENTRY: Final = re.compile(r"^(?:Entry(?: Id)?|Entry id) +: (?P<entry>\d+)", re.M)
_FILTER: Final = re.compile(r"^(?:Filter Id|Filter Name|Filter Type) +: (?P<name>\S+)", re.M)
_MATCHES: Final = re.compile(r"(?:Ing|Egr)\. Matches *: (\d+)")


@command(
    "show filter ip {filter}",
    area="acl",
    gives=(DropCounter,),
    arguments=on_request,
    aliases=(
        "show filter[ {family}] {filter}[ {how*}]",
        'show filter {family} "{filter*}"[ {how*}]',
    ),
)
def filters(output: str, filter: str = "", family: str = "", how: str = "") -> Read:  # noqa: A002 - the word in the command
    """What each entry of a filter that drops has matched."""
    named = _FILTER.search(output)
    name = clean(named["name"]) if named else filter or "filter"
    yield from unless_none(output, iter(each(blocks(output, _ENTRY), partial(_entry, name))))


def _entry(name: str, block: Block) -> Read:
    found = pairs(block.text)
    action = (found.get("primary action") or found.get("match action") or found.get("action") or "").lower()
    matched = [int(value) for value in _MATCHES.findall(block.text)]
    dropped = count(found.get("dropped pkts", "").split(" ")[0]) if "dropped pkts" in found else None
    total = sum(matched) if matched else None
    drops = "drop" in action or "deny" in action
    port = re.match(r"(\d+)$", said(found.get("dest. port") or found.get("dest port") or "") or "")
    yield DropCounter(
        kind="acl",
        name=f"{name} entry {block.head['entry']}",
        tcp_port=count(port[1]) if port and (found.get("protocol") or "").lower() in {"tcp", "6"} else None,
        peer=_peer(found),
        dropped_pkts=dropped if dropped is not None else total if drops else None,
        conformed_pkts=total if not drops and action else None,
    )


def _peer(found: dict[str, str]) -> str | None:
    """The one host that the entry is about, where it names one."""
    ends = (found.get("src. ip", ""), found.get("dest. ip", ""))
    hosts = [end.partition("/")[0] for end in ends if re.search(r"/(?:32|128)$", end)]
    return hosts[0] if hosts and is_ip(hosts[0]) else None


_CPM: Final = re.compile(r"^(?P<entry>\d+) +(?P<dropped>\d+) +(?P<forwarded>\d+)(?: +\d+)? *$", re.M)


@command(
    "show system security cpm-filter ip-filter",
    area="copp",
    gives=(DropCounter,),
    sampled=True,
    aliases=("show cpm-filter",),
)
@command("show system security cpm-filter ipv6-filter", area="copp", gives=(DropCounter,), sampled=True)
def cpm(output: str) -> Read:
    """What each entry of the control plane's filter dropped and let pass: a filter, and no policer."""
    yield from unless_none(output, _cpm(output))


def _cpm(output: str) -> Iterator[Fact | Note]:
    family = "ipv6-filter" if "IPv6" in output[:600] else "ip-filter"
    for found in _CPM.finditer(output):
        yield DropCounter(
            kind="acl",
            name=f"cpm {family} entry {found['entry']}",
            dropped_pkts=count(found["dropped"]),
            conformed_pkts=count(found["forwarded"]),
        )


_ENTRIES_MAX: Final = 8
_CPM_NAME: Final = re.compile(r"cpm ip-filter entry (\d+)")


def dropping(facts: Sequence[Fact]) -> Iterable[dict[str, str]]:
    """The entries of the control plane's filter that dropped anything."""
    drops = (fact for fact in facts if isinstance(fact, DropCounter) and fact.dropped_pkts)
    found = (known[1] for fact in drops if (known := _CPM_NAME.fullmatch(fact.name)))
    return ({"number": entry} for entry in list(dict.fromkeys(found))[:_ENTRIES_MAX])


@command(
    "show system security cpm-filter ip-filter entry {number}",
    area="copp",
    gives=(DropCounter,),
    sampled=True,
    arguments=dropping,
)
def cpm_entries(output: str, number: str = "") -> Read:
    """One entry in full: what it matches, too."""
    yield from unless_none(output, iter(each(blocks(output, _ENTRY), partial(_entry, "cpm ip-filter"))))
