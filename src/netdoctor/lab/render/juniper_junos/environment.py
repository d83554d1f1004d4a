"""Temperatures, fans, supplies, alarms, and the load of cards and routing engine."""

from __future__ import annotations

from collections.abc import Iterator

from netdoctor.lab.hardware import Event, Sensor
from netdoctor.lab.render import View
from netdoctor.lab.render.juniper_junos.shape import Said, Tree, root, shown
from netdoctor.lab.render.text import utc

RPM_PER_PCT = 250
CLASSES = {"temperature": "Temp", "fan": "Fans", "power": "Power"}
STATES = {"ok": "OK", "hot": "Check", "critical": "Failed", "failed": "Failed"}
HEAP_PCT, BUFFER_PCT = 24, 48
CAPACITY_W = 650


@shown("show chassis environment")
def environment(view: View) -> Tree:
    sensors = sorted(
        view.device.sensors, key=lambda sensor: ["power", "temperature", "fan"].index(sensor.kind)
    )
    items = [_item(sensor) for sensor in sensors]
    return root("environment-information", {"environment-item": items}, module="chassis")


def _item(sensor: Sensor) -> Tree:
    item = {"name": sensor.name, "class": CLASSES[sensor.kind], "status": STATES[sensor.state]}
    if sensor.kind == "temperature":
        return {**item, "temperature": _degrees(sensor.value)}
    if sensor.kind == "fan":
        return {**item, "comment": f"{round(sensor.value * RPM_PER_PCT)} RPM"}
    return item


def _degrees(celsius: float) -> Said:
    whole = round(celsius)
    text = f"{whole} degrees C / {round(whole * 1.8 + 32)} degrees F"
    return Said(text, {"junos:celsius": str(whole)})


@shown("show chassis alarms")
def chassis_alarms(view: View) -> Tree:
    return _alarms([_alarm(sensor, view) for sensor in view.device.sensors if sensor.state != "ok"])


@shown("show system alarms")
def system_alarms(view: View) -> Tree:
    return _alarms([])


def _alarms(details: list[Tree]) -> Tree:
    summary = {"active-alarm-count": len(details)} if details else {"no-active-alarms": None}
    return root("alarm-information", {"alarm-summary": summary, "alarm-detail": details}, module="alarm")


def _alarm(sensor: Sensor, view: View) -> Tree:
    since = raised_at(sensor, view) + view.device.clock_offset_s
    words = " ".join(alarm_words(sensor))
    return {
        "alarm-time": Said(f"{utc(since):%Y-%m-%d %H:%M:%S} UTC", {"junos:seconds": str(int(since))}),
        "alarm-class": "Minor" if sensor.state == "hot" else "Major",
        "alarm-description": words,
        "alarm-short-description": words[:24],
        "alarm-type": "Chassis",
    }


def alarm_words(sensor: Sensor) -> Iterator[str]:
    yield sensor.name
    if sensor.kind == "temperature":
        yield "Temperature Warm" if sensor.state == "hot" else "Temperature Hot"
    else:
        yield "Failure" if sensor.kind == "fan" else "not Powered"


def raised_at(sensor: Sensor, view: View) -> float:
    def about(event: Event) -> bool:
        return event.subject == sensor.name and event.kind == f"{sensor.kind}_{sensor.state}"

    return max((event.at for event in view.device.events if about(event)), default=view.at)


@shown("show chassis fpc")
def cards(view: View) -> Tree:
    probe = next(iter(view.device.sensors_of("temperature")))
    card = {
        "slot": 0,
        "state": "Online",
        "temperature": _degrees(probe.value),
        "cpu-total": round(view.device.cpu_pct),
        "cpu-interrupt": 0,
        "memory-dram-size": view.device.memory_bytes >> 20,
        "memory-heap-utilization": HEAP_PCT,
        "memory-buffer-utilization": BUFFER_PCT,
    }
    return root("fpc-information", {"fpc": [card]}, style="brief", module="chassis")


@shown("show chassis routing-engine")
def engines(view: View) -> Tree:
    device = view.device
    busy = round(device.cpu_pct)
    megabytes = device.memory_bytes >> 20
    used = sum(process.memory_bytes for process in device.processes)
    probe = list(device.sensors_of("temperature"))[-1]
    booted = device.booted_at + device.clock_offset_s
    engine = {
        "slot": 0,
        "mastership-state": "master",
        "mastership-priority": "master",
        "status": "OK",
        "temperature": _degrees(probe.value),
        "memory-dram-size": f"{megabytes} MB",
        "memory-installed-size": f"({megabytes} MB installed)",
        "memory-buffer-utilization": round(100 * used / device.memory_bytes),
        "cpu-user": round(busy * 0.8),
        "cpu-background": 0,
        "cpu-system": busy - round(busy * 0.8),
        "cpu-interrupt": 0,
        "cpu-idle": 100 - busy,
        "model": f"RE-{device.model.upper()}",
        "serial-number": "BUILTIN",
        "start-time": Said(f"{utc(booted):%Y-%m-%d %H:%M:%S} UTC", {"junos:seconds": str(int(booted))}),
        "up-time": _uptime(view.at - device.booted_at),
        "last-reboot-reason": device.reload_reason,
        "load-average-one": f"{device.cpu_pct / 100 * device.cores_count:.2f}",
    }
    return root("route-engine-information", {"route-engine": [engine]}, module="chassis")


def _uptime(seconds: float) -> Said:
    days, rest = divmod(int(seconds), 86400)
    hours, rest = divmod(rest, 3600)
    words = f"{days} days, {hours} hours, {rest // 60} minutes, {rest % 60} seconds"
    return Said(words, {"junos:seconds": str(int(seconds))})


@shown("show chassis power")
def power(view: View) -> Tree:
    items = [_supply(sensor) for sensor in view.device.sensors_of("power")]
    return root("power-usage-information", {"power-usage-item": items}, module="chassis")


def _supply(sensor: Sensor) -> Tree:
    on = sensor.working
    return {
        "name": sensor.name,
        "state": "Online" if on else "Offline",
        "ac-input-detail": {"ac-input": "OK" if on else "Out of range"},
        "pem-capacity-detail": {"capacity-actual": CAPACITY_W, "capacity-max": CAPACITY_W},
        "dc-output-detail": {
            "dc-power": round(sensor.value),
            "dc-load": round(100 * sensor.value / CAPACITY_W),
        },
    }
