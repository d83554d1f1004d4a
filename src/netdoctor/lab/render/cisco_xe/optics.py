"""Light, modules and the chassis's parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from netdoctor.lab.hardware import Device, Port
from netdoctor.lab.optics import Band, Optic, output_power_dbm
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.cisco_xe.interfaces import media
from netdoctor.lab.render.cisco_xe.texts import front, short

HEAD = """
 ITU Channel not available (Wavelength not available),
 Transceiver is internally calibrated.
 mA: milliamperes, dBm: decibels (milliwatts), NA or N/A: not applicable.
 ++ : high alarm, +  : high warning, -  : low warning, -- : low alarm.
 A2D readouts (if they differ), are reported in parentheses.
 The threshold values are calibrated.
"""
WHOLE = """
                                 High Alarm  High Warn  Low Warn   Low Alarm
              {name:<18} Threshold   Threshold  Threshold  Threshold
 Port         {unit:<18} {limit:<11} {limit:<10} {limit:<10} {limit}
 ---------    -----------------  ----------  ---------  ---------  ---------
"""
BY_LANE = """
                  {first:<16} High Alarm  High Warn  Low Warn   Low Alarm
                  {name:<16} Threshold   Threshold  Threshold  Threshold
 Port       Lane  {unit:<16} {limit:<11} {limit:<10} {limit:<10} {limit}
 ---------  ----  ---------------  ----------  ---------  ---------  ---------
"""


class Lane(NamedTuple):
    """One value of one lane; lanes are counted from 1, and a module of one lane numbers none."""

    port: Port
    lane: int | None
    value: float
    band: Band


@answers("show interfaces transceiver detail", "show interfaces {interface} transceiver detail")
def transceivers(view: View, interface: str | None = None) -> str:
    modules = [(port, port.optic) for port in front(view, interface) if port.optic]
    if not modules:
        return HEAD
    lanes = [(port, optic, n) for port, optic in modules for n in range(optic.type.lanes)]

    def by_lane(value: Callable[[Port, Optic, int], float], band: Callable[[Optic], Band]) -> Iterator[Lane]:
        for port, optic, n in lanes:
            number = n + 1 if optic.type.lanes > 1 else None
            yield Lane(port, number, value(port, optic, n), band(optic))

    return "".join(
        (
            HEAD,
            WHOLE.format(name="Temperature", unit="(Celsius)", limit="(Celsius)"),
            *(_whole(port, o.temperature_celsius, o.type.temperature, 1) for port, o in modules),
            WHOLE.format(name="Voltage", unit="(Volts)", limit="(Volts)"),
            *(_whole(port, o.supply_voltage_v, o.type.voltage, 2) for port, o in modules),
            BY_LANE.format(first="", name="Current", unit="(milliamperes)", limit="(mA)"),
            *map(_lane, by_lane(_bias, lambda o: o.type.bias)),
            BY_LANE.format(first="Optical", name="Transmit Power", unit="(dBm)", limit="(dBm)"),
            *map(_lane, by_lane(_sent, lambda o: o.type.tx)),
            BY_LANE.format(first="Optical", name="Receive Power", unit="(dBm)", limit="(dBm)"),
            *map(_lane, by_lane(lambda port, _, n: view.world.received_dbm(port, n), lambda o: o.type.rx)),
        )
    )


def _bias(port: Port, optic: Optic, lane: int) -> float:
    return optic.bias_current_ma + 0.4 * lane if port.lit else 0.0


def _sent(port: Port, optic: Optic, lane: int) -> float:
    return output_power_dbm(optic, lane, port.lit)


def _whole(port: Port, value: float, band: Band, digits: int) -> str:
    shown = f"{value:.{digits}f} {_flag(value, band)}"
    limits = (band.high_alarm, band.high_warning, band.low_warning, band.low_alarm)
    return (
        f" {short(port.name):<12} {shown:<20}" + "".join(f"{limit:>11.{digits}f}" for limit in limits) + "\n"
    )


def _lane(one: Lane) -> str:
    shown = f"{one.value:>6.1f} {_flag(one.value, one.band)}"
    band = one.band
    limits = (band.high_alarm, band.high_warning, band.low_warning, band.low_alarm)
    number = "N/A" if one.lane is None else str(one.lane)
    return (
        f" {short(one.port.name):<10} {number:<5}{shown:<16}"
        + "".join(f"{limit:>11.1f}" for limit in limits)
        + "\n"
    )


def _flag(value: float, band: Band) -> str:
    """`++` high alarm, `+` high warning, `-` low warning, `--` low alarm."""
    if value > band.high_warning:
        return "++" if value > band.high_alarm else "+"
    if value < band.low_warning:
        return "--" if value < band.low_alarm else "-"
    return ""


@answers("show inventory")
def inventory(view: View) -> str:
    return "\n".join(
        f'NAME: "{name}", DESCR: "{about}"\nPID: {pid:<18}, VID: V01  , SN: {serial}\n'
        for name, about, pid, serial in (*_cards(view.device), *_spares(view.device), *_modules(view))
    )


def _cards(device: Device) -> Iterator[tuple[str, str, str, str]]:
    """Name, description, product and serial number of the chassis and its cards."""
    yield "Chassis", f"Cisco Catalyst {device.model} Series Chassis", device.model, device.serial
    supervisor = "Cisco Catalyst 9610 Series Supervisor Engine 3"
    yield "Slot 5 Supervisor", supervisor, "C9610-SUP-3", f"{device.serial}S"
    yield "Slot 1 Linecard", "Cisco Catalyst 9600 Series 32-Port 100G", "C9610-LC-32CD", f"{device.serial}A"
    yield "Slot 2 Linecard", "Cisco Catalyst 9600 Series 40-Port 50G", "C9610-LC-40YL4CD", f"{device.serial}B"


def _spares(device: Device) -> Iterator[tuple[str, str, str, str]]:
    for number, one in enumerate(device.sensors_of("power"), 1):
        about = "Cisco Catalyst 9600 Series 3000W AC Power Supply"
        yield f"Power Supply Module {number}", about, one.description, ""
    for number, one in enumerate(device.sensors_of("fan"), 1):
        yield f"Fan Tray {number}", "Cisco Catalyst 9610 Series Chassis Fan Tray", one.description, ""


def _modules(view: View) -> Iterator[tuple[str, str, str, str]]:
    for port in front(view):
        if port.optic:
            yield port.name, media(port), port.optic.type.part_number, port.optic.serial


LINK_UP = 1 << 2
"""The link's bit in the status register (IEEE 802.3 clause 22.2.4.2)."""


@answers("show controllers ethernet-controller {interface} phy detail")
def phy(view: View, interface: str) -> str:
    """The registers of the port's physical chip; the optics here need no forward error correction."""
    return "".join(
        f"{short(port.name)} (if_id: {1024 + port.index})\n"
        "----------------------------------------------------\n\n"
        f"{_register(0, 'Control Register', 0x0140)}"
        f"{_register(1, 'Control STATUS', 0x7949 & ~LINK_UP | (LINK_UP if port.oper_up else 0))}\n"
        for port in front(view, interface)
    )


def _register(number: int, name: str, value: int) -> str:
    bits = f"{value:016b}"
    return f" {number:04x} : {value:04x} {name:>33} :  {' '.join(bits[n : n + 4] for n in range(0, 16, 4))}\n"
