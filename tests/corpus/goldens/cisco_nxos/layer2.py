"""Goldens of neighbours by LLDP and ARP, MAC addresses, bundles, spanning tree, overlay and access lists."""

from __future__ import annotations

import re
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
    StpInstance,
    StpPort,
    Vni,
    Vtep,
)
from tests.corpus.corpus import Record
from tests.corpus.goldens import Expected, Golden, Place, SkipValue, Table
from tests.corpus.goldens.cisco_nxos.words import NO_FACT, age, is_up, mac, port, told, whole


def _napalm_lldp(record: Record) -> Iterator[Expected]:
    for name, found in record.golden.items():
        for row in found:
            fields = {"neighbor_device": row["hostname"], "neighbor_interface": row["port"]}
            yield Expected(LldpNeighbor, {"interface": port(name)}, fields)


def _address(value: str) -> str:
    """An address that is one: a MAC address is none."""
    if not re.fullmatch(r"\d+(?:\.\d+){3}|[0-9a-f]*:[0-9a-f:]+", value):
        raise SkipValue
    return value


def _napalm_arp(record: Record) -> Iterator[Expected]:
    for row in record.golden:
        fields = {"mac": row["mac"].lower(), "age_s": row["age"]}
        yield Expected(Neighbor, {"address": row["ip"], "interface": row["interface"]}, fields)


def _napalm_macs(record: Record) -> Iterator[Expected]:
    for row in record.golden:
        yield Expected(MacEntry, {"mac": row["mac"].lower()}, {"vlan": str(row["vlan"])})


def _members(record: Record) -> Iterator[Expected]:
    """Flags of a member: `P` is bundled, `D` and `G` alone are down."""
    for row in record.golden["parsed_sample"]:
        lag = port(row["bundle_name"])
        up = "U" in row["bundle_status"]
        yield Expected(Interface, {"interface": lag}, {"oper_up": up})
        for name, flags in zip(row["member_interface"], row["member_interface_status"], strict=False):
            state = "bundled" if "P" in flags else "down"
            yield Expected(LagMember, {"lag": lag, "interface": port(name)}, {"state": state})


def _partners(record: Record) -> Iterator[Expected]:
    for lag, row in record.golden["interfaces"].items():
        for name, member in row["members"].items():
            fields = {
                "partner_system": ":".join(part.zfill(2) for part in member["partner_id"].split("-")),
                "partner_key": str(member["oper_key"]),
                "partner_interface": str(member["port_num"]),
            }
            yield Expected(LagMember, {"lag": port(lag), "interface": name}, fields)


def _unset(place: Place) -> bool:
    return place.row.get("vpc_domain_id") == "Not configured"


def _mst(number: str) -> str:
    return f"MST{int(number):04}"


def _stp_ports(record: Record) -> Iterator[Expected]:
    tree = record.golden["mstp"]
    for number, row in (tree.get("mst_instances") or tree["mst_intances"]).items():
        for name, one in row["interfaces"].items():
            words = (one.get("status") or one["port_state"]).split()
            fields: dict[str, Any] = {
                "state": words[-1],
                "cost": one.get("cost") or one["port_cost"],
            }
            if counters := one.get("counters"):
                fields["bpdus_sent_count"] = counters["bpdu_sent"]
                fields["bpdus_received_count"] = counters.get("bpdu_received", counters.get("bpdu_recieved"))
            if len(words) > 1:
                fields["role"] = words[0]
            if one.get("bridge_assurance_inconsistent"):
                fields["inconsistency"] = "bridge assurance, vpc peer-link"
            yield Expected(StpPort, {"instance": _mst(number), "interface": port(name)}, fields)


_PORT_KEYS = tuple(
    f"mstp.{word}.*.interfaces.*.{key}"
    for word in ("mst_instances", "mst_intances")
    for key in (
        "status",
        "port_state",
        "cost",
        "port_cost",
        "counters",
        "bridge_assurance_inconsistent",
        "vpc_peer_link_inconsistent",
    )
)


def _is_root(value: str) -> bool:
    return value == "This bridge is root"


def _root_port(value: str) -> str | None:
    return None if _is_root(value) else port(value.strip())


def _rules(record: Record) -> Iterator[Expected]:
    for row in record.golden["parsed_sample"]:
        if row["action"] == "remark":
            continue
        found = re.search(r"\[match=(\d+)\]", row["modifier"])
        amount = int(found[1]) if found else None
        permits = row["action"] == "permit"
        fields = {"conformed_pkts" if permits else "dropped_pkts": amount}
        yield Expected(DropCounter, {"kind": "acl", "name": f"{row['name']} {row['sn']}"}, fields)


def _lists(record: Record) -> Iterator[Expected]:
    for name in record.golden["acl"]:
        yield Expected(DropCounter, {"kind": "acl", "name": name}, {"name": name})


def _l2_mac(place: Place) -> str:
    return mac(place.names[1])


def _hop(value: str) -> str | None:
    return None if value.lower() == "local" else value


def _vlan(place: Place) -> bool:
    return place.row["type"] != "L2"


def _vrf(place: Place) -> bool:
    return place.row["type"] != "L3"


def _lower(value: str) -> str:
    return value.lower()


def _vlan_of(value: str) -> int | None:
    return int(value) or None


_ROLES = {"Desg": "designated", "Altn": "alternate", "Root": "root"}
_STATES = {"FWD": "forwarding", "BLK": "discarding"}

GOLDENS = {
    "get_lldp_neighbors": Golden(also=_napalm_lldp, also_reads=("*.*.hostname", "*.*.port")),
    "ShowLldpNeighborsDetail": Golden(
        tables=(
            Table(
                LldpNeighbor,
                "interfaces.*.port_id.*.neighbors.*",
                {"interface": "*0"},
                {
                    "system_name": ("neighbor_device", told),
                    "system_description": ("neighbor_description", str.strip),
                    "management_address_v4": ("neighbor_address", _address),
                },
            ),
        ),
        reasons={
            "interfaces.*.port_id.*.neighbors.*": NO_FACT,
            "total_entries": "follows from the neighbours",
        },
    ),
    "show_ip_arp": Golden(
        tables=(
            Table(
                Neighbor,
                "parsed_sample.*",
                {"address": "ip_address"},
                {"age": ("age_s", age), "mac_address": ("mac", mac), "interface": ("interface", port)},
            ),
        ),
    ),
    "show_ip_arp_detail": Golden(
        tables=(
            Table(
                Neighbor,
                "parsed_sample.*",
                {"address": "ip_address"},
                {
                    "age": ("age_s", age),
                    "mac_address": ("mac", mac),
                    "interface": ("interface", lambda value: port(told(value))),
                },
            ),
        ),
        reasons={
            "parsed_sample.*.physical_interface": "the port behind the VLAN is told by the MAC address table"
        },
    ),
    "ShowIpArpstatisticsVrfAll": Golden(
        tables=(
            Table(
                DropCounter, "statistics.sent", {"name": lambda _: "ARP sent"}, {"dropped": "dropped_pkts"}
            ),
            Table(
                DropCounter,
                "statistics.received",
                {"name": lambda _: "ARP received"},
                {"dropped": "dropped_pkts"},
            ),
        ),
        reasons={"statistics": NO_FACT},
    ),
    "get_arp_table": Golden(also=_napalm_arp, also_reads=("*.interface", "*.ip", "*.mac", "*.age")),
    "get_mac_address_table": Golden(
        also=_napalm_macs,
        also_reads=("*.mac", "*.vlan"),
        reasons={
            "*.interface": "with a mark of the table behind the name",
            "*.static": "an address of the device's own, which is more than static",
            "*.active": "napalm says it of every address",
            "*.moves": "napalm fills it with zero",
            "*.last_move": "napalm fills it with zero",
        },
    ),
    "ShowLacpNeighbor": Golden(
        also=_partners,
        also_reads=tuple(f"interfaces.*.members.*.{key}" for key in ("partner_id", "oper_key", "port_num")),
        reasons={"interfaces.*.members.*": NO_FACT},
    ),
    "show_port-channel_summary": Golden(
        also=_members,
        also_reads=tuple(
            f"parsed_sample.*.{key}"
            for key in ("bundle_name", "bundle_status", "member_interface", "member_interface_status")
        ),
        reasons={
            "parsed_sample.*.bundle_protocol": NO_FACT,
            "parsed_sample.*.bundle_protocol_state": NO_FACT,
        },
    ),
    "ShowVpc": Golden(
        tables=(
            Table(
                MlagDomain,
                "",
                {"domain": "vpc_domain_id"},
                {
                    "vpc_peer_status": ("peer_up", lambda value: value.endswith("formed ok")),
                    "vpc_peer_keepalive_status": ("keepalive_up", lambda value: value == "peer is alive"),
                    "vpc_configuration_consistency_status": ("consistent", lambda value: value == "success"),
                    "vpc_configuration_consistency_reason": "reason",
                    "vpc_role": "role",
                },
                unless=_unset,
            ),
            Table(
                MlagDomain,
                "peer_link.*",
                {},
                {
                    "peer_link_ifindex": ("peer_link", port),
                    "peer_link_port_state": ("peer_link_up", is_up),
                },
            ),
            Table(
                Interface,
                "vpc.*",
                {"interface": ("vpc_ifindex", port)},
                {"vpc_port_state": ("oper_up", is_up)},
            ),
        ),
        reasons={
            "vpc.*": NO_FACT,
            "peer_link.*": NO_FACT,
            **dict.fromkeys(
                (
                    "num_of_vpcs",
                    "vpc_per_vlan_consistency_status",
                    "vpc_type_2_consistency_status",
                    "peer_gateway",
                    "dual_active_excluded_vlans",
                    "vpc_graceful_consistency_check_status",
                    "vpc_auto_recovery_status",
                    "vpc_delay_restore_status",
                    "vpc_delay_restore_svi_status",
                    "operational_l3_peer_router",
                ),
                NO_FACT,
            ),
        },
    ),
    "ShowSpanningTreeDetail": Golden(
        tables=(
            Table(
                StpInstance,
                "mstp.mst_instances.*",
                {"instance": ("*0", _mst)},
                {
                    "bridge_priority": "bridge_priority",
                    "bridge_address": ("bridge_mac", mac),
                    "topology_changes": "topology_changes_count",
                    "time_since_topology_change": ("last_change_s", age),
                    "root_of_the_spanning_tree": "is_root",
                },
            ),
        ),
        also=_stp_ports,
        also_reads=_PORT_KEYS,
        reasons={"mstp": NO_FACT},
    ),
    "ShowSpanningTreeMst": Golden(
        tables=(
            Table(
                StpInstance,
                "mstp.mst_intances.*",
                {"instance": ("*0", _mst)},
                {"bridge_priority": "bridge_priority", "bridge_address": ("bridge_mac", mac)},
            ),
        ),
        also=_stp_ports,
        also_reads=_PORT_KEYS,
        reasons={"mstp": NO_FACT},
    ),
    "ShowSpanningTreeIssuImpact": Golden(
        tables=(
            Table(
                StpPort,
                "criteria3.non_edge_port.*",
                {"interface": "*0", "instance": ("instance", _mst)},
                {"role": ("role", _ROLES.__getitem__), "sts": ("state", _STATES.__getitem__)},
            ),
        ),
        reasons={
            "criteria1": "a verdict on an upgrade, which no check asks for",
            "criteria2": "a verdict on an upgrade, which no check asks for",
            "criteria3": "a verdict on an upgrade, which no check asks for",
            "issu_proceed_status": "a verdict on an upgrade, which no check asks for",
        },
    ),
    "show_spanning-tree_root": Golden(
        tables=(
            Table(
                StpInstance,
                "parsed_sample.*",
                {"instance": "vlan_id"},
                {
                    "priority": ("root_priority", whole),
                    "root_id": ("root_mac", mac),
                    "root_port": ("is_root", _is_root),
                },
            ),
            Table(
                StpInstance,
                "parsed_sample.*",
                {"instance": "vlan_id"},
                {"root_port": ("root_port", _root_port)},
            ),
        ),
        reasons={"parsed_sample.*": NO_FACT},
    ),
    "ShowSpanningTreeSummary": Golden(
        tables=(
            Table(StpInstance, "mode.mst.*", {"instance": "*0"}, {}),
            Table(StpInstance, "", {"instance": "root_bridge_for"}, {"root_bridge_for": ("is_root", bool)}),
        ),
        reasons={
            "mode": "how many ports are in which state follows from the ports",
            "total_statistics": "how many ports are in which state follows from the ports",
            **dict.fromkeys(
                (
                    "mst_type",
                    "port_type_default",
                    "bpdu_guard",
                    "bpdu_filter",
                    "bridge_assurance",
                    "loop_guard",
                    "path_cost_method",
                    "pvst_simulation",
                    "vpc_peer_switch",
                    "vpc_peer_switch_status",
                    "stp_lite",
                ),
                NO_FACT,
            ),
        },
    ),
    "ShowL2routeEvpnMacEvi": Golden(
        tables=(
            Table(
                MacEntry,
                "topology.*.mac_address.*",
                {"vlan": "*0", "mac": _l2_mac},
                {"seq_no": ("moves_count", whole), "next_hops": ("remote_vtep", _hop)},
            ),
        ),
        reasons={"topology.*.mac_address.*": NO_FACT},
    ),
    "ShowL2routeMacIpAllDetail": Golden(
        tables=(
            Table(
                MacEntry,
                "topology.topo_id.*.mac_ip.*",
                {"vlan": "*0", "mac": _l2_mac},
                {"seq_num": "moves_count", "next_hop1": ("remote_vtep", _hop)},
            ),
            Table(
                Neighbor, "topology.topo_id.*.mac_ip.*", {"address": "host_ip"}, {"mac_addr": ("mac", mac)}
            ),
        ),
        reasons={"topology.topo_id.*.mac_ip.*": NO_FACT},
    ),
    "ShowNveEthernetSegment": Golden(
        tables=(
            Table(
                EthernetSegment,
                "nve.*.ethernet_segment.esi.*",
                {"esi": "esi"},
                {"if_name": ("interface", port), "es_state": "state", "df_list": ("peers", tuple)},
            ),
        ),
        reasons={"nve.*.ethernet_segment.esi.*": NO_FACT},
    ),
    "ShowNveInterfaceDetail": Golden(
        tables=(
            Table(Interface, "*", {"interface": "nve_name"}, {"if_state": ("oper_up", is_up)}),
            Table(Interface, "*", {"interface": "source_if"}, {"src_if_state": ("oper_up", is_up)}),
        ),
        reasons={"*": NO_FACT},
    ),
    "show_nve_peers": Golden(
        tables=(
            Table(
                Vtep,
                "parsed_sample.*",
                {"address": "peer"},
                {"state": ("state", _lower), "type": ("source", {"CP": "evpn", "DP": "flood"}.__getitem__)},
            ),
        ),
        reasons={"parsed_sample.*.interface": NO_FACT, "parsed_sample.*.mac_address": NO_FACT},
    ),
    "show_nve_vni": Golden(
        tables=(
            Table(
                Vni,
                "parsed_sample.*",
                {"vni": ("vni", int)},
                {"state": ("state", _lower), "type": ("kind", _lower), "interface": "interface"},
            ),
            Table(Vni, "parsed_sample.*", {"vni": ("vni", int)}, {"bd_vrf": ("vlan", int)}, unless=_vlan),
            Table(Vni, "parsed_sample.*", {"vni": ("vni", int)}, {"bd_vrf": "vrf"}, unless=_vrf),
            Table(
                Vni, "parsed_sample.*", {"vni": ("vni", int)}, {"mcast_group": ("source", told)}, unless=_vlan
            ),
        ),
        reasons={"parsed_sample.*.mode": NO_FACT},
    ),
    "show_nve_vni_interface_nve_1_detail": Golden(
        tables=(
            Table(
                Vni,
                "parsed_sample.*",
                {"vni": ("vni", int)},
                {
                    "vni_state": ("state", _lower),
                    "vlan_bd": ("vlan", _vlan_of),
                    "nve_interface": "interface",
                    "multicast_address": ("source", told),
                },
            ),
        ),
        reasons={"parsed_sample.*": NO_FACT},
    ),
    "show_access-lists": Golden(
        also=_rules,
        also_reads=tuple(f"parsed_sample.*.{key}" for key in ("action", "name", "sn", "modifier")),
        reasons={"parsed_sample.*": "what a rule matches; its count is the fact"},
    ),
    "ShowAccessListsSummary": Golden(
        also=_lists,
        also_reads=("acl.*",),
        reasons={"attachment_points": "the first interface alone is kept"},
    ),
}

UNREAD = {"lldp/008": "frames that LLDP counts for the whole device: no fact, and no check needs it"}
