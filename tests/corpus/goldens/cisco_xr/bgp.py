"""BGP."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from netdoctor.model.facts import (
    BgpAfi,
    BgpInstance,
    BgpRoute,
    BgpSession,
)
from tests.corpus.corpus import Record
from tests.corpus.goldens import Expected, Golden, Table
from tests.corpus.goldens.cisco_xr.words import NO_FACT, afi, seconds, whole


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


def _entry(record: Record) -> Iterator[Expected]:
    for vrf, told in record.golden["vrf"].items():
        for row in told["address_family"].values():
            key = {"vrf": vrf, "prefix": row["prefix"]}
            fields = {"paths_count": row["paths"]["total_available_paths"], "best": True}
            yield Expected(BgpRoute, key, fields)


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
}

WRONG = {
    "bgp_summary/007": {
        "as_path: expected '0'": "Genie takes the weight for the path where the path is empty"
    },
}
