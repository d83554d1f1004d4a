"""BGP: the process and its neighbours, in the state tree and as text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from netdoctor.lab.bgp import Neighbor, Reset
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.nokia_srl.texts import boxed, in_default, lines, rule, stamp, uptime
from netdoctor.lab.render.text import NOTIFICATION_NAMES
from netdoctor.lab.routes import advertised

NO_LIMIT = 2**32 - 1
GROUP = "fabric"


def neighbors_of(view: View, peer: str | None = None) -> list[Neighbor]:
    """The neighbours that are configured; none are told of while the process does not run."""
    if not view.device.bgp_running:
        return []
    ends = view.device.neighbors.values()
    return [end for end in ends if end.configured and peer in (None, "*", end.peer_address)]


def words(reset: Reset) -> tuple[str, str]:
    """A NOTIFICATION by the names of its code and subcode."""
    return NOTIFICATION_NAMES[reset.code or 0, reset.subcode or 0]


@answers(
    "info from state network-instance {vrf} protocols bgp | as json",
    "info from state network-instance {vrf} protocols bgp neighbor {peer} | as json",
)
def state(view: View, vrf: str, peer: str = "*") -> str:
    ends = neighbors_of(view, peer)
    if not ends or vrf not in ("*", "default"):
        return in_default("bgp", {})
    device = view.device
    process = {
        "admin-state": "enable",
        "oper-state": "up",
        "under-maintenance": device.draining,
        "maintenance-group": "drained" if device.draining else "",
        "autonomous-system": device.asn,
        "local-preference": 100,
        "router-id": device.router_id,
        "ebgp-default-policy": {"import-reject-all": True, "export-reject-all": True},
        "preference": {"ebgp": 170, "ibgp": 170},
    }
    return in_default("bgp", {**process, "neighbor": [_neighbor(end, view) for end in ends]})


def _neighbor(end: Neighbor, view: View) -> dict[str, Any]:
    far = view.world.far_end(end)
    up = end.established
    return {
        "peer-address": end.peer_address,
        "admin-state": "disable" if end.shutdown else "enable",
        "description": end.description,
        "under-maintenance": view.device.draining,
        "maintenance-group": "drained" if view.device.draining else "",
        "peer-type": "ebgp",
        "local-preference": 100,
        "next-hop-self": False,
        "peer-as": end.remote_as,
        "peer-group": GROUP,
        **({"peer-router-id": far.device.router_id} if up else {}),
        "session-state": end.state,
        "last-state": "active" if up else "established",
        **({"last-established": stamp(view.device, end.since)} if up else {}),
        "established-transitions": str(end.established_transitions_count),
        "export-policy": [end.export_policy.name],
        "import-policy": [end.import_policy.name],
        "authentication": _authentication(end),
        "failure-detection": {"enable-bfd": end.bfd, "fast-failover": True},
        "multihop": {"admin-state": "disable"},
        "afi-safi": [_family(end, view)],
        "local-as": {"as-number": view.device.asn, "prepend-global-as": True, "prepend-local-as": True},
        "timers": _timers(end),
        "transport": {
            "passive-mode": False,
            "local-address": end.local_address,
            **({"local-port": 179, "remote-port": 42000 + end.port.index} if up else {}),
        },
        **_messages(end, view),
    }


def _authentication(end: Neighbor) -> dict[str, Any]:
    """A key is never shown, only that there is one."""
    chain = {"keychain": f"bgp-{end.description}"} if end.password else {}
    return {**chain, "transmit-active": end.password is not None}


def _timers(end: Neighbor) -> dict[str, int]:
    hold, keepalive = int(end.hold_time_s), int(end.keepalive_s)
    negotiated = {"negotiated-hold-time": hold, "negotiated-keepalive-interval": keepalive}
    configured = {"connect-retry": 120, "hold-time": hold, "keepalive-interval": keepalive}
    return {**configured, **(negotiated if end.established else {})}


def sent_count(end: Neighbor, view: View) -> int:
    far = view.world.far_end(end)
    return len(advertised(end, far.device.asn)) if end.established else 0


def _family(end: Neighbor, view: View) -> dict[str, Any]:
    active = sum(end in [path.learned_from for path in paths] for paths in view.device.best.values())
    return {
        "afi-safi-name": "ipv4-unicast",
        "admin-state": "enable",
        "oper-state": "up" if end.established else "down",
        "received-routes": len(end.received),
        "sent-routes": sent_count(end, view),
        "active-routes": active if end.established else 0,
        "rejected-routes": len(end.received) - len(end.accepted),
        "ipv4-unicast": {
            "prefix-limit-received": {
                "max-received-routes": end.prefix_limit or NO_LIMIT,
                "warning-threshold-pct": 90,
                "prevent-teardown": False,
                "prefix-limit-exceeded": end.limit_exceeded,
            }
        },
    }


def _messages(end: Neighbor, view: View) -> dict[str, Any]:
    told: dict[str, dict[str, Any]] = {
        "sent-messages": {"queue-depth": 0},
        "received-messages": {"queue-depth": 0},
    }
    reset = end.last_reset
    if reset and reset.code is not None:
        code, subcode = words(reset)
        told["sent-messages" if reset.sent else "received-messages"] |= {
            "last-notification-time": stamp(view.device, reset.at),
            "last-notification-error-code": code,
            "last-notification-error-subcode": subcode or "None",
            "total-notifications": 1,
        }
    return told


@answers(
    "show network-instance {vrf} protocols bgp neighbor",
    "show network-instance {vrf} protocols bgp neighbor {peer}",
)
def table(view: View, vrf: str, peer: str = "*") -> str:
    ends = neighbors_of(view, peer)
    heads = ("Net-Inst", "Peer", "Group", "Flags", "Peer-AS", "State", "Uptime", "AFI/SAFI", "[Rx/Active/Tx]")
    up = sum(end.established for end in ends)
    return (
        rule()
        + 'BGP neighbor summary for network-instance "default"\n'
        + "Flags: S static, D dynamic, L discovered by LLDP, B BFD enabled, - disabled, * slow\n"
        + rule()
        + rule()
        + boxed(heads, [_row(end, view) for end in ends])
        + rule()
        + "Summary:\n"
        + f"{len(ends)} configured neighbors, {up} configured sessions are established, "
        + f"{sum(end.shutdown for end in ends)} disabled peers\n0 dynamic peers\n"
    )


def _row(end: Neighbor, view: View) -> tuple[str, ...]:
    flags = f"S{'B' if end.bfd else ''}{'-' if end.shutdown else ''}"
    family = _family(end, view)
    counts = "/".join(str(family[f"{name}-routes"]) for name in ("received", "active", "sent"))
    age = uptime(view.at - end.since) if end.established else "-"
    return (
        "default", end.peer_address, GROUP, flags, str(end.remote_as), end.state, age, "ipv4-unicast",
        f"[{counts}]",
    )  # fmt: skip


@answers("show network-instance {vrf} protocols bgp neighbor {peer} detail")
def detail(view: View, vrf: str, peer: str) -> str:
    return "".join(text for end in neighbors_of(view, peer) for text in _detail(end, view))


def _detail(end: Neighbor, view: View) -> Iterator[str]:
    yield rule()
    yield lines(
        f"Peer : {end.peer_address}, remote AS: {end.remote_as}, local AS: {view.device.asn}, "
        "peer-type : ebgp",
        "Type : static",
        f"Description : {end.description}",
        f"Group : {GROUP}",
        f"Export policies : {end.export_policy.name}",
        f"Import policies: {end.import_policy.name}",
        f"Under maintenance: {view.device.draining}",
    )
    yield rule()
    way = "up" if end.established else "down"
    yield (
        f"Admin-state is {'disable' if end.shutdown else 'enable'}, session-state is {end.state}, "
        f"{way} for {uptime(view.at - end.since)}\n"
    )
    if end.established:
        place = f"{end.local_address} [179] -> {end.peer_address} [{42000 + end.port.index}]"
        yield f"TCP connection is {place}\n"
    yield f"TCP-MD5 authentication is {'enabled' if end.password else 'disabled'}\n"
    yield rule()
    yield f"Last-state was active, last-event was recvOpen, {end.established_transitions_count} peer-flaps\n"
    yield from _last_notification(end)
    yield f"Failure detection: BFD is {end.bfd}, fast-failover is True\n"
    yield rule()
    yield _timer_table(end)
    yield _family_text(end, view)


def _last_notification(end: Neighbor) -> Iterator[str]:
    reset = end.last_reset
    if reset is None or reset.code is None:
        yield "Last received Notification was Error: None SubError: None\n"
        return
    code, subcode = words(reset)
    side = "sent" if reset.sent else "received"
    yield f"Last {side} Notification was Error: {code} SubError: {subcode or 'None'}\n"


def _timer_table(end: Neighbor) -> str:
    rows = (("connect-retry", 120), ("keepalive-interval", end.keepalive_s), ("hold-time", end.hold_time_s))
    head = "           Timer                 Configured      Operational                 Next\n"
    body = "".join(f"{name:<32}{int(value):^16}{int(value):^16}{'-':^24}\n" for name, value in rows)
    return head + rule("=", 93) + body + rule()


def _family_text(end: Neighbor, view: View) -> str:
    family = _family(end, view)
    told = {name: family[f"{name.lower()}-routes"] or "None" for name in ("Received", "Rejected", "Active")}
    limit = end.prefix_limit or NO_LIMIT
    return (
        "Ipv4-unicast AFI/SAFI\n"
        + lines(
            f"    End of RIB                     : {'sent, received' if end.established else 'N/A'}",
            *(f"    {name} routes".ljust(35) + f": {value}" for name, value in told.items()),
            f"    Advertised routes              : {family['sent-routes'] or 'None'}",
            f"    Prefix-limit                   : {limit} routes, warning at 90, prevent-teardown False",
        )
        + rule()
    )
