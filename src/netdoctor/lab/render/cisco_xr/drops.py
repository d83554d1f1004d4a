"""What is dropped on purpose: by filters, by the policing of the control plane, by the forwarding chips."""

from __future__ import annotations

from collections.abc import Iterator

from netdoctor.lab.hardware import Filter
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.cisco_xr.words import NODE, stamped

RULE = "-" * 64
FLOWS = (
    ("ISIS-known", 143, 2000, 0.3),
    ("OSPF-mc-known", 102, 2000, 0.1),
    ("BFD-known", 150, 9600, 6.6),
    ("BGP-known", 106, 2500, 0.4),
    ("BGP-cfg-peer", 107, 2000, 0.0),
    ("ICMP-local", 112, 1500, 0.01),
    ("NTP-known", 180, 200, 0.02),
)
"""Kinds of packets for the router, their policer and its rate, and how many of them there are a second."""
CEF_COUNTERS = (
    "Unresolved",
    "Unsupported",
    "Null0",
    "No route",
    "No Adjacency",
    "Checksum error",
    "RPF",
    "RPF suppressed",
    "RP destined",
    "Discard",
)


@answers("show access-lists afi-all")
def access_lists(view: View) -> str:
    rules = view.device.filters
    if not rules:
        return stamped(view)
    return stamped(
        view,
        [
            "ipv4 access-list CONTROL-IN",
            *(_rule(10 * number, rule, view) for number, rule in enumerate(rules, 1)),
            f" {10 * (len(rules) + 1)} permit ipv4 any any",
        ],
    )


def _rule(number: int, rule: Filter, view: View) -> str:
    port = "bgp" if rule.tcp_port == 179 else rule.tcp_port
    matches = rule.dropped.read(view.at)
    return f" {number} deny tcp host {rule.source} any eq {port}" + (
        f" ({matches} matches)" if matches else ""
    )


@answers("show lpts pifib hardware police location all")
def policing(view: View) -> str:
    seconds = view.at - view.device.booted_at
    ports = sum(port.oper_up for port in view.device.ports.values())
    rows = (
        f"{flow:<22} {policer:<7} Static  {rate:<10} {rate:<10} "
        f"{int(pps * ports * seconds):<20} {0:<20} 01234567"
        for flow, policer, rate, pps in FLOWS
    )
    line = "-" * 61
    return stamped(
        view,
        [
            line,
            f"                Node {NODE}:",
            line,
            " Burst = 100ms for all flow types",
            line,
            "FlowType               Policer Type    Cur. Rate  Def. Rate  Accepted             Dropped"
            "              TOS Value",
            "---------------------- ------- ------- ---------- ---------- -------------------- "
            "-------------------- ----------",
            *rows,
        ],
    )


@answers("show drops np all")
def network_processors(view: View) -> str:
    return stamped(view, ["", f"                Node: {NODE}:", RULE, "", *_processor(view)])


def _processor(view: View) -> Iterator[str]:
    swallowed = view.device.discarded.read(view.at)
    yield "NP 0 Drops:"
    yield RULE
    yield f"{'MODIFY_PUNT_REASON_MISS_DROP':<60} 1"
    if swallowed:
        yield f"{'RSV_DROP_IPV4_DROP_NULL_RTE':<60} {swallowed}"
    yield RULE
    yield ""


@answers("show cef drops")
def cef(view: View) -> str:
    """Forwarding in software drops nothing here."""
    rows = (f"  {f'{name} drops':<20} packets : {0:15d}" for name in CEF_COUNTERS)
    return stamped(view, ["CEF Drop Statistics", f"Node: {NODE}", *rows])
