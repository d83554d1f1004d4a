"""Access lists: what their rules dropped and let through; and what storm control dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from netdoctor.model.facts import DropCounter
from netdoctor.platforms.arista_eos.reading import (
    Object,
    Read,
    document,
    inner,
    objects,
    on_request,
)
from netdoctor.platforms.arista_eos.reading import (
    each as each_entry,
)
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.text import Block, blocks, each, first
from netdoctor.platforms.values import count, flag, text

_HOST = re.compile(r"\bhost (\S+)")
_TCP_PORT = re.compile(r"\beq (\S+)")
_PORTS = {"bgp": 179, "ssh": 22, "telnet": 23, "www": 80, "https": 443, "ldp": 646}


@command(
    "show ip access-lists | json",
    area="acl",
    gives=(DropCounter,),
    arguments=on_request,
    aliases=("show [ip|ipv6] access-lists[ {name}] | json",),
)
def access_lists(output: str) -> Read:
    """The rules that count. EOS gives no number for a rule that does not."""
    yield from each_entry(document(output), "aclList", _list)
    yield EMPTY


def _list(_: str, entry: Object) -> Iterator[DropCounter]:
    name = text(entry.get("name")) or "?"
    counting = flag(entry.get("countersEnabled"))
    for _, rule in objects(entry.get("sequence")):
        matched = count(inner(rule, "counterData").get("packetCount"))
        said = text(rule.get("text"))
        if said and (matched is not None or counting):
            number = count(rule.get("sequenceNumber"))
            yield _rule(name, said if number is None else f"{number} {said}", said, matched or 0)


_HEAD = re.compile(
    r"^\s*(?:Standard )?(?:IPv?6? |IPV4 |IPv4 )?Access List (?P<name>\S+)(?P<more>.*)$", re.MULTILINE
)
_RULE = re.compile(
    r"^\s*(?P<number>\d+) (?P<rule>(?:permit|deny) [^\[\n]*?)\s*(?:\[match (?P<matched>\d+)[^\]\n]*\])?\s*$",
    re.MULTILINE,
)
_COUNTS = re.compile(r"^\s*(?:statistics|counters) per-entry", re.MULTILINE)


@command(
    "show ip access-lists",
    area="acl",
    gives=(DropCounter,),
    arguments=on_request,
    aliases=("show [ip|ipv6] access-lists[ {name}]", "show [ip|ipv6] access-list[ {name}]"),
)
def access_lists_text(output: str) -> Read:
    """The same in words: a list with `statistics per-entry` prints no number where a rule met nothing."""
    yield from each(blocks(output, _HEAD), _list_text)
    if _HEAD.search(output):
        yield EMPTY


def _list_text(block: Block) -> Iterator[DropCounter]:
    counting = _COUNTS.search(block.text) is not None
    for rule in _RULE.finditer(block.text):
        if counting or rule["matched"]:
            said = rule["rule"]
            yield _rule(block.head["name"], f"{rule['number']} {said}", said, int(rule["matched"] or 0))


def _rule(name: str, rule: str, said: str, matched: int) -> DropCounter:
    denied = said.startswith("deny")
    port = first(_TCP_PORT, said) if said.split()[1:2] == ["tcp"] else None
    return DropCounter(
        kind="acl",
        name=f"{name} {rule}",
        tcp_port=(int(port) if port.isdigit() else _PORTS.get(port)) if port else None,
        peer=first(_HOST, said),
        dropped_pkts=matched if denied else None,
        conformed_pkts=None if denied else matched,
    )


@command("show storm-control | json", area="interface", gives=(DropCounter,), arguments=on_request)
def storm_control(output: str) -> Read:
    """What each port dropped as a storm, by how it casts."""
    yield from each_entry(document(output), "interfaces", _storms)


def _storms(name: str, entry: Object) -> Iterator[DropCounter]:
    for cast, found in objects(entry.get("trafficTypes")):
        yield DropCounter(
            kind="storm_control",
            name=f"{name} {cast}",
            interface=name,
            dropped_pkts=count(found.get("drop")),
        )
