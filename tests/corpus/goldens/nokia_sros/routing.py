"""BGP, IGPs, routes, neighbours, groups: ntc-templates, Genie and napalm."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from netdoctor.model.facts import (
    BgpAfi,
    BgpInstance,
    BgpRoute,
    BgpSession,
    Interface,
    IsisAdjacency,
    IsisInterface,
    LagMember,
    LldpNeighbor,
    MacEntry,
    Neighbor,
    OspfInterface,
)
from tests.corpus.corpus import Record
from tests.corpus.goldens import Expected, Golden, Table
from tests.corpus.goldens.nokia_sros.words import (
    NO_USE,
    ONLY_EXPIRY,
    OWN,
    default_vrf,
    level,
    seconds,
    uncut,
    up,
)


def _as_number(word: str) -> int:
    return int(uncut(word))


def _summary(record: Record) -> Iterator[Expected]:
    """A state is told where no counts are; the age is of the state."""
    for told in record.golden["parsed_sample"]:
        state = told["state"].lower() or "established"
        age = seconds(told["up_down"])
        fields: dict[str, Any] = {
            "session_state": state,
            "up_for_s": age if state == "established" else None,
            "down_for_s": None if state == "established" else age,
        }
        if not told["as"].endswith("*"):
            fields["peer_as"] = int(told["as"])
        yield Expected(BgpSession, {"peer": told["neighbor"]}, fields)
        if told["rcv"]:
            counts = {"prefixes_received_count": int(told["rcv"]), "prefixes_sent_count": int(told["sent"])}
            yield Expected(BgpAfi, {"peer": told["neighbor"], "afi_safi": "IPV4_UNICAST"}, counts)


_SUMMARY = Golden(
    also=_summary,
    also_reads=tuple(
        f"parsed_sample.*.{key}" for key in ("neighbor", "as", "up_down", "state", "rcv", "sent")
    ),
    reasons={
        "parsed_sample.*.act": "active routes; which were accepted is not told here",
        "parsed_sample.*.pktrcvd": NO_USE,
        "parsed_sample.*.pktsent": NO_USE,
        "parsed_sample.*.inq": NO_USE,
        "parsed_sample.*.outq": NO_USE,
    },
)


def _napalm_bgp(record: Record) -> Iterator[Expected]:
    """napalm takes active prefixes for accepted ones; here they are not told apart."""
    for vrf, told in record.golden.items():
        name = default_vrf(vrf)
        yield Expected(BgpInstance, {"vrf": name}, {"router_id": told["router_id"]})
        for peer, found in told["peers"].items():
            session = {
                "local_as": found["local_as"],
                "peer_as": found["remote_as"],
                "peer_router_id": found["remote_id"],
                "admin_up": found["is_enabled"],
                "description": found["description"],
            }
            if found["is_up"]:
                session["session_state"] = "established"
            yield Expected(BgpSession, {"vrf": name, "peer": peer}, session)
            (fact_age,) = (found["uptime"],)
            yield Expected(BgpSession, {"vrf": name, "peer": peer}, {"up_for_s": float(fact_age)})
            for family, counts in found["address_family"].items():
                yield Expected(
                    BgpAfi,
                    {"vrf": name, "peer": peer, "afi_safi": f"{family.upper()}_UNICAST"},
                    {
                        "prefixes_received_count": counts["received_prefixes"],
                        "prefixes_sent_count": counts["sent_prefixes"],
                    },
                )


def _napalm_bgp_detail(record: Record) -> Iterator[Expected]:
    for vrf, groups in record.golden.items():
        for told in (told for group in groups.values() for told in group):
            key = {"vrf": default_vrf(vrf), "peer": told["remote_address"]}
            session = {
                "local_as": told["local_as"],
                "peer_as": told["remote_as"],
                "peer_router_id": told["router_id"],
                "local_address": told["local_address"],
                "session_state": told["connection_state"].lower(),
                "hold_time_s": told["holdtime"],
                "keepalive_s": told["keepalive"],
            }
            yield Expected(BgpSession, key, session)
            family = "IPV6_UNICAST" if ":" in told["remote_address"] else "IPV4_UNICAST"
            counts = {
                "prefixes_received_count": told["received_prefix_count"],
                "prefixes_accepted_count": told["accepted_prefix_count"],
                "prefixes_sent_count": told["advertised_prefix_count"],
            }
            yield Expected(BgpAfi, {**key, "afi_safi": family}, counts)


def _vpn_routes(record: Record) -> Iterator[Expected]:
    for told in record.golden["parsed_sample"]:
        prefix = f"{told['rd']}:{told['network']}/{told['prefix_length']}"
        fields = {
            "next_hops": (told["next_hop"],),
            "valid": "*" in told["in_out_use"],
            "best": ">" in told["in_out_use"],
            "as_path": "" if told["as_path"] == "No As-Path" else told["as_path"],
        }
        yield Expected(BgpRoute, {"prefix": prefix}, fields)


def _isis_details(record: Record) -> Iterator[Expected]:
    for instance in record.golden["instance"].values():
        for at_level, levels in instance["level"].items():
            for interface, systems in levels["interfaces"].items():
                for system, told in systems["system_id"].items():
                    fields = {
                        "system_id": system,
                        "neighbor": told["hostname"],
                        "level": level(at_level),
                        "adjacency_state": told["state"].lower(),
                        "hold_time_s": told["hold_time"],
                        "up_for_s": seconds(told["up_time"]),
                        "addresses": (told["ipv4_neighbor"],),
                    }
                    yield Expected(IsisAdjacency, {"interface": interface}, fields)


_ISIS_LEFT = dict.fromkeys(
    (
        "ipv4_adj_sid",
        "l_circ_typ",
        "last_restart_at",
        "max_hold",
        "mt_enabled",
        "nbr_sys_typ",
        "number_of_restarts",
        "priority",
        "restart_support",
        "restart_supressed",
        "restart_status",
        "snpa",
        "topology",
    ),
    NO_USE,
)
_ISIS_ROW = "instance.*.level.*.interfaces.*.system_id.*"


def _metric(place: Any) -> int:
    """The metric of the level in use."""
    return int(place.row["metric_l2" if place.row["level"] == "L2" else "metric_l1"])


_ISIS_INTERFACE = Golden(
    tables=(
        Table(
            IsisInterface,
            "parsed_sample.*",
            {"interface": "interface", "metric": _metric},
            {"level": ("level", level), "oper_state": ("oper_up", up)},
        ),
    ),
    reasons={
        "parsed_sample.*.circid": NO_USE,
        "parsed_sample.*.metric_l1": "is the metric where the level in use is 1 or both",
        "parsed_sample.*.metric_l2": "is the metric where the level in use is 2",
    },
)


def _lag_ports(record: Record) -> Iterator[Expected]:
    """A row without a group is of the group above; a standby port is suspended."""
    lag = ""
    for told in record.golden["parsed_sample"]:
        lag = told["lag_id"].partition("(")[0] or lag
        state = "bundled" if told["operational_status"] == "up" else "down"
        if state == "down" and told["active_status"] == "standby" and told["admin_status"] == "up":
            state = "suspended"
        yield Expected(LagMember, {"lag": f"lag-{lag}", "interface": told["port_id"]}, {"state": state})


_LAG = Golden(
    tables=(
        Table(
            Interface,
            "parsed_sample.*",
            {"interface": ("lag_id", lambda word: f"lag-{word}")},
            {"adm": ("admin_up", up), "opr": ("oper_up", up)},
        ),
    ),
    reasons={
        "parsed_sample.*.lag_name": "blank in this output",
        "parsed_sample.*.mc_act_stdby": NO_USE,
        "parsed_sample.*.threshold": NO_USE,
        "parsed_sample.*.up_count": "its member ports tell how many are up",
        "parsed_sample.*.weighted": NO_USE,
    },
)


def _addresses(told: list[str]) -> tuple[str, ...]:
    return tuple(one for one in told if not one.startswith("fe80:"))


_ROUTER_INTERFACE = Golden(
    tables=(
        Table(
            Interface,
            "parsed_sample.*",
            {
                "interface": "interface",
                "oper_up": lambda place: "Up" in (place.row["oper_state_v4"], place.row["oper_state_v6"]),
            },
            {"admin_state": ("admin_up", up), "ip_address": ("addresses", _addresses)},
        ),
    ),
    reasons={
        "parsed_sample.*.ip_address": "addresses but those of the link alone",
        "parsed_sample.*.mode": NO_USE,
        "parsed_sample.*.oper_state_v4": "the interface is up when either family is",
        "parsed_sample.*.oper_state_v6": "the interface is up when either family is",
        "parsed_sample.*.pfx_state": NO_USE,
        "parsed_sample.*.port_sap_id": NO_USE,
    },
)

_OSPF_INTERFACE = Golden(
    tables=(
        Table(
            OspfInterface,
            "parsed_sample.*",
            {"interface": "interface"},
            {"area": "area", "oper_state": ("oper_up", lambda word: word != "Down")},
        ),
    ),
    reasons={
        "parsed_sample.*.admin_state": "no fact tells it: what is shut down is not up",
        "parsed_sample.*.desig_rtr": NO_USE,
        "parsed_sample.*.bkup_desig_rtr": NO_USE,
    },
)

_ARP = Golden(
    tables=(
        Table(
            Neighbor,
            "router.*.ip_address.*",
            {"vrf": ("*0", default_vrf), "address": "*1"},
            {"interface": "interface", "mac_add": "mac"},
        ),
    ),
    reasons={
        "router.*.ip_address.*.expiry": ONLY_EXPIRY,
        "router.*.ip_address.*.type": "our words for it are coarser",
        "router.*.entries": "the number of entries",
    },
)


def _napalm_arp(record: Record) -> Iterator[Expected]:
    """napalm takes the time to expiry for an age."""
    for told in record.golden:
        key = {"address": told["ip"], "interface": told["interface"]}
        yield Expected(Neighbor, key, {"mac": told["mac"]})


def _napalm_macs(record: Record) -> Iterator[Expected]:
    """napalm splits `sap:1/1/c5/1:0` into port and VLAN; ours is the SAP whole."""
    for told in record.golden:
        vlan = "" if told["vlan"] < 0 else f":{told['vlan']}"
        yield Expected(
            MacEntry, {"mac": told["mac"]}, {"interface": told["interface"].removeprefix("sap:") + vlan}
        )


def _napalm_lldp(record: Record) -> Iterator[Expected]:
    """The port id is an index; we keep the port's name, which the description begins with."""
    for name, found in record.golden.items():
        for told in found:
            yield Expected(LldpNeighbor, {"interface": name}, {"neighbor_device": told["hostname"]})


def _napalm_addresses(record: Record) -> Iterator[Expected]:
    for name, told in record.golden.items():
        addresses = tuple(
            f"{address}/{known['prefix_length']}"
            for family in told.values()
            for address, known in family.items()
        )
        yield Expected(Interface, {"interface": name}, {"addresses": addresses})


_ISIS_ADJACENCY = Golden(
    tables=(
        Table(
            IsisAdjacency,
            "parsed_sample.*",
            {"interface": "interface"},
            {
                "system_id": "neighbor",
                "usage": ("level", level),
                "state": ("adjacency_state", str.lower),
                "hold": ("hold_time_s", float),
            },
        ),
    ),
    reasons={"parsed_sample.*.mt_id": NO_USE},
)

GOLDENS: dict[str, Golden] = {
    "show_router_bgp_summary_family": _SUMMARY,
    "show_router_bgp_routes_vpn-ipv4": Golden(
        also=_vpn_routes,
        also_reads=tuple(
            f"parsed_sample.*.{key}"
            for key in ("rd", "network", "prefix_length", "next_hop", "in_out_use", "as_path")
        ),
        reasons={
            "parsed_sample.*.label": NO_USE,
            "parsed_sample.*.local_pref": NO_USE,
            "parsed_sample.*.med": NO_USE,
            "parsed_sample.*.path_id": NO_USE,
        },
    ),
    "show_router_isis_adjacency": _ISIS_ADJACENCY,
    "show_router_isis_interface": _ISIS_INTERFACE,
    "ShowRouterIsisAdjacencyDetail": Golden(
        also=_isis_details,
        also_reads=tuple(
            f"{_ISIS_ROW}.{key}"
            for key in ("hostname", "state", "hold_time", "up_time", "ipv4_neighbor", "ipv6_neighbor")
        ),
        reasons={f"{_ISIS_ROW}.{key}": why for key, why in _ISIS_LEFT.items()},
    ),
    "show_lag": _LAG,
    "show_lag_port": Golden(
        also=_lag_ports,
        also_reads=tuple(
            f"parsed_sample.*.{key}"
            for key in ("lag_id", "port_id", "active_status", "admin_status", "operational_status")
        ),
        reasons={
            "parsed_sample.*.forced": NO_USE,
            "parsed_sample.*.primary": NO_USE,
            "parsed_sample.*.priority": NO_USE,
            "parsed_sample.*.sub_group": NO_USE,
        },
    ),
    "show_router_interface": _ROUTER_INTERFACE,
    "show_router_ospf_interface": _OSPF_INTERFACE,
    "ShowRouterArpDynamic": _ARP,
    "get_arp_table": Golden(
        also=_napalm_arp,
        also_reads=("*.interface", "*.ip", "*.mac"),
        reasons={"*.age": ONLY_EXPIRY},
    ),
    "get_arp_table_with_vrf": Golden(
        also=_napalm_arp,
        also_reads=("*.interface", "*.ip", "*.mac"),
        reasons={"*.age": ONLY_EXPIRY},
    ),
    "get_mac_address_table": Golden(
        also=_napalm_macs,
        also_reads=("*.mac", "*.interface", "*.vlan"),
        reasons={f"*.{key}": OWN for key in ("active", "static", "moves", "last_move")},
    ),
    "get_lldp_neighbors": Golden(
        also=_napalm_lldp,
        also_reads=("*.*.hostname",),
        reasons={"*.*.port": "an index; the port's name stands in its description, which we keep"},
    ),
    "get_interfaces_ip": Golden(also=_napalm_addresses, also_reads=("*",)),
    "get_bgp_neighbors": Golden(
        also=_napalm_bgp,
        also_reads=("*.router_id", "*.peers"),
    ),
    "get_bgp_neighbors_detail": Golden(also=_napalm_bgp_detail, also_reads=("*",)),
}

UNMAPPED = {
    "route_fib/001": "routes of another command's answer: this one is of the BGP neighbour",
    "route_fib/002": "routes of another command's answer: this one is of the BGP neighbour",
    "route_fib/005": "another prefix than the one in this answer: joined from several commands",
}
