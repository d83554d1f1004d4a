"""BFD."""

from __future__ import annotations

from netdoctor.lab.bgp import Neighbor
from netdoctor.lab.render import View
from netdoctor.lab.render.juniper_junos.bgp import neighbors_of
from netdoctor.lab.render.juniper_junos.interfaces import unit
from netdoctor.lab.render.juniper_junos.shape import Tree, age, root, shown

DIAGNOSTICS = {0: "None", 1: "CtlExpire"}
"""RFC 5880 section 4.1 in Junos's words."""
INTERVAL_S, MULTIPLIER = 0.3, 3


@shown(
    "show bfd session extensive",
    "show bfd session",
    "show bfd session detail",
    "show bfd session address {peer} extensive",
)
def sessions(view: View, peer: str | None = None) -> Tree:
    """The process of routing asks for the sessions; without it there are none."""
    ends = neighbors_of(view, peer) if view.device.bgp_running else []
    watched = [end for end in ends if end.bfd and not end.shutdown]
    return root(
        "bfd-session-information",
        {
            "bfd-session": [_session(end, view) for end in watched],
            "sessions": len(watched),
            "clients": len(watched),
            "cumulative-transmission-rate": f"{len(watched) / INTERVAL_S:.1f}",
            "cumulative-reception-rate": f"{len(watched) / INTERVAL_S:.1f}",
        },
        style="extensive",
        module="bfd",
    )


def _session(end: Neighbor, view: View) -> Tree:
    lasts = age(view.at - end.bfd_since)
    return {
        "session-neighbor": end.peer_address,
        "session-state": "Up" if end.bfd_up else "Down",
        "session-interface": unit(end.port),
        "session-detection-time": f"{INTERVAL_S * MULTIPLIER:.3f}",
        "session-transmission-interval": f"{INTERVAL_S:.3f}",
        "session-adaptive-multiplier": MULTIPLIER,
        "bfd-client": {
            "client-name": "BGP",
            "client-transmission-interval": f"{INTERVAL_S:.3f}",
            "client-reception-interval": f"{INTERVAL_S:.3f}",
        },
        ("session-up-time" if end.bfd_up else "session-down-time"): lasts,
        "local-diagnostic": DIAGNOSTICS[end.bfd_diagnostic],
        "remote-diagnostic": "None",
        "session-version": 1,
        "remote-state": "Up" if end.bfd_up else "Down",
        "session-type": "Single hop BFD",
    }
