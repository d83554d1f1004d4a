"""Goldens of ntc-templates for Arista EOS: interfaces, neighbours, hardware."""

from __future__ import annotations

import re
from typing import Any

from netdoctor.model.facts import (
    CpuMemory,
    DeviceInfo,
    Interface,
    LagMember,
    LldpNeighbor,
    MacEntry,
    MlagDomain,
    Neighbor,
    OpticLane,
    Sensor,
    Transceiver,
)
from tests.corpus.corpus import Record
from tests.corpus.goldens import Expected, Golden, Place, SkipValue, Table

ROW = "parsed_sample.*"
UNUSED = "no check or fact needs it"
_LONG = {
    "Eth": "Ethernet",
    "Et": "Ethernet",
    "Ma": "Management",
    "Po": "Port-Channel",
    "Lo": "Loopback",
    "Vl": "Vlan",
    "Tu": "Tunnel",
}


def long(name: str) -> str:
    """`Et1` as `Ethernet1`, `PEt1` as `PeerEthernet1`; a full name as it is."""
    found = re.fullmatch(r"(P?)([A-Z][a-z]{1,2})(\d.*)", name)
    return f"{'Peer' if found[1] else ''}{_LONG[found[2]]}{found[3]}" if found else name


def why(reason: str, *keys: str) -> dict[str, str]:
    """One reason for several keys of a row."""
    return {f"{ROW}.{key}": reason for key in keys}


def colons(mac: str) -> str:
    digits = mac.replace(".", "").lower()
    return ":".join(digits[start : start + 2] for start in range(0, 12, 2))


def _arp_age_s(said: str) -> float:
    """Minutes, or `H:MM:SS`."""
    if said in {"N/A", "-"}:
        raise SkipValue
    if ":" in said:
        hours, minutes, seconds = map(int, said.split(":"))
        return hours * 3600 + minutes * 60 + seconds
    return int(said) * 60.0


def _description(word: str) -> str:
    if not word.strip():
        raise SkipValue
    return word.strip()


def _protocol_up(word: str) -> bool:
    if word == "unknown":
        raise SkipValue
    return word == "up"


def _mac_rows(record: Record) -> Any:
    for row in record.golden["parsed_sample"]:
        for port in row["destination_port"]:
            name = long(port[:1].upper() + port[1:])
            key = {"mac": colons(row["mac_address"]), "vlan": row["vlan_id"], "interface": name}
            fields = {"kind": row["type"].lower()}
            yield Expected(
                MacEntry, key, fields | ({"moves_count": int(row["moves"])} if row["moves"] else {})
            )


_STATES = {
    "P": "bundled",
    "D": "down",
    "s": "suspended",
    "I": "individual",
    "w": "suspended",
    "i": "suspended",
}


def _members(record: Record) -> Any:
    for row in record.golden["parsed_sample"]:
        for name, flags in zip(row["member_interface"], row["member_interface_status"], strict=True):
            key = {"lag": long(row["bundle_name"]), "interface": long(name)}
            yield Expected(LagMember, key, {"state": _STATES[flags[0]]})


_KINDS = {
    "Temperature": ("temperature", "celsius"),
    "Voltage": ("supply_voltage", "v"),
    "Current": ("bias_current", "ma"),
    "Tx Power": ("output_power", "dbm"),
    "Rx Power": ("input_power", "dbm"),
}
_LIMITS = {
    "high_alarm_threshold": "high_alarm",
    "high_warn_threshold": "high_warning",
    "low_alarm_threshold": "low_alarm",
    "low_warn_threshold": "low_warning",
}


def _thresholds(record: Record) -> Any:
    for row in record.golden["parsed_sample"]:
        name, unit = _KINDS[row["type"]]
        fields = {f"{name}_{unit}": float(row["current_value"])}
        fields |= {f"{name}_{ours}_{unit}": float(row[key]) for key, ours in _LIMITS.items()}
        yield Expected(OpticLane, {"interface": long(row["port"])}, fields)


def _reading(word: str) -> float:
    if word == "N/A":
        raise SkipValue
    return float(word)


def _percent(word: str) -> float:
    if word == "N/A":
        raise SkipValue
    return float(word.rstrip("%"))


def _sensor(place: Place) -> str:
    return f"{place.row['module'].replace(' ', '')}/TempSensor{place.row['sensor']}"


def _power(record: Record) -> Any:
    words = {"Ok": "ok", "Power Loss": "failed"}
    for row in record.golden["parsed_sample"]:
        key = {"name": f"PowerSupply{row['power_supply_location']}", "kind": "power"}
        fields = {"state": words[row["power_supply_status"]], "value": float(row["power_supply_watts_using"])}
        yield Expected(Sensor, key, fields)


def _inventory(record: Record) -> Any:
    """Modules have a manufacturer before their model, which the template leaves out."""
    for row in record.golden["parsed_sample"]:
        if not row["port"]:
            yield Expected(DeviceInfo, {}, {"model": row["pid"], "serial": row["sn"]})
        elif row["vid"]:
            fields = {"part_number": row["pid"], "serial": row["sn"]}
            yield Expected(Transceiver, {"interface": f"Ethernet{row['port']}"}, fields)


def _version(record: Record) -> Any:
    (row,) = record.golden["parsed_sample"]
    hours, minutes = (int(number) for number in re.findall(r"\d+", row["uptime"]))
    fields = {"model": row["model"], "os_version": row["image"], "serial": row["serial_number"] or None}
    yield Expected(DeviceInfo, {}, fields | {"uptime_s": hours * 3600 + minutes * 60})
    total, free = int(row["total_memory"]), int(row["free_memory"])
    yield Expected(
        CpuMemory, {}, {"memory_total_bytes": total * 1024, "memory_used_bytes": (total - free) * 1024}
    )


GOLDENS: dict[str, Golden] = {
    "show_ip_arp": Golden(
        tables=(
            Table(
                Neighbor,
                ROW,
                {"address": "ip_address"},
                {
                    "mac_address": ("mac", colons),
                    "interface": ("interface", lambda names: names.split(",")[0]),
                    "vrf": "vrf",
                    "age": ("age_s", _arp_age_s),
                },
            ),
        )
    ),
    "show_mac_address-table": Golden(
        also=_mac_rows,
        also_reads=tuple(
            f"{ROW}.{key}" for key in ("destination_port", "mac_address", "vlan_id", "type", "moves")
        ),
        reasons=why("how long ago an entry moved is not its age", "last_move"),
    ),
    "show_interfaces_description": Golden(
        tables=(
            Table(
                Interface,
                ROW,
                {"interface": ("port", long)},
                {
                    "description": ("description", _description),
                    "status": ("admin_up", lambda word: word != "admin down"),
                    "protocol": ("oper_up", _protocol_up),
                },
            ),
        )
    ),
    "show_lldp_neighbors": Golden(
        tables=(
            Table(
                LldpNeighbor,
                ROW,
                {"interface": ("local_interface", long)},
                {"neighbor_name": "neighbor_device", "neighbor_interface": "neighbor_interface"},
            ),
        )
    ),
    "show_lldp_neighbors_detail": Golden(
        tables=(
            Table(
                LldpNeighbor,
                ROW,
                {"interface": "local_interface", "neighbor_device": "neighbor_name"},
                {
                    "neighbor_interface": "neighbor_interface",
                    "neighbor_description": "neighbor_description",
                },
            ),
        ),
        reasons=why(UNUSED, "age", "chassis_id", "neighbor_count")
        | why("the template takes the chassis id for an address where there is none", "mgmt_address"),
    ),
    "show_port-channel_summary": Golden(
        also=_members,
        also_reads=tuple(
            f"{ROW}.{key}" for key in ("bundle_name", "member_interface", "member_interface_status")
        ),
        reasons=why("a port channel's own state is of its interface", "bundle_status")
        | why(UNUSED, "bundle_protocol", "bundle_protocol_state")
        | {"parsed_sample": "no rows: the template reads nothing of this one"},
    ),
    "show_mlag": Golden(
        tables=(
            Table(
                MlagDomain,
                ROW,
                {"domain": "domain"},
                {
                    "peer_addr": "peer_address",
                    "peer_link": "peer_link",
                    "state": ("peer_up", lambda word: word.lower() == "active"),
                },
            ),
        ),
        reasons=why(UNUSED, "interface"),
    ),
    "show_interfaces_transceiver": Golden(
        tables=(
            Table(
                OpticLane,
                ROW,
                {"interface": ("port", long)},
                {
                    "temp": ("temperature_celsius", _reading),
                    "voltage": ("supply_voltage_v", _reading),
                    "bias_current": ("bias_current_ma", _reading),
                    "tx_power": ("output_power_dbm", _reading),
                    "rx_power": ("input_power_dbm", _reading),
                },
            ),
        )
    ),
    "show_interfaces_transceiver_detail": Golden(also=_thresholds, also_reads=(ROW,)),
    "show_interfaces_transceiver_hardware": Golden(
        tables=(
            Table(
                Transceiver,
                ROW,
                {"interface": ("name", long)},
                {
                    "media_type": "media_type",
                    "detected_media_type": "media_type",
                    "module_presence": ("present", lambda word: not word.startswith("not")),
                    "wavelength": ("wavelength_nm", float),
                },
            ),
        ),
        reasons=why(UNUSED, "cable_type", "max_module_power", "max_slot_power"),
    ),
    "show_environment_cooling": Golden(
        tables=(
            Table(
                Sensor,
                ROW,
                {"name": lambda place: f"Fan{place.row['fan']}"},
                {
                    "status": ("state", lambda word: {"Ok": "ok", "Not Inserted": "absent"}[word]),
                    "actual_speed": ("value", _percent),
                    "sys_cooling_status": ("redundant", lambda word: word == "Ok"),
                },
            ),
            Table(
                Sensor,
                ROW,
                {"name": lambda place: "Ambient"},
                {"ambient_temp": ("value", lambda word: float(word.rstrip("C")))},
            ),
        ),
        reasons=why(UNUSED, "airflow", "config_speed") | why("part of the sensor's name", "fan"),
    ),
    "show_environment_power": Golden(
        also=_power,
        also_reads=tuple(f"{ROW}.power_supply_{key}" for key in ("location", "status", "watts_using")),
        reasons=why(
            UNUSED,
            *("power_supply_input", "power_supply_output", "power_supply_pid", "power_supply_uptime"),
            *("system_total_power_used_watts", "system_total_power_watts"),
        )
        | why("goes into what is redundant, which the golden does not say", "power_supply_watts"),
    ),
    "show_environment_temperature": Golden(
        tables=(
            Table(
                Sensor,
                ROW,
                {"name": _sensor},
                {"current_value": ("value", float), "alert_limit": ("high_alarm", float)},
            ),
        ),
        reasons=why("part of the sensor's name", "sensor", "module")
        | why(UNUSED, "description", "setpoint", "critical_limit"),
    ),
    "show_inventory": Golden(
        also=_inventory,
        also_reads=tuple(f"{ROW}.{key}" for key in ("pid", "port", "sn", "vid")),
        reasons=why(UNUSED, "descr"),
    ),
    "show_reload_cause": Golden(
        tables=(Table(DeviceInfo, ROW, {}, {"reload_cause": "last_reload_reason"}),),
        reasons=why(UNUSED, "recommended_action", "debug_info", "reload_time"),
    ),
    "show_version": Golden(
        also=_version,
        also_reads=tuple(
            f"{ROW}.{key}"
            for key in ("model", "image", "serial_number", "uptime", "total_memory", "free_memory")
        ),
        reasons=why(UNUSED, "hw_version", "sys_mac"),
    ),
}
