"""Ports: the table of all, their descriptions, and one port in detail."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Final, Literal

from netdoctor.model.events import Note
from netdoctor.model.facts import (
    DropCounter,
    Fact,
    Interface,
    LagMember,
    OpticLane,
    QueueCounters,
    Transceiver,
)
from netdoctor.platforms.base import command
from netdoctor.platforms.nokia_sros.modules import lanes, module
from netdoctor.platforms.nokia_sros.queues import drop_reasons, queues
from netdoctor.platforms.nokia_sros.reading import (
    Read,
    each,
    number_of,
    pairs,
    said,
    since_s,
    unless_none,
    yes,
)
from netdoctor.platforms.text import Block, blocks
from netdoctor.platforms.values import clean, count, mac_address, speed_bps

MAX_PORTS: Final = 12
"""So many ports are asked in detail: an answer is 19 kB long, and they come one after the other."""

_ROW = re.compile(
    r"^ ?(?P<port>(?:[\w-]+/|pxc-|[A-D]/)[\w./]+|[\w-]*\d\.[ab])(?:[ ]*\n)?[ ]+"
    r"(?P<admin>Up|Down) +(?:(?P<link>Yes|No) +)?(?P<state>(?:Link )?(?:Up|Down)|[A-Z][a-z]+)"
    r"(?:[ ]+(?P<cfg>\d+)[ ]+(?P<oper>\d+)[ ]+(?P<lag>\S+)[ ]+(?P<mode>[a-z]+)[ ]+(?P<encap>\S+)[ ]+(?"
    r"P<type>\S+)"
    r"|[ ]+(?P<kind>conn|anchor|\S+))?[ ]*(?P<media>.*)$",
    re.M,
)


@lru_cache(maxsize=256)
def media_type(said_of: str) -> str | None:
    """`GIGE-LX` of `MDI GIGE-LX  10km*`: copper's crossover, what was cut off, the padding are left out."""
    words = re.sub(r"^MD[IX](?: +|$)", "", said_of.strip())
    return " ".join(words.rstrip("* ").split()) or None


_DESCRIBED = re.compile(r"^(?P<port>[\w-]+[/.][\w./]*\w)(?:[ ]*\n)? +(?P<text>\S.*)$", re.M)


@command("show port description", area="interface", gives=(Interface,))
def descriptions(output: str) -> Read:
    """What is said of each port; a long name has a line of its own."""
    for found in _DESCRIBED.finditer(output):
        text = clean(found["text"]).strip()
        yield Interface(interface=found["port"], description=text)


_COUNTED = re.compile(r"^ ?(?P<port>[\w-]+[/.][\w./]*\w)(?:[ ]*\n)? +(\d+) +(\d+) +(\d+) +(\d+) *$", re.M)


@command("show port statistics", area="interface", gives=(Interface,), sampled=True)
def statistics(output: str) -> Read:
    """Packets and octets of each port: ingress, then egress."""
    for found in _COUNTED.finditer(output):
        port, in_pkts, in_octets, out_pkts, out_octets = found.groups()
        yield Interface(
            interface=port,
            in_pkts=count(in_pkts),
            in_octets_bytes=count(in_octets),
            out_pkts=count(out_pkts),
            out_octets_bytes=count(out_octets),
        )


def examined(facts: Sequence[Fact]) -> Iterable[dict[str, str]]:
    """The ports that are meant to be up, those that are not up first; connectors tell of their modules."""
    ports = {fact.interface: fact for fact in facts if isinstance(fact, Interface) and fact.admin_up}
    real = [name for name in ports if re.fullmatch(r"(?:\d{1,2}|esat-\d+)(?:/\w+){2,4}", name)]
    wanted = sorted(real, key=lambda name: (bool(ports[name].oper_up), name))
    return ({"port": name} for name in wanted[:MAX_PORTS])


_START = re.compile(
    r"^(?:Description +: (?P<description>.*)\n(?P<more>(?: {10,}\S.*\n){0,3}))?Interface +: (?P<port>\S+)",
    re.M,
)
_HEAD_ENDS = re.compile(r"^(?:Transceiver Data|={20,}\n(?:Traffic|Ethernet|Port) Statistics)", re.M)


@command(
    "show port {port} detail",
    area="interface",
    gives=(Interface, LagMember, Transceiver, OpticLane, QueueCounters, DropCounter),
    sampled=True,
    arguments=examined,
    aliases=("show port detail", "show port {port} optical", "show port {port} ethernet detail"),
)
def detail(output: str, port: str = "", at: datetime | None = None) -> Read:
    """One port or several in full: state, counters, module, light, queues, reasons of drops."""
    yield from each(blocks(output, _START), lambda block: _port(block, at))


def _port(block: Block, at: datetime | None) -> Read:
    name, text = block.head["port"], block.text
    ends = _HEAD_ENDS.search(text)
    head = pairs(text[: ends.start()] if ends else text)
    yield _interface(name, block, head, at)
    if group := re.search(r"(?:(active|standby) )?in lag (\d+)", head.get("oper state", ""), re.I):
        active = {"active": "bundled", "standby": "suspended"}.get((group[1] or "").lower())
        yield LagMember(lag=f"lag-{group[2]}", interface=name, state=active)  # type: ignore[arg-type]  # one of the words of the table
    counted = max(text.find("\nTraffic Statistics"), 0) or len(text)
    queued = max(text.find("\nQueue Statistics"), 0) or len(text)
    yield from module(name, text[:counted])
    yield from lanes(name, text[:counted])
    yield from drop_reasons(name, text[counted:queued])
    yield from queues(name, text[queued:], _rate(head.get("egress rate")))


def _interface(name: str, block: Block, head: dict[str, str], at: datetime | None) -> Interface:
    counted = _counters(block.text.partition("\nQueue Statistics")[0])
    words = " ".join((f"{block.head['description'] or ''} {block.head['more'] or ''}").split())
    state = (head.get("oper state") or "").lower()
    return Interface(
        interface=name,
        admin_up=yes(head.get("admin state")),
        oper_up=bool(re.match(r"(?:link )?up\b", state)) if state else None,
        oper_reason=_reason(head),
        description=clean(words) or None,
        mac=mac_address(head.get("hardware address", "")),
        mtu_bytes=number_of(head.get("mtu") or head.get("oper mtu")),
        mtu_header_bytes=header_bytes(head.get("encap type")),
        speed_bps=_speed(head.get("oper speed")),
        duplex=_duplex(head),
        autoneg=_autoneg(head.get("auto-negotiate")),
        fec_mode=fec_mode(head.get("rs-fec oper mode")),
        last_change_s=since_s(head.get("last state change"), at),
        carrier_transitions_count=number_of(head.get("phys state chng cnt")),
        **counted,
    )


def _rate(value: str | None) -> int | None:
    """An egress rate in bit/s: SR OS prints kbit/s, and `Default` for none."""
    kilobits = number_of(value)
    return kilobits * 1000 if kilobits else None


def _reason(head: dict[str, str]) -> str | None:
    """Why a port is down: what SR OS says, or the loop that made it close the port."""
    looped = yes(head.get("loop detected")) and yes(head.get("down-when-looped"))
    closed = "err-disabled (loop detected)" if looped else None
    return said(head.get("reason down") or head.get("oper state reason")) or closed


def _speed(value: str | None) -> int | None:
    found = said(value)
    return speed_bps(found) if found and re.search(r"\d", found) else None


def _duplex(head: dict[str, str]) -> Literal["full", "half"] | None:
    word = (said(head.get("oper duplex")) or "").lower()
    return "full" if word == "full" else "half" if word == "half" else None


def _autoneg(value: str | None) -> bool | None:
    """`limited` negotiates too, at one speed and duplex only."""
    return True if (value or "").strip() == "limited" else yes(value)


@lru_cache(maxsize=256)
def fec_mode(value: str | None) -> str | None:
    """The common word for `cl91-514-528` (IEEE 802.3 clause 91) and `cl74` (clause 74)."""
    word = (value or "").strip().lower()
    if word in {"", "n/a", "not-applicable"}:
        return None
    known = (
        ("none", "disabled"),
        ("disable", "disabled"),
        ("cl74", "fire-code"),
        ("fire", "fire-code"),
        ("cl", "reed-solomon"),
        ("rs", "reed-solomon"),
    )
    return next((ours for start, ours in known if word.startswith(start)), word)


_BOTH_WAYS = re.compile(r"^(Octets|Packets|Errors|Discards) +(\d+) +(\d+) *$", re.M)
_WAYS = {
    "Octets": ("in_octets_bytes", "out_octets_bytes"),
    "Packets": ("in_pkts", "out_pkts"),
    "Errors": ("in_errors_count", "out_errors_count"),
    "Discards": ("in_discards_count", "out_discards_count"),
}
_ONE = re.compile(r"(FCS Errors|Late Collisions|Undersize Pckts|Oversize Pckts) *: +(\d+)")
_NAMES = {
    "FCS Errors": "in_fcs_errors_count",
    "Late Collisions": "late_collisions_count",
    "Undersize Pckts": "in_runts_count",
    "Oversize Pckts": "in_giants_count",
}


def _counters(text: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, into, out in _BOTH_WAYS.findall(text):
        found.setdefault(_WAYS[name][0], count(into))
        found.setdefault(_WAYS[name][1], count(out))
    for name, value in _ONE.findall(text):
        found.setdefault(_NAMES[name], count(value))
    return found


@command(
    "show port",
    area="interface",
    gives=(Interface, LagMember, Transceiver),
    aliases=("show port {ports*}",),
)
def table(output: str, ports: str = "") -> Read:
    """Every port. A connector (`1/1/c1`) has a module and no MTU; its ports (`1/1/c1/1`) have no module."""
    yield from unless_none(output, _rows(output))


_HEADERS: Final = {"null": 14, "dotq": 18, "dot1q": 18, "qinq": 22}


def header_bytes(encapsulation: str | None) -> int | None:
    """So much of a port's MTU is the Ethernet header with its tags."""
    return _HEADERS.get((encapsulation or "").lower())


def _single_ports(ports: Iterable[str]) -> dict[str, str]:
    """A connector's one port by the connector's name: what its module shows is of that port.

    Broken out into several ports, a connector is none of them.
    """
    found: dict[str, list[str]] = {}
    for port in ports:
        connector, _, _ = port.rpartition("/")
        if re.search(r"/c\d+$", connector):
            found.setdefault(connector, []).append(port)
    return {connector: inside[0] for connector, inside in found.items() if len(inside) == 1}


def _rows(output: str) -> Iterator[Fact | Note]:
    rows = list(_ROW.finditer(output))
    single = _single_ports(row["port"] for row in rows)
    for found in rows:
        port = found["port"]
        yield Interface(
            interface=port,
            admin_up=found["admin"] == "Up",
            oper_up=found["state"] in {"Up", "Link Up"},
            oper_reason=found["state"].lower() if found["state"] in {"Ghost", "Diag"} else None,
            mtu_bytes=count(found["oper"]),
            mtu_header_bytes=header_bytes(found["encap"]),
            lower_layer=single.get(port),
            kind="management" if re.match(r"[A-D]/\d", port) else "ethernet",
        )
        if found["lag"] and found["lag"].isdigit():
            yield LagMember(lag=f"lag-{found['lag']}", interface=port)
        if media := media_type(clean(found["media"])):
            yield Transceiver(interface=port, present=True, media_type=media)
