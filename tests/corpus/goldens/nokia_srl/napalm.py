"""Goldens of napalm's SR Linux driver; it asks over JSON-RPC and joins several answers in one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from netdoctor.model.facts import (
    BgpAfi,
    BgpInstance,
    BgpSession,
    CpuMemory,
    DeviceInfo,
    Interface,
    MacEntry,
    Neighbor,
    NtpPeer,
    Route,
    Sensor,
)
from tests.corpus.corpus import Record
from tests.corpus.goldens import Expected, Golden

NOT_TOLD = "-1 or blank: the device does not say"


def _interfaces(record: Record) -> Iterator[Expected]:
    for name, told in record.golden.items():
        fields: dict[str, Any] = {
            "oper_up": told["is_up"],
            "admin_up": told["is_enabled"],
            "last_change_s": told["last_flapped"],
            "mac": told["mac_address"].lower(),
        }
        if told["mtu"] > 0:
            fields["mtu_bytes"] = told["mtu"]
        if told["speed"] > 0:
            fields["speed_bps"] = int(told["speed"] * 1_000_000)
        if told["description"]:
            fields["description"] = told["description"]
        yield Expected(Interface, {"interface": name}, fields)


def _counters(record: Record) -> Iterator[Expected]:
    """Packets by kind are the port's, put beside the octets of its subinterface."""
    names = {
        "tx_discards": "out_discards_count",
        "rx_discards": "in_discards_count",
        "tx_octets": "out_octets_bytes",
        "rx_octets": "in_octets_bytes",
    }
    for name, told in record.golden.items():
        fields = {}
        for theirs, ours in names.items():
            if told[theirs] < 0:
                continue
            fields[ours] = told[theirs]
        yield Expected(Interface, {"interface": name}, fields)


def _addresses(record: Record) -> Iterator[Expected]:
    """Addresses of the link alone are not facts; who has no address is told nothing."""
    for name, told in record.golden.items():
        found = [
            f"{address}/{known['prefix_length']}"
            for family in ("ipv4", "ipv6")
            for address, known in told.get(family, {}).items()
            if not address.startswith("fe80:")
        ]
        if found:
            yield Expected(Interface, {"interface": name}, {"addresses": tuple(found)})


def _ntp(record: Record) -> Iterator[Expected]:
    for told in record.golden:
        yield Expected(NtpPeer, {"address": told["remote"]}, {"synchronised": told["synchronized"]})


def _environment(record: Record) -> Iterator[Expected]:
    """The CPU's load of the moment; ours is the minute's. An empty slot is absent."""
    told = record.golden
    for kind, name in (("fans", "fan-tray"), ("power", "power-supply")):
        for number, found in told[kind].items():
            state = "ok" if found["status"] else "absent"
            yield Expected(Sensor, {"name": f"{name} {number}"}, {"state": state})
    for slot, found in told["temperature"].items():
        fields = {"value": found["temperature"], "state": "failed" if found["is_alert"] else "ok"}
        yield Expected(Sensor, {"name": f"control {slot}", "kind": "temperature"}, fields)
    memory = told["memory"]
    fields = {"memory_used_bytes": memory["used_ram"], "memory_total_bytes": memory["available_ram"]}
    yield Expected(CpuMemory, {"component": "control A"}, fields)


def _bgp(record: Record) -> Iterator[Expected]:
    """napalm takes active routes for accepted ones."""
    for vrf, told in record.golden.items():
        name = "default" if vrf == "global" else vrf
        yield Expected(BgpInstance, {"vrf": name}, {"router_id": told["router_id"]})
        for peer, found in told["peers"].items():
            fields = {
                "local_as": found["local_as"],
                "peer_as": found["remote_as"],
                "admin_up": found["is_enabled"],
                "description": found["description"],
                "session_state": "established" if found["is_up"] else None,
            }
            yield Expected(BgpSession, {"vrf": name, "peer": peer}, fields)
            for family, counts in found["address_family"].items():
                yield Expected(
                    BgpAfi,
                    {"vrf": name, "peer": peer, "afi_safi": f"{family.upper()}_UNICAST"},
                    {
                        "prefixes_received_count": counts["received_prefixes"],
                        "prefixes_sent_count": counts["sent_prefixes"],
                    },
                )


def _nd(record: Record) -> Iterator[Expected]:
    """`age` is the time of the next change of state."""
    for told in record.golden:
        key = {"address": told["ip"], "interface": told["interface"]}
        yield Expected(Neighbor, key, {"mac": told["mac"].lower(), "state": told["state"]})


def _macs(record: Record) -> Iterator[Expected]:
    for told in record.golden:
        fields = {"interface": told["interface"], "kind": "static" if told["static"] else "dynamic"}
        yield Expected(MacEntry, {"mac": told["mac"].lower()}, fields)


def _routes(record: Record) -> Iterator[Expected]:
    for prefix, paths in record.golden.items():
        for path in paths:
            fields = {
                "next_hops": (path["next_hop"],),
                "distance": path["preference"],
                "metric": path["protocol_attributes"]["metric"],
                "protocol": path["protocol"],
                "active": path["current_active"],
            }
            yield Expected(Route, {"vrf": path["routing_table"], "prefix": prefix}, fields)


def _facts(record: Record) -> Iterator[Expected]:
    """The name is of an answer that is bare text, and is not read."""
    told = record.golden
    yield Expected(
        DeviceInfo, {"model": told["model"]}, {"vendor": told["vendor"], "serial": told["serial_number"]}
    )
    yield Expected(DeviceInfo, {"os_version": told["os_version"]}, {"uptime_s": told["uptime"]})
    for name in told["interface_list"]:
        yield Expected(Interface, {"interface": name}, {"interface": name})


GOLDENS: dict[str, Golden] = {
    "get_interfaces": Golden(also=_interfaces, also_reads=("*",)),
    "get_interfaces_counters": Golden(
        also=_counters,
        also_reads=tuple(f"*.{key}" for key in ("tx_discards", "rx_discards", "tx_octets", "rx_octets")),
        reasons={
            **{f"*.{way}_errors": NOT_TOLD for way in ("tx", "rx")},
            **{
                f"*.{way}_{kind}_packets": "the port's, beside its subinterface's octets; no field by kind"
                for way in ("tx", "rx")
                for kind in ("unicast", "multicast", "broadcast")
            },
        },
    ),
    "get_interfaces_ip": Golden(also=_addresses, also_reads=("*",)),
    "get_ntp_stats": Golden(
        also=_ntp,
        also_reads=("*.remote", "*.synchronized"),
        reasons={
            f"*.{key}": NOT_TOLD
            for key in (
                "referenceid",
                "stratum",
                "type",
                "when",
                "hostpoll",
                "reachability",
                "delay",
                "offset",
                "jitter",
            )
        },
    ),
    "get_environment": Golden(
        also=_environment,
        also_reads=("fans", "power.*.status", "temperature", "memory"),
        reasons={
            "power.*.capacity": NOT_TOLD,
            "power.*.output": NOT_TOLD,
            "cpu": "the load of the moment; ours is the minute's, which what we ask disturbs less",
        },
    ),
    "get_bgp_neighbors": Golden(also=_bgp, also_reads=("*.router_id", "*.peers")),
    "get_ipv6_neighbors_table": Golden(
        also=_nd,
        also_reads=("*.ip", "*.interface", "*.mac", "*.state"),
        reasons={"*.age": "the date of the next change of state, not an age"},
    ),
    "get_mac_address_table": Golden(
        also=_macs,
        also_reads=("*.mac", "*.interface", "*.static"),
        reasons={f"*.{key}": NOT_TOLD for key in ("active", "vlan", "moves", "last_move")},
    ),
    "get_route_to": Golden(
        also=_routes,
        also_reads=(
            "*.*.next_hop",
            "*.*.preference",
            "*.*.protocol",
            "*.*.current_active",
            "*.*.routing_table",
            "*.*.protocol_attributes.metric",
        ),
        reasons={
            "*.*.age": "whole seconds of the same; held by a reading of our own",
            "*.*.last_active": NOT_TOLD,
            "*.*.inactive_reason": NOT_TOLD,
            "*.*.outgoing_interface": NOT_TOLD,
            "*.*.selected_next_hop": "no field of a fact",
            "*.*.protocol_attributes": "of another answer of the same case",
        },
    ),
    "get_facts": Golden(
        also=_facts,
        also_reads=("model", "vendor", "serial_number", "os_version", "uptime", "interface_list"),
        reasons={
            "hostname": "of an answer that is bare text",
            "fqdn": "of an answer that is bare text",
        },
    ),
    "get_optics": Golden(reasons={"": "empty: there is no module"}),
}

UNREAD = {
    "route_fib/003": "a ping from a host: no output of the device",
}
