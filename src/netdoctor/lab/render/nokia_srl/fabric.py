"""BFD and filters; overlays and bridging, as a router tells them that has none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from netdoctor.lab.bgp import Neighbor
from netdoctor.lab.hardware import Filter
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.nokia_srl.texts import NO_ENTRY, lines, rule, stamp, subinterface
from netdoctor.lab.render.text import as_json

INTERVAL_US = 300_000
DIAGNOSTICS = {0: "NO_DIAGNOSTIC", 1: "DETECTION_TIMEOUT"}
"""RFC 5880 §4.1."""
CPM_RULES = ((10, "icmp", None), (20, "tcp", 179), (30, "udp", 3784), (40, "tcp", 22))
"""What the control plane takes: entry, protocol and port."""


@answers("info from state bfd | as json", "info from state bfd network-instance * | as json")
def bfd(view: View) -> str:
    ends = [end for end in view.device.neighbors.values() if end.configured and end.bfd and not end.shutdown]
    if not ends:
        return NO_ENTRY
    found = {"name": "default", "peer": [_peer(end, view) for end in ends]}
    return as_json({"bfd": {"network-instance": [found]}}, indent=2)


def _peer(end: Neighbor, view: View) -> dict[str, Any]:
    up = end.bfd_up
    return {
        "local-discriminator": 16384 + end.port.index,
        "oper-state": "up" if up else "down",
        "local-address": end.local_address,
        "remote-address": end.peer_address,
        "remote-discriminator": 17000 + end.port.index if up else 0,
        "subscribed-protocols": "bgp_mgr",
        "subinterface": subinterface(end.port),
        "session-state": "UP" if up else "DOWN",
        "remote-session-state": "UP" if up else "DOWN",
        "last-state-transition": stamp(view.device, end.bfd_since),
        "local-diagnostic-code": DIAGNOSTICS[end.bfd_diagnostic],
        "remote-diagnostic-code": "NO_DIAGNOSTIC",
        "remote-multiplier": 3,
        "active-transmit-interval": INTERVAL_US,
        "active-receive-interval": INTERVAL_US,
    }


@answers("info from state acl | as json")
def acl(view: View) -> str:
    filters = [_rule(at, found, view) for at, found in enumerate(view.device.filters, 1)]
    told: dict[str, Any] = {
        "cpm-filter": {"ipv4-filter": {"statistics-per-entry": True, "entry": list(_cpm(view))}}
    }
    if filters:
        last = {"sequence-id": 65535, "action": {"accept": {}}, "statistics": {"matched-packets": "0"}}
        told["acl-filter"] = [
            {"name": "edge-in", "type": "ipv4", "statistics-per-entry": True, "entry": [*filters, last]}
        ]
    return as_json({"acl": told}, indent=2)


def _rule(at: int, found: Filter, view: View) -> dict[str, Any]:
    return {
        "sequence-id": 10 * at,
        "match": {
            "ipv4": {"protocol": "tcp", "source-ip": {"prefix": f"{found.source}/32"}},
            "transport": {"destination-port": {"operator": "eq", "value": found.tcp_port}},
        },
        "action": {"drop": {"log": False}},
        "statistics": {"matched-packets": str(found.dropped.read(view.at))},
    }


def _taken(port: int | None, view: View) -> int:
    """Packets of a protocol that came to the control plane."""
    links = sum(one.oper_up for one in view.device.ports.values())
    rate_pps = {179: 0.4, 3784: 6.6, 22: 0.1}.get(port or 0, 0.2)
    return int(rate_pps * links * (view.at - view.device.booted_at))


def _cpm(view: View) -> Iterator[dict[str, Any]]:
    for entry, protocol, port in CPM_RULES:
        match: dict[str, Any] = {"protocol": protocol}
        if port:
            match["destination-port"] = {"operator": "eq", "value": port}
        yield {
            "sequence-id": entry,
            "match": match,
            "action": {"accept": {}},
            "statistics": {"matched-packets": str(_taken(port, view))},
        }


@answers("show acl cpm-filter ipv4-filter")
def cpm_filter(view: View) -> str:
    entries = "".join(
        lines(
            f"Entry {entry}",
            f"  Match          : protocol={protocol}, any(*)->any({f'eq {port}' if port else '*'})",
            "  Action         : accept",
            f"  Matched Packets: {_taken(port, view)}",
            "  TCAM Entries   : 1",
        )
        for entry, protocol, port in CPM_RULES
    )
    head = lines("Filter     : CPM IPv4-filter", "Entry-stats: yes", f"Entries    : {len(CPM_RULES)}")
    return rule("=") + head + rule() + entries + rule()


@answers(
    "info from state network-instance {vrf} protocols bgp-evpn | as json",
    "info from state network-instance {vrf} bridge-table mac-table | as json",
    "info from state tunnel-interface * | as json",
    "info from state system network-instance protocols evpn ethernet-segments | as json",
)
def nothing(view: View, vrf: str = "*") -> str:
    return NO_ENTRY


@answers("show lag lacp-state", "show lag", "show lag detail")
def lags(view: View) -> str:
    return rule() + rule()
