"""Layer 2, tunnels and the ASIC's own BFD, as a router tells them that bridges nothing."""

from __future__ import annotations

from netdoctor.lab.render import View, answers
from netdoctor.lab.render.sonic.tables import barred, ruled


@answers("show mac")
def addresses(view: View) -> str:
    return f"{ruled(('No.', 'Vlan', 'MacAddress', 'Port', 'Type'), (), 'left')}Total number of entries 0\n"


@answers("show vlan brief")
def vlans(view: View) -> str:
    headings = ("VLAN ID", "IP Address", "Ports", "Port Tagging", "Proxy ARP", "DHCP Helper Address")
    return barred(headings, ())


@answers("show spanning-tree")
def trees(view: View) -> str:
    return "Spanning-tree is not configured\n"


@answers("show vxlan remotevtep")
def endpoints(view: View) -> str:
    return f"{barred(('SIP', 'DIP', 'Creation Source', 'OperStatus'), ())}Total count : 0\n\n"


@answers("show bfd summary")
def sessions(view: View) -> str:
    """FRR runs the sessions here, and not the ASIC."""
    return f"Total number of BFD sessions: 0\n{_sessions()}"


@answers("show bfd peer {peer}")
def session(view: View, peer: str) -> str:
    return f"Total number of BFD sessions for peer IP {peer}: 0\n{_sessions()}"


def _sessions() -> str:
    headings = (
        "Peer Addr",
        "Interface",
        "Vrf",
        "State",
        "Type",
        "Local Addr",
        "TX Interval",
        "RX Interval",
        "Multiplier",
        "Multihop",
        "Local Discriminator",
    )
    return ruled(headings, (), "left")


@answers("show flowcnt-trap stats")
def traps(view: View) -> str:
    return ruled(("Trap Name", "Packets", "Bytes", "PPS"), ())
