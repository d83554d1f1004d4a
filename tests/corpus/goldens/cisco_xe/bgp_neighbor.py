"""BGP neighbours: Genie, napalm and ntc-templates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from netdoctor.model.facts import BgpAfi, BgpSession
from netdoctor.platforms.values import duration_s
from tests.corpus.corpus import Record
from tests.corpus.goldens import Expected, Golden, Place, SkipValue, Table

STATES = {"idle", "connect", "active", "opensent", "openconfirm", "established"}


def family(name: str, vrf: str) -> str:
    """`vpnv4 unicast` is OpenConfig's L3VPN_IPV4_UNICAST; in a VRF it is IPv4 on the wire."""
    words = name.upper().replace("E-VPN", "EVPN").split()
    if len(words) == 1:
        words.append("UNICAST")
    if words[0].startswith("VPNV"):
        words[0] = ("IPV" if vrf != "default" else "L3VPN_IPV") + words[0][-1]
    return "_".join(words)


def state(said: str) -> str:
    if said.lower() not in STATES:
        raise SkipValue
    return said.lower()


def told(said: str) -> str:
    """A value that says something: IOS prints zeros until the neighbour has told its own."""
    if said == "0.0.0.0":
        raise SkipValue
    return said


def seconds(said: str) -> float:
    found = duration_s(said)
    if found is None:
        raise SkipValue
    return found


def _family(place: Place) -> str:
    return family(place.names[2], place.names[0])


NOT_KEPT = "no check needs it: buffers, timers and counters of TCP and of messages"
OF_THE_PARSER = "the parser's own: a name again, or a list of names"
SETTING = "no check or fact needs it: a setting of the policy or of capabilities"

GENIE = Golden(
    tables=(
        Table(
            BgpSession,
            "vrf.*.neighbor.*",
            {"vrf": "*0", "peer": "*1"},
            {
                "remote_as": "peer_as",
                "router_id": ("peer_router_id", told),
                "session_state": ("session_state", state),
                "local_as": "local_as",
                "shutdown": ("admin_up", lambda shut: not shut),
                "description": "description",
                "bgp_negotiated_keepalive_timers.hold_time": "hold_time_s",
                "bgp_negotiated_keepalive_timers.keepalive_interval": "keepalive_s",
                "bgp_session_transport.connection.established": "established_transitions_count",
                "bgp_session_transport.connection.last_reset": ("last_reset_s", seconds),
                "bgp_session_transport.connection.reset_reason": "last_reset_reason",
                "bgp_session_transport.transport.local_host": "local_address",
                "bgp_session_transport.outgoing_ttl": "ttl",
                "bgp_session_transport.minimum_incoming_ttl": ("gtsm_enabled", bool),
                "bgp_session_transport.option_flags": ("auth_configured", lambda flags: "md5" in flags),
            },
        ),
        Table(
            BgpSession,
            "vrf.*.neighbor.*.address_family.*",
            {"vrf": "*0", "peer": "*1"},
            {"up_time": ("up_for_s", seconds), "session_state": ("session_state", state)},
        ),
        Table(
            BgpAfi,
            "vrf.*.neighbor.*.address_family.*",
            {"vrf": "*0", "peer": "*1", "afi_safi": _family},
            {
                "prefix_activity_counters.sent.prefixes_current": "prefixes_sent_count",
                "prefix_activity_counters.received.prefixes_current": "prefixes_accepted_count",
                "route_map_name_in": "import_policy",
                "route_map_name_out": "export_policy",
                "maximum_prefix_max_prefix_no": "prefix_limit_count",
            },
            unless=lambda place: "prefix_activity_counters" not in place.row,
        ),
    ),
    reasons={
        "list_of_neighbors": OF_THE_PARSER,
        "vrf.*.neighbor.*.address_family": SETTING,
        "vrf.*.neighbor.*.bgp_event_timer": NOT_KEPT,
        "vrf.*.neighbor.*.bgp_neighbor_counters": NOT_KEPT,
        "vrf.*.neighbor.*.bgp_session_transport": NOT_KEPT,
        "vrf.*.neighbor.*.bgp_negotiated_keepalive_timers": "what is configured, not what was agreed",
        "vrf.*.neighbor.*.bgp_negotiated_capabilities": "families of it are read below; others have no fact",
        "vrf.*.neighbor.*.bgp_neighbor_session": SETTING,
        "vrf.*.neighbor.*.bgp_version": "always 4",
        "vrf.*.neighbor.*.link": "what the AS numbers say",
        "vrf.*.neighbor.*.no_prepend": SETTING,
        "vrf.*.neighbor.*.replace_as": SETTING,
    },
    also=lambda record: _capabilities(record),
    also_reads=("vrf.*.neighbor.*.bgp_negotiated_capabilities",),
)

_FAMILIES = {"ipv4_unicast", "ipv6_unicast", "vpnv4_unicast", "vpnv6_unicast", "l2vpn_vpls", "l2vpn_evpn"}


def _capabilities(record: Record) -> Iterator[Expected]:
    """A family is negotiated when both ends have told it, of a session that is up."""
    for vrf, table in record.golden.get("vrf", {}).items():
        for peer, found in table["neighbor"].items():
            if found.get("session_state") != "Established":
                continue
            for name, said in found.get("bgp_negotiated_capabilities", {}).items():
                if name in _FAMILIES:
                    key = {"vrf": vrf, "peer": peer, "afi_safi": family(name.replace("_", " "), vrf)}
                    yield Expected(BgpAfi, key, {"negotiated": said == "advertised and received"})


def _napalm(record: Record) -> Iterator[Expected]:
    """One getter's result is made of several outputs: only peers and families of this one are asked for."""
    for name, table in record.golden.items():
        vrf = "default" if name == "global" else name
        for address, found in table["peers"].items():
            peer = next(
                (word for word in (address, address.upper()) if f"neighbor is {word}," in record.output), None
            )
            if peer:
                yield Expected(BgpSession, {"vrf": vrf, "peer": peer}, _session(found))
                yield from _families(vrf, peer, found)


def _session(found: dict[str, Any]) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "peer_as": found["remote_as"],
        "admin_up": found["is_enabled"],
        "peer_router_id": None if found["remote_id"] == "0.0.0.0" else found["remote_id"],
        "description": found["description"] or None,
    }
    return fields | ({"session_state": "established"} if found["is_up"] else {})


def _families(vrf: str, peer: str, found: dict[str, Any]) -> Iterator[Expected]:
    for name, counts in found["address_family"].items():
        if counts["accepted_prefixes"] >= 0 and found["is_up"]:
            key = {"vrf": vrf, "peer": peer, "afi_safi": family(name, vrf)}
            yield Expected(
                BgpAfi,
                key,
                {
                    "prefixes_received_count": counts["received_prefixes"],
                    "prefixes_accepted_count": counts["accepted_prefixes"],
                    "prefixes_sent_count": counts["sent_prefixes"],
                },
            )


_ELSEWHERE = "it is told by the summary, another output of the same case"

NTC = Golden(
    tables=(
        Table(
            BgpSession,
            "parsed_sample.*",
            {"vrf": ("vrf", lambda name: name or "default"), "peer": "neighbor"},
            {
                "remote_as": ("peer_as", int),
                "remote_router_id": ("peer_router_id", told),
                "bgp_state": ("session_state", state),
                "localhost_ip": "local_address",
                "description": "description",
                "local_as": ("local_as", int),
            },
            unless=lambda place: not place.row["neighbor"],
        ),
        Table(
            BgpAfi,
            "parsed_sample.*",
            {"vrf": ("vrf", lambda name: name or "default"), "peer": "neighbor"},
            {"inbound_routemap": "import_policy", "outbound_routemap": "export_policy"},
            unless=lambda place: not (place.row["neighbor"] and place.row["inbound_routemap"]),
        ),
    ),
    reasons={
        "parsed_sample.*.peer_group": SETTING,
        "parsed_sample.*.localhost_port": NOT_KEPT,
        "parsed_sample.*.remote_ip": "the neighbour's address again",
        "parsed_sample.*.remote_port": NOT_KEPT,
    },
)

GOLDENS = {
    "ShowBgpAllNeighbors": GENIE,
    "ShowIpBgpAllNeighbors": GENIE,
    "ShowIpBgpNeighbors": GENIE,
    "get_bgp_neighbors": Golden(
        also=_napalm,
        also_reads=(
            "*.peers.*.remote_as",
            "*.peers.*.is_up",
            "*.peers.*.is_enabled",
            "*.peers.*.remote_id",
            "*.peers.*.description",
            "*.peers.*.address_family",
        ),
        reasons={
            "*.router_id": _ELSEWHERE,
            "*.peers.*.local_as": _ELSEWHERE,
            "*.peers.*.uptime": _ELSEWHERE,
        },
    ),
    "show_ip_bgp_neighbors": NTC,
    "show_ip_bgp_vpnv4_all_neighbors": NTC,
}
