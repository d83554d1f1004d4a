"""What the configuration says of BGP: that it is to run, and what neighbours' answers leave out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from netdoctor.model.entities import DEFAULT_VRF
from netdoctor.model.facts import BgpAfi, BgpInstance, BgpSession, Fact, RoutingProcess
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_nxos.bgp_words import afi_safi, peer_name
from netdoctor.platforms.cisco_nxos.reading import Read
from netdoctor.platforms.text import Line, lines
from netdoctor.platforms.values import as_number, count, is_ip

_ROUTER = re.compile(r"router bgp (?P<as>[\d.]+)$")
_VRF = re.compile(r"vrf (?P<vrf>\S+)$")
_NEIGHBOR = re.compile(r"neighbor (?P<peer>\S+)(?: remote-as (?P<as>[\d.]+))?$")
_OF_NEIGHBOR = {
    "peer_as": re.compile(r"remote-as ([\d.]+)"),
    "description": re.compile(r"description (\S.*)"),
    "password": re.compile(r"(password) "),
    "ttl": re.compile(r"ttl-security hops (\d+)"),
    "shutdown": re.compile(r"(shutdown)$"),
    "bfd": re.compile(r"(bfd)\b"),
}
_OF_FAMILY = {
    "import": re.compile(r"route-map (\S+) in$"),
    "export": re.compile(r"route-map (\S+) out$"),
    "limit": re.compile(r"maximum-prefix (\d+)"),
}


@command(
    "show running-config bgp",
    area="bgp",
    gives=(RoutingProcess, BgpInstance, BgpSession, BgpAfi),
    aliases=("show run bgp", "show running-config | section bgp"),
)
def configuration(output: str) -> Read:
    """The process, and each neighbour as it stands there; what it takes from a template is not followed."""
    told = [line for line in lines(output) if not line.text.lstrip().startswith("!")]
    start = next((n for n, line in enumerate(told) if _ROUTER.match(line.text.strip())), None)
    if start is None:
        if any("feature bgp" in line.text for line in told) or "!Command" in output:
            yield EMPTY
        return
    yield RoutingProcess(protocol="bgp", name="bgp", configured=True)
    yield from _process(told[start + 1 :], _ROUTER.match(told[start].text.strip()))


def _indent(line: Line) -> int:
    return len(line.text) - len(line.text.lstrip())


def _process(told: list[Line], router: re.Match[str] | None) -> Iterator[Fact]:
    vrf, drained = DEFAULT_VRF, False
    for number, line in enumerate(told):
        if _indent(line) == 0:
            break
        text = line.text.strip()
        if found := _VRF.match(text):
            vrf = found["vrf"]
        elif text == "graceful-shutdown activate" and _indent(line) <= 2:
            drained = True
        elif (found := _NEIGHBOR.match(text)) and is_ip(found["peer"]):
            yield from _neighbor(vrf, found, _below(told, number))
    yield BgpInstance(local_as=as_number(router["as"]) if router else None, graceful_shutdown=drained)


def _below(told: list[Line], number: int) -> list[Line]:
    """The lines that stand deeper than one, up to the next that does not."""
    inner: list[Line] = []
    for line in told[number + 1 :]:
        if _indent(line) <= _indent(told[number]):
            break
        inner.append(line)
    return inner


def _first(pattern: re.Pattern[str], inner: list[Line]) -> str | None:
    return next((found[1] for line in inner if (found := pattern.match(line.text.strip()))), None)


def _neighbor(vrf: str, head: re.Match[str], inner: list[Line]) -> Iterator[Fact]:
    told: dict[str, Any] = {name: _first(pattern, inner) for name, pattern in _OF_NEIGHBOR.items()}
    inherits = any(line.text.strip().startswith("inherit ") for line in inner)
    absent = None if inherits else False
    peer = peer_name(head["peer"])
    yield BgpSession(
        vrf=vrf,
        peer=peer,
        peer_as=as_number(head["as"] or told["peer_as"]) or None,
        description=told["description"],
        admin_up=False if told["shutdown"] else None,
        auth_configured=True if told["password"] else absent,
        gtsm_enabled=True if told["ttl"] else absent,
        ttl_security_hops=count(told["ttl"]),
        bfd_enabled=True if told["bfd"] else absent,
    )
    for number, line in enumerate(inner):
        text = line.text.strip()
        if text.startswith("address-family "):
            yield _family(vrf, peer, text.removeprefix("address-family "), _below(inner, number))


def _family(vrf: str, peer: str, name: str, inner: list[Line]) -> BgpAfi:
    told = {key: _first(pattern, inner) for key, pattern in _OF_FAMILY.items()}
    return BgpAfi(
        vrf=vrf,
        peer=peer,
        afi_safi=afi_safi(name),
        prefix_limit_count=count(told["limit"]),
        import_policy=told["import"],
        export_policy=told["export"],
    )
