"""Goldens of CPU and memory."""

from __future__ import annotations

from netdoctor.model.facts import CpuMemory, DropCounter
from tests.corpus.goldens import Golden, Place, Table
from tests.corpus.goldens.cisco_xe.words import NO_FACT, PROCESSES, decimal, whole

_LONGER = "the load of the last minutes, beside that of the last seconds"


def _system(place: Place) -> str:
    return "system"


def _platform(place: Place) -> str:
    return "platform"


_PLATFORM = Golden(
    tables=(
        Table(
            CpuMemory,
            "cpu_utilization",
            {"component": _platform},
            {"cpu_util_five_secs": ("cpu_pct", decimal)},
        ),
        Table(
            CpuMemory,
            "cpu_utilization.core.*",
            {"component": ("*0", str.lower)},
            {"core_cpu_util_five_secs": ("cpu_pct", decimal)},
        ),
    ),
    reasons={
        "cpu_utilization": _LONGER,
        "pid": PROCESSES,
        "sort": PROCESSES,
        "nonzero_cpu_processes": PROCESSES,
        "zero_cpu_processes": PROCESSES,
    },
)

GOLDENS: dict[str, Golden] = {
    "ShowProcessesCpuPlatform": _PLATFORM,
    "ShowProcessesCpuPlatformSorted": _PLATFORM,
    "ShowProcessesCpuSorted": Golden(
        tables=(
            Table(
                CpuMemory,
                "core.*",
                {"component": ("*0", lambda number: f"core {number}")},
                {"five_sec_cpu_total": "cpu_pct"},
            ),
            Table(
                CpuMemory,
                "",
                {"component": _system},
                {"five_sec_cpu_total": "cpu_pct"},
                unless=lambda place: "five_sec_cpu_total" not in place.row,
            ),
            Table(
                CpuMemory,
                "sort.1",
                {"component": _system},
                {"process": "top_process", "five_sec_cpu": "top_process_cpu_pct"},
            ),
        ),
        reasons={
            "core": _LONGER,
            "one_min_cpu": _LONGER,
            "five_min_cpu": _LONGER,
            "five_sec_cpu_interrupts": NO_FACT,
            "sort": PROCESSES,
            "zero_cpu_processes": PROCESSES,
            "nonzero_cpu_processes": PROCESSES,
        },
    ),
    "show_processes_cpu": Golden(
        tables=(
            Table(
                CpuMemory,
                "parsed_sample.*",
                {"component": _system},
                {"cpu_usage_5_sec": ("cpu_pct", decimal)},
            ),
        ),
        reasons={
            "parsed_sample.*.cpu_interruption_5_sec": NO_FACT,
            "parsed_sample.*.cpu_usage_1_min": _LONGER,
            "parsed_sample.*.cpu_usage_5_min": _LONGER,
            "parsed_sample.*": PROCESSES,
        },
    ),
    "ShowProcessesMemory": Golden(
        tables=(
            Table(
                CpuMemory,
                "processor_pool",
                {"component": _system},
                {"total": "memory_total_bytes", "used": "memory_used_bytes"},
            ),
            Table(
                CpuMemory,
                "io_pool",
                {"component": lambda place: "I/O pool"},
                {"total": "memory_total_bytes", "used": "memory_used_bytes"},
            ),
        ),
        reasons={
            "pid": PROCESSES,
            "processor_pool.free": "the rest of two others",
            "io_pool.free": "the rest",
        },
    ),
    "ShowProcessesMemoryPlatformSorted": Golden(
        tables=(
            Table(
                CpuMemory,
                "system_memory",
                {"component": _platform},
                {"total": ("memory_total_bytes", whole), "used": ("memory_used_bytes", whole)},
            ),
        ),
        reasons={"system_memory": PROCESSES},
    ),
    "show_processes_memory_sorted": Golden(
        tables=(
            Table(
                CpuMemory,
                "parsed_sample.*",
                {"component": _system},
                {"memory_total": ("memory_total_bytes", whole), "memory_used": ("memory_used_bytes", whole)},
            ),
        ),
        reasons={"parsed_sample.*": PROCESSES},
    ),
    "ShowControlCpu": Golden(
        tables=(
            Table(
                DropCounter,
                "queues.*",
                {"name": "*0"},
                {"retrieved": "conformed_pkts", "dropped": "dropped_pkts"},
            ),
        ),
        reasons={"queues.*": NO_FACT},
    ),
}

UNMAPPED = {
    "cpu_memory/002": "joins several answers that are not here; memory in kilobytes without a word",
    "cpu_memory/003": "joins several answers that the corpus does not hold, and adds up two pools",
}
