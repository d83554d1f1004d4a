"""Interfaces, addresses, optics and queues."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from netdoctor.model.facts import Interface, OpticLane, QueueCounters, Transceiver
from tests.corpus.corpus import Record
from tests.corpus.goldens import Expected, Golden, SkipValue, Table
from tests.corpus.goldens.cisco_xr.words import (
    NO_FACT,
    OWN_NAME,
    enabled,
    interface,
    is_up,
    mac,
    number,
    seconds,
    whole,
)

_FIRST = ("*0", interface)
_NAME = ("interface", interface)


def _kilobits(value: Any) -> int:
    return whole(value) * 1000 or _skip()


def _skip() -> Any:
    raise SkipValue


def _speed(text: str) -> int:
    """`1000Mb/s`; `0Kb/s` is not known."""
    found = re.search(r"(\d+)([KMG])b", text)
    return (int(found[1]) * {"K": 10**3, "M": 10**6, "G": 10**9}[found[2]] if found else 0) or _skip()


def _duplex(text: str) -> str:
    word = text.lower().partition("-")[0]
    return word if word in {"full", "half"} else _skip()


def _bears(record: Record) -> Iterator[Expected]:
    for name, told in record.golden.items():
        wanted = [
            key
            for family in ("ipv4", "ipv6")
            for key, one in told.get(family, {}).items()
            if isinstance(one, dict) and "/" in key
        ]
        if wanted:
            yield Expected(Interface, {"interface": name}, {"addresses": tuple(_in_text(record, wanted))})


def _in_text(record: Record, wanted: list[str]) -> list[str]:
    """The addresses in the order in which the text has them."""
    return sorted(wanted, key=lambda one: record.output.index(one.partition("/")[0]))


def _sparse(record: Record) -> Iterator[Expected]:
    for name, told in record.golden["interfaces"].items():
        for one in told.get("ipv4", {}).values():
            address = f"{one['ip']}/{one['prefix_length']}"
            if one["ip"] != "0.0.0.0":
                yield Expected(Interface, {"interface": interface(name)}, {"addresses": (address,)})


def _secondary(record: Record) -> Iterator[Expected]:
    for row in record.golden["parsed_sample"]:
        if row["ip_address"]:
            lengths = [row["prefix_length"], *row["sec_prefix_length"]]
            found = zip([row["ip_address"], *row["sec_ip_address"]], lengths, strict=True)
            wanted = tuple(f"{address}/{length}" for address, length in found)
            yield Expected(Interface, {"interface": row["interface"]}, {"addresses": wanted})


_ADDRESSED = Golden(
    tables=(
        Table(
            Interface,
            "*",
            {"interface": _FIRST},
            {
                "int_status": ("admin_up", enabled),
                "vrf": "vrf",
                "ipv4.mtu": ("mtu_bytes", whole),
                "ipv6.ipv6_mtu": ("mtu_bytes", whole),
            },
        ),
    ),
    reasons={
        "*.oper_status": "the state of the protocol, not of the interface",
        "*.vrf_id": NO_FACT,
        "*.multicast_groups": NO_FACT,
        "*.enabled": NO_FACT,
        "*.ipv6_enabled": NO_FACT,
        **{
            f"*.{family}.{key}": NO_FACT
            for family in ("ipv4", "ipv6")
            for key in (
                *(
                    "broadcast_forwarding",
                    "icmp_redirects",
                    "icmp_replies",
                    "icmp_unreachables",
                    "mtu_available",
                ),
                *("proxy_arp", "table_id", "complete_glean_adj", "complete_protocol_adj", "dad_attempts"),
                *(
                    "dropped_glean_req",
                    "dropped_protocol_req",
                    "incomplete_glean_adj",
                    "incomplete_protocol_adj",
                ),
                *(
                    "ipv6_groups",
                    "ipv6_link_local",
                    "ipv6_mtu_available",
                    "nd_adv_duration",
                    "nd_adv_retrans_int",
                ),
                *("nd_cache_limit", "nd_dad", "nd_reachable_time", "nd_router_adv", "stateless_autoconfig"),
                *("ipv6_link_local_state", "nd_router_adv_lifetime"),
            )
        },
    },
    also=_bears,
    also_reads=("*.ipv4.*", "*.ipv6.*"),
)

_COUNTERS = {
    "counters.carrier_transitions": "carrier_transitions_count",
    "counters.in_crc_errors": "in_fcs_errors_count",
    "counters.in_discards": "in_discards_count",
    "counters.in_giants": "in_giants_count",
    "counters.in_octets": "in_octets_bytes",
    "counters.in_pkts": "in_pkts",
    "counters.in_runts": "in_runts_count",
    "counters.out_discards": "out_discards_count",
    "counters.out_errors": "out_errors_count",
    "counters.out_octets": "out_octets_bytes",
    "counters.out_pkts": "out_pkts",
    "counters.rate.in_rate": "in_rate_bps",
    "counters.rate.out_rate": "out_rate_bps",
}

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


GOLDENS = {
    "show_interface_brief": Golden(
        tables=(
            Table(
                Interface,
                "parsed_sample.*",
                {"interface": _NAME},
                {
                    "intf_state": ("admin_up", enabled),
                    "linep_state": ("oper_up", is_up),
                    "mtu": ("mtu_bytes", whole),
                    "int_bw": ("speed_bps", _kilobits),
                },
            ),
        ),
        reasons={"parsed_sample.*.encap_type": NO_FACT},
    ),
    "show_interfaces_description": Golden(
        tables=(
            Table(
                Interface,
                "parsed_sample.*",
                {"interface": _NAME},
                {"description": "description", "protocol": ("oper_up", is_up)},
            ),
        ),
        reasons={"parsed_sample.*.status": "deleted interfaces are neither shut nor not"},
    ),
    **{
        kind: Golden(
            tables=(
                Table(
                    Interface,
                    "parsed_sample.*",
                    {"interface": _NAME},
                    {"status": ("admin_up", enabled), "proto": ("oper_up", is_up), "vrf": "vrf"},
                ),
            ),
            reasons={"parsed_sample.*.ip_address": "without its prefix length it is no whole address"},
        )
        for kind in ("show_ip_interface_brief", "show_ipv4_vrf_all_interface_brief")
    },
    "ShowInterfaceSparse": Golden(
        tables=(
            Table(
                Interface,
                "interfaces.*",
                {"interface": _FIRST},
                {
                    "admin_state": ("admin_up", is_up),
                    "op_state": ("oper_up", is_up),
                    "mac_address": ("mac", mac),
                    "mtu": "mtu_bytes",
                    "duplex": ("duplex", _duplex),
                    "max_bandwidth": ("speed_bps", _kilobits),
                },
            ),
        ),
        reasons={"interfaces.*.burned_in_address": NO_FACT, "interfaces.*.effective_bandwidth": NO_FACT},
        also=_sparse,
        also_reads=("interfaces.*.ipv4",),
    ),
    "ShowInterfacesDetail": Golden(
        tables=(
            Table(
                Interface,
                "*",
                {"interface": _FIRST},
                {
                    "enabled": "admin_up",
                    "line_protocol": ("oper_up", is_up),
                    "mac_address": ("mac", mac),
                    "mtu": "mtu_bytes",
                    "description": "description",
                    "duplex_mode": ("duplex", _duplex),
                    "port_speed": ("speed_bps", _speed),
                    "auto_negotiate": "autoneg",
                    "last_link_flapped": ("last_change_s", seconds),
                    **_COUNTERS,
                },
            ),
        ),
        reasons={
            "*.oper_status": "the hardware's state, which repeats the protocol's",
            "*.interface_state": "counts states where carrier transitions are the common word",
            "*.bandwidth": "a metric of routing protocols; the speed is the port's own",
            **{
                f"*.{key}": NO_FACT
                for key in (
                    *(
                        "arp_timeout",
                        "arp_type",
                        "carrier_delay",
                        "encapsulations",
                        "flow_control",
                        "last_input",
                    ),
                    *(
                        "last_output",
                        "location",
                        "loopback",
                        "phys_address",
                        "reliability",
                        "rxload",
                        "txload",
                        "types",
                    ),
                )
            },
            **{
                f"*.counters.{key}": NO_FACT
                for key in (
                    *(
                        "in_abort",
                        "in_broadcast_pkts",
                        "in_frame",
                        "in_frame_errors",
                        "in_ignored",
                        "in_overrun",
                    ),
                    *("in_multicast_pkts", "in_parity", "in_throttles", "in_unknown_protos", "last_clear"),
                    *("out_applique", "out_broadcast_pkts", "out_buffer_failures", "out_buffer_swapped_out"),
                    *("out_multicast_pkts", "out_resets", "out_underruns", "rate.in_rate_pkts"),
                    *("rate.load_interval", "rate.out_rate_pkts"),
                )
            },
        },
        also=lambda record: _of_detail(record),
        also_reads=("*.ipv4",),
    ),
    "show_ipv4_interface": Golden(
        tables=(
            Table(
                Interface,
                "parsed_sample.*",
                {"interface": _NAME},
                {"link_status": ("admin_up", enabled), "vrf": "vrf", "mtu": ("mtu_bytes", whole)},
            ),
        ),
        reasons={
            f"parsed_sample.*.{key}": NO_FACT
            for key in ("in_acl", "ip_mtu", "multicast_groups", "out_acl", "protocol", "rpf_check", "vrf_id")
        }
        | {"parsed_sample.*.protocol_status": "the state of the protocol, not of the interface"},
        also=_secondary,
        also_reads=tuple(
            f"parsed_sample.*.{key}"
            for key in ("ip_address", "prefix_length", "sec_ip_address", "sec_prefix_length")
        ),
    ),
    "ShowIpv4VrfAllInterface": _ADDRESSED,
    "ShowIpv6Interface": _ADDRESSED,
    "ShowIpv6VrfAllInterface": _ADDRESSED,
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


def _gigabits(text: str) -> int:
    return int(text.removesuffix("G")) * 10**9


def _of_detail(record: Record) -> Iterator[Expected]:
    for name, told in record.golden.items():
        for one in told.get("ipv4", {}).values():
            if "prefix_length" in one:
                address = f"{one['ip']}/{one['prefix_length']}"
                yield Expected(Interface, {"interface": name}, {"addresses": (address,)})


UNMAPPED = {
    "interfaces/008": "how many interfaces of each kind are up: no fact counts interfaces",
}

UNREAD = {
    "optics/003": "thresholds at which FEC degradation is reported: no fact has them",
    "optics/004": "electrical signal-to-noise ratios of lanes: no fact has them",
    "queue_drops/002": "which queue pairs of the chip serve which port: no counters",
}
