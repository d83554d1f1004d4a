"""Optics and queues."""

from __future__ import annotations

from typing import Any

from netdoctor.lab.hardware import Port
from netdoctor.lab.optics import Band, Optic, output_power_dbm
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.arista_eos.interfaces import chosen, media
from netdoctor.lab.render.text import as_json


@answers(
    "show interfaces transceiver dom thresholds | json",
    "show interfaces {interface} transceiver dom thresholds | json",
)
def thresholds(view: View, interface: str | None = None) -> str:
    ports = [port for port in chosen(view, interface) if port.kind == "ethernet"]
    return as_json({"interfaces": {port.name: _module(port, view) for port in ports}})


def _module(port: Port, view: View) -> dict[str, Any]:
    optic = port.optic
    if optic is None:
        cable = {"mediaType": media(port), "vendorSn": f"APF2042{port.index:04d}", "parameters": {}}
        return {"displayName": port.name, **(cable if port.host else {})}
    return {
        "displayName": port.name,
        "mediaType": optic.type.media_type,
        "vendorSn": optic.serial,
        "parameters": {
            "temperature": _parameter("C", {"-": optic.temperature_celsius}, optic.type.temperature),
            "voltage": _parameter("Voltage", {"-": optic.supply_voltage_v}, optic.type.voltage),
            "txBias": _parameter("mA", _bias(port, optic), optic.type.bias),
            "txPower": _parameter("dBm", _sent(port, optic), optic.type.tx),
            "rxPower": _parameter("dBm", _received(port, optic, view), optic.type.rx),
        },
    }


def _parameter(unit: str, channels: dict[str, float], band: Band) -> dict[str, Any]:
    limits = {
        "highAlarm": band.high_alarm,
        "highWarn": band.high_warning,
        "lowAlarm": band.low_alarm,
        "lowWarn": band.low_warning,
    }
    overridden = {f"{name}Overridden": False for name in limits}
    return {"unit": unit, "channels": channels, "threshold": {**limits, **overridden}}


def _lanes(optic: Optic) -> range:
    return range(optic.type.lanes)


def _bias(port: Port, optic: Optic) -> dict[str, float]:
    return {str(n + 1): optic.bias_current_ma + 0.4 * n if port.lit else 0.0 for n in _lanes(optic)}


def _sent(port: Port, optic: Optic) -> dict[str, float]:
    return {str(n + 1): output_power_dbm(optic, n, port.lit) for n in _lanes(optic)}


def _received(port: Port, optic: Optic, view: View) -> dict[str, float]:
    return {str(n + 1): view.world.received_dbm(port, n) for n in _lanes(optic)}


@answers("show interfaces transceiver hardware", "show interfaces {interface} transceiver hardware")
def hardware(view: View, interface: str | None = None) -> str:
    return "\n".join(_hardware(port) for port in chosen(view, interface) if port.optic)


def _hardware(port: Port) -> str:
    optic = port.optic
    if optic is None:
        return ""
    return (
        f"Name: {port.name}\n"
        f"Media type: {optic.type.media_type}\n"
        f"Maximum module power (W): {3.5 if optic.type.lanes > 1 else 1.0}\n"
        f"Wavelength (nm): {optic.type.wavelength_nm:.2f}\n"
        f"Identifier: {optic.type.form_factor}\n"
        f"Manufacturer name: {optic.vendor}\n"
        f"Model number: {optic.type.part_number}\n"
        f"Serial number: {optic.serial}\n"
    )


@answers("show interfaces phy detail | json", "show interfaces {interface} phy detail | json")
def phys(view: View, interface: str | None = None) -> str:
    """Neither 10GBASE-LR nor 100GBASE-LR4 uses forward error correction (IEEE 802.3 clauses 52, 88)."""
    ports = [port for port in chosen(view, interface) if port.kind == "ethernet"]
    return as_json({"interfacePhyStatuses": {port.name: _phy(port) for port in ports}})


def _phy(port: Port) -> dict[str, Any]:
    state = {
        "value": "linkUp" if port.oper_up else "linkDown",
        "changes": port.carrier_transitions_count,
        "lastChange": port.last_change_at,
    }
    phy = {
        "description": {"phyChipName": "BCM56870", "location": "line"},
        "phyState": state,
        "operSpeed": f"{port.speed_bps // 1_000_000_000}Gbps",
    }
    return {"phyStatuses": [phy], "interfaceState": {}, "transceiver": {}, "macFaults": {}}


@answers("show inventory | json")
def inventory(view: View) -> str:
    device = view.device
    ports = [port for port in device.ports.values() if port.kind == "ethernet"]
    return as_json(
        {
            "systemInformation": {
                "name": device.model,
                "description": "48x25GbE SFP & 8x100GbE QSFP Switch",
                "mfgDate": "2022-03-11",
                "hwEpoch": "01.00",
                "hardwareRev": "11.00",
                "serialNum": device.serial,
            },
            "powerSupplySlots": {
                str(n): {"name": supply.description, "serialNum": f"{device.serial[-6:]}{n}"}
                for n, supply in enumerate(device.sensors_of("power"), 1)
            },
            "fanTraySlots": {
                str(n): {"name": "FAN-7011S-F", "numFans": 1}
                for n, _ in enumerate(device.sensors_of("fan"), 1)
            },
            "portCount": len(ports),
            "xcvrSlots": {_slot(port): _plugged(port) for port in ports},
        }
    )


def _slot(port: Port) -> str:
    return port.name.removeprefix("Ethernet").partition("/")[0]


def _plugged(port: Port) -> dict[str, str]:
    if port.host:
        cable = {"mfgName": "Amphenol", "modelName": "NDCCGF-0003", "hardwareRev": "A"}
        return {**cable, "serialNum": f"APF2042{port.index:04d}"}
    if port.optic is None:
        return {"mfgName": "Not Present", "modelName": "", "serialNum": "", "hardwareRev": ""}
    return {
        "mfgName": port.optic.vendor,
        "modelName": port.optic.type.part_number,
        "serialNum": port.optic.serial,
        "hardwareRev": "20",
    }


@answers(
    "show interfaces counters queue detail | json",
    "show interfaces {interface} counters queue detail | json",
)
def queues(view: View, interface: str | None = None) -> str:
    ports = [port for port in chosen(view, interface) if port.queues]
    return as_json(
        {
            "egressQueueCounters": {
                "interfaces": {port.name: {"ucastQueues": _classes(port, view)} for port in ports}
            }
        }
    )


@answers(
    "show interfaces counters queue drops | json", "show interfaces {interface} counters queue drops | json"
)
def queue_drops(view: View, interface: str | None = None) -> str:
    ports = [port for port in chosen(view, interface) if port.queues]
    return as_json({"interfaces": {port.name: {"ucastQueues": _classes(port, view)} for port in ports}})


def _classes(port: Port, view: View) -> dict[str, Any]:
    return {
        "trafficClasses": {
            f"TC{queue.traffic_class}": {
                "dropPrecedences": {
                    "DP0": {
                        "enqueuedPackets": queue.meters["sent_pkts"].read(view.at),
                        "enqueuedBytes": queue.meters["sent_octets"].read(view.at),
                        "droppedPackets": queue.meters["dropped_pkts"].read(view.at),
                        "droppedBytes": queue.meters["dropped_octets"].read(view.at),
                    }
                }
            }
            for queue in port.queues
        }
    }
