"""Modules and their light in the state tree."""

from __future__ import annotations

from typing import Any

from netdoctor.lab.hardware import Port
from netdoctor.lab.optics import Band, Optic, output_power_dbm
from netdoctor.lab.render import View


def transceiver(port: Port, view: View) -> dict[str, Any]:
    """What is plugged in: a module with its light, a copper cable without, or nothing."""
    optic = port.optic
    if optic is None and port.host is None:
        return {
            "tx-laser": False,
            "oper-state": "down",
            "oper-down-reason": "not-present",
            "ddm-events": True,
        }
    told: dict[str, Any] = {"tx-laser": port.lit, "oper-state": "up", "ddm-events": True}
    if optic is None:
        return told | {
            "form-factor": "SFP28",
            "ethernet-pmd": "10GBASE-CR",
            "vendor": "Amphenol",
            "vendor-part-number": "NDCCGF-0003",
            "serial-number": f"APF2042{port.index:04d}",
        }
    kind = optic.type
    return told | {
        "form-factor": kind.form_factor,
        "ethernet-pmd": kind.media_type,
        "vendor": optic.vendor,
        "vendor-part-number": kind.part_number,
        "serial-number": optic.serial,
        "wavelength": f"{kind.wavelength_nm:.2f}",
        "temperature": _told(optic.temperature_celsius, kind.temperature),
        "voltage": _told(optic.supply_voltage_v, kind.voltage),
        "channel": [_channel(port, optic, lane, view) for lane in range(kind.lanes)],
    }


def _channel(port: Port, optic: Optic, lane: int, view: View) -> dict[str, Any]:
    bias = optic.bias_current_ma + 0.4 * lane if port.lit else 0.0
    return {
        "index": lane + 1,
        "wavelength": f"{optic.type.wavelength_nm:.2f}",
        "laser-bias-current": _told(bias, optic.type.bias),
        "input-power": _told(view.world.received_dbm(port, lane), optic.type.rx),
        "output-power": _told(output_power_dbm(optic, lane, port.lit), optic.type.tx),
    }


def _told(value: float, band: Band) -> dict[str, Any]:
    limits = {
        "high-alarm": (band.high_alarm, value > band.high_alarm),
        "low-alarm": (band.low_alarm, value < band.low_alarm),
        "high-warning": (band.high_warning, value > band.high_warning),
        "low-warning": (band.low_warning, value < band.low_warning),
    }
    told: dict[str, Any] = {"latest-value": f"{value:.2f}"}
    for name, (level, passed) in limits.items():
        told |= {f"{name}-condition": passed, f"{name}-threshold": f"{level:.2f}"}
    return told
