"""Goldens of interfaces: `show interfaces` and the tables of ports."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from netdoctor.model.facts import Interface, Transceiver, VlanMember
from tests.corpus.corpus import Record
from tests.corpus.goldens import Expected, Golden, Place, SkipValue, Table
from tests.corpus.goldens.cisco_xe.words import NO_FACT, OWN, bits, half_or_full, long_name, mac

_TEXT_ONLY = "in the output, but of use to nobody who looks for a fault"


def _interfaces(record: Record) -> Iterator[Expected]:
    """The addresses, which the golden keys by `address/length`."""
    for name, told in record.golden.items():
        if told.get("ipv4"):
            yield Expected(Interface, {"interface": name}, {"addresses": tuple(told["ipv4"])})


def _up(word: str) -> bool:
    return word == "up"


Fields = dict[str, str | tuple[str, Callable[[Any], Any]]]

_INTERFACE: Fields = {
    "enabled": "admin_up",
    "line_protocol": ("oper_up", _up),
    "description": "description",
    "mac_address": ("mac", mac),
    "mtu": "mtu_bytes",
    "duplex_mode": ("duplex", half_or_full),
    "port_speed": ("speed_bps", bits),
    "auto_negotiate": "autoneg",
    "queues.input_queue_drops": "in_discards_count",
    "queues.total_output_drop": "out_discards_count",
    "counters.rate.in_rate": "in_rate_bps",
    "counters.rate.out_rate": "out_rate_bps",
    "counters.in_pkts": "in_pkts",
    "counters.in_octets": "in_octets_bytes",
    "counters.in_runts": "in_runts_count",
    "counters.in_giants": "in_giants_count",
    "counters.in_errors": "in_errors_count",
    "counters.in_crc_errors": "in_fcs_errors_count",
    "counters.out_pkts": "out_pkts",
    "counters.out_octets": "out_octets_bytes",
    "counters.out_errors": "out_errors_count",
    "counters.out_late_collision": "late_collisions_count",
}
_REST = {
    f"*.{key}": reason
    for reason, keys in {
        _TEXT_ONLY: "arp_timeout arp_type delay encapsulations keepalive last_input last_output output_hang "
        "reliability rxload txload type flow_control link_type",
        NO_FACT: "queues counters media_type port_channel is_deleted connected suspended err_disabled",
        OWN: "oper_status phys_address",
        "the configured bandwidth is no speed": "bandwidth",
    }.items()
    for key in keys.split()
}


_UP = {"connected", "up"}


def _not_up(status: str) -> str:
    if status == "disabled":
        raise SkipValue
    return status.partition(":")[0]


def _module(kind: str) -> str:
    if "SFP" not in kind and not kind.startswith("10Gbase"):
        raise SkipValue
    return kind


def _no_port(place: Place) -> bool:
    return not any(letter.isdigit() for letter in str(place.row.get("port", "1")))


_STATUS = Golden(
    tables=(
        Table(
            Interface,
            "parsed_sample.*",
            {"interface": ("port", long_name)},
            {
                "name": "description",
                "status": ("oper_up", lambda word: word.partition(":")[0] in _UP),
                "duplex": ("duplex", half_or_full),
                "speed": ("speed_bps", bits),
            },
            unless=_no_port,
        ),
        Table(
            Interface,
            "parsed_sample.*",
            {"interface": ("port", long_name)},
            {"status": ("oper_reason", _not_up)},
            unless=lambda place: place.row["status"].partition(":")[0] in {*_UP, "down"},
        ),
        Table(
            Transceiver,
            "parsed_sample.*",
            {"interface": ("port", long_name)},
            {"type": ("media_type", _module)},
            unless=lambda place: "SFP" not in place.row["type"] or "not present" in place.row["type"].lower(),
        ),
    ),
    reasons={
        "parsed_sample.*.vlan_id": "the VLANs of a port are told by `show interfaces switchport`",
        "parsed_sample.*.fc_mode": NO_FACT,
    },
)


def _switchports(record: Record) -> Iterator[Expected]:
    for row in record.golden["parsed_sample"]:
        name = long_name(row["interface"])
        if row["mode"] == "static access":
            key = {"interface": name, "vlan": int(row["access_vlan"])}
            yield Expected(VlanMember, key, {"tagged": False})
        elif row["mode"].startswith("trunk"):
            native = int(row["native_vlan"])
            for vlan in _numbers(row["trunking_vlans"]):
                yield Expected(VlanMember, {"interface": name, "vlan": vlan}, {"tagged": vlan != native})


def _numbers(listed: Any) -> Iterator[int]:
    for part in listed:
        first, _, last = str(part).partition("-")
        if first.isdigit():
            yield from range(int(first), int(last or first) + 1)


_LINK_STATUS = Golden(
    tables=(
        Table(
            Interface,
            "",
            {"interface": ("interface.interface_name", long_name)},
            {
                "mac_link_status.mpp_port_details.get_state": ("oper_up", lambda word: word == "LINK_UP"),
                "mac_link_status.mib_counters.tx_legal_frames_counter": "out_pkts",
                "mac_link_status.mib_counters.tx_legal_bytes_counter": "out_octets_bytes",
                "mac_link_status.mib_counters.rx_legal_frames": "in_pkts",
                "mac_link_status.mib_counters.rx_legal_bytes": "in_octets_bytes",
                "mac_link_status.mib_counters.rx_packets_received_with_crc_errors": "in_fcs_errors_count",
                "phy_link_status.phy_configuration.autoneg": ("autoneg", lambda word: word == "Enabled"),
                "phy_link_status.phy_configuration.duplex": ("duplex", half_or_full),
                "phy_link_status.phy_status.speed": ("speed_bps", bits),
            },
        ),
    ),
    reasons={
        "interface.if_id": NO_FACT,
        "mac_link_status": NO_FACT,
        "phy_link_status": NO_FACT,
        **dict.fromkeys(("port", "cmd", "rc", "rsn"), NO_FACT),
    },
)

_DISABLED = Golden(
    tables=(
        Table(
            Interface,
            "interfaces.*",
            {"interface": "*0"},
            {
                "name": "description",
                "status": ("oper_up", lambda word: word != "err-disabled"),
                "reason": ("oper_reason", lambda word: f"err-disabled ({word})"),
            },
        ),
    )
)

GOLDENS: dict[str, Golden] = {
    "ShowInterfaces": Golden(
        tables=(Table(Interface, "*", {"interface": "*0"}, _INTERFACE),),
        reasons=_REST,
        also=_interfaces,
        also_reads=("*.ipv4",),
    ),
    "ShowInterfacesCountersPort": Golden(
        tables=(
            Table(Interface, "Port.*", {"interface": ("*0", long_name)}, {"InOctets": "in_octets_bytes"}),
        ),
        also=lambda record: (
            Expected(
                Interface,
                {"interface": long_name(name)},
                {"in_pkts": row["InUcastPkts"] + row["InMcastPkts"] + row["InBcastPkts"]},
            )
            for name, row in record.golden["Port"].items()
        ),
        also_reads=("Port",),
    ),
    "ShowInterfacesDescription": Golden(
        tables=(
            Table(
                Interface,
                "interfaces.*",
                {
                    "interface": (
                        "*0",
                        lambda name: name.replace("Virtual-PPP", "Vp").replace("pseudowire", "pw"),
                    )
                },
                {
                    "description": "description",
                    "protocol": ("oper_up", _up),
                    "status": ("admin_up", lambda word: word != "admin down"),
                },
                unless=lambda place: place.names[0].startswith(("Virtual-PPP", "pseudowire")),
            ),
        ),
    ),
    "ShowInterfacesStatusErrDisabled": _DISABLED,
    "ShowControllerEthernetControllerLinkstatus": _LINK_STATUS,
    "show_interfaces_status": _STATUS,
    "show_interfaces_switchport": Golden(
        also=_switchports,
        also_reads=tuple(
            f"parsed_sample.*.{key}"
            for key in ("interface", "mode", "access_vlan", "native_vlan", "trunking_vlans")
        ),
        reasons={
            f"parsed_sample.*.{key}": NO_FACT
            for key in (
                "switchport",
                "switchport_monitor",
                "switchport_negotiation",
                "admin_mode",
                "voice_vlan",
            )
        },
    ),
}
