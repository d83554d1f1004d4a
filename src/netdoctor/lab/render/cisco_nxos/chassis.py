"""A leaf or spine of the Nexus 9300 series."""

from __future__ import annotations

from netdoctor.lab.chassis import Chassis, Probe
from netdoctor.lab.optics import LR4

CHASSIS = Chassis(
    model="N9K-C93180YC-FX",
    os_version="10.3(5)",
    serial_prefix="FDO",
    management_port="mgmt0",
    port=lambda number: f"Ethernet1/{number}",
    uplink=lambda number: f"Ethernet1/{48 + number}",
    spare_ports=("Ethernet1/30", "Ethernet1/31"),
    uplink_optic=LR4,
    optic_vendor="CISCO-FINISAR",
    processes=("pfma", "ethpm", "bgp", "urib", "netstack", "lldp", "bfdc", "snmpd"),
    bgp_process="bgp",
    igp_processes=("urib",),
    bystander="snmpd",
    description=(
        "Cisco Nexus Operating System (NX-OS) Software {version}\n"
        "TAC support: http://www.cisco.com/tac\n"
        "Copyright (c) 2002-2024, Cisco Systems, Inc. All rights reserved."
    ),
    probes=(
        Probe("FRONT", "air that enters", 26.0, 70.0, 80.0),
        Probe("BACK", "air that leaves", 31.0, 60.0, 70.0),
        Probe("CPU", "processor", 44.0, 80.0, 90.0),
        Probe("Homewood", "switch chip", 58.0, 90.0, 110.0),
    ),
    fans=("Fan1(sys_fan1)", "Fan2(sys_fan2)", "Fan3(sys_fan3)", "Fan4(sys_fan4)"),
    power_supplies=("PS1", "PS2"),
    fan_model="NXA-FAN-30CFM-F",
    power_supply_model="NXA-PAC-500W-PE",
)
