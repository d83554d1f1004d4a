"""Goldens of jc for Linux."""

from __future__ import annotations

from collections.abc import Iterator

from netdoctor.model.facts import (
    Clock,
    CpuMemory,
    DeviceInfo,
    DropCounter,
    Interface,
    Neighbor,
    NtpPeer,
    OpticLane,
    Transceiver,
)
from tests.corpus.corpus import Record
from tests.corpus.goldens import Expected, Golden, Table

NO_FACT = "no check or fact needs it"
OWN = "a name or number of the parser's own"
_LEVELS = ("low_alarm", "low_warning", "high_warning", "high_alarm")


def _ntpq(record: Record) -> Iterator[Expected]:
    """jc writes the blank in `192.0.2.1 (t…` as an underscore. A pool is a name, which nothing reaches."""
    for told in record.golden:
        fields = {
            "stratum": told["st"],
            "offset_ms": told["offset"],
            "selected": told["state"] in {"*", "o"},
            "reachable": None if told["refid"] == ".POOL." else told["reach"] != 0,
        }
        yield Expected(NtpPeer, {"address": told["remote"].partition("_(")[0]}, fields)


_NTPQ = Golden(
    also=_ntpq,
    also_reads=("*.remote", "*.st", "*.offset", "*.state", "*.reach", "*.refid"),
    reasons={f"*.{name}": NO_FACT for name in ("t", "when", "poll", "delay", "jitter")},
)

_THEIRS = {
    "input_power": ("laser_rx_power", "dbm"),
    "output_power": ("laser_output_power", "dbm"),
    "bias_current": ("laser_bias_current", "ma"),
    "temperature": ("module_temperature", "celsius"),
    "supply_voltage": ("module_voltage", "v"),
}
_LIMITS = {
    f"{theirs}_{level}_threshold_{unit}": f"{ours}_{level}_{unit}"
    for ours, (theirs, unit) in _THEIRS.items()
    for level in _LEVELS
}
_MODULE = Golden(
    tables=(
        Table(
            OpticLane,
            "",
            {"interface": lambda place: "eth0"},
            {
                "receiver_signal_average_optical_power_dbm": "input_power_dbm",
                "laser_output_power_dbm": "output_power_dbm",
                "laser_bias_current_ma": "bias_current_ma",
                "module_temperature_celsius": "temperature_celsius",
                "module_voltage_v": "supply_voltage_v",
                **_LIMITS,
            },
        ),
        Table(
            Transceiver,
            "",
            {"interface": lambda place: "eth0"},
            {
                "vendor_name": "vendor",
                "vendor_pn": "part_number",
                "vendor_sn": "serial",
                "laser_wavelength": ("wavelength_nm", lambda said: float(said.removesuffix("nm"))),
                "identifier": ("form_factor", lambda said: said.partition("(")[2].rstrip(")")),
            },
        ),
    ),
)


def _netstat(record: Record) -> Iterator[Expected]:
    """The few of these counters that speak of dropped packets."""
    told = next(part for part in record.golden if part["type"] == "TcpExt")
    for name in _DROPS:
        yield Expected(DropCounter, {"name": f"TcpExt{name}"}, {"dropped_pkts": told[name]})


_DROPS = (
    "TCPMD5NotFound",
    "TCPMD5Unexpected",
    "TCPMD5Failure",
    "TCPMinTTLDrop",
    "IPReversePathFilter",
)


def _top(record: Record) -> Iterator[Expected]:
    """The last of several rounds counts: the first one is of the time since boot."""
    told = record.golden[-1]
    fields = {
        "cpu_pct": round(100.0 - told["cpu_idle"], 1),
        "memory_total_bytes": int(told["mem_total"] * 1024),
        "memory_used_bytes": int(told["mem_used"] * 1024),
    }
    yield Expected(CpuMemory, {}, fields)


def _mpstat(record: Record) -> Iterator[Expected]:
    told = next(row for row in record.golden if row.get("cpu") == "all" and row["type"] == "cpu")
    yield Expected(CpuMemory, {}, {"cpu_pct": round(100.0 - told["percent_idle"], 2)})


def _iptables(record: Record) -> Iterator[Expected]:
    """The rules that drop or reject, by their place in the chain."""
    for chain in record.golden:
        for place, rule in enumerate(chain["rules"], 1):
            if rule["target"] in {"DROP", "REJECT"}:
                name = f"filter {chain['chain']} {place}"
                fields = {
                    "dropped_pkts": rule["pkts"],
                    "interface": None if rule["in"] == "*" else rule["in"],
                    "peer": None if rule["source"] == "0.0.0.0/0" else rule["source"],
                }
                yield Expected(DropCounter, {"kind": "acl", "name": name}, fields)


GOLDENS: dict[str, Golden] = {
    "arp": Golden(
        tables=(Table(Neighbor, "*", {"address": "address"}, {"hwaddress": "mac", "iface": "interface"}),),
        reasons={"*.hwtype": NO_FACT, "*.flags_mask": "`C`: the entry is complete, which its address says"},
    ),
    "ethtool--module-info-convert-units": Golden(
        tables=_MODULE.tables,
        reasons={"*": "the module's other registers, units and warnings: no fact needs them"},
    ),
    "iptables-filter-nv": Golden(
        also=_iptables,
        also_reads=("*.chain", "*.rules.*.pkts", "*.rules.*.target", "*.rules.*.in", "*.rules.*.source"),
        reasons={
            "*.default_policy": "a chain that drops by its policy is told; here they accept",
            "*.default_packets": "packets that the policy accepted",
            "*.default_bytes": NO_FACT,
            "*.rules": "a chain without rules, or another column of a rule: no fact needs it",
        },
    ),
    "mpstat-A": Golden(
        also=_mpstat,
        also_reads=("*.percent_idle", "*.cpu", "*.type"),
        reasons={"*": "shares of single processors, interrupts and times: no fact needs them"},
    ),
    "net_dev": Golden(
        tables=(
            Table(
                Interface,
                "*",
                {"interface": "interface"},
                {
                    "r_bytes": "in_octets_bytes",
                    "r_packets": "in_pkts",
                    "r_errs": "in_errors_count",
                    "r_drop": "in_discards_count",
                    "t_bytes": "out_octets_bytes",
                    "t_packets": "out_pkts",
                    "t_errs": "out_errors_count",
                    "t_drop": "out_discards_count",
                },
            ),
        ),
        reasons={
            f"*.{name}": NO_FACT
            for name in (
                "r_fifo",
                "r_frame",
                "r_compressed",
                "r_multicast",
                "t_fifo",
                "t_colls",
                "t_carrier",
                "t_compressed",
            )
        },
    ),
    "net_netstat": Golden(
        also=_netstat,
        also_reads=tuple(f"*.{name}" for name in _DROPS),
        reasons={"*": "other counters of TCP and IP: no packet was dropped by a rule of theirs"},
    ),
    "ntpq-p": _NTPQ,
    "ntpq-p2": _NTPQ,
    "os-release-ubuntu": Golden(
        tables=(Table(DeviceInfo, "", {}, {"PRETTY_NAME": "os_version"}),),
        reasons={"*": "parts of the name, and web addresses"},
    ),
    "timedatectl-rtc-local": Golden(
        tables=(Table(Clock, "", {}, {"system_clock_synchronized": "synchronised"}),),
        reasons={
            "epoch_utc": "reckoned by the parser from the universal time",
            "*": "times to the second, a zone, the state of a service: no fact needs them",
        },
    ),
    "top-b-n3": Golden(
        also=_top,
        also_reads=("*.cpu_idle", "*.mem_total", "*.mem_used"),
        reasons={"*": "single processes, tasks and shares: no fact needs them"},
    ),
    "uname-a": Golden(
        tables=(Table(DeviceInfo, "", {}, {"node_name": "hostname"}),),
        also=lambda record: iter(
            [
                Expected(
                    DeviceInfo,
                    {},
                    {"os_version": f"{record.golden['kernel_name']} {record.golden['kernel_release']}"},
                )
            ]
        ),
        also_reads=("kernel_name", "kernel_release"),
        reasons={"*": "the build and the processor's name: no fact needs them"},
    ),
    "uptime": Golden(
        tables=(Table(DeviceInfo, "", {}, {"uptime_total_seconds": "uptime_s"}),),
        reasons={"*": "the time of day, users and loads; the parts of the uptime"},
    ),
}

UNMAPPED = {
    "logging/001": "lines of many hosts, hand-written for a parser's corner cases; dates without a year",
}

UNREAD = {
    "version_inventory/004": "the driver's name and firmware (`ethtool -i`): no fact needs them",
}
