"""Faults of a whole device."""

from __future__ import annotations

from netdoctor.lab.chassis import chassis
from netdoctor.lab.faults import Place, fault
from netdoctor.lab.hardware import Event
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
    bystander = chassis(leaf.platform).bystander
    runaway = next(process for process in leaf.processes if process.name == bystander)
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
    daemon = chassis(leaf.platform).bgp_process
    leaf.processes = [process for process in leaf.processes if process.name != daemon]
    return Place("leaf3", (entities.device("leaf3"),))


@fault("spine2 has lost its power", cause="device.unreachable")
def dark_spine(world: World, at: float) -> Place:
    world.devices["spine2"].powered = False
    return Place("leaf1", (entities.device("spine2"),))


@fault("leaf2 crashed and has come back", cause="device.reloaded")
def crashed_leaf(world: World, at: float) -> Place:
    world.restart(world.devices["leaf2"], at, at + 210.0, "The system rebooted due to a kernel panic.")
    return Place("leaf2", (entities.device("leaf2"),))


@fault("leaf3 hears no NTP server and its clock is seven seconds off", cause="services.ntp_skew")
def lost_clock(world: World, at: float) -> Place:
    leaf = world.devices["leaf3"]
    leaf.ntp_reachable, leaf.clock_offset_s = False, 7.2
    return Place("leaf3", (entities.device("leaf3"),))


@fault("a program on leaf4 has taken nearly all its memory", cause="device.memory_exhausted")
def memory_leak(world: World, at: float) -> Place:
    leaf = world.devices["leaf4"]
    others = sum(process.memory_bytes for process in leaf.processes[1:])
    leaf.processes[0].memory_bytes = int(leaf.memory_bytes * 0.985) - others
    return Place("leaf4", (entities.device("leaf4"),))


@fault("spine2 is being drained for maintenance", cause="maintenance.drained")
def drained_spine(world: World, at: float) -> Place:
    spine = world.devices["spine2"]
    spine.draining = True
    spine.log(Event(at, "config_change", subject="netops"))
    return Place("spine2", (entities.device("spine2"),))
