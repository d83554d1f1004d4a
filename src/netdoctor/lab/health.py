"""Heat and power: what follows from a fan or a supply that no longer works."""

from __future__ import annotations

from netdoctor.lab.hardware import Device, Event, Sensor

HEAT_PER_MISSING_FANS_CELSIUS = 90.0
"""How much hotter a box would get without any fan; with half of them it is half of this."""


def settle_health(device: Device, at: float) -> None:
    """Fans and supplies give what they still can, temperatures follow; what changes is logged."""
    for sensor in device.sensors:
        sensor.value = _value(device, sensor)
        state = _state(sensor)
        if state != sensor.state:
            sensor.state = state
            device.log(Event(at, f"{sensor.kind}_{state}", subject=sensor.name, value=sensor.value))
    if device.starved != (device.starved_since is not None):
        device.starved_since = at if device.starved else None


def _value(device: Device, sensor: Sensor) -> float:
    if not sensor.working:
        return 0.0
    if sensor.kind == "temperature":
        return sensor.nominal + HEAT_PER_MISSING_FANS_CELSIUS * _missing_part(device, "fan")
    working = sum(other.working for other in device.sensors_of(sensor.kind))
    return sensor.nominal * len(list(device.sensors_of(sensor.kind))) / working


def _missing_part(device: Device, kind: str) -> float:
    parts = [sensor.working for sensor in device.sensors if sensor.kind == kind]
    return parts.count(False) / len(parts) if parts else 0.0


def _state(sensor: Sensor) -> str:
    if not sensor.working:
        return "failed"
    if sensor.high_critical is not None and sensor.value >= sensor.high_critical:
        return "critical"
    if sensor.high_alarm is not None and sensor.value >= sensor.high_alarm:
        return "hot"
    return "ok"
