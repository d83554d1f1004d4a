"""Interfaces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from netdoctor.model.facts import Interface
from tests.corpus.corpus import Record
from tests.corpus.goldens import Expected, Golden, SkipValue, Table
from tests.corpus.goldens.cisco_xr.words import (
    NO_FACT,
    enabled,
    interface,
    is_up,
    mac,
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


def _of_detail(record: Record) -> Iterator[Expected]:
    for name, told in record.golden.items():
        for one in told.get("ipv4", {}).values():
            if "prefix_length" in one:
                address = f"{one['ip']}/{one['prefix_length']}"
                yield Expected(Interface, {"interface": name}, {"addresses": (address,)})


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
}

UNMAPPED = {
    "interfaces/008": "how many interfaces of each kind are up: no fact counts interfaces",
}
