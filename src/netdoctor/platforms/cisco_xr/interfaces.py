"""`show interfaces`: state, rates and counters of every interface."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Literal

from netdoctor.model.facts import Interface, LagMember
from netdoctor.platforms.base import command
from netdoctor.platforms.cisco_xr.dialect import normalise_interface
from netdoctor.platforms.cisco_xr.reading import each_marked, row
from netdoctor.platforms.text import Block, Read
from netdoctor.platforms.values import duration_s, mac_address

_HEAD = re.compile(
    r"^ {0,24}(?P<name>[A-Za-z][\w./:-]{0,60}) is (?P<state>[A-Za-z][\w -]{0,40}?), "
    r"line protocol is (?P<protocol>[A-Za-z][\w -]{0,40}?)[ \t\r]*(?:\([^\n]*)?$"
)
_STATE_CHANGES = re.compile(r"Interface state transitions: *(\d+)")
_MAC = re.compile(r"address is ([0-9a-fA-F.]{14})")
_DESCRIPTION = re.compile(r"Description: *([^\n]*)")
_ADDRESS = re.compile(r"Internet address is (\d[\d.]+(?:/\d+)?)")
_MTU = re.compile(r"MTU (\d+) bytes(?:, BW (\d+) Kbit(?: +\(Max: (\d+) Kbit\))?)?")
_DUPLEX = re.compile(r"\b(Full|Half)-duplex\b", re.I)
_SPEED = re.compile(r"(?:-duplex|Duplex unknown), *(\d+(?:\.\d+)?) ?([KMG])b/s")
_AUTO = re.compile(r"link type is ([\w-]+)")
_FLAPPED = re.compile(r"Last link flapped ([\w:]+)")
_RATE_IN = re.compile(r"input rate (\d+) bits/sec")
_RATE_OUT = re.compile(r"output rate (\d+) bits/sec")
_COUNTS = re.compile(
    r"\n *(\d+) (packets (?:in|out)put(?=, \d+ bytes)|runts(?=, \d+ giants)|(?:in|out)put errors"
    r"|carrier transitions)(?:, (\d+) (?:bytes|giants|CRC))?(?:, (\d+) total (?:in|out)put drops)?"
)
_MEMBER = re.compile(
    r"^ {3,}(?P<name>[A-Z][\w./-]{3,40}) +(?:(?:Full|Half)-duplex|Duplex unknown|Auto-duplex|N/A) *,? *\S+ +"
    r"(?P<state>Active|Standby|Configured|Attached|Negotiating|Bound|Suspended)\b",
    re.M,
)
_SCALES = {"K": 10**3, "M": 10**6, "G": 10**9}

Kind = Literal["ethernet", "loopback", "lag", "vlan", "tunnel", "management"]
_KINDS: tuple[tuple[str, Kind], ...] = (
    ("Bundle-", "lag"),
    ("Loopback", "loopback"),
    ("MgmtEth", "management"),
    ("BVI", "vlan"),
    ("tunnel-", "tunnel"),
)


@lru_cache(maxsize=8192)
def kind_of(name: str) -> Kind | None:
    """What an interface is, by its name."""
    known = next((kind for start, kind in _KINDS if name.startswith(start)), None)
    return known or ("ethernet" if "GigE" in name or "Ethernet" in name else None)


def below(name: str) -> str | None:
    """The port that a subinterface stands on: `Bundle-Ether1` of `Bundle-Ether1.100`."""
    return name.partition(".")[0] if "." in name else None


def header_bytes(name: str, tags: int = 1) -> int | None:
    """XR's MTU of an Ethernet interface counts its header, and a subinterface's tags."""
    if kind_of(name) in {None, "loopback", "tunnel"}:
        return None
    return 14 + 4 * tags if "." in name else 14


def admin_up(state: str) -> bool | None:
    """`administratively down`, `admin-down` and `Shutdown` are shut by configuration; `down` is not."""
    word = state.lower()
    if "admin" in word or word.startswith("shut"):
        return False
    return True if word.startswith(("up", "down")) else None


@command(
    "show interfaces",
    area="interface",
    gives=(Interface, LagMember),
    sampled=True,
    timeout_s=30.0,
    aliases=(
        "show interface",
        "show interfaces {interface*} detail",
        "show interfaces {interface*}",
        "show interface {interface*} detail",
        "show interface {interface*}",
        "show interface[s] detail",
    ),
)
def interfaces(output: str) -> Read:
    yield from each_marked(output, ", line protocol is ", _HEAD, _interface)


def _interface(block: Block) -> Read:
    text, head = block.text, block.head
    name = normalise_interface(head["name"])
    yield Interface(
        interface=name,
        admin_up=admin_up(head["state"]),
        oper_up=head["protocol"].lower().startswith("up"),
        description=_first(_DESCRIPTION, text) or None,
        mac=mac_address(_first(_MAC, text)),
        last_change_s=duration_s(_first(_FLAPPED, text)),
        addresses=(address,) if (address := _first(_ADDRESS, text)) else None,
        kind=kind_of(name),
        lower_layer=below(name),
        **_size(name, text),
        **_link(text),
        **_counters(text),
    )
    if name.startswith("Bundle-") and "members in this bundle" in text:
        yield from _members(name, text)


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    found = pattern.search(text)
    return found[1].strip() if found else None


def _count(digits: str | None) -> int | None:
    return found if digits and (found := int(digits)) < 2**63 else None


def _size(name: str, text: str) -> dict[str, Any]:
    """MTU, and the bandwidth of what has no speed of its own (a bundle's member sum, a subinterface)."""
    found = _MTU.search(text)
    speed = _SPEED.search(row(text, "b/s"))
    if speed:
        speed_bps = round(float(speed[1]) * _SCALES[speed[2]])
    else:
        speed_bps = (_count(found[3] or found[2]) or 0) * 1000 if found else 0
    return {
        "mtu_bytes": _count(found[1]) if found else None,
        "mtu_header_bytes": header_bytes(name, text.count("VLAN Id")) if found else None,
        "speed_bps": speed_bps if 0 < speed_bps < 2**63 else None,
    }


def _link(text: str) -> dict[str, Any]:
    duplex = _DUPLEX.search(row(text, "-duplex,"))
    negotiated = _AUTO.search(text)
    return {
        "duplex": duplex[1].lower() if duplex else None,
        "autoneg": negotiated[1].startswith("auto") if negotiated else None,
    }


_COUNTED = {
    "packets input": ("in_pkts", "in_octets_bytes", "in_discards_count"),
    "packets output": ("out_pkts", "out_octets_bytes", "out_discards_count"),
    "runts": ("in_runts_count", "in_giants_count"),
    "input errors": ("in_errors_count", "in_fcs_errors_count"),
    "output errors": ("out_errors_count",),
    "carrier transitions": ("carrier_transitions_count",),
}


def _counters(text: str) -> dict[str, Any]:
    """Counters and rates; an interface whose statistics are disabled gives none."""
    told: dict[str, Any] = {}
    for one, words, other, dropped in _COUNTS.findall(text):
        for name, digits in zip(_COUNTED[words], (one, other, dropped), strict=False):
            if name not in told:
                told[name] = _count(digits)
    for name, pattern in (("in_rate_bps", _RATE_IN), ("out_rate_bps", _RATE_OUT)):
        if found := pattern.search(text):
            told[name] = _count(found[1])
    if "carrier_transitions_count" not in told and (found := _STATE_CHANGES.search(text)):
        told["carrier_transitions_count"] = _count(found[1])
    return told


def _members(lag: str, text: str) -> Read:
    for found in _MEMBER.finditer(text):
        active = found["state"] == "Active"
        yield LagMember(
            lag=lag,
            interface=normalise_interface(found["name"]),
            state="bundled" if active else "down" if found["state"] == "Configured" else "suspended",
        )
