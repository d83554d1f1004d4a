"""A whole run: the targets at once, their neighbours as they are heard of, then the conclusions."""

from __future__ import annotations

import asyncio
import time

from netdoctor import __version__
from netdoctor.engine import neighbors
from netdoctor.engine.assess import assess, first_findings
from netdoctor.engine.examine import Connector, examine
from netdoctor.engine.journal import ENGINE, Journal
from netdoctor.engine.knowledge import Knowledge
from netdoctor.engine.request import Request
from netdoctor.engine.store import new_run_id
from netdoctor.model.events import (
    DeviceChosen,
    Diagnosed,
    FindingRaised,
    Interrupted,
    NeighborSkipped,
    RunEnded,
    RunStarted,
)
from netdoctor.model.findings import Diagnosis
from netdoctor.rules.files import Catalogue

CONCLUDING_S = 1.0
"""Kept back from the deadline for the conclusions."""


async def investigate(
    request: Request, catalogue: Catalogue, journal: Journal, connector: Connector
) -> Diagnosis:
    """Examines the targets and their neighbours, and concludes. Ends within the request's deadline.

    Cancelling it (Ctrl-C) is no failure: what is known so far is concluded from, and returned.
    """
    run = Run(request, catalogue, journal, connector)
    await run.examine_all(kind="investigate")
    return run.conclude()


async def collect(request: Request, journal: Journal, connector: Connector) -> None:
    """Examines as `investigate` does and concludes nothing."""
    run = Run(request, Catalogue(checks={}, causes={}), journal, connector)
    await run.examine_all(kind="collect")
    run.end()


class Run:
    """One run in progress."""

    def __init__(
        self, request: Request, catalogue: Catalogue, journal: Journal, connector: Connector
    ) -> None:
        self._request = request
        self._catalogue = catalogue
        self._journal = journal
        self._connector = connector
        self._knowledge = Knowledge()
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._depths: dict[str, int] = {}
        self._started_s = time.monotonic()
        self._deadline_hit = False
        journal.subscribe(self._knowledge.apply)

    async def examine_all(self, kind: str) -> None:
        """Examines everything that the request reaches, until done, out of time, or interrupted."""
        self._journal.append(ENGINE, _started(self._request, kind))
        for target in self._request.targets:
            self._choose(target.device, "target", "asked for", depth=0)
        for target in self._request.targets:
            self._follow(target.device, neighbors.intended(self._knowledge, target.device))
        until_s = self._started_s + max(self._request.deadline_s - CONCLUDING_S, CONCLUDING_S)
        try:
            while pending := [task for task in self._tasks.values() if not task.done()]:
                left_s = until_s - time.monotonic()
                if left_s <= 0:
                    self._deadline_hit = True
                    break
                await asyncio.wait(pending, timeout=left_s, return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            self._journal.append(ENGINE, Interrupted())
            if (task := asyncio.current_task()) is not None:
                task.uncancel()
        await self._stop()

    def conclude(self) -> Diagnosis:
        """Draws the conclusions and ends the run."""
        diagnosis, faults = assess(self._knowledge, self._catalogue)
        for fault in faults:
            self._journal.append(ENGINE, fault)
        self._journal.append(ENGINE, Diagnosed(diagnosis=diagnosis))
        self.end()
        return diagnosis

    def end(self) -> None:
        elapsed_s = round(time.monotonic() - self._started_s, 3)
        self._journal.append(ENGINE, RunEnded(duration_s=elapsed_s, deadline_hit=self._deadline_hit))

    def _choose(self, name: str, role: str, why: str, depth: int) -> None:
        if name in self._tasks:
            return
        self._journal.append(
            ENGINE, DeviceChosen(device=name, role="target" if role == "target" else "neighbor", why=why)
        )
        self._depths[name] = depth
        device = self._request.network.devices[name]
        work = examine(device, role, self._request, self._journal, self._connector, self._answered)
        self._tasks[name] = asyncio.create_task(work, name=f"examine {name}")

    def _answered(self, device: str) -> None:
        """A device has answered everything once: say the first findings, and go on to its neighbours."""
        for finding in first_findings(self._knowledge, self._catalogue, device):
            self._journal.append(device, FindingRaised(finding=finding))
        self._follow(device, neighbors.heard(self._knowledge, device))

    def _follow(self, device: str, found: list[neighbors.Heard]) -> None:
        depth = self._depths[device] + 1
        for neighbor in found:
            if neighbor.device is None:
                detail = f"seen by {neighbor.how}; not in the inventory, so never contacted"
                self._skip(neighbor.word, device, detail)
            elif neighbor.device in self._tasks:
                continue
            elif depth > self._request.depth:
                detail = f"seen by {neighbor.how}; {depth} links away, beyond --depth {self._request.depth}"
                self._skip(neighbor.device, device, detail)
            else:
                why = f"neighbour of {device} by {neighbor.how}"
                self._choose(neighbor.device, "neighbor", why, depth)

    def _skip(self, name: str, seen_by: str, detail: str) -> None:
        self._journal.append(ENGINE, NeighborSkipped(device=name, seen_by=seen_by, detail=detail))

    async def _stop(self) -> None:
        """Ends what still runs, and hears it out: each device writes its own last words."""
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)


def _started(request: Request, kind: str) -> RunStarted:
    targets = tuple(f"{t.device}:{t.interface}" if t.interface else t.device for t in request.targets)
    return RunStarted(
        run_id=request.run_id or new_run_id(targets[0]),
        version=__version__,
        kind="collect" if kind == "collect" else "investigate",
        targets=targets,
        symptom=request.symptom,
        network=request.network,
        options={
            "since_s": request.since_s,
            "interval_s": request.interval_s,
            "deadline_s": request.deadline_s,
            "depth": request.depth,
            "areas": ",".join(request.areas),
            "peer": request.peer or "",
        },
    )
