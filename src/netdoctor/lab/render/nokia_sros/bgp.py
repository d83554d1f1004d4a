"""BGP: the summary, the neighbours, and both in the state tree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from netdoctor.lab.bgp import Neighbor, Reset
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.nokia_sros.words import LINE, NONE_FOUND, RULE, age, iso, shown, state
from netdoctor.lab.render.text import NO_ADDRESS
from netdoctor.lab.routes import advertised

STATES = {"idle": "Idle", "active": "Active", "connect": "Connect", "established": "Established"}
ERRORS = {
    (2, 2): "Open Msg Err (Bad Peer AS)",
    (4, 0): "Hold Timer Expire",
    (6, 1): "Cease (Maximum Number of Prefixes Reached)",
    (6, 2): "Cease (Administrative Shutdown)",
    (6, 3): "Cease (Peer De-Configured)",
    (6, 6): "Cease (Other Configuration Change)",
}
"""NOTIFICATIONs as SR OS words them."""
GROUP = "fabric"
FAMILIES = (
    "IPv4", "IPv6", "VPN-IPv4", "VPN-IPv6", "Label-IPv4", "Label-IPv6", "Mcast-IPv4", "Mcast-IPv6",
    "L2-VPN", "EVPN",
)  # fmt: skip
TREE_FAMILIES = (
    "ipv4", "ipv6", "vpn-ipv4", "vpn-ipv6", "mvpn-ipv4", "mvpn-ipv6", "mcast-ipv4", "mcast-ipv6", "l2-vpn",
    "mdt-safi", "ms-pw", "flow-ipv4", "flow-ipv6", "route-target", "evpn", "label-ipv4", "label-ipv6",
    "bgp-ls",
)  # fmt: skip
CAPABILITIES = ["4byte_asn", "mpbgp", "rt_refresh"]


def neighbors_of(view: View) -> list[Neighbor]:
    """The neighbours that BGP has; none while it does not run."""
    if not view.device.bgp_running:
        return []
    return [end for end in view.device.neighbors.values() if end.configured]


def last_error(reset: Reset | None) -> str:
    if reset is None or reset.code is None:
        return "Unrecognized Error"
    return ERRORS[reset.code, reset.subcode or 0]


def told_state(end: Neighbor) -> str:
    return "Disabled" if end.shutdown else STATES[end.state]


def sent_count(end: Neighbor, view: View) -> int:
    return len(advertised(end, view.world.far_end(end).device.asn)) if end.established else 0


def head(view: View) -> list[str]:
    device = view.device
    own = f"AS:{device.asn}"
    return [RULE, f" BGP Router ID:{device.router_id:<16}{own:<15}Local {own}      ", RULE]


@answers("show router bgp summary all", "show router bgp summary")
def summary(view: View) -> str:
    ends = neighbors_of(view)
    if not view.device.neighbors:
        return "MINOR: CLI #2005: Error while processing command - BGP is not configured\n"
    oper = "Up" if view.device.bgp_running else "Down"
    received = sum(len(end.received) for end in ends)
    return shown(
        [
            *head(view),
            f"BGP Admin State         : Up          BGP Oper State              : {oper}",
            f"Total Peer Groups       : 1           Total Peers                 : {len(ends):<10}",
            *_totals(received, sum(len(end.accepted) for end in ends)),
            "",
            RULE,
            "BGP Summary",
            RULE,
            "Legend : D - Dynamic Neighbor",
            RULE,
            "Neighbor",
            "Description",
            "ServiceId          AS PktRcvd InQ  Up/Down   State|Rcv/Act/Sent (Addr Family)",
            "                      PktSent OutQ",
            LINE,
            *([line for end in ends for line in _summed(end, view)] or [NONE_FOUND]),
            LINE,
        ]
    )


TOTALS = (
    (("VPN Peer Groups", "VPN Peers"), ("BGP Paths", "Path Memory")),
    (("IPv6 Remote Rts", "IPv6 Rem. Active Rts"), ("IPv4 Backup Rts", "IPv6 Backup Rts")),
    (("LblIpv4 Rem Rts", "LblIpv4 Rem. Act Rts"), ("LblIpv6 Rem Rts", "LblIpv6 Rem. Act Rts")),
    (("LblIpv4 Bkp Rts", "LblIpv6 Bkp Rts"), ("Supressed Rts", "Hist. Rts"), ("Decay Rts", "")),
    (("VPN-IPv4 Rem. Rts", "VPN-IPv4 Rem. Act. Rts"), ("VPN-IPv4 Bkup Rts", "VPN-IPv6 Bkup Rts")),
    (("VPN Local Rts", "VPN Supp. Rts"), ("VPN Hist. Rts", "VPN Decay Rts")),
    (("MVPN-IPv4 Rem Rts", "MVPN-IPv4 Rem Act Rts"), ("MDT-SAFI Rem Rts", "MDT-SAFI Rem Act Rts")),
    (("McIPv4 Remote Rts", "McIPv4 Rem. Active Rts"), ("McVpnIPv4 Rem Rts", "McVpnIPv4 Rem Act Rts")),
    (("EVPN Rem Rts", "EVPN Rem Act Rts"), ("L2-VPN Rem. Rts", "L2VPN Rem. Act. Rts")),
    (("MSPW Rem Rts", "MSPW Rem Act Rts"), ("RouteTgt Rem Rts", "RouteTgt Rem Act Rts")),
    (("FlowIpv4 Rem Rts", "FlowIpv4 Rem Act Rts"), ("FlowVpnv4 Rem Rts", "FlowVpnv4 Rem Act Rts")),
    (("Link State Rem Rts", "Link State Rem Act Rts"), ("SrPlcyIpv4 Rem Rts", "SrPlcyIpv4 Rem Act Rts")),
)
"""Routes of families that are not used here."""


def _totals(received: int, active: int) -> Iterator[str]:
    yield _total("Total IPv4 Remote Rts", received, "Total IPv4 Rem. Active Rts", active)
    yield _total("Memory Failures", 0, "Label Failures", 0)
    for row in TOTALS:
        for one, other in row:
            yield _total(f"Total {one}", 0, f"Total {other}", 0) if other else f"{f'Total {one}':<24}: 0"


def _total(one: str, value: int, other: str, more: int) -> str:
    return f"{one:<24}: {value:<12}{other:<28}: {more:<10}"


def _summed(end: Neighbor, view: View) -> Iterator[str]:
    counts = f"{len(end.received)}/{len(end.accepted)}/{sent_count(end, view)} (IPv4)"
    told = counts if end.established else told_state(end)
    sent, heard = _messages(end, view)
    yield end.peer_address
    if end.description:
        yield end.description
    service = "Def. Instance"
    yield f"{service}{end.remote_as:>8}{heard:>8}    0 {age(view.at - end.since)} {told}"
    yield f"{'':<21}{sent:>8}    0"


def _messages(end: Neighbor, view: View) -> tuple[int, int]:
    """What was sent and heard since the session came up: mostly keepalives."""
    beats = int((view.at - end.since) / end.keepalive_s) if end.established else 0
    return beats + 2, beats + 2 + len(end.received)


@answers("show router bgp neighbor")
def neighbors(view: View) -> str:
    return _neighbors(neighbors_of(view), view)


@answers("show router bgp neighbor {peer} detail", "show router bgp neighbor {peer}")
def neighbor(view: View, peer: str) -> str:
    return _neighbors([end for end in neighbors_of(view) if end.peer_address == peer], view)


def _neighbors(ends: list[Neighbor], view: View) -> str:
    if not view.device.neighbors:
        return "MINOR: CLI #2005: Error while processing command - BGP is not configured\n"
    lines = [line for end in ends for line in _detail(end, view)]
    shown_count = f"Neighbors shown : {len(ends)}"
    return shown(["", RULE, "BGP Neighbor", RULE, *(lines or [NONE_FOUND]), LINE, shown_count, RULE])


def _detail(end: Neighbor, view: View) -> Iterator[str]:
    far = view.world.far_end(end)
    up = end.established
    sent, heard = _messages(end, view)
    since = age(view.at - end.since)
    yield from (
        LINE,
        _line("Peer", end.peer_address),
        _line("Description", end.description or "(Not Specified)"),
    )
    yield from (_line("Group", GROUP), LINE)
    yield _line("Peer AS", end.remote_as, "Peer Port", 42000 + end.port.index if up else 0)
    yield _line("Peer Address", end.peer_address)
    yield _line("Local AS", view.device.asn, "Local Port", 179 if up else 0)
    yield _line("Local Address", end.local_address if up else NO_ADDRESS)
    yield _line("Peer Type", "External", "Dynamic Peer", "No")
    yield _line("State", told_state(end), "Last State", "OpenConfirm" if up else "Connect")
    yield _line("Last Event", "recvKeepAlive" if up else "stop" if end.shutdown else "openFail")
    yield _line("Last Error", last_error(end.last_reset))
    yield _line("Local Family", "IPv4")
    yield _line("Remote Family", "IPv4" if up else "(Not Specified)")
    yield _line("Connect Retry", 120, "Local Pref.", 100)
    yield _line("Min Route Advt.", 30)
    yield _line("Multihop", "0 (Default)", "AS Override", "Disabled")
    yield _line("Damping", "Disabled", "Loop Detect", "Ignore")
    yield _line("MED Out", "No MED Out", "Authentication", "MD5" if end.password else "None")
    yield _line(
        "Peer Identifier", far.device.router_id if up else NO_ADDRESS, "Fsm Est. Trans", _changes(end)
    )
    yield _line("Fsm Est. Time", since, "InUpd Elap. Time", since)
    yield _line("Hold Time", int(end.hold_time_s), "Keep Alive", int(end.keepalive_s))
    active = (int(end.hold_time_s), int(end.keepalive_s)) if up else (0, 0)
    yield _line("Active Hold Time", active[0], "Active Keep Alive", active[1])
    yield _line("Preference", 170, "Num of Update Flaps", 0)
    yield _line("Input Messages", heard if up else 0, "Output Messages", sent if up else 0)
    yield _line("TTL Security", *_ttl(end))
    yield _line("Graceful Restart", "Disabled", "Stale Routes Time", "n/a")
    yield _line("Auth key chain", "n/a")
    yield _line("Disable Cap Nego", "Disabled", "Bfd Enabled", "Enabled" if end.bfd else "Disabled")
    yield _line("Import Policy", end.import_policy.name)
    yield _line("Export Policy", end.export_policy.name)
    yield from _counts(end, view)
    if end.prefix_limit:
        yield from _limit(end.prefix_limit)


def _changes(end: Neighbor) -> int:
    return end.established_transitions_count


def _ttl(end: Neighbor) -> tuple[str, str, object]:
    if end.gtsm_hops is None:
        return "Disabled", "Min TTL Value", "n/a"
    return "Enabled", "Min TTL Value", 256 - end.gtsm_hops


def _line(name: str, value: object, other: str = "", more: object = "") -> str:
    left = f"{name:<21}: {value}"
    return f"{left:<40}{other:<21}: {more}" if other else left


def _counts(end: Neighbor, view: View) -> Iterator[str]:
    received, accepted = len(end.received), len(end.accepted)
    found = {"received": received, "active": accepted, "suppressed": 0, "rejected": received - accepted}
    yield LINE
    yield "Ingress prefix counters per family."
    for one, other in zip(FAMILIES[::2], FAMILIES[1::2], strict=True):
        for what, value in found.items():
            own = value if one == "IPv4" else 0
            yield _line(f"{one} {what}", own, f"{other} {what}", 0)
    yield "Egress prefix counters per family."
    yield _line("IPv4 advertised", sent_count(end, view), "IPv6 advertised", 0)


def _limit(limit: int) -> Iterator[str]:
    yield from ("", RULE, "Prefix Limits Per Address Family", RULE)
    yield "Family         Limit          Idle Timeout   Threshold Log Only  Post Import"
    yield from (LINE, f"{'ipv4':<15}{limit:<15}{'forever':<15}{90:<10}{'Disabled':<10}Disabled", RULE)


@answers('info json /state router "Base" bgp neighbor *')
def tree(view: View) -> str:
    if not neighbors_of(view):
        return "{\n}\n"
    return state("neighbor", [_tree(end, view) for end in neighbors_of(view)])


def _tree(end: Neighbor, view: View) -> dict[str, Any]:
    far = view.world.far_end(end)
    up = end.established
    families = ["IPv4"] if up else []
    return {
        "ip-address": end.peer_address,
        "statistics": {
            "peer-port": 42000 + end.port.index if up else 0,
            "local-port": 179 if up else 0,
            "session-state": told_state(end),
            "last-state": "OpenConfirm" if up else "Connect",
            "last-event": "recvKeepAlive" if up else "openFail",
            "last-error": last_error(end.last_reset),
            "negotiated-family": families,
            "operational-local-address": end.local_address,
            "operational-remote-address": end.peer_address,
            "peer-identifier": far.device.router_id if up else NO_ADDRESS,
            "established-transitions": end.established_transitions_count,
            "last-established-time": iso(end.since, view),
            "hold-time-interval": int(end.hold_time_s),
            "keep-alive-interval": int(end.keepalive_s),
            "in-update-elapsed-time": int(view.at - end.since),
            "remaining-idle-hold-time": 0,
            "number-of-update-flaps": 0,
            "update-errors": 0,
            "received-paths": len(end.received),
            "dynamically-configured": False,
            "convergence-exceeded-min-wait": "unknown",
            **_capabilities(families),
            "family-prefix": {name: _family(name, end, view) for name in TREE_FAMILIES},
            "sent": _traffic(_messages(end, view)[0]),
            "received": _traffic(_messages(end, view)[1]),
        },
        "graceful-restart": {
            "support": False,
            "restart-time-requested": 0,
            "stale-route-time": 360,
            "peer-status": "Not currently being helped",
            "number-of-restarts": 0,
        },
    }


def _capabilities(families: list[str]) -> dict[str, Any]:
    """A peer's are known while the session stands."""
    theirs = CAPABILITIES if families else []
    return {
        "negotiated-capability": theirs,
        "remote-family": {"family": families},
        "local-capability": {"capability": CAPABILITIES},
        "remote-capability": {"capability": theirs},
    }


def _traffic(messages: int) -> dict[str, str]:
    found = {"queues": 0, "messages": messages, "octets": 19 * messages, "updates": 2, "route-refresh": 0}
    return {name: str(value) for name, value in found.items()}


def _family(name: str, end: Neighbor, view: View) -> dict[str, int]:
    ours = name == "ipv4" and end.established
    received, accepted = (len(end.received), len(end.accepted)) if ours else (0, 0)
    return {
        "backup": 0,
        "received": received,
        "active": accepted,
        "suppressed": 0,
        "rejected": received - accepted,
        "sent": sent_count(end, view) if ours else 0,
    }
