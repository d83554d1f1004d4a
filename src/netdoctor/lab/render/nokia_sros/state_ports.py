"""Ports in the state tree: counters, modules, and who is heard."""

from __future__ import annotations

from typing import Any

from netdoctor.lab.hardware import Port
from netdoctor.lab.optics import Band, Optic, output_power_dbm
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.nokia_sros.port_detail import MULTICAST_SHARE
from netdoctor.lab.render.nokia_sros.words import state
from netdoctor.lab.render.text import counted, system_description


@answers("info json /state port * statistics")
def statistics(view: View) -> str:
    return state(
        "port",
        [{"port-id": port.name, "statistics": _counters(port, view)} for port in view.device.ports.values()],
    )


def _counters(port: Port, view: View) -> dict[str, str]:
    counts = counted(port, view)
    found: dict[str, int] = {}
    for way in ("in", "out"):
        multicast = int(counts[f"{way}_pkts"] * MULTICAST_SHARE)
        found |= {
            f"{way}-discards": counts[f"{way}_discards"],
            f"{way}-errors": counts["in_fcs_errors"] + counts["in_giants"] if way == "in" else 0,
            f"{way}-octets": counts[f"{way}_octets"],
            f"{way}-unicast-packets": counts[f"{way}_pkts"] - multicast,
            f"{way}-multicast-packets": multicast,
            f"{way}-broadcast-packets": 0,
        }
    return {name: str(value) for name, value in found.items()}


@answers("info json /state port * ethernet statistics")
def errors(view: View) -> str:
    return state(
        "port",
        [
            {"port-id": port.name, "ethernet": {"statistics": _errors(port, view)}}
            for port in view.device.ports.values()
        ],
    )


def _errors(port: Port, view: View) -> dict[str, Any]:
    counts = counted(port, view)
    fcs = str(counts["in_fcs_errors"])
    return {
        "crc-align-errors": fcs,
        "oversize-packets": str(counts["in_giants"]),
        "ethernet-like-medium": {"error": {"fcs": fcs, "frame-too-long": str(counts["in_giants"])}},
    }


@answers("info json /state port * transceiver")
def transceivers(view: View) -> str:
    plugged = [(port, port.optic) for port in view.device.ports.values() if port.optic]
    return state(
        "port",
        [{"port-id": port.name, "transceiver": _module(port, optic, view)} for port, optic in plugged],
    )


def _module(port: Port, optic: Optic, view: View) -> dict[str, Any]:
    kind = optic.type
    return {
        "oper-state": "operational",
        "type": kind.form_factor.lower(),
        "vendor-manufacture": optic.vendor,
        "vendor-part-number": kind.part_number,
        "vendor-serial-number": optic.serial,
        "optical-compliance": kind.media_type,
        "laser-wavelength": f"{kind.wavelength_nm:.1f}",
        "digital-diagnostic-monitoring": {
            "temperature": _quantity(optic.temperature_celsius, kind.temperature, 1),
            "supply-voltage": _quantity(optic.supply_voltage_v, kind.voltage, 2),
            "lane": [_lane(port, optic, lane, view) for lane in range(kind.lanes)],
        },
    }


def _lane(port: Port, optic: Optic, lane: int, view: View) -> dict[str, Any]:
    kind = optic.type
    bias = optic.bias_current_ma if port.lit else 0.0
    return {
        "lane-id": lane + 1,
        "transmit-bias-current": _quantity(bias, kind.bias, 1),
        "transmit-output-power": _quantity(output_power_dbm(optic, lane, port.lit), kind.tx, 2),
        "received-optical-power": _quantity(view.world.received_dbm(port, lane), kind.rx, 2),
    }


def _quantity(value: float, band: Band, digits: int) -> dict[str, str]:
    told = {
        "current": value,
        "high-alarm": band.high_alarm,
        "high-warning": band.high_warning,
        "low-warning": band.low_warning,
        "low-alarm": band.low_alarm,
    }
    return {name: f"{one:.{digits}f}" for name, one in told.items()}


@answers("info json /state port * ethernet lldp")
def lldp(view: View) -> str:
    ports = (port for port in view.device.ports.values() if port.kind == "ethernet")
    return state(
        "port",
        [{"port-id": port.name, "ethernet": {"lldp": {"dest-mac": [_scope(port, view)]}}} for port in ports],
    )


def heard(port: Port) -> Port | None:
    """The port that is heard on a port."""
    far = port.far
    return far if far is not None and port.oper_up and far.device.powered else None


def _scope(port: Port, view: View) -> dict[str, Any]:
    far = heard(port)
    return {"mac-type": "nearest-bridge", **({"remote-system": [_remote(port, far, view)]} if far else {})}


def _remote(port: Port, far: Port, view: View) -> dict[str, Any]:
    device = far.device
    return {
        "remote-time-mark": int(port.last_change_at - view.device.booted_at) * 100,
        "remote-index": port.index,
        "chassis-id": device.mac.upper(),
        "remote-port-id": far.name,
        "port-description": far.description,
        "system-name": device.name,
        "system-description": system_description(device),
        "management-address": [{"address-subtype": "ipv4", "management-address": device.management_address}],
    }
