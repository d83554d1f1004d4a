"""BFD."""

from __future__ import annotations

from netdoctor.lab.bgp import Neighbor
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.cisco_nxos.bgp import neighbors_of
from netdoctor.lab.render.cisco_nxos.words import short

HEAD = (
    "OurAddr         NeighAddr       LD/RD                 RH/RS           Holdown(mult)     State       "
    "Int                   Vrf                              Type     BSID\n"
)
DOWN_REASONS = {0: "None", 1: "Control Detection Time Expired"}


@answers("show bfd neighbors details")
def bfd(view: View) -> str:
    ends = [end for end in neighbors_of(view) if end.bfd and not end.shutdown]
    return "".join(_session(end, view) for end in ends) or HEAD


def _session(end: Neighbor, view: View) -> str:
    ours = 0x41000001 + end.port.index
    theirs = 0x41000001 + end.port.index * 3 if end.bfd_up else 0
    up = "Up" if end.bfd_up else "Down"
    days, rest = divmod(int(view.at - end.bfd_since), 86_400)
    hours, rest = divmod(rest, 3600)
    age = f"{days} days {hours} hrs {rest // 60} mins {rest % 60} secs"
    holdown = "683(3)" if end.bfd_up else "N/A(3)"
    return (
        f"{HEAD}"
        f"{end.local_address:<15} {end.peer_address:<15} {f'{ours}/{theirs}':<21} {up:<15} {holdown:<17} "
        f"{up:<11} {short(end.port.name):<21} {'default':<32} SH       N/A\n\n"
        f"Session state is {up} and not using echo function\n\n"
        "Session type: Singlehop\n"
        f"Local Diag: {end.bfd_diagnostic}, Demand mode: 0, Poll bit: 0, Authentication: None\n"
        "MinTxInt: 300000 us, MinRxInt: 300000 us, Multiplier: 3\n"
        "Received MinRxInt: 300000 us, Received Multiplier: 3\n"
        "Holdown (hits): 900 ms (0), Hello (hits): 300 ms (40497)\n"
        "Registered protocols:  bgp\n"
        f"{'Uptime' if end.bfd_up else 'Downtime'}: {age}\n"
        "Last packet: Version: 1                - Diagnostic: 0\n"
        f"             State bit: {up:<15} - Demand bit: 0\n"
        "             Poll bit: 0               - Final bit: 0\n"
        "             Multiplier: 3             - Length: 24\n"
        f"             My Discr.: {theirs:<14} - Your Discr.: {ours}\n"
        "             Min tx interval: 300000   - Min rx interval: 300000\n"
        "             Min Echo interval: 50000  - Authentication bit: 0\n"
        f"Hosting LC: 1, Down reason: {DOWN_REASONS[end.bfd_diagnostic]}, Reason not-hosted: None, "
        "Offloaded: Yes\n\n"
    )
