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


@fault("a switch behind leaf2's host port made its BPDU guard close it", cause="interface.err_disabled")
def guarded_port(world: World, at: float) -> Place:
    port = world.host_port("leaf2")
    port.disabled_reason = "bpduguard"
    return Place("leaf2", (interface_entity(port),))


@fault("the link between spine2 and leaf1 goes down and up every two minutes", cause="interface.flapping")
def flapping_link(world: World, at: float) -> Place:
    link = world.link_between("spine2", "leaf1")
    for number in range(7):
        for cut, delay_s in ((True, 0.0), (False, 3.0)):
            link.cut = cut
            world.settle(at + 120.0 * number + delay_s)
    return Place("leaf1", (link_entity(link), *(interface_entity(end) for end in link.ends)))


@fault("leaf4's two uplinks were exchanged when they were patched", cause="lag.miscabled")
def exchanged_cables(world: World, at: float) -> Place:
    links = (world.link_between("spine1", "leaf4"), world.link_between("spine2", "leaf4"))
    for link in links:
        link.cut = True
    world.settle(at)
    world.swap(*(world.neighbor("leaf4", spine).port for spine in ("spine1", "spine2")))
    for link in links:
        link.cut = False
    world.settle(at + 40.0)
    return Place("leaf4", tuple(link_entity(link) for link in links))
