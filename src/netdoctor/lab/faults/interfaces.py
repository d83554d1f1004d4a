"""Faults of an interface's configuration."""

from __future__ import annotations

from netdoctor.lab.faults import Place, fault
from netdoctor.lab.faults.optics import interface_entity, link_entity
from netdoctor.lab.hardware import Event
from netdoctor.lab.world import World


@fault("spine2's port towards leaf2 was shut by mistake", cause="interface.admin_down")
def far_end_shut(world: World, at: float) -> Place:
    port = world.neighbor("spine2", "leaf2").port
    port.admin_up = False
    port.device.log(Event(at, "config_change", subject="jdoe"))
    return Place("leaf2", (interface_entity(port),))


@fault("leaf3's uplink to spine2 was left at an MTU of 1500 bytes", cause="mtu.link_mismatch")
def mtu_mismatch(world: World, at: float) -> Place:
    port = world.neighbor("leaf3", "spine2").port
    port.mtu_bytes = 1500
    port.device.log(Event(at, "config_change", subject="jdoe"))
    return Place("leaf3", (link_entity(world.link_between("spine2", "leaf3")),))
