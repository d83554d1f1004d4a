"""Goldens of BGP, BFD, OSPF, IS-IS and routes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from netdoctor.model.facts import (
    BfdSession,
    BgpAfi,
    BgpInstance,
    BgpRoute,
    BgpSession,
    IsisAdjacency,
    OspfNeighbor,
    Route,
    TableUse,
)
from netdoctor.platforms.values import duration_s
from tests.corpus.corpus import Record
from tests.corpus.goldens import Expected, Golden, Place, Table
from tests.corpus.goldens.juniper_junos.words import (
    CONFIGURED,
    NO_FACT,
    OWN,
    TOGETHER,
    because,
    milliseconds,
    one_of,
    unless,
    without_port,
)

Fields = dict[str, str | tuple[str, Callable[[Any], Any]]]
_PEERS = "bgp-information.bgp-peer.*"
_CODES = (("hold timer expired error", 4), ("cease", 6), ("open message error", 2))
_FAMILIES = {"inet.0": "IPV4_UNICAST", "inet6.0": "IPV6_UNICAST", "inet.3": "IPV4_LABELED_UNICAST"}


def _state(said: str) -> str:
    word = said.lower()
    return "established" if word.startswith("establ") else word


def _vrf(said: str) -> str:
    return "default" if said == "master" else said


def _ribs(record: Record) -> Iterator[Expected]:
    for peer in record.golden["bgp-information"]["bgp-peer"]:
        for rib in peer.get("bgp-rib", ()):
            key = {"peer": without_port(peer["peer-address"]), "afi_safi": _FAMILIES[rib["name"]]}
            fields = {
                "prefixes_received_count": int(rib["received-prefix-count"]),
                "prefixes_accepted_count": int(rib["accepted-prefix-count"]),
                "prefixes_sent_count": int(rib["advertised-prefix-count"]),
                "negotiated": True,
            }
            options = peer["bgp-option-information"]
            policies = {
                "export_policy": options.get("export-policy"),
                "import_policy": options.get("import-policy"),
            }
            yield Expected(BgpAfi, key, fields | policies)
        words = peer["bgp-option-information"].get("bgp-options", "").split()
        auth = {"auth_configured": any(word.startswith("Auth") for word in words)}
        yield Expected(BgpSession, {"peer": without_port(peer["peer-address"])}, auth)


_SESSION: Fields = {
    "peer-as": ("peer_as", int),
    "local-as": ("local_as", int),
    "peer-state": ("session_state", _state),
    "peer-cfg-rti": ("vrf", _vrf),
    "description": "description",
    "flap-count": ("established_transitions_count", int),
    "last-error": ("last_notification_code", one_of(_CODES)),
    "local-address": ("local_address", lambda said: without_port(unless("unspecified")(said))),
    "local-id": "router_id",
    "peer-id": "peer_router_id",
    "active-holdtime": ("hold_time_s", float),
    "keepalive-interval": ("keepalive_s", float),
    "local-interface-name": "interface",
    "bgp-bfd.bfd-configuration-state": ("bfd_enabled", lambda said: said == "enabled"),
}
_OTHERS = [
    "peer-fwd-rti",
    "peer-flags",
    "peer-group",
    "peer-index",
    "group-index",
    "snmp-index",
    "last-event",
    "last-flap-event",
    "last-state",
    "last-received",
    "last-sent",
    "last-checked",
    "input-messages",
    "input-updates",
    "input-refreshes",
    "input-octets",
    "output-messages",
    "output-updates",
    "output-refreshes",
    "output-octets",
    "bgp-output-queue",
    "bgp-peer-iosession",
    "entropy-label-capability",
    "entropy-label-no-next-hop-validation",
    "entropy-label-stitching-capability",
    "route-reflector-client",
    "peer-refresh-capability",
    "peer-4byte-as-capability-advertised",
    "peer-addpath-not-supported",
    "peer-no-llgr-restarter",
    "peer-no-restart",
    "peer-no-helper",
    "peer-restart-nlri-configured",
    "peer-restart-nlri-negotiated",
    "peer-end-of-rib-received",
    "peer-end-of-rib-sent",
    "peer-restart-flags-received",
    "peer-stale-route-time-configured",
    "entropy-label",
    "nlri-type",
    "local-ext-nh-color-nlri",
    "bgp-bfd.bfd-operational-state",
    "peer-restart-time-received",
]


def _napalm(record: Record) -> Iterator[Expected]:
    """napalm joins the answers of neighbours and summary of all instances: each tells what it has."""
    short = "summary" in record.command
    here = "frontend" if "frontend.inet" in record.output else "global"
    for vrf, told in record.golden.items():
        if vrf != here:
            continue
        for peer, row in told["peers"].items():
            key = {"peer": peer} | ({} if vrf == "global" else {"vrf": vrf})
            fields: dict[str, Any] = {"peer_as": row["remote_as"]}
            if row["is_up"] and short:
                fields |= {"session_state": "established", "up_for_s": row["uptime"]}
            elif not short:
                fields |= {"local_as": row["local_as"]}
                if row["remote_id"]:
                    fields["peer_router_id"] = row["remote_id"]
            yield Expected(BgpSession, key, fields)
            for family, word in (("ipv4", "IPV4_UNICAST"), ("ipv6", "IPV6_UNICAST")):
                counts = row["address_family"][family]
                if short and counts["received_prefixes"] >= 0:
                    fields = {
                        "prefixes_received_count": counts["received_prefixes"],
                        "prefixes_accepted_count": counts["accepted_prefixes"],
                    }
                    yield Expected(BgpAfi, key | {"afi_safi": word}, fields)


def _napalm_detail(record: Record) -> Iterator[Expected]:
    for told in (one for peers in record.golden["global"].values() for one in peers):
        key = {"peer": told["remote_address"]}
        session = {
            "session_state": told["connection_state"].lower(),
            "local_as": told["local_as"],
            "peer_as": told["remote_as"],
            "peer_router_id": told["router_id"],
            "local_address": told["local_address"],
            "hold_time_s": told["holdtime"],
            "keepalive_s": told["keepalive"],
            "established_transitions_count": told["flap_count"],
        }
        yield Expected(BgpSession, key, session)
        counts = {
            "prefixes_received_count": told["received_prefix_count"],
            "prefixes_accepted_count": told["accepted_prefix_count"],
            "prefixes_sent_count": told["advertised_prefix_count"],
        }
        yield Expected(BgpAfi, key | {"afi_safi": "IPV4_UNICAST"}, counts)


def _summary(record: Record) -> Iterator[Expected]:
    """Two rows of the sample bear one address: they are told apart by their table."""
    for row in record.golden["parsed_sample"]:
        key = {
            "peer": row["peer_ip"],
            "vrf": row["interface"].removesuffix(".inet.0"),
            "established_transitions_count": int(row["flaps"]),
        }
        fields = {
            "peer_as": int(row["peer_as"]),
            "session_state": _state(row["state"]),
            "up_for_s": duration_s(f"{row['last_flap']} {row['up_down']}"),
        }
        yield Expected(BgpSession, key, fields)
        counts = {
            "prefixes_received_count": int(row["received"]),
            "prefixes_accepted_count": int(row["accepted"]),
        }
        yield Expected(BgpAfi, {"peer": row["peer_ip"], **counts}, counts)


_BFD: Fields = {
    "session-state": ("session_state", lambda said: said.lower().replace("admindown", "admin_down")),
    "session-transmission-interval": ("tx_interval_ms", milliseconds),
    "session-adaptive-multiplier": ("multiplier", int),
    "local-diagnostic": (
        "diagnostic",
        one_of((("none", "none"), ("ctlexpire", "control_detection_time_expired"))),
    ),
    "remote-diagnostic": ("remote_diagnostic", one_of((("none", "none"),))),
    "session-up-time": ("up_for_s", duration_s),
}
_BFD_KEY = {"peer": "session-neighbor"}
_BFD_OTHERS = [
    "session-detection-time",
    "remote-state",
    "session-type",
    "session-version",
    "minimum-asynchronous-interval",
    "minimum-slow-interval",
    "minimum-transmission-interval",
    "detection-multiplier",
    "echo-mode-desired",
    "echo-mode-state",
    "local-discriminator",
    "remote-discriminator",
    "neighbor-fate",
    "neighbor-minimum-reception-interval",
    "session-id",
    "neighbor-minimum-transmission-interval",
    "neighbor-session-multiplier",
    "no-refresh",
    "no-absorb",
    "minimum-reception-interval",
    "adaptive-asynchronous-transmission-interval",
    "adaptive-reception-interval",
]
_BFD_ALL = because(
    TOGETHER,
    "clients",
    "sessions",
    "cumulative-reception-rate",
    "cumulative-transmission-rate",
    under="bfd-session-information",
)


def _bfd(record: Record) -> Iterator[Expected]:
    """The client, what it asks to receive, and the interface, which is blank for several hops."""
    found = record.golden["bfd-session-information"]["bfd-session"]
    for one in found if isinstance(found, list) else [found]:
        fields: dict[str, Any] = {"interface": one.get("session-interface") or None}
        if client := one.get("bfd-client"):
            asked = one.get("adaptive-reception-interval") or client["client-reception-interval"]
            fields["rx_interval_ms"] = milliseconds(asked)
            fields["clients"] = (client["client-name"],)
        yield Expected(BfdSession, {"peer": one["session-neighbor"]}, fields)


def _bfd_golden(at: str) -> Golden:
    return Golden(
        tables=(Table(BfdSession, at, _BFD_KEY, _BFD),),
        reasons=because(NO_FACT, *_BFD_OTHERS, under=at) | _BFD_ALL,
        also=_bfd,
        also_reads=(f"{at}.bfd-client", f"{at}.session-interface"),
    )


_ADJACENCY: Fields = {
    "ospf-neighbor-state": ("adjacency_state", str.lower),
    "neighbor-address": "address",
    "ospf-area": "area",
    "neighbor-adjacency-time.#text": ("up_for_s", duration_s),
}
_OSPF_OTHERS = [
    "activity-timer",
    "neighbor-priority",
    "bdr-address",
    "dr-address",
    "dr-id",
    "bdr-id",
    "options",
    "neighbor-up-time",
    "ospf-neighbor-topology",
    "adj-sid-list",
    "ospf3-interface-index",
]


def _ospf(at: str, *others: str) -> Golden:
    key = {"neighbor_router_id": "neighbor-id", "interface": "interface-name"}
    return Golden(
        tables=(Table(OspfNeighbor, at, key, _ADJACENCY),),
        reasons=because(NO_FACT, *_OSPF_OTHERS, under=at) | because("the default instance: master", *others),
    )


def _routes(record: Record) -> Iterator[Expected]:
    for table in record.golden["route-information"]["route-table"]:
        for route in table.get("rt", ()):
            entry = route["rt-entry"]
            if table["table-name"] not in {"inet.0", "inet6.0"}:
                continue
            hops = entry.get("nh", [])
            fields: dict[str, Any] = {
                "protocol": entry["protocol-name"].lower().replace("ospf3", "ospf"),
                "distance": int(entry["preference"]),
                "age_s": duration_s(entry["age"]["#text"]),
                "active": entry.get("active-tag") == "*",
                "next_hops": tuple(dict.fromkeys(hop["to"] for hop in hops if hop.get("to"))),
                "out_interfaces": tuple(dict.fromkeys(hop["via"] for hop in hops if hop.get("via"))),
            }
            if entry.get("metric"):
                fields["metric"] = int(entry["metric"])
            yield Expected(Route, {"prefix": route["rt-destination"]}, fields)


def _napalm_route(record: Record) -> Iterator[Expected]:
    """A row a next hop: those of the active path are one route, of which there is the age and the rest."""
    for prefix, paths in record.golden.items():
        active = [path for path in paths if path["current_active"]]
        one = active[0]
        fields = {
            "protocol": one["protocol"].lower(),
            "age_s": one["age"],
            "distance": one["preference"],
            "metric": one["protocol_attributes"]["metric"],
            "next_hops": tuple(path["next_hop"] for path in active),
            "out_interfaces": tuple(path["outgoing_interface"] for path in active),
        }
        yield Expected(Route, {"prefix": prefix, "active": True}, fields)
        attributes = one["protocol_attributes"]
        path = {
            "as_path": attributes["as_path"].removesuffix(" I").strip(),
            "communities": tuple(attributes["communities"]),
        }
        yield Expected(BgpRoute, {"prefix": prefix}, path)


def _own(place: Place) -> bool:
    """Junos's private instances are no VRFs."""
    core = place.golden["instance-information"]["instance-core"][int(place.names[0])]
    return str(core["instance-name"]).startswith("__")


_INSTANCE = "instance-information.instance-core.*"
_GROUPS = "of groups and tables as a whole: facts are of neighbours"

GOLDENS: dict[str, Golden] = {
    "ShowBgpNeighbor": Golden(
        tables=(Table(BgpSession, _PEERS, {"peer": ("peer-address", without_port)}, _SESSION),),
        reasons={
            **because(NO_FACT, *_OTHERS, under=_PEERS),
            **because(
                "that the session is up with it is mapped as negotiated",
                "nlri-type-peer",
                "nlri-type-session",
                under=_PEERS,
            ),
            **because("who sent the last one is judged from them", "bgp-error", under=_PEERS),
            **because("one hop, or several: no field holds it", "peer-type", under=_PEERS),
            **because(CONFIGURED, "bgp-option-information", under=_PEERS),
        },
        also=_ribs,
        also_reads=(f"{_PEERS}.bgp-rib",),
    ),
    "get_bgp_neighbors": Golden(
        also=_napalm,
        also_reads=("*.peers",),
        reasons=because("of another answer of the same case", "*.router_id"),
    ),
    "get_bgp_neighbors_detail": Golden(also=_napalm_detail, also_reads=("global",)),
    "show_bgp_summary": Golden(
        also=_summary,
        also_reads=tuple(
            f"parsed_sample.*.{name}"
            for name in (
                "peer_ip",
                "peer_as",
                "flaps",
                "last_flap",
                "up_down",
                "state",
                "interface",
                "received",
                "accepted",
            )
        ),
        reasons=because(NO_FACT, "in_pkt", "out_pkt", "out_q", "active", "damped", under="parsed_sample.*"),
    ),
    "ShowBgpSummaryInstance": Golden(
        tables=(
            Table(
                BgpSession,
                _PEERS,
                {"peer": "peer-address"},
                {
                    "peer-as": ("peer_as", int),
                    "flap-count": ("established_transitions_count", int),
                    "elapsed-time.#text": ("up_for_s", duration_s),
                    "peer-state": ("session_state", _state),
                },
            ),
        ),
        reasons={
            **because(NO_FACT, "input-messages", "output-messages", "route-queue-count", under=_PEERS),
            **because(
                _GROUPS,
                "bgp-rib",
                "bgp-thread-mode",
                "down-peer-count",
                "group-count",
                "peer-count",
                under="bgp-information",
            ),
        },
    ),
    "ShowBFDSession": _bfd_golden("bfd-session-information.bfd-session.*"),
    "ShowBFDSessionDetail": _bfd_golden("bfd-session-information.bfd-session"),
    "ShowBFDSessionAddressExtensive": _bfd_golden("bfd-session-information.bfd-session"),
    "ShowPPMTransmissionsProtocolBfdDetail": Golden(
        tables=(
            Table(
                BfdSession,
                "ppm-transmissions.transmission-data.*",
                {"peer": "transmission-destination"},
                {"transmission-interval": ("tx_interval_ms", float)},
            ),
        ),
        reasons=because(NO_FACT, "ppm-transmissions"),
    ),
    "show_ospf_neighbor": Golden(
        tables=(
            Table(
                OspfNeighbor,
                "parsed_sample.*",
                {"neighbor_router_id": "neighbor_id", "interface": "interface"},
                {"ip_address": "address", "state": ("adjacency_state", str.lower)},
            ),
        ),
        reasons=because(NO_FACT, "dead_time", "priority", under="parsed_sample.*"),
    ),
    "ShowOspfNeighborDetail": _ospf("ospf-neighbor-information.ospf-neighbor.*"),
    "ShowOspfNeighborInstanceAll": _ospf(
        "ospf-neighbor-information-all.ospf-instance-neighbor.ospf-neighbor.*",
        "ospf-neighbor-information-all.ospf-instance-neighbor.ospf-instance-name",
    ),
    "ShowOspf3Neighbor": _ospf("ospf3-neighbor-information.ospf3-neighbor.*"),
    "ShowOspf3NeighborDetail": _ospf("ospf3-neighbor-information.ospf3-neighbor.*"),
    "ShowOspf3NeighborExtensive": _ospf("ospf3-neighbor-information.ospf3-neighbor.*"),
    "ShowOspf3NeighborInstanceAll": _ospf(
        "ospf3-neighbor-information-all.ospf3-instance-neighbor.ospf3-realm-neighbor.ospf3-neighbor.*",
        "ospf3-neighbor-information-all.ospf3-instance-neighbor.ospf3-instance-name",
        "ospf3-neighbor-information-all.ospf3-instance-neighbor.ospf3-realm-neighbor.ospf3-realm-name",
    ),
    "show_isis_adjacency": Golden(
        tables=(
            Table(
                IsisAdjacency,
                "parsed_sample.*",
                {
                    "interface": "interface",
                    "neighbor": "system_id",
                    "level": ("type", {"1": "1", "2": "2", "3": "1-2"}.get),
                },
                {"state": ("adjacency_state", str.lower), "hold_time": ("hold_time_s", float)},
            ),
        ),
        reasons=because(NO_FACT, "parsed_sample.*.snpa"),
    ),
    "ShowRoute": Golden(
        also=_routes,
        also_reads=("route-information.route-table.*.rt",),
        reasons=because(TOGETHER, "route-information.route-table"),
    ),
    "get_route_to": Golden(also=_napalm_route, also_reads=("*",)),
    "ShowRouteInstanceDetail": Golden(
        tables=(
            Table(
                TableUse,
                f"{_INSTANCE}.instance-rib.*",
                {"table": "irib-name"},
                {"irib-active-count": ("used_count", int)},
                unless=_own,
            ),
        ),
        reasons={
            **because(
                "all of Junos's private instances, which are no VRFs", "instance-interface", under=_INSTANCE
            ),
            **because(
                NO_FACT,
                "instance-state",
                "instance-type",
                "router-id",
                "instance-name",
                "instance-rib",
                under=_INSTANCE,
            ),
        },
    ),
    "ShowRouteSummary": Golden(
        tables=(
            Table(
                TableUse,
                "route-summary-information.route-table.*",
                {"table": "table-name"},
                {"active-route-count": ("used_count", int)},
            ),
            Table(
                BgpInstance,
                "route-summary-information",
                {"router_id": "router-id"},
                {"as-number": ("local_as", int)},
            ),
        ),
        reasons={
            **because(
                "routes by protocol: no fact holds them",
                "protocols",
                under="route-summary-information.route-table.*",
            ),
            **because(
                OWN,
                "destination-count",
                "hidden-route-count",
                "holddown-route-count",
                "total-route-count",
                under="route-summary-information.route-table.*",
            ),
        },
    ),
}

UNREAD = {
    "bgp_summary/001": "counts of groups of neighbours, which no fact holds",
    "bgp_summary/002": "counts of groups of neighbours, which no fact holds",
    "queue_drops/001": "names of scheduler maps and classifiers, which no fact holds",
}
