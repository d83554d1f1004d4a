"""What the boxes of each platform are like: names of ports, programs, and what stands on the label."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from netdoctor.lab.optics import OpticType


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
    default_mtu_bytes: int = 9214


@cache
def chassis(platform: str) -> Chassis:
    """The kind of box that a platform runs on in the lab."""
    found: Chassis = importlib.import_module(f"netdoctor.lab.render.{platform}.chassis").CHASSIS
    return found
