"""Goldens of BGP."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from netdoctor.model.facts import BgpAfi, BgpInstance, BgpSession
from tests.corpus.corpus import Record
from tests.corpus.goldens import Expected, Golden, Place, SkipValue, Table
from tests.corpus.goldens.cisco_nxos.words import ELSEWHERE, NO_FACT, age, whole


def _afi(name: str) -> str:
    return re.sub(r"[ -]", "_", name).upper()


def _zero_as_none(value: Any) -> int | None:
    return int(value) or None


def _rid(value: str) -> str | None:
    return None if value == "0.0.0.0" else value


def _neighbors(record: Record) -> Iterator[Expected]:
    found = re.search(r"vrf (?!all)(\S+)", record.command)
    vrf = found[1] if found else "default"
    for peer, row in record.golden["neighbor"].items():
        up = row["session_state"] == "established"
        timers = row.get("bgp_negotiated_keepalive_timers", {})
        connection = row["bgp_session_transport"]["connection"]
        fields: dict[str, Any] = {
            "peer_as": row["remote_as"] or None,
            "local_as": None if row["local_as"] == "None" else int(row["local_as"]),
            "session_state": "idle" if row["session_state"] == "shut" else row["session_state"],
            "admin_up": not row["shutdown"],
            "peer_router_id": _rid(row["router_id"]),
            "hold_time_s": timers["hold_time"],
            "keepalive_s": timers["keepalive_interval"],
            "established_transitions_count": connection["established"],
            "description": row.get("description"),
            "auth_configured": row.get("tcp_md5_auth") == "enabled",
            "bfd_enabled": row.get("bfd_live_detection", False),
            "up_for_s" if up else "down_for_s": age(row["up_time"]),
        }
        transport = row["bgp_session_transport"].get("transport", {})
        if "local_host" in transport:
            fields["local_address"] = transport["local_host"]
        if "ebgp_multihop_max_hop" in row:
            fields["ttl"] = row["ebgp_multihop_max_hop"]
        yield Expected(BgpSession, {"vrf": vrf, "peer": peer}, fields)
        for name, family in row.get("address_family", {}).items():
            told = {
                "prefix_limit_count": family.get("maximum_prefix_max_prefix_no"),
                "import_policy": family.get("route_map_name_in"),
                "export_policy": family.get("route_map_name_out"),
            }
            if path := family.get("path"):
                told["prefixes_accepted_count"] = path["accepted_paths"]
            yield Expected(BgpAfi, {"vrf": vrf, "peer": peer, "afi_safi": _afi(name)}, told)


_NEIGHBOR_KEYS = (
    "remote_as",
    "local_as",
    "session_state",
    "shutdown",
    "router_id",
    "description",
    "tcp_md5_auth",
    "bfd_live_detection",
    "up_time",
    "bgp_negotiated_keepalive_timers.hold_time",
    "bgp_negotiated_keepalive_timers.keepalive_interval",
    "bgp_session_transport.connection.established",
    "bgp_session_transport.transport.local_host",
    "ebgp_multihop_max_hop",
    "address_family.*.maximum_prefix_max_prefix_no",
    "address_family.*.route_map_name_in",
    "address_family.*.route_map_name_out",
    "address_family.*.path.accepted_paths",
)


def _summary(record: Record) -> Iterator[Expected]:
    for vrf, found in record.golden["vrf"].items():
        for peer, row in found["neighbor"].items():
            for name, family in row["address_family"].items():
                key = {"vrf": vrf, "peer": peer}
                up = family["state"] == "established"
                fields = {
                    "peer_as": family["as"] or None,
                    "session_state": "idle" if family["state"] == "shut" else family["state"],
                    "local_as": family["local_as"],
                    "router_id": _rid(family["route_identifier"]),
                    "up_for_s" if up else "down_for_s": age(family["up_down"]),
                }
                yield Expected(BgpSession, key, fields)
                if up:
                    count = int(family["prefix_received"])
                    told = {
                        "prefixes_received_count": count,
                        "negotiated": "no cap" not in family["state_pfxrcd"],
                    }
                    yield Expected(BgpAfi, {**key, "afi_safi": _afi(name)}, told)


def _napalm(record: Record) -> Iterator[Expected]:
    """One golden joins the summary and the neighbours: this is the summary. Its ages are -1 throughout.

    `remote_id` is made up for the summary, and `is_enabled` is true of a neighbour that is shut down too.
    """
    for name, found in record.golden.items():
        vrf = "default" if name == "global" else name
        for peer, row in found["peers"].items():
            key = {"vrf": vrf, "peer": peer}
            fields = {
                "local_as": row["local_as"],
                "peer_as": row["remote_as"],
                "router_id": _rid(found["router_id"]),
            }
            if row["is_up"]:
                fields["session_state"] = "established"
            yield Expected(BgpSession, key, fields)
            for family, told in row["address_family"].items():
                if row["is_up"] and told["received_prefixes"] >= 0 and family in ("ipv4", "ipv6"):
                    one = {"prefixes_received_count": told["received_prefixes"]}
                    yield Expected(BgpAfi, {**key, "afi_safi": f"{family.upper()}_UNICAST"}, one)


def _is_up(place: Place) -> bool:
    return not place.row["state_pfxrcd"].split()[0].isdigit()


def _is_down(place: Place) -> bool:
    return place.row["state_pfxrcd"].split()[0].isdigit()


def _vrf(place: Place) -> str:
    return place.row["vrf"] or "default"


_SUMMARY_KEY = {"vrf": _vrf, "peer": "bgp_neigh"}
_ROW = {"neigh_as": ("peer_as", _zero_as_none), "local_as": ("local_as", int), "router_id": "router_id"}
_SUMMARY_ROWS = Golden(
    tables=(
        Table(BgpSession, "parsed_sample.*", _SUMMARY_KEY, _ROW),
        Table(BgpSession, "parsed_sample.*", _SUMMARY_KEY, {"up_down": ("up_for_s", age)}, unless=_is_up),
        Table(BgpSession, "parsed_sample.*", _SUMMARY_KEY, {"up_down": ("down_for_s", age)}, unless=_is_down),
        Table(
            BgpAfi,
            "parsed_sample.*",
            _SUMMARY_KEY,
            {"state_pfxrcd": ("prefixes_received_count", lambda value: int(value.split()[0]))},
            unless=_is_up,
        ),
        Table(
            BgpSession,
            "parsed_sample.*",
            _SUMMARY_KEY,
            {"state_pfxrcd": ("session_state", lambda value: value.split()[0].lower())},
            unless=_is_down,
        ),
        Table(
            BgpSession,
            "parsed_sample.*",
            _SUMMARY_KEY,
            {"state_pfxrcd": ("admin_up", lambda value: "Admin" not in value)},
            unless=_is_down,
        ),
    ),
    reasons={"parsed_sample.*": NO_FACT},
)


def _policy(value: str) -> str:
    if not value:
        raise SkipValue
    return value


_STATES = {"idle": "idle", "established": "established", "active": "active", "shutdown": "idle"}

GOLDENS = {
    "ShowBgpVrfAllNeighbors": Golden(
        also=_neighbors,
        also_reads=tuple(f"neighbor.*.{key}" for key in _NEIGHBOR_KEYS),
        reasons={"neighbor.*": NO_FACT},
    ),
    "show_ip_bgp_neighbors": Golden(
        tables=(
            Table(
                BgpSession,
                "parsed_sample.*",
                {"peer": "neighbor"},
                {
                    "asn": ("peer_as", int),
                    "bgp_state": ("session_state", str.lower),
                    "conn_estab": ("established_transitions_count", int),
                    "last_reset": ("last_reset_s", age),
                    "last_reset_reason": "last_reset_reason",
                    "localhost_ip": "local_address",
                    "source_iface": "interface",
                    "uptime": ("up_for_s", age),
                },
            ),
            Table(
                BgpAfi,
                "parsed_sample.*",
                {"peer": "neighbor"},
                {
                    "accepted_paths": ("prefixes_accepted_count", whole),
                    "sent_paths": ("prefixes_sent_count", whole),
                    "inbound_routemap": ("import_policy", _policy),
                    "outbound_routemap": ("export_policy", _policy),
                },
            ),
        ),
        reasons={"parsed_sample.*": NO_FACT},
    ),
    "ShowBgpVrfAllAllSummary": Golden(
        also=_summary,
        also_reads=tuple(
            f"vrf.*.neighbor.*.address_family.*.{key}"
            for key in (
                "as",
                "state",
                "local_as",
                "route_identifier",
                "up_down",
                "prefix_received",
                "state_pfxrcd",
            )
        ),
        reasons={"vrf.*.neighbor.*.address_family.*": NO_FACT},
    ),
    "ShowBgpSessions": Golden(
        tables=(
            Table(
                BgpInstance,
                "vrf.*",
                {"vrf": "*0"},
                {"router_id": "router_id", "local_as": "local_as"},
            ),
            Table(
                BgpSession,
                "vrf.*.neighbor.*",
                {"vrf": "*0", "peer": "*1"},
                {"remote_as": "peer_as", "state": ("session_state", _STATES.__getitem__)},
            ),
        ),
        reasons={
            "vrf.*.neighbor.*": NO_FACT,
            "vrf.*.vrf_peers": "follows from the neighbours",
            "vrf.*.vrf_established_peers": "follows from the neighbours",
            "total_peers": "follows from the neighbours",
            "total_established_peers": "follows from the neighbours",
            "local_as": "said again of each VRF",
        },
    ),
    "get_bgp_neighbors": Golden(
        also=_napalm,
        also_reads=(
            "*.router_id",
            *(f"*.peers.*.{key}" for key in ("local_as", "remote_as", "is_up")),
            "*.peers.*.address_family.*.received_prefixes",
        ),
        reasons={
            "*.peers.*.address_family": "-1 throughout",
            "*.peers.*.uptime": "-1 throughout",
            "OTV.peers": "there are none",
            "*.peers.*.is_enabled": "true of a neighbour that is shut down, too",
            "*.peers.*.remote_id": ELSEWHERE,
            "*.peers.*.description": ELSEWHERE,
        },
    ),
    "show_ip_bgp_summary": _SUMMARY_ROWS,
    "show_ip_bgp_summary_vrf": _SUMMARY_ROWS,
}
