"""The fabric by hand, from the checkout and as root:

python -m tests.fabric up [bgp|ospf]      up, in the background
python -m tests.fabric list               the faults and the healthy variants
python -m tests.fabric inject NAME        put one in, and wait until it shows
python -m tests.fabric investigate leaf1  netdoctor, as the operator runs it, with any of its options
python -m tests.fabric shell leaf1        a root shell on a router, a host or `operator`
python -m tests.fabric heal               a fresh fabric of the same variant
python -m tests.fabric down               gone, without a trace
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn, cast

import msgspec

from .build import OPERATOR
from .fabric import Fabric, netdoctor
from .faults import FAULTS
from .healthy import HEALTHY
from .runs import Case
from .topology import Variant

_STATE = Path("/run/netdoctor-fabric.json")
_CASES: dict[str, Case] = {**FAULTS, **HEALTHY}


class State(msgspec.Struct):
    """How the other commands reach the fabric that the holder holds."""

    holder: int
    variant: Variant
    pids: dict[str, int]


def up(variant: str = "bgp") -> None:
    """Starts a holder in the background, and returns when its fabric has converged."""
    if variant not in {"bgp", "ospf"}:
        raise SystemExit(f"no variant {variant!r}: bgp or ospf")
    if _STATE.exists():
        raise SystemExit("a fabric is up already: `down` first")
    holder = subprocess.Popen(
        [sys.executable, "-m", "tests.fabric", "hold", variant],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert holder.stdout is not None, "opened as a pipe"
    if not holder.stdout.readline():
        raise SystemExit("the fabric did not come up")


def hold(variant: str) -> None:
    """Brings a fabric up, says so, and holds it until it is told to end."""
    ended: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda received, _: ended.append(received))
    try:
        with Fabric(cast(Variant, variant)) as fabric:
            pids = {name: machine.pid for name, machine in fabric.machines.items()}
            state = State(os.getpid(), fabric.variant, pids)
            _STATE.write_bytes(msgspec.json.encode(state))
            print("up", flush=True)
            while not ended:
                signal.pause()
    finally:
        _STATE.unlink(missing_ok=True)


def down() -> None:
    """Ends the holder, and returns when nothing is left."""
    try:
        os.kill(_state().holder, signal.SIGTERM)
    except ProcessLookupError:  # it was killed, and the kernel took its fabric with it
        _STATE.unlink()
    while _STATE.exists():
        time.sleep(0.05)


def heal() -> None:
    variant = _state().variant
    down()
    up(variant)


def show() -> None:
    for name, case in _CASES.items():
        print(f"{name:40} {case.variant:5} investigate {' '.join((case.target, *case.options))}")


def inject(name: str) -> None:
    if name not in _CASES:
        raise SystemExit(f"no fault {name!r}: see `list`")
    fabric = _fabric()
    if _CASES[name].variant != fabric.variant:
        raise SystemExit(f"{name} needs the variant {_CASES[name].variant}, this is {fabric.variant}")
    _CASES[name].put_in(fabric)


def investigate(*arguments: str) -> NoReturn:
    fabric = _fabric()
    fabric.become([netdoctor(), "investigate", *arguments])


def shell(node: str = OPERATOR) -> NoReturn:
    fabric = _fabric()
    if node not in fabric.machines:
        raise SystemExit(f"no machine {node!r}: {', '.join(fabric.machines)}")
    fabric.become(["bash"], node)


def _state() -> State:
    if not _STATE.exists():
        raise SystemExit("no fabric is up: `up` first")
    return msgspec.json.decode(_STATE.read_bytes(), type=State)


def _fabric() -> Fabric:
    state = _state()
    return Fabric.attached(state.variant, state.pids)


_COMMANDS: dict[str, Callable[..., None]] = {
    "up": up,
    "hold": hold,
    "down": down,
    "heal": heal,
    "list": show,
    "inject": inject,
    "investigate": investigate,
    "shell": shell,
}

if __name__ == "__main__":
    name, *arguments = sys.argv[1:] or ["help"]
    if name not in _COMMANDS:
        raise SystemExit(__doc__)
    _COMMANDS[name](*arguments)
