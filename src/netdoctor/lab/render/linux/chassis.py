"""An open switch with Linux and FRR."""

from __future__ import annotations

from netdoctor.lab.chassis import Chassis
from netdoctor.lab.optics import LR

CHASSIS = Chassis(
    model="AS5835-54X",
    os_version="12 (bookworm)",
    serial_prefix="583554X",
    management_port="mgmt0",
    port=lambda number: f"swp{number}",
    uplink=lambda number: f"swp{48 + number}",
    spare_ports=("swp30", "swp31"),
    uplink_optic=LR,
    optic_vendor="FINISAR CORP.",
    processes=("bgpd", "zebra", "bfdd", "staticd", "watchfrr", "lldpd", "node_exporter", "sshd"),
    bgp_process="bgpd",
    igp_processes=("zebra",),
    bystander="node_exporter",
    description="Debian GNU/Linux {version} Linux 6.1.0-25-amd64 x86_64",
)
