"""CPU, memory and the tables of the forwarding engine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from netdoctor.model.facts import CpuMemory, DropCounter, TableUse
from netdoctor.platforms.base import command
from netdoctor.platforms.cisco_xe.reading import Read, on_request
from netdoctor.platforms.text import lines
from netdoctor.platforms.values import count, number

_LOAD = re.compile(
    r"^\s*(?:(?P<core>Core \d+): *)?CPU utilization for five seconds: *(?P<five>\d+)%(?:/\d+%)?", re.M
)
_PROCESS = re.compile(
    r"^\s*\d+\s+\d+\s+\d+\s+\d+\s+(?P<cpu>\d+\.\d+)%?\s+\d+\.\d+%?\s+\d+\.\d+%?\s+\d+ +(?P<name>\S.*?)\s*$",
    re.M,
)
_PLATFORM_PROCESS = re.compile(
    r"^\s*\d+\s+\d+\s+(?P<cpu>\d+)%\s+\d+%\s+\d+%\s+\S+\s+\d+ +(?P<name>\S.*?)\s*$", re.M
)


@command(
    "show processes cpu sorted",
    area="device",
    gives=(CpuMemory,),
    aliases=("show processes cpu", "show process cpu[ sorted]", "show processes cpu sorted {span}"),
)
def cpu(output: str) -> Read:
    """The load of IOS in the last five seconds, and its busiest process; some releases tell it by core."""
    yield from _loads(output, "system", _PROCESS)


@command(
    "show processes cpu platform sorted",
    area="device",
    gives=(CpuMemory,),
    arguments=on_request,
    aliases=("show processes cpu platform", "show processes cpu platform sorted {span*}"),
)
def platform_cpu(output: str) -> Read:
    """The load of all that runs beside IOS on IOS-XE, whole and by core."""
    yield from _loads(output, "platform", _PLATFORM_PROCESS)


def _loads(output: str, whole: str, process: re.Pattern[str]) -> Iterator[CpuMemory]:
    loads = list(_LOAD.finditer(output))
    busiest = max(process.finditer(output), key=lambda found: float(found["cpu"]), default=None)
    top: dict[str, Any] = {}
    if busiest and float(busiest["cpu"]) > 0:
        top = {"top_process": busiest["name"], "top_process_cpu_pct": number(busiest["cpu"])}
    for found in loads:
        if found["core"]:
            yield CpuMemory(component=found["core"].lower(), cpu_pct=number(found["five"]))
        else:
            yield CpuMemory(component=whole, cpu_pct=number(found["five"]), **top)
    if top and all(found["core"] for found in loads):
        yield CpuMemory(component=whole, **top)


_POOL = re.compile(
    r"^[ \t]*(?P<name>[A-Za-z][\w/]*(?: \w{1,4})?)(?: Pool Total:\s*(?P<total>\d+)\s+Used:\s*(?P<used>\d+)"
    r"|[ \t]+[0-9A-Fa-f]{4,16}[ \t]+(?P<total2>\d+)[ \t]+(?P<used2>\d+)[ \t]+\d+[ \t]+\d+[ \t]+\d+)",
    re.M,
)
_SYSTEM = re.compile(r"System memory\s*: *(\d+)K total, *(\d+)K used", re.I)
_OLD = re.compile(r"^\s*Total: *(\d+), Used: *(\d+), Free", re.M)


@command(
    "show memory statistics",
    area="device",
    gives=(CpuMemory,),
    aliases=(
        "show memory",
        "show memory summary",
        "show processes memory[ sorted]",
        "show process memory[ sorted]",
        "show processes memory sorted {by}",
        "show processes memory platform[ sorted]",
    ),
)
def memory(output: str) -> Read:
    """The pools of IOS, the processor's as `system`; and the whole of IOS-XE, as `platform`.

    The pool lsmpi_io is always full by design, and says nothing.
    """
    for found in _POOL.finditer(output):
        name = found["name"].lower()
        if name != "lsmpi_io":
            yield CpuMemory(
                component="system" if name == "processor" else f"{found['name']} pool",
                memory_used_bytes=count(found["used"] or found["used2"]),
                memory_total_bytes=count(found["total"] or found["total2"]),
            )
    for component, pattern, unit in (("platform", _SYSTEM, 1024), ("system", _OLD, 1)):
        if whole := pattern.search(output):
            yield CpuMemory(
                component=component,
                memory_used_bytes=count(int(whole[2]) * unit),
                memory_total_bytes=count(int(whole[1]) * unit),
            )


_PLACE = re.compile(r"\b(?P<name>(?:RP|ESP|CC|SIP|R|F)\d+)(?: ?\(|\s*$)")
_RESOURCE = re.compile(
    r"\s*(?P<name>Control Processor|CPU Utilization|DRAM|IRAM|TCAM|QFP)\s+"
    r"(?P<used>\d+(?:\.\d+)?) ?(?P<unit>%|[KMG]B|cells|entries)?(?:\s*\(\d+%\))?\s+(?P<limit>\d+)",
)
_UNITS = {"KB": 1024, "MB": 1024**2, "GB": 1024**3}


@command("show platform resources", area="device", gives=(CpuMemory, TableUse))
def resources(output: str) -> Read:
    """What of CPU, memory and TCAM the route processor and the forwarding engine use."""
    place, engine = "", ""
    known: dict[str, dict[str, Any]] = {}
    for line in lines(output):
        if head := _PLACE.search(line.text[:40]):
            place, engine = head["name"], ""
        elif line.text.strip().startswith("QFP"):
            engine = " QFP"
        found = _RESOURCE.match(line.text)
        if not (found and place):
            continue
        if found["name"] == "TCAM":
            used, limit = count(found["used"]), count(found["limit"])
            yield TableUse(table=f"{place}{engine} TCAM", used_count=used, limit_count=limit)
        elif told := _resource(found):
            known.setdefault(place + engine, {}).update(told)
    for component, told in known.items():
        yield CpuMemory(component=component, **told)


def _resource(found: re.Match[str]) -> dict[str, Any]:
    """The load, or the memory in use; flash and the engine's inner memory tell nothing."""
    if found["name"] in {"Control Processor", "CPU Utilization"}:
        return {"cpu_pct": number(found["used"])}
    unit = _UNITS.get(found["unit"] or "")
    if found["name"] != "DRAM" or unit is None:
        return {}
    return {
        "memory_used_bytes": count(float(found["used"]) * unit),
        "memory_total_bytes": count(float(found["limit"]) * unit),
    }


_QUEUE = re.compile(r"^\s*(?P<name>\S.*?)\s{2,}(?P<got>\d+)\s+(?P<dropped>\d+)\s+\d+\s+\d+\s*$", re.M)


@command(
    "show control cpu",
    area="copp",
    gives=(DropCounter,),
    arguments=on_request,
    aliases=("show controllers cpu-interface",),
)
def cpu_queues(output: str) -> Read:
    """The queues towards the CPU of a Catalyst switch."""
    for found in _QUEUE.finditer(output):
        yield DropCounter(
            kind="copp",
            name=found["name"],
            dropped_pkts=count(found["dropped"]),
            conformed_pkts=count(found["got"]),
        )
