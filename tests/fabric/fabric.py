"""A running fabric: up in seconds, faults put in by hand, down without a trace.

with Fabric() as fabric:
    fabric.run("leaf1", ["ip", "link", "set", "swp1", "down"])
    report = fabric.investigate("leaf1")
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, NoReturn, Self

from .build import DESK, OPERATOR, build
from .convergence import converged
from .machine import Machine, StartedMachine
from .topology import ROUTERS, Variant, link

_POLL_S = 0.25


class NotReached(AssertionError):
    """A state that the fabric did not come to within its time."""


class Outcome(NamedTuple):
    """What one netdoctor run gave."""

    exit_code: int
    report: dict[str, Any]

    @property
    def causes(self) -> list[dict[str, Any]]:
        """The causes, the first one first."""
        found: list[dict[str, Any]] = self.report["causes"]
        return found

    @property
    def account(self) -> str:
        """The run in a few lines, for the message of a test that fails."""
        causes = [f"  {c['probability']:.2f} {c['id']} {c['entity']}" for c in self.causes]
        findings = [f"  {f['severity']} {f['check']} {f['entity']}" for f in self.report["findings"]]
        gaps = [
            f"  {n['device']} {n['check']} {n['reason']} {n['detail']}"
            for n in self.report["not_checked"]
            if n["reason"] != "unsupported"
        ]
        return "\n".join(
            [
                f"exit {self.exit_code}, {self.report['verdict']}: {self.report['summary']}",
                *("causes:", *causes, "findings:", *findings, "not checked:", *gaps),
            ]
        )


class Fabric:
    """The whole fabric. A context manager."""

    def __init__(self, variant: Variant = "bgp") -> None:
        self.variant: Variant = variant
        self.machines: dict[str, Machine] = {}
        self._started: dict[str, StartedMachine] = {}
        self.background: list[subprocess.Popen[str]] = []

    def __enter__(self) -> Self:
        self.up()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.down()

    def up(self) -> None:
        """Starts every machine and waits until all sessions and neighbours are there."""
        try:
            build(self.variant, self._started)
            self.machines.update(self._started)
            self.converge()
        except BaseException:
            self.down()
            raise

    def down(self) -> None:
        """Ends everything that `up` and the faults started. May be called twice."""
        for process in self.background:
            process.kill()
            process.wait()
        for machine in self._started.values():
            machine.stop()
        self.background.clear()
        self._started.clear()
        self.machines.clear()

    @classmethod
    def attached(cls, variant: Variant, pids: Mapping[str, int]) -> Self:
        """A fabric that another process holds, to look at and to break; not to take down."""
        fabric = cls(variant)
        fabric.machines = {name: Machine(name, pid) for name, pid in pids.items()}
        return fabric

    def run(self, node: str, argv: Sequence[str], *, check: bool = True, text: str | None = None) -> str:
        """What `argv` prints on a node, run as root."""
        return self.machines[node].run(argv, check=check, text=text)

    def operator(self, argv: Sequence[str]) -> subprocess.CompletedProcess[str]:
        """Runs `argv` at the operator's desk, with the operator's own home."""
        return subprocess.run(
            self._at_desk(argv),
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )

    def become(self, argv: Sequence[str], node: str = OPERATOR) -> NoReturn:
        """Replaces this process by `argv` on a machine."""
        command = self._at_desk(argv) if node == OPERATOR else self.machines[node].command(argv)
        os.execvpe(command[0], command, dict(self.environment()))

    def _at_desk(self, argv: Sequence[str]) -> list[str]:
        return self.machines[OPERATOR].command(["env", "--chdir", DESK, *argv])

    def environment(self) -> Mapping[str, str]:
        """The operator's environment: nothing of the invoking user's but PATH and locale."""
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "TERM") if name in os.environ}
        return {**kept, "HOME": DESK}

    def investigate(self, *arguments: str) -> Outcome:
        """One `netdoctor investigate … --format json`, as a user would run it."""
        done = self.operator([netdoctor(), "investigate", *arguments, "--format", "json"])
        try:
            report = json.loads(done.stdout)
        except ValueError:
            raise AssertionError(f"no report (exit {done.returncode}):\n{done.stdout}{done.stderr}") from None
        return Outcome(done.returncode, report)

    def vtysh(self, node: str, *commands: str) -> str:
        """What vtysh prints for commands given in order; start with `configure` to change something."""
        return self.run(node, ["vtysh", *(word for command in commands for word in ("-c", command))])

    def configure(self, node: str, *lines: str) -> None:
        """Changes a router's running configuration."""
        self.vtysh(node, "configure", *lines)

    def show(self, node: str, command: str) -> Any:
        """The JSON answer of an FRR show command; an empty object when the daemon is gone."""
        return json.loads(self.run(node, ["vtysh", "-c", f"{command} json"], check=False) or "{}")

    def start(self, node: str, argv: Sequence[str]) -> None:
        """Leaves `argv` running on a node until the fabric goes down."""
        self.background.append(
            subprocess.Popen(
                self.machines[node].command(argv),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                text=True,
            )
        )

    def until(self, reached: Callable[[], bool], what: str, *, deadline_s: float = 120.0) -> None:
        """Polls until `reached()`. Raises NotReached at the deadline."""
        give_up_at = time.monotonic() + deadline_s
        while not reached():
            if time.monotonic() > give_up_at:
                raise NotReached(f"not within {deadline_s:.0f} s: {what}")
            time.sleep(_POLL_S)

    def established(self, node: str, peer: str) -> bool:
        """True when `node` has its session with `peer`, a node's name, established."""
        return self.session(node, peer).get("bgpState") == "Established"

    def session(self, node: str, peer: str) -> dict[str, Any]:
        """What `node` says of its session with `peer`; empty when it has none."""
        address = link(node, peer).far(node).address
        found: dict[str, Any] = self.show(node, f"show bgp neighbors {address}").get(address, {})
        return found

    def adjacent(self, node: str, peer: str) -> bool:
        """True when `node` has a full OSPF adjacency with `peer`."""
        interface = link(node, peer).end(node).interface
        found = self.show(node, "show ip ospf neighbor").get("neighbors", {})
        return any(
            entry["nbrState"].startswith("Full") and entry["ifaceName"].startswith(f"{interface}:")
            for entries in found.values()
            for entry in entries
        )

    def reaches(self, node: str, prefix: str) -> bool:
        """True when the kernel of `node` has a route to exactly `prefix` that does not discard."""
        routes = json.loads(self.run(node, ["ip", "-j", "route", "show", prefix]) or "[]")
        return any(route.get("type") != "blackhole" for route in routes)

    def converge(self) -> None:
        """Waits until every router has all that it is drawn with. Raises NotReached.

        One that was seen whole may lose a session to the start of its neighbour's BFD: all are asked again.
        """
        for node in ROUTERS:
            self.until(partial(converged, self, node.name), f"{node.name} converged")
        self.until(lambda: all(converged(self, node.name) for node in ROUTERS), "all converged together")


def netdoctor() -> str:
    """The command of the environment that the tests run in. Raises FileNotFoundError."""
    found = shutil.which("netdoctor", path=f"{Path(sys.executable).parent}:{os.environ.get('PATH', '')}")
    if found is None:
        raise FileNotFoundError("no netdoctor command beside this Python: pip install -e .")
    return found
