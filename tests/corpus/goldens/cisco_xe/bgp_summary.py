"""BGP summaries: Genie, napalm and ntc-templates."""

from __future__ import annotations

from collections.abc import Iterator

from netdoctor.model.facts import BgpAfi, BgpInstance, BgpSession, TableUse
from netdoctor.platforms.values import as_number, duration_s
from tests.corpus.corpus import Record
from tests.corpus.goldens import Expected, Golden, Place, SkipValue, Table
from tests.corpus.goldens.cisco_xe.bgp_neighbor import family, state


def _session_state(said: str) -> str:
    """`State/PfxRcd` is a number of an established session, else its state."""
    return "established" if said.isdigit() else state(said.split()[0])


def _received(said: str) -> int:
    if not said.isdigit():
        raise SkipValue
    return int(said)


def _family(place: Place) -> str:
    return family(place.names[2], place.names[0])


NOT_KEPT = "no check needs it: memory and counters of the process and of messages"

_GENIE = Golden(
    tables=(
        Table(
            BgpSession,
            "vrf.*.neighbor.*.address_family.*",
            {"vrf": "*0", "peer": "*1"},
            {"as": "peer_as", "state_pfxrcd": ("session_state", _session_state)},
        ),
        Table(
            BgpAfi,
            "vrf.*.neighbor.*.address_family.*",
            {"vrf": "*0", "peer": "*1", "afi_safi": _family},
            {"state_pfxrcd": ("prefixes_received_count", _received)},
        ),
        Table(
            BgpInstance,
            "vrf.*.neighbor.*.address_family.*",
            {"vrf": "*0"},
            {"local_as": ("local_as", as_number), "route_identifier": "router_id"},
        ),
    ),
    reasons={"vrf.*.neighbor.*.address_family.*": NOT_KEPT, "bgp_id": "the local AS again"},
    also=lambda record: _counted(record),
    also_reads=("vrf.*.neighbor.*.address_family.*.prefixes", "vrf.*.neighbor.*.address_family.*.up_down"),
)


def _counted(record: Record) -> Iterator[Expected]:
    """The size of each family's table, and how long a session is what it is."""
    for vrf, table in record.golden["vrf"].items():
        for peer, found in table["neighbor"].items():
            for name, told in found["address_family"].items():
                afi = family(name, vrf).lower()
                if "prefixes" in told:
                    where = f"bgp {afi}" if vrf == "default" else f"bgp {vrf} {afi}"
                    yield Expected(
                        TableUse, {"table": where}, {"used_count": told["prefixes"]["total_entries"]}
                    )
                if (age_s := duration_s(told["up_down"])) is not None:
                    up = told["state_pfxrcd"].isdigit()
                    yield Expected(
                        BgpSession, {"vrf": vrf, "peer": peer}, {"up_for_s" if up else "down_for_s": age_s}
                    )


def _napalm(record: Record) -> Iterator[Expected]:
    """The getter joins the summary with the neighbours' outputs, which know VRFs: AS and state are here."""
    for systems in record.golden.values():
        for peers in systems.values():
            for told in peers:
                address = told["remote_address"].upper()
                if f"\n{address}" not in record.output.upper():
                    continue
                key = {"peer": address}
                up = told["up"]
                yield Expected(
                    BgpSession,
                    key,
                    {"peer_as": told["remote_as"], "session_state": "established" if up else "idle"},
                )
        yield Expected(BgpInstance, {"vrf": "default"}, {"local_as": told["local_as"]})


_NTC = Golden(
    tables=(
        Table(
            BgpSession,
            "parsed_sample.*",
            {"peer": "bgp_neighbor"},
            {
                "neighbor_as": ("peer_as", as_number),
                "state_or_prefixes_received": ("session_state", _session_state),
            },
        ),
        Table(
            BgpAfi,
            "parsed_sample.*",
            {
                "peer": "bgp_neighbor",
                "afi_safi": ("address_family", lambda name: family(name or "IPv4 Unicast", "default")),
            },
            {"state_or_prefixes_received": ("prefixes_received_count", _received)},
        ),
        Table(
            BgpInstance,
            "parsed_sample.*",
            {"router_id": "router_id"},
            {"local_as": ("local_as", as_number)},
        ),
    ),
    reasons={
        "parsed_sample.*.bgp_version": "always 4",
        "parsed_sample.*.input_queue": NOT_KEPT,
        "parsed_sample.*.output_queue": NOT_KEPT,
        "parsed_sample.*.messages_received": NOT_KEPT,
        "parsed_sample.*.messages_sent": NOT_KEPT,
        "parsed_sample.*.table_version": NOT_KEPT,
    },
    also=lambda record: _ages(record),
    also_reads=("parsed_sample.*.up_down",),
)


def _ages(record: Record) -> Iterator[Expected]:
    for row in record.golden["parsed_sample"]:
        if (age_s := duration_s(row["up_down"])) is not None:
            up = row["state_or_prefixes_received"].isdigit()
            yield Expected(
                BgpSession, {"peer": row["bgp_neighbor"]}, {"up_for_s" if up else "down_for_s": age_s}
            )


_FROM_OTHERS = "from the neighbours' own outputs, which the getter joins with this one"

GOLDENS = {
    "ShowBgpAllSummaryNetwork": Golden(
        tables=(
            Table(
                TableUse,
                "network_entries",
                {"table": lambda place: "bgp ipv4_unicast"},
                {"total_network_entries": "used_count"},
            ),
        ),
        reasons={"network_entries": NOT_KEPT},
    ),
    "ShowBgpAllSummary": _GENIE,
    "ShowBgpSummary": _GENIE,
    "ShowIpBgpAllSummary": _GENIE,
    "ShowIpBgpSummary": _GENIE,
    "get_bgp_neighbors_detail": Golden(
        also=_napalm,
        also_reads=("*.*.*.remote_as", "*.*.*.remote_address", "*.*.*.up", "*.*.*.local_as"),
        reasons={"*": _FROM_OTHERS},
    ),
    "show_ip_bgp_summary": _NTC,
}
