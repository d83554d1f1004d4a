"""FRR's table of BGP neighbours."""

from __future__ import annotations

from typing import Any

from netdoctor.lab.bgp import Neighbor
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.linux.frr_bgp import STATES, messages, neighbors_of
from netdoctor.lab.render.text import as_json, clock_text
from netdoctor.lab.routes import advertised


@answers('vtysh -c "show bgp vrf all summary json"')
def summary(view: View) -> str:
    ends = neighbors_of(view)
    table = {
        "routerId": view.device.loopback,
        "as": view.device.asn,
        "vrfId": 0,
        "vrfName": "default",
        "tableVersion": len(view.device.best),
        "ribCount": len(view.device.best),
        "ribMemory": 192 * len(view.device.best),
        "peerCount": len(ends),
        "peerMemory": 741_000 * len(ends),
        "peers": {end.peer_address: _row(end, view) for end in ends},
        "failedPeers": sum(not end.established for end in ends),
        "displayedPeers": len(ends),
        "totalPeers": len(ends),
        "dynamicPeers": 0,
        "bestPath": {"multiPathRelax": "true"},
    }
    return as_json({"default": {"ipv4Unicast": table}}, indent=2)


def _row(end: Neighbor, view: View) -> dict[str, Any]:
    state, peer_state = STATES[end.state], "OK"
    if end.shutdown:
        state, peer_state = "Idle (Admin)", "Admin"
    elif end.limit_exceeded:
        state, peer_state = "Idle (PfxCt)", "PfxCt"
    since_s = view.at - end.since
    return {
        **({"hostname": end.description} if end.established else {}),
        "remoteAs": end.remote_as,
        "localAs": view.device.asn,
        "version": 4,
        "msgRcvd": messages(end, view)["totalRecv"],
        "msgSent": messages(end, view)["totalSent"],
        "tableVersion": 0,
        "outq": 0,
        "inq": 0,
        "peerUptime": clock_text(since_s),
        "peerUptimeMsec": int(since_s) * 1000,
        "peerUptimeEstablishedEpoch": int(end.since + view.device.clock_offset_s),
        "pfxRcd": len(end.accepted),
        "pfxSnt": len(advertised(end, end.remote_as)) if end.established else 0,
        "state": state,
        "peerState": peer_state,
        "connectionsEstablished": end.established_transitions_count,
        "connectionsDropped": end.established_transitions_count - (1 if end.established else 0),
        "desc": end.description,
        "idType": "ipv4",
    }


@answers('vtysh -c "show bgp vrf all summary"')
def summary_text(view: View) -> str:
    ends = neighbors_of(view)
    head = (
        f"IPv4 Unicast Summary (VRF default):\nBGP router identifier {view.device.loopback}, "
        f"local AS number {view.device.asn} vrf-id 0\n\n"
        "Neighbor        V         AS   MsgRcvd   MsgSent   Up/Down State/PfxRcd   PfxSnt Desc\n"
    )
    return head + "".join(_text_row(end, view) for end in ends) + f"\nTotal number of neighbors {len(ends)}\n"


def _text_row(end: Neighbor, view: View) -> str:
    row = _row(end, view)
    told = row["pfxRcd"] if end.established else row["state"]
    return (
        f"{end.peer_address:<15} 4 {end.remote_as:10d} {row['msgRcvd']:9d} {row['msgSent']:9d} "
        f"{row['peerUptime']:>9} {told!s:>12} {row['pfxSnt']:8d} {end.description}\n"
    )
