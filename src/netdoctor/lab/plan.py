"""What a simulated network is made of: the platforms of its spines and leaves."""

from __future__ import annotations

from typing import NamedTuple


class Plan(NamedTuple):
    """A two-tier Clos: every leaf has a link to every spine."""

    spines: tuple[str, ...]
    """The platform of each."""
    leaves: tuple[str, ...]


def clos(spines: int, leaves: int) -> Plan:
    """Spines of Arista EOS; the first half of the leaves too, the rest Linux with FRR."""
    eos = (leaves + 1) // 2
    return Plan(("arista_eos",) * spines, ("arista_eos",) * eos + ("linux",) * (leaves - eos))


SMALL = clos(2, 4)
