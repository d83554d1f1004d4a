"""Cases run as a user would run them: each on a fabric of its own, broken, diagnosed and taken down."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Protocol

from .fabric import Fabric, Outcome
from .topology import Variant

_INTERVAL_S = 2
"""Between two counter samples: the shortest that netdoctor takes."""


class Case(Hashable, Protocol):
    """A fault, or a healthy fabric with a trap in it."""

    @property
    def target(self) -> str: ...
    @property
    def variant(self) -> Variant: ...
    @property
    def options(self) -> tuple[str, ...]: ...
    def put_in(self, fabric: Fabric) -> None: ...


def run(case: Case) -> Outcome:
    """What netdoctor says of one case. Raises NotReached when the fabric or the fault did not come about."""
    with Fabric(case.variant) as fabric:
        case.put_in(fabric)
        return fabric.investigate(case.target, "--interval", str(_INTERVAL_S), *case.options)


class Runs:
    """Outcomes of cases, worked out ahead of being asked for: most of a run is waiting for timers."""

    def __init__(self, pool: ThreadPoolExecutor, ahead: Iterable[Case]) -> None:
        self._pool = pool
        self._running: dict[Case, Future[Outcome]] = {}
        for case in ahead:
            self._submit(case)

    def outcome(self, case: Case) -> Outcome:
        """The outcome worked out ahead; asked for once more, a new one on a fresh fabric."""
        self._submit(case)
        return self._running.pop(case).result()

    def _submit(self, case: Case) -> Future[Outcome]:
        if case not in self._running:
            self._running[case] = self._pool.submit(run, case)
        return self._running[case]
