"""A leaf or spine by Nokia."""

from __future__ import annotations

from netdoctor.lab.chassis import Chassis, Probe
from netdoctor.lab.optics import LR4

CHASSIS = Chassis(
    model="7220 IXR-D2L",
    os_version="v24.10.2-357-g19fbca36",
    serial_prefix="NS",
    management_port="mgmt0",
    port=lambda number: f"ethernet-1/{number}",
    uplink=lambda number: f"ethernet-1/{48 + number}",
    spare_ports=("ethernet-1/30", "ethernet-1/31"),
    uplink_optic=LR4,
    optic_vendor="NOKIA",
    processes=(
        "sr_xdp_lc_1", "sr_bgp_mgr", "sr_mgmt_server", "sr_fib_mgr", "sr_isis_mgr", "sr_ospf_mgr",
        "sr_bfd_mgr", "sr_lldp_mgr", "sr_chassis_mgr",
    ),
    bgp_process="sr_bgp_mgr",
    igp_processes=("sr_isis_mgr", "sr_ospf_mgr"),
    bystander="sr_mgmt_server",
    description="SRLinux-{version} {model} Copyright (c) 2000-2025 Nokia. Kernel 5.15.0",
    probes=(
        Probe("control A", "control", 46.0, 90.0, 95.0),
        Probe("linecard 1", "linecard", 52.0, 100.0, 110.0),
    ),
    fans=("fan-tray 1", "fan-tray 2", "fan-tray 3", "fan-tray 4"),
    power_supplies=("power-supply 1", "power-supply 2"),
    fan_model="fan-7220-d2l",
    power_supply_model="psu-7220-ac-550",
)  # fmt: skip
