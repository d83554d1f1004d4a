"""Modules: by their controller, and by the interface."""

from __future__ import annotations

from collections.abc import Iterator

from netdoctor.lab.hardware import Port
from netdoctor.lab.optics import Band, Optic, output_power_dbm
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.cisco_xr.interfaces import ETHERNET_HEADER_BYTES
from netdoctor.lab.render.cisco_xr.words import age, lit_ports, stamped
from netdoctor.lab.render.text import hardware_address

LANE_BIAS_STEP_MA = 0.4
RULE = "-" * 47


def bias_ma(port: Port, optic: Optic, lane: int) -> float:
    return optic.bias_current_ma + LANE_BIAS_STEP_MA * lane if port.lit else 0.0


def _number(port: Port) -> str:
    return port.name.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")


@answers("show controllers optics *", "show controllers optics {number}")
def controllers(view: View, number: str | None = None) -> str:
    lines: list[str] = []
    for port in lit_ports(view):
        if number in (None, _number(port)):
            lines += [f" Port:    Optics{_number(port)}", "", *_controller(port, view), "", RULE]
    return stamped(view, lines)


def _controller(port: Port, view: View) -> Iterator[str]:
    optic = port.optic
    present = optic is not None or port.host is not None
    shut = not port.admin_up
    lit = port.lit and present
    yield f" Controller State: {'Administratively Down' if shut else 'Up' if lit else 'Down'} "
    yield ""
    yield f" Transport Admin State: {'Out Of Service' if shut else 'In Service'} "
    yield ""
    yield f" Laser State: {'On' if lit else 'Off'} "
    yield ""
    yield f" LED State: {'Green' if port.oper_up else 'Off'} "
    yield ""
    yield " FEC State: FEC DISABLED "
    yield ""
    if port.last_change_at:
        yield f" Last link flapped: {age(view.at - port.last_change_at)}"
    if not present:
        yield from (" Optics Status ", "", "         Optics Type:  Unavailable", "", " Optics not present")
    elif optic is None:
        yield from _cable()
    else:
        yield from _module(port, optic, view)


def _cable() -> Iterator[str]:
    yield " Dom Data Status: Not Applicable"
    yield ""
    yield " Optics Status "
    yield ""
    yield "         Optics Type:  SFP+ 10G Copper CR"
    yield ""
    yield "         Alarm Status:"
    yield "         -------------"
    yield "         Detected Alarms: None"
    yield ""
    yield " Transceiver Vendor Details"
    yield ""
    yield "         Form Factor            : SFP+"
    yield "         Optics type            : SFP+ 10G Copper CR"
    yield "         Name                   : CISCO-AMPHENOL"
    yield "         Part Number            : NDCCGF-0003"


def _module(port: Port, optic: Optic, view: View) -> Iterator[str]:
    kind = f"{optic.type.form_factor} {optic.type.media_type}"
    yield " Dom Data Status: Ready"
    yield ""
    yield " Optics Status "
    yield ""
    yield f"         Optics Type:  {kind}"
    yield f"         Wavelength = {optic.type.wavelength_nm:.2f} nm "
    yield ""
    yield "         Alarm Status:"
    yield "         -------------"
    yield from _alarms(port, optic, view)
    yield ""
    yield "         LOS/LOL/Fault Status:"
    yield ""
    yield "         Performance Monitoring: Disable "
    yield ""
    yield from _thresholds(optic)
    yield ""
    yield "         Lane  Laser Bias    TX Power    RX Power  Output Frequency"
    yield "         ----  ----------  ----------  ----------  ----------------"
    yield from (_lane(port, optic, lane, view) for lane in range(optic.type.lanes))
    yield ""
    yield f"         Temperature = {optic.temperature_celsius:.2f} Celsius "
    yield f"         Voltage = {optic.supply_voltage_v:.2f} V "
    yield ""
    yield " Transceiver Vendor Details"
    yield ""
    yield f"         Form Factor            : {optic.type.form_factor}"
    yield f"         Optics type            : {kind}"
    yield f"         Name                   : {optic.vendor}"
    yield "         OUI Number             : 00.00.5e"
    yield f"         Part Number            : {optic.type.part_number}"
    yield "         Rev Number             : A "
    yield f"         Serial Number          : {optic.serial}"
    yield f"         PID                    : {optic.type.part_number}-S"
    yield "         VID                    : V02"


def _alarms(port: Port, optic: Optic, view: View) -> Iterator[str]:
    low = [
        f"LOW-RX{lane + 1}-PWR"
        for lane in range(optic.type.lanes)
        if view.world.received_dbm(port, lane) < optic.type.rx.low_alarm
    ]
    yield f"         Detected Alarms: {'' if low else 'None'}"
    if low:
        yield f"                 {'   '.join(low)}"


def _thresholds(optic: Optic) -> Iterator[str]:
    kind = optic.type
    rows: tuple[tuple[str, Band, int], ...] = (
        ("Rx Power Threshold(dBm)", kind.rx, 1),
        ("Tx Power Threshold(dBm)", kind.tx, 1),
        ("LBC Threshold(mA)", kind.bias, 2),
        ("Temp. Threshold(celsius)", kind.temperature, 2),
        ("Voltage Threshold(volt)", kind.voltage, 2),
    )
    yield "         THRESHOLD VALUES"
    yield "         ----------------"
    yield ""
    yield "         Parameter                 High Alarm  Low Alarm  High Warning  Low Warning"
    yield "         ------------------------  ----------  ---------  ------------  -----------"
    for name, band, digits in rows:
        yield (
            f"         {name:24}  {band.high_alarm:10.{digits}f}  {band.low_alarm:9.{digits}f}  "
            f"{band.high_warning:12.{digits}f}  {band.low_warning:11.{digits}f}"
        )


def _lane(port: Port, optic: Optic, lane: int, view: View) -> str:
    sent, received = output_power_dbm(optic, lane, port.lit), view.world.received_dbm(port, lane)
    bias = f"{bias_ma(port, optic, lane):.1f} mA"
    return f"         {lane + 1:3d}  {bias:>10}  {sent:6.2f} dBm  {received:6.2f} dBm       N/A"


@answers("show controllers all phy", "show controllers {interface} phy")
def phys(view: View, interface: str | None = None) -> str:
    lines = [line for port in lit_ports(view, interface) for line in (*_phy(port, view), "")]
    return stamped(view, lines)


def _phy(port: Port, view: View) -> Iterator[str]:
    yield f"PHY data for interface: {port.name}"
    yield ""
    optic = port.optic
    if optic is None:
        yield from _passive(port)
        return
    kind = optic.type
    yield f"{kind.form_factor.rstrip('+28')} EEPROM port: {_number(port).rpartition('/')[2]}"
    yield f"        Xcvr Type: {kind.form_factor}"
    yield f"        Ethernet Compliance Codes: {kind.media_type},"
    yield "        Encoding: 64B66B,"
    yield f"        Vendor Name: {optic.vendor}"
    yield "        Vendor OUI: 00.00.5e"
    yield f"        Vendor Part Number: {kind.part_number}     (rev.: A )"
    yield f"        Wavelength: {kind.wavelength_nm:.3f} nm"
    yield f"        Vendor Serial Number: {optic.serial}"
    yield ""
    yield "        Module"
    yield _LIMITS_HEAD
    yield _limits("Temperature", kind.temperature, "C", "+")
    yield _limits("Voltage", kind.voltage, "Volt", "")
    yield ""
    yield f"        Temperature: {optic.temperature_celsius:+.3f} C"
    yield f"        Voltage: {optic.supply_voltage_v:.3f} Volt"
    yield ""
    yield "        Lanes"
    yield _LIMITS_HEAD
    yield _limits("Bias", kind.bias, "mAmps", "")
    yield _power_limits("Transmit Power", kind.tx)
    yield _power_limits("Receive Power", kind.rx)
    yield ""
    yield f"{'Lane':>21}{'Temp':>16}{'Bias':>16}{'Tx Power':>27}{'Rx Power':>27}"
    yield from (_phy_lane(port, optic, lane, view) for lane in range(kind.lanes))


def _passive(port: Port) -> Iterator[str]:
    if port.host is None:
        yield "        SFP not present"
        return
    yield "SFP EEPROM  port: 0"
    yield "        Xcvr Type: SFP"
    yield "        Xcvr Code: SFP-H10GB-CU3M"
    yield "        Vendor Name: CISCO-AMPHENOL"
    yield "        Vendor Part Number: NDCCGF-0003        (rev.: A   )"


_LIMITS_HEAD = (
    f"        Thresholds:{'Alarm High':>29}{'Warning High':>22}{'Warning Low':>21}{'Alarm Low':>19}"
)


def _levels(band: Band) -> tuple[float, float, float, float]:
    return band.high_alarm, band.high_warning, band.low_warning, band.low_alarm


def _limits(name: str, band: Band, unit: str, sign: str) -> str:
    values = (f"{value:{sign}.3f} {unit}" for value in _levels(band))
    return f"{name:>25}:" + "".join(f"{value:>21}" for value in values)


def _milliwatts(dbm: float) -> str:
    power_mw = 0.0 if dbm <= -40.0 else 10 ** (dbm / 10)
    return f"{power_mw:.5f} mW ({'<' if dbm <= -40.0 else ''}{dbm:.2f} dBm)"


def _power_limits(name: str, band: Band) -> str:
    return f"{name:>25}:" + "".join(f"  {_milliwatts(value)}" for value in _levels(band))


def _phy_lane(port: Port, optic: Optic, lane: int, view: View) -> str:
    bias = f"{bias_ma(port, optic, lane):.3f} mAmps"
    sent = _milliwatts(output_power_dbm(optic, lane, port.lit))
    received = _milliwatts(view.world.received_dbm(port, lane))
    return f"                 {lane + 1:4d}             N/A {bias:>16} {sent:>26} {received:>26}"


@answers("show controllers {interface}")
def controller(view: View, interface: str) -> str:
    lines = [line for port in lit_ports(view, interface) for line in _operational(port)]
    return stamped(view, lines)


def _operational(port: Port) -> Iterator[str]:
    """Neither 10GBASE-LR nor 100GBASE-LR4 uses forward error correction (IEEE 802.3 clauses 52, 88)."""
    mac = hardware_address(port.mac)
    yield f"Operational data for interface {port.name}:"
    yield ""
    yield "State:"
    yield f"    Administrative state: {'enabled' if port.admin_up else 'disabled'}"
    yield f"    Operational state: {'Up' if port.oper_up else 'Down'}"
    yield f"    LED state: {'Green On' if port.oper_up else 'Off'}"
    yield ""
    yield "MAC address information:"
    yield f"    Operational address: {mac}"
    yield f"    Burnt-in address: {mac}"
    yield ""
    yield "Autonegotiation disabled."
    yield ""
    yield "Operational values:"
    yield f"    Speed: {port.speed_bps // 1_000_000_000}Gbps"
    yield "    Duplex: Full Duplex"
    yield "    Flowcontrol: None"
    yield "    Loopback: None (or external)"
    yield f"    MTU: {port.mtu_bytes + ETHERNET_HEADER_BYTES}"
    yield f"    MRU: {port.mtu_bytes + ETHERNET_HEADER_BYTES}"
    yield "    Forward error correction: Disabled"
