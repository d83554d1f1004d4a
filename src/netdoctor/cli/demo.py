"""Show the whole of it: a simulated fabric over real SSH, with a fault to find."""

from __future__ import annotations

import asyncio
import os
import signal
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from netdoctor.cli.options import Seconds, quiet_option, report_options

if TYPE_CHECKING:
    from netdoctor.engine.journal import Journal
    from netdoctor.engine.request import Request
    from netdoctor.lab.fabric import Fabric
    from netdoctor.lab.scenario import Scenario
    from netdoctor.model.findings import Cause
    from netdoctor.transport.credentials import AskPassword
    from netdoctor.view.state import RunState

HEALTHY_VERDICT = "healthy"
DEPTH_MAX = 8
SMALL_NETWORK = 20
"""So many devices are all asked at once."""


@click.command()
@click.argument("scenario_name", metavar="[SCENARIO]", required=False)
@click.option("--list", "list_them", is_flag=True, help="List the scenarios.")
@click.option(
    "--serve", is_flag=True, help="Leave the fabric running, to be looked at from another terminal."
)
@click.option(
    "--interval",
    type=Seconds(least=2.0),
    default=2.0,
    metavar="DUR",
    help="Between the two samples of counters, at least 2 s.  [default: 2s]",
)
@click.option(
    "--topology",
    metavar="NAME|FILE",
    help="The network: nine-vendors, provider-ring, campus, or a file.  [default: a small Clos of two "
    "platforms, or what SCENARIO needs]",
)
@click.option(
    "--depth",
    type=click.IntRange(0, DEPTH_MAX),
    metavar="INTEGER",
    help="Examine neighbours this far away too.  [default: 1; with --topology all of a network of up to 20 "
    "devices]",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Other values, the same places.")
@report_options
@quiet_option
def command(
    scenario_name: str | None,
    list_them: bool,
    serve: bool,
    interval: float,
    topology: str | None,
    depth: int | None,
    seed: int,
    quiet: bool,
    **options: Any,
) -> int:
    """Build a network, inject the fault of SCENARIO, and investigate it over SSH.

    All of it runs in this process, on loopback, with keys made for the run; nothing of it stays.

    Exit code: 0 when the fault ranks first, 1 when not, 2 wrong usage, 130 interrupted.
    """
    from netdoctor.lab import faults, scenario
    from netdoctor.lab.plan import load

    if list_them:
        width = max(map(len, faults.found()))
        for fault in faults.found().values():
            where = f"  ({fault.shape})" if fault.shape in scenario.OF_SHAPE else ""
            click.echo(f"{fault.name:<{width}}  {fault.title}{where}")
        return 0
    plan = load(topology) if topology else None
    staged = scenario.stage(scenario_name or scenario.DEFAULT, seed=seed, plan=plan)
    if serve:
        return _serve(staged, seed)
    reach = _reach(staged, whole=bool(topology)) if depth is None else depth
    state = _investigate(staged, seed, _Ask(interval, reach), quiet, options)
    if state.interrupted:
        return state.exit_code
    found = _found(staged, state)
    _tell(staged, found)
    return 0 if found else 1


class _Ask(NamedTuple):
    """What of `investigate`'s options the demo has too."""

    interval_s: float
    depth: int


def _reach(staged: Scenario, *, whole: bool) -> int:
    """How far to look: to the neighbours, or everywhere in a small network."""
    devices = staged.world.devices
    return min(len(devices) // 2, DEPTH_MAX) if whole and len(devices) <= SMALL_NETWORK else 1


def _investigate(staged: Scenario, seed: int, ask: _Ask, quiet: bool, options: dict[str, Any]) -> RunState:
    """Investigates the fabric by the ordinary path, from its inventory to the report."""
    from netdoctor.cli import asking, running
    from netdoctor.engine.run import investigate
    from netdoctor.engine.store import new_run_id
    from netdoctor.lab import fabric

    catalogue = asking.catalogue(None)
    run_id = new_run_id(staged.place.target)

    async def work(journal: Journal, ask_password: AskPassword) -> None:
        async with fabric.run(staged.world, seed=seed) as running_fabric:
            request = _request(run_id, staged, running_fabric, ask)
            async with running.connected(
                request.network, len(staged.world.devices), ask_password
            ) as connector:
                await investigate(request, catalogue, journal, connector)

    return running.carry_out(work, run_id, asking.output(options), quiet=quiet)


def _request(run_id: str, staged: Scenario, running_fabric: Fabric, ask: _Ask) -> Request:
    from netdoctor import inventory
    from netdoctor.engine.request import Request, Target

    return Request(
        run_id=run_id,
        targets=(Target(staged.place.target),),
        network=inventory.load(str(running_fabric.inventory), os.environ),
        interval_s=ask.interval_s,
        depth=ask.depth,
    )


def _found(staged: Scenario, state: RunState) -> bool:
    """True when the injected fault ranks first, or a healthy fabric is called healthy."""
    first = _first_cause(state)
    if staged.fault.cause is None:
        return state.diagnosis is not None and state.diagnosis.verdict == HEALTHY_VERDICT
    return first is not None and first.id == staged.fault.cause and first.entity in staged.place.entities


def _first_cause(state: RunState) -> Cause | None:
    causes = state.diagnosis.causes if state.diagnosis else ()
    return causes[0] if causes else None


def _tell(staged: Scenario, found: bool) -> None:
    """Says on stderr what was hidden in the fabric."""
    fault, place = staged.fault, staged.place
    verdict = "found" if found else "NOT found"
    click.echo(f"\nInjected: {fault.title}.", err=True)
    if fault.cause is None:
        click.echo(f"Expected: the verdict {HEALTHY_VERDICT!r}; {verdict}.", err=True)
    else:
        click.echo(f"Expected: {fault.cause} at {' or '.join(place.entities)}; {verdict}.", err=True)


def _serve(staged: Scenario, seed: int) -> int:
    from netdoctor.lab import fabric

    async def work() -> None:
        task = asyncio.current_task()
        if task is not None:
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
        async with fabric.run(staged.world, seed=seed) as running_fabric:
            _invite(staged, running_fabric)
            await asyncio.Event().wait()

    try:
        asyncio.run(work())
    except (KeyboardInterrupt, asyncio.CancelledError):
        click.echo("\nThe fabric is gone.", err=True)
    return 0


def _invite(staged: Scenario, running_fabric: Fabric) -> None:
    """Says how to look at the fabric from another terminal."""
    target = staged.place.target
    port = running_fabric.endpoints[target].port
    click.echo(f"inventory  {running_fabric.inventory}")
    click.echo(f"diagnose   netdoctor investigate --inventory {running_fabric.inventory} {target}")
    click.echo(
        f"log in     ssh -i {running_fabric.identity} -o UserKnownHostsFile={running_fabric.known_hosts} "
        f"-p {port} oncall@127.0.0.1"
    )
    click.echo("Ctrl-C ends it.", err=True)
