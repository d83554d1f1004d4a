"""BFD sessions (RFC 5880)."""

from __future__ import annotations

from collections.abc import Iterator

from netdoctor.lab.bgp import Neighbor
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.cisco_xr.bgp import neighbors_of
from netdoctor.lab.render.cisco_xr.words import NODE, stamped

DIAGNOSTICS = {0: "None", 1: "Control detection time expired"}
"""RFC 5880 §4.1 in XR's words."""


@answers("show bfd all session detail", "show bfd all session destination {peer} detail")
def sessions(view: View, peer: str | None = None) -> str:
    ends = [
        end
        for end in neighbors_of(view)
        if end.bfd and not end.shutdown and view.device.bgp_running and peer in (None, end.peer_address)
    ]
    head = ["", "IPv4:", "-----"] if ends else []
    return stamped(view, [*head, *(line for end in ends for line in _session(end, view))])


def _session(end: Neighbor, view: View) -> Iterator[str]:
    up = end.bfd_up
    state = "UP" if up else "DOWN"
    far = view.world.far_end(end)
    mine, theirs = 2147483648 + end.port.index, 2147483648 + far.port.index if up else 0
    interval, detection = ("300 ms", "900 ms(300 ms*3)") if up else ("1 s", "3 s(1 s*3)")
    yield f"I/f: {end.port.name}, Location: {NODE}"
    yield f"Dest: {end.peer_address}"
    yield f"Src: {end.local_address}"
    yield f" State: {state} for {_age(view.at - end.bfd_since)}, number of times UP: {_times(end)}"
    yield " Session type: PR/V4/SH"
    yield "Received parameters:"
    yield " Version: 1, desired tx interval: 300 ms, required rx interval: 300 ms"
    yield " Required echo rx interval: 0 ms, multiplier: 3, diag: None"
    yield f" My discr: {theirs}, your discr: {mine if up else 0}, state {state}, D/F/P/C/A: 0/0/0/1/0"
    yield "Transmitted parameters:"
    yield f" Version: 1, desired tx interval: {interval}, required rx interval: {interval}"
    yield f" Required echo rx interval: 0 ms, multiplier: 3, diag: {DIAGNOSTICS[end.bfd_diagnostic]}"
    yield f" My discr: {mine}, your discr: {theirs}, state {state}, D/F/P/C/A: 0/0/0/1/0"
    yield "Timer Values:"
    yield f" Local negotiated async tx interval: {interval}"
    yield f" Remote negotiated async tx interval: {interval}"
    yield " Desired echo tx interval: 0 s, local negotiated echo tx interval: 0 ms"
    yield f" Echo detection time: 0 ms(0 ms*3), async detection time: {detection}"
    yield "Session owner information:"
    yield "                            Desired               Adjusted"
    yield "  Client               Interval   Multiplier Interval   Multiplier"
    yield "  -------------------- --------------------- ---------------------"
    yield "  bgp-default          300 ms     3          300 ms     3         "
    yield ""


def _age(seconds: float) -> str:
    """`2d:3h:4m:5s`."""
    days, rest = divmod(max(0, int(seconds)), 86400)
    return f"{days}d:{rest // 3600}h:{rest % 3600 // 60}m:{rest % 60}s"


def _times(end: Neighbor) -> int:
    """BFD came up with the port."""
    return (end.port.carrier_transitions_count + 1) // 2
