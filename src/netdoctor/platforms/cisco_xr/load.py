"""Processor and memory of each node of the router."""

from __future__ import annotations

import re
from typing import Any

from netdoctor.model.facts import CpuMemory, RoutingProcess
from netdoctor.platforms.base import command
from netdoctor.platforms.cisco_xr.reading import each_block, on_request, said
from netdoctor.platforms.text import Block, Read, first
from netdoctor.platforms.values import number

_NODE = r"(?:node)?(?P<node>\d+[_/]\w+(?:[_/]\w+)?)"
_CPU = re.compile(
    rf"^ *(?:-+ *{_NODE} *-+ *\n\s*)?CPU utilization for one minute: *(?P<one>\d+)%; *five minutes:"
    rf" *(?P<five>\d+)%",
    re.M,
)
_PROCESS = re.compile(r"^ *\d+ +(\d+)% +\d+% +\d+% +(\S+)", re.M)


def _component(node: str | None, location: str = "") -> str:
    """`node0_RP0_CPU0` as `0/RP0/CPU0`; the router itself when no node is named."""
    return (node or location).replace("_", "/") or "system"


@command(
    "show processes cpu",
    area="device",
    gives=(CpuMemory,),
    aliases=("show processes cpu location {location}", "show proc cpu"),
)
def cpu(output: str, location: str = "") -> Read:
    """The load over one minute, and the process that took most of it."""
    place = "" if location == "all" else location
    yield from each_block(output, _CPU, lambda block: [_cpu(block, place)])


def _cpu(block: Block, location: str) -> CpuMemory:
    busiest = max(_PROCESS.findall(block.text), key=lambda row: int(row[0]), default=None)
    told: dict[str, Any] = {}
    if busiest and int(busiest[0]) > 0:
        told = {"top_process": busiest[1], "top_process_cpu_pct": float(busiest[0])}
    return CpuMemory(
        component=_component(block.head["node"], location), cpu_pct=number(block.head["one"]), **told
    )


_SUMMARY = re.compile(
    rf"^(?: *node: *{_NODE} *\n(?:[ -]*\n){{1,3}})?"
    r" *Physical Memory: *(?P<total>[\d.]+)(?P<unit>[KMG])B? total"
    r" *(?:\((?P<free>[\d.]+)(?P<free_unit>[KMG])B? available\))?",
    re.M,
)
_SCALES = {"K": 1 << 10, "M": 1 << 20, "G": 1 << 30}


@command(
    "show memory summary",
    area="device",
    gives=(CpuMemory,),
    aliases=("show memory summary location {location}", "show memory", "show memory location {location}"),
)
def memory(output: str, location: str = "") -> Read:
    place = "" if location == "all" else location
    yield from each_block(output, _SUMMARY, lambda block: [_summary(block, place)])


def _summary(block: Block, location: str) -> CpuMemory:
    head = block.head
    total = round(float(head["total"]) * _SCALES[head["unit"]])
    free = round(float(head["free"]) * _SCALES[head["free_unit"]]) if head["free"] else None
    return CpuMemory(
        component=_component(head["node"], location),
        memory_total_bytes=total,
        memory_used_bytes=None if free is None or free > total else total - free,
    )


_WATCHDOG = re.compile(
    rf"^ *(?:-+ *{_NODE} *-+ *\n\s*)?Memory information:\s+Physical Memory *: *(?P<total>[\d.]+)"
    rf" *MB\s+Free Memory *: *(?P<free>[\d.]+) *MB",
    re.M | re.I,
)


@command(
    "show watchdog memory-state",
    area="device",
    gives=(CpuMemory,),
    arguments=on_request,
    aliases=(
        "show watchdog memory-state location {location}",
        "show watchdog memory-state Location {location}",
    ),
)
def watchdog(output: str, location: str = "") -> Read:
    place = "" if location == "all" else location
    yield from each_block(output, _WATCHDOG, lambda block: [_watchdog(block, place)])


def _watchdog(block: Block, location: str) -> CpuMemory:
    total, free = (float(block.head[name]) * (1 << 20) for name in ("total", "free"))
    return CpuMemory(
        component=_component(block.head["node"], location),
        memory_total_bytes=round(total),
        memory_used_bytes=round(total - free) if free <= total else None,
    )


_PROTOCOLS: dict[str, Any] = {
    "bgp": "bgp",
    "ospf": "ospf",
    "ospfv3": "ospf",
    "isis": "isis",
    "bfd": "bfd",
    "ipv4_rib": "rib",
    "lldp": "lldp",
}
_NAME = re.compile(r"^ *Process name: *(\S+)", re.M)
_STATE = re.compile(r"^ *Process state: *(\S+)", re.M)


@command(
    "show processes bgp",
    area="device",
    gives=(RoutingProcess,),
    arguments=on_request,
    aliases=("show processes {process}", "show processes {process} location {location}"),
)
def process(output: str) -> Read:
    """Whether a routing process runs; other processes are no facts."""
    text = said(output)
    name = first(_NAME, text)
    if name in _PROTOCOLS:
        running = first(_STATE, text) == "Run"
        yield RoutingProcess(protocol=_PROTOCOLS[name], name=name, running=running)
