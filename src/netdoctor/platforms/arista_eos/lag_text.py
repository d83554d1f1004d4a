"""Port channels and MLAG, as EOS prints them in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from netdoctor.model.facts import Fact, LagMember, MlagDomain
from netdoctor.platforms.arista_eos.dialect import normalise_interface
from netdoctor.platforms.arista_eos.reading import Read, on_request
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.text import fields
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
