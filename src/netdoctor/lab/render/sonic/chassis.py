"""An open switch with SONiC: 48 ports of 25G, 8 of 100G."""

from __future__ import annotations

from netdoctor.lab.chassis import Chassis, Probe
from netdoctor.lab.optics import LR4

CHASSIS = Chassis(
    model="Accton-AS7326-56X",
    os_version="SONiC.202311.0-7a2c3d1e9",
    serial_prefix="732656X",
    management_port="eth0",
    port=lambda number: f"Ethernet{number - 1}",
    uplink=lambda number: f"Ethernet{44 + 4 * number}",
    spare_ports=("Ethernet30", "Ethernet31"),
    uplink_optic=LR4,
    optic_vendor="FINISAR CORP",
    processes=(
        "syncd",
        "orchagent",
        "redis-server",
        "bgpd",
        "zebra",
        "bfdd",
        "staticd",
        "lldpd",
        "teamd",
        "telemetry",
    ),
    bgp_process="bgpd",
    igp_processes=("zebra",),
    bystander="telemetry",
    description=(
        "SONiC Software Version: {version} - HwSku: {model} - Distribution: Debian 11.8"
        " - Kernel: 5.10.0-23-2-amd64"
    ),
    probes=(
        Probe("CPU Package Temp", "CPU Package Temp", 44.0, 88.0, 98.0),
        Probe("Front Board Temp", "Front Board Temp", 29.0, 68.0, 78.0),
        Probe("ASIC Temp", "ASIC Temp", 56.0, 100.0, 110.0),
    ),
    fans=("FAN-1F", "FAN-2F", "FAN-3F", "FAN-4F"),
    power_supplies=("PSU 1", "PSU 2"),
    fan_model="drawer",
    power_supply_model="YM-2651Y",
)
