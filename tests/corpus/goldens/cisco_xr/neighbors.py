"""Neighbours, bundles and addresses of neighbours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from netdoctor.model.facts import (
    DropCounter,
    Interface,
    LagMember,
    LldpNeighbor,
    MlagDomain,
    Neighbor,
    RoutingProcess,
)
from tests.corpus.corpus import Record
from tests.corpus.goldens import Expected, Golden, Place, SkipValue, Table
from tests.corpus.goldens.cisco_xr.words import (
    NO_FACT,
    OWN_NAME,
    interface,
    joined,
    mac,
    said,
    seconds,
    whole,
)

_NAME = ("interface", interface)
_FIRST = ("*0", interface)
_ARP_STATES = {
    "dynamic": "reachable",
    "incomplete": "incomplete",
    "interface": "permanent",
    "static": "permanent",
}


_LLDP = Golden(
    tables=(
        Table(
            LldpNeighbor,
            "interfaces.*.port_id.*.neighbors.*",
            {"interface": _FIRST},
            {
                "system_name": "neighbor_device",
                "management_address": ("neighbor_address", said),
                "system_description": ("neighbor_description", joined),
            },
        ),
        Table(
            LldpNeighbor,
            "interfaces.*.port_id.*",
            {"interface": _FIRST, "neighbor_interface": lambda place: _port(place)},
        ),
    ),
    reasons={
        "interfaces.*.port_id.*.neighbors.*.neighbor_id": OWN_NAME,
        "total_entries": "the number of neighbours",
        **{
            f"interfaces.*.port_id.*.neighbors.*.{key}": NO_FACT
            for key in (
                "age",
                "capabilities",
                "chassis_id",
                "hold_time",
                "peer_mac",
                "port_description",
                "time_remaining",
            )
        },
    },
)


def _port(place: Place) -> Any:
    """Genie writes the far end's name in full, which the device does not: only names in full are judged."""
    port = place.names[1]
    if port.startswith(("GigabitEthernet2", "TenGigabit", "Ethernet")) or not port[1:2].islower():
        raise SkipValue
    return port


def _bundles(record: Record) -> Iterator[Expected]:
    """A bundle's members on this device; Genie has the last of two of the same name."""
    for lag, told in record.golden["interfaces"].items():
        fields: dict[str, Any] = {"oper_up": told["oper_status"] == "up"}
        if kbps := told["local_bandwidth_kbps"]["effective"]:
            fields["speed_bps"] = kbps * 1000
        yield Expected(Interface, {"interface": lag}, fields)
        for name, row in told.get("port", {}).items():
            if row["device"] != "Local":
                continue
            state = "bundled" if row["state"] == "Active" else "suspended"
            reason = None if state == "bundled" else row["link_state"]
            key = {"lag": lag, "interface": interface(name)}
            yield Expected(LagMember, key, {"state": state, "reason": reason})
        if "role" in told.get("mlacp", {}):
            role = "primary" if told["mlacp"]["role"] == "Active" else "secondary"
            yield Expected(MlagDomain, {}, {"role": role})


def _system(text: str) -> str:
    """`0x8000,00-0c-86-ff-c6-81` is a priority and an address."""
    return mac(text.partition(",")[2])


def _traffic(record: Record) -> Iterator[Expected]:
    for node, told in record.golden.items():
        counts = {
            "resolve requests dropped": told["statistics"]["resolve_dropped_requests"],
            "out of memory": told["statistics"]["out_of_memory_errors"],
            "no buffers": told["statistics"]["no_buffers_errors"],
            "out of subnet": told["statistics"]["out_of_subnet_errors"],
            "packets dropped": told["cache"]["ip_packet_drop_count"],
        }
        for name, dropped in counts.items():
            yield Expected(DropCounter, {"name": f"{node} arp {name}"}, {"dropped_pkts": dropped})


def _no_multicast(place: Place) -> bool:
    return "adjacency" in str(place.row.get("ip", place.row.get("ipv6_address", "")))


GOLDENS = {
    "ShowLldp": Golden(
        tables=(Table(RoutingProcess, "", {"protocol": lambda place: "lldp"}, {"enabled": "running"}),),
        reasons=dict.fromkeys(("hello_timer", "hold_timer", "reinit_delay", "status"), NO_FACT),
    ),
    "ShowLldpEntry": _LLDP,
    "ShowLldpNeighborsInterfaceIdDetail": _LLDP,
    "show_lldp_neighbors": Golden(
        tables=(
            Table(
                LldpNeighbor,
                "parsed_sample.*",
                {"interface": ("local_interface", interface)},
                {"neighbor_name": "neighbor_device", "neighbor_interface": "neighbor_interface"},
            ),
        ),
    ),
    "show_lldp_neighbors_detail": Golden(
        tables=(
            Table(
                LldpNeighbor,
                "parsed_sample.*",
                {"interface": "local_interface"},
                {
                    "neighbor": "neighbor_device",
                    "neighbor_port_id": "neighbor_interface",
                    "management_ip": "neighbor_address",
                },
            ),
        ),
        reasons={
            **{
                f"parsed_sample.*.{key}": NO_FACT
                for key in ("capabilities", "chassis_id", "mac_address", "neighbor_port_description")
            },
            "parsed_sample.*.management_ipv6": "one address of a neighbour is enough",
            "parsed_sample.*.system_description": "only its first line",
        },
    ),
    "ShowBundle": Golden(
        also=_bundles,
        also_reads=(
            *(
                "interfaces.*.oper_status",
                "interfaces.*.local_bandwidth_kbps.effective",
                "interfaces.*.mlacp.role",
            ),
            *("interfaces.*.port.*.device", "interfaces.*.port.*.state", "interfaces.*.port.*.link_state"),
        ),
        tables=(Table(Interface, "interfaces.*", {"interface": "*0"}, {"mac_address": ("mac", mac)}),),
        reasons={
            "interfaces.*.name": OWN_NAME,
            "interfaces.*.bundle_id": OWN_NAME,
            "interfaces.*.port.*": "the bundle's own numbers, and the port's name again",
            "interfaces.*": "settings of a bundle: no fact has them",
        },
    ),
    "ShowLacp": Golden(
        tables=(
            Table(
                LagMember,
                "interfaces.*.port.*",
                {"lag": "*0", "interface": ("*1", interface)},
                {
                    "distributing": ("state", lambda yes: "bundled" if yes else "suspended"),
                    "partner.system_id": ("partner_system", _system),
                    "partner.key": "partner_key",
                    "partner.port_id": "partner_interface",
                },
            ),
        ),
        reasons={
            "interfaces.*.name": OWN_NAME,
            "interfaces.*.bundle_id": OWN_NAME,
            "interfaces.*.lacp_mode": NO_FACT,
            "interfaces.*.port.*.partner": "flags of the partner's state machine: no fact has them",
            "interfaces.*.port.*": "flags and timers of the state machine: no fact has them",
        },
    ),
    **{
        kind: Golden(
            tables=(
                Table(
                    Neighbor,
                    "parsed_sample.*",
                    {"address": address, "interface": _NAME},
                    {"mac_address": ("mac", mac), "age": ("age_s", age), "state": ("state", states)},
                    unless=_no_multicast,
                ),
            ),
            reasons={f"parsed_sample.*.{key}": NO_FACT for key in ("cpu", "type", "location")},
        )
        for kind, address, age, states in (
            ("show_arp", "ip_address", seconds, lambda word: _ARP_STATES[word.lower()]),
            (
                "show_ipv6_neighbors",
                "ipv6_address",
                whole,
                {"REACH": "reachable", "STALE": "stale"}.__getitem__,
            ),
        )
    },
    "ShowArpDetail": Golden(
        tables=(
            Table(
                Neighbor,
                "interfaces.*.ipv4.neighbors.*",
                {"interface": "*0", "address": "ip"},
                {
                    "link_layer_address": ("mac", mac),
                    "age": ("age_s", seconds),
                    "origin": ("state", _ARP_STATES.__getitem__),
                },
            ),
        ),
        reasons={"interfaces.*.ipv4.neighbors.*.type": NO_FACT},
    ),
    "ShowArpTrafficDetail": Golden(
        also=_traffic,
        also_reads=(
            *(
                "*.statistics.resolve_dropped_requests",
                "*.statistics.out_of_memory_errors",
                "*.cache.ip_packet_drop_count",
            ),
            *("*.statistics.no_buffers_errors", "*.statistics.out_of_subnet_errors"),
        ),
        reasons={
            "*.statistics": "what was handled well: only drops are facts",
            "*.cache": "how many entries there are",
        },
    ),
    "ShowIpv6NeighborsDetail": Golden(
        tables=(
            Table(
                Neighbor,
                "interfaces.*.neighbors.*",
                {"interface": _FIRST, "address": "ip"},
                {
                    "link_layer_address": ("mac", mac),
                    "age": ("age_s", whole),
                    "neighbor_state": ("state", {"REACH": "reachable"}.__getitem__),
                },
                unless=_no_multicast,
            ),
        ),
        reasons={
            "interfaces.*.interface": OWN_NAME,
            "interfaces.*.neighbors.Mcast adjacency": "no neighbour, but where multicast goes",
            **{
                f"interfaces.*.neighbors.*.{key}": NO_FACT
                for key in ("dynamic", "location", "origin", "serg_flags", "static", "sync")
            },
        },
    ),
}
