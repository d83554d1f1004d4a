"""Goldens of napalm and ANTA for Arista EOS."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from typing import Any

from netdoctor.model.facts import (
    BgpAfi,
    BgpSession,
    Fact,
    Interface,
    LldpNeighbor,
    Neighbor,
    NtpPeer,
    OpticLane,
    QueueCounters,
    Route,
    Sensor,
)
from tests.corpus.corpus import Record
from tests.corpus.goldens import Expected, Golden


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
        if _of_family(record, told["remote_address"]):
            key = {"peer": told["remote_address"]}
            state = told["connection_state"].lower()
            yield Expected(BgpSession, key, {"session_state": state, "peer_as": told["remote_as"]})
            yield Expected(BgpAfi, key, {"prefixes_accepted_count": told["accepted_prefix_count"]})


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
    if fact is Sensor:
        key["name"] = f"PowerSupply{key['name']}"
        value = {"powerLoss": "failed"}.get(value, value)
    elif field.endswith("_dbm"):
        value = float(value)
    else:
        value = int(value) if value.isdigit() else value.lower()
    return Expected(fact, key, {field: value})


GOLDENS: dict[str, Golden] = {
    "anta": Golden(also=_anta),
    "get_arp_table": Golden(also=_napalm_arp),
    "get_bgp_neighbors": Golden(also=_napalm_bgp),
    "get_bgp_neighbors_detail": Golden(also=_napalm_bgp_detail),
    "get_facts": Golden(also=_napalm_facts),
    "get_interfaces_ip": Golden(also=_napalm_addresses),
    "get_lldp_neighbors": Golden(also=_napalm_lldp),
    "get_lldp_neighbors_detail": Golden(also=_napalm_lldp_detail),
    "get_optics": Golden(also=_napalm_optics),
    "get_route_to": Golden(also=_napalm_route),
    "get_route_to_longer": Golden(also=_napalm_route),
}

UNMAPPED = {
    "bgp_summary/008": "joined with another device's answer: its AS numbers contradict this one's",
    "version_inventory/008": "memory and load of another answer of the same case",
}
