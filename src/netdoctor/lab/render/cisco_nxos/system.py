"""The device itself: version, parts, load, clock, NTP."""

from __future__ import annotations

from netdoctor.lab.chassis import chassis
from netdoctor.lab.hardware import Process
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.cisco_nxos.words import Row, document, table
from netdoctor.lab.render.text import NO_ADDRESS, utc

NTP_SERVERS = ("192.0.2.251", "192.0.2.252")


@answers("show version")
def version(view: View) -> str:
    device = view.device
    days, rest = divmod(int(view.at - device.booted_at), 86_400)
    hours, rest = divmod(rest, 3600)
    minutes, seconds = divmod(rest, 60)
    return (
        "Cisco Nexus Operating System (NX-OS) Software\n"
        "TAC support: http://www.cisco.com/tac\n"
        "Copyright (C) 2002-2024, Cisco and/or its affiliates.\n"
        "All rights reserved.\n\n"
        "Software\n"
        "  BIOS: version 05.47\n"
        f"  NXOS: version {device.os_version} [Maintenance Release]\n"
        "  BIOS compile time:  04/28/2022\n"
        f"  NXOS image file is: bootflash:///nxos64-cs.{device.os_version}.M.bin\n\n"
        "Hardware\n"
        f"  cisco Nexus9000 {device.model.removeprefix('N9K-')} Chassis\n"
        f"  Intel(R) Xeon(R) CPU  @ 1.80GHz with {device.memory_bytes // 1024} kB of memory.\n"
        f"  Processor Board ID {device.serial}\n\n"
        f"  Device name: {device.name}\n"
        "  bootflash:   53298520 kB\n\n"
        f"Kernel uptime is {days} day(s), {hours} hour(s), {minutes} minute(s), {seconds} second(s)\n\n"
        f"Last reset at 310210 usecs after {utc(device.booted_at - 95.0):%a %b %e %H:%M:%S %Y}\n"
        f"  Reason: {device.reload_reason}\n"
        f"  System version: {device.os_version}\n"
        "  Service:\n\n"
        "plugin\n"
        "  Core Plugin, Ethernet Plugin\n"
    )


@answers("show inventory | json")
def inventory(view: View) -> str:
    device = view.device
    supply = chassis(device.platform).power_supply_model
    parts = [
        _part(
            "Chassis", f"Nexus9000 {device.model.removeprefix('N9K-')} Chassis", device.model, device.serial
        ),
        _part("Slot 1", "48x10/25G/32G + 6x40/100G Ethernet/FC Module", device.model, device.serial),
    ]
    parts += [
        _part(f"Power Supply {n}", "Nexus9000 Power Supply", supply, f"{device.serial[-7:]}{n}")
        for n, _ in enumerate(device.sensors_of("power"), 1)
    ]
    return document(table("inv", parts))


def _part(name: str, description: str, product: str, serial: str) -> Row:
    return {
        "name": name,
        "desc": description,
        "productid": product,
        "vendorid": "V03",
        "serialnum": serial,
    }


def _memory_used(view: View) -> int:
    return sum(process.memory_bytes for process in view.device.processes)


@answers("show system resources | json")
def resources(view: View) -> str:
    device = view.device
    load = device.cpu_pct / 100.0 * device.cores_count
    total, used = device.memory_bytes // 1024, _memory_used(view) // 1024
    cores = [{"cpuid": n, **_cpu(device.cpu_pct)} for n in range(device.cores_count)]
    return document(
        {f"load_avg_{minutes}min": f"{load:.2f}" for minutes in (1, 5, 15)},
        {"processes_total": 627, "processes_running": 1},
        {name.replace("usage_", "cpu_state_"): value for name, value in _states(device.cpu_pct).items()},
        table("cpu_usage", cores),
        {
            "memory_usage_total": total,
            "memory_usage_used": used,
            "memory_usage_free": total - used,
            "current_memory_status": "OK" if used < 0.9 * total else "Severe",
        },
    )


def _states(busy_pct: float) -> Row:
    return {
        "usage_user": f"{busy_pct * 0.8:.2f}",
        "usage_kernel": f"{busy_pct * 0.2:.2f}",
        "usage_idle": f"{100.0 - busy_pct:.2f}",
    }


def _cpu(busy_pct: float) -> Row:
    return {name.replace("usage_", ""): value for name, value in _states(busy_pct).items()}


@answers("show processes cpu | json")
def processes(view: View) -> str:
    rows = [_process(process, view) for process in view.device.processes]
    busy = view.device.cpu_pct
    shares = {"user": busy * 0.8, "kernel": busy * 0.2, "idle": 100.0 - busy}
    return document(
        table("process_cpu", rows),
        table("cpu_util", [{f"{name}_percent": f"{value:.2f}" for name, value in shares.items()}]),
    )


def _process(process: Process, view: View) -> Row:
    runtime_ms = int((view.at - view.device.booted_at) * process.cpu_pct * 10)
    return {
        "pid": process.pid,
        "runtime": runtime_ms,
        "invoked": runtime_ms * 3,
        "usecs": 333,
        "onesec_percent": f"{process.cpu_pct:.2f}",
        "process": process.name,
    }


@answers("show clock")
def clock(view: View) -> str:
    now = utc(view.device_time)
    source = "NTP" if view.device.ntp_reachable else "Hardware Calendar"
    thousandth = now.microsecond // 1000
    return f"{now:%H:%M:%S}.{thousandth:03d} UTC {now:%a %b %d %Y}\nTime source is {source}\n"


@answers("show ntp peer-status | json")
def ntp(view: View) -> str:
    rows = [_ntp(number, address, view) for number, address in enumerate(NTP_SERVERS)]
    return document({"totalpeers": f"Total peers : {len(rows)}"}, table("peersstatus", rows))


def _ntp(number: int, address: str, view: View) -> Row:
    heard = view.device.ntp_reachable
    return {
        "syncmode": ("*" if number == 0 else "=") if heard else "=",
        "remote": address,
        "local": view.device.management_address or NO_ADDRESS,
        "st": "2" if heard else "16",
        "poll": "64",
        "reach": "377" if heard else "0",
        "delay": f"{0.00041 + 0.0002 * number if heard else 0.0:.5f}",
        "vrf": "management",
    }
