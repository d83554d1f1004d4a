"""NTP (RFC 5905): servers and peers as the device sees them."""

from __future__ import annotations

import re

from netdoctor.model.facts import NtpPeer
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_nxos.reading import (
    J,
    Object,
    Read,
    on_request,
    said,
    says_none,
    structured,
    table,
    without_json,
)
from netdoctor.platforms.text import Line, each, lines
from netdoctor.platforms.values import count

_UNSYNCHRONISED = 16


@command(
    "show ntp peer-status | json", area="services", gives=(NtpPeer,), aliases=("show ntp peer-status" + J,)
)
def status(output: str) -> Read:
    """Every server; `*` is the one that the clock follows. Reach is octal: 377 when the last eight came."""
    yield from table(output, "peersstatus", _status)


def _status(row: Object) -> Read:
    address = said(row.get("remote"))
    if not address:
        raise ValueError("no 'remote'")
    mark = str(row.get("syncmode") or "") or (address[0] if address[0] in "*+-=" else "")
    yield _peer(address.lstrip("*+-="), mark, count(row.get("st")), said(row.get("reach")))


def _peer(address: str, mark: str, stratum: int | None, reach: str | None) -> NtpPeer:
    selected = mark.strip() == "*"
    reachable = None if reach is None else reach.strip("0") != ""
    return NtpPeer(
        address=address,
        selected=selected,
        reachable=reachable,
        stratum=stratum,
        synchronised=selected and stratum != _UNSYNCHRONISED,
    )


_ROW = re.compile(
    r"^ *(?P<mark>[*+=-])?(?P<remote>[0-9A-Za-z][\w.:%-]*) +(?P<local>[0-9A-Fa-f.:]+) +"
    r"(?P<stratum>\d+) +(?P<poll>\d+) +"
    r"(?P<reach>[0-7]+) +(?P<delay>[\d.]+)"
)


@command("show ntp peer-status", area="services", gives=(NtpPeer,), arguments=without_json)
def status_in_text(output: str) -> Read:
    """The same in text."""
    if structured(output):
        yield from status(output)
        return
    nothing = True

    def read(line: Line) -> Read:
        nonlocal nothing
        if found := _ROW.match(line.text):
            nothing = False
            yield _peer(found["remote"], found["mark"] or "", count(found["stratum"]), found["reach"])

    yield from each(lines(output), read)
    if nothing and (says_none(output) or re.search(r"Total peers : 0", output)):
        yield EMPTY


_PEER = re.compile(r"^ *(?P<address>[0-9A-Za-z][\w.:%-]*) +(?P<kind>Server|Peer)\b")


@command(
    "show ntp peers",
    area="services",
    gives=(NtpPeer,),
    arguments=on_request,
    aliases=("show ntp peers" + J,),
)
def peers(output: str) -> Read:
    """What is configured, whether it answers or not."""
    if structured(output):
        yield from table(output, "peers", lambda row: [NtpPeer(address=_address(row))])
        return
    nothing = True
    for line in lines(output):
        if found := _PEER.match(line.text):
            nothing = False
            yield NtpPeer(address=found["address"])
    if nothing and (says_none(output) or "Peer IP Address" in output):
        yield EMPTY


def _address(row: Object) -> str:
    found = said(row.get("PeerIPAddress"))
    if not found:
        raise ValueError("no 'PeerIPAddress'")
    return found
