"""One port in full: `show port 1/1/c1/1 detail`, and its connector with the module."""

from __future__ import annotations

from collections.abc import Iterator

from netdoctor.lab.hardware import Port, Queue
from netdoctor.lab.optics import Band, Optic, output_power_dbm
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.nokia_sros.ports import description
from netdoctor.lab.render.nokia_sros.words import (
    LINE,
    NONE_FOUND,
    RULE,
    if_index,
    pair,
    port_mtu_bytes,
    shown,
    shown_at,
)
from netdoctor.lab.render.text import counted

MULTICAST_SHARE = 0.0004
QUEUE_OF_CLASS = {0: 1, 1: 2, 3: 4, 7: 8}
"""The forwarding classes be, l2, l1 and nc have these queues."""
SIZES = ("64", "65 to 127", "128 to 255", "256 to 511", "512 to 1023", "1024 to 1518", "1519 or more")
DROP_REASONS = (
    "IPv4 Header Error", "IPv4 Invalid Address", "IPv6 Header Error", "IPv6 Invalid Address",
    "IP Route Blackholed", "ACL Filter Discards", "Unicast RPF Check Failed", "BFD Spoof Check Failed",
    "Unicast MAC Destination Address Mismatch", "Multicast MAC With Unicast Dest IP",
    "Unknown MAC Destination Address Discarded in VPLS", "L2 Service MTU Exceeded", "Needs ICMP",
)  # fmt: skip


@answers("show port {interface} detail", "show port {interface} optical")
def detail(view: View, interface: str) -> str:
    port = view.device.ports.get(interface)
    return shown(_port(port, view) if port else [NONE_FOUND])


def speed_text(port: Port) -> str:
    gigabits = port.speed_bps // 1_000_000_000
    return f"{gigabits} Gbps"


def _port(port: Port, view: View) -> Iterator[str]:
    up = port.oper_up
    yield from ("", RULE, "Ethernet Interface", RULE)
    yield pair("Description", description(port))
    yield pair("Interface", port.name, "Oper Speed", speed_text(port) if up else "N/A")
    yield pair("Link-level", "Ethernet", "Config Speed", "N/A")
    yield pair("Admin State", _updown(port.admin_up), "Oper Duplex", "full" if up else "N/A")
    yield pair("Oper State", _updown(up), "Config Duplex", "N/A")
    yield pair("Physical Link", "Yes" if up else "No", "MTU", port_mtu_bytes(port))
    yield pair("Single Fiber Mode", "No", "Min Frame Length", "64 Bytes")
    yield pair("IfIndex", if_index(port), "Hold time up", "0 seconds")
    yield pair("Last State Change", shown_at(port.last_change_at, view), "Hold time down", "0 seconds")
    yield pair("Last Cleared Time", "N/A", "DDM Events", "Enabled")
    yield f"{pair('Phys State Chng Cnt', port.carrier_transitions_count):<48}"
    yield pair("RS-FEC Config Mode", "None", "RS-FEC Oper Mode", _fec(port))
    yield from _settings(port)
    yield ""
    yield pair("Configured Address", port.mac)
    yield pair("Hardware Address", port.mac)
    if port.kind == "ethernet":
        yield from _module(port, view)
    yield from _statistics(port, view)
    yield from _thresholds(port)
    yield from _drop_reasons(port)
    yield from _queues(port, view)


def _settings(port: Port) -> Iterator[str]:
    """What is configured, most of it as it comes."""
    rate = f"{port.shaper_bps // 1000}" if port.shaper_bps else "Default"
    looped = port.disabled_reason is not None
    off = "Disabled"
    yield ""
    yield pair("Configured Mode", "network", "Encap Type", "null")
    yield pair("Dot1Q Ethertype", "0x8100", "QinQ Ethertype", "0x8100")
    yield pair("PBB Ethertype", "0x88e7")
    yield pair("Ing. Pool % Rate", 100, "Egr. Pool % Rate", 100)
    yield pair("Net. Egr. Queue Pol", "default")
    yield pair("Egr. Sched. Pol", "n/a")
    yield pair("Monitor Port Sched", off)
    yield pair("Monitor Agg Q Stats", off)
    yield pair("Auto-negotiate", "N/A", "MDI/MDX", "unknown")
    yield pair("Oper Phy-tx-clock", "not-applicable")
    yield pair("Accounting Policy", "None", "Collect-stats", off)
    yield pair("Acct Plcy Eth Phys", "None", "Collect Eth Phys", off)
    yield pair("Egress Rate", rate, "Ingress Rate", "Default")
    yield pair("Load-balance-algo", "Default", "LACP Tunnel", off)
    yield pair("Access Bandwidth", "Not-Applicable", "Booking Factor", 100)
    yield pair("Access Available BW", 0)
    yield from (pair("Access Booked BW", 0), "")
    yield pair("Dampening State", off, "Current Penalties", 0)
    yield pair("Suppress Threshold", 2000, "Reuse Threshold", 1000)
    yield pair("Max Penalties", 16000, "Max Suppress Time", "20 seconds")
    yield from (pair("Half Life", "5 seconds"), "")
    yield pair("Down-when-looped", "Enabled" if looped else off, "Keep-alive", 10)
    yield pair("Loop Detected", str(looped), "Retry", 120)
    yield from (pair("Use Broadcast Addr", "False"), "")
    yield pair("Sync. Status Msg.", off, "Rx Quality Level", "N/A")
    yield pair("Tx DUS/DNU", off, "Tx Quality Level", "N/A")
    yield from (pair("SSM Code Type", "sdh"), "")
    yield from (pair("Down On Int. Error", off, "DOIE Tx Disable", off), "")
    yield pair("CRC Mon SD Thresh", off, "CRC Mon Window", "10 seconds")
    yield from (pair("CRC Mon SF Thresh", off), "")
    yield pair("EFM OAM", off, "EFM OAM Link Mon", off)
    yield pair("Ignr EFM OAM State", "False")


def _thresholds(port: Port) -> Iterator[str]:
    if port.kind == "ethernet":
        yield from ("", RULE, "Per Threshold MDA Discard Statistics", RULE)
        yield from (f"{'Packets':>39}{'Octets':>23}", LINE)
        yield from (f"{f'Threshold {number} Dropped :':<32}{0:<24}0" for number in range(16))
        yield RULE


def _updown(up: bool) -> str:
    return "up" if up else "down"


def _fec(port: Port) -> str:
    """Neither 10GBASE-LR nor 100GBASE-LR4 uses forward error correction (IEEE 802.3 clauses 52, 88)."""
    return port.fec_mode or "None"


def _both_ways(title: str, rows: Iterator[tuple[str, object, object]]) -> Iterator[str]:
    yield from ("", RULE, title, RULE, f"{'Input':>56}{'Output':>23}", LINE)
    yield from (f"{name:<33}{into:>23}{out:>23}" for name, into, out in rows)


def _statistics(port: Port, view: View) -> Iterator[str]:
    counts = counted(port, view)
    broken = counts["in_fcs_errors"] + counts["in_giants"]
    multicast = {way: int(counts[f"{way}_pkts"] * MULTICAST_SHARE) for way in ("in", "out")}
    used = [min(100.0, 100.0 * bps / port.speed_bps) for bps in (port.in_bps, port.out_bps)]
    yield from _both_ways(
        "Traffic Statistics",
        iter(
            [
                ("Octets", counts["in_octets"], counts["out_octets"]),
                ("Packets", counts["in_pkts"], counts["out_pkts"]),
                ("Errors", broken, 0),
                ("Utilization (300 seconds)", f"{used[0]:.2f}%", f"{used[1]:.2f}%"),
            ]
        ),
    )
    yield from ("", RULE, "Ethernet Statistics", RULE, "")
    yield _counters("Broadcast Pckts", 0, "Drop Events", 0)
    yield _counters("Multicast Pckts", sum(multicast.values()), "CRC/Align Errors", counts["in_fcs_errors"])
    yield _counters("Undersize Pckts", 0, "Fragments", 0)
    yield _counters("Oversize Pckts", counts["in_giants"], "Jabbers", 0)
    yield from (f"{'Collisions':<17}:{0:>20}", "")
    for size in SIZES:
        yield f"{f'Packets of {size} Octets':<31}:{0:>20}"
    yield RULE
    yield from _both_ways(
        "Port Statistics",
        iter(
            [
                (
                    "Unicast Packets",
                    counts["in_pkts"] - multicast["in"],
                    counts["out_pkts"] - multicast["out"],
                ),
                ("Multicast Packets", multicast["in"], multicast["out"]),
                ("Broadcast Packets", 0, 0),
                ("Discards", counts["in_discards"], counts["out_discards"]),
                ("Unknown Proto Discards", 0, ""),
            ]
        ),
    )
    yield from (RULE, "", RULE, "Ethernet-like Medium Statistics", RULE, "")
    yield _counters("Alignment Errors", 0, "Sngl Collisions", 0)
    yield _counters("FCS Errors", counts["in_fcs_errors"], "Mult Collisions", 0)
    yield _counters("SQE Test Errors", 0, "Late Collisions", 0)
    yield _counters("CSE", 0, "Excess Collisns", 0)
    yield _counters("Too long Frames", counts["in_giants"], "Int MAC Tx Errs", 0)
    yield _counters("Symbol Errors", 0, "Int MAC Rx Errs", 0)
    yield _counters("In Pause Frames", 0, "Out Pause Frames", 0)
    yield RULE


def _counters(name: str, value: int, other: str, more: int) -> str:
    return f"{name:<17}:{value:>20}  {other:<17}:{more:>20}"


def _drop_reasons(port: Port) -> Iterator[str]:
    if port.kind == "ethernet":
        yield from ("", RULE, "Ingress Port Forwarding Engine Drop Reason Statistics", RULE)
        yield from (f"{reason:<55}0" for reason in DROP_REASONS)
        yield RULE


def _queues(port: Port, view: View) -> Iterator[str]:
    if not port.queues:
        return
    yield from ("", RULE, "Queue Statistics", RULE, " " * 56, LINE)
    for number in range(1, 9):
        queue = next((q for q in port.queues if QUEUE_OF_CLASS[q.traffic_class] == number), None)
        yield f"Egress Queue  {number}              Packets                 Octets"
        yield from _profiles(_read(queue, view))
    yield RULE


def _read(queue: Queue | None, view: View) -> list[int]:
    names = ("sent_pkts", "sent_octets", "dropped_pkts", "dropped_octets")
    return [queue.meters[name].read(view.at) if queue else 0 for name in names]


def _profiles(counts: list[int]) -> Iterator[str]:
    """All is in profile: nothing here marks packets."""
    sent_pkts, sent_octets, dropped_pkts, dropped_octets = counts
    yield f"     In/Inplus Prof fwded  :    {sent_pkts:<24}{sent_octets}"
    yield f"     In/Inplus Prof dropped:    {dropped_pkts:<24}{dropped_octets}"
    yield f"     Out/Exc Prof fwded    :    {0:<24}{0}"
    yield f"     Out/Exc Prof dropped  :    {0:<24}{0}"


def _module(port: Port, view: View) -> Iterator[str]:
    yield from ("", "Transceiver Data", "")
    if optic := port.optic:
        yield from _transceiver(optic)
        yield from _diagnostics(port, optic, view)
    else:
        yield pair("Transceiver Status", "operational" if port.host else "not-equipped")
    yield from (RULE, "* indicates that the corresponding row element may have been truncated.")


def _transceiver(optic: Optic) -> Iterator[str]:
    kind = optic.type
    yield pair("Transceiver Status", "operational")
    yield pair("Transceiver Type", kind.form_factor)
    yield pair("Model Number", f"3HE{kind.wavelength_nm:.0f}AA  {optic.vendor}")
    yield pair("TX Laser Wavelength", f"{kind.wavelength_nm:.0f} nm", "Diag Capable", "yes")
    yield pair("Connector Code", "LC", "Vendor OUI", "00:00:5e")
    yield pair("Manufacture date", "2022/03/11", "Media", "Ethernet")
    yield pair("Serial Number", optic.serial)
    yield pair("Part Number", kind.part_number)
    yield pair("Optical Compliance", f"{kind.media_type}")
    yield pair("Link Length support", f"{kind.reach_km}km for SMF")


def _diagnostics(port: Port, optic: Optic, view: View) -> Iterator[str]:
    kind = optic.type
    yield from ("", RULE, "Transceiver Digital Diagnostic Monitoring (DDM), Internally Calibrated", RULE)
    yield from (f"{'':<29} Value High Alarm  High Warn   Low Warn  Low Alarm", LINE)
    yield _whole("Temperature (C)", optic.temperature_celsius, kind.temperature, "+.1f")
    yield _whole("Supply Voltage (V)", optic.supply_voltage_v, kind.voltage, ".2f")
    yield from (RULE, "", RULE)
    yield from ("Transceiver Lane Digital Diagnostic Monitoring (DDM), Internally Calibrated", RULE)
    yield f"{'High Alarm':>42}{'High Warn':>12}{'Low Warn':>12}{'Low Alarm':>12}"
    yield _limits("Lane Tx Bias Current (mA)", kind.bias, ".1f")
    yield _limits("Lane Tx Output Power (dBm)", kind.tx, ".2f")
    yield _limits("Lane Rx Optical Pwr (avg dBm)", kind.rx, ".2f")
    yield from ("", LINE, "Lane ID Temp(C)/Alm      Tx Bias(mA)/Alm  Tx Pwr(dBm)/Alm  Rx Pwr(dBm)/Alm", LINE)
    for lane in range(kind.lanes):
        bias = optic.bias_current_ma if port.lit else 0.0
        sent, received = output_power_dbm(optic, lane, port.lit), view.world.received_dbm(port, lane)
        yield (
            f"{lane + 1:>5}      -         {_flagged(bias, kind.bias, '.1f'):>15}"
            f"{_flagged(sent, kind.tx, '.2f'):>17}{_flagged(received, kind.rx, '.2f'):>17}"
        )
    yield RULE


def _whole(name: str, value: float, band: Band, form: str) -> str:
    limits = "".join(f"{one:{form}}".rjust(11) for one in _told(band))
    return f"{name:<25}" + f"{value:{form}}".rjust(10) + limits


def _limits(name: str, band: Band, form: str) -> str:
    return f"{name:<30}" + "".join(f"{one:{form}}".rjust(12) for one in _told(band))


def _told(band: Band) -> tuple[float, float, float, float]:
    return band.high_alarm, band.high_warning, band.low_warning, band.low_alarm


def _flagged(value: float, band: Band, form: str) -> str:
    """A value with what it is beyond: `-15.80/L-A`."""
    tests = (
        ("/H-A", value >= band.high_alarm),
        ("/L-A", value <= band.low_alarm),
        ("/H-WA", value >= band.high_warning),
        ("/L-WA", value <= band.low_warning),
    )
    return f"{value:{form}}" + next((flag for flag, holds in tests if holds), "")
