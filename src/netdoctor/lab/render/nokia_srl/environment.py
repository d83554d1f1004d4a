"""Modules with their temperatures, fans and power supplies."""

from __future__ import annotations

from typing import Any

from netdoctor.lab.hardware import Sensor
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.nokia_srl.system import temperature
from netdoctor.lab.render.nokia_srl.texts import boxed
from netdoctor.lab.render.text import as_json


def _state(sensor: Sensor) -> str:
    return "up" if sensor.working else "failed"


@answers("show platform environment")
def environment(view: View) -> str:
    heads = ("Module Type", "ID", "Admin State", "Operational State", "Model", "Temperature")
    rows = []
    for sensor in view.device.sensors:
        kind, number = sensor.name.rsplit(" ", 1)
        if sensor.kind == "temperature":
            model = "imm48-25g-sfp28+8-100g-qsfp28"
            rows.append((kind, number, "N/A", "up", model, str(round(sensor.value))))
        else:
            rows.append((kind, number, "N/A", _state(sensor), sensor.description, "0"))
    return boxed(heads, rows)


@answers("info from state platform fan-tray * | as json")
def fans(view: View) -> str:
    return as_json(
        {"platform": {"fan-tray": [_tray(fan) for fan in view.device.sensors_of("fan")]}}, indent=2
    )


def _tray(fan: Sensor) -> dict[str, Any]:
    return {
        "id": int(fan.name.rsplit(" ", 1)[1]),
        "type": fan.description,
        "oper-state": _state(fan),
        "removable": True,
        "locator-state": "inactive",
        "fan": {"speed": round(fan.value)},
    }


@answers("info from state platform power-supply * | as json")
def supplies(view: View) -> str:
    found = [_supply(supply) for supply in view.device.sensors_of("power")]
    return as_json({"platform": {"power-supply": found}}, indent=2)


def _supply(supply: Sensor) -> dict[str, Any]:
    on = supply.working
    return {
        "id": int(supply.name.rsplit(" ", 1)[1]),
        "type": supply.description,
        "oper-state": _state(supply),
        "removable": True,
        "capacity": 550,
        "input": {
            "current": f"{supply.value / 215.0:.2f}",
            "power": f"{supply.value:.2f}",
            "voltage": "230.50" if on else "0.00",
        },
    }


@answers("info from state platform linecard * | as json")
def linecards(view: View) -> str:
    routes = len(view.device.routes)
    tables = [
        {"name": "ip-lpm-routes", "used-percent": 100 * routes // 262144, "used-entries": routes,
         "free-entries": 262144 - routes},
        {"name": "arp-nd-entries", "used-percent": 0, "used-entries": 8, "free-entries": 40951},
    ]  # fmt: skip
    card = {
        "slot": 1,
        "type": "imm48-25g-sfp28+8-100g-qsfp28",
        "oper-state": "up",
        "temperature": temperature(view, "linecard 1"),
        "forwarding-complex": [{"name": "0", "oper-state": "up", "datapath": {"asic": {"resource": tables}}}],
    }
    return as_json({"platform": {"linecard": [card]}}, indent=2)
