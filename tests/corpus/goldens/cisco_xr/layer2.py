"""Spanning tree and EVPN."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from netdoctor.model.facts import (
    EthernetSegment,
    MacEntry,
    Neighbor,
    StpInstance,
    StpPort,
)
from tests.corpus.corpus import Record
from tests.corpus.goldens import Expected, Golden, Table
from tests.corpus.goldens.cisco_xr.words import (
    NO_FACT,
    OWN_NAME,
    interface,
    mac,
)

_PORT_STATES = {"FWD": "forwarding", "BLK": "discarding", "LRN": "learning", "DLY": "discarding"}
_ROLES = {"ROOT": "root", "DSGN": "designated", "ALT": "alternate", "BKP": "backup", "MSTR": "master"}


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


GOLDENS = {
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
