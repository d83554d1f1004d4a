"""A provider's edge router by Cisco."""

from __future__ import annotations

from netdoctor.lab.chassis import Chassis, Probe
from netdoctor.lab.optics import LR4

FIRST_UPLINK = 20
"""The 100G ports of the card stand behind its twenty 10G ports."""

CHASSIS = Chassis(
    model="ASR-9903",
    os_version="7.5.2",
    serial_prefix="FOC",
    management_port="MgmtEth0/RP0/CPU0/0",
    port=lambda number: f"TenGigE0/0/0/{number - 1}",
    uplink=lambda number: f"HundredGigE0/0/0/{FIRST_UPLINK - 1 + number}",
    spare_ports=("TenGigE0/0/0/18", "TenGigE0/0/0/19"),
    uplink_optic=LR4,
    optic_vendor="CISCO-FINISAR",
    processes=("bgp", "ipv4_rib", "statsd_server", "ospf", "isis", "lldp_mgr", "bfd", "ifmgr"),
    bgp_process="bgp",
    igp_processes=("ospf", "isis"),
    bystander="statsd_server",
    description="{version}, {model}",
    probes=(
        Probe("Inlet", "0/RP0", 27.0, 55.0, 65.0),
        Probe("CPU DIE", "0/RP0", 46.0, 90.0, 100.0),
        Probe("NPU Hotspot", "0/0", 61.0, 100.0, 110.0),
    ),
    fans=("0/FT0", "0/FT1", "0/FT2", "0/FT3"),
    power_supplies=("0/PT0-PM0", "0/PT0-PM1"),
    fan_model="ASR-9903-FAN",
    power_supply_model="A9K-1600W-AC",
)
