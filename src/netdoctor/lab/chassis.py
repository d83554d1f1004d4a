"""What the boxes of each platform are like: names of ports, programs, and what stands on the label."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from netdoctor.lab.optics import OpticType


class Probe(NamedTuple):
    """A temperature probe: its name, what it is said to measure, its usual value and limits in °C."""

    name: str
    description: str
    usual: float
    high_alarm: float
    high_critical: float


PROBES = (
    Probe("TempSensor1", "Cpu temp sensor", 44.0, 90.0, 95.0),
    Probe("TempSensor2", "Front-panel temp sensor", 26.0, 65.0, 75.0),
    Probe("TempSensor3", "Switch chip temp sensor", 58.0, 100.0, 110.0),
)


@dataclass(frozen=True)
class Chassis:
    """One kind of box. The module `chassis.py` of a platform's folder of renderers holds one, `CHASSIS`."""

    model: str
    os_version: str
    serial_prefix: str
    management_port: str
    port: Callable[[int], str]
    """The name of an ordinary port, by its number from 1."""
    uplink: Callable[[int], str]
    """The name of a port for `uplink_optic`, by its number from 1."""
    spare_ports: tuple[str, ...]
    uplink_optic: OpticType
    optic_vendor: str
    processes: tuple[str, ...]
    """Programs on the control plane, the one with most load first."""
    bgp_process: str
    igp_processes: tuple[str, ...]
    """What must run for OSPF and IS-IS."""
    bystander: str
    """A program that forwarding does not need, and that may run away."""
    description: str
    """How the device describes itself to its neighbours, with `{version}` and `{model}`."""
    probes: tuple[Probe, ...] = PROBES
    fans: tuple[str, ...] = ("Fan1", "Fan2", "Fan3", "Fan4")
    power_supplies: tuple[str, ...] = ("PowerSupply1", "PowerSupply2")
    fan_model: str = "Fan tray"
    power_supply_model: str = "PWR-500AC-F"


@cache
def chassis(platform: str) -> Chassis:
    """The kind of box that a platform runs on in the lab."""
    found: Chassis = importlib.import_module(f"netdoctor.lab.render.{platform}.chassis").CHASSIS
    return found
