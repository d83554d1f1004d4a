"""Temperatures, fans and power supplies."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from netdoctor.lab.hardware import Sensor
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.cisco_xr.words import stamped

RULE = "=" * 80
LINE = "-" * 80
FULL_SPEED_RPM = 24000
ROTORS = 2
SUPPLY_CAPACITY_W = 1600


@answers("show environment all", "admin show environment all", "admin show environment")
def everything(view: View) -> str:
    return stamped(view, [*_temperatures(view), *_fans(view), *_power(view)])


def _temperatures(view: View) -> Iterator[str]:
    yield RULE
    yield "Location  TEMPERATURE                 Value   Crit Major Minor Minor Major  Crit"
    yield "          Sensor                    (deg C)   (Lo) (Lo)  (Lo)  (Hi)  (Hi)   (Hi)"
    yield LINE
    for place, probes in groupby(view.device.sensors_of("temperature"), key=lambda probe: probe.description):
        yield f"{place}        "
        yield from map(_probe, probes)


def _probe(probe: Sensor) -> str:
    """`!` marks what is over its minor limit."""
    minor, critical = round(probe.high_alarm or 0), round(probe.high_critical or 0)
    mark = "!" if probe.value >= minor else " "
    return (
        f"        {mark} {probe.name:<24} {round(probe.value):8d} {-10:5d} {-5:5d} {0:5d} {minor:5d} "
        f"{(minor + critical) // 2:5d} {critical:5d}"
    )


def _fans(view: View) -> Iterator[str]:
    yield RULE
    yield "                                  Fan speed (rpm)"
    yield "Location     FRU Type             " + "   ".join(f"FAN_{number}" for number in range(ROTORS))
    yield LINE
    for fan in view.device.sensors_of("fan"):
        speed = round(fan.value / 100 * FULL_SPEED_RPM)
        yield f"{fan.name:<12} {fan.description:<18}" + f"{speed:8d}" * ROTORS


@answers("admin show environment power", "show environment power")
def power(view: View) -> str:
    return stamped(view, _power(view))


def _power(view: View) -> Iterator[str]:
    supplies = list(view.device.sensors_of("power"))
    yield RULE
    yield "CHASSIS LEVEL POWER INFO: 0"
    yield RULE
    capacity = f"{SUPPLY_CAPACITY_W:7d}W"
    yield f"   Total output power capacity (N + 1)             : {capacity} + {capacity}"
    yield f"   Total output power                              : {sum(one.value for one in supplies):7.0f}W"
    yield ""
    yield RULE
    yield "   Power       Supply         ------Input----   ------Output---     Status"
    yield "   Module      Type            Volts     Amps    Volts     Amps    "
    yield RULE
    yield from map(_supply, supplies)


def _supply(supply: Sensor) -> str:
    volts = (230.0, 12.0) if supply.working else (0.0, 0.0)
    amps = (supply.value / 215.0, supply.value / 12.0)
    state = "OK" if supply.working else "FAILED or NO PWR"
    return (
        f"   {supply.name:<11} {supply.description:<15} {volts[0]:5.1f} {amps[0]:8.1f} "
        f"{volts[1]:8.1f} {amps[1]:8.1f}    {state} "
    )
