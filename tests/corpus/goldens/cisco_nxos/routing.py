"""Goldens of BFD, OSPF, IS-IS and routes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from netdoctor.model.facts import (
    BfdSession,
    IsisAdjacency,
    IsisInstance,
    IsisInterface,
    OspfInstance,
    OspfInterface,
    OspfNeighbor,
    Route,
    TableUse,
)
from tests.corpus.corpus import Record
from tests.corpus.goldens import Expected, Golden, Place, Table
from tests.corpus.goldens.cisco_nxos.words import NO_FACT, age, is_up, port, whole

_BFD_STATES = {"Up": "up", "Down": "down", "AdminDown": "admin_down", "Init": "init"}
_BFD = {
    "state": ("session_state", _BFD_STATES.__getitem__),
    "interface": ("interface", port),
    "vrf": "vrf",
    "holdown_timer_multiplier": "multiplier",
}
_BFD_AT = "vrf.*.our_address.*.neighbor_address.*"
_BFD_TABLE = Golden(
    tables=(Table(BfdSession, _BFD_AT, {"peer": "*2", "vrf": "*0"}, _BFD),),
    reasons={_BFD_AT: NO_FACT},
)
_DIAGNOSTICS = {0: "No Diagnostic", 7: "Administratively Down"}


def _bfd_detail(record: Record) -> Iterator[Expected]:
    for ours in record.golden["our_address"].values():
        for peer, row in ours["neighbor_address"].items():
            up = row["state"] == "Up"
            told = row.get("uptime" if up else "downtime")
            fields: dict[str, Any] = {
                "session_state": _BFD_STATES[row["state"]],
                "interface": port(row["interface"]),
                "diagnostic": _DIAGNOSTICS[row["local_diag"]],
                "remote_diagnostic": _DIAGNOSTICS[row["last_packet"]["diagnostic"]],
                "tx_interval_ms": row["min_tx_interface"] / 1000,
                "rx_interval_ms": row["min_rx_interface"] / 1000,
                "multiplier": row["multiplier"],
                "clients": tuple(row["registered_protocols"].split()),
            }
            if told:
                seconds = told["days"] * 86_400 + told["hrs"] * 3600 + told["mins"] * 60 + told["secs"]
                fields["up_for_s" if up else "down_for_s"] = seconds
            yield Expected(BfdSession, {"peer": peer}, fields)


_BFD_DETAIL_AT = "our_address.*.neighbor_address.*"


def _ospf_neighbors(record: Record) -> Iterator[Expected]:
    """Virtual and sham links are neighbours on interfaces of their own names."""
    for vrf, families in record.golden["vrf"].items():
        for instance in families["address_family"]["ipv4"]["instance"].values():
            for area, row in instance["areas"].items():
                for kind in ("interfaces", "virtual_links", "sham_links"):
                    for name, one in row.get(kind, {}).items():
                        yield from _ospf_neighbors_on(vrf, area, name if kind == "interfaces" else None, one)


def _ospf_neighbors_on(vrf: str, area: str, name: str | None, one: Any) -> Iterator[Expected]:
    for rid, told in one["neighbors"].items():
        key: dict[str, Any] = {"vrf": vrf, "neighbor_router_id": rid, "address": told["address"]}
        if name:
            key["interface"] = port(name)
        fields = {
            "adjacency_state": told["state"],
            "area": area,
            "up_for_s": age(told["last_state_change"]),
        }
        yield Expected(OspfNeighbor, key, fields)


_AREA_AT = "vrf.*.address_family.ipv4.instance.*.areas.*"
_OSPF_READS = tuple(
    f"{_AREA_AT}.{kind}.*.neighbors.*.{key}"
    for kind in ("interfaces", "virtual_links", "sham_links")
    for key in ("state", "address", "last_state_change")
)
_TYPES = {"P2P": "point_to_point", "LOOPBACK": "loopback", "DR": None, "BDR": None}


def _up_while_full(place: Place) -> bool:
    return not place.row["state"].startswith("FULL")


def _adjacency(value: str) -> str:
    return value.split("/")[0].strip().lower()


def _maximum(record: Record) -> Iterator[Expected]:
    for vrf, families in record.golden["vrf"].items():
        for instance in families["address_family"]["ipv4"]["instance"].values():
            wanted = bool(instance.get("stub_router", {}).get("always", {}).get("always"))
            fields = {"router_id": instance["router_id"], "max_metric": wanted}
            yield Expected(OspfInstance, {"vrf": vrf}, fields)


def _level(value: str) -> str:
    return value.replace("L", "")


def _areas(value: list[str]) -> tuple[str, ...] | None:
    return tuple(value) if value != ["None"] else None


def _isis_interfaces(record: Record) -> Iterator[Expected]:
    for instance in record.golden["instance"].values():
        for vrf, found in instance["vrf"].items():
            for name, row in found.get("interfaces", {}).items():
                fields = {
                    "level": _level(row["circuit_type"]),
                    "oper_up": "protocol-up" in row["status"],
                }
                if "mtu" in row:
                    fields["mtu_bytes"] = row["mtu"]
                metrics = row.get("topologies", {}).get("0", {}).get("level", {})
                level = _level(row["circuit_type"])[-1]
                if level in metrics:
                    fields["metric"] = int(metrics[level]["metric"])
                if "p2p_adjs" in row or "adjs_up" in row:
                    fields["adjacent_count"] = row.get("adjs_up")
                yield Expected(IsisInterface, {"vrf": vrf, "interface": port(name)}, fields)


_ISIS_AT = "instance.*.vrf.*.interfaces.*"


def _isis_adjacencies(record: Record) -> Iterator[Expected]:
    for instance in record.golden["instance"].values():
        for vrf, found in instance["vrf"].items():
            for name, row in found["interfaces"].items():
                for neighbor, snpas in row["adjacencies"].items():
                    for levels in snpas["neighbor_snpa"].values():
                        for level, told in levels["level"].items():
                            key = {
                                "vrf": vrf,
                                "interface": port(name),
                                "neighbor": neighbor,
                                "level": str(level),
                            }
                            state = told["state"].lower()
                            yield Expected(
                                IsisAdjacency,
                                key,
                                {"adjacency_state": state, "hold_time_s": age(told["hold_time"])},
                            )


def _fib(record: Record) -> Iterator[Expected]:
    for table in record.golden["slot"]["1"]["ip_version"]["IPv4"]["route_table"].items():
        name, found = table
        for prefix, row in found["prefix"].items():
            hops = tuple(hop for hop in row["next_hop"] if re.match(r"[\d.]+$", hop))
            outs = tuple(
                dict.fromkeys(
                    port(hop["interface"]) for hop in row["next_hop"].values() if hop.get("interface")
                )
            )
            fields = {"next_hops": hops or None, "out_interfaces": outs or None}
            yield Expected(Route, {"vrf": name.partition("/")[0], "prefix": prefix}, fields)


def _fib_rows(record: Record) -> Iterator[Expected]:
    for row in record.golden["parsed_sample"]:
        hops = tuple(dict.fromkeys(hop for hop in row["nexthop"] if re.match(r"\d+\.", hop)))
        outs = tuple(dict.fromkeys(map(port, row["interface"])))
        prefix = f"{row['ip_address']}/{row['prefix_length']}"
        yield Expected(Route, {"prefix": prefix}, {"next_hops": hops or None, "out_interfaces": outs or None})


_PROTOCOLS = {"direct": "connected"}


def _protocol(word: str) -> str:
    word = word.split("-")[0]
    return _PROTOCOLS.get(word, word)


def _rib_rows(record: Record) -> Iterator[Expected]:
    """Rows of one prefix and protocol are one route; its age and metric are those of its first path."""
    grouped: dict[tuple[str, str], list[Any]] = {}
    for row in record.golden["parsed_sample"]:
        key = (f"{row['network']}/{row['prefix_length']}", _protocol(row["protocol"]))
        grouped.setdefault(key, []).append(row)
    for (prefix, protocol), found in grouped.items():
        hops = tuple(dict.fromkeys(row["nexthop_ip"] for row in found if row["nexthop_ip"]))
        outs = tuple(dict.fromkeys(port(row["nexthop_if"]) for row in found if row["nexthop_if"]))
        fields = {
            "next_hops": hops or None,
            "out_interfaces": outs or None,
            "distance": int(found[0]["distance"]),
            "metric": int(found[0]["metric"]),
            "age_s": None if "." in found[0]["uptime"] else age(found[0]["uptime"]),
        }
        vrf = found[0]["vrf"]
        yield Expected(Route, {"vrf": vrf, "prefix": prefix, "protocol": protocol}, fields)


_RIB_KEYS = (
    "network",
    "prefix_length",
    "protocol",
    "nexthop_ip",
    "nexthop_if",
    "distance",
    "metric",
    "uptime",
    "vrf",
)


def _napalm_route(record: Record) -> Iterator[Expected]:
    """napalm's preference is the local preference of BGP, which is no distance."""
    for prefix, paths in record.golden.items():
        for path in paths:
            fields = {
                "next_hops": (path["next_hop"],),
                "age_s": path["age"],
                "active": path["current_active"],
            }
            key = {"vrf": path["routing_table"], "prefix": prefix, "protocol": path["protocol"]}
            yield Expected(Route, key, fields)


def _rib6(record: Record) -> Iterator[Expected]:
    for vrf, families in record.golden["vrf"].items():
        for prefix, row in families["address_family"]["ipv6"]["routes"].items():
            hops = tuple(hop["next_hop"] for hop in row["next_hop"]["next_hop_list"].values())
            outs = tuple(
                port(hop["outgoing_interface"])
                for hop in row["next_hop"]["next_hop_list"].values()
                if "outgoing_interface" in hop
            )
            fields = {
                "next_hops": hops,
                "out_interfaces": outs or None,
                "distance": row["route_preference"],
                "metric": row["metric"],
                "active": row["active"],
            }
            key = {"vrf": vrf, "prefix": prefix, "protocol": _protocol(row["source_protocol"])}
            yield Expected(Route, key, fields)


_RIB6_AT = "vrf.*.address_family.ipv6.routes.*"

GOLDENS = {
    "ShowBfdIpv4Session": _BFD_TABLE,
    "ShowBfdIpv6Session": _BFD_TABLE,
    "ShowBfdNeighbor": _BFD_TABLE,
    "ShowBfdNeighborDetail": Golden(
        also=_bfd_detail,
        also_reads=tuple(
            f"{_BFD_DETAIL_AT}.{key}"
            for key in (
                "state",
                "interface",
                "local_diag",
                "last_packet.diagnostic",
                "min_tx_interface",
                "min_rx_interface",
                "multiplier",
                "registered_protocols",
                "uptime",
                "downtime",
            )
        ),
        reasons={_BFD_DETAIL_AT: NO_FACT},
    ),
    "show_bfd_neighbors": Golden(
        tables=(
            Table(
                BfdSession,
                "parsed_sample.*",
                {"peer": "neighbor_address", "vrf": "vrf"},
                {"state": ("session_state", _BFD_STATES.__getitem__), "interface": ("interface", port)},
            ),
        ),
        reasons={"parsed_sample.*": NO_FACT},
    ),
    "ShowIpOspf": Golden(
        also=_maximum,
        also_reads=(
            "vrf.*.address_family.ipv4.instance.*.router_id",
            "vrf.*.address_family.ipv4.instance.*.stub_router.always.always",
        ),
        reasons={"vrf.*.address_family.ipv4.instance.*": NO_FACT},
    ),
    "show_ip_ospf_interface_brief": Golden(
        tables=(
            Table(
                OspfInterface,
                "parsed_sample.*",
                {"vrf": "vrf", "interface": ("interface", port)},
                {
                    "area": "area",
                    "cost": ("cost", whole),
                    "state": ("network_type", _TYPES.__getitem__),
                    "neighbors_fc": ("neighbors_count", whole),
                    "status": ("oper_up", is_up),
                },
            ),
        ),
        reasons={"parsed_sample.*": NO_FACT},
    ),
    "show_ip_ospf_neighbor": Golden(
        tables=(
            Table(
                OspfNeighbor,
                "parsed_sample.*",
                {"vrf": "vrf", "neighbor_router_id": "neighbor_id", "interface": ("interface", port)},
                {"ip_address": "address", "state": ("adjacency_state", _adjacency)},
            ),
            Table(
                OspfNeighbor,
                "parsed_sample.*",
                {"vrf": "vrf", "neighbor_router_id": "neighbor_id", "interface": ("interface", port)},
                {"uptime": ("up_for_s", age)},
                unless=_up_while_full,
            ),
        ),
        reasons={"parsed_sample.*.ospf_pid": NO_FACT},
    ),
    "ShowIpOspfNeighborDetail": Golden(
        also=_ospf_neighbors, also_reads=_OSPF_READS, reasons={_AREA_AT: NO_FACT}
    ),
    "ShowIsis": Golden(
        tables=(
            Table(
                IsisInstance,
                "instance.*.vrf.*",
                {"vrf": "*1", "name": "*0"},
                {"system_id": "system_id", "is_type": ("level", _level), "area_address": ("areas", _areas)},
            ),
        ),
        reasons={"instance": NO_FACT},
    ),
    "ShowIsisAdjacency": Golden(
        also=_isis_adjacencies,
        also_reads=tuple(
            f"{_ISIS_AT}.adjacencies.*.neighbor_snpa.*.level.*.{key}" for key in ("state", "hold_time")
        ),
    ),
    "ShowIsisInterface": Golden(
        also=_isis_interfaces,
        also_reads=tuple(
            f"{_ISIS_AT}.{key}" for key in ("circuit_type", "status", "mtu", "topologies.0.level.*.metric")
        ),
        reasons={"instance": NO_FACT},
    ),
    "ShowForwardingIpv4": Golden(
        also=_fib,
        also_reads=("slot.*.ip_version.*.route_table.*.prefix.*.next_hop.*.interface",),
        reasons={
            "slot.*.ip_version.*.route_table.*.prefix.*.next_hop.*.is_best": NO_FACT,
            "slot.*.ip_version.*.route_table.*.prefix.*.next_hop.*.label": NO_FACT,
        },
    ),
    "show_forwarding_ipv4_route": Golden(
        also=_fib_rows,
        also_reads=tuple(
            f"parsed_sample.*.{key}" for key in ("interface", "nexthop", "ip_address", "prefix_length")
        ),
    ),
    "show_ip_route": Golden(
        also=_rib_rows,
        also_reads=tuple(f"parsed_sample.*.{key}" for key in _RIB_KEYS),
        reasons={"parsed_sample.*": NO_FACT},
    ),
    "ShowIpRouteSummary": Golden(
        tables=(
            Table(
                TableUse,
                "vrf.*",
                {"table": lambda place: f"routes of VRF {place.names[0]}"},
                {"total_routes": "used_count"},
            ),
            Table(
                TableUse,
                "vrf.*",
                {"table": lambda place: f"paths of VRF {place.names[0]}"},
                {"total_paths": "used_count"},
            ),
        ),
        reasons={"vrf.*.best_paths": NO_FACT, "vrf.*.backup_paths": NO_FACT},
    ),
    "get_route_to": Golden(
        also=_napalm_route,
        also_reads=tuple(
            f"*.*.{key}" for key in ("next_hop", "age", "current_active", "routing_table", "protocol")
        ),
        reasons={
            "*.*.protocol_attributes": "from the BGP table, which is another answer",
            "*.*.preference": "from the BGP table, which is another answer",
            "*.*.outgoing_interface": "empty in every path of the golden",
            "*.*.last_active": NO_FACT,
            "*.*.selected_next_hop": NO_FACT,
            "*.*.inactive_reason": NO_FACT,
        },
    ),
    "ShowIpv6Route": Golden(
        also=_rib6,
        also_reads=tuple(
            f"{_RIB6_AT}.{key}"
            for key in (
                "next_hop.next_hop_list.*.next_hop",
                "route_preference",
                "metric",
                "active",
                "source_protocol",
            )
        ),
        reasons={_RIB6_AT: NO_FACT},
    ),
}
