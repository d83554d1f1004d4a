"""The device itself: version, load, memory, clock and its servers."""

from __future__ import annotations

from netdoctor.lab.render import View, answers
from netdoctor.lab.render.cisco_xe.texts import date, release, uptime

NTP_SERVERS = ("192.0.2.250", "192.0.2.251")
MIB = 1 << 20
LEGAL = """All rights reserved.  Certain components of Cisco IOS-XE software are
licensed under the GNU General Public License ("GPL") Version 2.0.  The
software code licensed under GPL Version 2.0 is free software that comes
with ABSOLUTELY NO WARRANTY.  You can redistribute and/or modify such
GPL code under the terms of GPL Version 2.0.
"""


@answers("show version")
def version(view: View) -> str:
    device = view.device
    up = uptime(view.at - device.booted_at)
    name = device.os_version
    reason = device.reload_reason.rstrip(".")
    started = date(device.booted_at + device.clock_offset_s)
    return (
        f"Cisco IOS XE Software, Version {release(device)}\n"
        f"Cisco IOS Software [IOSXE], Catalyst L3 Switch Software (CAT9K_IOSXE), Version {name}, "
        "RELEASE SOFTWARE (fc3)\n"
        "Technical Support: http://www.cisco.com/techsupport\n"
        "Copyright (c) 1986-2025 by Cisco Systems, Inc.\n"
        "Compiled Mon 04-Aug-25 18:02 by mcpre\n\n\n"
        "Cisco IOS-XE software, Copyright (c) 2005-2025 by cisco Systems, Inc.\n"
        f"{LEGAL}\n\n"
        "ROM: IOS-XE ROMMON\n\n"
        f"{device.name} uptime is {up}\n"
        f"Uptime for this control processor is {up}\n"
        f"System returned to ROM by {reason}\n"
        f"System restarted at {started}\n"
        'System image file is "bootflash:packages.conf"\n'
        f"Last reload reason: {reason}\n\n"
        "License Level: advipservices\nLicense Type: Permanent\n\n"
        f"cisco {device.model} (X86) processor (revision V01) with {device.memory_bytes // 1024}K/6147K "
        "bytes of memory.\n"
        f"Processor board ID {device.serial}\n"
        "32768K bytes of non-volatile configuration memory.\n"
        f"{device.memory_bytes // 1024}K bytes of physical memory.\n\n"
        f"Base Ethernet MAC Address          : {device.mac}\n\n"
        "Configuration register is 0x2102\n\n"
    )


def memory_used_bytes(view: View) -> int:
    return sum(process.memory_bytes for process in view.device.processes)


@answers("show processes cpu sorted", "show processes cpu")
def processes(view: View) -> str:
    device = view.device
    load = round(device.cpu_pct)
    up_ms = (view.at - device.booted_at) * 10.0
    head = (
        f"CPU utilization for five seconds: {load}%/0%; one minute: {load}%; five minutes: {load}%\n"
        " PID Runtime(ms)     Invoked      uSecs   5Sec   1Min   5Min TTY Process \n"
    )
    return head + "".join(
        f"{process.pid:>4} {int(up_ms * share):>11} {int(up_ms):>11} {int(share * 1000):>10} "
        f"{share:>5.2f}% {share:>5.2f}% {share:>5.2f}%   0 {process.name:<17}\n"
        for process in sorted(device.processes, key=lambda one: -one.cpu_pct)
        if (share := process.cpu_pct / device.cores_count) is not None
    )


@answers("show memory statistics")
def memory(view: View) -> str:
    total, used = view.device.memory_bytes, memory_used_bytes(view)
    free = total - used
    return (
        "Tracekey : 1#bfcda4e05e635ef59d927d2feb906f16\n\n"
        "                Head    Total(b)     Used(b)     Free(b)   Lowest(b)  Largest(b)\n"
        f"Processor  FF89570010  {total:>10}  {used:>10}  {free:>10}  {free:>10}  {free:>10}\n"
        " lsmpi_io  FF888CE1A8     6295128     6294304         824         824         412\n"
    )


@answers("show platform resources")
def resources(view: View) -> str:
    device = view.device
    total, used = device.memory_bytes // MIB, memory_used_bytes(view) // MIB
    share = round(100 * used / total)
    dram, cpu = _state(share, 90, 95), _state(device.cpu_pct, 80, 90)
    worst = next((word for word in "CW" if word in (dram, cpu)), "H")
    rule = "-" * 100 + "\n"
    return (
        f"{'**State Acronym: H - Healthy, W - Warning, C - Critical':<100}\n"
        + _usage("Resource", "Usage", "Max", "Warning", "Critical", "State")
        + rule
        + _usage("RP0 (ok, active)", "", "", "", "", worst)
        + _usage(" Control Processor", f"{device.cpu_pct:.2f}%", "100%", "80%", "90%", cpu)
        + _usage("  DRAM", f"{used}MB({share}%)", f"{total}MB", "90%", "95%", dram)
    )


def _usage(*cells: str) -> str:
    name, usage, *others, state = cells
    return f"{name:<25}{usage:<22}" + "".join(f"{cell:<16}" for cell in others) + f"{state}\n"


def _state(share: float, warning: float, critical: float) -> str:
    return "C" if share >= critical else "W" if share >= warning else "H"


@answers("show clock")
def clock(view: View) -> str:
    """A dot before the time: no server is followed now."""
    return f"{'' if view.device.ntp_reachable else '.'}{date(view.device_time)}\n"


@answers("show ntp status")
def ntp_status(view: View) -> str:
    device = view.device
    heard = device.ntp_reachable
    head = (
        f"Clock is synchronized, stratum 3, reference is {NTP_SERVERS[0]}    "
        if heard
        else "Clock is unsynchronized, stratum 16, no reference clock"
    )
    return (
        f"{head}\n"
        "nominal freq is 250.0000 Hz, actual freq is 249.9990 Hz, precision is 2**10\n"
        f"ntp uptime is {int((view.at - device.booted_at) * 100)} (1/100 of seconds), resolution is 4016\n"
        f"reference time is DFA02517.D2F7B9F6 ({date(view.device_time - 60.0)})\n"
        f"clock offset is {device.ntp_offset_ms if heard else 0.0:.4f} msec, root delay is 1.61 msec\n"
        "root dispersion is 13.61 msec, peer dispersion is 0.34 msec\n"
        f"loopfilter state is '{'CTRL' if heard else 'FSET'}' "
        f"({'Normal Controlled Loop' if heard else 'Drift set from file'}), drift is 0.000003814 s/s\n"
        "system poll interval is 1024, last update was 60 sec ago.\n"
    )


@answers("show ntp associations")
def ntp_associations(view: View) -> str:
    head = "\n  address         ref clock       st   when   poll reach  delay  offset   disp\n"
    rows = [_server(number, address, view) for number, address in enumerate(NTP_SERVERS)]
    return (
        head
        + "".join(rows)
        + " * sys.peer, # selected, + candidate, - outlyer, x falseticker, ~ configured\n"
    )


def _server(number: int, address: str, view: View) -> str:
    if not view.device.ntp_reachable:
        return f" ~{address:<15} .INIT.          16      -   1024     0  0.000   0.000 15937.\n"
    offset = view.device.ntp_offset_ms + 0.05 * number
    mark = "*" if number == 0 else "+"
    return (
        f"{mark}~{address:<15} 198.51.100.9     2 {60 + 17 * number:>6}   1024   377  "
        f"{0.41 + 0.2 * number:.3f} {offset:>7.3f}  1.080\n"
    )


@answers("show tcp brief")
def connections(view: View) -> str:
    device = view.device
    rows = [
        f"7F5B{0x10000 + end.port.index:08X}  {end.local_address}.179          "
        f"{end.peer_address}.{42000 + end.port.index}      ESTAB\n"
        for end in device.neighbors.values()
        if end.established and device.bgp_running
    ]
    return "TCB       Local Address               Foreign Address             (state)\n" + "".join(rows)


@answers("show ip traffic")
def traffic(view: View) -> str:
    refused = {name: meter.read(view.at) for name, meter in view.device.tcp.items()}
    return (
        "IP statistics:\n"
        "  Drop:  0 encapsulation failed, 0 unresolved, 0 no adjacency\n"
        f"         0 no route, {view.device.discarded.read(view.at)} unicast RPF, 0 forced drop\n\n"
        "TCP statistics:\n"
        f"  Rcvd: {sum(refused.values())} total, 0 no port\n"
        f"        0 checksum error, {sum(refused.values())} bad offset, 0 too short\n"
    )
