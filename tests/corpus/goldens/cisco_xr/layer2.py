"""Neighbours, bundles, addresses of neighbours, spanning tree and EVPN."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from netdoctor.model.facts import (
    DropCounter,
    EthernetSegment,
    Interface,
    LagMember,
    LldpNeighbor,
    MacEntry,
    MlagDomain,
    Neighbor,
    RoutingProcess,
    StpInstance,
    StpPort,
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

_PORT_STATES = {"FWD": "forwarding", "BLK": "discarding", "LRN": "learning", "DLY": "discarding"}
_ROLES = {"ROOT": "root", "DSGN": "designated", "ALT": "alternate", "BKP": "backup", "MSTR": "master"}
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


def _tree(record: Record) -> Iterator[Expected]:
    for instances in record.golden["mstp"].values():
        for name, row in instances["mst_instances"].items():
            if "bridge_address" in row:
                root = row.get("cist_root_address", row["designated_root_address"])
                priority = row.get("cist_root_priority", row["designated_root_priority"])
                fields = {
                    "root_mac": mac(root),
                    "root_priority": priority,
                    "bridge_mac": mac(row["bridge_address"]),
                    "bridge_priority": row["bridge_priority"],
                }
                yield Expected(StpInstance, {"instance": f"MST{name}"}, fields)


def _stp_port(at: str, instance: Any) -> Table:
    return Table(
        StpPort,
        at,
        {"instance": instance, "interface": ("name", interface)},
        {
            "cost": "cost",
            "role": ("role", _ROLES.__getitem__),
            "port_state": ("state", _PORT_STATES.__getitem__),
        },
    )


_STP_REASONS = (
    "designated_bridge_address",
    "designated_bridge_priority",
    "designated_port_num",
    "designated_port_priority",
    "port_num",
    "port_priority",
)


def _segments(record: Record) -> Iterator[Expected]:
    for esi, told in record.golden["segment_id"].items():
        if esi == "N/A":
            continue
        for row in told["interface"].values():
            state = row["main_port"]["state"]
            fields: dict[str, Any] = {"state": "down" if state == "Down" else "up"}
            mode = row["topology"]["configured"].lower()
            fields["redundancy_mode"] = "all_active" if mode.startswith("all") else "single_active"
            fields["peers"] = tuple(peer.partition("[")[0].strip() for peer in row["peering_details"])
            key = {"esi": esi, "interface": interface(row["main_port"]["interface"])}
            yield Expected(EthernetSegment, key, fields)


def _hop(text: str) -> dict[str, Any]:
    if text[0].isdigit() and text.partition("/")[0].count(".") == 3:
        return {"remote_vtep": text.partition("/")[0]}
    return {"interface": interface(text)} if text[0].isupper() and text[-1].isdigit() else {}


def _evi_macs(record: Record) -> Iterator[Expected]:
    for evi, told in record.golden["vpn_id"].items():
        for address, row in told["mac_address"].items():
            key = {"vlan": evi, "mac": _any_mac(address)}
            fields = _hop(row["next_hop"])
            sequence = [
                row[name]
                for name in ("local_sequence_number", "remote_sequence_number")
                if isinstance(row.get(name), int)
            ]
            yield Expected(
                MacEntry, key, fields | ({"moves_count": max(sequence)} if sequence else {}) or key
            )


def _any_mac(text: str) -> str:
    digits = text.replace(".", "")
    return ":".join(digits[start : start + 2] for start in range(0, 12, 2))


def _l2routes(record: Record) -> Iterator[Expected]:
    for topology, told in record.golden["topo_id"].items():
        for address, row in told["mac_address"].items():
            key = {"vlan": topology, "mac": _any_mac(address)}
            if "next_hop" in row:
                yield Expected(MacEntry, key, _hop(row["next_hop"]))
            for host, one in row.get("ip_address", {}).items():
                yield Expected(Neighbor, {"address": host}, {"mac": _any_mac(address)})
                yield Expected(MacEntry, key, _hop(one["next_hop"]) or key)


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
    "ShowSpanningTreeMst": Golden(
        tables=(_stp_port("mstp.*.mst_instances.*.interfaces.*", lambda place: f"MST{place.names[1]}"),),
        also=_tree,
        also_reads=tuple(
            f"mstp.*.mst_instances.*.{key}"
            for key in (
                *("cist_root_address", "cist_root_priority", "bridge_address", "bridge_priority"),
                *("designated_root_address", "designated_root_priority"),
            )
        ),
        reasons={
            "mstp.*.mst_instances.*.mst_id": OWN_NAME,
            "mstp.*.mst_instances.*.this_bridge_is": "the root of the region",
            **{f"mstp.*.mst_instances.*.interfaces.*.{key}": NO_FACT for key in _STP_REASONS},
            **{
                f"mstp.*.mst_instances.*.{key}": NO_FACT
                for key in (
                    *(
                        "bridge_forward_delay",
                        "bridge_max_age",
                        "bridge_max_hops",
                        "bridge_transmit_hold_count",
                    ),
                    *(
                        "cist_root_cost",
                        "root_cost",
                        "root_forward_delay",
                        "root_max_age",
                        "sys_id_ext",
                        "vlan",
                    ),
                )
            },
        },
    ),
    "ShowSpanningTreePvrst": Golden(
        tables=(
            _stp_port("pvst.*.vlans.*.interface.*", lambda place: f"VLAN{int(place.names[1]):04d}"),
            Table(
                StpInstance,
                "pvst.*.vlans.*",
                {"instance": lambda place: f"VLAN{int(place.names[1]):04d}"},
                {
                    "bridge_address": ("bridge_mac", mac),
                    "bridge_priority": "bridge_priority",
                    "designated_root_address": ("root_mac", mac),
                    "designated_root_priority": "root_priority",
                },
            ),
        ),
        reasons={
            "pvst.*.pvst_id": OWN_NAME,
            "pvst.*.vlans.*.vlan_id": OWN_NAME,
            **{f"pvst.*.vlans.*.interface.*.{key}": NO_FACT for key in _STP_REASONS},
            **{
                f"pvst.*.vlans.*.{key}": NO_FACT
                for key in (
                    *("bridge_forward_delay", "bridge_max_age", "bridge_transmit_hold_count", "sys_id_ext"),
                    *("designated_root_forward_delay", "designated_root_max_age"),
                )
            },
        },
    ),
    "ShowSpanningTreePvrsTag": Golden(
        tables=(
            Table(
                StpPort,
                "pvrstag.*.interfaces.*.vlans.*",
                {"instance": lambda place: f"VLAN{int(place.names[2]):04d}", "interface": "*1"},
                {
                    "counters.topology_changes": "topology_changes_count",
                    "counters.bdpu_sent": "bpdus_sent_count",
                    "root_cost": "cost",
                    "active": ("state", lambda yes: "forwarding" if yes else "disabled"),
                },
            ),
        ),
        reasons={
            "pvrstag.*.domain": OWN_NAME,
            "pvrstag.*.interfaces.*.interface": OWN_NAME,
            "pvrstag.*.interfaces.*.vlans.*": "what the gateway is told to send: no fact has it",
        },
    ),
    "ShowEvpnEthernetSegmentDetail": Golden(
        also=_segments,
        also_reads=(
            *("segment_id.*.interface.*.main_port.state", "segment_id.*.interface.*.topology.configured"),
            *("segment_id.*.interface.*.main_port.interface", "segment_id.*.interface.*.peering_details"),
        ),
        reasons={"segment_id.*.interface.*": "inner state of the EVPN process: no fact has it"},
    ),
    "ShowEvpnEviMacDetail": Golden(
        also=_evi_macs,
        also_reads=tuple(
            f"vpn_id.*.mac_address.*.{key}"
            for key in ("next_hop", "local_sequence_number", "remote_sequence_number")
        ),
        reasons={"vpn_id.*.mac_address.*": "inner state of the EVPN process: no fact has it"},
    ),
    "ShowL2routeEvpnMacAll": Golden(
        also=_l2routes,
        also_reads=("topo_id.*.mac_address.*.next_hop",),
        reasons={"topo_id.*.mac_address.*.producer": NO_FACT},
    ),
    "ShowL2routeEvpnMacIpAll": Golden(
        also=_l2routes,
        also_reads=("topo_id.*.mac_address.*.ip_address.*.next_hop",),
        reasons={"topo_id.*.mac_address.*.ip_address.*.producer": NO_FACT},
    ),
}
GOLDENS["ShowEvpnEthernetSegmentPrivate"] = GOLDENS["ShowEvpnEthernetSegmentDetail"]
GOLDENS["ShowEvpnEviMacPrivate"] = GOLDENS["ShowEvpnEviMacDetail"]
