"""What these routers do not have: groups of links, bridging services, DHCP relays; and their filters."""

from __future__ import annotations

from collections.abc import Iterator

from netdoctor.lab.hardware import Filter
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.nokia_sros.words import LINE, NONE_FOUND, RULE, shown, table

LAG_HEAD = ["Lag-id         Adm     Opr     Weighted Threshold Up-Count MC Act/Stdby", "    name"]
PORT_HEAD = [
    "Lag-name",
    "Id     Port-id         Adm   Act/     Opr   Primary Sub-group     Forced Prio",
    "                             Stdby",
]


@answers("show lag")
def lags(view: View) -> str:
    count = "Total Lag-ids: 0       Single Chassis: 0        MC Act: 0       MC Stdby: 0"
    return table("Lag Data", LAG_HEAD, [], count)


@answers("show lag port")
def lag_ports(view: View) -> str:
    return table("Lag Port States", PORT_HEAD, [NONE_FOUND])


@answers("show lag detail")
def lag_details(view: View) -> str:
    return shown(["", RULE, "LAG Details", RULE, NONE_FOUND, RULE])


@answers("show service fdb-mac")
def macs(view: View) -> str:
    head = ["ServId     MAC               Source-Identifier       Type     Last Change"]
    return table("Service Forwarding Database", head, [NONE_FOUND], "No. of entries: 0")


@answers("show service system bgp-evpn ethernet-segment")
def segments(view: View) -> str:
    head = ["Name                            ESI                              Admin   Oper"]
    return table("Service Ethernet Segment", head, [], "Entries found: 0")


DHCP = (
    "Received Packets",
    "Transmitted Packets",
    "Received Malformed Packets",
    "Received Untrusted Packets",
    "Client Packets Discarded",
    "Client Packets Relayed",
    "Server Packets Discarded",
    "Server Packets Relayed",
)


@answers("show router dhcp statistics")
def dhcp(view: View) -> str:
    rule = "=" * 67
    rows = (f"{name:<37}: 0" for name in DHCP)
    return shown(["", rule, "DHCP Global Statistics (Router: Base)", rule, *rows, rule])


def entries(view: View) -> Iterator[tuple[int, Filter]]:
    """The rules of the control plane's filter, by their numbers."""
    return ((10 * number, rule) for number, rule in enumerate(view.device.filters, 1))


@answers("show system security cpm-filter ip-filter")
def cpm_filter(view: View) -> str:
    head = ["Entry-Id  Dropped      Forwarded    Description"]
    rows = [f"{number:<10}{rule.dropped.read(view.at):<13}{0:<13}" for number, rule in entries(view)]
    return table("CPM IP Filters (applied)", head, rows or [NONE_FOUND])


@answers("show system security cpm-filter ipv6-filter")
def cpm_filter_ipv6(view: View) -> str:
    head = ["Entry-Id  Dropped      Forwarded    Description"]
    return table("CPM IPv6 Filters (applied)", head, [NONE_FOUND])


@answers("show system security cpm-filter ip-filter entry {number}")
def cpm_entry(view: View, number: str) -> str:
    lines = [line for n, rule in entries(view) if str(n) == number for line in _rule(n, rule, view)]
    return shown(["", RULE, "CPM IP Filter Entry", RULE, *(lines or [NONE_FOUND]), RULE])


def _rule(number: int, rule: Filter, view: View) -> Iterator[str]:
    yield f"Entry Id           : {number}"
    yield "Description        : (Not Specified)"
    yield from (LINE, "Filter Entry Match Criteria :", LINE)
    yield f"{'Log Id             : n/a':<40}"
    yield f"{f'Src. IP            : {rule.source}/32':<40}Src. Port          : None"
    yield f"{'Dest. IP           : 0.0.0.0/0':<40}Dest. Port         : {rule.tcp_port}"
    yield f"{'Protocol           : 6':<40}Dscp               : Undefined"
    yield from (LINE, "Filter Entry Action :", LINE)
    yield f"{'Action             : Drop':<40}"
    dropped = f"Dropped pkts       : {rule.dropped.read(view.at)}"
    yield f"{dropped:<40}Forwarded pkts     : 0"


@answers("show filter ip")
def filters(view: View) -> str:
    head = ["Filter-Id Scope    Applied Description"]
    return table(
        "IP Filters                                                            Total:     0", head, []
    )
