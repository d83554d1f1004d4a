"""The device itself: version, load, clock, environment."""

from __future__ import annotations

from typing import Any

from netdoctor.lab.hardware import Process
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.text import as_json, clock_text, utc

NTP_SERVERS = ("192.0.2.251", "192.0.2.252")


@answers("show version | json")
def version(view: View) -> str:
    device = view.device
    return as_json(
        {
            "mfgName": "Arista",
            "modelName": device.model,
            "hardwareRevision": "11.00",
            "serialNumber": device.serial,
            "systemMacAddress": device.mac,
            "version": device.os_version,
            "architecture": "x86_64",
            "internalVersion": f"{device.os_version}-34554157.4312F",
            "imageFormatVersion": "3.0",
            "bootupTimestamp": device.booted_at + device.clock_offset_s,
            "uptime": round(view.at - device.booted_at, 2),
            "memTotal": device.memory_bytes // 1024,
            "memFree": (device.memory_bytes - _memory_used(view)) // 1024,
            "isIntlVersion": False,
        }
    )


@answers("show version")
def version_text(view: View) -> str:
    device = view.device
    return (
        f"Arista {device.model}\n"
        f"Hardware version: 11.00\n"
        f"Serial number: {device.serial}\n"
        f"System MAC address: {device.mac}\n\n"
        f"Software image version: {device.os_version}\n"
        f"Architecture: x86_64\n\n"
        f"Uptime: {clock_text(view.at - device.booted_at)}\n"
        f"Total memory: {device.memory_bytes // 1024} kB\n"
        f"Free memory: {(device.memory_bytes - _memory_used(view)) // 1024} kB\n"
    )


def _memory_used(view: View) -> int:
    return sum(process.memory_bytes for process in view.device.processes)


@answers("show hostname | json")
def hostname(view: View) -> str:
    return as_json({"hostname": view.device.name, "fqdn": f"{view.device.name}.lab.example.net"})


@answers("show reload cause | json")
def reload_cause(view: View) -> str:
    cause = {
        "description": view.device.reload_reason,
        "timestamp": view.device.booted_at - 95.0,
        "recommendedAction": "No action necessary.",
        "debugInfoIsDir": False,
    }
    return as_json({"resetCauses": [cause], "full": False})


@answers("show processes top once | json")
def processes(view: View) -> str:
    device = view.device
    memory_kib, used_kib = device.memory_bytes // 1024, _memory_used(view) // 1024
    load = round(device.cpu_pct / 100.0 * device.cores_count, 2)
    return as_json(
        {
            "timeInfo": {
                "currentTime": utc(view.device_time).strftime("%H:%M:%S"),
                "upTime": int(view.at - device.booted_at),
                "users": 1,
                "loadAvg": [load, load, load],
            },
            "threads": {"total": 292, "running": 1, "sleeping": 291, "stopped": 0, "zombie": 0},
            "cpuInfo": {"%Cpu(s)": _cpu(device.cpu_pct)},
            "memInfo": {
                "physicalMem": {
                    "memTotal": memory_kib,
                    "memUsed": used_kib,
                    "memFree": memory_kib - used_kib,
                    "memBuffer": 0,
                }
            },
            "processes": {
                str(process.pid): _process(process, view)
                for process in sorted(device.processes, key=lambda p: -p.cpu_pct)
            },
        }
    )


def _process(process: Process, view: View) -> dict[str, Any]:
    return {
        "userName": "root",
        "priority": "20",
        "niceValue": 0,
        "virtMem": f"{process.memory_bytes // 1024 * 3}",
        "residentMem": f"{process.memory_bytes // 1024}",
        "sharedMem": "91234",
        "status": "R" if process.cpu_pct > 50 else "S",
        "cpuPct": round(process.cpu_pct, 1),
        "memPct": round(100.0 * process.memory_bytes / view.device.memory_bytes, 1),
        "activeTime": int((view.at - view.device.booted_at) * process.cpu_pct),
        "cmd": process.name,
    }


def _cpu(busy_pct: float) -> dict[str, float]:
    return {
        "user": round(busy_pct * 0.8, 1),
        "system": round(busy_pct * 0.2, 1),
        "nice": 0.0,
        "idle": round(100.0 - busy_pct, 1),
        "ioWait": 0.0,
        "hwIrq": 0.0,
        "swIrq": 0.0,
        "stolen": 0.0,
    }


@answers("show clock | json")
def clock(view: View) -> str:
    return as_json(
        {
            "utcTime": view.device_time,
            "timezone": "UTC",
            "clockSource": {"local": False, "ntpServer": NTP_SERVERS[0]},
        }
    )


@answers("show ntp status | json")
def ntp_status(view: View) -> str:
    if not view.device.ntp_reachable:
        return as_json({"status": "unsynchronised"})
    return as_json(
        {
            "status": "synchronised",
            "maxEstimatedError": 0.016,
            "pollingInterval": 1024,
            "stratum": 3,
            "peerIpAddr": NTP_SERVERS[0],
        }
    )


@answers("show ntp associations | json")
def ntp_associations(view: View) -> str:
    return as_json({"peers": {address: _ntp_peer(n, address, view) for n, address in enumerate(NTP_SERVERS)}})


def _ntp_peer(number: int, address: str, view: View) -> dict[str, Any]:
    heard = view.device.ntp_reachable
    return {
        "peerIpAddr": address,
        "condition": ("sys.peer" if number == 0 else "candidate") if heard else "reject",
        "refid": "198.51.100.9",
        "stratumLevel": 2,
        "peerType": "unicast",
        "lastReceived": view.device_time - 60.0 - 17.0 * number,
        "pollInterval": 1024,
        "reachabilityHistory": [heard] * 8,
        "delay": 0.41 + 0.2 * number,
        "offset": round(view.device.ntp_offset_ms + 0.05 * number, 3),
        "jitter": 0.08,
    }
