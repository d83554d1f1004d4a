"""The switch itself: release, age, last restart, files of the kernel, memory, clock, tables of the ASIC."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from netdoctor.lab.render import Reply, View, answers
from netdoctor.lab.render.linux import processes, system
from netdoctor.lab.render.sonic.tables import ruled
from netdoctor.lab.render.text import utc

KERNEL = "5.10.0-23-2-amd64"
PLATFORM = "x86_64-accton_as7326_56x-r0"
TABLES = {"ipv4_route": 98_304, "ipv6_route": 8_192, "ipv4_nexthop": 49_152, "ipv4_neighbor": 16_384}
"""Tables of the ASIC and how many entries they hold."""


@answers("show version")
def version(view: View) -> str:
    device = view.device
    uptime = str(system.uptime(view)).strip()
    return (
        f"\nSONiC Software Version: {device.os_version}\n"
        "SONiC OS Version: 11\n"
        "Distribution: Debian 11.8\n"
        f"Kernel: {KERNEL}\n"
        f"Build commit: {device.os_version.rpartition('-')[2]}\n"
        "Build date: Fri Feb  2 14:51:07 UTC 2024\n"
        "Built by: sonic@builder-1\n\n"
        f"Platform: {PLATFORM}\n"
        f"HwSKU: {device.model}\n"
        "ASIC: broadcom\n"
        "ASIC Count: 1\n"
        f"Serial Number: {device.serial}\n"
        "Model Number: AS7326-56X-O-AC-F\n"
        "Hardware Revision: N/A\n"
        f"Uptime: {uptime}\n"
        f"Date: {utc(view.device_time):%a %d %b %Y %H:%M:%S}\n\n"
        "Docker images:\n"
        "REPOSITORY           TAG        IMAGE ID       SIZE\n"
        "docker-fpm-frr       latest     8d9d3a4c1b7e   349MB\n"
        "docker-syncd-brcm    latest     2f5c1e7a9d30   715MB\n\n"
    )


@answers("show reboot-cause")
def restart(view: View) -> str:
    return f"{view.device.reload_reason}\n"


@answers("head -v -n {count} {a} {b} {c} {d} {e} {f}")
def head(view: View, count: str, **paths: str) -> Reply:
    """The host's files, its name among them."""
    texts = {path: read(view) for path in paths.values() if (read := _FILES.get(path))}
    return Reply("\n".join(f"==> {path} <==\n{text}" for path, text in texts.items()))


_FILES: dict[str, Callable[[View], str]] = {
    **system.FILES,
    "/etc/hostname": lambda view: f"{view.device.name}\n",
}


@answers("show system-memory")
def memory(view: View) -> str:
    total_mib = view.device.memory_bytes >> 20
    used_mib = processes.memory_used_bytes(view.device) >> 20
    free_mib = total_mib - used_mib
    return (
        "Command: free -m -h\n"
        f"{'':15}{'total':>12}{'used':>12}{'free':>12}{'shared':>12}{'buff/cache':>12}{'available':>12}\n"
        f"{'Mem:':15}{total_mib:10d}Mi{used_mib:10d}Mi{free_mib:10d}Mi{'0B':>12}{'0B':>12}{free_mib:10d}Mi\n"
        f"{'Swap:':15}{'0B':>12}{'0B':>12}{'0B':>12}\n"
    )


@answers("show clock")
def clock(view: View) -> str:
    return f"{utc(view.device_time):%a %d %b %Y %I:%M:%S %p} UTC\n"


@answers("show ntp")
def ntp(view: View) -> str:
    """ntpstat's word, and ntpq's table."""
    server, heard = system.NTP_SERVERS[0], view.device.ntp_reachable
    told = (
        f"synchronised to NTP server ({server}) at stratum 3\n"
        "   time correct to within 26 ms\n   polling server every 1024 s\n"
        if heard
        else "unsynchronised\n   polling server every 64 s\n"
    )
    return (
        f"{told}\n     remote           refid      st t when poll reach   delay   offset  jitter\n"
        + "=" * 78
        + "\n"
        + "".join(f"{line}\n" for line in _servers(view))
    )


def _servers(view: View) -> Iterator[str]:
    offset_ms = view.device.ntp_offset_ms
    for number, address in enumerate(system.NTP_SERVERS):
        if view.device.ntp_reachable:
            drift_ms = offset_ms + 0.04 * number
            polled = f"2 u  {78 + number:3d} 1024  377"
            yield f"{'*+'[number]}{address:<15} 192.0.2.254      {polled}    4.218 {drift_ms:8.3f}   0.611"
        else:
            yield f" {address:<15} .INIT.          16 u    - 1024    0    0.000    0.000   0.000"


@answers("crm show resources all")
def tables(view: View) -> str:
    """How many entries of the ASIC's tables are taken."""
    device = view.device
    hops = {hop.address for route in device.routes.values() for hop in route.hops if hop.address}
    used = {"ipv4_route": len(device.routes), "ipv4_nexthop": len(hops), "ipv4_neighbor": len(hops)}
    rows = ((name, used.get(name, 0), limit - used.get(name, 0)) for name, limit in TABLES.items())
    return f"\n\n{ruled(('Resource Name', 'Used Count', 'Available Count'), rows, 'left')}\n\n"
