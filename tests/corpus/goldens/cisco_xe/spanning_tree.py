"""Spanning tree: Genie and ntc-templates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from netdoctor.model.facts import StpInstance, StpPort, TableUse
from netdoctor.platforms.cisco_xe.names import normalise_interface
from netdoctor.platforms.values import duration_s
from tests.corpus.corpus import Record
from tests.corpus.goldens import Expected, Golden, SkipValue, Table
from tests.corpus.goldens.cisco_xe.arp_nd_mac import mac

_STATES = {"FWD": "forwarding", "BLK": "discarding", "LRN": "learning", "blocking": "discarding"}
_ROLES = {"Desg": "designated", "Root": "root", "Altn": "alternate", "Back": "backup"}

TIMERS = "no check needs it: timers, port numbers and priorities, the designated bridge's own"
FEATURES = "no check needs it: what is configured of guards and defaults"
COUNTS = "how many ports are in which state: the ports themselves are facts"


def _vlan(number: Any) -> str:
    return f"VLAN{int(number):04d}"


def _state(said: str) -> str:
    return _STATES.get(said, said)


def _role_and_state(said: str) -> dict[str, str]:
    role, word = said.split()
    return {"role": role, "state": _state(word)}


def _detail(record: Record) -> Iterator[Expected]:
    for vlan, found in record.golden["pvst"]["vlans"].items():
        yield Expected(
            StpInstance,
            {"instance": _vlan(vlan)},
            {
                "bridge_mac": mac(found["bridge_address"]),
                "bridge_priority": found["bridge_priority"],
                "is_root": found["root_of_spanning_tree"],
                "topology_changes_count": found["topology_changes"],
                "last_change_s": duration_s(found["time_since_topology_change"]),
                "last_change_interface": found["topology_from_port"],
            },
        )
        for name, port in found["interfaces"].items():
            yield Expected(StpPort, {"instance": _vlan(vlan), "interface": name}, _port(port, port["status"]))


def _port(port: dict[str, Any], status: str) -> dict[str, Any]:
    return _role_and_state(status) | {
        "cost": port["cost"],
        "bpdus_sent_count": port["counters"]["bpdu_sent"],
        "bpdus_received_count": port["counters"]["bpdu_received"],
    }


def _mst(record: Record) -> Iterator[Expected]:
    for number, found in record.golden["mst_instances"].items():
        instance = f"MST{number}"
        yield Expected(
            StpInstance,
            {"instance": instance},
            {
                "bridge_mac": mac(found["bridge_address"]),
                "bridge_priority": found["bridge_priority"],
                "root_mac": mac(found["root_address"]),
                "root_priority": found["root_priority"],
            },
        )
        for name, port in found["interfaces"].items():
            yield Expected(StpPort, {"instance": instance, "interface": name}, _port(port, port["status"]))


def _one_port(record: Record) -> Iterator[Expected]:
    found = record.golden
    yield Expected(
        StpPort,
        {"instance": found["vlan"], "interface": found["interface"]},
        _role_and_state(found["port_span_mode"])
        | {
            "cost": found["path_cost"],
            "bpdus_sent_count": found["BPDU"]["sent"],
            "bpdus_received_count": found["BPDU"]["received"],
        },
    )


def _tree(record: Record) -> Iterator[Expected]:
    for vlan, found in record.golden["rapid_pvst"]["vlans"].items():
        instance = _vlan(vlan)
        yield Expected(
            StpInstance,
            {"instance": instance},
            {
                "protocol": "rstp",
                "bridge_mac": mac(found["bridge"]["address"]),
                "bridge_priority": found["bridge"]["priority"],
                "root_mac": mac(found["root"]["address"]),
                "root_priority": found["root"]["priority"],
            },
        )
        for name, port in found["interfaces"].items():
            yield Expected(
                StpPort,
                {"instance": instance, "interface": name},
                {"role": port["role"], "state": _state(port["port_state"]), "cost": port["cost"]},
            )


def _inconsistent(record: Record) -> Iterator[Expected]:
    for name, found in record.golden["interface"].items():
        word = found["inconsistency"].split()[0].lower()
        yield Expected(
            StpPort,
            {"instance": found["vlan"], "interface": name},
            {"state": "broken", "inconsistency": word},
        )


def _of_port(record: Record) -> Iterator[Expected]:
    interface = normalise_interface(record.command.split()[-1])
    for instance, found in record.golden["vlan"].items():
        yield Expected(
            StpPort,
            {"instance": instance, "interface": interface},
            {"role": _ROLES[found["role"]], "state": _STATES[found["status"]], "cost": found["cost"]},
        )


def _summary(record: Record) -> Iterator[Expected]:
    roots = record.golden["root_bridge_for"]
    for mode, instances in record.golden["mode"].items():
        for name in instances:
            fields: dict[str, Any] = {"protocol": {"rapid-pvst": "rstp", "mst": "mstp"}.get(mode, mode)}
            yield Expected(
                StpInstance, {"instance": name}, fields | ({"is_root": True} if name in roots else {})
            )
    active = record.golden["total_statistics"]["stp_actives"]
    yield Expected(TableUse, {"table": "stp ports"}, {"used_count": active})


def _totals(record: Record) -> Iterator[Expected]:
    for found in record.golden["spannig_tree_name"].values():
        yield Expected(TableUse, {"table": "stp ports"}, {"used_count": found["stp_active"]})


def _word(table: dict[str, str]) -> Any:
    def convert(said: str) -> str:
        if said not in table:
            raise SkipValue
        return table[said]

    return convert


GOLDENS = {
    "show_spanning-tree": Golden(
        tables=(
            Table(
                StpPort,
                "parsed_sample.*",
                {"instance": ("vlan_id", _vlan), "interface": ("interface", normalise_interface)},
                {
                    "cost": ("cost", int),
                    "role": ("role", _word(_ROLES)),
                    "status": ("state", _word(_STATES)),
                },
            ),
        ),
        reasons={"parsed_sample.*": TIMERS},
    ),
    "show_spanning-tree_root": Golden(
        tables=(
            Table(
                StpInstance,
                "parsed_sample.*",
                {"instance": "vlan_id"},
                {
                    "priority": ("root_priority", int),
                    "root_id": ("root_mac", mac),
                    "root_port": ("root_port", normalise_interface),
                },
            ),
        ),
        reasons={"parsed_sample.*": TIMERS},
    ),
    "ShowSpanningTreeDetail": Golden(
        also=_detail, also_reads=("pvst.vlans.*.topology_changes",), reasons={"pvst": TIMERS}
    ),
    "ShowSpanningTreeMstDetail": Golden(
        also=_mst, also_reads=("mst_instances.*.root_address",), reasons={"mst_instances": TIMERS}
    ),
    "ShowSpanningTreeInterfaceDetail": Golden(
        also=_one_port,
        also_reads=("interface", "vlan", "port_span_mode", "path_cost", "BPDU"),
        reasons=dict.fromkeys(
            (
                "port",
                "port_id",
                "port_priority",
                "dr_priority",
                "dr_address",
                "dbridge_priority",
                "dbridge_address",
                "dport_id",
                "des_path_cost",
                "forward_trans",
                "link_type",
                "timers",
            ),
            TIMERS,
        ),
    ),
    "ShowSpanningTree": Golden(
        also=_tree, also_reads=("rapid_pvst.vlans.*.root.address",), reasons={"rapid_pvst": TIMERS}
    ),
    "ShowSpanningTreeInconsistentports": Golden(also=_inconsistent, also_reads=("interface",)),
    "ShowSpanningTreeInterface": Golden(
        also=_of_port,
        also_reads=("vlan.*.role", "vlan.*.status", "vlan.*.cost"),
        reasons={"vlan": TIMERS},
    ),
    "ShowSpanningTreeSummary": Golden(
        also=_summary,
        also_reads=("root_bridge_for", "total_statistics.stp_actives"),
        reasons={
            "mode": COUNTS,
            "total_statistics": COUNTS,
            **dict.fromkeys(
                (
                    "etherchannel_misconfig_guard",
                    "portfast_default",
                    "backbone_fast",
                    "extended_system_id",
                    "bpdu_filter",
                    "bpdu_guard",
                    "loop_guard",
                    "uplink_fast",
                    "configured_pathcost",
                ),
                FEATURES,
            ),
        },
    ),
    "ShowSpanningTreeSummaryTotals": Golden(
        also=_totals,
        also_reads=("spannig_tree_name.*.stp_active",),
        reasons={
            "spannig_tree_name": COUNTS,
            "mode": "no instance is named, of which it could be told",
            "root_bridge": "no instance is named, of which it could be told",
            **dict.fromkeys(
                (
                    "extended_system_id",
                    "portfast",
                    "portfast_bpdu_guard",
                    "portfast_bpdu_filter",
                    "loopguard",
                    "etherchannel_misconfig_guard",
                    "uplinkfast",
                    "backbonefast",
                ),
                FEATURES,
            ),
        },
    ),
}
