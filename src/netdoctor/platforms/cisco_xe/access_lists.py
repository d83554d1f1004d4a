"""Access lists: what their rules met."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from netdoctor.model.facts import DropCounter
from netdoctor.platforms.base import command
from netdoctor.platforms.text import Line, Read, blocks, each, first, lines

_LIST = re.compile(
    r"^[ \t]*(?:(?:Standard|Extended|Reflexive) )?(?:IP(?:v6)?|MAC) access list (?P<name>\S+)", re.M | re.I
)
_RULE = re.compile(
    r"^\s*(?:(?P<number>\d+)\s+)?(?P<action>permit|deny)\s+(?P<match>\S.*?)"
    r"\s*(?:\((?P<hits>\d+) match(?:es)?[^)]*\))?(?:\s*\((?:time-range[^)]*|(?:in)?active)\))*"
    r"(?:\s+sequence (?P<sequence>\d+))?\s*$",
    re.I,
)
_HOST = re.compile(r"\bhost (\S+)")
_TCP_PORT = re.compile(r"\beq (\S+)")
_PORTS = {"bgp": 179, "ssh": 22, "telnet": 23, "www": 80, "tacacs": 49, "ldp": 646}


@command(
    "show ip access-lists",
    area="acl",
    gives=(DropCounter,),
    sampled=True,
    aliases=(
        "show access-lists[ {name}]",
        "show ip access-lists {name}",
        "show ipv6 access-list[ {name}]",
        "show access-list[ {name}]",
    ),
)
def access_lists(output: str) -> Read:
    """The rules of every list that drop or let through, and how many packets they met.

    IOS prints no number where a rule met none.
    """
    for block in blocks(output, _LIST):
        yield from each(lines(block.text), partial(_rule, block.head["name"]))


def _rule(name: str, line: Line) -> Iterator[DropCounter]:
    found = _RULE.match(line.text)
    if not found:
        return
    number = found["number"] or found["sequence"]
    rule = " ".join(filter(None, (number, found["action"].lower(), found["match"])))
    hits = int(found["hits"] or 0)
    denied = found["action"].lower() == "deny"
    yield DropCounter(
        kind="acl",
        name=f"{name} {rule}",
        tcp_port=_tcp_port(found["match"]),
        peer=first(_HOST, found["match"]),
        dropped_pkts=hits if denied else None,
        conformed_pkts=None if denied else hits,
    )


def _tcp_port(match: str) -> int | None:
    """The port a rule for TCP names, on either side."""
    port = first(_TCP_PORT, match) if match.lower().startswith("tcp") else None
    if port is None:
        return None
    return int(port) if port.isdigit() else _PORTS.get(port.lower())
