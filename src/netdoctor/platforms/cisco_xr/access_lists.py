"""Access lists: each rule with the packets that it matched."""

from __future__ import annotations

import re
from collections.abc import Iterator

from netdoctor.model.events import Note
from netdoctor.model.facts import DropCounter, Fact
from netdoctor.platforms.base import command
from netdoctor.platforms.cisco_xr.reading import found_in, said
from netdoctor.platforms.text import Read, lines
from netdoctor.platforms.values import count, is_ip

_LIST = re.compile(r"^ *(?P<family>ipv4|ipv6|ethernet-services) access-list (?P<name>\S+)")
_RULE = re.compile(
    r"^ *(?P<number>\d+) (?P<action>permit|deny) (?P<what>[^(\n]*?) *(?:\((?P<matches>\d+)[^)\n]*\))? *$"
)
_PORT = re.compile(r"\beq (\S+)")
_PORTS = {"bgp": 179, "ssh": 22, "www": 80, "telnet": 23, "domain": 53, "tacacs": 49, "smtp": 25, "ldp": 646}
_HOST = re.compile(r"\bhost (\S+)")


@command(
    "show access-lists afi-all",
    area="acl",
    gives=(DropCounter,),
    aliases=(
        "show access-lists",
        "show access-lists {family}[ {name}]",
        "show access-lists {family} {name} hardware {direction} location {location}",
        "show access-lists {family} {name} hardware {direction} interface {interface*}",
    ),
)
def access_lists(output: str) -> Read:
    """A rule that has matched nothing is printed without a counter."""
    yield from found_in(_rules(output), output)


def _rules(output: str) -> Iterator[Fact | Note]:
    name = ""
    for line in lines(said(output)):
        if head := _LIST.match(line.text):
            name = head["name"]
        elif name and (found := _RULE.match(line.text)):
            yield _rule(name, found)


def _rule(name: str, found: re.Match[str]) -> DropCounter:
    what, matches = found["what"].strip(), count(found["matches"])
    return DropCounter(
        kind="acl",
        name=f"{name} {found['number']} {found['action']} {what}",
        tcp_port=_tcp_port(what),
        peer=next((host for host in _HOST.findall(what) if is_ip(host)), None),
        dropped_pkts=matches if found["action"] == "deny" else None,
        conformed_pkts=matches if found["action"] == "permit" else None,
    )


def _tcp_port(what: str) -> int | None:
    if not what.startswith("tcp "):
        return None
    word = found[1] if (found := _PORT.search(what)) else ""
    return int(word) if word.isdigit() and int(word) < 65536 else _PORTS.get(word)
