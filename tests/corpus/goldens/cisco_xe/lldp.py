"""Goldens of LLDP."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from netdoctor.model.facts import LldpNeighbor
from tests.corpus.corpus import Record
from tests.corpus.goldens import Expected, Golden, SkipValue, Table
from tests.corpus.goldens.cisco_xe.words import NO_FACT, given, long_name, mac

_MEDIA = "what a port negotiates, and what a phone tells of itself, is no fact"


def _entries(record: Record) -> Iterator[Expected]:
    for interface, told in record.golden.get("interfaces", {}).items():
        for port, found in told["port_id"].items():
            for neighbor in found["neighbors"].values():
                key = {"interface": interface, "neighbor_interface": port}
                if fields := dict(_told(neighbor)):
                    yield Expected(LldpNeighbor, key, fields)


_WORDS = {
    "system_name": "neighbor_device",
    "management_address": "neighbor_address",
    "system_description": "neighbor_description",
}


def _told(neighbor: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for theirs, ours in _WORDS.items():
        try:
            yield ours, given(neighbor[theirs])
        except (KeyError, SkipValue):
            continue


def _port(value: str) -> str:
    """A port by its long name; where it is a MAC address, the description tells the name."""
    try:
        mac(value)
    except SkipValue:
        return long_name(value) if value[:2] in {"Gi", "Te", "Tw"} else value
    raise SkipValue


_PHONE = (
    "capabilities chassis_id fw_revision hw_revision mac_address manufacturer platform power_class"
    " power_device_type power_pair power_priority power_requested power_source serial sw_revision vlan_id"
)

_DETAIL = Golden(
    tables=(
        Table(
            LldpNeighbor,
            "interface.*.port_id.*",
            {"interface": "*0", "neighbor_interface": ("*1", _port)},
            {
                "local_intf_service_instance.system_name": "neighbor_device",
                "system_description.management_addresses.ip": "neighbor_address",
            },
        ),
    ),
    reasons={
        "interface.*.port_id.*.local_intf_service_instance": NO_FACT,
        "interface.*.port_id.*.system_description": "the parts of what is one description here",
        "total_entries_displayed": NO_FACT,
    },
)

GOLDENS: dict[str, Golden] = {
    "ShowLldpEntry": Golden(
        also=_entries,
        also_reads=tuple(f"interfaces.*.port_id.*.neighbors.*.{word}" for word in _WORDS),
        reasons={
            "interfaces.*.if_name": NO_FACT,
            "interfaces.*.port_id.*.neighbors.*": NO_FACT,
            "total_entries": NO_FACT,
        },
    ),
    "ShowLldpNeighbors": Golden(reasons={"total_entries": NO_FACT}),
    "ShowLldpNeighborsInterfaceDetail": _DETAIL,
    "show_lldp_neighbors_detail": Golden(
        tables=(
            Table(
                LldpNeighbor,
                "parsed_sample.*",
                {"interface": ("local_interface", long_name)},
                {
                    "neighbor_name": "neighbor_device",
                    "neighbor_port_id": ("neighbor_interface", _port),
                    "mgmt_address": ("neighbor_address", given),
                },
            ),
        ),
        reasons={
            "parsed_sample.*.neighbor_description": "the first line of the description alone",
            "parsed_sample.*.neighbor_interface": "what the far port is described as, not its name",
            **{f"parsed_sample.*.{key}": _MEDIA for key in _PHONE.split()},
        },
    ),
}
