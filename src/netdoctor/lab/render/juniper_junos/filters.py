"""Packet filters, what protects the control plane, and what the forwarding engine dropped."""

from __future__ import annotations

from netdoctor.lab.hardware import Filter
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.juniper_junos.shape import Tree, root, shown

PROTECT = "PROTECT-RE"
HOST_BOUND = {"bgp": 0.4, "bfd": 6.6, "lldp": 0.1, "arp": 0.2}
"""What the control plane gets, in packets a second and link."""


@shown("show firewall")
def firewall(view: View) -> Tree:
    counters = [_counter(rule, view) for rule in view.device.filters]
    tables: list[Tree] = [{"filter-name": "__default_bpdu_filter__"}]
    if counters:
        tables.append({"filter-name": PROTECT, "counter": counters})
    return root("firewall-information", {"filter-information": tables}, module="filter")


def _counter(rule: Filter, view: View) -> Tree:
    packets = rule.dropped.read(view.at)
    return {"counter-name": counter_name(rule), "packet-count": packets, "byte-count": packets * 64}


def counter_name(rule: Filter) -> str:
    return f"deny-tcp-{rule.tcp_port}-{rule.source}"


@shown("show ddos-protection protocols statistics terse", "show ddos-protection protocols violations")
def ddos(view: View) -> Tree:
    links = sum(port.oper_up for port in view.device.ports.values())
    up_s = view.at - view.device.booted_at
    groups = [_group(name, rate_pps * links, up_s) for name, rate_pps in HOST_BOUND.items()]
    content = {
        "total-packet-types": 253,
        "packet-types-rcvd-packets": len(groups),
        "packet-types-in-violation": 0,
        "ddos-protocol-group": groups,
    }
    return root("ddos-protocols-information", content, style="statistics", module="jddosd")


def _group(name: str, rate_pps: float, up_s: float) -> Tree:
    statistics = {
        "packet-received": int(rate_pps * up_s),
        "packet-arrival-rate": int(rate_pps),
        "packet-dropped": 0,
        "packet-arrival-rate-max": int(rate_pps * 4),
    }
    kind = {"packet-type": "aggregate", "ddos-system-statistics": statistics}
    return {"group-name": name, "ddos-protocol": kind}


@shown("show pfe statistics traffic")
def pfe(view: View) -> Tree:
    ports = list(view.device.ports.values())
    counts = {
        f"pfe-{way}put-packets": sum(port.meters[f"{way}_pkts"].read(view.at) for port in ports)
        for way in ("in", "out")
    }
    discards = {
        "timeout-discard": 0,
        "truncated-key-discard": 0,
        "bits-to-test-discard": 0,
        "data-error-discard": 0,
        "nexthop-discard": view.device.discarded.read(view.at),
        "invalid-iif-discard": 0,
        "info-cell-discard": 0,
        "fabric-discard": 0,
    }
    return root(
        "pfe-statistics",
        {"pfe-traffic-statistics": counts, "pfe-hardware-discard-statistics": discards},
        module="pfe",
    )


@answers("show system statistics tcp | no-more", "show system statistics tcp")
def tcp(view: View) -> str:
    refused = sum(view.device.tcp[name].read(view.at) for name in ("md5_not_found", "md5_unexpected"))
    return (
        "Tcp:\n"
        f"         0 rcv packets dropped by TCP due to bad address\n"
        f"         0 out-of-sequence segment drops due to insufficient memory\n"
        f"         0 ICMP packets ignored by TCP\n"
        f"         0 send packets dropped by TCP due to auth errors\n"
        f"         {refused} rcv packets dropped by TCP due to auth errors\n"
        f"         0 outgoing segments dropped due to policing\n"
    )
