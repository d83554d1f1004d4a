"""The device itself: version, load, clock, programs, commits."""

from __future__ import annotations

from typing import Any

from netdoctor.lab.chassis import chassis
from netdoctor.lab.hardware import Event, Process
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.nokia_srl.texts import lines, rule, stamp
from netdoctor.lab.render.text import as_json, system_description

NTP_SERVERS = ("192.0.2.251", "192.0.2.252")


def memory_used(view: View) -> int:
    return sum(process.memory_bytes for process in view.device.processes)


@answers("show version")
def version(view: View) -> str:
    device = view.device
    release, _, build = device.os_version.partition("-")
    free = device.memory_bytes - memory_used(view)
    return (
        rule("-", 53)
        + lines(
            f"Hostname             : {device.name}",
            f"Chassis Type         : {device.model}",
            "Part Number          : 3HE18243AARA01",
            f"Serial Number        : {device.serial}",
            f"System HW MAC Address: {device.mac.upper()}",
            "OS                   : SR Linux",
            f"Software Version     : {release}",
            f"Build Number         : {build}",
            "Architecture         : x86_64",
            f"Last Booted          : {stamp(device, device.booted_at)}",
            f"Total Memory         : {device.memory_bytes // 1024} kB",
            f"Free Memory          : {free // 1024} kB",
        )
        + rule("-", 53)
    )


@answers("info from state system information | as json")
def information(view: View) -> str:
    device = view.device
    told = {
        "contact": "netops",
        "location": "lab",
        "description": system_description(device),
        "current-datetime": stamp(device, view.at),
        "last-booted": stamp(device, device.booted_at),
        "version": device.os_version,
    }
    return as_json({"system": {"information": told}}, indent=2)


@answers("info from state system ntp | as json")
def ntp(view: View) -> str:
    heard = view.device.ntp_reachable
    told: dict[str, Any] = {
        "admin-state": "enable",
        "oper-state": "up",
        "synchronized": NTP_SERVERS[0] if heard else "unsynchronized",
        "network-instance": "mgmt",
        "server": [_server(n, address, view) for n, address in enumerate(NTP_SERVERS)],
    }
    return as_json({"system": {"ntp": told}}, indent=2)


def _server(number: int, address: str, view: View) -> dict[str, Any]:
    told = {"address": address, "iburst": False, "prefer": number == 0}
    if not view.device.ntp_reachable:
        return told
    offset_ms = abs(view.device.ntp_offset_ms + 0.05 * number)
    told |= {"stratum": 2, "jitter": "0", "offset": str(round(offset_ms)), "root-delay": "1"}
    return told | {"root-dispersion": "12", "poll-interval": 1024}


@answers("info from state platform control {slot} | as json")
def control(view: View, slot: str) -> str:
    device = view.device
    busy = round(device.cpu_pct)
    used = memory_used(view)
    return as_json(
        {
            "platform": {
                "control": [
                    {
                        "slot": "A",
                        "type": "imm48-25g-sfp28+8-100g-qsfp28",
                        "oper-state": "up",
                        "last-booted": stamp(device, device.booted_at),
                        "serial-number": device.serial,
                        "software-version": device.os_version,
                        "temperature": temperature(view, "control A"),
                        "cpu": [{"index": "all", "architecture": "x86_64", **_load(busy)}],
                        "memory": {
                            "physical": str(device.memory_bytes),
                            "reserved": str(used),
                            "free": str(device.memory_bytes - used),
                            "utilization": round(100 * used / device.memory_bytes),
                        },
                        "process": [_process(one, view) for one in device.processes],
                    }
                ]
            }
        },
        indent=2,
    )


def _load(busy: int) -> dict[str, dict[str, int]]:
    parts = {"total": busy, "user": round(busy * 0.8), "system": busy - round(busy * 0.8), "idle": 100 - busy}
    spans = ("instant", "average-1", "average-5", "average-15")
    return {name: dict.fromkeys(spans, value) for name, value in parts.items()}


def _process(process: Process, view: View) -> dict[str, Any]:
    return {
        "pid": str(process.pid),
        "name": process.name,
        "start-time": stamp(view.device, view.device.booted_at + 60.0),
        "cpu-utilization": round(process.cpu_pct),
        "memory-usage": str(process.memory_bytes),
        "memory-utilization": round(100 * process.memory_bytes / view.device.memory_bytes),
    }


def temperature(view: View, name: str) -> dict[str, Any]:
    """The thermometer of a module."""
    probe = next(sensor for sensor in view.device.sensors_of("temperature") if sensor.name == name)
    limit = probe.high_alarm or 0.0
    return {
        "instant": round(probe.value),
        "maximum": round(max(probe.value, probe.nominal + 4.0)),
        "margin": round(limit) - round(probe.value),
        "alarm-status": probe.state in ("hot", "critical"),
    }


@answers("info from state system app-management application * | as json")
def applications(view: View) -> str:
    device = view.device
    wanted = {
        "bgp_mgr": bool(device.neighbors),
        "ospf_mgr": any(end.protocol == "ospf" for end in device.igp.values()),
        "isis_mgr": any(end.protocol == "isis" for end in device.igp.values()),
    }
    names = [name.removeprefix("sr_") for name in chassis(device.platform).processes]
    entries = [_application(n, name, wanted.get(name, True), view) for n, name in enumerate(names)]
    return as_json({"system": {"app-management": {"application": entries}}}, indent=2)


def _application(number: int, name: str, wanted: bool, view: View) -> dict[str, Any]:
    running = view.device.runs(f"sr_{name}")
    return {
        "name": name,
        "pid": 1200 + 37 * number,
        "state": "waiting-for-config" if not wanted else "running" if running else "terminated",
        "last-change": stamp(view.device, view.device.booted_at + 60.0),
        "author": "Nokia",
        "failure-threshold": 3,
    }


def changes(view: View) -> list[Event]:
    """The commits that the device remembers, the oldest first."""
    events = sorted(view.device.events, key=lambda event: event.at)
    return [event for event in events if event.kind == "config_change"]


@answers("info from state system configuration commit * | as json")
def commits(view: View) -> str:
    entries = [
        {
            "id": number,
            "type": "private",
            "timestamp": stamp(view.device, event.at),
            "username": event.subject,
            "name": f"session-{number}",
        }
        for number, event in enumerate(changes(view), 1)
    ]
    if not entries:
        return as_json({}, indent=2)
    return as_json({"system": {"configuration": {"commit": entries}}}, indent=2)


@answers("show network-instance {vrf} interfaces")
def of_instances(view: View, vrf: str) -> str:
    """The subinterfaces of every network instance, with their addresses."""
    found = []
    for port in view.device.ports.values():
        if port.address:
            name = "mgmt" if port.kind == "management" else "default"
            state = "up" if port.oper_up else "down"
            found.append((name, f"{port.name}.0", state, port.mtu_bytes, port.address))
    found.append(("default", "system0.0", "up", 0, f"{view.device.loopback}/32"))
    kept = [one for one in found if vrf in ("*", one[0])]
    return "".join(rule("=") + _on_instance(*one) for one in kept) + rule("=")


def _on_instance(vrf: str, name: str, state: str, mtu_bytes: int, address: str) -> str:
    return lines(
        f"Net instance    : {vrf}",
        f"Interface       : {name}",
        "Type            : routed",
        f"Oper state      : {state}",
        *([f"Ip mtu          : {mtu_bytes}"] if mtu_bytes else []),
        "  Prefix                     Origin                     Status",
        "  " + "=" * 78,
        f"  {address:<27}static                     preferred, primary",
    )


@answers("info from state platform chassis | as json")
def chassis_state(view: View) -> str:
    device = view.device
    told = {
        "type": device.model,
        "last-boot-type": "normal",
        "hw-mac-address": device.mac.upper(),
        "slots": 1,
        "oper-state": "up",
        "last-booted": stamp(device, device.booted_at),
        "serial-number": device.serial,
    }
    return as_json({"platform": {"chassis": told}}, indent=2)


@answers("show platform chassis")
def chassis_text(view: View) -> str:
    device = view.device
    return (
        rule("-", 70)
        + lines(
            f"Type             : {device.model}",
            "Last Boot type   : normal",
            f"HW MAC address   : {device.mac.upper()}",
            "Slots            : 1",
            "Oper Status      : up",
            f"Last booted      : {stamp(device, device.booted_at)}",
            f"Serial number    : {device.serial}",
        )
        + rule("-", 70)
    )
