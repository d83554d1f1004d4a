"""Routes and forwarding entries: Genie and ntc-templates."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import Any

from netdoctor.model.facts import Route
from tests.corpus.corpus import Record
from tests.corpus.goldens import Expected, Golden

_CODES = {"C": "connected", "L": "local", "B": "bgp", "S": "static"}
_LABELS = "no check needs it: MPLS labels, repair paths, how packets are shared"


def _routes(record: Record) -> Iterator[Expected]:
    for vrf, families in record.golden["vrf"].items():
        for routes in families["address_family"].values():
            for prefix, found in routes["routes"].items():
                yield Expected(
                    Route,
                    {"vrf": vrf, "prefix": prefix},
                    {
                        "protocol": found["source_protocol"].removesuffix("_connected"),
                        "active": found["active"],
                        "distance": found["route_preference"],
                        "metric": found["metric"],
                    }
                    | _ways(found["next_hop"]),
                )


def _ways(told: dict[str, Any]) -> dict[str, Any]:
    listed = [one for _, one in sorted(told.get("next_hop_list", {}).items())]
    interfaces = [*told.get("outgoing_interface", {}), *(one["outgoing_interface"] for one in listed)]
    return {
        "next_hops": tuple(one["next_hop"] for one in listed),
        "out_interfaces": tuple(interfaces),
    }


def _rows(record: Record) -> Iterator[Expected]:
    """The rows of one route stand together, one for each way."""
    for prefix, group in groupby(record.golden["parsed_sample"], lambda row: row["network"]):
        rows = list(group)
        yield Expected(
            Route,
            {"prefix": prefix},
            {
                "protocol": _CODES[rows[0]["protocol"]],
                "distance": int(rows[0]["distance"]),
                "metric": int(rows[0]["metric"]),
                "next_hops": tuple(row["nexthop_ip"] for row in rows if row["nexthop_ip"]),
                "out_interfaces": tuple(
                    dict.fromkeys(row["nexthop_if"] for row in rows if row["nexthop_if"])
                ),
            },
        )


def _cef(record: Record) -> Iterator[Expected]:
    for vrf, families in record.golden["vrf"].items():
        for table in families["address_family"].values():
            for prefix, found in table["prefix"].items():
                hops = _in_order(record, set(found["nexthop"]))
                out = [name for hop in hops for name in found["nexthop"][hop]["outgoing_interface"]]
                yield Expected(
                    Route,
                    {"vrf": vrf, "prefix": prefix, "protocol": "fib"},
                    {"next_hops": hops, "out_interfaces": tuple(out), "programmed": True, "active": True},
                )


def _in_order(record: Record, hops: set[str]) -> tuple[str, ...]:
    """The next hops in the order of the output: the golden sorts them."""
    words = record.output.split()
    return tuple(word for before, word in pairwise(words) if before == "nexthop" and word in hops)


def _cef_rows(record: Record) -> Iterator[Expected]:
    for row in record.golden["parsed_sample"]:
        words = row["nexthop"]
        yield Expected(
            Route,
            {"prefix": f"{row['ip_address']}/{row['prefix_length']}", "protocol": "fib"},
            {
                "discard": words == ["drop"],
                "active": words != ["no route"],
                "out_interfaces": tuple(row["interface"]),
            },
        )


GOLDENS = {
    "ShowIpCefDetail": Golden(
        also=_cef, also_reads=("vrf.*.address_family.*.prefix.*.nexthop",), reasons={"vrf": _LABELS}
    ),
    "show_ip_cef_detail": Golden(also=_cef_rows, also_reads=("parsed_sample",)),
    "show_ipv6_route": Golden(also=_rows, also_reads=("parsed_sample",)),
    "ShowIpv6RouteDistributor": Golden(
        also=_routes,
        also_reads=tuple(
            f"vrf.*.address_family.*.routes.*.{name}"
            for name in ("active", "metric", "route_preference", "source_protocol", "next_hop")
        ),
        reasons={
            "vrf.*.address_family.*.routes.*.route": "the row's name again",
            "vrf.*.address_family.*.routes.*.source_protocol_codes": "the protocol in another word",
            "vrf.*.address_family.*.routes.*.tag": "no check needs it",
        },
    ),
}
