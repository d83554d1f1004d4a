"""Goldens of NTP."""

from __future__ import annotations

from collections.abc import Iterator

from netdoctor.model.facts import Clock, NtpPeer
from tests.corpus.corpus import Record
from tests.corpus.goldens import Expected, Golden, Table
from tests.corpus.goldens.cisco_xe.words import NO_FACT, OWN, decimal

_DETAIL_AT = "vrf.*.associations.address.*.local_mode.*.isconfigured.*"


def _reached(said: object) -> bool:
    return str(said).strip("0") != ""


def _peers(record: Record) -> Iterator[Expected]:
    for address, told in record.golden.get("peer", {}).items():
        for row in told["local_mode"].values():
            fields = {
                "stratum": row["stratum"],
                "offset_ms": row["offset"],
                "reachable": _reached(row["reach"]),
                "selected": row["mode"] == "synchronized",
            }
            yield Expected(NtpPeer, {"address": address}, fields)


def _status(record: Record) -> Iterator[Expected]:
    told = record.golden["clock_state"]["system_status"]
    synchronised = told["status"] == "synchronized"
    yield Expected(Clock, {}, {"synchronised": synchronised})
    if synchronised:
        yield Expected(NtpPeer, {"address": told["refid"]}, {"offset_ms": told["offset"], "selected": True})


GOLDENS: dict[str, Golden] = {
    "ShowNtpAssociations": Golden(
        also=_peers,
        also_reads=tuple(f"peer.*.local_mode.*.{key}" for key in ("stratum", "offset", "reach", "mode")),
        reasons={"peer": NO_FACT, "clock_state": OWN, "vrf": OWN},
    ),
    "ShowNtpAssociationsDetail": Golden(
        tables=(
            Table(
                NtpPeer,
                _DETAIL_AT,
                {"address": "*1"},
                {
                    "master": "selected",
                    "stratum": "stratum",
                    "reach": ("reachable", _reached),
                    "offset_msec": ("offset_ms", decimal),
                },
            ),
        ),
        reasons={"vrf": NO_FACT},
    ),
    "ShowNtpStatus": Golden(
        also=_status,
        also_reads=tuple(f"clock_state.system_status.{key}" for key in ("status", "refid", "offset")),
        reasons={"clock_state.system_status": "how the clock is steered is no fact"},
    ),
}
