"""IS-IS adjacencies and interfaces (ISO 10589)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from netdoctor.model.events import Note
from netdoctor.model.facts import Fact, IsisAdjacency, IsisInstance, IsisInterface
from netdoctor.platforms.base import command
from netdoctor.platforms.nokia_sros.reading import (
    Read,
    each,
    number_of,
    pairs,
    said,
    titled,
    unless_none,
    yes,
)
from netdoctor.platforms.text import Block, blocks
from netdoctor.platforms.values import clean, count, duration_s, is_ip, number

_STATES: Final[dict[str, Any]] = {"up": "up", "down": "down", "init": "init", "initializing": "init"}
_ROW = re.compile(
    r"^(?P<system>\S+)(?:[ ]*\n)? +(?P<usage>L1L2|L1/L2|L1|L2) +(?P<state>\S+) +(?P<hold>\d+) +(?"
    r"P<interface>\S.*?)"
    r"(?: +(?P<mt>\d[\d,]*))? *$",
    re.M,
)


def level(word: str | None) -> Any:
    """`L1L2`, `level2` as `1-2`, `2`."""
    digits = "".join(sorted(set(re.findall(r"[12]", word or ""))))
    return {"1": "1", "2": "2", "12": "1-2"}.get(digits)


def adjacency_state(word: str | None) -> Any:
    """SR OS's state as ours."""
    return _STATES.get((word or "").strip().lower())


_NO_ADDRESS: Final = frozenset({"::", "0.0.0.0"})  # noqa: S104 - not a bind address
_HOST = re.compile(r"^Hostname *: *(?P<host>\S*)[^\n]*\n+SystemID *: *(?P<system>\S+)", re.M)
_SYSTEM = re.compile(r"^SystemID *: *(?P<system>\S+)", re.M)


@command(
    "show router isis adjacency detail",
    area="isis",
    gives=(IsisAdjacency,),
    aliases=("show router[ {router}] isis[ {instance}] adjacency[ {interface}] detail",),
)
def details(output: str, router: str = "", instance: str = "", interface: str = "") -> Read:
    """Every adjacency in full."""
    yield from unless_none(output, _details(output))


def _details(output: str) -> Iterator[Fact | Note]:
    start = _HOST if _HOST.search(output) else _SYSTEM
    for _, vrf, text in titled(output):
        yield from each(blocks(text, start), partial(_detail, vrf))


def _detail(vrf: str, block: Block) -> Read:
    found = pairs(block.text)
    interface = said(found.get("interface"))
    if not interface:
        raise ValueError("an adjacency without an interface")
    told = (found.get("ipv4 neighbor"), found.get("ipv6 neighbor"))
    addresses = tuple(
        address for address in told if address and is_ip(address) and address not in _NO_ADDRESS
    )
    yield IsisAdjacency(
        vrf=vrf,
        interface=interface,
        neighbor=said(found.get("hostname")) or found["systemid"],
        level=level(found.get("adj level") or found.get("l. circ typ")),
        adjacency_state=adjacency_state(found.get("state")),
        up_for_s=duration_s(found.get("up time")) if adjacency_state(found.get("state")) == "up" else None,
        system_id=said(found.get("systemid")),
        hold_time_s=number(found.get("hold time")),
        area=said(found.get("area address") or found.get("area")),
        addresses=addresses or None,
    )


_INTERFACE = re.compile(
    r"^(?P<interface>\S(?:\S| (?! )){0,80}?)(?:[ ]*\n)? +(?P<level>L1L2|L1/L2|L1|L2) +(?P<circuit>\d+) +"
    r"(?P<state>Up|Down)(?: +(?P<one>\d+|-)/(?P<two>\d+|-))?(?: +(?P<type>\S+))? *$",
    re.M,
)


_DETAILED = re.compile(r"^Interface +: (?P<interface>\S.*?)(?: {2,}.*)?$", re.M)
_AUTH = re.compile(r"\bAuth Type +: (?P<type>\S+)")


@command(
    "show router isis interface detail",
    area="isis",
    gives=(IsisInterface,),
    aliases=("show router[ {router}] isis[ {instance}] interface[ {interface}] detail",),
)
def interface_details(output: str, router: str = "", instance: str = "", interface: str = "") -> Read:
    """Every interface in full: how its hellos, or those of a level, are authenticated; is it passive."""
    yield from unless_none(output, _interface_details(output))


def _interface_details(output: str) -> Iterator[Fact | Note]:
    for _, vrf, text in titled(output):
        yield from each(blocks(text, _DETAILED), partial(_interface_detail, vrf))


def _interface_detail(vrf: str, block: Block) -> Read:
    found = pairs(block.text)
    types = [word for row in _AUTH.finditer(block.text) if (word := row["type"].lower()) != "none"]
    used = level(found.get("level capability"))
    yield IsisInterface(
        vrf=vrf,
        interface=clean(block.head["interface"]),
        level=used,
        oper_up=yes(found.get("oper state")),
        network_type=_network(found.get("type")),
        passive=yes(found.get("passive")),
        auth_type=types[0] if types else "none" if "auth type" in found else None,
        metric=number_of(found.get("metric")),
    )


@command(
    "show router isis interface",
    area="isis",
    gives=(IsisInterface,),
    aliases=("show router[ {router}] isis[ {instance}] interface[ {interface}]",),
)
def interfaces(output: str, router: str = "", instance: str = "", interface: str = "") -> Read:
    """Every interface; the metric is that of the level in use, the lower one's where both are."""
    yield from unless_none(output, _interfaces(output))


def _interfaces(output: str) -> Iterator[Fact | Note]:
    for _, vrf, text in titled(output):
        for found in _INTERFACE.finditer(text):
            used = level(found["level"])
            yield IsisInterface(
                vrf=vrf,
                interface=clean(found["interface"]),
                level=used,
                oper_up=found["state"] == "Up",
                metric=count(found["two"] if used == "2" else found["one"]),
                network_type=_network(found["type"]),
            )


def _network(word: str | None) -> Any:
    found = re.sub(r"[^a-z0-9]", "", (word or "").lower())
    return {
        "p2p": "point_to_point",
        "pointtopoint": "point_to_point",
        "pttopt": "point_to_point",
        "broadcast": "broadcast",
        "bcast": "broadcast",
    }.get(found)


_AREA = re.compile(r"^Area Address(?:es)? *: *(\S+)", re.M)


@command(
    "show router isis status",
    area="isis",
    gives=(IsisInstance,),
    aliases=("show router[ {router}] isis[ {instance}] status",),
)
def status(output: str, router: str = "", instance: str = "") -> Read:
    """The process: system id, areas, level, overload."""
    yield from unless_none(output, _status(output, instance))


def _status(output: str, instance: str) -> Iterator[Fact | Note]:
    for _, vrf, text in titled(output):
        found = pairs(text)
        if not (system := said(found.get("isis oper system id") or found.get("oper system id"))):
            continue
        overload = [value.lower() for name, value in found.items() if name.endswith("overload status")]
        yield IsisInstance(
            vrf=vrf,
            name=str(number_of(instance) or 0),
            system_id=system,
            level=level(found.get("oper level") or found.get("level capability")),
            areas=tuple(dict.fromkeys(_AREA.findall(text))) or None,
            overload=any("not" not in word for word in overload) if overload else None,
        )


@command(
    "show router isis adjacency",
    area="isis",
    gives=(IsisAdjacency,),
    aliases=(
        "show router[ {router}] isis[ {instance}] adjacency[ {interface}]",
        'show router "{router}" isis[ {instance}] adjacency',
    ),
)
def adjacencies(output: str, router: str = "", instance: str = "", interface: str = "") -> Read:
    """Every adjacency; the neighbour's name, or its system id while the name is not known."""
    yield from unless_none(output, _adjacencies(output))


def _adjacencies(output: str) -> Iterator[Fact | Note]:
    for _, vrf, text in titled(output):
        for found in _ROW.finditer(text):
            yield IsisAdjacency(
                vrf=vrf,
                interface=clean(found["interface"]),
                neighbor=clean(found["system"]),
                level=level(found["usage"]),
                adjacency_state=adjacency_state(found["state"]),
                hold_time_s=number(found["hold"]),
            )
