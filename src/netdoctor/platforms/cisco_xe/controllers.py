"""What the Ethernet controller of a Catalyst port counts, and its link."""

from __future__ import annotations

import re
from typing import Any

from netdoctor.model.facts import Interface
from netdoctor.platforms.base import command
from netdoctor.platforms.cisco_xe.kinds import kind_of
from netdoctor.platforms.cisco_xe.names import normalise_interface
from netdoctor.platforms.cisco_xe.reading import Read, on_request
from netdoctor.platforms.text import Block, blocks, each, fields
from netdoctor.platforms.values import count, speed_bps, total

_PORT = re.compile(r"^[ \t]*(?P<name>[A-Za-z][A-Za-z-]*\d[\d/.]*) \(if_id: *\d+\)", re.M)


@command(
    "show controllers ethernet-controller {interface} link-status",
    area="interface",
    gives=(Interface,),
    arguments=on_request,
    aliases=("show controllers ethernet-controller {kind} {number} link-status",),
)
def link_status(output: str, interface: str = "") -> Read:
    """Link, negotiation and counters of one port."""
    yield from each(blocks(output, _PORT), _link_status)


def _link_status(block: Block) -> Read:
    name = normalise_interface(block.head["name"])
    state = re.search(r"get_state = LINK_(UP|DOWN)", block.text)
    if not state:
        raise ValueError("no link state")
    told = fields(block.text)
    settled = fields(block.text.partition("PHY LINK STATUS")[2])
    duplex = {"Full": "full", "Half": "half"}.get(settled.get("duplex", ""))
    status = fields(block.text.partition("Phy Status")[2])
    known: dict[str, Any] = {field: count(told.get(word)) for word, field in _COUNTED.items()}
    yield Interface(
        interface=name,
        oper_up=state[1] == "UP",
        speed_bps=speed_bps(status.get("speed")),
        duplex=duplex,  # type: ignore[arg-type]  # one of the two words of the table
        autoneg={"Enabled": True, "Disabled": False}.get(settled.get("autoneg", "")),
        in_errors_count=total(*(told.get(word) for word in _ERRORS)),
        kind=kind_of(name),
        **known,
    )


_COUNTED = {
    "tx legal frames counter": "out_pkts",
    "tx legal bytes counter": "out_octets_bytes",
    "tx frames with crc error": "out_errors_count",
    "rx legal frames": "in_pkts",
    "rx legal bytes": "in_octets_bytes",
    "rx packets received with crc errors": "in_fcs_errors_count",
    "rx packet received larger from max packet size": "in_giants_count",
    "rx packet received smaller from min packet size": "in_runts_count",
}
_ERRORS = (
    "rx packets received with crc errors",
    "rx packets with code error",
    "rx packet received larger from max packet size",
    "rx packet received smaller from min packet size",
)

_BOTH = re.compile(r"^[ \t]*Transmit[ \t]+(?P<name>[A-Za-z][A-Za-z-]*\d[\d/.]*)[ \t]+Receive", re.M)
_PAIR = re.compile(r"^[ \t]*(\d+) (\S[^\n]*?)[ \t]{2,}(\d+) (\S[^\n]*?)[ \t]*$", re.M)
_SENT = {"Total bytes": "out_octets_bytes", "Late collisions": "late_collisions_count"}
_GOT = {
    "Total bytes": "in_octets_bytes",
    "FCS errors": "in_fcs_errors_count",
    "Valid frames, too large": "in_giants_count",
    "Undersize frames": "in_runts_count",
}


@command(
    "show controllers ethernet-controller {interface}",
    area="interface",
    gives=(Interface,),
    arguments=on_request,
    aliases=("show controllers ethernet-controller[ {kind} {number}]",),
)
def counters(output: str, interface: str = "") -> Read:
    """What was sent beside what was received, a pair a line."""
    yield from each(blocks(output, _BOTH), _counters)


def _counters(block: Block) -> Read:
    pairs = _PAIR.findall(block.text)
    if not pairs:
        raise ValueError("no counters")
    known: dict[str, Any] = {}
    for sent, sent_word, got, got_word in pairs:
        known |= {_SENT[sent_word]: count(sent)} if sent_word in _SENT else {}
        known |= {_GOT[got_word]: count(got)} if got_word in _GOT else {}
    name = normalise_interface(block.head["name"])
    yield Interface(interface=name, kind=kind_of(name), **known)
