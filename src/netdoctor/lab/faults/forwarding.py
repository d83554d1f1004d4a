"""Faults that lose packets: full queues, ceilings and discard routes."""

from __future__ import annotations

from netdoctor.lab.faults import Place, fault
from netdoctor.lab.faults.optics import interface_entity
from netdoctor.lab.hardware import Event, StaticRoute
from netdoctor.lab.traffic import Demand
from netdoctor.lab.world import World
from netdoctor.model import entities


@fault(
    "many senders at once: leaf2's host port drops in bursts at a low mean load",
    cause="congestion.microburst",
)
def microburst(world: World, at: float) -> Place:
    port = world.host_port("leaf2")
    port.burst_ratio, port.burst_time_share = 7.0, 0.01
    return Place("leaf2", (interface_entity(port),))


@fault("more traffic for leaf1's hosts than their port can carry", cause="congestion.sustained")
def overload(world: World, at: float) -> Place:
    port = world.host_port("leaf1")
    prefix = world.devices["leaf1"].networks[-1]
    world.demands.append(Demand(world.devices["leaf2"], prefix, 8.6e9))
    return Place("leaf1", (interface_entity(port),))


@fault("a discard route for leaf3's hosts on spine1", cause="forwarding.null_route")
def null_route(world: World, at: float) -> Place:
    spine = world.devices["spine1"]
    prefix = world.devices["leaf3"].networks[-1]
    spine.static_routes.append(StaticRoute(prefix))
    spine.log(Event(at, "config_change", subject="jdoe"))
    return Place("spine1", (entities.prefix("spine1", prefix),))


@fault("leaf4's host port is shaped to less than its hosts ask for", cause="qos.policer")
def low_ceiling(world: World, at: float) -> Place:
    port = world.host_port("leaf4")
    port.shaper_bps = 1_500_000_000
    port.device.log(Event(at, "config_change", subject="jdoe"))
    return Place("leaf4", (interface_entity(port),))
