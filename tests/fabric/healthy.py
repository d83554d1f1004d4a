"""Fabrics with nothing wrong in them, each with something that could be mistaken for a fault.

To add one, add a row.
"""

from __future__ import annotations

import time
from typing import NamedTuple

from .fabric import Fabric
from .inject import Injection, bgp, configure, nft, shell
from .topology import Variant

_OLD_S = 10
"""The incident window that a flap is made older than."""


class Healthy(NamedTuple):
    """One healthy fabric. `may_name` are causes that are true and no fault."""

    name: str
    prepare: Injection
    target: str = "leaf1"
    variant: Variant = "bgp"
    options: tuple[str, ...] = ()
    may_name: frozenset[str] = frozenset()

    def put_in(self, fabric: Fabric) -> None:
        self.prepare(fabric)


def _nothing(_: Fabric) -> None:
    pass


def _flap_and_grow_old(fabric: Fabric) -> None:
    """Three flaps, everything back, and then the whole incident window without any."""
    for _ in range(3):
        fabric.run("leaf1", ["ip", "link", "set", "swp1", "down"])
        fabric.until(lambda: not fabric.established("leaf1", "spine1"), "the flap is felt")
        fabric.run("leaf1", ["ip", "link", "set", "swp1", "up"])
        fabric.until(lambda: fabric.established("leaf1", "spine1"), "the flap is over")
    fabric.converge()
    converged_at = time.monotonic()
    fabric.until(lambda: time.monotonic() - converged_at > _OLD_S + 1, "the flap is old")


_DRAINED = frozenset({"maintenance.drained"})
_SPARE_PORT = "ip link add swp8 type veth peer name swp9"

PROMISED: tuple[Healthy, ...] = (
    Healthy("clean", _nothing),
    Healthy("old_flap", _flap_and_grow_old, options=("--since", f"{_OLD_S}s")),
    Healthy("unused_port_admin_down", shell("leaf1", _SPARE_PORT)),
    Healthy("drained", bgp("leaf1", "bgp graceful-shutdown"), may_name=_DRAINED),
)

OTHERS: tuple[Healthy, ...] = (
    Healthy("clean_spine", _nothing, target="spine1"),
    Healthy("clean_ospf", _nothing, variant="ospf"),
    Healthy(
        "drained_ospf",
        configure("leaf1", "router ospf", "max-metric router-lsa administrative"),
        variant="ospf",
        may_name=_DRAINED,
    ),
    Healthy("unused_port_without_carrier", shell("leaf1", f"{_SPARE_PORT} && ip link set swp8 up")),
    Healthy("aggregate_to_null", configure("leaf1", "ip route 10.2.0.0/16 Null0")),
    Healthy("filter_against_strangers", nft("leaf1", "input", "tcp dport 23 counter drop")),
)

HEALTHY: dict[str, Healthy] = {healthy.name: healthy for healthy in (*PROMISED, *OTHERS)}
