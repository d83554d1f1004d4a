"""A service router by Nokia, of the generation whose ports are not broken out of connectors."""

from __future__ import annotations

from netdoctor.lab.chassis import Chassis, Probe
from netdoctor.lab.optics import LR4

CHASSIS = Chassis(
    model="7750 SR-12",
    os_version="C-23.10.R4",
    serial_prefix="NS",
    management_port="A/1",
    port=lambda number: f"2/1/{number}",
    uplink=lambda number: f"1/1/{number}",
    spare_ports=("2/1/30", "2/1/31"),
    uplink_optic=LR4,
    optic_vendor="Nokia",
    processes=("IOM", "System", "Management", "BGP", "IS-IS", "OSPF", "RTM/Policies", "Cards & Ports"),
    bgp_process="BGP",
    igp_processes=("IS-IS", "OSPF"),
    bystander="Management",
    description=(
        "TiMOS-{version} cpm/x86_64 Nokia {model} Copyright (c) 2000-2023 Nokia.\n"
        "All rights reserved. All use subject to applicable license agreements.\n"
        "Built on Thu Dec 14 14:51:07 UTC 2023 by builder in /builds/2310B/R4/panos/main/sros\n"
    ),
    probes=(
        Probe("Card 1", "imm4-100gb-cfp4", 52.0, 75.0, 90.0),
        Probe("Card 2", "imm40-10gb-sfp", 50.0, 75.0, 90.0),
        Probe("Card A", "cpm5", 44.0, 75.0, 90.0),
    ),
    fans=("Fan tray 1", "Fan tray 2", "Fan tray 3", "Fan tray 4"),
    power_supplies=("Power module 1/1", "Power module 1/2"),
    fan_model="Fan tray",
    power_supply_model="3000W AC/HVDC",
)
