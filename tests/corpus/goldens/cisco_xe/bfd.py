"""BFD: Genie and ntc-templates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from netdoctor.model.facts import BfdSession
from netdoctor.platforms.cisco_xe.names import normalise_interface
from netdoctor.platforms.values import duration_s
from tests.corpus.corpus import Record
from tests.corpus.goldens import Expected, Golden, Table

_STATES = {"Up": "up", "Down": "down", "AdminDown": "admin_down", "Init": "init"}
_AT = "our_address.*.neighbor_address.*"
TRAFFIC = "no check needs it: counters of packets, discriminators, what the last packet held"


def _milliseconds(said: Any) -> float:
    return int(said) / 1000


_NO_DIAGNOSTIC = {0: "No Diagnostic"}

_GENIE = Golden(
    tables=(
        Table(
            BfdSession,
            _AT,
            {"peer": "*1"},
            {
                "interface": "interface",
                "state": ("session_state", _STATES.__getitem__),
                "min_tx_int": ("tx_interval_ms", _milliseconds),
                "min_rx_int": ("rx_interval_ms", _milliseconds),
                "multiplier": "multiplier",
                "registered_protocols": ("clients", tuple),
                "up_time": ("up_for_s", duration_s),
                "local_diag": ("diagnostic", _NO_DIAGNOSTIC.__getitem__),
                "last_packet.diagnostic": ("remote_diagnostic", _NO_DIAGNOSTIC.__getitem__),
            },
        ),
    ),
    reasons={_AT: TRAFFIC},
)


def _internal(record: Record) -> Iterator[Expected]:
    for name, found in record.golden["ipv4_sessions"]["interface"].items():
        for peer, told in found["neigh_addr"].items():
            yield Expected(
                BfdSession,
                {"peer": peer},
                {"interface": normalise_interface(name), "session_state": _STATES[told["state"]]},
            )


GOLDENS = {
    "ShowBfdNeighborsDetails": _GENIE,
    "ShowBfdInternal": Golden(
        also=_internal,
        also_reads=("ipv4_sessions",),
        reasons={
            "cleanup_timer_hits": TRAFFIC,
            "interrupt_send_count": TRAFFIC,
            "pseudo_preemptive": TRAFFIC,
            "workload_credits": TRAFFIC,
        },
    ),
    "show_bfd_neighbors_details": Golden(
        tables=(
            Table(
                BfdSession,
                "parsed_sample.*",
                {"peer": "neighbor_addr"},
                {
                    "interface": ("interface", normalise_interface),
                    "state": ("session_state", _STATES.__getitem__),
                    "min_tx_interval": ("tx_interval_ms", _milliseconds),
                    "min_rx_interval": ("rx_interval_ms", _milliseconds),
                    "multiplier": ("multiplier", int),
                    "registered_protocols": ("clients", lambda said: tuple(said.split())),
                    "uptime": ("up_for_s", duration_s),
                    "downtime": ("down_for_s", duration_s),
                    "diagnostic_bit": ("remote_diagnostic", lambda said: _NO_DIAGNOSTIC[int(said)]),
                },
            ),
        ),
        reasons={"parsed_sample.*": TRAFFIC},
    ),
}

UNREAD = {"bfd/007": "it only counts the sessions that are up and down, without naming one"}
