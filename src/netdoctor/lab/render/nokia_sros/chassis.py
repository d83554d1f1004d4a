"""A service router by Nokia: every port is broken out of a connector."""

from __future__ import annotations

from netdoctor.lab.chassis import Chassis, Probe
from netdoctor.lab.optics import LR4

CHASSIS = Chassis(
    model="7750 SR-2s",
    os_version="C-25.7.R1",
    serial_prefix="NS",
    management_port="A/1",
    port=lambda number: f"2/1/c{number}/1",
    uplink=lambda number: f"1/1/c{number}/1",
    spare_ports=("2/1/c30/1", "2/1/c31/1"),
    uplink_optic=LR4,
    optic_vendor="Nokia",
    processes=("IOM", "System", "Management", "BGP", "IS-IS", "OSPF", "RTM/Policies", "Cards & Ports"),
    bgp_process="BGP",
    igp_processes=("IS-IS", "OSPF"),
    bystander="Management",
    description=(
        "TiMOS-{version} cpm/x86_64 Nokia {model} Copyright (c) 2000-2025 Nokia.\n"
        "All rights reserved. All use subject to applicable license agreements.\n"
        "Built on Wed Jul 16 21:13:09 UTC 2025 by builder in /builds/257B/R1/panos/main/sros\n"
    ),
    probes=(
        Probe("Card 1", "iom-s-3.0t", 52.0, 75.0, 90.0),
        Probe("Card 2", "iom-s-3.0t", 50.0, 75.0, 90.0),
        Probe("Card A", "cpm-2s", 44.0, 75.0, 90.0),
    ),
    fans=("Fan tray 1", "Fan tray 2", "Fan tray 3", "Fan tray 4"),
    power_supplies=("Power module 1/1", "Power module 1/2"),
    fan_model="Fan tray",
    power_supply_model="3000W AC/HVDC",
)
