"""Dropped packets, control-plane policing: Genie."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from netdoctor.model.facts import DropCounter
from tests.corpus.corpus import Record
from tests.corpus.goldens import Expected, Golden, Table

RATES = "no check needs it: rates and settings of the policer, what the class matches"
BEFORE = "only the total is kept: the difference is taken between two samples"
PLACE = "where on the chip; the name of the counter tells it"
_KEPT = ("NO_EXCEPTION", "ALLOW_", "COPY_TO_CPU")


def _chips(record: Record) -> Iterator[Expected]:
    """The golden keeps one asic's cores apart as `0`, `1`; what was let through is no drop."""
    for core, found in record.golden["asic"].items():
        for name, told in found["name"].items():
            field = "conformed_pkts" if name.startswith(_KEPT) else "dropped_pkts"
            yield Expected(
                DropCounter, {"kind": "asic", "name": f"0/{core} {name}"}, {field: told["current"]}
            )


def _policed(classes: dict[str, Any]) -> Iterator[Expected]:
    """Packets and bytes by what the policer does with them; a class without one lets all through."""
    for name, found in classes.items():
        counted: dict[str, int] = {}
        police = found.get("police")
        if police is None:
            counted = {"conformed_pkts": found["packets"], "conformed_bytes": found["bytes"]}
        for word in ("conformed", "exceeded", "violated"):
            told = (police or {}).get(word, {})
            what = "dropped" if "drop" in told.get("actions", {}) else "conformed"
            for unit, field in (("packets", f"{what}_pkts"), ("bytes", f"{what}_bytes")):
                if unit in told:
                    counted[field] = counted.get(field, 0) + told[unit]
        yield Expected(DropCounter, {"kind": "copp", "name": name}, counted)


def _classes(record: Record) -> Iterator[Expected]:
    yield from _policed(record.golden["class_map"])


def _policy(record: Record) -> Iterator[Expected]:
    for policies in record.golden["Control Plane"]["service_policy"].values():
        for policy in policies["policy_name"].values():
            yield from _policed(policy["class_map"])


def _preempted(record: Record) -> Iterator[Expected]:
    interface = record.golden["interface"]
    for name, dropped in record.golden["preemption_frame_drops"].items():
        words = name.replace("_", " ").title()
        yield Expected(
            DropCounter,
            {"kind": "asic", "name": f"{interface} {words}"},
            {"dropped_pkts": dropped, "interface": interface},
        )


GOLDENS = {
    "ShowControllersEthernetControllerPreemptionDrops": Golden(
        also=_preempted, also_reads=("interface", "preemption_frame_drops")
    ),
    "ShowDropsHistoryQfpClear": Golden(
        tables=(
            Table(
                DropCounter,
                "drop_history.*",
                {"kind": lambda place: "asic", "name": "*0"},
                {"all.packets": "dropped_pkts"},
            ),
        ),
        reasons={
            "drop_history": BEFORE,
            "drops_seen": "what the counters say",
            "last_clear_time": "no fact needs it",
            "stats_cleared": "what the command did, which is never sent",
        },
    ),
    "ShowPlatformHardwareFedSwitchActiveFwdAsicDropsExceptions": Golden(
        also=_chips, also_reads=("asic.*.name.*.current",), reasons={"asic": BEFORE}
    ),
    "ShowPlatformHardwareFedSwitchActiveFwdasicdropsasic": Golden(
        tables=(
            Table(
                DropCounter,
                "counter_index.*",
                {"kind": lambda place: "asic", "name": "counter_name"},
                {"current_value": "dropped_pkts"},
            ),
        ),
        reasons={
            "counter_index.*.id": PLACE,
            "counter_index.*.slice_number": PLACE,
            "counter_index.*.ifg_number": PLACE,
            "counter_index.*.prev_value": BEFORE,
            "counter_index.*.delta": BEFORE,
        },
    ),
    "ShowPlatformHardwareQfpStatisticsDrop": Golden(
        tables=(
            Table(
                DropCounter,
                "global_drop_stats.*",
                {"kind": lambda place: "asic", "name": "*0"},
                {"packets": "dropped_pkts", "octets": "dropped_bytes"},
            ),
        ),
    ),
    "ShowPolicyMapControlPlane": Golden(
        also=_policy,
        also_reads=("Control Plane.service_policy.*.policy_name.*.class_map.*.police",),
        reasons={"Control Plane": RATES},
    ),
    "ShowPolicyMapControlPlaneClassMap": Golden(
        also=_classes, also_reads=("class_map.*.police",), reasons={"class_map": RATES}
    ),
}
