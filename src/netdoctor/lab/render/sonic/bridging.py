"""Layer 2, tunnels and the ASIC's own BFD, as a router tells them that bridges nothing."""

from __future__ import annotations

from netdoctor.lab.render import View, answers
from netdoctor.lab.render.sonic.interfaces import front
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
    """The mode alone: all ports are routed, and no VLAN has a tree."""
    return "Spanning-tree Mode: PVST\n\n"


@answers("show spanning-tree bpdu_guard")
def guards(view: View) -> str:
    """Hosts' ports are guarded."""
    rows = "".join(
        f"{port.name:17}{'Yes':13}{'Yes' if port.disabled_reason == 'bpduguard' else 'No'}\n"
        for port in front(view)
        if port.host
    )
    title = f"{'PortNum':17}{'Shutdown':13}Port Shut\n{'':17}{'Configured':13}due to BPDU guard\n"
    return f"{title}{'-' * 43}\n{rows}" if rows else ""


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
