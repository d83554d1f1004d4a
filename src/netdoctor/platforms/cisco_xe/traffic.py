"""`show interfaces`: state, speed, MTU and counters of every interface.

This module's name sorts after those that read `show interfaces status` and its like: a word behind
`show interfaces` that they do not know is an interface.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Literal

from netdoctor.model.facts import Interface, Transceiver
from netdoctor.platforms.base import command
from netdoctor.platforms.cisco_xe.kinds import is_virtual, kind_of, parent_of
from netdoctor.platforms.cisco_xe.names import normalise_interface
from netdoctor.platforms.cisco_xe.reading import Read
from netdoctor.platforms.text import Block, blocks, each, first
from netdoctor.platforms.values import count, mac_address, speed_bps

_START = re.compile(
    r"^[ \t]{0,8}(?P<name>[A-Za-z][^\n,]{0,60}?) is (?P<state>(?:administratively )?\w[\w -]{0,30}?) ?"
    r"(?:\([^)\n]{0,40}\))?, line protocol is (?P<line>\w+)(?P<rest>[^\n]*)",
    re.M,
)
_LINE_PROTOCOL = ", line protocol is "
_HARDWARE = re.compile(r"\n[ \t]*Hardware is ([^\n]*)")
_MANAGEMENT = re.compile(r"(?:RP )?management\b", re.I)
_MAC = re.compile(r"address is ([0-9a-fA-F.:]{14,17})")
_DESCRIPTION = re.compile(r"\n[ \t]*Description: ?([^\n]*)")
_ADDRESS = re.compile(r"\n[ \t]*Internet address is (\d[\d./]+)")
_MTU = re.compile(r"\n[ \t]*MTU (\d+)(?: bytes)?(?:, sub MTU \d+)?(?:, BW (\d+) Kbit)?")
_DUPLEX = re.compile(
    r"\n[ \t]*(Full|Half|Auto|Unknown)[ -]?[Dd]uplex(?:, ([^,\n]+))?(?:, link type is ([\w-]+))?"
    r"(?:, (?:media type is )?([^\n]+))?"
)
_FEC = re.compile(r"\n[ \t]*F(?:EC|ec)(?: mode)? is (\S+)")
_QUEUE = re.compile(
    r"\n[ \t]*Input queue: *-?\d+/\d+/(\d+)/\d+ \(size/max/drops/flushes\); *Total output drops: (\d+)"
)
_OLD_QUEUE = re.compile(r"\n[ \t]*Output queue \d+/\d+, (\d+) drops; input queue \d+/\d+, (\d+) drops")
_IN_RATE = re.compile(r"input rate (\d+) bits/sec")
_OUT_RATE = re.compile(r"output rate (\d+) bits/sec")
_COUNTS = re.compile(
    r"\n[ \t]*(\d+) (packets (?:in|out)put(?=, \d+ bytes)|runts(?=, +\d+ giants)|(?:in|out)put errors"
    r"|carrier transitions)(?:, +(\d+) (?:bytes|giants|CRC))?"
)
_LATE = re.compile(r"babbles?, (\d+) late collision")


@command(
    "show interfaces",
    area="interface",
    gives=(Interface, Transceiver),
    sampled=True,
    aliases=(
        "show interface[s] {interface}",
        "show interface[s] {kind} {number}",
        "show interface",
        "show interface[s] {interface} platform",
    ),
)
def interfaces(output: str) -> Read:
    """One interface a block, its counters with it."""
    yield from each(blocks(output, _START, _LINE_PROTOCOL), _interface)


def _interface(block: Block) -> Read:
    name = normalise_interface(block.head["name"])
    text = block.text
    hardware, description = first(_HARDWARE, text) or "", _DESCRIPTION.search(text)
    address, mtu, wire = _ADDRESS.search(text), _MTU.search(text), _DUPLEX.search(text)
    fec = _FEC.search(text) if "FEC" in text or "Fec" in text else None
    state = _state(block.head)
    yield Interface(
        interface=name,
        lower_layer=parent_of(name),
        **state,
        description=(description[1].strip() or None) if description else None,
        mac=mac_address(first(_MAC, hardware)),
        mtu_bytes=count(mtu[1]) if mtu else None,
        speed_bps=_speed(wire, mtu if state["oper_up"] and not is_virtual(name) else None),
        duplex=_duplex(wire[1]) if wire else None,
        autoneg=_autoneg(wire) if wire else None,
        fec_mode=fec[1].rstrip(".,") if fec else None,
        addresses=(address[1],) if address else None,
        kind="management" if _MANAGEMENT.match(hardware) else kind_of(name),
        virtual=is_virtual(name),
        **_counters(text),
    )
    if wire and (module := media(wire[4])):
        yield Transceiver(interface=name, **module)


_UP = frozenset({"up"})


def _state(head: re.Match[str]) -> dict[str, Any]:
    """Admin and operational state; the reason stands in brackets behind the line protocol's."""
    admin_up = not head["state"].startswith("administratively") and head["state"] != "deleted"
    up = head["line"] == "up" and head["state"] in _UP
    said = re.search(r"\(([^)]+)\)", head["rest"])
    reason = said[1].strip() if said else "administratively down" if not admin_up else None
    if not reason and head["state"] not in {"up", "down"}:
        reason = head["state"]
    return {"admin_up": admin_up, "oper_up": up, "oper_reason": None if up else reason}


def _duplex(word: str) -> Literal["full", "half"] | None:
    return "full" if word == "Full" else "half" if word == "Half" else None


def _autoneg(wire: re.Match[str]) -> bool | None:
    """Told by the link type; a port that has not settled says `Auto-duplex`."""
    if wire[3]:
        return wire[3].lower() == "auto"
    return True if wire[1] == "Auto" else None


def _speed(wire: re.Match[str] | None, mtu: re.Match[str] | None) -> int | None:
    """The speed in words, else the bandwidth of an interface that is up and says no speed."""
    said = speed_bps(wire[2]) if wire and wire[2] else None
    if said is None and mtu and mtu[2] and not (wire and wire[2] and not _is_auto(wire[2])):
        return int(mtu[2]) * 1000 or None
    return said or None


def _is_auto(word: str) -> bool:
    return word.lower().startswith("auto")


_COPPER = re.compile(r"base-?t|^t$|rj-?45|^unknown|virtual|^$|^auto|^unsupported|^n/?a$|hosting|\d/\d", re.I)


@lru_cache(maxsize=1024)
def media(words: str | None) -> dict[str, Any] | None:
    """What the media type tells of the module; None for copper ports, which have none."""
    said = re.sub(r"^media type is\b", "", (words or "").strip()).strip()
    if said.lower() in {"not present", "no transceiver", "no xcvr", "no gbic", "no connector"}:
        return {"present": False}
    if _COPPER.search(said) and "sfp" not in said.lower():
        return None
    return {"present": True, "media_type": said}


def _counters(text: str) -> dict[str, Any]:
    """Counters; input drops stand in the input queue, output drops in the total."""
    found: dict[str, Any] = {}
    for names, pattern in _RATES_AND_DROPS:
        if match := pattern.search(text):
            found.update(zip(names, map(count, match.groups()), strict=True))
    for one, words, other in _COUNTS.findall(text):
        for name, digits in zip(_COUNTED[words], (one, other), strict=False):
            if name not in found:
                found[name] = count(digits)
    if "in_discards_count" not in found and (old := _OLD_QUEUE.search(text)):
        found |= {"out_discards_count": count(old[1]), "in_discards_count": count(old[2])}
    return found


_RATES_AND_DROPS: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = (
    (("in_discards_count", "out_discards_count"), _QUEUE),
    (("in_rate_bps",), _IN_RATE),
    (("out_rate_bps",), _OUT_RATE),
    (("late_collisions_count",), _LATE),
)
_COUNTED: dict[str, tuple[str, ...]] = {
    "packets input": ("in_pkts", "in_octets_bytes"),
    "packets output": ("out_pkts", "out_octets_bytes"),
    "runts": ("in_runts_count", "in_giants_count"),
    "input errors": ("in_errors_count", "in_fcs_errors_count"),
    "output errors": ("out_errors_count",),
    "carrier transitions": ("carrier_transitions_count",),
}
