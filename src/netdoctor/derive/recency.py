"""Log lines and configuration changes learn whether they fall into the incident window."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from netdoctor.derive.base import Derived, Situation
from netdoctor.model.facts import ConfigChange, LogEvent
from netdoctor.model.observations import Observations

READS = (LogEvent, ConfigChange)
GIVES = {LogEvent: LogEvent, ConfigChange: ConfigChange}


def derive(observations: Observations, situation: Situation) -> Iterator[Derived]:
    for seen in [*observations.of(LogEvent), *observations.of(ConfigChange)]:
        if seen.fact.at is not None:
            age_s = situation.now_s - seen.fact.at.timestamp()
            dated = msgspec.structs.replace(seen.fact, in_window=age_s <= situation.since_s)
            yield Derived(seen.device, dated, (seen,))
