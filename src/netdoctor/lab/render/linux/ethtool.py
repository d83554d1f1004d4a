"""What ethtool prints: link settings, driver counters, and the module's own diagnostics."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from netdoctor.lab.hardware import Port
from netdoctor.lab.optics import Band, Optic, output_power_dbm
from netdoctor.lab.render import Reply, View, answers
from netdoctor.lab.render.linux.manner import needs_root
from netdoctor.lab.render.text import counted
from netdoctor.model.units import NO_LIGHT_DBM

NO_DEVICE = Reply("", "netlink error: No such device\n", 75)
NOT_SUPPORTED = Reply("", "netlink error: Operation not supported\n", 95)


@answers("ethtool -m {interface}", "ethtool --module-info {interface}")
@needs_root("netlink error: Operation not permitted")
def module(view: View, interface: str) -> Reply:
    port = view.device.ports.get(interface)
    if port is None:
        return NO_DEVICE
    if port.optic is None:
        return Reply(_plate(_copper(port))) if port.host and port.kind == "ethernet" else NOT_SUPPORTED
    return Reply(_plate(_module(port, port.optic, view)))


def _plate(labelled: Iterable[tuple[str, str]]) -> str:
    return "".join(f"\t{name:<41} : {value}\n" for name, value in labelled)


def _copper(port: Port) -> Iterator[tuple[str, str]]:
    """A passive cable: it has a plate and measures nothing."""
    yield "Identifier", "0x03 (SFP)"
    yield "Extended identifier", "0x04 (GBIC/SFP defined by 2-wire interface ID)"
    yield "Connector", "0x21 (Copper pigtail)"
    yield "Transceiver type", "10G Ethernet: 10G Base-CR"
    yield "Passive Cu cmplnce.", "0x01 (SFF-8431 appendix E) [SFF-8472 rev10.4 only]"
    yield "Length (Copper)", "2m"
    yield "Vendor name", "Amphenol"
    yield "Vendor PN", "NDCCGF-0003"
    yield "Vendor SN", f"APF2042{port.index:04d}"
    yield "Optical diagnostics support", "No"


def _module(port: Port, optic: Optic, view: View) -> Iterator[tuple[str, str]]:
    kind = optic.type
    yield "Identifier", "0x03 (SFP)"
    yield "Extended identifier", "0x04 (GBIC/SFP defined by 2-wire interface ID)"
    yield "Connector", "0x07 (LC)"
    yield "Transceiver type", "10G Ethernet: 10G Base-LR"
    yield "Encoding", "0x06 (64B/66B)"
    yield "BR, Nominal", "10300MBd"
    yield "Length (SMF,km)", f"{kind.reach_km}km"
    yield "Length (SMF)", f"{kind.reach_km * 1000}m"
    yield "Laser wavelength", f"{kind.wavelength_nm:.0f}nm"
    yield "Vendor name", optic.vendor
    yield "Vendor OUI", "00:90:65"
    yield "Vendor PN", kind.part_number
    yield "Vendor rev", "A"
    yield "Vendor SN", optic.serial
    yield "Date code", "220311"
    yield "Optical diagnostics support", "Yes"
    yield from _measured(port, optic, view)
    yield "Alarm/warning flags implemented", "Yes"
    yield from _flags(port, optic, view)
    yield from _limits(optic)


def _values(port: Port, optic: Optic, view: View) -> tuple[tuple[str, float, Band], ...]:
    bias = optic.bias_current_ma if port.lit else 0.0
    return (
        ("Laser bias current", bias, optic.type.bias),
        ("Laser output power", output_power_dbm(optic, 0, port.lit), optic.type.tx),
        ("Module temperature", optic.temperature_celsius, optic.type.temperature),
        ("Module voltage", optic.supply_voltage_v, optic.type.voltage),
        ("Laser rx power", view.world.received_dbm(port, 0), optic.type.rx),
    )


def _measured(port: Port, optic: Optic, view: View) -> Iterator[tuple[str, str]]:
    for name, value, _ in _values(port, optic, view):
        title = "Receiver signal average optical power" if name == "Laser rx power" else name
        yield title, _written(name, value)


def _flags(port: Port, optic: Optic, view: View) -> Iterator[tuple[str, str]]:
    for name, value, band in _values(port, optic, view):
        yield f"{name} high alarm", "On" if value > band.high_alarm else "Off"
        yield f"{name} low alarm", "On" if value < band.low_alarm else "Off"
        yield f"{name} high warning", "On" if value > band.high_warning else "Off"
        yield f"{name} low warning", "On" if value < band.low_warning else "Off"


def _limits(optic: Optic) -> Iterator[tuple[str, str]]:
    kind = optic.type
    bands = (
        ("Laser bias current", kind.bias),
        ("Laser output power", kind.tx),
        ("Module temperature", kind.temperature),
        ("Module voltage", kind.voltage),
        ("Laser rx power", kind.rx),
    )
    for name, band in bands:
        yield f"{name} high alarm threshold", _written(name, band.high_alarm)
        yield f"{name} low alarm threshold", _written(name, band.low_alarm)
        yield f"{name} high warning threshold", _written(name, band.high_warning)
        yield f"{name} low warning threshold", _written(name, band.low_warning)


def _written(name: str, value: float) -> str:
    """A value in ethtool's units."""
    if "power" in name:
        return f"{_milliwatts(value):.4f} mW / {value:.2f} dBm"
    if "temperature" in name:
        return f"{value:.2f} degrees C / {value * 9 / 5 + 32:.2f} degrees F"
    return f"{value:.3f} mA" if "bias" in name else f"{value:.4f} V"


def _milliwatts(dbm: float) -> float:
    return 0.0001 if dbm <= NO_LIGHT_DBM else math.pow(10.0, dbm / 10.0)


@answers("ethtool -S {interface}", "ethtool --statistics {interface}")
def statistics(view: View, interface: str) -> Reply:
    port = view.device.ports.get(interface)
    if port is None:
        return NO_DEVICE
    counts = counted(port, view)
    rows = {
        "rx_packets": counts["in_pkts"],
        "tx_packets": counts["out_pkts"],
        "rx_bytes": counts["in_octets"],
        "tx_bytes": counts["out_octets"],
        "rx_crc_errors": counts["in_fcs_errors"],
        "rx_undersize": 0,
        "rx_oversize": counts["in_giants"],
        "rx_jabber": 0,
        "rx_pause": 0,
        "tx_pause": 0,
    }
    return Reply("NIC statistics:\n" + "".join(f"     {name}: {value}\n" for name, value in rows.items()))


@answers("ethtool {interface}")
def settings(view: View, interface: str) -> Reply:
    port = view.device.ports.get(interface)
    if port is None:
        return NO_DEVICE
    copper = port.kind == "management"
    mode = "1000baseT/Full" if copper else ("10000baseLR/Full" if port.optic else "10000baseCR/Full")
    return Reply(
        f"Settings for {port.name}:\n"
        f"\tSupported ports: [ {'TP' if copper else 'FIBRE'} ]\n"
        f"\tSupported link modes:   {mode}\n"
        f"\tSupported pause frame use: Symmetric\n"
        f"\tSupports auto-negotiation: {'Yes' if copper else 'No'}\n"
        f"\tSupported FEC modes: None\n"
        f"\tAdvertised link modes:  {mode}\n"
        f"\tAdvertised pause frame use: No\n"
        f"\tAdvertised auto-negotiation: {'Yes' if copper else 'No'}\n"
        f"\tAdvertised FEC modes: None\n"
        f"\tSpeed: {f'{port.speed_bps // 1_000_000}Mb/s' if port.oper_up else 'Unknown!'}\n"
        f"\tDuplex: {'Full' if port.oper_up else 'Unknown! (255)'}\n"
        f"\tAuto-negotiation: {'on' if copper else 'off'}\n"
        f"\tPort: {'Twisted Pair' if copper else 'FIBRE'}\n"
        f"\tPHYAD: 0\n"
        f"\tTransceiver: internal\n"
        f"\tLink detected: {'yes' if port.oper_up else 'no'}\n"
    )


@answers("ethtool -I --show-fec {interface}", "ethtool --show-fec {interface}")
def fec(view: View, interface: str) -> Reply:
    """No port of these devices uses forward error correction: 10GBASE-LR has none."""
    port = view.device.ports.get(interface)
    if port is None:
        return NO_DEVICE
    if port.kind == "management":
        return NOT_SUPPORTED
    return Reply(
        f"FEC parameters for {port.name}:\n"
        "Supported/Configured FEC encodings: None\n"
        "Active FEC encoding: None\n"
        "Statistics:\n"
    )
