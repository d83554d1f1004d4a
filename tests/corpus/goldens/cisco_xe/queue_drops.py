"""Goldens of queues: classes of policies, and the queues of the hardware."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from netdoctor.model.facts import QueueCounters
from tests.corpus.corpus import Record
from tests.corpus.goldens import Expected, Golden
from tests.corpus.goldens.cisco_xe.words import NO_FACT, long_name

Named = tuple[str, str | None, dict[str, Any]]


def _classes(policies: dict[str, Any], parent: str | None = None) -> Iterator[Named]:
    """Every class of some policies with the class around it, and its values."""
    for policy in policies.values():
        for level in (
            policy.get("queue_stats_for_all_priority_classes", {}).get("priority_level", {}).values()
        ):
            yield "priority", parent, level
        for name, row in policy.get("class_map", {}).items():
            yield name, parent, row
            yield from _classes(row.get("child_policy_name", {}), name)


def _policy_maps(record: Record) -> Iterator[Expected]:
    for interface, told in record.golden.items():
        for way, found in told["service_policy"].items():
            rows = list(_classes(found["policy_name"]))
            names = Counter(name for name, _, _ in rows)
            for name, parent, row in rows:
                queue = f"{parent}/{name}" if names[name] > 1 and parent else name
                key = {
                    "interface": long_name(interface),
                    "queue": queue,
                    "direction": "in" if way == "input" else "out",
                }
                if fields := dict(_class(row)):
                    yield Expected(QueueCounters, key, fields)


def _class(row: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    policed = sum(
        row.get("police", {}).get(which, {}).get("packets", 0)
        for which in ("exceeded", "violated")
        if row.get("police", {}).get(which, {}).get("actions", {}).get("drop")
    )
    if "total_drops" in row:
        yield "dropped_pkts", row["total_drops"] + policed
    elif "police" in row:
        yield "dropped_pkts", policed
    for kind in ("output", "queued", "matched"):
        if f"pkts_{kind}" in row:
            yield "transmitted_pkts", row[f"pkts_{kind}"]
            yield "transmitted_bytes", row[f"bytes_{kind}"]
    if "queue_limit_bytes" in row:
        yield "depth_bytes", row["queue_depth"]
    if "target_shape_rate" in row:
        yield "rate_limit_bps", row["target_shape_rate"]
    elif "police" in row:
        yield "rate_limit_bps", row["police"]["cir_bps"]


_POLICY_MAP = Golden(also=_policy_maps, also_reads=("*.service_policy",))


def _voqs(record: Record) -> Iterator[Expected]:
    """Virtual output queues, those of several ASICs added up."""
    for interface, told in record.golden["interface"].items():
        sums: dict[str, Counter[str]] = {}
        for part in told.get("asic", {"": told}).values():
            for queue, row in part["voq_id"].items():
                found = sums.setdefault(queue, Counter())
                for unit, ours in (("packets", "pkts"), ("bytes", "bytes")):
                    found[f"transmitted_{ours}"] += row[unit]["enqueued"]
                    found[f"dropped_{ours}"] += row[unit]["dropped"]
        for queue, found in sums.items():
            yield Expected(QueueCounters, {"interface": interface, "queue": queue}, dict(found))


_VOQ = Golden(
    also=_voqs,
    also_reads=tuple(
        f"interface.*{asic}.voq_id.*.{unit}.{kind}"
        for asic in ("", ".asic.*")
        for unit in ("packets", "bytes")
        for kind in ("enqueued", "dropped")
    ),
    reasons={
        f"interface.*{asic}.voq_id.*.{key}": reason
        for asic in ("", ".asic.*")
        for key, reason in (
            ("packets.total", "the sum of two others"),
            ("bytes.total", "the sum of two others"),
            ("slice", NO_FACT),
        )
    },
)


def _thresholds(record: Record) -> Iterator[Expected]:
    interface = long_name(record.command.split(" interface ")[1].split()[0])
    for queue, row in record.golden["enqueue_counters"].items():
        drops = record.golden["drop_counters"][queue]
        fields = {
            "transmitted_bytes": sum(row[f"enqueue_th{number}"] for number in range(3)),
            "dropped_bytes": sum(drops.values()),
        }
        yield Expected(QueueCounters, {"interface": interface, "queue": queue}, fields)


GOLDENS: dict[str, Golden] = {
    "ShowPolicyMapInterface": _POLICY_MAP,
    "ShowPolicyMapInterfaceInput": _POLICY_MAP,
    "ShowPolicyMapInterfaceOutput": _POLICY_MAP,
    "ShowPolicyMapInterfaceClass": _POLICY_MAP,
    "ShowPlatformHardwareFedSwitchQosQueueStatsInterface": _VOQ,
    "ShowPlatformHardwareFedSwitchQosQueueStatsInterfaceClear": _VOQ,
    "ShowPlatformHardwareFedActiveQosQueueStats": Golden(
        also=_thresholds, also_reads=("enqueue_counters", "drop_counters")
    ),
}

UNREAD = {"queue_drops/006": "the configuration of policies, which stand on no interface here"}
