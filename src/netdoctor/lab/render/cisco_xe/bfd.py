"""BFD's sessions."""

from __future__ import annotations

from collections.abc import Iterator

from netdoctor.lab.bgp import Neighbor
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.cisco_xe.bgp import neighbors_of
from netdoctor.lab.render.cisco_xe.texts import age, short

HEAD = "\nIPv4 Sessions\nNeighAddr                              LD/RD         RH/RS     State     Int\n"


@answers("show bfd neighbors details", "show bfd neighbors")
def sessions(view: View) -> str:
    ends = [end for end in neighbors_of(view) if end.bfd and not end.shutdown and view.device.bgp_running]
    return HEAD + "".join(f"{line}\n" for end in ends for line in _session(end, view)) if ends else ""


def _session(end: Neighbor, view: View) -> Iterator[str]:
    word = "Up" if end.bfd_up else "Down"
    near, far = 4096 + end.port.index, 4096 + view.world.far_end(end).port.index if end.bfd_up else 0
    sent = int((view.at - end.bfd_since) / 0.3)
    yield f"{end.peer_address:<38} {f'{near}/{far}':<13} {word:<9} {word:<9} {short(end.port.name)}"
    if end.bfd_up:
        yield "Session state is UP and not using echo function."
    yield "Session Host: Software"
    yield f"OurAddr: {end.local_address}"
    yield f"Handle: {end.port.index}"
    yield f"Local Diag: {end.bfd_diagnostic}, Demand mode: 0, Poll bit: 0"
    yield "MinTxInt: 300000, MinRxInt: 300000, Multiplier: 3"
    yield f"Received MinRxInt: {300000 if end.bfd_up else 0}, Received Multiplier: {3 if end.bfd_up else 0}"
    yield f"Holddown (hits): {900 if end.bfd_up else 0}(0), Hello (hits): 300({sent})"
    yield f"Rx Count: {sent if end.bfd_up else 0}, Rx Interval (ms) min/max/avg: 1/303/263 last: 112 ms ago"
    yield f"Tx Count: {sent}, Tx Interval (ms) min/max/avg: 1/301/262 last: 98 ms ago"
    yield "Elapsed time watermarks: 0 0 (last: 0)"
    yield "Registered protocols: BGP CEF"
    yield f"{'Uptime' if end.bfd_up else 'Downtime'}: {age(view.at - end.bfd_since)}"
    yield f"Last packet: Version: 1                  - Diagnostic: {end.bfd_diagnostic}"
    yield f"             State bit: {word:<17}- Demand bit: 0"
    yield "             Poll bit: 0                 - Final bit: 0"
    yield "             C bit: 0                                   "
    yield f"             Multiplier: 3               - Length: {24}"
    yield f"             My Discr.: {far:<17}- Your Discr.: {near}"
    yield "             Min tx interval: 300000     - Min rx interval: 300000"
    yield "             Min Echo interval: 0"
    yield ""
