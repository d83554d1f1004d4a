"""A leaf or spine by Arista."""

from __future__ import annotations

from netdoctor.lab.chassis import Chassis
from netdoctor.lab.optics import LR4

CHASSIS = Chassis(
    model="DCS-7050SX3-48YC8",
    os_version="4.31.2F",
    serial_prefix="JPE",
    management_port="Management1",
    port=lambda number: f"Ethernet{number}",
    uplink=lambda number: f"Ethernet{48 + number}/1",
    spare_ports=("Ethernet30", "Ethernet31"),
    uplink_optic=LR4,
    optic_vendor="Arista Networks",
    processes=("Strata", "Sysdb", "Bgp", "ConfigAgent", "Lldp", "Bfd", "IpRib"),
    bgp_process="Bgp",
    igp_processes=("IpRib",),
    bystander="ConfigAgent",
    description="Arista Networks EOS version {version} running on an Arista Networks {model}",
)
