"""What a fault is, and the words that the tables of faults are written with."""

from __future__ import annotations

from typing import NamedTuple

from .fabric import Fabric
from .inject import Injection, Symptom, adjacency_down, session_down
from .topology import Variant, host_prefix, link

L1S1 = link("leaf1", "spine1")
L1S2 = link("leaf1", "spine2")
L1H1 = link("leaf1", "host1")
SPINE1 = L1S1.upper.address
LEAF1 = L1S1.lower.address

SESSION_DOWN = session_down("leaf1", "spine1")
NO_NEIGHBOR = adjacency_down("leaf1", "spine1")
TBF = "root tbf rate 5mbit burst 10kb limit 30kb"
CONGESTION = "qos.policer qos.queue_limit congestion.sustained congestion.microburst congestion.elephant_flow"


class Expected(NamedTuple):
    """What may be named: any of these causes at any of these places."""

    causes: frozenset[str]
    places: frozenset[str]


class Fault(NamedTuple):
    """One fault. `expected` has one member for each thing that is wrong."""

    name: str
    inject: Injection
    shows: Symptom
    expected: tuple[Expected, ...]
    target: str = "leaf1"
    variant: Variant = "bgp"
    options: tuple[str, ...] = ()

    def put_in(self, fabric: Fabric) -> None:
        """Injects it and waits until it shows. Raises NotReached when it does not."""
        self.inject(fabric)
        fabric.until(lambda: self.shows(fabric), f"{self.name} shows")


def named(causes: str, places: frozenset[str] | set[str]) -> tuple[Expected, ...]:
    return (Expected(frozenset(causes.split()), frozenset(places)),)


def prefix_at(*nodes: str, leaf: str) -> set[str]:
    return {f"prefix:{node}/{host_prefix(leaf)}" for node in nodes}


def queues_of(node: str, interface: str) -> set[str]:
    """The interface and whatever its queues are called."""
    return {f"interface:{node}/{interface}", f"queue:{node}/{interface}"}
