"""BGP, BFD, OSPF, IS-IS and routes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from netdoctor.model.facts import (
    BfdSession,
    BgpAfi,
    BgpInstance,
    BgpRoute,
    BgpSession,
    IsisAdjacency,
    IsisInstance,
    IsisInterface,
    OspfInterface,
    OspfNeighbor,
    Route,
    TableUse,
)
from tests.corpus.corpus import Record
from tests.corpus.goldens import Expected, Golden, Place, SkipValue, Table
from tests.corpus.goldens.cisco_xr.words import NO_FACT, OWN_NAME, afi, area, interface, is_up, seconds, whole

_LEVELS = {"level-1": "1", "level-1-only": "1", "level-2-only": "2", "level-2": "2", "level-1-2": "1-2"}
_PLACES = {"L1": "1", "L2": "2", "L1L2": "1-2"}
_OSPF = {"FULL": "full", "EXSTART": "exstart", "INIT": "init", "2WAY": "two_way", "DOWN": "down"}


def _state(text: str) -> str:
    word = text.partition(" ")[0].rstrip("!").lower()
    return "established" if word.isdigit() else word


def _received(text: str) -> int:
    return whole(text.rstrip("!"))


_SUMMARY_REASONS = ("input_queue", "msg_rcvd", "msg_sent", "output_queue", "spk", "tbl_ver")
_INSTANCE = "instance.*.vrf.*.neighbor.*"


def _ups(record: Record) -> Iterator[Expected]:
    """How long what is established has been up."""
    for row in record.golden["parsed_sample"]:
        key = {"peer": row["bgp_neigh"], "peer_as": int(row["neigh_as"])}
        if "bgp_vrf" in row or "vrf" in row:
            key["vrf"] = row.get("bgp_vrf") or row.get("vrf")
        fields: dict[str, Any] = {"session_state": _state(row["state_pfxrcd"])}
        if fields["session_state"] == "established":
            fields["up_for_s"] = seconds(row["up_down"])
            yield Expected(
                BgpAfi,
                {"peer": row["bgp_neigh"]},
                {"prefixes_received_count": _received(row["state_pfxrcd"])},
            )
        yield Expected(BgpSession, key, fields)
    for row in record.golden["parsed_sample"]:
        yield Expected(BgpInstance, {}, {"router_id": row["router_id"], "local_as": int(row["local_as"])})


_NTC_SUMMARY = Golden(
    also=_ups,
    also_reads=tuple(
        f"parsed_sample.*.{key}"
        for key in (
            "bgp_neigh",
            "neigh_as",
            "vrf",
            "bgp_vrf",
            "state_pfxrcd",
            "up_down",
            "router_id",
            "local_as",
        )
    ),
    reasons={
        f"parsed_sample.*.{key}": NO_FACT
        for key in (
            *(
                "instance_id",
                "instance_name",
                "msg_rcvd",
                "msg_sent",
                "in_queue",
                "out_queue",
                "vrf_state",
                "state",
            ),
            *("table_version", "tbl_ver", "spk", "route_distinguisher", "vrf_id", "table_id"),
        )
    },
)


def _vrfs(record: Record) -> Iterator[Expected]:
    """One row a VRF, with lists of its neighbours' values."""
    for row in record.golden["parsed_sample"]:
        fields = {"local_as": int(row["local_as_number"])}
        yield Expected(BgpInstance, {"vrf": row["vrf"]}, fields)
        for index, peer in enumerate(row["bgp_neighbor"]):
            word = row["state_or_prefixes_received"][index]
            session: dict[str, Any] = {
                "peer_as": int(row["neighbor_as"][index]),
                "session_state": _state(word),
                "up_for_s": seconds(row["up_down"][index]),
            }
            yield Expected(BgpSession, {"vrf": row["vrf"], "peer": peer}, session)
            key = {"vrf": row["vrf"], "peer": peer, "afi_safi": "IPV4_UNICAST"}
            yield Expected(BgpAfi, key, {"prefixes_received_count": _received(word)})


_UNKNOWN = {"", "0.0.0.0"}


def _neighbors(record: Record) -> Iterator[Expected]:
    """ntc-templates' lists have one entry a family, in the order of the text."""
    for row in record.golden["parsed_sample"]:
        up = row["state"] == "Established"
        fields: dict[str, Any] = {
            "peer_as": int(row["remote_as"]),
            "local_as": int(row["local_as"]),
            "session_state": row["state"].lower(),
            "description": row["description"] or None,
            "hold_time_s": float(row["holdtime"]),
            "keepalive_s": float(row["keepalive"]),
            "established_transitions_count": int(row["connections_established"]),
            "peer_router_id": None if row["remote_router_id"] in _UNKNOWN else row["remote_router_id"],
            "local_address": row["local_address"],
        }
        if up:
            fields["up_for_s"] = seconds(row["uptime"])
        if row["last_reset_reason"]:
            fields["last_reset_reason"] = row["last_reset_reason"]
            fields["last_reset_s"] = seconds(row["last_reset"])
        yield Expected(BgpSession, {"peer": row["neighbor"]}, fields)
        for index, family in enumerate(row["afi"]):
            key = {"peer": row["neighbor"], "afi_safi": afi(family)}
            counts = {
                "prefixes_accepted_count": int(row["prefixes_in"][index]),
                "prefixes_sent_count": int(row["prefixes_out"][index]),
                "prefix_limit_count": int(row["max_prefixes"][index])
                if len(row["max_prefixes"]) > index
                else None,
            }
            yield Expected(BgpAfi, key, counts)


_TOLD = (
    *(
        "afi",
        "neighbor",
        "remote_as",
        "local_as",
        "state",
        "description",
        "holdtime",
        "keepalive",
        "last_reset",
    ),
    *("connections_established", "remote_router_id", "local_address", "uptime", "last_reset_reason"),
    *("prefixes_in", "prefixes_out", "max_prefixes"),
)


def _paths(rows: dict[str, Any], vrf: str) -> Iterator[Expected]:
    for prefix, row in rows.items():
        paths = list(row["index"].values())
        chosen = [path for path in paths if ">" in path["status_codes"]] or paths
        fields: dict[str, Any] = {
            "best": any(">" in path["status_codes"] for path in paths),
            "valid": any("*" in path["status_codes"] for path in paths),
        }
        if "next_hop" in chosen[0]:
            fields["next_hops"] = tuple(dict.fromkeys(path["next_hop"] for path in chosen))
        if "path" in chosen[0]:
            fields["as_path"] = chosen[0]["path"].strip()
        yield Expected(BgpRoute, {"vrf": vrf, "prefix": prefix}, fields)


def _received_routes(record: Record) -> Iterator[Expected]:
    for told in record.golden["instance"].values():
        for vrf, found in told["vrf"].items():
            for family in found["address_family"].values():
                yield from _paths(family["received"], vrf)


def _bgp_vrf(record: Record) -> Iterator[Expected]:
    """Genie writes the VRF in small letters; the text has its own."""
    for told in record.golden["vrf"].values():
        for name, family in told["address_family"].items():
            vrf = re.search(r"BGP VRF (\S+),", record.output)
            here = vrf[1] if vrf else "default"
            fields = {"local_as": family["local_as"], "router_id": family["router_identifier"]}
            yield Expected(BgpInstance, {"vrf": here}, fields)
            yield from _paths(family.get("prefix", {}), here)
            for peer, row in family.get("neighbor", {}).items():
                session = {"session_state": _state(row["state_pfxrcd"]), "peer_as": row["remote_as"]}
                if session["session_state"] == "established":
                    session["up_for_s"] = seconds(row["up_down"])
                yield Expected(BgpSession, {"vrf": here, "peer": peer}, session)
                count = {"prefixes_received_count": _received(row["state_pfxrcd"])}
                yield Expected(BgpAfi, {"vrf": here, "peer": peer, "afi_safi": afi(name)}, count)


def _session(record: Record) -> Iterator[Expected]:
    for told in record.golden["instance"].values():
        for vrf, found in told["vrf"].items():
            for peer, row in found["neighbor"].items():
                transport = row["bgp_session_transport"]
                fields = {
                    "session_state": row["session_state"].lower(),
                    "local_address": transport["transport"]["local_host"],
                    "established_transitions_count": transport["connection"]["connections_established"],
                }
                if "up_time" in row:
                    fields["up_for_s"] = seconds(row["up_time"])
                if transport["connection"].get("ttl_security"):
                    fields["gtsm_enabled"] = True
                if row["router_id"] != "0.0.0.0":
                    fields["peer_router_id"] = row["router_id"]
                yield Expected(BgpSession, {"vrf": vrf, "peer": peer}, fields)
                for name, family in row["address_family"].items():
                    denied = family["exact_no_prefixes_denied"]
                    counts = {"prefixes_received_count": family["accepted_prefixes"] + denied}
                    yield Expected(BgpAfi, {"vrf": vrf, "peer": peer, "afi_safi": afi(name)}, counts)


def _bfd(at: str, peer: Any, name: Any, timers: str = "") -> Table:
    return Table(
        BfdSession,
        at,
        {"peer": peer, "interface": name},
        {
            f"{timers}async_msec" if not timers else f"{timers}async_detection_interval_ms": "rx_interval_ms",
            f"{timers}async_multiplier"
            if not timers
            else f"{timers}async_detection_multiplier": "multiplier",
            "state" if not timers else "session.state": ("session_state", str.lower),
        },
    )


def _ospf_neighbors(record: Record) -> Iterator[Expected]:
    """Two neighbours of the same router id stand in a list."""
    for vrf, told in record.golden["vrfs"].items():
        for router, found in told["neighbors"].items():
            for row in found if isinstance(found, list) else [found]:
                key = {"vrf": vrf, "neighbor_router_id": router, "interface": row["interface"]}
                fields = {
                    "adjacency_state": _OSPF[row["state"].partition("/")[0]],
                    "address": row["address"],
                    "up_for_s": seconds(row["up_time"]),
                }
                yield Expected(OspfNeighbor, key, fields)


def _ospf_detail(record: Record) -> Iterator[Expected]:
    for told in record.golden["instance"].values():
        for number, one in told["area"].items():
            for name, row in one["interfaces"].items():
                fields = {
                    "address": told["interface_address"],
                    "area": area(number),
                    "adjacency_state": _OSPF[row["neighbors"]["state"]],
                    "up_for_s": seconds(row["neighbors"]["neighbor_uptime"]),
                }
                key = {"neighbor_router_id": told["neighbor"], "interface": name}
                yield Expected(OspfNeighbor, key, fields)


def _network(text: str) -> str:
    word = text.strip().lower().replace("-", "_")
    if word not in {"point_to_point", "broadcast", "non_broadcast", "loopback", "point_to_multipoint"}:
        raise SkipValue
    return word


def _ratio(text: str) -> int:
    return int(text.partition("/")[0])


_OSPF_FIELDS: dict[str, Any] = {
    "cost": ("cost", whole),
    "dead_interval": "dead_interval_s",
    "hello_interval": "hello_interval_s",
    "router_id": "router_id",
}
_ISIS_INTERFACE = "instance.*.interface.*"


def _isis_metric(record: Record) -> Iterator[Expected]:
    """Adjacencies of both levels together, as the circuit has them."""
    for told in record.golden["instance"].values():
        for name, row in told["interface"].items():
            counts = [
                one["adjacency_count"] for one in row.get("level", {}).values() if "adjacency_count" in one
            ]
            key = {"interface": interface(name)}
            yield Expected(IsisInterface, key, {"adjacent_count": sum(counts)} if counts else key)


def _isis_instances(record: Record) -> Iterator[Expected]:
    for name, told in record.golden["instance"].items():
        for vrf, row in told["vrf"].items():
            system = row["system_id"].split()[0]
            fields = {"system_id": system, "level": _LEVELS[row["is_levels"]]}
            if row.get("routing_area_address"):
                fields["areas"] = tuple(row["routing_area_address"])
            yield Expected(IsisInstance, {"vrf": vrf, "name": name}, fields)


_ISIS = Golden(
    also=_isis_instances,
    also_reads=(
        *(
            "instance.*.vrf.*.system_id",
            "instance.*.vrf.*.is_levels",
            "instance.*.vrf.*.routing_area_address",
        ),
    ),
    reasons={
        "instance.*.process_id": OWN_NAME,
        "instance.*.instance": OWN_NAME,
        "instance.*.vrf.*": "settings of the process: no fact has them",
    },
)


def _sources(record: Record) -> Iterator[Expected]:
    for vrf, told in record.golden["vrf"].items():
        for family, row in told["address_family"].items():
            start = f"rib {vrf} {family}"
            for source, one in row["route_source"].items():
                if "routes" in one:
                    yield Expected(TableUse, {"table": f"{start} {source}"}, {"used_count": one["routes"]})
                for process, inner in one.items():
                    if isinstance(inner, dict):
                        table = f"{start} {source} {process}"
                        yield Expected(TableUse, {"table": table}, {"used_count": inner["routes"]})
            total = row["total_route_source"]["routes"]
            yield Expected(TableUse, {"table": f"{start} Total"}, {"used_count": total})


def _routes(record: Record) -> Iterator[Expected]:
    for row in record.golden["parsed_sample"]:
        key = {"vrf": row["vrf"], "prefix": f"{row['network']}/{row['prefix_length']}"}
        fields = {
            "protocol": row["protocol"],
            "distance": int(row["distance"]),
            "metric": int(row["metric"]),
            "age_s": seconds(row["uptime"]),
            "next_hops": (row["next_hop"],),
        }
        yield Expected(Route, key, fields)


def _cef(record: Record) -> Iterator[Expected]:
    """Genie calls every VRF that it is not given default; the command has it."""
    for told in record.golden["vrf"].values():
        words = record.command.split()
        vrf = words[words.index("vrf") + 1] if "vrf" in words else "default"
        for family in told["address_family"].values():
            for prefix, row in family["prefix"].items():
                entries = row["LW-LDI-TS"]["via_entries"].values()
                hops = tuple(one["via_address"].partition("/")[0] for one in entries)
                key = {"vrf": vrf, "prefix": prefix}
                yield Expected(Route, key, {"next_hops": hops, "programmed": "drop" not in row})


def _entry(record: Record) -> Iterator[Expected]:
    for vrf, told in record.golden["vrf"].items():
        for row in told["address_family"].values():
            key = {"vrf": vrf, "prefix": row["prefix"]}
            fields = {"paths_count": row["paths"]["total_available_paths"], "best": True}
            yield Expected(BgpRoute, key, fields)


def _isis_adjacency(place: Place) -> str:
    return place.names[2].removeprefix("Level-")


_INSTANCE_SUMMARY = Golden(
    tables=(
        Table(BgpSession, _INSTANCE, {"vrf": "*1", "peer": "*2"}, {"remote_as": "peer_as"}),
        Table(
            BgpSession,
            f"{_INSTANCE}.address_family.*",
            {"vrf": "*1", "peer": "*2"},
            {"state_pfxrcd": ("session_state", _state)},
        ),
        Table(
            BgpAfi,
            f"{_INSTANCE}.address_family.*",
            {"vrf": "*1", "peer": "*2", "afi_safi": ("*3", afi)},
            {"state_pfxrcd": ("prefixes_received_count", _received)},
        ),
        Table(
            BgpInstance,
            "instance.*.vrf.*.address_family.*",
            {"vrf": "*1"},
            {"local_as": "local_as", "router_id": "router_id"},
        ),
    ),
    reasons={
        "instance.*.vrf.*.address_family.*": "numbers of the process: no fact has them",
        f"{_INSTANCE}.address_family.*.up_down": "held by ntc-templates' goldens of the same table",
        **{f"{_INSTANCE}.address_family.*.{key}": NO_FACT for key in _SUMMARY_REASONS},
    },
)

GOLDENS = {
    "ShowBgpInstanceSummary": _INSTANCE_SUMMARY,
    "ShowBgpL2vpnEvpnSummary": _INSTANCE_SUMMARY,
    "ShowBgpVrf": Golden(
        also=_bgp_vrf,
        also_reads=(
            *("vrf.*.address_family.*.local_as", "vrf.*.address_family.*.router_identifier"),
            *(
                "vrf.*.address_family.*.neighbor.*.state_pfxrcd",
                "vrf.*.address_family.*.neighbor.*.remote_as",
            ),
            *(
                "vrf.*.address_family.*.neighbor.*.up_down",
                "vrf.*.address_family.*.prefix.*.index.*.status_codes",
            ),
            *(
                "vrf.*.address_family.*.prefix.*.index.*.next_hop",
                "vrf.*.address_family.*.prefix.*.index.*.path",
            ),
        ),
        reasons={"vrf.*.address_family.*": "numbers of the process, and of paths: no fact has them"},
    ),
    "show_bgp_instance_all_summary": _NTC_SUMMARY,
    "show_bgp_vrf_all_ipv4_unicast_summary": Golden(
        also=_vrfs,
        also_reads=tuple(
            f"parsed_sample.*.{key}"
            for key in (
                *("bgp_neighbor", "neighbor_as", "local_as_number", "up_down", "vrf"),
                "state_or_prefixes_received",
            )
        ),
        reasons={
            f"parsed_sample.*.{key}": NO_FACT
            for key in (
                *("input_queue", "messages_received", "messages_sent", "output_queue", "rd", "spk", "state"),
                *("table_version", "table_state", "bgp_state", "vrf_state"),
            )
        },
    ),
    "show_ip_bgp_summary": _NTC_SUMMARY,
    "show_bgp_neighbors": Golden(
        also=_neighbors,
        also_reads=tuple(f"parsed_sample.*.{key}" for key in _TOLD),
        reasons={
            **{
                f"parsed_sample.*.{key}": NO_FACT
                for key in (
                    *("cluster_id", "default_originate", "gr", "last_ack_version", "last_synced_ack_version"),
                    *(
                        "local_port",
                        "max_prefixes_warn_percent",
                        "nsr",
                        "nsr_state",
                        "prefixes_in_best",
                        "type",
                    ),
                    *("prefixes_out_suppressed", "prefixes_out_withdrawn", "remote_address", "remote_port"),
                    *("route_reflector_role", "version", "connections_dropped", "max_hops"),
                )
            },
            "parsed_sample.*.error_code": "of the older of two NOTIFICATIONs, at times",
            "parsed_sample.*.peer_error_code": "of the older of two NOTIFICATIONs, at times",
            "parsed_sample.*.last_notification_sent": "when, which the last reset says",
            "parsed_sample.*.last_notification_received": "when, which the last reset says",
            "parsed_sample.*.peer_reset_reason": "the peer's word, where the last reset has a reason too",
            "parsed_sample.*.policy_incoming": "not by family, where a family has none",
            "parsed_sample.*.policy_outgoing": "not by family, where a family has none",
        },
    ),
    "ShowBgpInstanceNeighborsDetail": Golden(
        tables=(
            Table(
                BgpSession,
                _INSTANCE,
                {"vrf": "*1", "peer": "*2"},
                {
                    "remote_as": "peer_as",
                    "local_as_as_no": "local_as",
                    "holdtime": "hold_time_s",
                    "keepalive_interval": "keepalive_s",
                    "description": "description",
                    "bfd.bfd_status": ("bfd_enabled", lambda word: word == "enabled"),
                },
            ),
            Table(
                BgpAfi,
                f"{_INSTANCE}.address_family.*",
                {"vrf": "*1", "peer": "*2", "afi_safi": ("*3", afi)},
                {
                    "accepted_prefixes": "prefixes_accepted_count",
                    "prefix_advertised": "prefixes_sent_count",
                    "maximum_prefix_max_prefix_no": "prefix_limit_count",
                    "route_map_name_in": "import_policy",
                    "route_map_name_out": "export_policy",
                },
            ),
        ),
        also=_session,
        also_reads=(
            *(f"{_INSTANCE}.session_state", f"{_INSTANCE}.up_time", f"{_INSTANCE}.router_id"),
            *(f"{_INSTANCE}.bgp_session_transport", f"{_INSTANCE}.address_family.*.exact_no_prefixes_denied"),
        ),
        reasons={_INSTANCE: "timers, messages and settings of the process: no fact has them"},
    ),
    "ShowBgpInstanceNeighborsReceivedRoutes": Golden(
        also=_received_routes,
        also_reads=("instance.*.vrf.*.address_family.*.received",),
        reasons={"instance.*.vrf.*.address_family.*": "numbers of the process: no fact has them"},
    ),
    "ShowBgpVrfAfPrefix": Golden(
        also=_entry,
        also_reads=(
            "vrf.*.address_family.*.prefix",
            "vrf.*.address_family.*.paths.total_available_paths",
        ),
        reasons={"vrf.*.address_family.*": "attributes of paths: no fact has them"},
    ),
    "ShowBfdSession": Golden(
        tables=(_bfd("interface.*.dest_ip_address.*", "*1", ("*0", interface)),),
        reasons={"interface.*.dest_ip_address.*": "echo and hardware: no fact has them"},
    ),
    "ShowBfdSessionDestination": Golden(
        tables=(_bfd("dest.*.interfaces.*", "*0", ("*1", interface), "timer_vals."),),
        reasons={"dest.*.interfaces.*": "echo, hardware, and the product of interval and multiplier"},
    ),
    "ShowBfdSessionDestinationDetails": Golden(
        tables=(
            Table(
                BfdSession,
                "src.*.dest.*",
                {"peer": "*1", "interface": "interface"},
                {
                    "session.state": ("session_state", str.lower),
                    "session.duration": ("up_for_s", lambda text: _age(text)),
                    "timer_vals.local_async_tx_interval_ms": "tx_interval_ms",
                    "timer_vals.remote_async_tx_interval_ms": "rx_interval_ms",
                    "received_parameters.multiplier": "multiplier",
                    "session.owner_info": ("clients", tuple),
                },
            ),
        ),
        reasons={"src.*.dest.*": "statistics and bits of packets: no fact has them"},
    ),
    "show_bfd_sessions": Golden(
        tables=(
            Table(
                BfdSession,
                "parsed_sample.*",
                {"peer": "dstaddress", "interface": ("interface", interface)},
                {"state": ("session_state", str.lower)},
            ),
        ),
    ),
    "ShowOspfNeighbor": Golden(
        also=_ospf_neighbors,
        also_reads=("vrfs.*.neighbors",),
        reasons={"process_name": NO_FACT, "vrfs.*.total_neighbor_count": OWN_NAME},
    ),
    "show_ospf_vrf_all_neighbor": Golden(
        tables=(
            Table(
                OspfNeighbor,
                "parsed_sample.*",
                {"vrf": "vrf", "neighbor_router_id": "neighbor_id", "interface": "interface"},
                {
                    "ip_address": "address",
                    "neighbor_uptime": ("up_for_s", seconds),
                    "state": ("adjacency_state", lambda word: _OSPF[word.partition("/")[0]]),
                },
            ),
        ),
        reasons={f"parsed_sample.*.{key}": NO_FACT for key in ("dead_time", "priority", "process")},
    ),
    "ShowOspfNeighborInterfaceDetail": Golden(
        also=_ospf_detail,
        also_reads=(
            *("instance.*.neighbor", "instance.*.interface_address"),
            *(
                "instance.*.area.*.interfaces.*.neighbors.state",
                "instance.*.area.*.interfaces.*.neighbors.neighbor_uptime",
            ),
        ),
        reasons={"instance.*.area.*.interfaces.*.neighbors": "timers and queues: no fact has them"},
    ),
    "ShowOspfInterface": Golden(
        tables=(
            Table(
                OspfInterface,
                "vrf.*.address_family.ipv4.instance.*.interfaces.*",
                {"vrf": "*0", "interface": "*2"},
                {
                    **_OSPF_FIELDS,
                    "area": ("area", area),
                    "interface_type": ("network_type", _network),
                    "mtu": ("mtu_bytes", lambda size: size or _skip()),
                    "passive": "passive",
                    "line_protocol": ("oper_up", lambda up: up is True or up == "up"),
                    "statistics.nbr_count": "neighbors_count",
                    "statistics.adj_nbr_count": "adjacent_count",
                },
            ),
        ),
        reasons={"vrf.*.address_family.ipv4.instance.*.interfaces.*": "queues, labels and settings"},
    ),
    "ShowOspfProcessIdVrfName": Golden(
        tables=(
            Table(
                OspfInterface,
                "interface.*",
                {"vrf": "vrf_name", "interface": "*0"},
                {
                    **_OSPF_FIELDS,
                    "area": ("area", area),
                    "network_type": ("network_type", _network),
                    "mtu": ("mtu_bytes", whole),
                    "line_protocol_status": ("oper_up", is_up),
                    "neighbor_count": "neighbors_count",
                    "adjacnt_neighbor_count": "adjacent_count",
                },
            ),
        ),
        reasons={"interface.*": "queues, labels and settings: no fact has them"},
    ),
    "ShowOspfv3Interface": Golden(
        tables=(
            Table(
                OspfInterface,
                "vrf.*.address_family.ipv6.instance.*.instance_id.*.areas.*.interfaces.*",
                {"vrf": "*0", "interface": "*4", "area": ("*3", area)},
                {
                    **_OSPF_FIELDS,
                    "network_type": ("network_type", _network),
                    "adjacent_neighbors.nbr_count": "neighbors_count",
                    "adjacent_neighbors.adj_nbr_count": "adjacent_count",
                },
            ),
        ),
        reasons={
            "vrf.*.address_family.ipv6.instance.*.instance_id.*.areas.*.interfaces.*": "queues and settings"
        },
    ),
    "ShowOspfInterfaceBrief": Golden(
        tables=(
            Table(
                OspfInterface,
                "instance.*.areas.*.interfaces.*",
                {"interface": ("*2", interface), "area": ("*1", area)},
                {"cost": "cost", "nbrs_f": "adjacent_count", "nbrs_count": "neighbors_count"},
            ),
        ),
        reasons={"instance.*.areas.*.interfaces.*": "names again, and the address, which the interface has"},
    ),
    "show_ospf_vrf_all_interface_brief": Golden(
        tables=(
            Table(
                OspfInterface,
                "parsed_sample.*",
                {"vrf": "vrf", "interface": ("interface", interface)},
                {"area": ("area", area), "cost": ("cost", whole), "neighbors": ("adjacent_count", _ratio)},
            ),
        ),
        reasons={
            f"parsed_sample.*.{key}": NO_FACT for key in ("ip_address", "prefix_length", "process", "state")
        },
    ),
    "ShowIsis": _ISIS,
    "ShowIsisProtocol": _ISIS,
    "ShowIsisAdjacency": Golden(
        tables=(
            Table(
                IsisAdjacency,
                "isis.*.vrf.*.level.*.interfaces.*.system_id.*",
                {"vrf": "*1", "level": _isis_adjacency, "interface": ("*3", interface), "neighbor": "*4"},
                {
                    "state": ("adjacency_state", str.lower),
                    "hold": ("hold_time_s", float),
                    "changed": ("up_for_s", seconds),
                },
            ),
        ),
        reasons={
            "isis.*.vrf.*.level.*.total_adjacency_count": OWN_NAME,
            **{
                f"isis.*.vrf.*.level.*.interfaces.*.system_id.*.{key}": NO_FACT
                for key in ("bfd", "nsf", "snpa")
            },
            "isis.*.vrf.*.level.*.interfaces.*.system_id.*.interface": "a POS link, for Genie a port-channel",
        },
    ),
    "ShowIsisNeighbors": Golden(
        tables=(
            Table(
                IsisAdjacency,
                "isis.*.vrf.*.interfaces.*.neighbors.*",
                {"vrf": "*1", "interface": ("*2", interface), "neighbor": "*3"},
                {
                    "state": ("adjacency_state", str.lower),
                    "holdtime": ("hold_time_s", float),
                    "type": ("level", _PLACES.__getitem__),
                },
            ),
        ),
        reasons={
            "isis.*.vrf.*.total_neighbor_count": OWN_NAME,
            "isis.*.vrf.*.interfaces.*.neighbors.*.ietf_nsf": NO_FACT,
            "isis.*.vrf.*.interfaces.*.neighbors.*.snpa": NO_FACT,
        },
    ),
    "show_isis_neighbors": Golden(
        tables=(
            Table(
                IsisAdjacency,
                "parsed_sample.*",
                {"interface": ("interface", interface), "neighbor": "system_id"},
                {
                    "state": ("adjacency_state", str.lower),
                    "hold_time": ("hold_time_s", float),
                    "type": ("level", _PLACES.__getitem__),
                },
            ),
        ),
        reasons={"parsed_sample.*.ietf_nsf": NO_FACT, "parsed_sample.*.snpa": NO_FACT},
    ),
    "ShowIsisInterface": Golden(
        tables=(
            Table(
                IsisInterface,
                _ISIS_INTERFACE,
                {"interface": ("*1", interface)},
                {
                    "circuit_type": ("level", lambda word: _LEVELS[word.split()[0]]),
                    "media_type": (
                        "network_type",
                        lambda word: {"P2P": "point_to_point", "LAN": "broadcast"}.get(word),
                    ),
                    "clns_io.mtu": ("mtu_bytes", lambda size: size if size > 0 else _skip()),
                    "clns_io.protocol_state": ("oper_up", is_up),
                },
            ),
        ),
        also=_isis_metric,
        also_reads=(f"{_ISIS_INTERFACE}.level.*.adjacency_count",),
        reasons={_ISIS_INTERFACE: "timers, topologies and settings: no fact has them"},
    ),
    "ShowIsisInterfaceBrief": Golden(
        tables=(
            Table(
                IsisInterface,
                "isis.*.interface.*",
                {"interface": ("*1", interface)},
                {"clns": ("oper_up", is_up), "mtu_value": ("mtu_bytes", whole)},
            ),
        ),
        reasons={
            "isis.*.process_id": OWN_NAME,
            "isis.*.interface.*": "topologies and priorities: no fact has them",
        },
    ),
    "ShowRouteAllSummary": Golden(
        also=_sources,
        also_reads=(
            *(
                "vrf.*.address_family.*.route_source.*.routes",
                "vrf.*.address_family.*.route_source.*.*.routes",
            ),
            "vrf.*.address_family.*.total_route_source.routes",
        ),
        reasons={"vrf.*.address_family.*": "backups, deleted routes and memory: no fact has them"},
    ),
    "show_ip_route": Golden(
        also=_routes,
        also_reads=tuple(
            f"parsed_sample.*.{key}"
            for key in (
                "vrf",
                "network",
                "prefix_length",
                "protocol",
                "distance",
                "metric",
                "uptime",
                "next_hop",
            )
        ),
        reasons={"parsed_sample.*.interface": NO_FACT, "parsed_sample.*.type": NO_FACT},
    ),
    "ShowCefDetail": Golden(
        also=_cef,
        also_reads=(
            "vrf.*.address_family.*.prefix.*.LW-LDI-TS.via_entries.*.via_address",
            "vrf.*.address_family.*.prefix.*.drop",
        ),
        reasons={"vrf.*.address_family.*.prefix.*": "pointers and flags of the table: no fact has them"},
    ),
}


def _skip() -> Any:
    raise SkipValue


def _age(text: str) -> int:
    """`0d:0h:5m:50s`."""
    scale = {"w": 604800, "d": 86400, "h": 3600, "m": 60, "s": 1}
    return sum(int(amount) * scale[unit] for amount, unit in re.findall(r"(\d+)([wdhms])", text))


WRONG = {
    "bgp_summary/007": {
        "as_path: expected '0'": "Genie takes the weight for the path where the path is empty"
    },
}
