"""A leaf or spine by Juniper."""

from __future__ import annotations

from netdoctor.lab.chassis import Chassis, Probe
from netdoctor.lab.optics import LR4

CHASSIS = Chassis(
    model="qfx5120-48y-8c",
    os_version="21.4R3-S5.4",
    serial_prefix="WS",
    management_port="em0",
    port=lambda number: f"xe-0/0/{number - 1}",
    uplink=lambda number: f"et-0/0/{47 + number}",
    spare_ports=("xe-0/0/29", "xe-0/0/30"),
    uplink_optic=LR4,
    optic_vendor="JUNIPER-FINISAR",
    processes=("fxpc", "rpd", "chassisd", "mib2d", "l2ald", "lldpd", "bfdd", "dcd", "mgd"),
    bgp_process="rpd",
    igp_processes=("rpd",),
    bystander="mib2d",
    description="Juniper Networks, Inc. {model} Ethernet Switch, kernel JUNOS {version}, Build date: "
    "2023-09-28 07:08:28 UTC Copyright (c) 1996-2023 Juniper Networks, Inc.",
    probes=(
        Probe("FPC 0 Sensor TopLeft I", "Intake at the left", 27.0, 65.0, 75.0),
        Probe("FPC 0 Sensor TopRight E", "Exhaust at the right", 36.0, 65.0, 75.0),
        Probe("FPC 0 CPU Die Temp Sensor", "Processor", 45.0, 90.0, 95.0),
    ),
    fans=(
        "FPC 0 Fan Tray 0 Fan 0",
        "FPC 0 Fan Tray 1 Fan 0",
        "FPC 0 Fan Tray 2 Fan 0",
        "FPC 0 Fan Tray 3 Fan 0",
    ),
    power_supplies=("FPC 0 Power Supply 0", "FPC 0 Power Supply 1"),
    fan_model="QFX5120 Fan Tray, Front to Back Airflow - AFO",
    power_supply_model="JPSU-650W-AC-AO",
)
