"""BGP's neighbours."""

from __future__ import annotations

from typing import Any

from netdoctor.lab.bgp import Neighbor, Reset
from netdoctor.lab.render import View
from netdoctor.lab.render.juniper_junos.interfaces import unit
from netdoctor.lab.render.juniper_junos.shape import Tree, lasting, root, shown
from netdoctor.lab.routes import advertised

GROUP = "FABRIC"
PREFERENCE = 170
ERRORS = {2: "Open Message Error", 4: "Hold Timer Expired Error", 6: "Cease"}
"""NOTIFICATION codes in Junos's words; it keeps no subcode."""


def neighbors_of(view: View, peer: str | None = None) -> list[Neighbor]:
    ends = view.device.neighbors.values()
    return [end for end in ends if end.configured and peer in (None, end.peer_address)]


@shown("show bgp neighbor", "show bgp neighbor {peer}", routing=True)
def neighbors(view: View, peer: str | None = None) -> Tree:
    return root("bgp-information", {"bgp-peer": [_neighbor(end, view) for end in neighbors_of(view, peer)]})


def _neighbor(end: Neighbor, view: View) -> Tree:
    remote, local = _places(end)
    return {
        "attributes": {"junos:style": "detail"},
        "peer-address": remote,
        "peer-as": end.remote_as,
        "local-address": local,
        "local-as": view.device.asn,
        "description": end.description,
        "peer-group": GROUP,
        "peer-cfg-rti": "master",
        "peer-fwd-rti": "master",
        "peer-type": "External",
        "peer-state": end.state.capitalize(),
        "peer-flags": "Sync" if end.established else "",
        "last-state": "OpenConfirm" if end.established else "Idle" if end.state == "active" else "Active",
        "last-event": "RecvKeepAlive" if end.established else "ConnectRetry",
        "last-error": _error(end.last_reset),
        "bgp-option-information": _options(end),
        "flap-count": max(0, end.established_transitions_count - end.established),
        **_last_flap(end.last_reset),
        **(_session(end, view) if end.established else {}),
    }


def _places(end: Neighbor) -> tuple[str, str]:
    """Both ends with their TCP ports, while there is a connection."""
    if not end.established:
        return end.peer_address, end.local_address
    return f"{end.peer_address}+179", f"{end.local_address}+{50000 + end.port.index}"


def _error(reset: Reset | None) -> str:
    return "None" if reset is None or reset.code is None else ERRORS[reset.code]


def _last_flap(reset: Reset | None) -> Tree:
    if reset is None:
        return {}
    if reset.code is None:
        return {"last-flap-event": "TransportError"}
    event = ("HoldTime" if reset.code == 4 else "Stop") if reset.sent else "RecvNotify"
    counts = {"send-count": int(bool(reset.sent)), "receive-count": int(not reset.sent)}
    return {"last-flap-event": event, "bgp-error": [{"name": ERRORS[reset.code], **counts}]}


def _options(end: Neighbor) -> Tree:
    words = ["Preference", "HoldTime", *(["AuthKey"] if end.password else []), "AddressFamily", "PeerAS"]
    if end.prefix_limit:
        words.append("PrefixLimit")
    return {
        "export-policy": end.export_policy.name,
        "import-policy": end.import_policy.name,
        "bgp-options": " ".join([*words, "Refresh"]),
        "bgp-options2": "BfdEnabled" if end.bfd else "",
        "bgp-options-extended": "GracefulShutdownRcv",
        "address-families": "inet-unicast",
        "holdtime": int(end.hold_time_s),
        "preference": PREFERENCE,
        "gshut-recv-local-preference": 0,
    }


def _session(end: Neighbor, view: View) -> Tree:
    """What is known of a peer that has answered."""
    far = view.world.far_end(end)
    return {
        "peer-id": far.device.router_id,
        "local-id": view.device.router_id,
        "active-holdtime": int(end.hold_time_s),
        "keepalive-interval": int(end.keepalive_s),
        "group-index": 0,
        "peer-index": end.port.index,
        "snmp-index": end.port.index,
        "bgp-bfd": {
            "bfd-configuration-state": "enabled" if end.bfd else "disabled",
            "bfd-operational-state": "up" if end.bfd_up else "down",
        },
        "local-interface-name": unit(end.port),
        "nlri-type-peer": "inet-unicast",
        "nlri-type-session": "inet-unicast",
        "peer-refresh-capability": 2,
        "bgp-rib": {"attributes": {"junos:style": "detail"}, **_rib(end, view)},
    }


def _rib(end: Neighbor, view: View) -> dict[str, Any]:
    best = [path for paths in view.device.best.values() for path in paths if path.learned_from is end]
    return {
        "name": "inet.0",
        "rib-bit": 20000,
        "bgp-rib-state": "BGP restart is complete",
        "send-state": "in sync",
        "active-prefix-count": len(best),
        "received-prefix-count": len(end.received),
        "accepted-prefix-count": len(end.accepted),
        "suppressed-prefix-count": 0,
        "advertised-prefix-count": len(advertised(end, view.world.far_end(end).device.asn)),
    }


@shown("show bgp summary", routing=True)
def summary(view: View) -> Tree:
    ends = neighbors_of(view)
    return root(
        "bgp-information",
        {
            "bgp-thread-mode": "BGP I/O",
            "group-count": 1,
            "peer-count": len(ends),
            "down-peer-count": sum(not end.established for end in ends),
            "bgp-rib": {"attributes": {"junos:style": "brief"}, **_table(view)},
            "bgp-peer": [_row(end, view) for end in ends],
        },
    )


def _table(view: View) -> Tree:
    ends = neighbors_of(view)
    learned = [path for paths in view.device.best.values() for path in paths if path.learned_from]
    return {
        "name": "inet.0",
        "total-prefix-count": sum(len(end.received) for end in ends),
        "received-prefix-count": sum(len(end.received) for end in ends),
        "accepted-prefix-count": sum(len(end.accepted) for end in ends),
        "active-prefix-count": len(learned),
        "suppressed-prefix-count": 0,
        "history-prefix-count": 0,
        "damped-prefix-count": 0,
        "pending-prefix-count": 0,
        "bgp-rib-state": "BGP restart is complete",
    }


def _row(end: Neighbor, view: View) -> Tree:
    messages = int((view.at - end.since) / end.keepalive_s) if end.established else 0
    short = ("name", "active-prefix-count", "received-prefix-count", "accepted-prefix-count")
    rib = {name: value for name, value in _rib(end, view).items() if name in short}
    return {
        "attributes": {"junos:style": "terse"},
        "peer-address": end.peer_address,
        "peer-as": end.remote_as,
        "input-messages": messages,
        "output-messages": messages + 1,
        "route-queue-count": 0,
        "flap-count": max(0, end.established_transitions_count - end.established),
        "elapsed-time": lasting(view.at - end.since),
        "description": end.description,
        "peer-state": end.state.capitalize(),
        **({"bgp-rib": {**rib, "suppressed-prefix-count": 0}} if end.established else {}),
    }
