"""A modular switch by Cisco: line cards with 50G and 100G ports in slots 2 and 1, the supervisor in R0."""

from __future__ import annotations

from netdoctor.lab.chassis import Chassis, Probe
from netdoctor.lab.optics import LR4

CHASSIS = Chassis(
    model="C9610R",
    os_version="17.18.1",
    serial_prefix="FXS",
    management_port="GigabitEthernet0/0",
    port=lambda number: f"FiftyGigE2/0/{number}",
    uplink=lambda number: f"HundredGigE1/0/{number}",
    spare_ports=("FiftyGigE2/0/39", "FiftyGigE2/0/40"),
    uplink_optic=LR4,
    optic_vendor="CISCO-FINISAR",
    processes=(
        "IOSXE-RP Punt Se",
        "IP RIB Update",
        "BGP Router",
        "BGP I/O",
        "SNMP ENGINE",
        "ARP Input",
        "LLDP Protocol",
    ),
    bgp_process="BGP Router",
    igp_processes=("IP RIB Update",),
    bystander="SNMP ENGINE",
    description=(
        "Cisco IOS Software [IOSXE], Catalyst L3 Switch Software (CAT9K_IOSXE), Version {version}, "
        "RELEASE SOFTWARE (fc3)"
    ),
    probes=(
        Probe("Temp: Coretemp", "R0", 46.0, 90.0, 100.0),
        Probe("Temp: Inlet", "R0", 26.0, 62.0, 72.0),
        Probe("Temp: Outlet", "1/0", 41.0, 85.0, 95.0),
    ),
    fans=("FT1", "FT2", "FT3", "FT4"),
    power_supplies=("PS1", "PS2"),
    fan_model="C9610-FAN",
    power_supply_model="C9600-PWR-3KWAC",
)
