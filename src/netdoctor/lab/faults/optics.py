"""Faults of fibre, connectors and modules."""

from __future__ import annotations

from netdoctor.lab.faults import Place, fault
from netdoctor.lab.hardware import Link, Port
from netdoctor.lab.world import World
from netdoctor.model import entities


def link_entity(link: Link) -> str:
    one, other = (entities.LinkEnd(end.device.name, end.name) for end in link.ends)
    return entities.link(one, other)


def interface_entity(port: Port) -> str:
    return entities.interface(port.device.name, port.name)


def _dim(world: World, link: Link, port: Port, under_alarm_db: float) -> None:
    """Loses so much light on the way to a port that its receiver is just under its low alarm."""
    optic = port.optic
    if optic is not None:
        link.loss_db[port] += world.received_dbm(port, 0) - (optic.type.rx.low_alarm - under_alarm_db)


@fault("a dirty connector on one strand between spine1 and leaf3", cause="optics.dirty_connector")
def dirty_connector(world: World, at: float) -> Place:
    link = world.link_between("spine1", "leaf3")
    _dim(world, link, world.neighbor("leaf3", "spine1").port, 1.3)
    return Place("leaf3", (link_entity(link),))


@fault("a fibre pair bent behind a rack door between spine1 and leaf2", cause="optics.damaged_fibre")
def damaged_fibre(world: World, at: float) -> Place:
    link = world.link_between("spine1", "leaf2")
    for port in link.ends:
        _dim(world, link, port, 0.9)
    return Place("leaf2", (link_entity(link),))


@fault("the fibre between spine2 and leaf4 is cut", cause="optics.fibre_cut")
def fibre_cut(world: World, at: float) -> Place:
    link = world.link_between("spine2", "leaf4")
    link.cut = True
    return Place("leaf4", (link_entity(link),))


@fault("the laser of spine2's port towards leaf4 is wearing out", cause="optics.failing_transmitter")
def failing_transmitter(world: World, at: float) -> Place:
    port = world.neighbor("spine2", "leaf4").port
    if port.optic is not None:
        port.optic.output_power_dbm = port.optic.type.tx.low_alarm - 2.4
        port.optic.bias_current_ma = port.optic.type.bias.high_alarm + 3.1
        port.optic.temperature_celsius = 58.0
    return Place("leaf4", (interface_entity(port),))


@fault("a module that is badly seated in leaf2's uplink to spine2", cause="optics.failing_transceiver")
def failing_transceiver(world: World, at: float) -> Place:
    port = world.neighbor("leaf2", "spine2").port
    if port.optic is not None:
        port.optic.bit_error_ratio = 4e-8
    return Place("leaf2", (interface_entity(port),))
