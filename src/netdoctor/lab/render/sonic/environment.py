"""Power supplies, fans and temperatures; what the health monitor watches."""

from __future__ import annotations

from collections.abc import Iterator

from netdoctor.lab.hardware import Sensor
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.linux.manner import needs_root
from netdoctor.lab.render.sonic.tables import ruled
from netdoctor.lab.render.text import as_json, utc

OUTPUT_V = 12.04
SERVICES = (
    ("swss", "orchagent"),
    ("syncd", "syncd"),
    ("database", "redis-server"),
    ("bgp", "zebra"),
    ("bgp", "staticd"),
    ("bgp", "bgpd"),
    ("lldp", "lldpd"),
    ("teamd", "teamd"),
    ("telemetry", "telemetry"),
)
"""What the health monitor watches, by container."""


def _stamp(view: View) -> str:
    return f"{utc(view.device_time):%Y%m%d %H:%M:%S}"


def _supply(index: int, sensor: Sensor) -> dict[str, str]:
    working = sensor.working
    return {
        "index": str(index),
        "name": sensor.name,
        "presence": "true",
        "status": "OK" if working else "NOT OK",
        "led_status": "green" if working else "amber",
        "model": sensor.description,
        "serial": f"J00301{index:05d}",
        "revision": "N/A",
        "voltage": f"{OUTPUT_V if working else 0.0:.2f}",
        "current": f"{sensor.value / OUTPUT_V:.2f}",
        "power": f"{sensor.value:.2f}",
    }


def _supplies(view: View) -> list[dict[str, str]]:
    return [_supply(n, sensor) for n, sensor in enumerate(view.device.sensors_of("power"), 1)]


@answers("show platform psustatus --json")
def supplies(view: View) -> str:
    return as_json(_supplies(view))


@answers("show platform psustatus")
def supplies_text(view: View) -> str:
    columns = {
        "PSU": "name",
        "Model": "model",
        "Serial": "serial",
        "HW Rev": "revision",
        "Voltage (V)": "voltage",
        "Current (A)": "current",
        "Power (W)": "power",
        "Status": "status",
        "LED": "led_status",
    }
    return ruled(
        tuple(columns), ([row[name] for name in columns.values()] for row in _supplies(view)), "left"
    )


@answers("show platform fan")
def fans(view: View) -> str:
    headings = ("Drawer", "LED", "FAN", "Speed", "Direction", "Presence", "Status", "Timestamp")
    rows = (
        (
            f"drawer{n}",
            "green" if sensor.working else "amber",
            sensor.name,
            f"{sensor.value:.0f}%",
            "exhaust",
            "Present",
            "OK" if sensor.working else "Not OK",
            _stamp(view),
        )
        for n, sensor in enumerate(view.device.sensors_of("fan"), 1)
    )
    return ruled(headings, rows)


@answers("show platform temperature")
def temperatures(view: View) -> str:
    headings = (
        "Sensor",
        "Temperature",
        "High TH",
        "Low TH",
        "Crit High TH",
        "Crit Low TH",
        "Warning",
        "Timestamp",
    )
    rows = (
        (
            sensor.name,
            round(sensor.value, 3),
            sensor.high_alarm,
            "N/A",
            sensor.high_critical,
            "N/A",
            sensor.state != "ok",
            _stamp(view),
        )
        for sensor in view.device.sensors_of("temperature")
    )
    return ruled(headings, rows)


def _watched(view: View) -> Iterator[tuple[str, bool, str]]:
    """What is watched, whether it is well, and its kind."""
    yield view.device.name, True, "System"
    yield "rsyslog", True, "Process"
    yield "root-overlay", True, "Filesystem"
    yield from ((f"{place}:{name}", view.device.runs(name), "Process") for place, name in SERVICES)
    yield "ASIC", True, "ASIC"
    for kind, word in (("fan", "Fan"), ("power", "PSU")):
        sensors = (sensor for sensor in view.device.sensors if sensor.kind == kind)
        yield from ((sensor.name, sensor.working, word) for sensor in sensors)


@answers("show system-health detail")
@needs_root("Root privileges are required for this operation")
def health(view: View) -> str:
    rows = sorted(_watched(view), key=lambda row: row[1])
    stopped = [name for name, well, kind in rows if not well and kind == "Process"]
    broken = [name for name, well, kind in rows if not well and kind != "Process"]
    headings = ("Name", "Status", "Type")
    told = ((name, "OK" if well else "Not OK", kind) for name, well, kind in rows)
    return (
        f"System status summary\n\n  System status LED  {'red' if stopped or broken else 'green'}\n"
        f"  Services:\n{_summary('Not Running', stopped)}"
        f"  Hardware:\n{_summary('Reasons', [f'{name} is not working' for name in broken])}"
        f"\nSystem services and devices monitor list\n\n{ruled(headings, told, 'left')}"
        f"\nSystem services and devices ignore list\n\n{ruled(headings, (), 'left')}"
    )


def _summary(label: str, wrong: list[str]) -> str:
    if not wrong:
        return "    Status: OK\n"
    words = "\n\t     ".join(wrong) if label == "Reasons" else ", ".join(wrong)
    return f"    Status: Not OK\n    {label}: {words}\n"
