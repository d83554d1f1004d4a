"""Queues, in the state tree and as a table."""

from __future__ import annotations

from typing import Any

from netdoctor.lab.hardware import Port, Queue
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.nokia_srl.texts import boxed, chosen
from netdoctor.lab.render.text import as_json

HEADS = ("Queue", "Transmitted packets", "Transmitted octets", "Dropped packets", "Dropped octets")
METERS = ("sent_pkts", "sent_octets", "dropped_pkts", "dropped_octets")
LEAVES = ("transmitted-packets", "transmitted-octets", "dropped-packets", "dropped-octets")


@answers("info from state qos interfaces interface * | as json")
def queues(view: View) -> str:
    found = [_port(port, view) for port in view.device.ports.values() if port.queues]
    return as_json({"qos": {"interfaces": {"interface": found}}}, indent=2)


def _port(port: Port, view: View) -> dict[str, Any]:
    return {
        "interface-id": port.name,
        "interface-ref": {"interface": port.name},
        "output": {"queues": {"queue": [_queue(port, queue, view) for queue in port.queues]}},
    }


def _name(queue: Queue) -> str:
    return f"unicast-{queue.traffic_class}"


def _queue(port: Port, queue: Queue, view: View) -> dict[str, Any]:
    counts = {
        leaf: str(queue.meters[meter].read(view.at)) for leaf, meter in zip(LEAVES, METERS, strict=True)
    }
    return {
        "queue-name": _name(queue),
        "scheduling": _scheduling(port),
        "queue-depth": {"high-watermark-bytes": str(queue.depth_octets)},
        "queue-statistics": {"aggregate-statistics": counts},
    }


def _scheduling(port: Port) -> dict[str, Any]:
    """The peak rate; 0 where a queue may have the whole port."""
    percent = round(100 * port.capacity_bps / port.speed_bps)
    return {"peak-rate-percent": percent, "peak-rate-bps": str(port.shaper_bps or 0)}


@answers("show interface {interface} queue-statistics")
def queue_statistics(view: View, interface: str) -> str:
    rows = [
        (_name(queue), *(str(queue.meters[meter].read(view.at)) for meter in METERS))
        for port in chosen(view, interface)
        for queue in port.queues
    ]
    return boxed(HEADS, rows)
