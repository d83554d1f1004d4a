"""Facts in, derived facts out: the one way in for these tests."""

from collections.abc import Callable
from typing import Any

import pytest

from netdoctor import derive
from netdoctor.derive import Situation
from netdoctor.model.facts import Fact
from netdoctor.model.findings import Source
from netdoctor.model.observations import Observation, Observations

Said = tuple[str, Fact]
Derive = Callable[..., list[tuple[str, Any]]]


@pytest.fixture
def derived() -> Derive:
    """`derived(Type, [(device, fact), …], second=[…], situation=…)` gives the (device, fact) of a type."""

    def run(
        wanted: type[Fact],
        said: list[Said],
        second: list[Said] | None = None,
        situation: Situation | None = None,
        window_s: float = 10.0,
    ) -> list[tuple[str, Any]]:
        observations = Observations()
        for sample, taken in ((1, said), (2, second or [])):
            for device, fact in taken:
                source = (Source(device=device, command=type(fact).__name__, sample=sample),)
                observations.add(Observation(device, fact, source, window_s * sample), sample)
        extended, faults = derive.extend(observations, situation or Situation())
        assert faults == []
        return [(seen.device, seen.fact) for seen in extended.of(wanted)]

    return run
