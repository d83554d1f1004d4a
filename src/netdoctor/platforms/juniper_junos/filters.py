"""What the terms of packet filters match that discard it, out of the configuration."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from netdoctor.model.facts import DropCounter
from netdoctor.platforms.base import command
from netdoctor.platforms.juniper_junos.configuration import Path, statements
from netdoctor.platforms.juniper_junos.reading import Read, or_empty
from netdoctor.platforms.values import is_ip

_PORTS: Final = {"bgp": 179, "ssh": 22, "ldp": 646, "msdp": 639, "tacacs": 49, "telnet": 23, "snmp": 161}
"""Junos writes a port that has a name by its name."""
_HOST: Final = re.compile(r"([\da-fA-F.:]+)/(?:32|128)")


@command(
    "show configuration firewall | no-more",
    area="acl",
    gives=(DropCounter,),
    sampled=True,
    aliases=("show configuration firewall[ {rest*}]",),
)
def filters(output: str) -> Read:
    """The TCP port and the address of every term that counts and discards, under its counter's name."""
    terms: dict[Path, list[tuple[Path, str]]] = {}
    for path, text in statements(output):
        place = next((n for n, part in enumerate(path) if part.startswith("term ")), None)
        if place is not None and not any(part.startswith("inactive:") for part in path):
            terms.setdefault(path[: place + 1], []).append((path[place + 1 :], text))
    found = (counter for path, said in terms.items() for counter in _term(path, said))
    yield from or_empty(found, known=bool(terms) or not output.strip())


def _term(path: Path, said: list[tuple[Path, str]]) -> Iterator[DropCounter]:
    actions = {text for place, text in said if place[:1] == ("then",)}
    actions |= {text.removeprefix("then ") for place, text in said if not place}
    counter = next((text.split()[1] for text in actions if re.fullmatch(r"count \S+", text)), None)
    name = next((part.split()[1] for part in path if part.startswith("filter ")), None)
    if counter is None or name is None or not any(re.match(r"discard|reject", text) for text in actions):
        return
    matches = [(place[1:], text) for place, text in said if place[:1] == ("from",)]
    ports = [port for _, text in matches for port in _ports(text)]
    hosts = [
        host[1] for place, text in matches if "source-address" in place and (host := _HOST.fullmatch(text))
    ]
    yield DropCounter(
        kind="acl",
        name=f"{name} {counter}",
        tcp_port=ports[0] if len(ports) == 1 and ("", "protocol tcp") in _flat(matches) else None,
        peer=hosts[0] if len(hosts) == 1 and is_ip(hosts[0]) else None,
    )


def _flat(matches: list[tuple[Path, str]]) -> set[tuple[str, str]]:
    return {("/".join(place), text) for place, text in matches}


def _ports(text: str) -> list[int]:
    """The ports of `destination-port bgp` or `port [ 179 22 ]`."""
    found = re.fullmatch(r"(?:destination-)?port (?:\[ *)?([\w -]+?)(?: *\])?", text)
    words = found[1].split() if found else []
    return [
        int(word) if word.isdigit() else _PORTS[word] for word in words if word.isdigit() or word in _PORTS
    ]
