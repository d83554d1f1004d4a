"""Modules as sfpshow prints them: plates, what each lane measures, thresholds."""

from __future__ import annotations

from collections.abc import Iterator

from netdoctor.lab.hardware import Port
from netdoctor.lab.optics import Band, Optic, output_power_dbm
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.sonic.interfaces import front
from netdoctor.model.units import NO_LIGHT_DBM

_LEVELS = (
    ("HighAlarm  ", "high_alarm"),
    ("HighWarning", "high_warning"),
    ("LowAlarm   ", "low_alarm"),
    ("LowWarning ", "low_warning"),
)


@answers("show interfaces transceiver eeprom --dom", "show interfaces transceiver eeprom --dom {interface}")
def diagnostics(view: View, interface: str | None = None) -> str:
    return _eeprom(view, interface, dom=True)


@answers("show interfaces transceiver eeprom", "show interfaces transceiver eeprom {interface}")
def plates(view: View, interface: str | None = None) -> str:
    return _eeprom(view, interface, dom=False)


def _eeprom(view: View, interface: str | None, *, dom: bool) -> str:
    return "\n".join("".join(_block(port, view, dom=dom)) for port in front(view, interface))


def _block(port: Port, view: View, *, dom: bool) -> Iterator[str]:
    if port.optic is None and port.host is None:
        yield f"{port.name}: SFP EEPROM Not detected\n"
        return
    yield f"{port.name}: SFP EEPROM detected\n"
    plate = _copper(port) if port.optic is None else _plate(port.optic)
    yield from (f"        {label}: {value}\n" for label, value in plate)
    if port.optic and dom:
        yield from _measured(port, port.optic, view)


def _copper(port: Port) -> Iterator[tuple[str, str]]:
    """A passive cable: it has a plate and measures nothing."""
    yield "Application Advertisement", "N/A"
    yield "Connector", "Copper pigtail"
    yield "Encoding", "Unspecified"
    yield "Identifier", "SFP/SFP+/SFP28"
    yield "Length Cable Assembly(m)", "2"
    yield "Specification compliance", "\n                10GEthernetComplianceCode: 10GBASE-CR"
    yield "Vendor Name", "Amphenol"
    yield "Vendor PN", "NDCCGF-0003"
    yield "Vendor SN", f"APF2042{port.index:04d}"


def _plate(optic: Optic) -> Iterator[tuple[str, str]]:
    wide = optic.type.lanes > 1
    yield "Application Advertisement", "N/A"
    yield "Connector", "LC"
    yield "Encoding", "64B66B"
    yield "Extended Identifier", "Power Class 4(3.5W max), CDR present in Rx Tx" if wide else "Unknown"
    yield "Extended RateSelect Compliance", "Unknown"
    yield "Identifier", "QSFP28 or later" if wide else "SFP/SFP+/SFP28"
    yield "Length Cable Assembly(m)", str(optic.type.reach_km)
    yield "Nominal Bit Rate(100Mbs)", "255" if wide else "103"
    code = "Extended Specification Compliance" if wide else "10GEthernetComplianceCode"
    yield "Specification compliance", f"\n                {code}: {optic.type.media_type}"
    yield "Vendor Date Code(YYYY-MM-DD Lot)", "2022-03-11"
    yield "Vendor Name", optic.vendor
    yield "Vendor OUI", "00-90-65"
    yield "Vendor PN", optic.type.part_number
    yield "Vendor Rev", "A0"
    yield "Vendor SN", optic.serial


def _measured(port: Port, optic: Optic, view: View) -> Iterator[str]:
    kind, lanes = optic.type, range(optic.type.lanes)
    bias_ma = optic.bias_current_ma if port.lit else 0.0
    yield "        ChannelMonitorValues:\n"
    yield from (_value(f"RX{lane + 1}Power", view.world.received_dbm(port, lane), "dBm") for lane in lanes)
    for lane in lanes:
        yield _value(f"TX{lane + 1}Bias", bias_ma, "mA")
        yield _value(f"TX{lane + 1}Power", output_power_dbm(optic, lane, port.lit), "dBm")
    yield "        ChannelThresholdValues:\n"
    yield from _limits("RxPower", kind.rx, "dBm")
    yield from _limits("TxBias", kind.bias, "mA")
    yield from _limits("TxPower", kind.tx, "dBm")
    yield "        ModuleMonitorValues:\n"
    yield _value("Temperature", optic.temperature_celsius, "C")
    yield _value("Vcc", optic.supply_voltage_v, "Volts")
    yield "        ModuleThresholdValues:\n"
    yield from _limits("Temp", kind.temperature, "C")
    yield from _limits("Vcc", kind.voltage, "Volts")


def _value(label: str, value: float, unit: str) -> str:
    dark = unit == "dBm" and value <= NO_LIGHT_DBM
    return f"                {label}: {'-inf' if dark else f'{value:.4f}'}{unit}\n"


def _limits(label: str, band: Band, unit: str) -> Iterator[str]:
    for level, name in _LEVELS:
        yield f"                {label}{level}: {getattr(band, name):.4f}{unit}\n"
