"""Port channels and MLAG, as EOS prints them in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from netdoctor.model.facts import Fact, LagMember, MlagDomain
from netdoctor.platforms.arista_eos.dialect import normalise_interface
from netdoctor.platforms.arista_eos.lag import partner_key, partner_system, why
from netdoctor.platforms.arista_eos.reading import Read, on_request
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.text import Block, blocks, each, fields, lines
from netdoctor.platforms.values import text

_LAG = re.compile(
    r"^\s*(?P<lag>Po\d+)\((?P<state>\w)\S*\)\s+(?P<protocol>\S+)(?P<ports>.*(?:\n {30,}.*)*)", re.MULTILINE
)
_PORT = re.compile(r"(?P<name>(?:P?Et|Ma)\d[\d/]*)\((?P<flags>[^)]*)\)")


@command("show port-channel summary", area="lag", gives=(LagMember,), arguments=on_request)
def summary(output: str) -> Read:
    """The members of every port channel, by their flags."""
    for found in _LAG.finditer(output):
        for port in _PORT.finditer(found["ports"]):
            name = port["name"]
            yield LagMember(
                lag=normalise_interface(found["lag"]),
                interface=f"Peer{normalise_interface(name[1:])}"
                if name.startswith("P")
                else normalise_interface(name),
                state=_state(port["flags"]),
            )
    if "Number of channels" in output:
        yield EMPTY


def _state(flags: str) -> Literal["bundled", "suspended", "individual", "down"] | None:
    signs: tuple[tuple[str, Literal["bundled", "suspended", "individual", "down"]], ...] = (
        ("P", "bundled"),
        ("D", "down"),
        ("s", "suspended"),
        ("I", "individual"),
        ("w", "suspended"),
        ("i", "suspended"),
    )
    return next((state for sign, state in signs if sign in flags), None)


_CHANNEL = re.compile(r"^ *Port Channel (?P<lag>Port-Channel\d+)[^\n]*:\s*$", re.MULTILINE)
_ACTIVE = re.compile(
    r"^ *Active Ports: *(?P<names>[^\n]*)\n?(?P<rows>(?:[^\S\n]{3,}[^\n]*\n?)*)", re.MULTILINE
)
_INACTIVE = re.compile(
    r"^ *Configured, but inactive ports:[^\n]*\n(?P<rows>(?:[^\S\n]{3,}[^\n]*\n?)*)", re.MULTILINE
)
_MEMBER = re.compile(
    r"^\s*(?P<name>(?:Peer)?Ethernet\d\S*)(?: +(?:\d+/\d+/\d+ )?\d+:\d\d:\d\d)?(?: +(?P<reason>\S.*))? *$",
    re.MULTILINE,
)


@command(
    "show port-channel",
    area="lag",
    gives=(LagMember,),
    arguments=on_request,
    aliases=(
        "show port-channel {number}[ detailed]",
        "show port-channel detailed",
        "show port-channel dense",
    ),
)
def channels(output: str) -> Read:
    """The members of every port channel, and why one does not carry traffic."""
    found = list(blocks(output, _CHANNEL))
    yield from each(found, _members)
    if found:
        yield EMPTY


def _members(block: Block) -> Iterator[Fact]:
    lag = block.head["lag"]
    if active := _ACTIVE.search(block.text):
        rows = [row["name"] for row in _MEMBER.finditer(active["rows"])]
        for name in (*active["names"].split(), *rows):
            yield LagMember(lag=lag, interface=name, state="bundled")
    if inactive := _INACTIVE.search(block.text):
        for row in _MEMBER.finditer(inactive["rows"]):
            reason = text(row["reason"])
            yield LagMember(lag=lag, interface=row["name"], state=why(reason or ""), reason=reason)


_LACP_LAG = re.compile(r"^ *Port Channel (?P<lag>Port-Channel\d+)")
_LACP_PORT = re.compile(
    r"^\s*(?P<name>(?:P?Et|Ma)\d[\d/]*)\s+(?P<state>[A-Z][\w -]*?)\s*\|\s*(?P<system>[0-9a-fA-F]+,\S+)\s+"
    r"(?P<port>\d+)\s+(?P<flags>\S+)\s+(?P<key>0x[0-9a-fA-F]+)"
)


@command(
    "show lacp peer",
    area="lag",
    gives=(LagMember,),
    arguments=on_request,
    aliases=("show lacp neighbor", "show lacp {number} [peer|neighbor]"),
)
def lacp(output: str) -> Read:
    """What LACP heard from the other end of every member."""
    lag = ""
    for line in lines(output):
        if channel := _LACP_LAG.match(line.text):
            lag = channel["lag"]
        elif lag and (found := _LACP_PORT.match(line.text)):
            yield LagMember(
                lag=lag,
                interface=normalise_interface(found["name"]),
                state="bundled" if found["state"] == "Bundled" else None,
                partner_system=partner_system(found["system"]),
                partner_key=partner_key(found["key"]),
                partner_interface=found["port"] if found["port"] != "0" else None,
            )
    if "Sys-id" in output:
        yield EMPTY


@command("show mlag", area="lag", gives=(MlagDomain,), arguments=on_request, aliases=("show mlag detail",))
def mlag(output: str) -> Read:
    """The state of the pairing; none where MLAG is disabled."""
    said = fields(output)
    state = (text(said.get("state")) or "").lower()
    if state == "disabled":
        yield EMPTY
    elif state:
        yield from _domain(state, said)


def _domain(state: str, said: dict[str, str]) -> Iterator[Fact]:
    negotiation = (text(said.get("negotiation status")) or "").lower()
    link = text(said.get("peer-link status"))
    config = text(said.get("peer-config"))
    yield MlagDomain(
        domain=text(said.get("domain-id")) or "mlag",
        peer_up=state == "active" and negotiation in {"", "connected"},
        peer_address=text(said.get("peer-address")),
        peer_link=text(said.get("peer-link")),
        peer_link_up=link.lower() == "up" if link else None,
        consistent=config.lower() == "consistent" if config else None,
        reason=None if state == "active" else f"state {state}, negotiation {negotiation or 'unknown'}",
    )
