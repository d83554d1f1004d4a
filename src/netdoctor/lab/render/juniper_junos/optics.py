"""Modules: their diagnostics, and the inventory they stand in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from netdoctor.lab.hardware import Port
from netdoctor.lab.optics import Band, Optic, output_power_dbm
from netdoctor.lab.render import View
from netdoctor.lab.render.juniper_junos.interfaces import chosen
from netdoctor.lab.render.juniper_junos.shape import Said, Tree, root, shown
from netdoctor.model.units import NO_LIGHT_DBM


@shown(
    "show interfaces diagnostics optics",
    "show interfaces diagnostics optics {interface}",
    "show interfaces {interface} diagnostics optics",
)
def diagnostics(view: View, interface: str | None = None) -> Tree:
    ports = [_module(port, port.optic, view) for port in chosen(view, interface) if port.optic]
    return root("interface-information", {"physical-interface": ports}, style="normal", module="interface")


def _module(port: Port, optic: Optic, view: View) -> Tree:
    """A module of several lanes has one temperature, and four of all else."""
    lanes = [_lane(port, optic, lane, view) for lane in range(optic.type.lanes)]
    shared = {
        "module-temperature": _degrees(optic.temperature_celsius),
        "module-voltage": f"{optic.supply_voltage_v:.4f}",
        **dict(_thresholds(optic)),
    }
    if optic.type.lanes == 1:
        single = {name: value for name, value in lanes[0].items() if name != "lane-index"}
        return {"name": port.name, "optics-diagnostics": {**single, **shared}}
    return {
        "name": port.name,
        "optics-diagnostics": {**shared, "optics-diagnostics-lane-values": lanes},
    }


def _lane(port: Port, optic: Optic, lane: int, view: View) -> dict[str, Any]:
    sent = output_power_dbm(optic, lane, port.lit)
    received = view.world.received_dbm(port, lane)
    bias = optic.bias_current_ma + 0.4 * lane if port.lit else 0.0
    names = (
        ("laser-rx-optical-power", "laser-rx-optical-power-dbm")
        if optic.type.lanes > 1
        else ("rx-signal-avg-optical-power", "rx-signal-avg-optical-power-dbm")
    )
    limits = (("laser-bias-current", bias, optic.type.bias), ("laser-rx-power", received, optic.type.rx))
    return {
        "lane-index": lane,
        "laser-bias-current": f"{bias:.3f}",
        "laser-output-power": _milliwatts(sent),
        "laser-output-power-dbm": _dbm(sent),
        names[0]: _milliwatts(received),
        names[1]: _dbm(received),
        **{
            f"{name}-{level}": state
            for name, value, band in (*limits, ("laser-tx-power", sent, optic.type.tx))
            for level, state in _alarms(value, band).items()
        },
    }


def _alarms(value: float, band: Band) -> dict[str, str]:
    found = {
        "high-alarm": value >= band.high_alarm,
        "low-alarm": value <= band.low_alarm,
        "high-warn": value >= band.high_warning,
        "low-warn": value <= band.low_warning,
    }
    return {level: "on" if on else "off" for level, on in found.items()}


def _thresholds(optic: Optic) -> Iterator[tuple[str, Any]]:
    kind = optic.type
    for name, band in (("laser-bias-current", kind.bias), ("module-voltage", kind.voltage)):
        for level, value in _levels(band):
            yield f"{name}-{level}-threshold", f"{value:.3f}"
    for level, value in _levels(kind.temperature):
        yield f"module-temperature-{level}-threshold", _degrees(value)
    for name, band in (("laser-tx-power", kind.tx), ("laser-rx-power", kind.rx)):
        for level, value in _levels(band):
            yield f"{name}-{level}-threshold", _milliwatts(value)
            yield f"{name}-{level}-threshold-dbm", f"{value:.2f}"


def _levels(band: Band) -> Iterator[tuple[str, float]]:
    yield "high-alarm", band.high_alarm
    yield "low-alarm", band.low_alarm
    yield "high-warn", band.high_warning
    yield "low-warn", band.low_warning


def _milliwatts(dbm: float) -> str:
    return f"{0.0 if dbm <= NO_LIGHT_DBM else 10 ** (dbm / 10):.4f}"


def _dbm(dbm: float) -> str:
    return "- Inf" if dbm <= NO_LIGHT_DBM else f"{dbm:.2f}"


def _degrees(celsius: float) -> Said:
    whole = round(celsius)
    text = f"{whole} degrees C / {round(whole * 1.8 + 32)} degrees F"
    return Said(text, {"junos:celsius": str(whole)})


@shown("show chassis hardware")
def hardware(view: View) -> Tree:
    device = view.device
    chassis = {
        "name": "Chassis",
        "serial-number": device.serial,
        "description": device.model.upper(),
        "chassis-module": [
            {
                "name": "Routing Engine 0",
                "part-number": "BUILTIN",
                "serial-number": "BUILTIN",
                "description": f"RE-{device.model.upper()}",
            },
            _card(view),
            *(
                {
                    "name": supply.name.removeprefix("FPC 0 "),
                    "version": "REV 03",
                    "part-number": "740-093132",
                    "serial-number": f"1F26{device.serial[-4:]}{number}",
                    "description": supply.description,
                }
                for number, supply in enumerate(device.sensors_of("power"))
            ),
            *(
                {"name": f"Fan Tray {number}", "description": fan.description}
                for number, fan in enumerate(device.sensors_of("fan"))
            ),
        ],
    }
    return root(
        "chassis-inventory",
        {"chassis": {"attributes": {"junos:style": "inventory"}, **chassis}},
        module="chassis",
    )


def _card(view: View) -> Tree:
    model = view.device.model.upper()
    ports = [port for port in view.device.ports.values() if port.optic]
    return {
        "name": "FPC 0",
        "version": "REV 19",
        "part-number": "650-114918",
        "serial-number": view.device.serial,
        "description": model,
        "chassis-sub-module": [
            {
                "name": "CPU",
                "part-number": "BUILTIN",
                "serial-number": "BUILTIN",
                "description": "FPC CPU",
            },
            {
                "name": "PIC 0",
                "part-number": "BUILTIN",
                "serial-number": "BUILTIN",
                "description": "48x25G-8x100G",
                "chassis-sub-sub-module": [_plugged(port) for port in ports],
            },
        ],
    }


def _plugged(port: Port) -> Tree:
    optic = port.optic
    if optic is None:
        return {}
    return {
        "name": f"Xcvr {port.name.rpartition('/')[2]}",
        "version": "REV 01",
        "part-number": "740-061409" if optic.type.lanes > 1 else "740-031981",
        "serial-number": optic.serial,
        "description": f"{optic.type.form_factor}-{optic.type.media_type}",
    }
