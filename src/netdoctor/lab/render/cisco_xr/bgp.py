"""BGP: the neighbours in a table, and each in full."""

from __future__ import annotations

from collections.abc import Iterator

from netdoctor.lab.bgp import Neighbor, Reset
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.cisco_xr.words import age, stamped
from netdoctor.lab.render.text import NO_ADDRESS
from netdoctor.lab.routes import advertised

INACTIVE = "% BGP instance 'default' not active"
DEFAULT_LIMIT = 1048576
STATES = {"idle": "Idle", "active": "Active", "connect": "Connect", "established": "Established"}
ERRORS = {
    (2, 2): "peer in wrong AS",
    (4, 0): "hold time expired",
    (6, 1): "maximum number of prefixes reached",
    (6, 2): "administrative shutdown",
    (6, 3): "peer unconfigured",
    (6, 6): "other configuration change",
}
"""NOTIFICATIONs (RFC 4271 §4.5, RFC 4486) in XR's words."""
LOSSES = {"link": "Interface flap", "wire": "Interface flap", "daemon": "Peer closing down the session"}


def neighbors_of(view: View) -> list[Neighbor]:
    return [end for end in view.device.neighbors.values() if end.configured]


def why(reset: Reset) -> str:
    """Why a session was lost, as `Last reset` and the log say it."""
    if reset.code is None:
        return LOSSES.get(reset.trouble, "Peer closing down the session")
    return f"BGP Notification {'sent' if reset.sent else 'received'}, {error(reset)}"


def error(reset: Reset) -> str:
    return ERRORS[reset.code or 0, reset.subcode or 0]


def messages(end: Neighbor, view: View) -> int:
    """Keepalives since the session came up."""
    return int((view.at - end.since) / end.keepalive_s) + 3 if end.established else 0


@answers("show bgp all all summary", "show bgp summary", "show bgp ipv4 unicast summary")
def summary(view: View) -> str:
    device = view.device
    if not device.bgp_running:
        return stamped(view, [INACTIVE])
    return stamped(view, _summary(view)) if device.neighbors or device.networks else stamped(view)


def head(view: View) -> Iterator[str]:
    """What stands above a table of BGP."""
    version = len(view.device.best) + 1
    yield f"BGP router identifier {view.device.router_id}, local AS number {view.device.asn}"
    yield "BGP generic scan interval 60 secs"
    yield "Non-stop routing is enabled"
    yield "BGP table state: Active"
    yield f"Table ID: 0xe0000000   RD version: {version}"
    yield f"BGP main routing table version {version}"
    yield "BGP NSR Initial initsync version 2 (Reached)"
    yield "BGP scan interval 60 secs"


def _summary(view: View) -> Iterator[str]:
    version = len(view.device.best) + 1
    yield from ("", "Address Family: IPv4 Unicast", "----------------------------", "")
    yield from head(view)
    yield from ("", "BGP is operating in STANDALONE mode.", "", "")
    yield "Process       RcvTblVer   bRIB/RIB   LabelVer  ImportVer  SendTblVer  StandbyVer"
    yield "Speaker   " + "".join(f"{value:>12}" for value in [version] * 5 + [0])
    yield ""
    yield "Neighbor        Spk    AS MsgRcvd MsgSent   TblVer  InQ OutQ  Up/Down  St/PfxRcd"
    yield from (_row(end, version, view) for end in neighbors_of(view))


def _row(end: Neighbor, version: int, view: View) -> str:
    count = messages(end, view)
    since = age(view.at - end.since) if end.since else "00:00:00"
    return (
        f"{end.peer_address:<15} {0:3d} {end.remote_as:5d} {count:7d} {count:7d} "
        f"{version if end.established else 0:8d} {0:4d} {0:4d} {since:>8} {_state_word(end):>10}"
    )


def _state_word(end: Neighbor) -> str:
    if end.established:
        return str(len(end.received))
    reason = " (Admin)" if end.shutdown else " (PfxCt)" if end.limit_exceeded else ""
    return f"{'Idle' if reason else STATES[end.state]}{reason}"


@answers("show bgp vrf all summary", "show bgp vrf all neighbors")
def vrfs(view: View) -> str:
    """There is no VRF with BGP but the default one, of which this does not speak."""
    return stamped(view, [] if view.device.bgp_running else [INACTIVE])


@answers("show bgp neighbors", "show bgp neighbors {peer}")
def neighbors(view: View, peer: str | None = None) -> str:
    if not view.device.bgp_running:
        return stamped(view, [INACTIVE])
    chosen = [end for end in neighbors_of(view) if peer in (None, end.peer_address)]
    return stamped(view, [line for end in chosen for line in ("", *_neighbor(end, view))])


def _neighbor(end: Neighbor, view: View) -> Iterator[str]:
    far = view.world.far_end(end)
    count = messages(end, view)
    yield f"BGP neighbor is {end.peer_address}"
    yield f" Remote AS {end.remote_as}, local AS {view.device.asn}, external link"
    yield f" Description: {end.description}"
    if end.shutdown:
        yield " Administratively shut down"
    yield f" Remote router ID {far.device.router_id if end.established else NO_ADDRESS}"
    yield f"  BGP state = {_state(end, view)}"
    yield "  NSR State: None"
    if end.bfd:
        yield f"  BFD enabled (session {'up' if end.bfd_up else 'down'}): mininterval: 300 multiplier: 3"
    heard = age((view.at - end.since) % end.keepalive_s) if end.established else "00:00:00"
    yield f"  Last read {heard}, Last read before reset {_reset_age(end, view)}"
    yield f"  Hold time is {end.hold_time_s:.0f}, keepalive interval is {end.keepalive_s:.0f} seconds"
    yield (
        f"  Configured hold time: {end.hold_time_s:.0f}, keepalive: {end.keepalive_s:.0f}, "
        "min acceptable hold time: 3"
    )
    yield f"  Last write {heard}, attempted 19, written 19"
    yield f"  Second last write {heard}, attempted 19, written 19"
    yield f"  Last write before reset {_reset_age(end, view)}, attempted 19, written 19"
    yield "  Socket not armed for io, armed for read, armed for write"
    yield "  Precedence: internet"
    yield "  Non-stop routing is enabled"
    yield f"  Multi-protocol capability {'received' if end.established else 'not received'}"
    yield from _capabilities(end)
    yield f"  Received {count} messages, {_notices(end, sent=False)} notifications, 0 in queue"
    yield f"  Sent {count} messages, {_notices(end, sent=True)} notifications, 0 in queue"
    yield "  Minimum time between advertisement runs is 30 secs"
    yield ""
    yield from _family(end, view)
    yield ""
    yield from _connection(end, view)


def _state(end: Neighbor, view: View) -> str:
    if end.established:
        return f"Established, up for {age(view.at - end.since)}"
    if end.limit_exceeded:
        return "Idle (Exceeded maximum prefix limit)"
    return "Idle" if end.shutdown else STATES[end.state]


def _capabilities(end: Neighbor) -> Iterator[str]:
    way = "advertised and received" if end.established else "advertised"
    refresh = (
        "advertised (old + new) and received (old + new)" if end.established else "advertised (old + new)"
    )
    yield "  Neighbor capabilities:"
    yield f"    Route refresh: {refresh}"
    yield f"    4-byte AS: {way}"
    yield f"    Address family IPv4 Unicast: {way}"


def _notices(end: Neighbor, *, sent: bool) -> int:
    return int(end.last_reset is not None and end.last_reset.sent is sent)


def _family(end: Neighbor, view: View) -> Iterator[str]:
    told = advertised(end, end.remote_as) if end.established else {}
    denied = len(end.received) - len(end.accepted)
    best = sum(end in [path.learned_from for path in paths] for paths in view.device.best.values())
    yield " For Address Family: IPv4 Unicast"
    yield f"  BGP neighbor version {len(view.device.best) + 1 if end.established else 0}"
    yield "  Update group: 0.2 Filter-group: 0.1  No Refresh request being processed"
    yield "  Route refresh request: received 0, sent 0"
    yield f"  Policy for incoming advertisements is {end.import_policy.name}"
    yield f"  Policy for outgoing advertisements is {end.export_policy.name}"
    yield f"  {len(end.accepted)} accepted prefixes, {best} are bestpaths"
    yield f"  Exact no. of prefixes denied : {denied}. "
    yield f"  Cumulative no. of prefixes denied: {denied}. "
    yield f"  Prefix advertised {len(told)}, suppressed 0, withdrawn 0"
    yield f"  Maximum prefixes allowed {end.prefix_limit or DEFAULT_LIMIT}"
    yield "  Threshold for warning message 75%, restart interval 0 min"
    yield "  AIGP is enabled"
    yield "  An EoR was received during read-only mode" if end.established else "  An EoR was not received"
    yield "  Outstanding version objects: current 0, max 1"
    yield "  Additional-paths operation: None"


def _reset_age(end: Neighbor, view: View) -> str:
    return age(view.at - end.last_reset.at) if end.last_reset else "00:00:00"


def _connection(end: Neighbor, view: View) -> Iterator[str]:
    came = end.established_transitions_count
    ports = (179, 40000 + end.port.index) if end.established else (0, 0)
    yield f"  Connections established {came}; dropped {came - int(end.established)}"
    yield f"  Local host: {end.local_address}, Local port: {ports[0]}, IF Handle: 0x00000000"
    yield f"  Foreign host: {end.peer_address}, Foreign port: {ports[1]}"
    reset = end.last_reset
    if reset is None:
        yield "  Last reset 00:00:00"
    else:
        yield f"  Last reset {_reset_age(end, view)}, due to {why(reset)}"
        if reset.code is not None:
            way, whom = ("sent", "to") if reset.sent else ("received", "from")
            yield f"  Time since last notification {way} {whom} neighbor: {_reset_age(end, view)}"
            yield f"  Error Code: {error(reset)}"
            yield f"  Notification data {way}:"
            yield "    None"
    if end.gtsm_hops:
        yield "  TTL security is enabled"
        yield f"  External BGP neighbor may be up to {end.gtsm_hops} hops away."
