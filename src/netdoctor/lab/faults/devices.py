"""Faults of a whole device."""

from __future__ import annotations

from netdoctor.lab.faults import Place, fault
from netdoctor.lab.world import World
from netdoctor.model import entities


@fault("two of spine1's four fans stand still and it overheats", cause="device.power_thermal")
def overheating(world: World, at: float) -> Place:
    spine = world.devices["spine1"]
    for fan in list(spine.sensors_of("fan"))[:2]:
        fan.working = False
    return Place("spine1", (entities.device("spine1"),))


@fault("a runaway program on leaf4 starves its BGP process", cause="bgp.holdtimer_cpu")
def starved_control_plane(world: World, at: float) -> Place:
    leaf = world.devices["leaf4"]
    runaway = next(process for process in leaf.processes if process.name == "node_exporter")
    runaway.cpu_pct = 100.0 * leaf.cores_count
    return Place("leaf4", (entities.device("leaf4"),))


@fault("spine2's management port is unplugged; it forwards as before", cause="device.management_unreachable")
def management_lost(world: World, at: float) -> Place:
    spine = world.devices["spine2"]
    spine.management_up = False
    return Place("leaf1", (entities.device("spine2"),))


@fault("leaf3's BGP daemon has died; its interfaces are up", cause="bgp.daemon_down")
def dead_daemon(world: World, at: float) -> Place:
    leaf = world.devices["leaf3"]
    leaf.processes = [process for process in leaf.processes if process.name != "bgpd"]
    return Place("leaf3", (entities.device("leaf3"),))
