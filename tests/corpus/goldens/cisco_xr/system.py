"""The device, its cards, sensors, load, time, log and drop counters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from netdoctor.model.facts import (
    Clock,
    CpuMemory,
    DeviceInfo,
    DropCounter,
    LogEvent,
    NtpPeer,
    Sensor,
    Transceiver,
)
from tests.corpus.corpus import Record
from tests.corpus.goldens import Expected, Golden, Table
from tests.corpus.goldens.cisco_xr.words import NO_FACT, OWN_NAME, seconds, whole

_STATES = {"IOS XR RUN": "ok", "OK": "ok", "IN-RESET": "failed", "UNPOWERED": "failed", "DISABLED": "warning"}


def _cards(record: Record) -> Iterator[Expected]:
    for kind in record.golden["slot"].values():
        for slot, card in kind.items():
            key = {"name": card["full_slot"], "kind": "module"}
            yield Expected(Sensor, key, {"state": _STATES[card["state"]]})
            for number, inner in card.get("subslot", {}).items():
                key = {"name": f"{slot}/{number}", "kind": "module"}
                yield Expected(Sensor, key, {"state": _STATES[inner["state"]]})


def _inventory(record: Record) -> Iterator[Expected]:
    golden = record.golden
    rows = golden.get("module_name") or {row["name"]: row for row in golden["parsed_sample"]}
    for name, row in rows.items():
        plate = {"part_number": row["pid"], "serial": row["sn"]}
        if name.startswith("Rack"):
            yield Expected(DeviceInfo, {}, {"model": row["pid"], "serial": row["sn"]})
        elif " mau " in name:
            yield Expected(Transceiver, {"interface": f"Optics{name.split()[-1]}"}, plate)
        else:
            yield Expected(Sensor, {"name": name.removeprefix("module ")}, {"kind": "module"})


def _memory(record: Record) -> Iterator[Expected]:
    for name, row in record.golden["node"].items():
        node = re.sub("^node", "", name).replace("_", "/")
        total = row["physical_memory_mb"] * 2**20
        used = total - row["free_memory_mb"] * 2**20
        fields = {"memory_total_bytes": round(total), "memory_used_bytes": round(used)}
        yield Expected(CpuMemory, {"component": node}, fields)


def _logs(record: Record) -> Iterator[Expected]:
    """The message of each line, and what stands in its `%FACILITY-SEVERITY-MNEMONIC`."""
    severities = ("emergency", "alert", "critical", "error", "warning", "notice", "info", "debug")
    for line in record.golden["logs"]:
        found = re.search(r"\]: (?:%([A-Z]\S+)-(\d)-(\S+) : )?(.*)$", line)
        if not found:
            continue
        facility, severity, mnemonic, text = found.groups()
        if facility:
            wanted = {"facility": facility, "severity": severities[int(severity)], "mnemonic": mnemonic}
            whole_text = f"%{facility}-{severity}-{mnemonic} : {text.strip()}"
            yield Expected(LogEvent, {"text": whole_text}, wanted)
        elif not re.match(r"\S+-\d-\S+:", text):
            yield Expected(LogEvent, {"text": text.strip()}, {"mnemonic": None})


def _peers(record: Record) -> Iterator[Expected]:
    for address, told in record.golden["peer"].items():
        for row in told["local_mode"].values():
            reached = row["reach"] > 0
            fields = {
                "stratum": row["stratum"],
                "reachable": reached,
                "selected": row["mode"] == "synchronized",
            }
            if reached:
                fields["offset_ms"] = row["offset"]
            yield Expected(NtpPeer, {"address": address}, fields)


def _words(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")


def _named(record: Record, prefix: Any, skip: set[str]) -> Iterator[Expected]:
    """Counters whose key is the device's name with underscores: the text has the name."""
    names = {
        _words(one): one
        for one in map(
            str.strip, re.findall(r"^ *([A-Za-z][^\n:]*?)(?: packets)? *:? +\d+ *$", record.output, re.M)
        )
    }
    for row in record.golden["parsed_sample"]:
        for key, value in row.items():
            if key not in skip and value != "":
                yield Expected(
                    DropCounter, {"name": f"{prefix(row)} {names[key]}"}, {"dropped_pkts": int(value)}
                )


def _cef(record: Record) -> Iterator[Expected]:
    return _named(record, lambda row: row["location"], {"location"})


def _fabric(record: Record) -> Iterator[Expected]:
    def prefix(row: dict[str, str]) -> str:
        return f"{row['fia']} {row['category'].rpartition('-')[0]}"

    return _named(record, prefix, {"fia", "category"})


def _asic(record: Record) -> Iterator[Expected]:
    for row in record.golden["parsed_sample"]:
        for key, value in row.items():
            if key.endswith("_error_count"):
                word = key.removesuffix("_error_count")
                word = word.upper() if len(word) == 3 else word.capitalize()
                name = f"{row['asic']} {row['instance']} {word} error count"
                yield Expected(DropCounter, {"name": name}, {"dropped_pkts": int(value)})


def _np(record: Record) -> Iterator[Expected]:
    for row in record.golden["parsed_sample"]:
        for key, value in row.items():
            if value and key not in {"location", "np", "np_section"}:
                name = f"{row['location']} NP {row['np']} {key.upper()}"
                yield Expected(DropCounter, {"name": name}, {"dropped_pkts": int(value)})


def _policers(record: Record) -> Iterator[Expected]:
    for node, told in record.golden["lpts_policer_list"].items():
        for row in told["lpts_policer"]:
            name = f"{node} {row['flow_type']} npu {row['npu']}"
            counts = {"dropped_pkts": row["dropped"], "conformed_pkts": row["accepted"]}
            yield Expected(DropCounter, {"name": name}, counts)


def _rules(record: Record) -> Iterator[Expected]:
    """Which rules there are: the output has no counters."""
    for name, told in record.golden.items():
        for number, row in told["aces"].items():
            start = f"{name} {number} {row['actions']['forwarding']} "
            line = re.search(rf"access-list {name}\n(?: .*\n)*? {number} \w+ (.*)", record.output)
            if line:
                yield Expected(
                    DropCounter, {"kind": "acl", "name": start + line[1].strip()}, {"dropped_pkts": None}
                )


_FIA = Golden(also=_fabric, also_reads=("parsed_sample.*",))

GOLDENS = {
    "ShowVersion": Golden(
        tables=(
            Table(
                DeviceInfo,
                "",
                {},
                {
                    "software_version": ("os_version", lambda word: word.partition("[")[0]),
                    "uptime": ("uptime_s", seconds),
                },
            ),
        ),
        reasons=dict.fromkeys(
            (
                *("chassis_detail", "device_family", "image", "main_mem", "operating_system", "processor"),
                *("processor_memory_bytes", "config_register", "rp_config_register"),
            ),
            NO_FACT,
        ),
    ),
    "show_version_brief": Golden(
        tables=(
            Table(
                DeviceInfo,
                "parsed_sample.*",
                {},
                {
                    "version": "os_version",
                    "hostname": "hostname",
                    "model": "model",
                    "uptime": ("uptime_s", seconds),
                },
            ),
        ),
        reasons={"parsed_sample.*.boot_image": NO_FACT, "parsed_sample.*.family": NO_FACT},
    ),
    "ShowInventory": Golden(
        also=_inventory,
        also_reads=("module_name.*.pid", "module_name.*.sn"),
        reasons={"module_name.*.descr": NO_FACT, "module_name.*.vid": NO_FACT},
    ),
    "admin_show_inventory": Golden(
        also=_inventory,
        also_reads=("parsed_sample.*.name", "parsed_sample.*.pid", "parsed_sample.*.sn"),
        reasons={"parsed_sample.*.descr": NO_FACT, "parsed_sample.*.vid": NO_FACT},
    ),
    "ShowPlatform": Golden(
        also=_cards,
        also_reads=(*("slot.*.*.full_slot", "slot.*.*.state", "slot.*.*.subslot.*.state"),),
        reasons={"slot.*.*": "what kind of card it is, and its configured state: no fact has them"},
    ),
    "admin_show_platform": Golden(
        tables=(
            Table(Sensor, "parsed_sample.*", {"name": "node"}, {"state": ("state", _STATES.__getitem__)}),
        ),
        reasons={"parsed_sample.*.config_state": NO_FACT, "parsed_sample.*.type": NO_FACT},
    ),
    "admin_show_environment_power": Golden(
        tables=(
            Table(
                Sensor,
                "parsed_sample.*",
                {"name": "power_module", "kind": lambda place: "power"},
                {"status": ("state", {"OK": "ok", "Failed": "failed"}.__getitem__)},
            ),
        ),
        reasons={"parsed_sample.*.power_group": NO_FACT, "parsed_sample.*.supply_type": NO_FACT},
    ),
    "show_processes_cpu": Golden(
        tables=(Table(CpuMemory, "parsed_sample.*", {}, {"cpu_1_min": ("cpu_pct", float)}),),
        reasons={"parsed_sample.*.cpu_5_min": NO_FACT, "parsed_sample.*.cpu_15_min": NO_FACT},
    ),
    "ShowWatchdogMemoryState": Golden(
        also=_memory,
        also_reads=("node.*.physical_memory_mb", "node.*.free_memory_mb"),
        reasons={"node.*.state": NO_FACT},
    ),
    "ShowLogging": Golden(
        also=_logs,
        also_reads=("logs",),
        reasons=dict.fromkeys(("log_buffer_bytes", "logging", "syslog_logging"), "how logging is set up"),
    ),
    "ShowNtpAssociations": Golden(
        also=_peers,
        also_reads=tuple(f"peer.*.local_mode.*.{key}" for key in ("stratum", "reach", "mode", "offset")),
        reasons={
            "clock_state": "the selected server again",
            "vrf": "that servers are configured, which all are",
            "peer.*.local_mode.*": "delay, jitter, polling and references: no fact has them",
        },
    ),
    "ShowNtpStatus": Golden(
        tables=(
            Table(
                Clock,
                "clock_state.system_status",
                {},
                {"status": ("synchronised", lambda word: word == "synchronized")},
            ),
        ),
        reasons={"clock_state.system_status": "of the clock's loop: no fact has it"},
    ),
    "show_asic-errors_all_location": Golden(
        also=_asic,
        also_reads=tuple(
            f"parsed_sample.*.{key}"
            for key in (
                *("asic", "instance", "crc_error_count", "generic_error_count", "mbe_error_count"),
                *("parity_error_count", "reset_error_count", "sbe_error_count"),
            )
        ),
        reasons={"parsed_sample.*.number_of_nodes": NO_FACT},
    ),
    "show_cef_drops_location": Golden(also=_cef, also_reads=("parsed_sample.*",)),
    "show_controllers_fabric_fia_drops_egress_location": _FIA,
    "show_controllers_fabric_fia_drops_ingress_location": _FIA,
    "show_controllers_fabric_fia_errors_egress_location": _FIA,
    "show_drops_np_all": Golden(also=_np, also_reads=("parsed_sample.*",)),
    "ShowLptsPfibHardwarePolice": Golden(
        also=_policers,
        also_reads=tuple(
            f"lpts_policer_list.*.lpts_policer.*.{key}" for key in ("flow_type", "npu", "dropped", "accepted")
        ),
        reasons={
            f"lpts_policer_list.*.lpts_policer.*.{key}": NO_FACT
            for key in ("burst", "current_rate", "policer", "type")
        },
    ),
    "show_lpts_pifib_hardware_police_location": Golden(
        tables=(
            Table(
                DropCounter,
                "parsed_sample.*",
                {"name": lambda place: f"{place.row['location']} {place.row['flowtype']}"},
                {"dropped": ("dropped_pkts", whole), "accepted": ("conformed_pkts", whole)},
            ),
        ),
        reasons={
            **{
                f"parsed_sample.*.{key}": NO_FACT
                for key in ("cur_rate", "def_rate", "policer", "tos_value", "type")
            },
            "parsed_sample.*.location": "in the counter's name",
            "parsed_sample.*.flowtype": "in the counter's name",
        },
    ),
    "ShowAclAfiAll": Golden(
        also=_rules,
        also_reads=("*.aces.*.actions.forwarding",),
        reasons={
            "*.name": OWN_NAME,
            "*.type": NO_FACT,
            "*.aces.*": "the rule taken apart: the counter is named by the rule as it stands",
        },
    ),
}

UNREAD = {
    "cpu_memory/001": "threads of one process that is no routing protocol: no fact has them",
    "cpu_memory/003": "allocations inside one process: no fact has them",
}
