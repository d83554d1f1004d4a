"""`show running-config router bgp`: what of a session is configured and nowhere else told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from netdoctor.model.facts import BgpInstance, BgpSession, Fact, RoutingProcess
from netdoctor.platforms.base import command
from netdoctor.platforms.cisco_xr.reading import found_in, said
from netdoctor.platforms.text import Read, lines
from netdoctor.platforms.values import as_number, is_ip

_ROUTER = re.compile(r"^router bgp (?P<asn>[\d.]+)")
_PLACE = re.compile(r"^(?P<indent> *)(?P<what>vrf|neighbor|neighbor-group|session-group) (?P<name>\S+) *$")
_MAINTENANCE = re.compile(r"^ bgp graceful-maintenance activate\b")
_ROUTER_ID = re.compile(r"^ bgp router-id (?P<address>[\d.]+)")


@command("show running-config router bgp", area="bgp", gives=(BgpInstance, BgpSession, RoutingProcess))
def configuration(output: str) -> Read:
    """Indents say what belongs to what; a neighbour's group may say more than the neighbour itself."""
    yield from found_in(_facts(output), output)


def _facts(output: str) -> Iterator[Fact]:
    reader = _Configuration()
    for line in lines(said(output)):
        yield from reader.read(line.text)
    yield from reader.neighbor()
    if reader.instance:
        yield BgpInstance(**reader.instance)
        yield RoutingProcess(protocol="bgp", name="bgp", configured=True)


class _Configuration:
    """Where in the configuration a line stands, and what was said of the neighbour there."""

    def __init__(self) -> None:
        self.instance: dict[str, Any] = {}
        self._vrf = "default"
        self._indent = 0
        self._told: dict[str, Any] | None = None

    def read(self, text: str) -> Iterator[BgpSession]:
        if router := _ROUTER.match(text):
            self.instance = {"local_as": as_number(router["asn"]), "graceful_shutdown": False}
        elif _MAINTENANCE.match(text):
            self.instance["graceful_shutdown"] = True
        elif found := _ROUTER_ID.match(text):
            self.instance["router_id"] = found["address"]
        elif place := _PLACE.match(text):
            yield from self.neighbor()
            self._enter(place)
        elif self._told is not None and text.startswith(" " * (self._indent + 1)):
            self._say(text.strip())

    def neighbor(self) -> Iterator[BgpSession]:
        """The neighbour that ends here."""
        if self._told:
            yield BgpSession(**self._told)
        self._told = None

    def _enter(self, place: re.Match[str]) -> None:
        self._indent = len(place["indent"])
        if place["what"] == "vrf":
            self._vrf = place["name"]
        elif place["what"] == "neighbor" and is_ip(place["name"]):
            vrf = self._vrf if self._indent > 1 else "default"
            self._told = {"vrf": vrf, "peer": place["name"]}

    def _say(self, words: str) -> None:
        told = self._told if self._told is not None else {}
        first, _, rest = words.partition(" ")
        if first == "remote-as":
            told["peer_as"] = as_number(rest)
        elif first in {"password", "keychain", "ao"}:
            told["auth_configured"] = True
        elif first == "ttl-security":
            told["gtsm_enabled"] = True
        elif words == "shutdown":
            told["admin_up"] = False
        elif first == "description":
            told["description"] = rest
