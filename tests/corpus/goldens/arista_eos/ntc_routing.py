"""Goldens of ntc-templates for Arista EOS: BGP, OSPF, IS-IS, routes, access lists."""

from __future__ import annotations

import re
from typing import Any

from netdoctor.model.facts import (
    BgpAfi,
    BgpInstance,
    BgpSession,
    IsisAdjacency,
    OspfInstance,
    OspfInterface,
    OspfNeighbor,
    Route,
)
from tests.corpus.corpus import Record
from tests.corpus.goldens import Expected, Golden, Table
from tests.corpus.goldens.arista_eos.ntc import ROW, UNUSED, long, why

_WEEK_S, _DAY_S = 604_800, 86_400
_UNITS_S = {"w": _WEEK_S, "d": _DAY_S, "h": 3600, "m": 60, "s": 1}


def _age_s(word: str) -> float:
    """`00:04:09`, or `79d05h`."""
    if ":" in word:
        hours, minutes, seconds = map(int, word.split(":"))
        return hours * 3600 + minutes * 60 + seconds
    return sum(int(number) * _UNITS_S[unit] for number, unit in re.findall(r"(\d+)([wdhms])", word))


def _bgp(record: Record) -> Any:
    for row in record.golden["parsed_sample"]:
        vrf = row["vrf"] or "default"
        state = {"Estab": "established"}.get(row["state"], row["state"].partition("(")[0].lower())
        key = {"vrf": vrf, "peer": row["bgp_neigh"].lower()}
        local = {"router_id": row["router_id"], "local_as": int(row["local_as"])}
        age = {"up_for_s" if state == "established" else "down_for_s": _age_s(row["up_down"])}
        described = {"description": row["description"]} if row.get("description") else {}
        told = {"session_state": state, "peer_as": int(row["neigh_as"])}
        yield Expected(BgpInstance, {"vrf": vrf}, local)
        yield Expected(BgpSession, key, told | local | age | described)
        if row["state_pfxrcd"]:
            accepted = {"prefixes_accepted_count": int(row["state_pfxacc"])} if row["state_pfxacc"] else {}
            received = {"prefixes_received_count": int(row["state_pfxrcd"])}
            yield Expected(BgpAfi, key | {"afi_safi": _family(record)}, received | accepted)


def _family(record: Record) -> str:
    if "evpn" in record.command:
        return "L2VPN_EVPN"
    return "IPV6_UNICAST" if "ipv6" in record.command else "IPV4_UNICAST"


_BGP = Golden(
    also=_bgp,
    also_reads=tuple(
        f"{ROW}.{key}"
        for key in (
            *("router_id", "local_as", "vrf", "bgp_neigh", "neigh_as", "up_down", "state", "state_pfxrcd"),
            *("state_pfxacc", "description"),
        )
    ),
    reasons=why(UNUSED, "msg_rcvd", "msg_sent", "in_queue", "out_queue"),
)

_ROUTES = {"C": "connected", "S": "static", "O": "ospf", "B": "bgp", "I": "isis", "K": "kernel"}


def _routes(record: Record) -> Any:
    for row in record.golden["parsed_sample"]:
        key = {"vrf": row["vrf"], "prefix": f"{row['network']}/{row['prefix_length']}"}
        fields = {
            "protocol": _ROUTES[row["protocol"][0]],
            "next_hops": tuple(row["next_hop"]),
            "out_interfaces": tuple(row["interface"]),
            "distance": int(row["distance"]) if row["distance"] else None,
            "metric": int(row["metric"]) if row["metric"] else None,
        }
        yield Expected(Route, key, fields)


def _ospf_state(word: str) -> str:
    return {"FULL": "full", "2 WAYS": "two_way", "2WAY": "two_way", "INIT": "init", "EXSTART": "exstart"}[
        word.partition("/")[0]
    ]


def _ospf_summary(record: Record) -> Any:
    """One row an area, where a process is one fact."""
    for row in record.golden["parsed_sample"]:
        same = [one for one in record.golden["parsed_sample"] if one["vrf"] == row["vrf"]]
        fields = {"router_id": row["router_id"]}
        if len(same) == 1:
            fields |= {"neighbors_count": int(row["neighbors"]), "adjacent_count": int(row["neighbors_full"])}
        yield Expected(OspfInstance, {"vrf": row["vrf"]}, fields)


GOLDENS: dict[str, Golden] = {
    "show_ip_bgp_summary": _BGP,
    "show_ipv6_bgp_summary": _BGP,
    "show_bgp_evpn_summary": _BGP,
    "show_ip_ospf_neighbor": Golden(
        tables=(
            Table(
                OspfNeighbor,
                ROW,
                {"neighbor_router_id": "neighbor_id", "interface": ("interface", long)},
                {"ip_address": "address", "vrf": "vrf", "state": ("adjacency_state", _ospf_state)},
            ),
        ),
        reasons=why(UNUSED, "dead_time", "instance", "priority"),
    ),
    "show_ip_ospf_interface_brief": Golden(
        tables=(
            Table(
                OspfInterface,
                ROW,
                {"interface": ("interface", long)},
                {
                    "area": "area",
                    "cost": ("cost", int),
                    "vrf": "vrf",
                    "neighbors": ("neighbors_count", int),
                },
            ),
        ),
        reasons=why("an address is of the interface, not of OSPF on it", "ip_address", "prefix_length")
        | why("the role on the segment: no check needs it", "state")
        | why(UNUSED, "instance"),
    ),
    "show_ip_ospf_summary": Golden(
        also=_ospf_summary,
        also_reads=tuple(f"{ROW}.{key}" for key in ("vrf", "router_id", "neighbors", "neighbors_full")),
        reasons=why(
            UNUSED,
            *("area", "asbr_lsas", "instance", "interfaces", "network_lsas", "nssa_lsas", "router_lsas"),
            *("summary_lsas", "type"),
        ),
    ),
    "show_isis_neighbors": Golden(
        tables=(
            Table(
                IsisAdjacency,
                ROW,
                {"neighbor": "system_id", "interface": ("interface", long)},
                {
                    "vrf": "vrf",
                    "type": ("level", lambda word: word.removeprefix("L")),
                    "state": ("adjacency_state", str.lower),
                    "hold_time": ("hold_time_s", float),
                },
            ),
        ),
        reasons=why(UNUSED, "circuit_id", "instance", "snpa"),
    ),
    "show_ip_route": Golden(
        also=_routes,
        also_reads=tuple(
            f"{ROW}.{key}"
            for key in (
                *("vrf", "network", "prefix_length", "protocol", "next_hop", "interface", "distance"),
                "metric",
            )
        ),
        reasons=why("told by there being no next hop", "direct"),
    ),
    "show_ip_access-lists": Golden(
        reasons={
            "parsed_sample": "the words of a rule, which are a counter's name; the golden has no counters"
        },
    ),
}
