"""Modules and their lanes."""

from __future__ import annotations

from netdoctor.lab.hardware import Port
from netdoctor.lab.optics import Band, Optic, output_power_dbm
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.cisco_nxos.interfaces import media
from netdoctor.lab.render.cisco_nxos.words import Row, chosen, document, table
from netdoctor.model.units import NO_LIGHT_DBM


@answers("show interface transceiver details | json", "show interface {interface} transceiver details | json")
def details(view: View, interface: str | None = None) -> str:
    ports = [port for port in chosen(view, interface) if port.kind == "ethernet"]
    return document(table("interface", [{**_module(port), **_lanes(port, view)} for port in ports]))


@answers("show interface transceiver | json", "show interface {interface} transceiver | json")
def modules(view: View, interface: str | None = None) -> str:
    ports = [port for port in chosen(view, interface) if port.kind == "ethernet"]
    return document(table("interface", [_module(port) for port in ports]))


def _module(port: Port) -> Row:
    optic = port.optic
    if optic is None:
        return {"interface": port.name, **(_cable(port) if port.host else {"sfp": "not present"})}
    return {
        "interface": port.name,
        "sfp": "present",
        "type": media(port),
        "name": optic.vendor,
        "partnum": optic.type.part_number,
        "rev": "A",
        "serialnum": optic.serial,
        "nom_bitrate": optic.type.speed_bps // optic.type.lanes // 10**6,
        "len_9": optic.type.reach_km,
        "ciscoid": "17" if optic.type.lanes > 1 else "3",
        "ciscoid_1": 220,
        "cisco_part_number": "10-3146-02",
        "cisco_product_id": f"{optic.type.part_number}-S",
        "cisco_vendor_id": "V02",
        "nom_wavelength": f"{optic.type.wavelength_nm:.2f}",
    }


def _cable(port: Port) -> Row:
    return {
        "sfp": "present",
        "type": media(port),
        "name": "CISCO-AMPHENOL",
        "partnum": "NDCCGF-0003",
        "rev": "A",
        "serialnum": f"APF2042{port.index:04d}",
        "nom_bitrate": port.speed_bps // 10**6,
    }


def _lanes(port: Port, view: View) -> Row:
    optic = port.optic
    if optic is None:
        return {}
    lanes = [_lane(port, optic, view, number) for number in range(optic.type.lanes)]
    return table("lane", lanes)


def _lane(port: Port, optic: Optic, view: View, number: int) -> Row:
    """Thresholds stand at every lane; no light is `N/A` on what is sent, and -40 on what is received."""
    kind = optic.type
    bias_ma = optic.bias_current_ma + 0.4 * number if port.lit else 0.0
    sent = output_power_dbm(optic, number, port.lit)
    return {
        "lane_number": number + 1,
        **_parameter("temp", "temperature", f"{optic.temperature_celsius:.2f}", kind.temperature),
        **_parameter("volt", "voltage", f"{optic.supply_voltage_v:.2f}", kind.voltage),
        **_parameter("current", "current", f"{bias_ma:.2f}", kind.bias),
        **_parameter("tx_pwr", "tx_pwr", "N/A" if sent <= NO_LIGHT_DBM else f"{sent:.2f}", kind.tx),
        **_parameter("rx_pwr", "rx_pwr", f"{view.world.received_dbm(port, number):.2f}", kind.rx),
        "xmit_faults": 0,
    }


def _parameter(start: str, name: str, value: str, band: Band) -> Row:
    return {
        name: value,
        f"{start}_alrm_hi": f"{band.high_alarm:.2f}",
        f"{start}_alrm_lo": f"{band.low_alarm:.2f}",
        f"{start}_warn_hi": f"{band.high_warning:.2f}",
        f"{start}_warn_lo": f"{band.low_warning:.2f}",
    }
