"""Faults of link-state routing, on the links of a campus (OSPF)."""

from __future__ import annotations

from functools import partial

from netdoctor.lab.faults import Place, fault
from netdoctor.lab.faults.optics import interface_entity, link_entity
from netdoctor.lab.hardware import Event
from netdoctor.lab.igp import IgpInterface
from netdoctor.lab.world import World
from netdoctor.model import entities

campus_fault = partial(fault, shape="campus")


def _end(world: World) -> IgpInterface:
    """The end on distribution1 of its link with access1."""
    link = world.link_between("distribution1", "access1")
    port = next(end for end in link.ends if end.device.name == "distribution1")
    return port.device.igp[port.name]


def _place(world: World, end: IgpInterface, at: float) -> Place:
    end.device.log(Event(at, "config_change", subject="jdoe"))
    return Place("access1", (link_entity(world.link_between("distribution1", "access1")),))


@campus_fault("distribution1 has its port to access1 in another OSPF area", cause="ospf.area_mismatch")
def ospf_areas(world: World, at: float) -> Place:
    end = _end(world)
    end.area = "0.0.0.17"
    return _place(world, end, at)


@campus_fault("distribution1 says hello to access1 every 30 seconds", cause="ospf.timer_mismatch")
def ospf_timers(world: World, at: float) -> Place:
    end = _end(world)
    end.hello_interval_s, end.dead_interval_s = 30.0, 120.0
    return _place(world, end, at)


@campus_fault("an OSPF password on distribution1 that access1 does not have", cause="ospf.auth_mismatch")
def ospf_password(world: World, at: float) -> Place:
    end = _end(world)
    end.password = "c4mpus-key"  # noqa: S105 - the point of the fault; never leaves the simulation
    return _place(world, end, at)


@campus_fault("distribution1's port to access1 was left at an MTU of 1500 bytes", cause="mtu.link_mismatch")
def ospf_mtu(world: World, at: float) -> Place:
    end = _end(world)
    end.port.mtu_bytes = 1500
    return _place(world, end, at)


@campus_fault("distribution1 is passive towards access1", cause="ospf.passive_interface")
def ospf_silent(world: World, at: float) -> Place:
    end = _end(world)
    end.passive = True
    _place(world, end, at)
    return Place("access1", (interface_entity(end.port),))


@campus_fault("access1 and distribution1 have the same OSPF router id", cause="ospf.duplicate_router_id")
def ospf_router_ids(world: World, at: float) -> Place:
    access = world.devices["access1"]
    access.router_id = world.devices["distribution1"].router_id
    access.log(Event(at, "config_change", subject="jdoe"))
    return Place("access1", (entities.device("access1"), entities.device("distribution1")))
