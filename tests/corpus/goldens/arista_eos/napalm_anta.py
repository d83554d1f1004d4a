"""Goldens of napalm and ANTA for Arista EOS."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from typing import Any

from netdoctor.model.facts import (
    BfdSession,
    BgpAfi,
    BgpSession,
    CpuMemory,
    DropCounter,
    Fact,
    Interface,
    IsisAdjacency,
    LldpNeighbor,
    MacEntry,
    Neighbor,
    NtpPeer,
    OpticLane,
    QueueCounters,
    Route,
    Sensor,
    StpInstance,
    StpPort,
    Vni,
)
from tests.corpus.corpus import Record
from tests.corpus.goldens import Expected, Golden, SkipValue, Table


def _napalm_arp(record: Record) -> Iterator[Expected]:
    for row in record.golden:
        age = None if row["age"] < 0 else row["age"]
        key = {"address": row["ip"], "interface": row["interface"]}
        yield Expected(Neighbor, key, {"mac": row["mac"].lower(), "age_s": age})


def _napalm_bgp(record: Record) -> Iterator[Expected]:
    """One golden joins the answers of both families: this one has the sessions of its own."""
    for peer, told in record.golden["global"]["peers"].items():
        if not _of_family(record, peer):
            continue
        up = told["is_up"]
        session = {
            "local_as": told["local_as"],
            "peer_as": told["remote_as"],
            "router_id": record.golden["global"]["router_id"],
            "peer_router_id": None if told["remote_id"] == "0.0.0.0" else told["remote_id"],
            "admin_up": told["is_enabled"],
            "up_for_s": told["uptime"] if up else None,
        }
        yield Expected(BgpSession, {"peer": peer}, session | ({"session_state": "established"} if up else {}))
        version = ipaddress.ip_address(peer).version
        counts = told["address_family"][f"ipv{version}"]
        yield Expected(
            BgpAfi,
            {"peer": peer, "afi_safi": f"IPV{version}_UNICAST"},
            {
                "prefixes_received_count": counts["received_prefixes"],
                "prefixes_sent_count": counts["sent_prefixes"],
            },
        )


def _of_family(record: Record, peer: str) -> bool:
    return ipaddress.ip_address(peer).version == (6 if "ipv6" in record.command else 4)


def _napalm_bgp_detail(record: Record) -> Iterator[Expected]:
    """Joined from the neighbours in full and the summaries of both families: this is one summary."""
    for told in (told for peers in record.golden["default"].values() for told in peers):
        if not _of_family(record, told["remote_address"]):
            continue
        key, state = {"peer": told["remote_address"]}, told["connection_state"].lower()
        fields = {"session_state": state, "peer_as": told["remote_as"]}
        if "summary" in record.command:
            yield Expected(BgpAfi, key, {"prefixes_accepted_count": told["accepted_prefix_count"]})
        else:
            fields |= {"local_address": told["local_address"], "local_as": told["local_as"]}
            counts = {
                "prefixes_received_count": told["received_prefix_count"],
                "prefixes_sent_count": told["advertised_prefix_count"],
            }
            yield Expected(BgpAfi, key, counts)
            if told["up"]:
                fields |= {
                    "peer_router_id": told["router_id"],
                    "hold_time_s": told["holdtime"],
                    "keepalive_s": told["keepalive"],
                }
        yield Expected(BgpSession, key, fields)


def _napalm_facts(record: Record) -> Iterator[Expected]:
    for name in record.golden["interface_list"]:
        yield Expected(Interface, {"interface": name}, {"interface": name})


def _napalm_addresses(record: Record) -> Iterator[Expected]:
    """One golden joins the answers of both families; addresses of the link alone are not facts."""
    for name, told in record.golden.items():
        wanted = {
            f"{address}/{known['prefix_length']}"
            for address, known in told["ipv6"].items()
            if not ipaddress.ip_address(address).is_link_local
        }
        yield Expected(Interface, {"interface": name}, {"addresses": tuple(sorted(wanted))})


def _napalm_lldp(record: Record) -> Iterator[Expected]:
    for name, found in record.golden.items():
        for told in found:
            fields = {"neighbor_device": told["hostname"], "neighbor_interface": told["port"]}
            yield Expected(LldpNeighbor, {"interface": name}, fields)


def _napalm_lldp_detail(record: Record) -> Iterator[Expected]:
    """`remote_port` is a MAC address where the port describes itself by its name, which is what we keep."""
    for name, found in record.golden.items():
        for told in found:
            fields = {
                "neighbor_device": told["remote_system_name"],
                "neighbor_interface": told["remote_port_description"],
                "neighbor_description": told["remote_system_description"],
            }
            yield Expected(LldpNeighbor, {"interface": name}, fields)


def _napalm_optics(record: Record) -> Iterator[Expected]:
    for name, told in record.golden.items():
        for channel in told["physical_channels"]["channel"]:
            state = channel["state"]
            fields = {
                "input_power_dbm": state["input_power"]["instant"],
                "output_power_dbm": state["output_power"]["instant"],
                "bias_current_ma": state["laser_bias_current"]["instant"],
            }
            yield Expected(OpticLane, {"interface": name, "lane": channel["index"] + 1}, fields)


def _napalm_route(record: Record) -> Iterator[Expected]:
    """One golden joins all VRFs and the BGP table: this is what the routing table of one VRF tells."""
    vrf = record.command.split()[4]
    for prefix, paths in record.golden.items():
        for path in (path for path in paths if path["routing_table"] == vrf):
            fields = {
                "next_hops": (path["next_hop"],),
                "out_interfaces": (path["outgoing_interface"],),
                "distance": path["preference"],
                "protocol": path["protocol"].lower().removeprefix("e"),
                "active": path["current_active"],
            }
            yield Expected(Route, {"vrf": vrf, "prefix": prefix}, fields)


_QUOTES: dict[str, tuple[type[Fact], str]] = {
    r"Interface: (?P<interface>\S+) - Incorrect MTU - .* Actual: (?P<value>\d+)": (Interface, "mtu_bytes"),
    r"Channel: (?P<lane>\d+) .* Actual: (?P<value>-?[\d.]+)dBm": (OpticLane, "input_power_dbm"),
    r"Alarm: (?P<value>-?[\d.]+)dBm": (OpticLane, "input_power_low_alarm_dbm"),
    r"NTP Server: (?P<address>\S+) .*Incorrect stratum level .* Actual: (?P<value>\d+)": (NtpPeer, "stratum"),
    r"Non-zero discard counter\(s\):.* outDiscards: (?P<value>\d+)": (Interface, "out_discards_count"),
    r"Non-zero discard counter\(s\):.* inDiscards: (?P<value>\d+)": (Interface, "in_discards_count"),
    r"Non-zero error counter\(s\) -.* inErrors: (?P<value>\d+)": (Interface, "in_errors_count"),
    r"Non-zero error counter\(s\) -.* outErrors: (?P<value>\d+)": (Interface, "out_errors_count"),
    r"Interface: (?P<interface>\S+) - Non-zero storm-control .* broadcast: (?P<value>\d+)": (
        DropCounter,
        "dropped_pkts",
    ),
    r"Interface: (?P<interface>\S+) - Incorrect adjacency state .* Actual: (?P<value>\w+)": (
        IsisAdjacency,
        "adjacency_state",
    ),
    r"Session not properly established - State: (?P<value>\w+)": (BfdSession, "session_state"),
    r"STP Instance: (?P<instance>\S+) - Blocked ports - (?P<value>\S+)": (StpPort, "interface"),
    r"STP Instance: (?P<instance>\S+) - Incorrect root priority .* Actual: (?P<value>\d+)": (
        StpInstance,
        "root_priority",
    ),
    r"VLAN \d+ Interface: (?P<interface>\S+) - Invalid state .* Actual: (?P<value>\w+)": (StpPort, "state"),
    r"Port: (?P<interface>\S+) .* Wrong LLDP neighbors: (?P<value>[^/]+)/": (LldpNeighbor, "neighbor_device"),
    r"VNI: (?P<vni>\d+) - Wrong VLAN binding .* Actual: (?P<value>\d+)": (Vni, "vlan"),
    r"Sensor: (?P<name>\S+) .*Invalid hardware (?:state|status) .* Actual: (?P<value>\w+)": (Sensor, "state"),
    r"Queue Type: unicast .* Actual: (?P<value>\d+)": (QueueCounters, "dropped_pkts"),
    r"Actual VOQ: (?P<value>\d+)": (QueueCounters, "dropped_pkts"),
    r"Power Slot: (?P<name>\d+) - Invalid power supplies state .* Actual: (?P<value>\w+)": (Sensor, "state"),
    r"Peer: (?P<peer>\S+) .*Incorrect session state .* Actual: (?P<value>\w+)": (BgpSession, "session_state"),
}
"""ANTA's tests are verdicts, but their messages quote what the device said."""


def _anta(record: Record) -> Iterator[Expected]:
    for message in record.golden["expected"].get("messages", ()):
        for pattern, (fact, field) in _QUOTES.items():
            if found := re.search(pattern, message):
                yield _quoted(message, found.groupdict(), fact, field, pattern)


def _quoted(message: str, said: dict[str, str], fact: type[Fact], field: str, pattern: str) -> Expected:
    value: Any = said.pop("value")
    key: dict[str, Any] = dict(said)
    if found := re.search(r"Interface: (\S+)", message):
        key["interface"] = found[1]
    if found := re.search(r"VRF: (\S+)", message):
        key["vrf"] = found[1]
    if found := re.search(r"Channel: (\d+)", message):
        key["lane"] = int(found[1])
    if found := re.search(r"Traffic Class: TC(\d+)", message):
        key["queue"] = ("VOQ" if "VOQ" in pattern else "UC") + found[1]
    if found := re.search(r"Peer: (\S+) VRF", message):
        key["peer"] = found[1]
    if "vni" in key:
        key["vni"] = int(key["vni"])
    if fact is Sensor:
        key["name"] = key["name"] if "Sensor:" in pattern else f"PowerSupply{key['name']}"
        value = {"powerLoss": "failed"}.get(value, value)
    elif field in {"interface", "neighbor_device"}:
        pass
    elif field.endswith("_dbm"):
        value = float(value)
    else:
        value = int(value) if value.isdigit() else value.lower()
    return Expected(fact, key, {field: value})


OTHER_ANSWER = "joined from another answer of the same case"
UNUSED = "no check or fact needs it"
OWN_NAME = "a name of the source's own"
VERDICT = "a test's question or verdict, not what the device says"


def _why(reason: str, at: str, *keys: str) -> dict[str, str]:
    """One reason for several keys of a row."""
    return {f"{at}.{key}": reason for key in keys}


def _napalm_load(record: Record) -> Iterator[Expected]:
    """napalm names total memory `available`; both are in KiB."""
    memory, load = record.golden["memory"], record.golden["cpu"]["0"]["%usage"]
    fields = {
        "cpu_pct": load,
        "memory_total_bytes": memory["available_ram"] * 1024,
        "memory_used_bytes": memory["used_ram"] * 1024,
    }
    yield Expected(CpuMemory, {}, fields)


def _moves(told: int) -> int:
    """napalm writes 0 where EOS does not count."""
    if told == 0:
        raise SkipValue
    return told


def _octal(reach: Any) -> bool:
    return int(str(reach), 8) > 0


_PEER = "global.peers.*"
_PEER_DETAIL = "default.*.*"
_LANE = "*.physical_channels.channel.*"

GOLDENS: dict[str, Golden] = {
    "anta": Golden(
        also=_anta,
        also_reads=("expected.messages",),
        reasons={"anta_test": OWN_NAME, "case": OWN_NAME, "inputs": VERDICT, "expected": VERDICT},
    ),
    "get_arp_table": Golden(also=_napalm_arp, also_reads=("*",)),
    "get_bgp_neighbors": Golden(
        also=_napalm_bgp,
        also_reads=(
            "global.router_id",
            *(
                f"{_PEER}.{key}"
                for key in ("local_as", "remote_as", "remote_id", "is_up", "is_enabled", "uptime")
            ),
            f"{_PEER}.address_family.*.received_prefixes",
            f"{_PEER}.address_family.*.sent_prefixes",
        ),
        reasons={
            f"{_PEER}.address_family.*.accepted_prefixes": OTHER_ANSWER,
            f"{_PEER}.description": OTHER_ANSWER,
        },
    ),
    "get_bgp_neighbors_detail": Golden(
        also=_napalm_bgp_detail,
        also_reads=tuple(
            f"{_PEER_DETAIL}.{key}"
            for key in (
                *("remote_address", "connection_state", "remote_as", "accepted_prefix_count", "local_as"),
                *("local_address", "router_id", "up", "holdtime", "keepalive", "routing_table"),
                *("received_prefix_count", "advertised_prefix_count"),
            )
        ),
        reasons={
            **_why(
                UNUSED,
                _PEER_DETAIL,
                *("previous_connection_state", "last_event", "input_messages", "output_messages"),
                *("input_updates", "output_updates", "messages_queued_out", "local_port", "remote_port"),
                *("multipath", "remove_private_as", "suppress_4byte_as", "local_as_prepend"),
                *("configured_holdtime", "configured_keepalive", "suppressed_prefix_count"),
            ),
            **_why(
                "napalm guesses it: it is not printed",
                _PEER_DETAIL,
                *("multihop", "local_address_configured", "active_prefix_count", "flap_count"),
            ),
            **_why(
                "the name of a route map: EOS prints none where none is set, and napalm joins",
                _PEER_DETAIL,
                "import_policy",
                "export_policy",
            ),
        },
    ),
    "get_environment": Golden(
        also=_napalm_load,
        also_reads=("cpu", "memory"),
        reasons={"fans": OTHER_ANSWER, "temperature": OTHER_ANSWER, "power": OTHER_ANSWER},
    ),
    "get_facts": Golden(
        also=_napalm_facts,
        also_reads=("interface_list",),
        reasons=dict.fromkeys(
            ("fqdn", "hostname", "model", "os_version", "serial_number", "uptime", "vendor"), OTHER_ANSWER
        ),
    ),
    "get_interfaces_ip": Golden(
        also=_napalm_addresses, also_reads=("*.ipv6",), reasons={"*.ipv4": OTHER_ANSWER}
    ),
    "get_lldp_neighbors": Golden(also=_napalm_lldp, also_reads=("*.*.hostname", "*.*.port")),
    "get_lldp_neighbors_detail": Golden(
        also=_napalm_lldp_detail,
        also_reads=(
            "*.*.remote_system_name",
            "*.*.remote_port_description",
            "*.*.remote_system_description",
            "*.*.remote_port",
        ),
        reasons=_why(
            UNUSED,
            "*.*",
            "parent_interface",
            "remote_chassis_id",
            "remote_system_capab",
            "remote_system_enable_capab",
        ),
    ),
    "get_mac_address_table": Golden(
        tables=(
            Table(
                MacEntry,
                "*",
                {"mac": ("mac", str.lower), "vlan": ("vlan", str), "interface": "interface"},
                {
                    "moves": ("moves_count", _moves),
                    "static": ("kind", lambda static: "static" if static else "dynamic"),
                },
            ),
        ),
        reasons={"*.last_move": "a date: a fact has an entry's age alone", "*.active": "always true here"},
    ),
    "get_ntp_stats": Golden(
        tables=(
            Table(
                NtpPeer,
                "*",
                {"address": "remote"},
                {
                    "synchronized": "synchronised",
                    "stratum": "stratum",
                    "offset": "offset_ms",
                    "reachability": ("reachable", _octal),
                },
            ),
        ),
        reasons=_why(UNUSED, "*", "delay", "hostpoll", "jitter", "referenceid", "type", "when"),
    ),
    "get_optics": Golden(
        also=_napalm_optics,
        also_reads=(
            f"{_LANE}.index",
            *(
                f"{_LANE}.state.{name}.instant"
                for name in ("input_power", "output_power", "laser_bias_current")
            ),
        ),
        reasons={f"{_LANE}.state": "zeros of napalm's own: EOS prints no average, least or most"},
    ),
    **dict.fromkeys(
        ("get_route_to", "get_route_to_longer"),
        Golden(
            also=_napalm_route,
            also_reads=tuple(
                f"*.*.{key}"
                for key in (
                    *("next_hop", "outgoing_interface", "preference", "protocol", "current_active"),
                    "routing_table",
                )
            ),
            reasons={
                "*.*.protocol_attributes": "of the BGP table, which is another answer",
                **_why(OWN_NAME, "*.*", "age", "inactive_reason", "last_active", "selected_next_hop"),
            },
        ),
    ),
}

UNMAPPED = {
    "bgp_summary/008": "joined with another device's answer: its AS numbers contradict this one's",
    "version_inventory/008": "memory and load of another answer of the same case",
}

UNREAD = {
    "cpu_memory/006": "the name of a table profile is no fact",
    "queue_drops/008": "no fact holds packets marked by ECN",
    "queue_drops/009": "no fact holds packets marked by ECN",
}

WRONG = {
    "arp_nd_mac/006": {"je:nn:30:57:84:23": "an address that its contributor made unreadable"},
    "spanning_tree/002": {
        "root_priority": "8196 is no priority, which is a multiple of 4096 (IEEE 802.1Q-2022 13.26.3)"
    },
}
