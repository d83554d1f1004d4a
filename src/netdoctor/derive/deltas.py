"""Counters of two samples become differences; a counter that went backwards is unknown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from netdoctor.derive.base import Derived, Situation
from netdoctor.model.facts import (
    DropCounter,
    DropDelta,
    Fact,
    FecCounters,
    FecDelta,
    Interface,
    InterfaceDelta,
    QueueCounters,
    QueueDelta,
)
from netdoctor.model.observations import Observation, Observations

READS = (Interface, QueueCounters, FecCounters, DropCounter)
GIVES = {InterfaceDelta: Interface, QueueDelta: QueueCounters, FecDelta: FecCounters, DropDelta: DropCounter}
TWO_SAMPLES = True
"""Nothing here can be said of what was read only once."""

_INTERFACE = {
    "in_octets_bytes": "in_octets_delta_bytes",
    "out_octets_bytes": "out_octets_delta_bytes",
    "in_pkts": "in_delta_pkts",
    "out_pkts": "out_delta_pkts",
    "in_errors_count": "in_errors_delta_count",
    "in_fcs_errors_count": "in_fcs_errors_delta_count",
    "in_stomped_count": "in_stomped_delta_count",
    "in_runts_count": "in_runts_delta_count",
    "in_giants_count": "in_giants_delta_count",
    "in_discards_count": "in_discards_delta_count",
    "out_errors_count": "out_errors_delta_count",
    "out_discards_count": "out_discards_delta_count",
    "late_collisions_count": "late_collisions_delta_count",
    "carrier_transitions_count": "carrier_transitions_delta_count",
}
_FEC = {
    "corrected_codewords_count": "corrected_codewords_delta_count",
    "uncorrected_codewords_count": "uncorrected_codewords_delta_count",
}


def derive(observations: Observations, situation: Situation) -> Iterator[Derived]:
    speeds = {(o.device, o.fact.interface): o.fact.speed_bps for o in observations.of(Interface)}
    for device, before, after, window_s in _pairs(observations, Interface):
        yield Derived(device, _interface(before.fact, after.fact, window_s), (before, after))
    for device, before, after, window_s in _pairs(observations, FecCounters):
        changes = _differences(before.fact, after.fact, _FEC)
        fec = FecDelta(interface=after.fact.interface, window_s=window_s, **changes)
        yield Derived(device, fec, (before, after))
    for device, before, after, window_s in _pairs(observations, QueueCounters):
        speed_bps = speeds.get((device, after.fact.interface))
        yield Derived(device, _queue(before.fact, after.fact, window_s, speed_bps), (before, after))
    for device, before, after, window_s in _pairs(observations, DropCounter):
        new = after.fact
        delta = DropDelta(
            kind=new.kind,
            name=new.name,
            tcp_port=new.tcp_port,
            peer=new.peer,
            interface=new.interface,
            window_s=window_s,
            dropped_delta_pkts=_difference(before.fact.dropped_pkts, new.dropped_pkts),
        )
        yield Derived(device, delta, (before, after))


def _pairs(
    observations: Observations, fact_type: type[Fact]
) -> Iterator[tuple[str, Observation, Observation, float]]:
    """The first and last sample of everything that was sampled twice, with the seconds between them."""
    for (device, _), taken in observations.samples(fact_type).items():
        window_s = round(taken[-1].at_s - taken[0].at_s, 3)
        if len(taken) > 1 and window_s > 0:
            yield device, taken[0], taken[-1], window_s


def _interface(old: Interface, new: Interface, window_s: float) -> InterfaceDelta:
    changes = _differences(old, new, _INTERFACE)
    return InterfaceDelta(
        interface=new.interface,
        window_s=window_s,
        admin_up=new.admin_up,
        oper_up=new.oper_up,
        in_utilisation_pct=_utilisation_pct(changes["in_octets_delta_bytes"], window_s, new.speed_bps),
        out_utilisation_pct=_utilisation_pct(changes["out_octets_delta_bytes"], window_s, new.speed_bps),
        **changes,
    )


def _queue(old: QueueCounters, new: QueueCounters, window_s: float, speed_bps: int | None) -> QueueDelta:
    sent = _difference(old.transmitted_pkts, new.transmitted_pkts)
    sent_bytes = _difference(old.transmitted_bytes, new.transmitted_bytes)
    dropped = _difference(old.dropped_pkts, new.dropped_pkts)
    dropped_bytes = _difference(old.dropped_bytes, new.dropped_bytes)
    known = [lost for lost in (dropped, dropped_bytes) if lost is not None]
    offered = None if sent is None or dropped is None else sent + dropped
    return QueueDelta(
        interface=new.interface,
        queue=new.queue,
        direction=new.direction,
        traffic_class=new.traffic_class,
        window_s=window_s,
        transmitted_delta_pkts=sent,
        transmitted_delta_bytes=sent_bytes,
        dropped_delta_pkts=dropped,
        dropped_delta_bytes=dropped_bytes,
        dropping=any(known) if known else None,
        dropped_pct=round(100.0 * dropped / offered, 3) if offered and dropped is not None else None,
        rate_bps=None if sent_bytes is None else round(sent_bytes * 8.0 / window_s, 1),
        rate_limit_bps=new.rate_limit_bps,
        utilisation_pct=_utilisation_pct(sent_bytes, window_s, speed_bps),
    )


def _differences(old: Any, new: Any, names: dict[str, str]) -> dict[str, int | None]:
    return {delta: _difference(getattr(old, name), getattr(new, name)) for name, delta in names.items()}


def _difference(old: int | None, new: int | None) -> int | None:
    return None if old is None or new is None or new < old else new - old


def _utilisation_pct(octets: int | None, window_s: float, speed_bps: int | None) -> float | None:
    return None if octets is None or not speed_bps else round(octets * 800.0 / window_s / speed_bps, 2)
