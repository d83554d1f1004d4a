"""BGP's neighbours in full."""

from __future__ import annotations

from collections.abc import Iterator

from netdoctor.lab.bgp import Neighbor, Reset
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.cisco_xe.texts import age
from netdoctor.lab.render.text import NO_ADDRESS, NOTIFICATION_NAMES
from netdoctor.lab.routes import advertised

STATES = {"idle": "Idle", "active": "Active", "connect": "Connect", "established": "Established"}
WORDS = {(4, 0): "hold time expired", (2, 2): "peer in wrong AS"}
NOT_ACTIVE = "% BGP not active\n"


def neighbors_of(view: View) -> list[Neighbor]:
    return [end for end in view.device.neighbors.values() if end.configured]


def words(reset: Reset) -> str:
    """A NOTIFICATION as IOS words it."""
    code = reset.code or 0, reset.subcode or 0
    return WORDS.get(code) or NOTIFICATION_NAMES[code][1]


def cause(reset: Reset) -> str:
    """Why a session was lost."""
    if reset.code is None:
        return "Interface flap" if reset.trouble in {"link", "wire"} else "Peer closed the session"
    return f"BGP Notification {'sent' if reset.sent else 'received'} of session 1, {words(reset)}"


@answers("show bgp all neighbors", "show ip bgp neighbors")
def neighbors(view: View) -> str:
    return _told(view, neighbors_of(view))


@answers("show bgp all neighbors {peer}", "show ip bgp neighbors {peer}")
def neighbor(view: View, peer: str) -> str:
    found = [end for end in neighbors_of(view) if end.peer_address == peer]
    return _told(view, found) if found else "% No such neighbor or address family\n"


def _told(view: View, ends: list[Neighbor]) -> str:
    if not view.device.bgp_running:
        return NOT_ACTIVE
    head = "For address family: IPv4 Unicast\n"
    return head + "".join(f"{line}\n" for end in ends for line in _neighbor(end, view))


def _neighbor(end: Neighbor, view: View) -> Iterator[str]:
    far = view.world.far_end(end)
    yield f"BGP neighbor is {end.peer_address},  remote AS {end.remote_as}, external link"
    if end.description:
        yield f" Description: {end.description}"
    if end.shutdown:
        yield " Administratively shut down"
    if end.bfd:
        yield " Fall over configured for session"
        way = "Up" if end.bfd_up else "Down"
        yield f" BFD is configured. BFD peer is {way}. Using BFD to detect fast fallover (single-hop)."
    yield f"  BGP version 4, remote router ID {far.device.router_id if end.established else NO_ADDRESS}"
    yield f"  BGP state = {STATES[end.state]}{_since(end, view)}"
    if end.established:
        yield from _session(end)
    yield from _messages(end, view)
    yield from _family(end, view)
    yield from _history(end, view)
    yield from _connection(end)


def _since(end: Neighbor, view: View) -> str:
    if end.established:
        return f", up for {age(view.at - end.since)}"
    return f", down for {age(view.at - end.since) if end.last_reset else 'never'}"


def _session(end: Neighbor) -> Iterator[str]:
    hold, keepalive = int(end.hold_time_s), int(end.keepalive_s)
    yield (
        f"  Last read 00:00:02, last write 00:00:03, hold time is {hold}, "
        f"keepalive interval is {keepalive} seconds"
    )
    yield "  Neighbor sessions:"
    yield "    1 active, is not multisession capable (disabled)"
    yield "  Neighbor capabilities:"
    yield "    Route refresh: advertised and received(new)"
    yield "    Four-octets ASN Capability: advertised and received"
    yield "    Address family IPv4 Unicast: advertised and received"
    yield "    Enhanced Refresh Capability: advertised and received"
    yield "    Multisession Capability: "
    yield "    Stateful switchover support enabled: NO for session 1"


def _messages(end: Neighbor, view: View) -> Iterator[str]:
    alive = int((view.at - end.since) / end.keepalive_s) if end.established else 0
    opens = end.established_transitions_count
    reset = end.last_reset
    told = [int(bool(reset and reset.code is not None and reset.sent is way)) for way in (True, False)]
    updates = 2 if end.established else 0
    yield "  Message statistics:"
    yield "    InQ depth is 0"
    yield "    OutQ depth is 0"
    yield "    "
    yield "                         Sent       Rcvd"
    yield f"    Opens:         {opens:>10} {opens:>10}"
    yield f"    Notifications: {told[0]:>10} {told[1]:>10}"
    yield f"    Updates:       {updates:>10} {updates:>10}"
    yield f"    Keepalives:    {alive:>10} {alive:>10}"
    yield "    Route Refresh:          0          0"
    yield f"    Total:         {opens + updates + alive:>10} {opens + updates + alive:>10}"
    yield "  Do log neighbor state changes (via global configuration)"
    yield "  Default minimum time between advertisement runs is 30 seconds"
    yield ""


def _family(end: Neighbor, view: View) -> Iterator[str]:
    sent = len(advertised(end, view.world.far_end(end).device.asn)) if end.established else 0
    version = len(view.device.best) + 1 if end.established else 1
    yield " For address family: IPv4 Unicast"
    if end.established:
        yield f"  Session: {end.peer_address}"
    yield f"  BGP table version {version}, neighbor version {version}/0"
    yield "  Output queue size : 0"
    yield f"  Index {end.port.index}, Advertise bit 0"
    yield f"  {end.port.index} update-group member"
    yield "  Inbound path policy configured"
    yield "  Outbound path policy configured"
    yield f"  Route map for incoming advertisements is {end.import_policy.name}"
    yield f"  Route map for outgoing advertisements is {end.export_policy.name}"
    if end.prefix_limit:
        yield f"  Maximum prefixes allowed {end.prefix_limit}"
        yield "  Threshold for warning message 75%"
    yield "  Slow-peer detection is disabled"
    yield "  Slow-peer split-update-group dynamic is disabled"
    yield from _activity(end, sent)
    yield f"  Number of NLRIs in the update sent: max {sent}, min 0"
    yield "  Last detected as dynamic slow peer: never"
    yield "  Dynamic slow peer recovered: never"
    yield "  Refresh Epoch: 1"
    yield "  Last Sent Refresh Start-of-rib: never"
    yield "  Last Sent Refresh End-of-rib: never"
    yield "  Last Received Refresh Start-of-rib: never"
    yield "  Last Received Refresh End-of-rib: never"
    yield ""


def _activity(end: Neighbor, sent: int) -> Iterator[str]:
    """How many prefixes went either way, and how many the policy refused."""
    inside, refused = len(end.accepted), len(end.received) - len(end.accepted)
    yield "                                 Sent       Rcvd"
    yield "  Prefix activity:               ----       ----"
    yield f"    Prefixes Current:      {sent:>10} {inside:>10} (Consumes {inside * 136} bytes)"
    yield f"    Prefixes Total:        {sent:>10} {inside:>10}"
    yield "    Implicit Withdraw:              0          0"
    yield "    Explicit Withdraw:              0          0"
    yield f"    Used as bestpath:             n/a {inside:>10}"
    yield "    Used as multipath:            n/a          0"
    yield ""
    yield "                                   Outbound    Inbound"
    yield "  Local Policy Denied Prefixes:    --------    -------"
    if refused:
        yield f"    route-map:                    {0:>10} {refused:>10}"
    yield f"    Total:                        {0:>10} {refused:>10}"


def _history(end: Neighbor, view: View) -> Iterator[str]:
    reset = end.last_reset
    lost = end.established_transitions_count - int(end.established)
    yield f"  Address tracking is enabled, the RIB does have a route to {end.peer_address}"
    yield f"  Connections established {end.established_transitions_count}; dropped {lost}"
    if reset:
        yield f"  Last reset {age(view.at - reset.at)}, due to {cause(reset)}"
    else:
        yield "  Last reset never"
    if end.limit_exceeded:
        yield "  Peer had exceeded the max. no. of prefixes configured."
    if end.gtsm_hops:
        yield f"  External BGP neighbor may be up to {end.gtsm_hops} hop away."
    else:
        yield (
            "  External BGP neighbor configured for connected checks (single-hop no-disable-connected-check)"
        )
    yield f"  Interface associated: {end.port.name} (peering address in same link)"
    yield "  Transport(tcp) path-mtu-discovery is enabled"
    yield "  Graceful-Restart is disabled"
    yield "  SSO is disabled"


def _connection(end: Neighbor) -> Iterator[str]:
    if not end.established:
        yield "  No active TCP connection"
        return
    least, own = (255 - end.gtsm_hops, 255) if end.gtsm_hops else (0, 1)
    yield "Connection state is ESTAB, I/O status: 1, unread input bytes: 0            "
    yield f"Connection is ECN Disabled, Mininum incoming TTL {least}, Outgoing TTL {own}"
    yield f"Local host: {end.local_address}, Local port: 179"
    yield f"Foreign host: {end.peer_address}, Foreign port: {42000 + end.port.index}"
    yield "Connection tableid (VRF): 0"
    yield "Maximum output segment queue size: 50"
    yield ""
    yield f"Option Flags: nagle, path mtu capable{', md5' if end.password else ''}"
    yield ""
