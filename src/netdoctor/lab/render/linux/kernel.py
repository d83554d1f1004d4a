"""The kernel's filter rules and its own TCP connections."""

from __future__ import annotations

from typing import Any

from netdoctor.lab.bgp import Neighbor
from netdoctor.lab.hardware import BGP_PORT, Filter
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.linux.manner import needs_root
from netdoctor.lab.render.text import as_json

SILENT = ("digest", "distance", "filter")
"""What makes a SYN go unanswered."""


@answers("nft -j list ruleset")
@needs_root("Operation not permitted (you must be root)")
def ruleset(view: View) -> str:
    """One chain that lets everything in but what its rules drop."""
    table = {"family": "inet", "name": "filter", "handle": 1}
    chain = {"family": "inet", "table": "filter", "name": "input", "handle": 1, "type": "filter"}
    content = [
        {"metainfo": {"version": "1.0.6", "release_name": "Lester Gooch #5", "json_schema_version": 1}},
        {"table": table},
        {"chain": {**chain, "hook": "input", "prio": 0, "policy": "accept"}},
        *({"rule": _rule(number, rule, view)} for number, rule in enumerate(view.device.filters, 4)),
    ]
    return as_json({"nftables": content}, indent=None)


def _rule(handle: int, rule: Filter, view: View) -> dict[str, Any]:
    packets = rule.dropped.read(view.at)
    return {
        "family": "inet",
        "table": "filter",
        "chain": "input",
        "handle": handle,
        "expr": [
            _equals("ip", "saddr", rule.source),
            _equals("tcp", "dport", rule.tcp_port),
            {"counter": {"packets": packets, "bytes": packets * 60}},
            {"drop": None},
        ],
    }


def _equals(protocol: str, field: str, value: str | int) -> dict[str, Any]:
    left = {"payload": {"protocol": protocol, "field": field}}
    return {"match": {"op": "==", "left": left, "right": value}}


@answers("ipvsadm -L -n")
@needs_root("Can't initialize ipvs: Permission denied (you must be root)")
def virtual_server(view: View) -> str:
    """The kernel has the module, and no service."""
    return (
        "IP Virtual Server version 1.2.1 (size=4096)\n"
        "Prot LocalAddress:Port Scheduler Flags\n"
        "  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn\n"
    )


@answers("nft -a list ruleset")
@needs_root("Operation not permitted (you must be root)")
def ruleset_text(view: View) -> str:
    rules = "".join(
        f"\t\tip saddr {rule.source} tcp dport {rule.tcp_port} counter packets "
        f"{rule.dropped.read(view.at)} bytes {rule.dropped.read(view.at) * 60} drop # handle {number}\n"
        for number, rule in enumerate(view.device.filters, 4)
    )
    return (
        "table inet filter { # handle 1\n"
        "\tchain input { # handle 1\n"
        "\t\ttype filter hook input priority filter; policy accept;\n"
        f"{rules}"
        "\t}\n}\n"
    )


@answers('ss -t -n -a "( sport = :179 or dport = :179 )"')
def connections(view: View) -> str:
    rows = [f"LISTEN     0      4096   0.0.0.0:{BGP_PORT}    0.0.0.0:*"] if view.device.bgp_running else []
    rows += [row for end in view.device.neighbors.values() if (row := _connection(end, view))]
    title = "State      Recv-Q Send-Q Local Address:Port  Peer Address:Port Process\n"
    return title + "".join(f"{row}\n" for row in rows)


def _connection(end: Neighbor, view: View) -> str | None:
    """An established session has its connection; one whose SYN is refused silently is still trying."""
    port = 42000 + end.port.index
    if end.established:
        return f"ESTAB      0      0      {end.local_address}:{BGP_PORT}   {end.peer_address}:{port}"
    obstacle = view.world.obstacle(end)
    if obstacle in SILENT and view.device.bgp_running:
        return f"SYN-SENT   0      1      {end.local_address}:{port}   {end.peer_address}:{BGP_PORT}"
    return None
