"""NTP: the servers, and whether the clock follows one of them."""

from __future__ import annotations

import re

from netdoctor.model.facts import Clock, NtpPeer
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_xr.reading import none_said, said
from netdoctor.platforms.text import Read
from netdoctor.platforms.values import is_ip, number

_PEER = re.compile(
    r"^(?P<signs>[ *#+x.o-]{0,3}~?) *(?P<address>[0-9A-Fa-f:.]{3,45})(?: +vrf +(?P<vrf>\S+))?\s+"
    r"(?P<reference>\.\w+\.|[0-9A-Fa-f:.]+) +"
    r"(?P<stratum>\d+) +(?P<when>\S+) +(?P<poll>\d+) +(?P<reach>\d+) +(?P<delay>-?[\d.]+) +"
    r"(?P<offset>-?[\d.]+)",
    re.M,
)
_HEADER = re.compile(r"^ *address +ref clock", re.M)
_UNSYNCHRONISED = 16


@command(
    "show ntp associations",
    area="device",
    gives=(NtpPeer,),
    aliases=("show ntp associations vrf {vrf}", "show ntp associations all"),
)
def associations(output: str) -> Read:
    nothing = True
    for found in _PEER.finditer(said(output)):
        if not is_ip(found["address"]):
            continue
        nothing = False
        stratum = int(found["stratum"])
        selected = "*" in found["signs"]
        yield NtpPeer(
            address=found["address"],
            selected=selected,
            reachable=int(found["reach"]) > 0,
            stratum=stratum,
            offset_ms=number(found["offset"]) if int(found["reach"]) > 0 else None,
            synchronised=selected and stratum < _UNSYNCHRONISED,
        )
    if nothing and (none_said(output) or _HEADER.search(output)):
        yield EMPTY


_STATUS = re.compile(r"Clock is (?P<state>synchronized|unsynchronized|unsynchronised|synchronised)", re.I)


@command("show ntp status", area="device", gives=(Clock,))
def status(output: str) -> Read:
    if found := _STATUS.search(output):
        yield Clock(synchronised=not found["state"].lower().startswith("un"))
    elif none_said(output):
        yield EMPTY
