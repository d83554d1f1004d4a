"""Goldens of jc for Linux."""

from __future__ import annotations

from collections.abc import Iterator

from netdoctor.model.facts import Clock, CpuMemory, DeviceInfo, DropCounter, NtpPeer, OpticLane, Transceiver
from tests.corpus.corpus import Record
from tests.corpus.goldens import Expected, Golden


def _jc_ntpq(record: Record) -> Iterator[Expected]:
    """jc writes the blank in `192.0.2.1 (t…` as an underscore.

    A row whose reference is `.POOL.` is a name that servers are looked up by, and no server itself.
    """
    for told in (row for row in record.golden if row["refid"] != ".POOL."):
        yield Expected(
            NtpPeer,
            {"address": told["remote"].partition("_(")[0]},
            {
                "stratum": told["st"],
                "offset_ms": told["offset"],
                "selected": told["state"] in {"*", "o"},
                "reachable": told["reach"] != 0,
            },
        )


def _jc_module(record: Record) -> Iterator[Expected]:
    told = record.golden
    lane = {
        "input_power_dbm": told["receiver_signal_average_optical_power_dbm"],
        "output_power_dbm": told["laser_output_power_dbm"],
        "bias_current_ma": told["laser_bias_current_ma"],
        "temperature_celsius": told["module_temperature_celsius"],
        "supply_voltage_v": told["module_voltage_v"],
    }
    limits = {
        f"{ours}_{side}_{unit}": told[f"{theirs}_{side}_threshold_{unit}"]
        for ours, theirs, unit in (
            ("input_power", "laser_rx_power", "dbm"),
            ("output_power", "laser_output_power", "dbm"),
            ("bias_current", "laser_bias_current", "ma"),
            ("temperature", "module_temperature", "celsius"),
            ("supply_voltage", "module_voltage", "v"),
        )
        for side in ("low_alarm", "low_warning", "high_warning", "high_alarm")
    }
    yield Expected(OpticLane, {"interface": "eth0", "lane": 1}, lane | limits)
    module = {"vendor": told["vendor_name"], "part_number": told["vendor_pn"], "serial": told["vendor_sn"]}
    yield Expected(Transceiver, {"interface": "eth0"}, module)


def _jc_uname(record: Record) -> Iterator[Expected]:
    version = f"{record.golden['kernel_name']} {record.golden['kernel_release']}"
    yield Expected(DeviceInfo, {}, {"hostname": record.golden["node_name"], "os_version": version})


def _jc_os_release(record: Record) -> Iterator[Expected]:
    yield Expected(DeviceInfo, {}, {"os_version": record.golden["PRETTY_NAME"]})


def _jc_timedatectl(record: Record) -> Iterator[Expected]:
    yield Expected(Clock, {}, {"synchronised": record.golden["system_clock_synchronized"]})


def _jc_top(record: Record) -> Iterator[Expected]:
    """The last of several rounds counts: the first one is of the time since boot."""
    told = record.golden[-1]
    fields = {
        "cpu_pct": 100.0 - told["cpu_idle"],
        "memory_total_bytes": told["mem_total"] * 1024,
    }
    yield Expected(CpuMemory, {}, fields)


def _jc_netstat(record: Record) -> Iterator[Expected]:
    """The few of these counters that speak of dropped packets."""
    told = next(part for part in record.golden if part["type"] == "TcpExt")
    for name in (
        "TCPMD5NotFound",
        "TCPMD5Unexpected",
        "TCPMD5Failure",
        "TCPMinTTLDrop",
        "IPReversePathFilter",
    ):
        yield Expected(DropCounter, {"name": f"TcpExt{name}"}, {"dropped_pkts": told[name]})


GOLDENS: dict[str, Golden] = {
    "ethtool--module-info-convert-units": Golden(also=_jc_module),
    "net_netstat": Golden(also=_jc_netstat),
    "ntpq-p": Golden(also=_jc_ntpq),
    "ntpq-p2": Golden(also=_jc_ntpq),
    "os-release-ubuntu": Golden(also=_jc_os_release),
    "timedatectl-rtc-local": Golden(also=_jc_timedatectl),
    "top-b-n3": Golden(also=_jc_top),
    "uname-a": Golden(also=_jc_uname),
}

UNMAPPED = {
    "logging/001": "lines of many hosts, hand-written for a parser's corner cases; dates without a year",
}
