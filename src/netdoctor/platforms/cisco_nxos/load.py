"""Processor and memory."""

from __future__ import annotations

import re
from typing import Any

from netdoctor.model.facts import CpuMemory, RoutingProcess
from netdoctor.platforms.base import NotUnderstood, command
from netdoctor.platforms.cisco_nxos.reading import (
    J,
    Object,
    Read,
    document,
    on_request,
    rows,
    said,
    structured,
    without_json,
)
from netdoctor.platforms.text import first, lines
from netdoctor.platforms.values import count, number

_KIB = 1024
_ROUTING: dict[str, Any] = {
    "bgp": "bgp",
    "ospf": "ospf",
    "isis": "isis",
    "urib": "rib",
    "bfdc": "bfd",
    "lldp": "lldp",
}
"""Processes of routing, and what they run."""
_MIB = 1024 * 1024


@command(
    "show system resources | json", area="device", gives=(CpuMemory,), aliases=("show system resources" + J,)
)
def resources(output: str) -> Read:
    """Load of all processors together, and memory."""
    found = document(output)
    if not found:
        return
    idle = number(found.get("cpu_state_idle"))
    used, total = count(found.get("memory_usage_used")), count(found.get("memory_usage_total"))
    if idle is None and used is None:
        raise NotUnderstood("neither 'cpu_state_idle' nor 'memory_usage_used'")
    cores = len(rows(found, "cpu_usage")) or None
    yield CpuMemory(
        cpu_pct=_busy(idle),
        memory_used_bytes=None if used is None else used * _KIB,
        memory_total_bytes=None if total is None else total * _KIB,
        load_per_core=_per_core(number(found.get("load_avg_5min")), cores),
    )


def _busy(idle_pct: float | None) -> float | None:
    return None if idle_pct is None else round(100.0 - idle_pct, 2)


def _per_core(load: float | None, cores: int | None) -> float | None:
    return round(load / cores, 3) if load is not None and cores else None


_IDLE = re.compile(r"CPU states *:.*?([\d.]+)% +idle")
_CORE = re.compile(r"^ *CPU\d+ states", re.M)
_LOAD = re.compile(r"5 minutes: *([\d.]+)")
_MEMORY = re.compile(r"Memory usage: *(\d+)K total, *(\d+)K used", re.I)


@command(
    "show system resources",
    area="device",
    gives=(CpuMemory,),
    arguments=without_json,
    aliases=("show system resources[ module all]",),
)
def resources_in_text(output: str) -> Read:
    """The same in text."""
    if structured(output):
        yield from resources(output)
        return
    if not output.strip():
        return
    idle, memory = number(first(_IDLE, output)), _MEMORY.search(output)
    if idle is None and memory is None:
        raise NotUnderstood("neither 'CPU states' nor 'Memory usage'")
    yield CpuMemory(
        cpu_pct=_busy(idle),
        memory_used_bytes=int(memory[2]) * _KIB if memory else None,
        memory_total_bytes=int(memory[1]) * _KIB if memory else None,
        load_per_core=_per_core(number(first(_LOAD, output)), len(_CORE.findall(output)) or None),
    )


@command(
    "show processes cpu | json",
    area="device",
    gives=(CpuMemory, RoutingProcess),
    targets_only=True,
    aliases=("show processes cpu[ sort| history]" + J,),
)
def processes(output: str) -> Read:
    """The busiest process."""
    found = document(output)
    if not found:
        return
    here = [(_percent(row), said(row.get("process"))) for row in rows(found, "process_cpu")]
    if not here:
        raise NotUnderstood("no processes")
    util = next(iter(rows(found, "cpu_util")), found)
    yield _top(here, _busy(number(util.get("idle_percent"))))
    running = {name for _, name in here}
    for name, protocol in _ROUTING.items():
        if name in running:
            yield RoutingProcess(protocol=protocol, name=name, running=True)


def _percent(row: Object) -> float | None:
    return number(row.get("onesec_percent") or row.get("one_sec") or row.get("onesec"))


def _top(here: list[tuple[float | None, str | None]], cpu_pct: float | None) -> CpuMemory:
    busiest, name = max(here, key=lambda one: one[0] or 0.0)
    return CpuMemory(
        cpu_pct=cpu_pct,
        top_process=name if busiest else None,
        top_process_cpu_pct=busiest or None,
    )


_UTILISATION = re.compile(r"CPU utilization for five seconds: *(\d+)%")
_PROCESS = re.compile(
    r"^ *\d+ +\d+ +\d+ +\d+ +(?P<percent>[\d.]+)%(?:(?: +[\d.]+%){2} +\S+)? +(?P<name>\S.*?) *$"
)


@command(
    "show processes cpu",
    area="device",
    gives=(CpuMemory,),
    arguments=on_request,
    aliases=("show processes cpu[ sort| sorted]", "top -n 1", "run bash top -n 1"),
)
def processes_in_text(output: str) -> Read:
    """The same in text, with one column of percent or three; also `top`, which is only pasted."""
    if structured(output):
        yield from processes(output)
        return
    if _TOP_CPU.search(output):
        yield from top(output)
        return
    here: list[tuple[float | None, str | None]] = [
        (number(found["percent"]), found["name"])
        for line in lines(output)
        if (found := _PROCESS.match(line.text))
    ]
    total = number(first(_UTILISATION, output))
    idle = number(first(re.compile(r"([\d.]+)% idle"), output))
    if not here and total is None:
        if output.strip():
            raise NotUnderstood("no processes")
        return
    yield _top(here or [(None, None)], _busy(idle) if total is None else total)


@command(
    "show processes memory shared | json",
    area="device",
    gives=(CpuMemory,),
    arguments=on_request,
    aliases=("show processes memory shared" + J,),
)
def shared_memory(output: str) -> Read:
    """The memory that processes share, in MB."""
    found = document(output)
    if not found:
        return
    start = "process-memory-share-total-shm-"
    row = next(iter(rows(found, "process_tag")), found)
    used, free = count(row.get(f"{start}used")), count(row.get(f"{start}avail"))
    if used is None or free is None:
        raise NotUnderstood("no shared memory")
    yield CpuMemory(
        component="shared memory", memory_used_bytes=used * _MIB, memory_total_bytes=(used + free) * _MIB
    )


_MEMINFO = re.compile(r"^ *(MemTotal|MemFree|MemAvailable): +(\d+) kB", re.M)


@command(
    "show system internal kernel meminfo",
    area="device",
    gives=(CpuMemory,),
    arguments=on_request,
    aliases=("show system internal[ system internal] kernel meminfo",),
)
def meminfo(output: str) -> Read:
    """The kernel's own account of memory."""
    told = {name: int(amount[:15]) * _KIB for name, amount in _MEMINFO.findall(output)}
    free = told.get("MemAvailable", told.get("MemFree"))
    if "MemTotal" not in told or free is None:
        if output.strip():
            raise NotUnderstood("no 'MemTotal'")
        return
    yield CpuMemory(memory_used_bytes=max(told["MemTotal"] - free, 0), memory_total_bytes=told["MemTotal"])


_TOP_CPU = re.compile(r"Cpu\(s\):.*?([\d.]+)[ %]*id", re.I)
_TOP_MEMORY = re.compile(r"(?P<unit>[KMG]i?B)? ?Mem *: *(?P<total>[\d.]+)k? total,.*?(?P<used>[\d.]+)k? used")
_TOP_ROW = re.compile(
    r"^ *\d+ \S+ +\S+ +-?\d+ +\S+ +\S+ +\S+ +\w +(?P<percent>[\d.]+) +[\d.]+ +\S+ +(?P<name>\S.*?) *$"
)
_SCALES = {"K": _KIB, "M": _MIB, "G": 1024 * _MIB}


def top(output: str) -> Read:
    """What `top` printed in the device's own shell; only ever pasted."""
    idle, memory = number(first(_TOP_CPU, output)), _TOP_MEMORY.search(output)
    here = [
        (number(found["percent"]), found["name"])
        for line in lines(output)
        if (found := _TOP_ROW.match(line.text))
    ]
    if idle is None and memory is None:
        if output.strip():
            raise NotUnderstood("not what top prints")
        return
    scale = _SCALES.get((memory["unit"] or "K")[0], _KIB) if memory else _KIB
    best = max(here, key=lambda one: one[0] or 0.0, default=(None, None))
    yield CpuMemory(
        cpu_pct=_busy(idle),
        memory_used_bytes=count(float(memory["used"][:20]) * scale) if memory else None,
        memory_total_bytes=count(float(memory["total"][:20]) * scale) if memory else None,
        top_process=best[1] if best[0] else None,
        top_process_cpu_pct=best[0] or None,
    )


_MEMORY_ROW = re.compile(r"^ *\d+ \S+ +\S+ +[\d:-]+ +\d+ +\d+ +(?P<rss>\d+) +\d+ +[\d.]+ +(?P<name>\S.*?) *$")


@command(
    "show system internal processes memory",
    area="device",
    gives=(CpuMemory,),
    arguments=on_request,
)
def process_memory(output: str) -> Read:
    """How much memory each process holds (resident)."""
    nothing = True
    for line in lines(output):
        if found := _MEMORY_ROW.match(line.text):
            nothing = False
            name = found["name"].split()[0].rpartition("/")[2]
            yield CpuMemory(
                component=f"process {name}", memory_used_bytes=count(int(found["rss"][:15]) * _KIB)
            )
    if nothing and output.strip():
        raise NotUnderstood("no processes")
