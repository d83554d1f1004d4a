"""Optics, ports of the hardware and queues."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from netdoctor.model.facts import Interface, OpticLane, QueueCounters, Transceiver
from tests.corpus.corpus import Record
from tests.corpus.goldens import Expected, Golden, Table
from tests.corpus.goldens.cisco_xr.words import (
    NO_FACT,
    OWN_NAME,
    interface,
    number,
)

_LANE_FIELDS = {
    "LBC Threshold(mA)": ("bias_current", "ma"),
    "Rx Power Threshold(dBm)": ("input_power", "dbm"),
    "Tx Power Threshold(dBm)": ("output_power", "dbm"),
    "Temp. Threshold(celsius)": ("temperature", "celsius"),
    "Voltage Threshold(volt)": ("supply_voltage", "v"),
}


def _optics(record: Record) -> Iterator[Expected]:
    """Zeros in all of a module's thresholds and values are those of one without diagnostics."""
    for port, told in record.golden.items():
        name = f"Optics{port.removeprefix('Optics')}"
        up, admin = told["controller_state"] == "Up", "In Service" in told["transport_admin_state"]
        yield Expected(Interface, {"interface": name}, {"oper_up": up, "admin_up": admin})
        plate, status = told.get("transceiver_vendor_details", {}), told["optics_status"]
        yield from _plate(name, plate)
        limits = {
            f"{_LANE_FIELDS[what][0]}_{level}_{_LANE_FIELDS[what][1]}": float(row[level])
            for what, row in status.get("threshold_values", {}).items()
            if what in _LANE_FIELDS and any(float(row[one]) for one in row if one != "parameter")
            for level in ("high_alarm", "low_alarm", "high_warning", "low_warning")
        }
        for lane, row in status.get("lane", {}).items():
            fields = dict(limits)
            if limits:
                fields |= {
                    "bias_current_ma": number(row["laser_bias"]),
                    "input_power_dbm": number(row["rx_power"]),
                    "output_power_dbm": number(row["tx_power"]),
                    "temperature_celsius": number(status["temperature"]),
                    "supply_voltage_v": number(status["voltage"]),
                }
            yield Expected(
                OpticLane, {"interface": name, "lane": int(lane)}, fields or {"dom_supported": False}
            )


def _plate(name: str, plate: dict[str, str]) -> Iterator[Expected]:
    fields = {
        ours: plate[theirs]
        for theirs, ours in (
            ("form_factor", "form_factor"),
            ("name", "vendor"),
            ("part_number", "part_number"),
            ("serial_number", "serial"),
        )
        if plate.get(theirs) not in {None, "N/A"}
    }
    yield Expected(Transceiver, {"interface": name}, fields or {"interface": name})


def _statistics(record: Record) -> Iterator[Expected]:
    """Policies of both directions; a class of a policy inside a class is none of Genie's."""
    for name, told in record.golden["interface"].items():
        for direction, policies in told["service_policy"].items():
            for policy in policies.get("policy_name", {}).values():
                for queue, row in policy["class"].items():
                    key = {"interface": interface(name), "queue": queue, "direction": direction[:-3]}
                    yield Expected(QueueCounters, key, _counted(row["classification_statistics"]) or key)


def _counted(row: dict[str, Any]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for theirs, ours in (("transmitted", "transmitted"), ("total_dropped", "dropped")):
        if isinstance(row.get(theirs), dict):
            pkts, octets = row[theirs]["packets/bytes"].split("/")
            fields |= {f"{ours}_pkts": int(pkts), f"{ours}_bytes": int(octets)}
    return fields


def _gigabits(text: str) -> int:
    return int(text.removesuffix("G")) * 10**9


GOLDENS = {
    "ShowControllersOptics": Golden(
        also=_optics,
        also_reads=(
            *("*.controller_state", "*.transport_admin_state", "*.transceiver_vendor_details"),
            *("*.optics_status.lane", "*.optics_status.threshold_values", "*.optics_status.temperature"),
            "*.optics_status.voltage",
        ),
        reasons={
            "*.name": OWN_NAME,
            "*.last_link_flapped": "held by our samples",
            **{
                f"*.{key}": NO_FACT
                for key in (
                    *(
                        "dom_data_status",
                        "fec_state",
                        "host_squelch_status",
                        "laser_state",
                        "led_state",
                        "power_mode",
                    ),
                    "media_linkdown_pre_fec_degrade",
                )
            },
            "*.optics_status": "alarms and settings: the lanes' values and thresholds are the facts",
        },
    ),
    "show_controllers_all_phy": Golden(
        tables=(
            Table(
                OpticLane,
                "parsed_sample.*",
                {"interface": "interface"},
                {
                    f"{theirs}_{level}": (f"{ours}{suffix}{unit}", number)
                    for theirs, ours, unit in (
                        ("rx", "input_power", "dbm"),
                        ("tx", "output_power", "dbm"),
                        ("temperature", "temperature", "celsius"),
                        ("voltage", "supply_voltage", "v"),
                    )
                    for level, suffix in (
                        ("value", "_"),
                        ("alarm_high", "_high_alarm_"),
                        ("alarm_low", "_low_alarm_"),
                        ("warn_high", "_high_warning_"),
                        ("warn_low", "_low_warning_"),
                    )
                },
            ),
        ),
        reasons={"parsed_sample.*.lane": "modules of one lane"},
    ),
    "ShowPolicyMapInterface": Golden(
        also=_statistics,
        also_reads=(
            "interface.*.service_policy.*.policy_name.*.class.*.classification_statistics.transmitted",
            "interface.*.service_policy.*.policy_name.*.class.*.classification_statistics.total_dropped",
        ),
        reasons={
            "interface.*.service_policy.*.policy_status": "no policy has no queues",
            "interface.*.service_policy.*.policy_name.*.class.*.classification_statistics": "not sent",
            "interface.*.service_policy.*.policy_name.*.class.*": "parts of what the class sent and dropped",
        },
    ),
    "ShowControllersNpuInterfaceInstanceLocation": Golden(
        tables=(
            Table(
                Interface,
                "node_id.*.interface.*",
                {"interface": ("*1", interface)},
                {"port_speed": ("speed_bps", lambda text: _gigabits(text))},
            ),
        ),
        reasons={"node_id.*.interface.*": "numbers inside the chip"},
    ),
}

UNREAD = {
    "optics/003": "thresholds at which FEC degradation is reported: no fact has them",
    "optics/004": "electrical signal-to-noise ratios of lanes: no fact has them",
    "queue_drops/002": "which queue pairs of the chip serve which port: no counters",
}
