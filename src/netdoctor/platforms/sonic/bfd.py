"""BFD sessions that the ASIC runs (RFC 5880)."""

from __future__ import annotations

import re

from netdoctor.model.facts import BfdSession
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.linux.bfd import state
from netdoctor.platforms.sonic.reading import Read, Row, cell, counter, read_table
from netdoctor.platforms.values import is_ip, number


@command(
    "show bfd summary",
    area="bfd",
    gives=(BfdSession,),
    aliases=("show bfd summary {options*}", "show bfd peer {address}[ {options*}]"),
)
def sessions(output: str) -> Read:
    """A line a session; the interface is `default` for one that is not bound to a port."""
    yield from read_table(output, _session)
    if re.search(r"Total number of BFD sessions.*: *0|^ *Peer Addr +Interface|No BFD session", output, re.M):
        yield EMPTY


def _session(row: Row) -> Read:
    peer, port = cell(row, "peer addr"), cell(row, "interface")
    if peer is None or not is_ip(peer):
        raise ValueError("not a peer")
    yield BfdSession(
        vrf=cell(row, "vrf") or "default",
        peer=peer,
        interface=None if port == "default" else port,
        session_state=state((cell(row, "state") or "").replace("Admin_Down", "shutdown").replace("_", "")),
        tx_interval_ms=number(cell(row, "tx interval")),
        rx_interval_ms=number(cell(row, "rx interval")),
        multiplier=counter(row, "multiplier"),
    )
