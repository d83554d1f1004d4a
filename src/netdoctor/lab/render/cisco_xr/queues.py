"""What each class of a port's policy sent, dropped and holds, and how its queue is served."""

from __future__ import annotations

from collections.abc import Iterator

from netdoctor.lab.hardware import Port, Queue
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.cisco_xr.words import chosen, stamped

POLICY = "FABRIC-QUEUES"
CLASSES = {7: "CONTROL", 3: "STORAGE", 1: "BULK", 0: "class-default"}
KBPS_PER_PPS = 850 * 8 / 1000


@answers(
    "show policy-map interface all",
    "show policy-map interface {interface}",
    "show policy-map interface {interface} output",
)
def policies(view: View, interface: str | None = None) -> str:
    ports = [port for port in chosen(view, interface) if port.queues]
    return stamped(view, [line for port in ports for line in _port(port, view)])


def _port(port: Port, view: View) -> Iterator[str]:
    yield ""
    yield f"{port.name} direction input: Service Policy not installed"
    yield ""
    yield f"{port.name} output: {POLICY}"
    yield ""
    for number, queue in enumerate(sorted(port.queues, key=lambda one: -one.traffic_class)):
        yield from _class(queue, 8 * port.index + number, view)


def _class(queue: Queue, queue_id: int, view: View) -> Iterator[str]:
    counts = {name: meter.read(view.at) for name, meter in queue.meters.items()}
    rates = {
        name: int(queue.meters[name].rate_per_s * KBPS_PER_PPS) for name in ("sent_pkts", "dropped_pkts")
    }
    sent, lost = ((counts[f"{way}_pkts"], counts[f"{way}_octets"]) for way in ("sent", "dropped"))
    yield f"Class {CLASSES[queue.traffic_class]}"
    yield "  Classification statistics          (packets/bytes)     (rate - kbps)"
    yield _row("Matched", sent[0] + lost[0], sent[1] + lost[1], sum(rates.values()))
    yield _row("Transmitted", *sent, rates["sent_pkts"])
    yield _row("Total Dropped", *lost, rates["dropped_pkts"])
    yield "  Queueing statistics"
    yield f"    Queue ID                             : {queue_id}"
    yield "    High watermark                       : N/A"
    yield f"    Inst-queue-len  (bytes)              : {queue.depth_octets}"
    yield "    Avg-queue-len                        : N/A"
    yield f"    Taildropped(packets/bytes)           : {lost[0]}/{lost[1]}"


def _row(name: str, packets: int, octets: int, kbps: int) -> str:
    return f"    {name:<20}: {f'{packets}/{octets}':>21} {kbps:>20}"


@answers("show qos interface {interface} output")
def programmed(view: View, interface: str) -> str:
    return stamped(view, [line for port in chosen(view, interface) for line in _programmed(port)])


def _programmed(port: Port) -> Iterator[str]:
    """What the card has made of the policy."""
    kbps = port.speed_bps // 1000
    yield f"Interface: {port.name.replace('/', '_')} output"
    yield f"Bandwidth configured: {kbps} kbps Bandwidth programed: {kbps} kbps"
    yield "ANCP user configured: 0 kbps ANCP programed in HW: 0 kbps"
    yield f"Port Shaper programed in HW: {(port.shaper_bps or 0) // 1000} kbps"
    yield f"Policy: {POLICY} Total number of classes: {len(port.queues)}"
    yield "-" * 70
    for number, queue in enumerate(sorted(port.queues, key=lambda one: -one.traffic_class)):
        yield f"Level: 0 Policy: {POLICY} Class: {CLASSES[queue.traffic_class]}"
        yield f"QueueID: {8 * port.index + number} (Port Default)"
        shaped = port.shaper_bps if queue.traffic_class == 0 else None
        yield "Shape CIR : NONE"
        yield f"Shape PIR Profile : 0/4(S) Scale: 195 PIR: {(shaped or port.speed_bps) // 1000} kbps"
        yield "WFQ Profile: 0/9 Committed Weight: 10 Excess Weight: 10"
        yield "-" * 70
