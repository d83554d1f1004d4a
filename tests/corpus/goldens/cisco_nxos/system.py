"""Goldens of the device itself: version, parts, environment, load, NTP, log."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from netdoctor.model.facts import CpuMemory, DeviceInfo, LogEvent, NtpPeer, Sensor
from tests.corpus.corpus import Record
from tests.corpus.goldens import Expected, Golden, Place, SkipValue, Table
from tests.corpus.goldens.cisco_nxos.words import ELSEWHERE, NO_FACT, OWN_NAME, real

_KIB = 1024


def _napalm_facts(record: Record) -> Iterator[Expected]:
    """One golden joins four answers; of the inventory it has the chassis's serial number."""
    yield Expected(
        DeviceInfo, {}, {"serial": record.golden["serial_number"], "vendor": record.golden["vendor"]}
    )


def _chassis(place: Place) -> bool:
    return place.row["name"] != "Chassis"


def _model(value: str) -> str:
    return value.removesuffix(" Chassis")


def _supervisor(record: Record) -> Iterator[Expected]:
    for slot in record.golden["slot"]["rp"].values():
        for row in slot.values():
            if row["status"] == "active":
                fields = {
                    "model": row["model"],
                    "os_version": row["software"],
                    "serial": row["serial_number"],
                }
                yield Expected(DeviceInfo, {}, fields)


def _inactive(place: Place) -> bool:
    return not (place.row["status"].startswith("active") and "Supervisor" in place.row["type"])


def _uptime(value: str) -> float:
    found = [int(number) for number in re.findall(r"(\d+) \w+\(s\)", value)]
    return float(sum(number * scale for number, scale in zip(found, (86_400, 3600, 60, 1), strict=True)))


def _platform(value: str) -> str:
    return f"Nexus9000 {value}"


def _napalm_environment(record: Record) -> Iterator[Expected]:
    """One golden joins three answers. `is_alert` is true of `ok` in small letters, and of fans likewise."""
    golden = record.golden
    if "processes cpu" in record.command:
        yield Expected(CpuMemory, {}, {"cpu_pct": golden["cpu"]["0"]["%usage"]})
    elif "memory shared" in record.command:
        used, free = golden["memory"]["used_ram"], golden["memory"]["available_ram"]
        fields = {"memory_used_bytes": _bytes(used), "memory_total_bytes": _bytes(used + free)}
        yield Expected(CpuMemory, {}, fields)
    else:
        yield from _napalm_sensors(golden)


def _bytes(amount: int) -> int:
    """napalm writes the megabytes that NX-OS tells as thousands."""
    return amount // 1000 * 1024 * 1024


def _napalm_sensors(golden: Any) -> Iterator[Expected]:
    for name in golden["fans"]:
        yield Expected(Sensor, {"name": name, "kind": "fan"}, {"name": name})
    for name, row in golden["power"].items():
        fields: dict[str, Any] = {"value": row["output"], "state": "ok" if row["status"] else "failed"}
        if row["capacity"]:
            yield Expected(Sensor, {"name": f"PS {name}", "kind": "power"}, fields)
    seen: dict[str, int] = {}
    for name, row in golden["temperature"].items():
        module, _, sensor = name.partition(" ")
        plain = f"{module.partition('-')[0]} {' '.join(sensor.split())}"
        seen[plain] = seen.get(plain, 0) + 1
        ours = plain if seen[plain] == 1 else f"{plain} #{seen[plain]}"
        yield Expected(Sensor, {"name": ours, "kind": "temperature"}, {"value": row["temperature"]})


_STATES = {"Ok": "ok", "ok": "ok", "Absent": "absent", "Shutdown": "failed"}
_FAN = {"status": ("state", _STATES.__getitem__)}
_SUPPLY = {
    "status": ("state", _STATES.__getitem__),
    "actual_output_watts": ("value", real),
    "actual_output": ("value", lambda value: real(str(value).split()[0])),
}
_PS = {"name": lambda place: f"PS {place.names[0]}"}


def _no_fan(place: Place) -> bool:
    return not isinstance(place.row, dict) or "status" not in place.row


def _temperatures(record: Record) -> Iterator[Expected]:
    for module, sensors in record.golden.get("temperature", {}).items():
        for name, row in sensors.items():
            fields = {
                "value": float(row["current_temp_celsius"]),
                "high_alarm": float(row["major_threshold_celsius"]),
                "state": _STATES[row["status"]],
            }
            yield Expected(Sensor, {"name": f"{module} {name}", "kind": "temperature"}, fields)


def _sensor(place: Place) -> str:
    return f"{place.row['module']} {' '.join(place.row['sensor'].split())}"


def _processes(record: Record) -> Iterator[Expected]:
    for row in record.golden["pid"].values():
        name = row["command"].split()[0].rpartition("/")[2]
        fields = {"memory_used_bytes": row["rss"] * _KIB}
        yield Expected(CpuMemory, {"component": f"process {name}", **fields}, fields)


def _meminfo(record: Record) -> Iterator[Expected]:
    told = record.golden["mem"]
    fields = {
        "memory_total_bytes": told["memtotal_kb"] * _KIB,
        "memory_used_bytes": (told["memtotal_kb"] - told["memavailable_kb"]) * _KIB,
    }
    yield Expected(CpuMemory, {}, fields)


def _logs(record: Record) -> Iterator[Expected]:
    for line in record.golden["logs"]:
        text = line[line.index("%") :]
        yield Expected(LogEvent, {"text": text}, {"facility": text[1:].partition("-")[0]})


def _peers(record: Record) -> Iterator[Expected]:
    for address in record.golden:
        yield Expected(NtpPeer, {"address": address}, {"address": address})


def _ntp_stats(record: Record) -> Iterator[Expected]:
    for row in record.golden:
        fields = {
            "stratum": row["stratum"],
            "synchronised": row["synchronized"],
            "reachable": row["reachability"] != 0,
        }
        yield Expected(NtpPeer, {"address": row["remote"]}, fields)


def _percent_busy(value: float) -> float:
    return round(100.0 - value, 2)


def _none(value: str) -> str:
    if value == "Unknown":
        raise SkipValue
    return value


GOLDENS = {
    "get_facts": Golden(
        also=_napalm_facts,
        also_reads=("serial_number", "vendor"),
        reasons={
            **dict.fromkeys(
                ("uptime", "hostname", "fqdn", "os_version", "model", "interface_list"), ELSEWHERE
            )
        },
    ),
    "show_inventory": Golden(
        tables=(
            Table(
                DeviceInfo,
                "parsed_sample.*",
                {},
                {"descr": ("model", _model), "sn": "serial"},
                unless=_chassis,
            ),
        ),
        reasons={"parsed_sample.*": "parts of the chassis are no facts"},
    ),
    "ShowModule": Golden(
        also=_supervisor,
        also_reads=tuple(f"slot.rp.*.*.{key}" for key in ("model", "software", "serial_number", "status")),
        reasons={"slot": "line cards are no facts"},
    ),
    "show_module": Golden(
        tables=(Table(DeviceInfo, "parsed_sample.*", {}, {"model": "model"}, unless=_inactive),),
        reasons={"parsed_sample.*": "line cards are no facts"},
    ),
    "show_version": Golden(
        tables=(
            Table(
                DeviceInfo,
                "parsed_sample.*",
                {},
                {
                    "hostname": "hostname",
                    "last_reboot_reason": ("last_reload_reason", _none),
                    "os": ("os_version", lambda value: value.split()[0]),
                    "platform": ("model", _platform),
                    "serial": "serial",
                    "uptime": ("uptime_s", _uptime),
                },
            ),
        ),
        reasons={"parsed_sample.*.bios": NO_FACT, "parsed_sample.*.boot_image": NO_FACT},
    ),
    "get_environment": Golden(
        also=_napalm_environment,
        also_reads=(
            "cpu.*.%usage",
            "memory.used_ram",
            "memory.available_ram",
            "fans",
            "power.*.output",
            "power.*.status",
            "temperature.*.temperature",
        ),
        reasons={
            "power.*.capacity": "a table of napalm's own by the model's name",
            "temperature.*.is_alert": "true of `ok` in small letters, too",
            "temperature.*.is_critical": "true of `ok` in small letters, too",
        },
    ),
    "ShowEnvironment": Golden(
        tables=(
            Table(Sensor, "fans.*", {"name": "*0", "kind": lambda _: "fan"}, _FAN, unless=_no_fan),
            Table(Sensor, "power.power_supply.*", _PS, _SUPPLY),
        ),
        also=_temperatures,
        also_reads=tuple(
            f"temperature.*.*.{key}" for key in ("current_temp_celsius", "major_threshold_celsius", "status")
        ),
        reasons={"fans": NO_FACT, "power": NO_FACT, "temperature": NO_FACT, "fan_zone_speed": NO_FACT},
    ),
    "ShowEnvironmentPowerDetail": Golden(
        tables=(Table(Sensor, "power.power_supply.*", _PS, _SUPPLY),),
        reasons={"power": NO_FACT},
    ),
    "show_environment_temperature": Golden(
        tables=(
            Table(
                Sensor,
                "parsed_sample.*",
                {"name": _sensor},
                {
                    "current_value": ("value", real),
                    "major_threshold": ("high_alarm", real),
                    "status": ("state", _STATES.__getitem__),
                },
            ),
        ),
        reasons={
            "parsed_sample.*.minor_threshold": "the higher of two is the alarm",
            "parsed_sample.*.module": OWN_NAME,
            "parsed_sample.*.sensor": OWN_NAME,
        },
    ),
    "show_processes_cpu": Golden(
        tables=(Table(CpuMemory, "parsed_sample.*", {}, {"cpu_5_sec": ("cpu_pct", real)}),),
        reasons={"parsed_sample.*": NO_FACT},
    ),
    "ShowSystemInternalProcessesMemory": Golden(
        also=_processes, also_reads=("pid.*.command", "pid.*.rss"), reasons={"pid.*": NO_FACT}
    ),
    "ShowSystemInternalKernelMeminfo": Golden(
        also=_meminfo,
        also_reads=("mem.memtotal_kb", "mem.memavailable_kb"),
        reasons={
            "mem.memfree_kb": "what is available is kept",
            **dict.fromkeys(
                [
                    "buffers_kb",
                    "cached_kb",
                    "swap",
                    "active",
                    "unevictable_kb",
                    "mlocked_kb",
                    "dirty_kb",
                    "writeback_kb",
                    "anonpages_kb",
                    "mapped_kb",
                    "shmem_kb",
                    "slab_kb",
                    "sreclaimable_kb",
                    "sunreclaim_kb",
                    "kernelstack_kb",
                    "pagetables_kb",
                    "nfs_unstable_kb",
                    "bounce_kb",
                    "writebacktmp_kb",
                    "commitlimit_kb",
                    "committed_as_kb",
                    "vmalloc",
                    "hardwarecorrupted_kb",
                    "hugepages",
                    "directmap4k_kb",
                    "directmap2m_kb",
                ],
                NO_FACT,
            ),
        },
    ),
    "ShowSystemResources": Golden(
        tables=(
            Table(CpuMemory, "cpu_state", {}, {"cpu_state_idle": ("cpu_pct", _percent_busy)}),
            Table(
                CpuMemory,
                "memory_usage",
                {},
                {
                    "memory_usage_total_kb": ("memory_total_bytes", lambda value: value * _KIB),
                    "memory_usage_used_kb": ("memory_used_bytes", lambda value: value * _KIB),
                },
            ),
        ),
        reasons={
            "cpu_state": "follows from what is idle",
            "memory_usage.memory_usage_free_kb": "follows from the total",
            "load_avg": "kept by core",
            "processes": NO_FACT,
            "kernel": NO_FACT,
            "current_memory_status": NO_FACT,
        },
    ),
    "RunBashTop": Golden(reasons={"": "the golden is empty"}),
    "ShowLoggingLogfile": Golden(also=_logs, also_reads=("logs",)),
    "get_ntp_peers": Golden(also=_peers, also_reads=("*",)),
    "get_ntp_servers": Golden(also=_peers, also_reads=("*",)),
    "get_ntp_stats": Golden(
        also=_ntp_stats,
        also_reads=("*.remote", "*.stratum", "*.synchronized", "*.reachability"),
        reasons={
            **{
                f"*.{key}": "napalm fills it with zero or nothing"
                for key in ("jitter", "offset", "when", "type")
            },
            "*.referenceid": OWN_NAME,
            "*.delay": NO_FACT,
            "*.hostpoll": NO_FACT,
        },
    ),
    "ShowNtpPeerStatus": Golden(
        tables=(
            Table(
                NtpPeer,
                "vrf.*.peer.*",
                {"address": "remote"},
                {
                    "stratum": "stratum",
                    "reach": ("reachable", bool),
                    "mode": ("selected", lambda value: value == "synchronized"),
                },
            ),
        ),
        reasons={
            "vrf.*.peer.*": NO_FACT,
            "clock_state": "said again of the peer",
            "total_peers": "follows from the peers",
        },
    ),
}

UNREAD = {
    "cpu_memory/001": "which processes there are, without what they use: no fact, and no check needs it"
}
