"""Faults of IS-IS, on the links of a provider's ring."""

from __future__ import annotations

from functools import partial

from netdoctor.lab.faults import Place, fault
from netdoctor.lab.faults.optics import link_entity
from netdoctor.lab.hardware import Event
from netdoctor.lab.igp import IgpInterface
from netdoctor.lab.world import World

ring_fault = partial(fault, shape="ring")


def _ends(world: World) -> tuple[IgpInterface, IgpInterface]:
    """The ends of the link between router1 and router2, router1's first."""
    ports = sorted(world.link_between("router1", "router2").ends, key=lambda port: port.device.name)
    return ports[0].device.igp[ports[0].name], ports[1].device.igp[ports[1].name]


def _place(world: World, at: float) -> Place:
    world.devices["router1"].log(Event(at, "config_change", subject="jdoe"))
    return Place("router2", (link_entity(world.link_between("router1", "router2")),))


@ring_fault("router1 runs IS-IS level 1 alone towards router2", cause="isis.level_mismatch")
def isis_levels(world: World, at: float) -> Place:
    _ends(world)[0].level = "1"
    return _place(world, at)


@ring_fault("an IS-IS password on router1 that router2 does not have", cause="isis.auth_mismatch")
def isis_password(world: World, at: float) -> Place:
    _ends(world)[0].password = "r1ng-key"  # noqa: S105 - the point of the fault; never leaves the simulation
    return _place(world, at)


@ring_fault("router1's port to router2 was left at an MTU of 1500 bytes", cause="isis.mtu_mismatch")
def isis_mtu(world: World, at: float) -> Place:
    _ends(world)[0].port.mtu_bytes = 1500
    return _place(world, at)
