"""Queues, policers, and what chips and packet filters dropped."""

from __future__ import annotations

from collections.abc import Iterator

from netdoctor.lab.hardware import Device, Port, Queue
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.cisco_xe.texts import chosen, front

VOQS = range(8)
DOUBLE = "=" * 93 + "\n"
SINGLE = "         |----------|-----------------------------------------------------------------------|\n"
VOQ_HEAD = (
    DOUBLE
    + " VOQ Stats For : {name} [ 0x{handle:X} ]\n"
    + DOUBLE
    + "  VOQ ID |          |              Packets              |               Bytes               |\n"
    + SINGLE
    + "         |          |                        VOQ Size In Each Slice                         |\n"
    + DOUBLE
)
VOQ_TAIL = (
    SINGLE
    + "         |   Slice  |         0 |         1 |         2 |         3 |         4 |         5 |\n"
    + "         |          |-----------------------------------------------------------------------|\n"
    + "         |SMS Bytes |{depth:>10} |         0 |         0 |         0 |         0 |         0 |\n"
    + "         |HBM Blocks|         0 |         0 |         0 |         0 |         0 |         0 |\n"
    + "         |HBM Bytes |         0 |         0 |         0 |         0 |         0 |         0 |\n"
    + DOUBLE
)


@answers(
    "show platform hardware fed switch active qos queue stats interface {interface}",
    "show platform hardware fed active qos queue stats interface {interface}",
)
def virtual_output_queues(view: View, interface: str) -> str:
    return "".join(_voqs(port, view) for port in chosen(view, interface) if port.queues)


def _voqs(port: Port, view: View) -> str:
    by_class = {queue.traffic_class: queue for queue in port.queues}
    head = VOQ_HEAD.format(name=port.name, handle=0x400 + 8 * port.index)
    return head + "".join(_voq(number, by_class.get(number), view) for number in VOQS)


def _voq(number: int, queue: Queue | None, view: View) -> str:
    def read(name: str) -> int:
        return queue.meters[name].read(view.at) if queue else 0

    sent, lost = (read("sent_pkts"), read("sent_octets")), (read("dropped_pkts"), read("dropped_octets"))
    total = (sent[0] + lost[0], sent[1] + lost[1])
    rows = (("Enqueued", sent), ("Dropped", lost), ("Total", total))
    return "".join(
        f"  {number if word == 'Enqueued' else '':<7}| {word:<9}|{counts[0]:>34} |{counts[1]:>34} |\n"
        for word, counts in rows
    ) + VOQ_TAIL.format(depth=queue.depth_octets if queue else 0)


@answers("show policy-map interface", "show policy-map interface {interface}")
def policies(view: View, interface: str | None = None) -> str:
    """Only a port that is shaped has a policy of its own."""
    return "".join(_policy(port, view) for port in front(view, interface) if port.shaper_bps)


def _policy(port: Port, view: View) -> str:
    rate_bps = port.shaper_bps or 0
    totals = {
        name: sum(queue.meters[name].read(view.at) for queue in port.queues)
        for name in ("sent_octets", "dropped_octets")
    }
    return (
        f" {port.name} \n\n"
        f"  Service-policy output: {policy_name(port)}\n\n"
        "    Class-map: class-default (match-any)  \n"
        "      0 packets\n"
        "      Match: any \n"
        "      Queueing\n"
        "      \n"
        f"      (total drops) {totals['dropped_octets']}\n"
        f"      (bytes output) {totals['sent_octets']}\n"
        f"      shape (average) cir {rate_bps}, bc {rate_bps // 250}, be {rate_bps // 250}\n"
        f"      target shape rate {rate_bps}\n\n"
    )


def policy_name(port: Port) -> str:
    """The policy that shapes a port."""
    return f"SHAPE-{(port.shaper_bps or 0) // 1_000_000}M"


CHIP_RULE = "=" * 150 + "\n"


@answers(
    "show platform hardware fed switch active fwd-asic drops exceptions",
    "show platform hardware fed active fwd-asic drops exceptions",
)
def chip_drops(view: View) -> str:
    """What the forwarding chip itself drops: here what discard routes swallow."""
    lost = view.device.discarded.read(view.at)
    counters = [
        ("Fwd drop counter (DSP==1): pkts", -1, lost),
        ("RX_METER Slice0 drop_pkts", 0, 0),
        ("FLLB Slice0 drop_pkts", 0, 0),
        *((f"RXCGM Slice0 slice_drop_pkts TC{number}", 0, 0) for number in VOQS),
    ]
    return (
        "Note: Slice and IFG showing -1 are global counters\n"
        + CHIP_RULE
        + f"|  #     |{'                      Counters Name':<59}"
        + "|slice_number|   ifg_number  |  prev_value   |  current_value  |     delta      |\n"
        + CHIP_RULE
        + "".join(
            f"|  {number:<5}|{name:<59}|{part:>12}|{-1:>15}|{0:>15}|{value:>17}|{value:>16}|\n"
            for number, (name, part, value) in enumerate(counters, 1)
        )
    )


CPU_QUEUES = (
    (0, 11, "DOT1X Auth", 1000),
    (1, 1, "L2 Control", 2000),
    (2, 14, "Forus traffic", 4000),
    (3, 0, "ICMP GEN", 600),
    (4, 2, "Routing Control", 5400),
    (5, 14, "Forus Address resolution", 4000),
    (12, 0, "BROADCAST", 600),
    (16, 12, "Proto Snooping", 2000),
)
"""Number, policer, name, and rate in packets a second."""
CPU_RULE = "-" * 104 + "\n"


@answers(
    "show platform hardware fed switch active qos queue stats internal cpu policer",
    "show platform hardware fed active qos queue stats internal cpu policer",
)
def cpu_policer(view: View) -> str:
    head = (
        "                         CPU Queue Statistics                  \n"
        "============================================================================================\n"
        "                                              (default) (set)     Queue        Queue\n"
        "QId PlcIdx  Queue Name                Enabled   Rate     Rate      Drop(Bytes)  Drop(Frames)\n"
        + CPU_RULE
    )
    return head + "".join(
        f"{queue:<4}{policer:<8}{name:<26}{'Yes':<10}{rate:<9}{rate:<10}{0:<13}{0:<12}\n"
        for queue, policer, name, rate in CPU_QUEUES
    )


COPP_CLASSES = {
    "system-cpp-police-routing-control": 0.5,
    "system-cpp-police-l2-control": 0.1,
    "system-cpp-police-forus": 0.2,
}
"""Classes of the control plane's policer, and what each sees, in packets a second and link."""


@answers("show policy-map control-plane")
def control_plane(view: View) -> str:
    links = sum(port.oper_up for port in view.device.ports.values())
    up_s = view.at - view.device.booted_at
    return "Control Plane \n\n  Service-policy input: system-cpp-policy\n" + "".join(
        f"\n    Class-map: {name} (match-any)\n"
        "      0 packets, 0 bytes\n"
        "      5 minute offered rate 0000 bps, drop rate 0000 bps\n"
        "      Match: none \n"
        "      police:\n"
        "          rate 5400 pps, burst 1318 packets\n"
        f"        conformed {int(rate_pps * links * up_s * 120)} bytes; actions:\n"
        "          transmit \n"
        "        exceeded 0 bytes; actions:\n"
        "          drop \n"
        for name, rate_pps in COPP_CLASSES.items()
    )


FILTER = "FABRIC-EDGE"


@answers("show ip access-lists")
def access_lists(view: View) -> str:
    return "".join(f"{line}\n" for line in _rules(view.device, view.at))


def _rules(device: Device, at: float) -> Iterator[str]:
    if not device.filters:
        return
    yield f"Extended IP access list {FILTER}"
    number = 0
    for rule in device.filters:
        number += 10
        port = "bgp" if rule.tcp_port == 179 else str(rule.tcp_port)
        hits = rule.dropped.read(at)
        met = f" ({hits} match{'' if hits == 1 else 'es'})" if hits else ""
        yield f"    {number} deny tcp host {rule.source} any eq {port}{met}"
    yield f"    {number + 10} permit ip any any"
