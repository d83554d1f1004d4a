"""BFD and routes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from netdoctor.model.facts import (
    BfdSession,
    Route,
    TableUse,
)
from tests.corpus.corpus import Record
from tests.corpus.goldens import Expected, Golden, Table
from tests.corpus.goldens.cisco_xr.words import NO_FACT, interface, seconds


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


def _age(text: str) -> int:
    """`0d:0h:5m:50s`."""
    scale = {"w": 604800, "d": 86400, "h": 3600, "m": 60, "s": 1}
    return sum(int(amount) * scale[unit] for amount, unit in re.findall(r"(\d+)([wdhms])", text))


GOLDENS = {
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
