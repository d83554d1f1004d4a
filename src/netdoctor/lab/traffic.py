"""Traffic between the hosts: where it flows, what is dropped, and how fast every counter grows."""

from __future__ import annotations

import ipaddress
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from netdoctor.lab.hardware import Device, Port
from netdoctor.lab.routes import lookup

PACKET_BYTES = 850
"""The mean packet of a data centre's mix."""
JUMBO_BYTES = 9000
JUMBO_SHARE = 0.04
"""Part of the packets that are larger than 1,500 bytes, where the sender's MTU allows it."""
HOPS_MAX = 8
IDLE_PPS = 1.2
"""LLDP, BGP and BFD keep every link a little busy."""


class Demand(NamedTuple):
    """What the hosts behind one device send to a prefix."""

    source: Device
    prefix: str
    rate_bps: float


def spread(demands: Iterable[Demand]) -> dict[Device, float]:
    """Sends every demand along the routing tables, equal paths sharing it.

    Leaves `offered_bps`, `out_bps` and `in_bps` on the ports. Returns what discard routes swallowed,
    in bit/s by device.
    """
    offered: dict[Port, float] = defaultdict(float)
    arriving: dict[Port, float] = defaultdict(float)
    swallowed: dict[Device, float] = defaultdict(float)
    for demand in demands:
        address = str(next(ipaddress.ip_network(demand.prefix).hosts()))
        for port in demand.source.ports.values():
            if port.host and port.oper_up and port.kind == "ethernet":
                arriving[port] += demand.rate_bps
        _forward(demand.source, address, demand.rate_bps, offered, swallowed, HOPS_MAX)
    _load(offered, arriving)
    return swallowed


def _forward(
    device: Device,
    address: str,
    rate_bps: float,
    offered: dict[Port, float],
    swallowed: dict[Device, float],
    hops_left: int,
) -> None:
    route = lookup(device, address)
    if route is None or hops_left == 0:
        return
    if route.discards:
        swallowed[device] += rate_bps
    for hop in route.hops:
        if hop.port is None:
            continue
        part_bps = rate_bps / len(route.hops)
        offered[hop.port] += part_bps
        if far := hop.port.far:
            _forward(far.device, address, part_bps, offered, swallowed, hops_left - 1)


def _load(offered: dict[Port, float], arriving: dict[Port, float]) -> None:
    for port, rate_bps in offered.items():
        port.offered_bps = rate_bps
        port.out_bps = rate_bps - dropped_bps(port)
    for port in offered:
        if far := port.far:
            far.in_bps = port.out_bps
    for port, rate_bps in arriving.items():
        port.in_bps = rate_bps


def dropped_bps(port: Port) -> float:
    """What does not fit: the mean over the capacity, or the peaks over it while a burst lasts."""
    peak_bps = port.offered_bps * port.burst_ratio
    return max(
        port.offered_bps - port.capacity_bps,
        port.burst_time_share * max(0.0, peak_bps - port.capacity_bps),
        0.0,
    )


def run_meters(port: Port, error_ratio: float, at: float) -> None:
    """Sets how fast every counter of a port grows from now on. `error_ratio` is of bits received."""
    in_pps, out_pps = _pps(port.in_bps, port), _pps(port.out_bps, port)
    broken_pps = in_pps * (1.0 - (1.0 - error_ratio) ** (PACKET_BYTES * 8))
    giant_pps = _giant_pps(port, in_pps)
    dropped_pps = dropped_bps(port) / 8 / PACKET_BYTES
    rates = {
        "in_octets": in_pps * PACKET_BYTES,
        "out_octets": out_pps * PACKET_BYTES,
        "in_pkts": in_pps - broken_pps - giant_pps,
        "out_pkts": out_pps,
        "in_fcs_errors": broken_pps,
        "in_giants": giant_pps,
        "out_discards": dropped_pps,
    }
    for name, rate in rates.items():
        port.meters[name].set_rate(rate, at)
    _run_queues(port, out_pps, dropped_pps, at)


def _pps(rate_bps: float, port: Port) -> float:
    return (rate_bps / 8 / PACKET_BYTES + IDLE_PPS) if port.oper_up else 0.0


def _giant_pps(port: Port, in_pps: float) -> float:
    """Packets that the far end may send and this one may not receive."""
    far = port.far
    too_large = far is not None and port.mtu_bytes < JUMBO_BYTES <= far.mtu_bytes
    return in_pps * JUMBO_SHARE if too_large else 0.0


def _run_queues(port: Port, out_pps: float, dropped_pps: float, at: float) -> None:
    """Best effort, the fullest queue, takes all the drops."""
    fullest = max(port.queues, key=lambda queue: queue.share, default=None)
    for queue in port.queues:
        lost_pps = dropped_pps if queue is fullest else 0.0
        sent_pps = out_pps * queue.share
        queue.depth_octets = 2_400_000 if lost_pps and port.burst_ratio == 1.0 else 0
        queue.meters["sent_pkts"].set_rate(sent_pps, at)
        queue.meters["sent_octets"].set_rate(sent_pps * PACKET_BYTES, at)
        queue.meters["dropped_pkts"].set_rate(lost_pps, at)
        queue.meters["dropped_octets"].set_rate(lost_pps * PACKET_BYTES, at)
