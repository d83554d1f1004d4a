"""Temperatures, fans and power supplies."""

from __future__ import annotations

from typing import Any

from netdoctor.lab.hardware import Sensor
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.text import as_json


@answers("show system environment temperature | json")
def temperatures(view: View) -> str:
    sensors = list(view.device.sensors_of("temperature"))
    worst = max((sensor.state for sensor in sensors), key=["ok", "hot", "critical", "failed"].index)
    words = {"ok": "temperatureOk", "hot": "temperatureOverheat", "critical": "temperatureCritical"}
    return as_json(
        {
            "systemStatus": words.get(worst, "unknownTemperature"),
            "shutdownOnOverheat": True,
            "ambientThreshold": 45,
            "recoveryModeOnOverheat": "recoveryModeNA",
            "tempSensors": [_probe(n, sensor) for n, sensor in enumerate(sensors, 1)],
            "powerSupplySlots": [],
            "cardSlots": [],
        }
    )


def _probe(number: int, sensor: Sensor) -> dict[str, Any]:
    hot = sensor.state in ("hot", "critical")
    return {
        "relPos": str(number),
        "name": sensor.name,
        "description": sensor.description,
        "hwStatus": "ok",
        "currentTemperature": round(sensor.value, 3),
        "maxTemperature": round(max(sensor.value, sensor.nominal + 4.0), 3),
        "overheatThreshold": sensor.high_alarm,
        "criticalThreshold": sensor.high_critical,
        "inAlertState": hot,
        "alertCount": int(hot),
    }


@answers("show system environment cooling | json")
def cooling(view: View) -> str:
    fans = list(view.device.sensors_of("fan"))
    broken = [fan for fan in fans if not fan.working]
    return as_json(
        {
            "systemStatus": "insufficientFans" if len(broken) > 1 else "coolingOk",
            "coolingMode": "automatic",
            "airflowDirection": "frontToBackAirflow",
            "shutdownOnInsufficientFans": True,
            "overrideFanSpeed": 0,
            "minFanSpeed": 0,
            "fanTraySlots": [_tray(n, fan) for n, fan in enumerate(fans, 1)],
            "powerSupplySlots": [],
        }
    )


def _tray(number: int, fan: Sensor) -> dict[str, Any]:
    status = "ok" if fan.working else "failed"
    single = {
        "label": f"{number}/1",
        "status": status,
        "actualSpeed": round(fan.value),
        "configuredSpeed": round(fan.nominal),
        "maxSpeed": 24700,
        "speedStable": True,
        "speedHwOverride": False,
    }
    return {"label": str(number), "status": status, "speed": round(fan.nominal), "fans": [single]}


@answers("show system environment power | json")
def power(view: View) -> str:
    supplies = view.device.sensors_of("power")
    return as_json({"powerSupplies": {str(n): _supply(supply, view) for n, supply in enumerate(supplies, 1)}})


def _supply(supply: Sensor, view: View) -> dict[str, Any]:
    on = supply.working
    return {
        "modelName": supply.description,
        "capacity": 500.0,
        "dominant": False,
        "inputVoltage": 230.5 if on else 0.0,
        "inputCurrent": round(supply.value / 215.0, 3),
        "outputCurrent": round(supply.value / 12.0, 3),
        "outputPower": round(supply.value, 1),
        "state": "ok" if on else "powerLoss",
        "uptime": view.device.booted_at,
        "managed": True,
        "tempSensors": {},
        "fans": {},
    }
