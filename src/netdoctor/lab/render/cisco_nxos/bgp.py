"""BGP: the process, and its neighbours."""

from __future__ import annotations

from netdoctor.lab.bgp import Neighbor, Reset
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.cisco_nxos.words import NOT_RUNNING, Row, document, period, table, truth
from netdoctor.lab.render.text import NO_ADDRESS
from netdoctor.lab.routes import advertised

STATES = {"idle": "Idle", "active": "Active", "connect": "Connect", "established": "Established"}
REASONS = {
    (2, 2): "bad peer AS number",
    (4, 0): "holdtimer expired error",
    (6, 1): "maximum number of prefixes reached",
    (6, 2): "administratively shutdown",
    (6, 3): "peer deconfigured",
    (6, 6): "other configuration change",
}
"""NOTIFICATIONs in NX-OS's words; a session that ends without one was closed."""
CLOSED = "session closed"
WAYS = ("sent", "recvd")
NONE_COUNTED = (
    "notificationsrcvd",
    "notificationssent",
    "rtrefreshsent",
    "rtrefreshrecvd",
    "capabilitiessent",
    "capabilitiesrecvd",
)
KEEPALIVE_BYTES = 19
"""RFC 4271 section 4.4."""


def neighbors_of(view: View) -> list[Neighbor]:
    return [end for end in view.device.neighbors.values() if end.configured]


def why_down(end: Neighbor) -> str:
    """What stands behind the state of a session that is held down."""
    if end.shutdown:
        return "Shut (Admin)"
    return "Shut (PfxCt)" if end.limit_exceeded else STATES[end.state]


@answers("show bgp all summary vrf all | json")
def summary(view: View) -> str:
    device = view.device
    if not device.bgp_running:
        return NOT_RUNNING
    rows = [_brief(end, view) for end in neighbors_of(view)]
    paths = sum(map(len, device.best.values()))
    family = {
        "safi": 1,
        "af-name": "IPv4 Unicast",
        "tableversion": str(10 + len(device.best)),
        "configuredpeers": str(len(rows)),
        "capablepeers": str(sum(end.established for end in neighbors_of(view))),
        "totalnetworks": str(len(device.best)),
        "totalpaths": str(paths),
        "memoryused": str(240 * paths),
        "numberattrs": str(paths),
        "bytesattrs": str(160 * paths),
        "numberpaths": str(paths),
        "bytespaths": str(6 * paths),
        "numbercommunities": "0",
        "bytescommunities": "0",
        "numberclusterlist": "0",
        "bytesclusterlist": "0",
        "dampening": "Disabled",
        **table("neighbor", rows),
    }
    vrf = {
        "vrf-name-out": "default",
        "vrf-router-id": device.router_id,
        "vrf-local-as": str(device.asn),
        **table("af", [{"af-id": "1", **table("saf", [family])}]),
    }
    return document(table("vrf", [vrf]))


def _brief(end: Neighbor, view: View) -> Row:
    up_s = view.at - end.since
    return {
        "neighborid": end.peer_address,
        "neighborversion": "4",
        "msgrecvd": int(up_s / end.keepalive_s),
        "msgsent": int(up_s / end.keepalive_s),
        "neighbortableversion": str(10 + len(view.device.best)) if end.established else "0",
        "inq": "0",
        "outq": "0",
        "neighboras": str(end.remote_as),
        "time": period(up_s),
        "state": why_down(end),
        "prefixreceived": str(len(end.received)),
    }


@answers("show bgp all neighbors vrf all | json")
def neighbors(view: View) -> str:
    if not view.device.bgp_running:
        return NOT_RUNNING
    ends = neighbors_of(view)
    return document(table("neighbor", [_neighbor(n, end, view) for n, end in enumerate(ends, 3)]))


def _neighbor(index: int, end: Neighbor, view: View) -> Row:
    far = view.world.far_end(end)
    return {
        "neighbor": end.peer_address,
        "remoteas": str(end.remote_as),
        "link": "ebgp",
        "index": index,
        **({"desc": end.description} if end.description else {}),
        "version": 4,
        "remote-id": far.device.router_id if end.established else NO_ADDRESS,
        "prevstate": "OpenConfirm" if end.established else "Idle",
        "state": why_down(end),
        "up": truth(end.established),
        "vrf": "default",
        "elapsedtime": period(view.at - end.since),
        "connectedif": end.port.name,
        **_configured(end),
        "gshut-activate": truth(view.device.draining),
        **_counted(end, view.at - end.since),
        **_resets(end.last_reset, view),
        **_capabilities(end),
        "epe": "false",
        "firstkeepalive": "false",
        **_family(end, view),
        **_connection(end),
    }


def _configured(end: Neighbor) -> Row:
    return {
        **({"tcpmd5auth": "true"} if end.password else {}),
        **({"bfd": "true"} if end.bfd else {}),
        "ttlsecurity": truth(end.gtsm_hops is not None),
        "passiveonly": "false",
        "localas-inactive": "false",
        "remove-privateas": "false",
        "holdtime": int(end.hold_time_s),
        "keepalivetime": int(end.keepalive_s),
    }


def _counted(end: Neighbor, since_s: float) -> Row:
    """Messages since the session stands, and how often it did."""
    messages = int(since_s / end.keepalive_s) if end.established else 0
    ups = end.established_transitions_count
    return {
        "lastread": period(since_s % end.keepalive_s),
        "lastwrite": period(since_s % end.keepalive_s),
        "recvbufbytesinq": 0,
        "sentbytesoutstanding": 0,
        "sentbytespacked": 0,
        "enhancederr": "On",
        "discardattrs": 0,
        "connsestablished": ups,
        "connsdropped": ups - end.established,
        **{f"opens{way}": ups for way in WAYS},
        **{f"msg{way}": messages for way in WAYS},
        **{f"updates{way}": messages // 3 for way in WAYS},
        **{f"keepalive{way}": messages for way in WAYS},
        **{f"bytes{way}": messages * KEEPALIVE_BYTES for way in WAYS},
        **dict.fromkeys(NONE_COUNTED, 0),
    }


def _resets(reset: Reset | None, view: View) -> Row:
    """The last reset by each side: the one that there was, and none."""
    by_us, by_peer = ("reset", "snt"), ("peerreset", "rcvd")
    ours = reset is not None and reset.sent is not False
    happened, never = (by_us, by_peer) if ours else (by_peer, by_us)
    told: Row = {}
    for (start, end), one in ((happened, reset), (never, None)):
        code, subcode = (one.code or 0, one.subcode or 0) if one else (0, 0)
        if one:
            told[f"{start}time"] = period(view.at - one.at)
        told[f"{start}reason"] = REASONS.get((code, subcode), CLOSED) if one else "No error"
        told |= {f"errlen{end}": 0, f"errval{end}": 0, f"rstmaj{end}": code, f"rstmin{end}": subcode}
    return told


def _capabilities(end: Neighbor) -> Row:
    heard = truth(end.established)
    names = ("mp", "refresh", "grdynamic", "rr", "oldrr", "as4", "gr")
    told = {f"cap{name}advertised": "true" for name in names}
    told |= {f"cap{name}recvd": heard for name in names}
    family = {"af-safi": 1, "af-advertised": "true", "af-recvd": heard, "af-name": "IPv4 Unicast"}
    return {"capsnegotiated": "false", **told, **table("af", [{"af-afi": 1, **table("saf", [family])}])}


def _family(end: Neighbor, view: View) -> Row:
    far = view.world.far_end(end)
    sent = len(advertised(end, far.device.asn)) if end.established else 0
    version = 10 + len(view.device.best)
    family = {
        "per-safi": 1,
        "per-af-name": "IPv4 Unicast",
        "tableversion": version,
        "neighbortableversion": version if end.established else 0,
        "pfxrecvd": len(end.accepted),
        "pathsrecvd": len(end.accepted),
        "pfxbytes": 240 * len(end.accepted),
        "pfxtreataswithdrawn": 0,
        "pfxsent": sent,
        "pathssent": sent,
        "insoftreconfigallowed": "false",
        "sendcommunity": "true",
        "sendextcommunity": "true",
        "asoverride": "false",
        "peerascheckdisabled": "false",
        "rrconfigured": "false",
        "defaultoriginate": "false",
        **({"maxpfx": end.prefix_limit} if end.prefix_limit else {}),
        **table("inpolicy", [{"inpolicytype": "route-map", "inpolicyname": end.import_policy.name}]),
        **table("outpolicy", [{"outpolicytype": "route-map", "outpolicyname": end.export_policy.name}]),
    }
    return table("peraf", [{"per-afi": 1, **table("persaf", [family])}])


def _connection(end: Neighbor) -> Row:
    if not end.established:
        return {}
    return {
        "localaddr": end.local_address,
        "localport": 179,
        "remoteaddr": end.peer_address,
        "remoteport": 42000 + end.port.index,
        "fd": 70 + end.port.index,
    }


@answers("show bgp all neighbors {peer} vrf all")
def neighbor(view: View, peer: str) -> str:
    """One neighbour in text."""
    if not view.device.bgp_running:
        return NOT_RUNNING
    end = view.device.neighbors.get(peer)
    if end is None or not end.configured:
        return f"Can't find neighbor {peer} in VRF default\n"
    up = "up" if end.established else "down"
    lines = [
        f"BGP neighbor is {peer}, remote AS {end.remote_as}, ebgp link, Peer index 3",
        *([f"  Description: {end.description}"] if end.description else []),
        f"  BGP version 4, remote router ID {_remote_id(end, view)}",
        f"  BGP state = {why_down(end)}, {up} for {period(view.at - end.since)}",
        f"  Peer is directly attached, interface {end.port.name}",
        *(["  TCP MD5 authentication is enabled"] if end.password else []),
        *(["  BFD live-detection is configured"] if end.bfd else []),
        *([f"  TTL security is enabled, within {end.gtsm_hops} hops"] if end.gtsm_hops else []),
        f"  Last read never, hold time = {end.hold_time_s:.0f}, "
        f"keepalive interval is {end.keepalive_s:.0f} seconds",
        f"  Connections established {end.established_transitions_count}, "
        f"dropped {end.established_transitions_count - end.established}",
        *_last_resets(end.last_reset, view),
        "",
        "  For address family: IPv4 Unicast",
        f"  {len(end.accepted)} accepted prefixes ({len(end.accepted)} paths)",
        f"  Inbound route-map configured is {end.import_policy.name}, handle obtained",
        f"  Outbound route-map configured is {end.export_policy.name}, handle obtained",
        "",
        f"  Local host: {end.local_address}, Local port: 179",
    ]
    return "".join(f"{line}\n" for line in lines)


def _remote_id(end: Neighbor, view: View) -> str:
    return view.world.far_end(end).device.router_id if end.established else NO_ADDRESS


def _last_resets(reset: Reset | None, view: View) -> list[str]:
    told = _resets(reset, view)
    return [
        f"  Last reset by {who} {told.get(f'{start}time', 'never')}, due to {told[f'{start}reason']}"
        for who, start in (("us", "reset"), ("peer", "peerreset"))
    ]
