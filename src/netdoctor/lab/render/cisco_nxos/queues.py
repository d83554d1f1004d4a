"""Queues, and what guards the control plane."""

from __future__ import annotations

from netdoctor.lab.hardware import Port, Queue
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.cisco_nxos.words import chosen

BORDER = "+" + "-" * 61 + "+\n"
PRIORITY_CLASS = 7


@answers("show queuing interface", "show queuing interface {interface}")
def queuing(view: View, interface: str | None = None) -> str:
    ports = [port for port in chosen(view, interface) if port.queues]
    return "slot  1\n=======\n\n\n" + "".join(_port(port, view) for port in ports)


def _port(port: Port, view: View) -> str:
    rule = "-" * 78 + "\n"
    return (
        f"Egress Queuing for {port.name} [System]\n{rule}"
        "QoS-Group# Bandwidth% PrioLevel                Shape                   QLimit\n"
        f"                                   Min          Max        Units\n{rule}"
        + "".join(_scheduling(queue, port) for queue in reversed(port.queues))
        + "".join(_box(queue, view) for queue in port.queues)
        + f"Port Egress Statistics\n{'-' * 56}\nWRED Drop Pkts                             0\n\n\n"
    )


def _scheduling(queue: Queue, port: Port) -> str:
    """A shaper of the whole port stands at each of its queues."""
    top = queue.traffic_class == PRIORITY_CLASS
    least, most, unit = ("0", f"{port.shaper_bps // 1000}", "Kbps") if port.shaper_bps else ("-", "-", "-")
    return (
        f"{queue.traffic_class:>7}{'-' if top else '33':>14}{'1' if top else '-':>10}"
        f"{least:>12}{most:>13}{unit:>10}{'9(D)':>12}\n"
    )


def _box(queue: Queue, view: View) -> str:
    counts = {name: meter.read(view.at) for name, meter in queue.meters.items()}
    rows = (
        ("Tx Pkts", counts["sent_pkts"]),
        ("Tx Byts", counts["sent_octets"]),
        ("WRED/AFD & Tail Drop Pkts", counts["dropped_pkts"]),
        ("WRED/AFD & Tail Drop Byts", counts["dropped_octets"]),
        ("Q Depth Byts", queue.depth_octets),
        ("WD & Tail Drop Pkts", counts["dropped_pkts"]),
    )
    title = f"QOS GROUP {queue.traffic_class}"
    return (
        f"{BORDER}|{title:^61}|\n{BORDER}|{'':27}|{'Unicast':^16}|{'Multicast':<16}|\n{BORDER}"
        + "".join(f"|{name:>26} |{amount:>16}|{0:>16}|\n" for name, amount in rows)
        + BORDER
    )


@answers("show interface priority-flow-control", "show interface {interface} priority-flow-control")
def pauses(view: View, interface: str | None = None) -> str:
    """No priority is lossless here."""
    rule = "=" * 60 + "\n"
    head = f"slot  1\n=======\n\n{rule}Port               Mode Oper(VL bmap)  RxPPP      TxPPP\n{rule}\n"
    ports = [port for port in chosen(view, interface) if port.queues]
    return head + "".join(f"{port.name:<18} Auto Off           0          0\n" for port in ports)


COPP_CLASSES = {
    "copp-system-p-class-critical": (36000, 40.0),
    "copp-system-p-class-important": (2500, 6.6),
    "copp-system-p-class-normal": (1400, 0.2),
    "copp-system-p-class-redirect": (280, 0.1),
}
"""Classes of the control plane's policer: rate in kbps, and the bytes a second and link that each sees."""


@answers("show policy-map interface control-plane")
def control_plane(view: View) -> str:
    links = sum(port.oper_up for port in view.device.ports.values())
    up_s = view.at - view.device.booted_at
    head = "Control Plane\n\n  Service-policy  input: copp-system-p-policy-strict\n"
    return head + "".join(
        f"\n    class-map {name} (match-any)\n"
        f"      set cos 7\n"
        f"      police cir {rate_kbps} kbps , bc 1280000 bytes\n"
        f"      module 1 :\n"
        f"        transmitted {int(bytes_per_s * links * up_s)} bytes;\n"
        f"        dropped 0 bytes;\n"
        for name, (rate_kbps, bytes_per_s) in COPP_CLASSES.items()
    )


@answers("show hardware rate-limiter")
def rate_limiters(view: View) -> str:
    rule = " +------------------+--------+---------------+---------------+-----------------+\n"
    return (
        "Units for Config: packets per second\n"
        "Allowed, Dropped & Total: aggregated since last clear counters\n\n"
        "Module: 1\n"
        f"  R-L Class           Config           Allowed         Dropped            Total\n{rule}"
        + "".join(f"  {name:<18}{limit:>8}{0:>16}{0:>16}{0:>18}\n" for name, limit in LIMITS.items())
    )


LIMITS = {"L3 glean": 100, "L3 mcast loc-grp": 3000, "access-list-log": 100, "bfd": 10000, "exception": 50}


@answers("show access-lists")
def access_lists(view: View) -> str:
    """The lists of the control plane have no counters of their own; a filter of ours counts."""
    told = (
        "IP access list copp-system-p-acl-bgp\n"
        "        10 permit tcp any gt 1023 any eq bgp\n"
        "        20 permit tcp any eq bgp any gt 1023\n"
    )
    rules = view.device.filters
    if rules:
        told += "IP access list INFRA-IN\n        statistics per-entry\n"
        told += "".join(
            f"        {10 * number} deny tcp {rule.source}/32 any eq {rule.tcp_port} "
            f"[match={rule.dropped.read(view.at)}]\n"
            for number, rule in enumerate(rules, 1)
        )
        told += f"        {10 * (len(rules) + 1)} permit ip any any [match=0]\n"
    return told
