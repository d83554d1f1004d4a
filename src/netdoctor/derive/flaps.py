"""How often an interface changed state inside the incident window, and how long ago it last did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from netdoctor.derive.base import Derived, Situation
from netdoctor.model.facts import Interface, InterfaceFlaps, LogEvent
from netdoctor.model.observations import Observations

READS = (Interface, LogEvent)
GIVES = {InterfaceFlaps: Interface}


def derive(observations: Observations, situation: Situation) -> Iterator[Derived]:
    logged: Counter[tuple[str, str]] = Counter()
    for line in observations.of(LogEvent):
        event = line.fact
        if event.kind in {"link_down", "link_up"} and event.interface and event.at is not None:
            logged[line.device, event.interface] += (
                situation.now_s - event.at.timestamp() <= situation.since_s
            )
    sampled = observations.samples(Interface)
    for seen in observations.of(Interface):
        fact = seen.fact
        told = (seen.device, fact.interface) in logged
        if fact.carrier_transitions_count is None and fact.last_change_s is None and not told:
            continue
        first = sampled[seen.device, fact.key][0].fact.carrier_transitions_count
        during_run = (fact.carrier_transitions_count or 0) - (first or 0) if first is not None else 0
        in_window = max(logged[seen.device, fact.interface], during_run, 0)
        if in_window == 0 and fact.last_change_s is not None and fact.last_change_s <= situation.since_s:
            in_window = 1
        flaps = InterfaceFlaps(
            interface=fact.interface,
            window_s=situation.since_s,
            admin_up=fact.admin_up,
            oper_up=fact.oper_up,
            transitions_in_window_count=in_window,
            transitions_total_count=fact.carrier_transitions_count,
            last_change_s=fact.last_change_s,
        )
        yield Derived(seen.device, flaps, (seen,))
